"""Taking pictures away: the grid, one channel, every layer, the patterns, the view."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.requests import DescribeGrid, ExportGrid, ExportLayers, RemoveUnfinished, SavePng
from cnnviz_gui.core.unfinished import remove_unfinished
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.grid_presenter import GridPresenter
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.views import JobBarView
    from cnnviz_gui.session.session import Session


class ExportPresenter(QObject):
    """Writes what is on the screen to files, all with their recipes, in the engine's process."""

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        grids: GridPresenter,
        patterns: PatternPresenter,
        bar: JobBarView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._grids = grids
        self._patterns = patterns
        self._bar = bar
        self._view_to_save: tuple[str, NDArray[np.uint8]] | None = None
        self._folder = ""
        runner.started.connect(self._on_started)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)

    def export_grid(self, path: str, channel: int | None = None) -> None:
        """Writes the grid (.png, or .npz for the raw activations), or one channel of it."""
        draw = self._grids.request(self._session.state)
        if draw is not None:
            self._submit(ExportGrid(draw, self._session.state.display.colormap, path, channel))

    def export_view(self, path: str, pixels: NDArray[np.uint8]) -> None:
        """Writes the view as shown, with title and colour bar."""
        draw = self._grids.request(self._session.state)
        if draw is not None:
            self._view_to_save = (path, pixels)
            self._runner.submit(slots.EXPORT, DescribeGrid(draw, self._session.state.display.colormap))

    def export_layers(self, folder: str) -> None:
        """Writes the mosaic of every layer with a picture into a folder."""
        draw = self._grids.request(self._session.state)
        if draw is not None:
            # A slot of its own: it takes long, and another export meanwhile must not end it.
            colormap = self._session.state.display.colormap
            self._runner.submit(slots.EXPORT_LAYERS, ExportLayers(draw, colormap, folder))

    def export_patterns(self, path: str) -> None:
        """Writes the mosaic of patterns on the screen."""
        if self._patterns.mosaic is not None:
            pixels, recipe = self._patterns.mosaic
            self._submit(SavePng(path, recipe, pixels))

    def _submit(self, request: ExportGrid | SavePng) -> None:
        self._view_to_save = None
        self._runner.submit(slots.EXPORT, request)

    def clear_up(self) -> None:
        """Removes what an export has left unfinished; to be called when the engine has ended."""
        if self._folder:
            remove_unfinished(Path(self._folder))

    @Slot(str, object)
    def _on_started(self, slot: str, request: object) -> None:
        if isinstance(request, (ExportGrid, SavePng)):
            self._folder = str(Path(request.path).parent)
        elif isinstance(request, ExportLayers):
            self._folder = request.folder

    @Slot(str, object, object)
    def _on_failed(self, slot: str, request: object, error: object) -> None:
        del request, error
        if slot in {slots.EXPORT, slots.EXPORT_LAYERS}:
            # In the engine: a folder may be on a drive that does not answer.
            self._runner.submit(slots.CLEAR_UP, RemoveUnfinished(self._folder))

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        if slot not in {slots.EXPORT, slots.EXPORT_LAYERS}:
            return
        if isinstance(request, DescribeGrid) and self._view_to_save is not None:
            recipe: Recipe = result  # type: ignore[assignment]
            path, pixels = self._view_to_save
            self._submit(SavePng(path, recipe, pixels))
        elif isinstance(request, ExportLayers):
            written: tuple[str, ...] = result  # type: ignore[assignment]
            said = message("Saved {count} pictures in {folder}.", count=len(written), folder=request.folder)
            self._bar.show_note(words(said))
        elif isinstance(request, (ExportGrid, SavePng)):
            self._bar.show_note(words(message("Saved {name}.", name=Path(request.path).name)))

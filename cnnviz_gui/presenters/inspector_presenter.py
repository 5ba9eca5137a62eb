"""The inspector: the chosen channel through a lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.requests import Kernels, ReadKernels
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.state import Lens
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from cnnviz_gui.core.requests import Grid
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.grid_presenter import GridPresenter
    from cnnviz_gui.presenters.kept_pattern import KeptPattern
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.pattern_seeds import PatternSeeds
    from cnnviz_gui.presenters.pattern_trust import PatternTrust
    from cnnviz_gui.presenters.views import InspectorView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState


class InspectorPresenter(QObject):
    """Shows the chosen channel of the grid on the screen, its kernels and its pattern.

    Kernels are read only while their lens is chosen.
    """

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        view: InspectorView,
        grids: GridPresenter,
        patterns: PatternPresenter,
        trust: PatternTrust,
        seeds: PatternSeeds,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._view = view
        self._grids = grids
        self._patterns = patterns
        self._trust = trust
        self._seeds = seeds
        session.changed.connect(self._on_changed)
        runner.finished.connect(self._on_finished)
        view.lens_chosen.connect(session.look_through)
        grids.shown.connect(self._on_grid_shown)
        view.seeds_requested.connect(self._on_seeds_requested)
        for known in (patterns.made, trust.known, seeds.changed):
            known.connect(self._on_pattern_made)
        view.show_nothing(self.tr("Click a channel in the grid to see it here."))

    @Slot(object, object)
    def _on_changed(self, old: SessionState, new: SessionState) -> None:
        if new.lens != old.lens:
            self._view.show_lens(new.lens)
        location = (new.network, new.layer, new.channel)
        moved = location != (old.network, old.layer, old.channel)
        if moved or new.position != old.position or new.display.colormap != old.display.colormap:
            self._show_channel(new)
        if moved:
            self._show_pattern(new)
        if moved or new.lens != old.lens:
            self._ask_for_kernels(new)

    def _show_channel(self, state: SessionState) -> None:
        grid, channel = self._grids.grid, state.channel
        if grid is None or grid.request.view.layer != state.layer:
            # The grid of the new layer is on its way and will bring the channel with it.
            return
        if channel is None or channel >= grid.values.shape[-1]:
            self._view.show_nothing(self.tr("Click a channel in the grid to see it here."))
            return
        label = state.network.label_of(state.layer, channel) if state.network else ""
        self._view.show_channel(grid, channel, state.position, state.picture, state.display.colormap, label)

    def _show_pattern(self, state: SessionState) -> None:
        pattern = self._pattern_of(state)
        if pattern is None:
            self._view.show_pattern([], self.tr("No pattern of this channel was made yet."), can_reseed=False)
            return
        shown = [pattern, *self._seeds.others(pattern)]
        lines = [self._trust.said(one) for one in shown]
        if len(shown) > 1:
            seeds = (one.request.settings.seed for one in shown)
            lines = [
                words(message("Seed {seed}: {said}", seed=seed, said=said))
                for seed, said in zip(seeds, lines, strict=True)
            ]
        self._view.show_pattern(
            [one.picture for one in shown], "\n".join(lines), can_reseed=self._seeds.can_make(pattern)
        )

    def _pattern_of(self, state: SessionState) -> KeptPattern | None:
        if state.network is None or state.channel is None:
            return None
        return self._patterns.pattern(state.network, state.layer, state.channel)

    @Slot()
    def _on_seeds_requested(self) -> None:
        pattern = self._pattern_of(self._session.state)
        if pattern is not None:
            self._seeds.make(pattern)

    def _ask_for_kernels(self, state: SessionState) -> None:
        if state.lens is not Lens.KERNELS or state.network is None or state.channel is None:
            return
        self._runner.submit(slots.KERNELS, ReadKernels(state.network.source, state.layer, state.channel))

    @Slot(object)
    def _on_grid_shown(self, grid: Grid) -> None:
        del grid
        self._show_channel(self._session.state)

    @Slot()
    def _on_pattern_made(self) -> None:
        self._show_pattern(self._session.state)

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request
        if slot != slots.KERNELS:
            return
        kernels: Kernels = result  # type: ignore[assignment]
        if kernels.weights.size:
            self._view.show_kernels(kernels, "")
        else:
            self._view.show_kernels(None, self.tr("This layer has no convolution kernels."))

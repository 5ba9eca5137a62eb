"""Pictures for the further inputs of a network that takes several."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import NO_MESSAGE, message
from cnnviz_gui.core.requests import ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.dropped_files import sort_dropped
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.core.network import NetworkInput
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.views import JobBarView, PictureView, WindowView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState
    from cnnviz_gui.settings import Settings


class OthersPresenter(QObject):
    """Reads a picture for each further input that was given one; an input without one is fed zeros."""

    files_left = Signal(object)
    """DroppedFiles: a network, its weights or its classes were dropped on an input."""

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        settings: Settings,
        window: WindowView,
        view: PictureView,
        bar: JobBarView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._settings = settings
        self._window = window
        self._view = view
        self._bar = bar
        session.changed.connect(self._on_changed)
        runner.finished.connect(self._on_finished)
        view.other_files_dropped.connect(self._on_files_dropped)
        view.other_image_dropped.connect(self._on_image_dropped)
        view.other_requested.connect(self._on_requested)
        view.other_cleared.connect(self._on_cleared)

    @Slot(str, list)
    def _on_files_dropped(self, name: str, paths: Sequence[str]) -> None:
        dropped = sort_dropped(paths)
        if dropped.pictures:
            self._read(name, ReadPicture(path=dropped.pictures[0]))
        if len(dropped.pictures) > 1:
            said = message("The input {name} takes one picture: the first of them.", name=name)
            self._bar.show_note(words(said))
        if dropped.folders:
            empty = message("There is no picture in {name}.", name=Path(dropped.folders[0]).name)
            self._bar.show_error(empty, NO_MESSAGE, "", slot=slots.of_input(slots.OTHER_PICTURE, name))
        if dropped.network or dropped.classes:
            self.files_left.emit(dropped)

    @Slot(str, bytes, str)
    def _on_image_dropped(self, name: str, data: bytes, title: str) -> None:
        self._read(name, ReadPicture(name=title, data=data))

    @Slot(str)
    def _on_requested(self, name: str) -> None:
        paths = self._window.ask_pictures(self._settings.folder("picture"))
        if paths:
            self._settings.remember_folder("picture", str(Path(paths[0]).parent))
            self._read(name, ReadPicture(path=paths[0]))

    @Slot(str)
    def _on_cleared(self, name: str) -> None:
        self._runner.cancel(slots.of_input(slots.OTHER_PICTURE, name))
        self._session.show_other(name, None)

    def _read(self, name: str, request: ReadPicture) -> None:
        self._runner.submit(slots.of_input(slots.OTHER_PICTURE, name), request)

    @Slot(object, object)
    def _on_changed(self, old: SessionState, new: SessionState) -> None:
        if new.network is not None and (new.network, new.others) != (old.network, old.others):
            self._view.show_others(new.network.further_pictures, dict(new.others))
        if new.network != old.network:
            for given in _inputs(old):
                # What is still being read was meant for the network before.
                self._runner.cancel(slots.of_input(slots.OTHER_PICTURE, given.name))

    @Slot(str, object, object)
    def _on_finished(self, slot: str, _request: object, result: object) -> None:
        for given in _inputs(self._session.state):
            if slot == slots.of_input(slots.OTHER_PICTURE, given.name):
                picture: PictureRead = result  # type: ignore[assignment]
                self._session.show_other(given.name, picture)


def _inputs(state: SessionState) -> tuple[NetworkInput, ...]:
    return state.network.further_pictures if state.network else ()

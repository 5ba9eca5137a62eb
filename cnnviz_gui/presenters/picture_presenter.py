"""Reading pictures and showing the one that is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import NO_MESSAGE, message
from cnnviz_gui.core.requests import ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.dropped_files import sort_dropped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.views import JobBarView, PictureView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState


class PicturePresenter(QObject):
    """Takes pictures from files, folders, drops, the clipboard and the samples.

    Of several files or a folder the first picture is shown, and all of them are offered one after the other by
    `show_next`. Files that are no pictures are passed on.
    """

    files_left = Signal(object)
    """DroppedFiles: a network, its weights or its classes are among what was dropped."""
    recipe_found = Signal(object)
    """Recipe: the picture is an export of ours, and shows a view rather than a thing to look at."""
    read = Signal(object)
    """PictureRead"""

    def __init__(
        self, session: Session, runner: JobRunner, view: PictureView, bar: JobBarView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._view = view
        self._bar = bar
        self._paths: list[str] = []
        self._place = 0
        session.changed.connect(self._on_changed)
        runner.finished.connect(self._on_finished)
        view.files_dropped.connect(self.open_files)
        view.image_dropped.connect(self.open_image)
        view.sample_chosen.connect(self.open_file)

    @Slot(str)
    def open_file(self, path: str) -> None:
        """Reads a picture file."""
        self._paths, self._place = [path], 0
        self._runner.submit(slots.PICTURE, ReadPicture(path=path))

    @Slot(list)
    def open_files(self, paths: Sequence[str]) -> None:
        """Reads what was dropped or chosen: pictures, folders of pictures, or a network."""
        dropped = sort_dropped(paths)
        if dropped.pictures:
            self._paths, self._place = list(dropped.pictures), 0
            self._runner.submit(slots.PICTURE, ReadPicture(path=dropped.pictures[0]))
        if dropped.folders:
            names = ", ".join(Path(path).name for path in dropped.folders)
            self._bar.show_error(
                message("There is no picture in {name}.", name=names), NO_MESSAGE, "", slot=slots.PICTURE
            )
        if dropped.network or dropped.classes:
            self.files_left.emit(dropped)

    @Slot(bytes, str)
    def open_image(self, data: bytes, name: str) -> None:
        """Reads a picture that came as encoded bytes."""
        self._paths, self._place = [], 0
        self._runner.submit(slots.PICTURE, ReadPicture(name=name, data=data))

    def show_next(self, step: int) -> None:
        """Goes on (1) or back (-1) among the pictures that came together, round and round."""
        if self.has_several:
            # Counted from what was asked for last: a picture that cannot be read must not be in the way.
            self._place = (self._place + step) % len(self._paths)
            self._runner.submit(slots.PICTURE, ReadPicture(path=self._paths[self._place]))

    @property
    def together(self) -> tuple[str, ...]:
        """Paths of the pictures that came together."""
        return tuple(self._paths)

    @property
    def has_several(self) -> bool:
        """Whether there are other pictures to go on to."""
        return len(self._paths) > 1

    @Slot(object, object)
    def _on_changed(self, old: SessionState, new: SessionState) -> None:
        if new.picture is not None and new.picture is not old.picture:
            self._view.show_picture(new.picture)
            self._place = self._place_of(new.picture.picture.path)

    def _place_of(self, shown: str) -> int:
        """Where the picture on the screen stands among those that came together; undo goes back among them."""
        places = (self._place, *range(len(self._paths)))
        return next((i for i in places if i < len(self._paths) and _same(self._paths[i], shown)), self._place)

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request
        if slot == slots.PICTURE:
            picture: PictureRead = result  # type: ignore[assignment]
            if picture.recipe is not None:
                self.recipe_found.emit(picture.recipe)
                return
            self._session.show_picture(picture)
            self.read.emit(picture)


def _name(path: str) -> str:
    return Path(path).name


def _same(path: str, resolved: str) -> bool:
    return path == resolved or str(Path(path).resolve()) == resolved

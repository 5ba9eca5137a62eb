"""Reading pictures and showing the one that is looked at."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.picture import SUFFIXES
from cnnviz_gui.core.requests import ReadPicture
from cnnviz_gui.presenters import slots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.views import JobBarView, PictureView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState

MAX_FOLDER = 1000
NETWORK_SUFFIXES = (".keras", ".h5", ".hdf5", ".json")


class PicturePresenter(QObject):
    """Takes pictures from files, folders, drops, the clipboard and the samples.

    Of several files or a folder the first picture is shown, and all of them are offered one after the other by
    `show_next`. A network's file among what is dropped is opened as a network.
    """

    network_dropped = Signal(str)
    """Path of a network's file."""
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
        networks = [path for path in paths if path.lower().endswith(NETWORK_SUFFIXES)]
        if networks:
            self.network_dropped.emit(networks[0])
        files: list[str] = []
        for path in paths:
            if Path(path).is_dir():
                files.extend(_pictures_in(Path(path)))
            elif path not in networks:
                files.append(path)
        if files:
            self._paths, self._place = files, 0
            self._runner.submit(slots.PICTURE, ReadPicture(path=files[0]))
        elif not networks:
            empty = CnnvizError(message("There is no picture in {name}.", name=", ".join(map(_name, paths))))
            self._bar.show_error(empty.what, empty.hint, empty.details)

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


def _pictures_in(folder: Path) -> list[str]:
    """The pictures of a folder, not of those in it, in natural order ("2" before "10")."""
    try:
        names = [entry.name for entry in folder.iterdir() if entry.suffix.lower() in SUFFIXES and entry.is_file()]
    except OSError:
        # A folder that cannot be listed holds no picture that could be read; the caller says so.
        return []
    return [str(folder / name) for name in sorted(names, key=_natural)[:MAX_FOLDER]]


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """As file managers do: numbers by their value and before letters."""
    parts = [part for part in re.split(r"(\d+)", name) if part]
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part.lower()) for part in parts]


def _name(path: str) -> str:
    return Path(path).name


def _same(path: str, resolved: str) -> bool:
    return path == resolved or str(Path(path).resolve()) == resolved

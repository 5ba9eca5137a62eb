"""Requests that need no Keras: pictures in, pictures out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.picture import PictureRead, make_picture, read_picture
from cnnviz_gui.core.recipe import file_error, save_png
from cnnviz_gui.core.unfinished import remove_unfinished

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.requests import Progress, ReadPicture, RemoveUnfinished, SavePng

MAX_FILE_BYTES = 512_000_000


def answer_read_picture(request: ReadPicture) -> Generator[Progress, object, PictureRead]:
    """Reads and decodes a picture from a file or from bytes."""
    yield from ()
    if not request.path:
        return read_picture(make_picture(request.name, request.data))
    return read_picture(read_picture_file(request.path))


def read_picture_file(name: str) -> Picture:
    """Reads a picture file, without decoding it.

    Raises:
        CnnvizError: If it cannot be read, or is too large for a picture.
    """
    path = Path(name)
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise CnnvizError(
                message(
                    "{name} is too large for a picture: at most {limit} MB are read. Received: {size} MB.",
                    name=path.name,
                    limit=MAX_FILE_BYTES // 1_000_000,
                    size=size // 1_000_000,
                )
            )
        data = path.read_bytes()
    except OSError as error:
        raise CnnvizError(file_error(name, error), details=str(error)) from error
    return make_picture(path.name, data, str(path.resolve()))


def answer_save_png(request: SavePng) -> Generator[Progress, object, str]:
    """Writes a picture as PNG with its recipe."""
    yield from ()
    save_png(request.path, request.pixels, request.recipe)
    return request.path


def answer_remove_unfinished(request: RemoveUnfinished) -> Generator[Progress, object, None]:
    """Removes the unfinished files of processes that are no more."""
    yield from ()
    remove_unfinished(Path(request.folder))

"""Downloading the ImageNet weights of keras.applications to where Keras keeps them."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.error import HTTPError
from urllib.parse import urlsplit

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.requests import Progress
from cnnviz_gui.core.zoo_weights import STORAGE, weights_file
from cnnviz_gui.engine.download_connection import Answer, Connection, NetworkError
from cnnviz_gui.engine.download_errors import broken, damaged, disk_error, not_on_disk, refused
from cnnviz_gui.engine.weights_hdf5 import open_hdf5

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.zoo_weights import WeightsFile

REPORT_SECONDS = 0.1
MEGABYTE = 1_000_000
_HASHED_AT_ONCE = 1 << 22
_RANGE_NOT_SATISFIABLE = 416


def imagenet_weights(network: str, *, include_top: bool) -> Generator[Progress, object, Path]:
    """Finds the ImageNet weights of a network on this machine, or downloads them.

    A file that is already there is used without any connection. Closing the generator stops the download at any
    time; what has come is kept beside the target as ``NAME.part``, and the next call goes on from there if the
    server allows that and Keras publishes a checksum, by which the whole is then judged.

    Args:
        network: Name in keras.applications.
        include_top: With or without the classifying head.

    Yields:
        Done and total bytes, ten times a second.

    Returns:
        The file.

    Raises:
        CnnvizError: If the weights are not there and cannot be downloaded.
    """
    wanted = weights_file(network, include_top=include_top)
    target = weights_folder() / wanted.name
    try:
        if target.is_file() and (yield from _is_right(target, wanted)):
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        yield from _download(wanted, target)
    except OSError as error:
        raise disk_error(wanted, target, error) from error
    return target


def weights_folder() -> Path:
    """The folder where Keras keeps weights; the environment variable KERAS_HOME moves it."""
    return Path(os.environ.get("KERAS_HOME") or Path("~", ".keras")).expanduser() / "models"


def _url(wanted: WeightsFile) -> str:
    """Where to get a file; the environment variable CNNVIZ_WEIGHTS_URL names a mirror of Keras' storage."""
    base = os.environ.get("CNNVIZ_WEIGHTS_URL") or STORAGE
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise CnnvizError(
            message("CNNVIZ_WEIGHTS_URL does not hold a web address. Received: {value}.", value=base),
            message("It begins with https:// or http://."),
        )
    return f"{base.rstrip('/')}/{wanted.url_path}"


def _download(wanted: WeightsFile, target: Path) -> Generator[Progress, object, None]:
    part = target.with_name(f"{target.name}.part")
    keep = bool(wanted.checksum)
    try:
        start = part.stat().st_size if keep and part.is_file() else 0
        complete = yield from _receive(wanted, part, start)
        if complete and not (yield from _is_right(part, wanted)):
            complete = False
        if not complete and start:
            # What was kept does not belong to what the server has now, or there is more of it.
            part.unlink()
            yield from _receive(wanted, part, 0)
            complete = yield from _is_right(part, wanted)
        if not complete:
            keep = False
            raise damaged(wanted, target)
        if target.exists() and _is_hdf5(target):
            # Weights of another kind under the same name, such as those of Keras' first ResNet50, are not lost.
            target.replace(target.with_name(f"{target.name}.old"))
        part.replace(target)
    finally:
        if not keep:
            part.unlink(missing_ok=True)


def _receive(wanted: WeightsFile, part: Path, start: int) -> Generator[Progress, object, bool]:
    """Gets the bytes of a file from ``start`` on.

    Returns:
        False if the server has no bytes from ``start`` on.
    """
    url = _url(wanted)
    yield Progress(start, 0, message("Connecting to {host}", host=urlsplit(url).netloc))
    file: BinaryIO | None = None
    answer, done = Answer(start, 0), start
    shown = 0.0
    try:
        with Connection(url, start) as connection:
            while (received := connection.receive()) != b"":
                if isinstance(received, Answer):
                    answer, done = received, received.start
                    _check_room(part, answer)
                    file = _open_part(part, start, answer)
                elif received and file is not None:
                    _write(file, received, done)
                    done += len(received)
                if received is None or time.monotonic() - shown >= REPORT_SECONDS:
                    shown = time.monotonic()
                    yield Progress(done, answer.total, _how_far(wanted, done, answer.total))
        if answer.total and done != answer.total:
            raise NetworkError
    except NetworkError as error:
        cause = error.__cause__
        if isinstance(cause, HTTPError):
            if start and cause.code == _RANGE_NOT_SATISFIABLE:
                return False
            raise refused(wanted, part.parent, cause) from error
        if file is not None:
            raise broken(wanted, part.parent, done, answer.total, cause) from error
        raise not_on_disk(wanted, part.parent, urlsplit(url).netloc, cause) from error
    finally:
        if file is not None:
            with file:
                os.fsync(file.fileno())
    return True


def _open_part(part: Path, start: int, answer: Answer) -> BinaryIO:
    """Opens the part without a buffer, so that a full disk is noticed at the byte that it stops at."""
    if answer.start == 0:
        return part.open("wb", buffering=0)
    if answer.start != start:
        raise NetworkError from ValueError(f"asked for bytes from {start} on, got them from {answer.start} on")
    return part.open("ab", buffering=0)


def _check_room(part: Path, answer: Answer) -> None:
    room = shutil.disk_usage(part.parent).free
    if answer.start == 0 and part.exists():
        # It is about to be emptied.
        room += part.stat().st_size
    if answer.total - answer.start > room:
        raise OSError(28, "No space left on device")


def _write(file: BinaryIO, data: bytes, done: int) -> None:
    if os.fstat(file.fileno()).st_size != done:
        raise CnnvizError(message("{name} is being downloaded by another window.", name=Path(file.name).name))
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _how_far(wanted: WeightsFile, done: int, total: int) -> Message:
    if not total:
        return message(
            "Downloading the weights of {network}: {done} MB", network=wanted.network, done=done // MEGABYTE
        )
    return message(
        "Downloading the weights of {network}: {done} of {total} MB",
        network=wanted.network,
        done=done // MEGABYTE,
        total=-(-total // MEGABYTE),
    )


def _is_right(path: Path, wanted: WeightsFile) -> Generator[Progress, object, bool]:
    """Whether a file has the published checksum; where none is published, whether it is a whole HDF5 file."""
    if not wanted.checksum:
        return _is_hdf5(path)
    digest = hashlib.new(wanted.algorithm, usedforsecurity=False)
    total = path.stat().st_size
    shown = time.monotonic()
    with path.open("rb") as file:
        while block := file.read(_HASHED_AT_ONCE):
            digest.update(block)
            if time.monotonic() - shown >= REPORT_SECONDS:
                shown = time.monotonic()
                yield Progress(file.tell(), total, message("Checking {file}", file=wanted.name))
    return digest.hexdigest() == wanted.checksum


def _is_hdf5(path: Path) -> bool:
    try:
        with open_hdf5(path):
            return True
    except CnnvizError:
        # Why not is of no interest: it is downloaded again.
        return False

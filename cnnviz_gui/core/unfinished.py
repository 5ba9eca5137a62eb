"""Files that are being written, and those that nobody will ever finish."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX, SUFFIX = ".cnnviz-", ".tmp"


@contextlib.contextmanager
def unfinished_file(folder: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Makes an empty file to be written and then put in another's place.

    It is locked for as long as it is open, which tells it from what a process that was killed has left. If it is
    still there at the end, it is removed, also when its folder was moved meanwhile.

    Args:
        folder: Where it will be put.

    Yields:
        The open file and its path.

    Raises:
        OSError: If no file can be made there.
    """
    with contextlib.ExitStack() as stack:
        place = None
        if os.unlink in os.supports_dir_fd:
            place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            stack.callback(os.close, place)
        handle, path = _begin(folder)
        stack.callback(_remove, path, place)
        yield stack.enter_context(os.fdopen(handle, "wb")), path


def remove_unfinished(folder: Path) -> None:
    """Removes what processes that ended in the middle of writing have left in a folder.

    What cannot be looked at or removed stays: this only clears up.
    """
    # A folder that cannot be listed.
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{PREFIX}*{SUFFIX}"):
            # One file that cannot be removed, or that another process has removed, must not keep the others.
            with contextlib.suppress(OSError):
                _remove_if_abandoned(path)


def _begin(folder: Path) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(dir=folder, prefix=PREFIX, suffix=SUFFIX)
        if _lock(handle) is not False and os.fstat(handle).st_nlink:
            return handle, Path(name)
        # Another process took it for abandoned in the instant before it was locked.
        os.close(handle)


def _remove(path: Path, place: int | None) -> None:
    # It was put in another's place; or its folder has just become read-only, and it stays until something is written
    # there again.
    with contextlib.suppress(OSError):
        if place is None:
            path.unlink()
        else:
            os.unlink(path.name, dir_fd=place)


def _remove_if_abandoned(path: Path) -> None:
    if sys.platform == "win32":
        # It removes no file that is open.
        path.unlink()
        return
    with path.open("rb") as file:
        if _lock(file.fileno()):
            path.unlink()


def _lock(handle: int) -> bool | None:
    """Locks an open file for as long as it stays open, however that ends.

    Returns:
        Whether it is locked now; False if somebody else has locked it, None where there are no locks.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # Who holds it is writing.
        return False
    except OSError:
        # Some network drives have none.
        return None
    return True

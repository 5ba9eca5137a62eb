"""Where sessions are kept: a folder for each running copy of the application, which nobody else writes to."""

from __future__ import annotations

import logging
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.kept_patterns import read_patterns, write_patterns
from cnnviz_gui.core.recipe import file_error, replace_file
from cnnviz_gui.session.saved import SavedSession, from_json, to_json

if TYPE_CHECKING:
    from pathlib import Path

    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.core.picture import Picture

log = logging.getLogger(__name__)

KEPT = 5
"""Sessions of crashed copies, and of those that cannot be read, that are kept; older ones are removed."""
ASIDE = "unreadable-"
"""Begins the name of a folder that was set aside, since this version cannot read it."""
_SESSION, _LOCK, _PICTURE, _PATTERNS = "session.json", "owner.lock", "picture.bin", "patterns.npz"
_PATIENCE_MS = 100


@dataclass(frozen=True, eq=False)
class LeftSession:
    """A session that its owner has left.

    Args:
        folder: Where it is.
        saved: What it was.
    """

    folder: Path
    saved: SavedSession


@dataclass(frozen=True, eq=False)
class LeftSessions:
    """What was found at a start.

    Args:
        crashed: Those whose window did not close, newest first.
        closed: The one that was closed last, or None.
        unreadable: Why one could not be read and where it was set aside, newest first.
    """

    crashed: tuple[LeftSession, ...] = ()
    closed: LeftSession | None = None
    unreadable: tuple[tuple[CnnvizError, Path], ...] = ()


class SessionStore:
    """Keeps the session of this copy of the application, and finds those that others have left.

    A running copy owns its folder by a lock that ends with its process, however that ends. Nobody reads, changes or
    removes a folder whose owner lives, so any number of copies can run at once.

    All methods may be called from one thread that is not the window's, and only from one at a time.

    Args:
        root: The folder of all sessions; made when it is missing.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder: Path | None = None
        self._lock: QLockFile | None = None
        self._picture: str | None = None
        self._patterns: Patterns | None = None

    def write(self, saved: SavedSession, picture: Picture | None, patterns: Patterns | None) -> None:
        """Writes this copy's session. Whatever happens meanwhile, what is in the folder is whole.

        Args:
            saved: What is to be kept.
            picture: The picture, whose bytes are written when it has no path.
            patterns: The finished patterns on the screen.

        Raises:
            CnnvizError: If it cannot be written; an older session stays as it was.
        """
        folder = self._own()
        pasted = picture if picture is not None and not picture.path else None
        if pasted is not None and pasted.sha256 != self._picture:
            replace_file(str(folder / _PICTURE), lambda file: file.write(pasted.data))
        self._picture = pasted.sha256 if pasted is not None else None
        if patterns is not None and patterns is not self._patterns:
            replace_file(str(folder / _PATTERNS), lambda file: write_patterns(file, patterns))
            self._patterns = patterns
        replace_file(str(folder / _SESSION), lambda file: file.write(to_json(saved).encode()))

    def close(self) -> None:
        """Leaves this copy's session to whoever starts next."""
        if self._lock is not None:
            self._lock.unlock()
        self._lock = self._folder = None

    def look(self) -> LeftSessions:
        """Finds the sessions that were left, removes those that nobody needs, and sets aside what cannot be read."""
        crashed: list[LeftSession] = []
        closed: list[LeftSession] = []
        unreadable: list[tuple[CnnvizError, Path]] = []
        for folder in self._folders():
            lock = self._take(folder)
            if lock is None:
                continue
            try:
                saved = from_json((folder / _SESSION).read_bytes())
            except FileNotFoundError:
                # It ended before there was anything to keep.
                _remove(folder)
            except OSError as error:
                log.warning("The session in %s cannot be read: %s", folder, error)
            except CnnvizError as error:
                unreadable.append((error, _set_aside(folder)))
            else:
                if saved.is_empty:
                    _remove(folder)
                else:
                    (closed if saved.closed else crashed).append(LeftSession(folder, saved))
            finally:
                lock.unlock()
        for left in (*crashed[KEPT:], *closed[1:]):
            self.discard(left)
        for folder in self._folders(ASIDE)[KEPT:]:
            _remove(folder)
        return LeftSessions(tuple(crashed[:KEPT]), next(iter(closed), None), tuple(unreadable))

    def read(self, left: LeftSession) -> tuple[bytes, Patterns | None, list[CnnvizError]]:
        """The bytes of a session's picture where it was pasted, its patterns, and what could not be read."""
        data, patterns, problems = b"", None, []
        if left.saved.picture is not None and not left.saved.picture.path:
            # A picture without bytes is said to be damaged by whoever decodes it.
            with suppress(OSError):
                data = (left.folder / _PICTURE).read_bytes()
        if left.saved.patterns:
            try:
                patterns = read_patterns(left.folder / _PATTERNS)
            except CnnvizError as error:
                problems.append(error)
        return data, patterns, problems

    def discard(self, left: LeftSession) -> None:
        """Removes a session, unless another copy has it now."""
        lock = self._take(left.folder)
        if lock is not None:
            _remove(left.folder)
            lock.unlock()

    def _own(self) -> Path:
        """This copy's folder, made and locked when it is first needed."""
        if self._folder is None or not self._folder.is_dir():
            folder = self._root / f"{time.time_ns()}-{os.getpid()}"
            try:
                folder.mkdir(parents=True)
            except OSError as error:
                raise CnnvizError(file_error(str(folder), error), details=str(error)) from error
            self._lock = _lock(folder)
            if not self._lock.tryLock(_PATIENCE_MS):
                log.warning("The session in %s cannot be locked: %s", folder, self._lock.error())
            self._folder, self._picture, self._patterns = folder, None, None
        return self._folder

    def _folders(self, prefix: str = "") -> list[Path]:
        """The folders in which sessions are, or those that begin with a prefix, newest first."""
        try:
            found = [path for path in self._root.iterdir() if path.is_dir() and path != self._folder]
        except OSError:
            # There is no folder before the first session, and one that cannot be read holds none for us.
            return []
        wanted = [path for path in found if path.name.startswith(ASIDE) == bool(prefix)]
        return sorted(wanted, key=lambda path: path.name.removeprefix(ASIDE), reverse=True)

    def _take(self, folder: Path) -> QLockFile | None:
        """Owns a folder that another has left; None when its owner lives."""
        lock = _lock(folder)
        return lock if lock.tryLock(_PATIENCE_MS) else None


def _lock(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / _LOCK))
    # Of any age: only the end of its owner's process ends it.
    lock.setStaleLockTime(0)
    return lock


def _set_aside(folder: Path) -> Path:
    aside = folder.with_name(ASIDE + folder.name)
    try:
        return folder.rename(aside)
    except OSError as error:
        log.warning("%s cannot be set aside: %s", folder, error)
        return folder


def _remove(folder: Path) -> None:
    # What cannot be removed now is tried again at the next start.
    shutil.rmtree(folder, ignore_errors=True)

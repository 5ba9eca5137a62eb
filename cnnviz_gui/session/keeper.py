"""The session's files from the window's side: nothing here makes it wait for a disk."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.session.saved import saved_session
from cnnviz_gui.session.store import SessionStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.session.state import SessionState
    from cnnviz_gui.session.store import LeftSession

    Work = Callable[[], None]

CLOSING_SECONDS = 3.0
"""How long a window that closes waits for a slow disk."""

log = logging.getLogger(__name__)


class SessionKeeper(QObject):
    """Writes and reads sessions in a thread of its own, one thing after the other.

    Of the states that are to be saved while one is being written, only the newest is.

    Args:
        root: The folder of all sessions.
        parent: The owner. `close` must be called before it goes away.
    """

    found = Signal(object)
    """LeftSessions"""
    loaded = Signal(object, bytes, object, list)
    """LeftSession, the bytes of its picture or none, its Patterns or None, what could not be read (CnnvizError)"""
    saved = Signal()
    failed = Signal(object)
    """CnnvizError: the session could not be saved."""

    def __init__(self, root: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = SessionStore(root)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="session")
        self._closed = False
        self._next: Work | None = None

    def save(self, state: SessionState, typed: str, settings: PatternSettings, patterns: Patterns | None) -> None:
        """Saves what the user is looking at: the state, what stands in the pattern panel, and finished patterns."""
        self._save(state, typed, settings, patterns, closed=False)

    def close(self, state: SessionState, typed: str, settings: PatternSettings, patterns: Patterns | None) -> None:
        """Saves for the last time, as a session that was closed. Waits some seconds at most. May be called twice."""
        if self._closed:
            return
        self._save(state, typed, settings, patterns, closed=True)
        self._closed = True
        last = self._thread.submit(self._store.close)
        if wait_for([last], CLOSING_SECONDS).not_done:
            log.warning("The session was not saved within %s s.", CLOSING_SECONDS)
        self._thread.shutdown(wait=last.done(), cancel_futures=True)

    def look(self) -> None:
        """Looks for sessions that were left; `found` says which."""
        self._do(lambda: self.found.emit(self._store.look()))

    def load(self, left: LeftSession) -> None:
        """Reads what lies beside a session; `loaded` hands it over."""
        self._do(lambda: self.loaded.emit(left, *self._store.read(left)))

    def discard(self, left: LeftSession) -> None:
        """Removes a session that was left."""
        self._do(lambda: self._store.discard(left))

    def _save(
        self,
        state: SessionState,
        typed: str,
        settings: PatternSettings,
        patterns: Patterns | None,
        *,
        closed: bool,
    ) -> None:
        def write() -> None:
            count = 0 if patterns is None else len(patterns.channels)
            saved = replace(saved_session(state, typed, settings, count), closed=closed)
            try:
                self._store.write(saved, state.picture.picture if state.picture else None, patterns)
            except CnnvizError as error:
                self.failed.emit(error)
            else:
                self.saved.emit()

        self._next = write
        self._do(self._write_newest)

    def _write_newest(self) -> None:
        work, self._next = self._next, None
        if work is not None:
            work()

    def _do(self, work: Work) -> None:
        if not self._closed:
            self._thread.submit(_logged, work)


def _logged(work: Work) -> None:
    """A thread has nobody above it who would hear of an error."""
    try:
        work()
    except Exception:
        log.exception("The session's files could not be used.")

"""A record of when things happened in the window and when it stood still, for whoever measures it from outside."""

import json
import os
import threading
import time
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

VARIABLE = "CNNVIZ_TRACE"

_TICK_MS = 5
_WORTH_WRITING_MS = 20
_SCHEDULED = Path("/proc/thread-self/schedstat")


class _Clocks(NamedTuple):
    """Milliseconds of this thread: gone by, computed, and waited for a processor."""

    wall: float
    worked: float
    queued: float


def _clocks() -> _Clocks:
    try:
        # Nanoseconds on a processor and waiting for one, and how often it had one.
        queued = int(_SCHEDULED.read_bytes().split()[1]) / 1e6
    except (OSError, IndexError):
        queued = 0.0
    return _Clocks(time.perf_counter() * 1e3, time.thread_time() * 1e3, queued)


class Trace(QObject):
    """Writes JSON lines to the file that the environment variable `CNNVIZ_TRACE` names; does nothing without it.

    What happens is written as ``{"event": "grid", "time": 1700000000.0}``. A timer ticks every 5 ms in the GUI
    thread. When a tick is late the thread was busy and the window stood still, so the time since the last tick is
    written as ``{"event": "gap", "ms": 35.2, "worked": 30.1, "queued": 2.0, "at": 1700000000.0, "phase": "grid"}``:
    `worked` is what the thread itself computed in it, `queued` how long it was ready and something else had the
    processor (only Linux tells, elsewhere 0), and the rest it waited for a lock, the disk or the screen. `at` is its
    end, `phase` the last event before it, at first "start". The first tick is the event loop's: what comes before is
    not a gap, but part of the time to the event "painted".

    Args:
        parent: Who owns it, usually the application.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = os.environ.get(VARIABLE)
        self._file = Path(name) if name else None
        self._phase = "start"
        self._last_tick: _Clocks | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        # The disk must not hold up the thread that is measured.
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        if self._file:
            writing = threading.Thread(target=_write_on, args=(self._file, self._lines), name="trace", daemon=True)
            writing.start()
            lines = self._lines
            self.destroyed.connect(lambda: lines.put(None))
            self._timer.start()

    def event_happened(self, name: str) -> None:
        """Writes that something happened just now.

        Args:
            name: What: "painted" for the first paint, "grid", "patterns" and so on.
        """
        self._phase = name
        self._write({"event": name, "time": time.time()})

    def watch(self, window: QWidget) -> None:
        """Writes "painted" once the window has painted itself for the first time.

        Args:
            window: The main window, before it is shown.
        """
        if self._file:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees the first paint of the window and stops looking.

        Args:
            watched: The window.
            event: What it is about to get.

        Returns:
            False: the window gets it all the same.
        """
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The paint is still to come, with that of all the window's children. The event loop is back after it.
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self.event_happened("painted")

    def _on_tick(self) -> None:
        now = _clocks()
        last, self._last_tick = self._last_tick, now
        if last is not None and now.wall - last.wall > _WORTH_WRITING_MS:
            spent = {
                "ms": round(now.wall - last.wall, 1),
                "worked": round(now.worked - last.worked, 1),
                "queued": round(now.queued - last.queued, 1),
            }
            self._write({"event": "gap", **spent, "at": time.time(), "phase": self._phase})

    def _write(self, line: dict[str, str | float]) -> None:
        if self._file:
            self._lines.put(json.dumps(line) + "\n")


def _write_on(path: Path, lines: SimpleQueue[str | None]) -> None:
    while (line := lines.get()) is not None:
        with path.open("a", encoding="utf-8") as file:
            file.write(line)

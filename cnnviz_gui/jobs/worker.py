"""The thread that keeps an engine process running and talks to it."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from multiprocessing import connection
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QThread, Signal

from cnnviz_gui.jobs import failures, wire
from cnnviz_gui.jobs.backoff import Backoff
from cnnviz_gui.jobs.process import EngineProcess
from cnnviz_gui.jobs.protocol import Cancel, Died, Failed, Finished, Restarted, Submit, Take, Unready, Unsendable

if TYPE_CHECKING:
    from cnnviz_gui.jobs.protocol import Command, Event

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds that the engine may take to end by itself when the application ends."""


class EngineThread(QThread):
    """Keeps one engine process running, from `start` to `shutdown`.

    Commands that are posted wait here until the process listens; a newer one for the same slot takes the place of an
    older one, which is then never pickled. Everything that the process says, and everything that happens to it, comes
    out of the one signal `happened`. This object lives in the GUI thread, so a bound method of a QObject there
    receives it there.

    When the process dies, `happened` says `Died`, a new one is started, perhaps after a pause, and `happened` says
    `Restarted`. Commands that were posted between the two are forgotten: whoever wants them says so again.

    Args:
        engine: "module:attribute" of what makes the engine when called without arguments.
        parent: The owner.
    """

    happened = Signal(object)

    def __init__(self, engine: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("engine")
        self._engine = engine
        self._lock = threading.Lock()
        # Guarded by the lock:
        self._commands: list[Command] = []
        self._process: EngineProcess | None = None
        self._killed: EngineProcess | None = None
        self._rung = False
        self._ear, self._bell = connection.Pipe(duplex=False)
        self._closing = threading.Event()
        # Known to the thread itself only:
        self._backoff = Backoff()
        self._notes = ""

    @property
    def pid(self) -> int | None:
        """Number of the engine process, or None while there is none."""
        with self._lock:
            return self._process.pid if self._process else None

    def post(self, command: Command) -> None:
        """Sends a command to the process as soon as that listens. Returns at once."""
        with self._lock:
            if isinstance(command, Submit | Cancel):
                self._commands = [waiting for waiting in self._commands if waiting.slot != command.slot]
            self._commands.append(command)
            self._ring()

    def kill(self) -> None:
        """Ends the process at once; a new one is started."""
        with self._lock:
            self._killed = self._process
            if self._process:
                self._process.kill()

    def shutdown(self) -> None:
        """Ends the process and the thread, and waits for both. May be called twice."""
        with self._lock:
            self._closing.set()
            self._ring()
        # The thread gives the process its time. It is late only when it is in the middle of a message that does not
        # go on, because the process hangs.
        if not self.wait(round(1000 * (PATIENCE + 0.5))):
            with self._lock:
                if self._process:
                    self._process.kill()
            self.wait()
        self._bell.close()
        self._ear.close()

    def run(self) -> None:
        """Never returns before `shutdown`."""
        while not self._closing.is_set():
            exitcode = self._live()
            if self._closing.is_set():
                return
            with self._lock:
                asked, self._killed = self._killed is not None, None
            if asked:
                self.happened.emit(Died(failures.ended(), 0.0))
                pause = 0.0
            else:
                pause = self._backoff.died(time.monotonic())
                error = failures.died(exitcode, notes=self._notes, pause=pause, deaths=self._backoff.deaths)
                log.warning("%s %s", error, error.details)
                self.happened.emit(Died(error, pause))
            self._rest(pause)
            with self._lock:
                self._commands.clear()
            self.happened.emit(Restarted())

    def _live(self) -> int | None:
        """One life of a process, from start to end. Returns its exit code."""
        self._notes = ""
        try:
            process = EngineProcess(self._engine)
        except OSError as error:
            self._notes = str(error)
            return None
        with self._lock:
            self._process = process
        try:
            self._converse(process)
        except (EOFError, OSError):
            log.debug("The engine has hung up.")
        # A message that cannot be read means that nothing more can be understood: as good as dead.
        except Exception as error:
            log.exception("The engine cannot be understood.")
            self._notes = failures.unsendable(error).details
        finally:
            exitcode = process.end(PATIENCE)
            with self._lock:
                self._process = None
        return exitcode

    def _converse(self, process: EngineProcess) -> None:
        """Passes messages on until the process dies or the application ends."""
        asked = False
        while not self._closing.is_set():
            if self._commands and not asked:
                process.pipe.send_bytes(wire.BELL)
                asked = True
            ready = connection.wait([process.pipe, self._ear, process.sentinel])
            if self._ear in ready:
                self._hear()
            if process.pipe in ready:
                event = cast("Event", wire.receive(process.pipe))
                if isinstance(event, Take):
                    self._hand_over(process)
                    asked = False
                else:
                    self._tell(event)
            # What a dying process has said is still in the pipe, and comes first.
            elif process.sentinel in ready:
                return

    def _hand_over(self, process: EngineProcess) -> None:
        """Sends the first command that can be sent, or None: the process waits for one message."""
        parcel = wire.pack(None)
        while True:
            with self._lock:
                if not self._commands:
                    break
                command = self._commands.pop(0)
            try:
                parcel = wire.pack(command)
                break
            except Unsendable as error:
                if isinstance(command, Submit):
                    self.happened.emit(Failed(command.job, failures.unsendable(error)))
        wire.send(process.pipe, parcel)

    def _tell(self, event: Event) -> None:
        if isinstance(event, Finished):
            self._backoff.finished()
        elif isinstance(event, Unready):
            self._notes = event.error.details
        self.happened.emit(event)

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._closing.is_set() and (left := end - time.monotonic()) > 0:
            if self._ear.poll(left):
                self._hear()

    def _ring(self) -> None:
        """Wakes the thread. To be called with the lock."""
        # One byte at most is in the pipe: a full one would block the GUI thread.
        if not self._rung:
            self._rung = True
            with contextlib.suppress(OSError):
                self._bell.send_bytes(wire.BELL)

    def _hear(self) -> None:
        with self._lock:
            self._ear.recv_bytes()
            self._rung = False

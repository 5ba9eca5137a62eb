"""The thread that keeps an engine process running and talks to it."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from multiprocessing import connection
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QThread, Signal

from cnnviz_gui.core.requests import SetMemoryBudget
from cnnviz_gui.jobs import failures, wire
from cnnviz_gui.jobs.backoff import Backoff
from cnnviz_gui.jobs.guard import Guard, Judge
from cnnviz_gui.jobs.process import EngineProcess
from cnnviz_gui.jobs.protocol import (
    Cancel,
    Died,
    Dropped,
    Failed,
    Finished,
    Restarted,
    Stopped,
    Submit,
    Take,
    Unready,
    Unsendable,
)
from cnnviz_gui.jobs.pulse import IDLE

if TYPE_CHECKING:
    from cnnviz_gui.core.errors import CnnvizError
    from cnnviz_gui.core.requests import Request
    from cnnviz_gui.jobs.guard import Patience
    from cnnviz_gui.jobs.protocol import Command, Event

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds that the engine may take to end by itself when the application ends."""
BUDGET_SLOT = "memory budget"
"""Its job has the number `IDLE`: nobody waits for it, and nothing is said of it."""


class EngineThread(QThread):
    """Keeps one engine process running, from `start` to `shutdown`.

    Commands that are posted wait here until the process listens; a newer one for the same slot takes the place of an
    older one, which is then never pickled. Everything that the process says, and everything that happens to it, comes
    out of the one signal `happened`. This object lives in the GUI thread, so a bound method of a QObject there
    receives it there.

    When the process dies, `happened` says `Died`, a new one is started, perhaps after a pause, and `happened` says
    `Restarted`. Commands that were posted between the two are forgotten: whoever wants them says so again.

    A process that takes more memory than it may, or gives no sign of life for longer than is patient, is ended.

    Args:
        engine: "module:attribute" of what makes the engine when called without arguments.
        memory_budget: Bytes of memory that the process may take. It is told, so that it can keep to them.
        patience: Seconds that one step of a request may take.
        parent: The owner.
    """

    happened = Signal(object)

    def __init__(self, engine: str, *, memory_budget: int, patience: Patience, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("engine")
        self._engine = engine
        self._patience = patience
        self._lock = threading.Lock()
        # Guarded by the lock:
        self._commands: list[Command] = []
        self._requests: dict[int, Request] = {}
        self._process: EngineProcess | None = None
        self._killed: EngineProcess | None = None
        self._verdict: CnnvizError | None = None
        self._rung = False
        self._asked = False
        self._memory_budget = memory_budget
        self._ear, self._bell = connection.Pipe(duplex=False)
        self._closing = threading.Event()
        # Known to the thread itself only:
        self._backoff = Backoff()
        self._notes = ""
        self._doing: Request | None = None

    @property
    def pid(self) -> int | None:
        """Number of the engine process, or None while there is none."""
        with self._lock:
            return self._process.pid if self._process else None

    def post(self, command: Command) -> None:
        """Sends a command to the process as soon as that listens. Returns at once."""
        with self._lock:
            self._add(command)
            self._ring()

    def set_memory_budget(self, memory_budget: int) -> None:
        """Allows the process another number of bytes, from now on and after every restart."""
        with self._lock:
            self._memory_budget = memory_budget
            self._add(Submit(IDLE, BUDGET_SLOT, SetMemoryBudget(memory_budget)))
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
            death = self._explain(exitcode)
            self.happened.emit(death)
            self._rest(death.pause)
            with self._lock:
                self._commands.clear()
                self._requests.clear()
            self.happened.emit(Restarted())

    def _explain(self, exitcode: int | None) -> Died:
        """Says why the process is dead."""
        with self._lock:
            killed, self._killed = self._killed, None
            verdict, self._verdict = self._verdict, None
        if killed is not None:
            return Died(failures.ended(), 0.0)
        pause = self._backoff.died(time.monotonic())
        deaths = self._backoff.deaths
        if verdict is not None:
            error = failures.again(verdict, pause=pause, deaths=deaths)
        else:
            error = failures.died(exitcode, doing=self._doing, notes=self._notes, pause=pause, deaths=deaths)
        log.warning("%s %s", error, error.details)
        return Died(error, pause)

    def _live(self) -> int | None:
        """One life of a process, from start to end. Returns its exit code."""
        self._notes = ""
        self._doing = None
        try:
            process = EngineProcess(self._engine)
        except OSError as error:
            self._notes = str(error)
            return None
        with self._lock:
            self._process = process
            # It keeps to this from its first job on.
            self._commands.insert(0, Submit(IDLE, BUDGET_SLOT, SetMemoryBudget(self._memory_budget)))
        try:
            with self._guard(process):
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
                self._doing = self._requests.get(process.pulse.read().job)
        return exitcode

    def _converse(self, process: EngineProcess) -> None:
        """Passes messages on until the process dies or the application ends."""
        self._asked = False
        while not self._closing.is_set():
            if self._commands and not self._asked:
                process.pipe.send_bytes(wire.BELL)
                self._asked = True
            ready = connection.wait([process.pipe, self._ear, process.sentinel])
            if self._ear in ready:
                self._hear()
            if process.pipe in ready:
                event = cast("Event", wire.receive(process.pipe))
                if isinstance(event, Take):
                    self._hand_over(process)
                    self._asked = False
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
        if isinstance(event, Finished | Failed | Stopped | Dropped):
            with self._lock:
                self._requests.pop(event.job, None)
        if isinstance(event, Finished) and event.job != IDLE:
            self._backoff.finished()
        elif isinstance(event, Unready):
            self._notes = event.error.details
        self.happened.emit(event)

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._closing.is_set() and (left := end - time.monotonic()) > 0:
            if self._ear.poll(left):
                self._hear()

    def _guard(self, process: EngineProcess) -> Guard:
        judge = Judge(self._patience)

        def look(now: float, memory: int) -> bool:
            beat = process.pulse.read()
            with self._lock:
                request = self._requests.get(beat.job)
                waiting = self._asked or bool(self._commands)
                verdict = judge.judge(now, beat, request, waiting=waiting, memory=memory, budget=self._memory_budget)
                if verdict is not None:
                    self._verdict = verdict
                    process.kill()
            return verdict is not None

        return Guard(process.pid, look)

    def _add(self, command: Command) -> None:
        """Puts a command at the end of those that wait. To be called with the lock."""
        if isinstance(command, Submit | Cancel):
            for waiting in self._commands:
                if isinstance(waiting, Submit) and waiting.slot == command.slot:
                    self._requests.pop(waiting.job, None)
            self._commands = [waiting for waiting in self._commands if waiting.slot != command.slot]
        if isinstance(command, Submit) and command.job != IDLE:
            self._requests[command.job] = command.request
        self._commands.append(command)

    def _ring(self) -> None:
        """Wakes the thread. To be called with the lock."""
        # One byte at most is in the pipe: a full one would block the GUI thread.
        if not self._rung:
            self._rung = True
            # The thread has ended: nobody needs to be woken.
            with contextlib.suppress(OSError):
                self._bell.send_bytes(wire.BELL)

    def _hear(self) -> None:
        with self._lock:
            self._ear.recv_bytes()
            self._rung = False

"""The window's side of jobs: a request goes in, signals come out, and the newest wins."""

from __future__ import annotations

import itertools
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.jobs.guard import usual_patience
from cnnviz_gui.jobs.protocol import (
    Advanced,
    Alive,
    Cancel,
    Died,
    EngineStatus,
    Failed,
    Finished,
    Restarted,
    Started,
    Stop,
    Stopped,
    Submit,
    Unready,
)
from cnnviz_gui.jobs.worker import EngineThread

if TYPE_CHECKING:
    from cnnviz_gui.core.errors import CnnvizError
    from cnnviz_gui.core.requests import Request
    from cnnviz_gui.jobs.guard import Patience
    from cnnviz_gui.jobs.protocol import Event

log = logging.getLogger(__name__)

STOP_PATIENCE = 5.0
"""Seconds that a job may take to end after it was asked to stop."""


@dataclass(eq=False)
class _Job:
    number: int
    slot: str
    request: Request
    begun: bool = False
    stopping: bool = False


class JobRunner(QObject):
    """Has requests answered by an engine in a process of its own; never blocks.

    A slot is a place on the screen that shows one thing, and has one job. If a request comes in for a slot that is
    free, it is sent to the engine at once and `started` is emitted. If the slot has a job with an equal request
    already, nothing happens. If it has another job, that one is forgotten: no signal about it comes any more, and
    `started` is about the new one. Jobs of different slots run side by side.

    After its `started`, a job emits `advanced` any number of times and then, unless it is forgotten, exactly one of

    - `finished`, with the result; a partial one if it was asked to stop and had something to give;
    - `failed`, with a `CnnvizError`; its slot's last good result is still the truth about its own request;
    - `stopped`, if somebody ended it with `cancel`, or with `stop` before it had anything to give.

    If a job does not end within some seconds after `stop`, it is stuck in something that cannot be interrupted: then
    the engine process is ended, which fails the job, and started again.

    If the engine process takes more memory than it may, or a step of a job takes longer than is patient, it is ended
    too, and the error says so.

    If the engine process dies, the jobs that it had begun fail. `restarted` is emitted as soon as there is a new
    process, which knows no network: what is submitted then comes before the jobs that were still waiting, and these
    are sent again. If it dies again and again, they fail too, and it is started after a pause.

    `engine_changed` says how the engine is, about once a second. All signals are emitted in the GUI thread.

    Args:
        engine: "module:attribute" of what makes the engine when called without arguments. Its process starts now.
        memory_budget: Bytes of memory that the engine process may take; by default a share of the machine's.
        stop_patience: Seconds that a job may take to end after `stop`.
        patience: Seconds that one step of a request may take, or of None while the engine has nothing to do.
        parent: The owner. `shutdown` must be called before it goes away.
    """

    started = Signal(str, object)
    """slot, request"""
    advanced = Signal(str, object, object)
    """slot, request, Progress | Preview"""
    finished = Signal(str, object, object)
    """slot, request, result"""
    failed = Signal(str, object, object)
    """slot, request, CnnvizError"""
    stopped = Signal(str, object)
    """slot, request"""
    engine_changed = Signal(object)
    """EngineStatus"""
    restarted = Signal()

    def __init__(
        self,
        engine: str,
        *,
        memory_budget: int | None = None,
        stop_patience: float = STOP_PATIENCE,
        patience: Patience = usual_patience,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._stop_patience = stop_patience
        self._numbers = itertools.count(1)
        self._jobs: dict[str, _Job] = {}
        self._status = EngineStatus("starting")
        self._closed = False
        budget = default_memory_budget() if memory_budget is None else memory_budget
        self._thread = EngineThread(engine, memory_budget=budget, patience=patience, parent=self)
        self._thread.happened.connect(self._on_happened)
        self._thread.start()

    @property
    def status(self) -> EngineStatus:
        """How the engine is."""
        return self._status

    @property
    def engine_pid(self) -> int | None:
        """Number of the engine's process, or None while there is none."""
        return self._thread.pid

    def busy(self, slot: str) -> bool:
        """Whether the slot has a job."""
        return slot in self._jobs

    def running(self) -> dict[str, Request]:
        """The request of every slot that has a job."""
        return {slot: job.request for slot, job in self._jobs.items()}

    def submit(self, slot: str, request: Request) -> None:
        """Has a request answered; the newest of a slot wins."""
        old = self._jobs.get(slot)
        if self._closed or (old and not old.stopping and old.request == request):
            return
        job = self._jobs[slot] = _Job(next(self._numbers), slot, request)
        self._thread.post(Submit(job.number, slot, request))
        self.started.emit(slot, request)

    def cancel(self, slot: str) -> None:
        """Ends the slot's job, whatever it has."""
        job = self._jobs.pop(slot, None)
        if job:
            self._thread.post(Cancel(slot))
            self.stopped.emit(slot, job.request)

    def stop(self, slot: str) -> None:
        """Asks the slot's job for what it has."""
        job = self._jobs.get(slot)
        if job is None or job.stopping:
            return
        if not job.begun:
            self.cancel(slot)
            return
        job.stopping = True
        self._thread.post(Stop(slot))
        QTimer.singleShot(round(1000 * self._stop_patience), self, lambda: self._on_patience_ended(job))

    def set_memory_budget(self, memory_budget: int) -> None:
        """Allows the engine process another number of bytes of memory; it is told at once."""
        self._thread.set_memory_budget(memory_budget)

    def kill(self) -> None:
        """Ends the engine process at once: what it has begun fails, and it starts again."""
        self._thread.kill()

    def shutdown(self) -> None:
        """Forgets all jobs and ends the engine process. May be called twice; afterwards nothing is done any more."""
        self._jobs.clear()
        if not self._closed:
            self._closed = True
            self._thread.shutdown()

    @Slot(object)
    def _on_happened(self, event: Event) -> None:
        match event:
            case Alive(memory_bytes, device, ready):
                state = "ready" if ready else self._status.state
                reason = None if ready else self._status.reason
                self._set_status(EngineStatus(state, memory_bytes, device, reason))
            case Unready(error):
                self._set_status(replace(self._status, state="failed", reason=error))
            case Died(error, pause):
                self._set_status(EngineStatus("failed" if pause else "restarting", reason=error))
                self._fail(error, also_waiting=pause > 0)
            case Restarted():
                self._set_status(EngineStatus("restarting", reason=self._status.reason))
                self._submit_again()
            case Started(number):
                job = self._find(number)
                if job:
                    job.begun = True
            case Advanced(number, value):
                job = self._find(number)
                if job:
                    self.advanced.emit(job.slot, job.request, value)
            case Finished(number, result):
                job = self._take(number)
                if job:
                    self.finished.emit(job.slot, job.request, result)
            case Failed(number, error):
                job = self._take(number)
                if job:
                    self.failed.emit(job.slot, job.request, error)
            case Stopped(number):
                job = self._take(number)
                if job:
                    self.stopped.emit(job.slot, job.request)

    def _on_patience_ended(self, job: _Job) -> None:
        if self._jobs.get(job.slot) is job:
            log.warning("Slot %s did not stop in %s s; the engine is ended.", job.slot, self._stop_patience)
            self.kill()

    def _fail(self, error: CnnvizError, *, also_waiting: bool) -> None:
        for job in list(self._jobs.values()):
            if (job.begun or also_waiting) and self._take(job.number):
                self.failed.emit(job.slot, job.request, error)

    def _submit_again(self) -> None:
        waiting = list(self._jobs.values())
        self.restarted.emit()
        for job in waiting:
            if self._jobs.get(job.slot) is job:
                self._thread.post(Submit(job.number, job.slot, job.request))

    def _find(self, number: int) -> _Job | None:
        return next((job for job in self._jobs.values() if job.number == number), None)

    def _take(self, number: int) -> _Job | None:
        job = self._find(number)
        return self._jobs.pop(job.slot) if job else None

    def _set_status(self, status: EngineStatus) -> None:
        if status != self._status:
            self._status = status
            self.engine_changed.emit(status)

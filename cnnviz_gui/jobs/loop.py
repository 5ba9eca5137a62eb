"""Runs several jobs in one thread, one step of each in turn."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.requests import STOP
from cnnviz_gui.jobs.failures import unforeseen, unsendable
from cnnviz_gui.jobs.protocol import (
    Advanced,
    Cancel,
    Dropped,
    Failed,
    Finished,
    Started,
    Stop,
    Stopped,
    Submit,
    Unsendable,
)
from cnnviz_gui.jobs.pulse import IDLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.pattern_requests import Preview
    from cnnviz_gui.core.requests import Progress, Request
    from cnnviz_gui.jobs.protocol import Answer, Command, JobEvent

log = logging.getLogger(__name__)

PER_SECOND = 10.0
"""Values of one kind that a job may report in the long run..."""
BURST = 3.0
"""...and at once: what is said before a long step must not wait for its end."""


class Inbox(Protocol):
    """Where commands come from."""

    def receive(self, *, wait: bool) -> Command | None:
        """Returns the next command; None if there is none.

        Args:
            wait: Whether nothing else is to be done, so that it may block.

        Raises:
            EOFError: Nobody will ever send another one.
        """


@dataclass
class _Valve:
    """Lets through as many values a second as a window can paint."""

    tokens: float
    filled: float

    def opens(self, now: float) -> bool:
        self.tokens = min(BURST, self.tokens + (now - self.filled) * PER_SECOND)
        self.filled = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


@dataclass
class _Job:
    number: int
    request: Request
    answer: Answer | None = None
    valves: dict[type, _Valve] = field(default_factory=dict)


class ComputeLoop:
    """Advances every running job one step in turn, so that a long one never blocks a short one.

    A slot has one job. A newer one takes its place, and its turn, at once; the older one is closed and reported
    as dropped. Between any two steps the inbox is looked at, so a command waits for one step at most. A job
    that is asked to stop may return what it has, which is a normal finish; if it yields again it is closed.
    A job that raises is reported as failed and concerns no other job. Values that come faster than they can be
    painted are left out: the result covers the last of them.

    Args:
        answer: Makes the generator that answers a request.
        inbox: Where commands come from.
        report: Where events go. Raises `Unsendable` for a value that cannot travel, and `EOFError` when nobody
            listens any more.
        beat: Told the number of the job whose step begins, and `cnnviz_gui.jobs.pulse.IDLE` between two steps.
        clock: Seconds, as `time.monotonic` counts them.
    """

    def __init__(
        self,
        answer: Callable[[Request], Answer],
        inbox: Inbox,
        report: Callable[[JobEvent], None],
        *,
        beat: Callable[[int], None] = lambda job: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer = answer
        self._inbox = inbox
        self._report = report
        self._beat = beat
        self._clock = clock
        self._jobs: dict[str, _Job] = {}

    def run(self) -> None:
        """Works until nobody asks or listens any more, then closes what still runs."""
        try:
            while True:
                self._beat(IDLE)
                command = self._inbox.receive(wait=not self._jobs)
                if command is not None:
                    self._obey(command)
                elif self._jobs:
                    self._step(next(iter(self._jobs)))
        except EOFError:
            log.debug("Nobody asks any more.")
        finally:
            for job in self._jobs.values():
                _close(job)
            self._jobs.clear()

    def _obey(self, command: Command) -> None:
        match command:
            case Submit(number, slot, request):
                old = self._jobs.get(slot)
                # The new job takes the old one's place in the dict: were it sent to the end of the queue each
                # time, a slot whose jobs are replaced quickly would never have its turn.
                self._jobs[slot] = _Job(number, request)
                self._drop(old)
            case Cancel(slot):
                self._drop(self._jobs.pop(slot, None))
            case Stop(slot):
                self._stop(slot)

    def _drop(self, job: _Job | None) -> None:
        if job is not None:
            _close(job)
            self._report(Dropped(job.number))

    def _stop(self, slot: str) -> None:
        job = self._jobs.get(slot)
        if job is None:
            return
        # A generator that has not begun takes no message, and has nothing to give either.
        if job.answer is not None:
            self._advance(slot, job, STOP)
        if slot in self._jobs:
            del self._jobs[slot]
            _close(job)
            self._report(Stopped(job.number))

    def _step(self, slot: str) -> None:
        job = self._jobs.pop(slot)
        self._jobs[slot] = job
        if job.answer is None:
            self._report(Started(job.number))
        self._advance(slot, job, None)

    def _advance(self, slot: str, job: _Job, sent: object) -> None:
        end: Finished | Failed
        self._beat(job.number)
        try:
            if job.answer is None:
                job.answer = self._answer(job.request)
            value = job.answer.send(sent)
        except StopIteration as finish:
            end = Finished(job.number, finish.value)
        except CnnvizError as error:
            end = Failed(job.number, error)
        # Whatever a library raises ends this job only: the engine and the other jobs go on.
        except Exception as error:  # noqa: BLE001
            end = Failed(job.number, unforeseen(error))
        else:
            if sent is not STOP:
                self._pass_on(slot, job, value)
            return
        del self._jobs[slot]
        try:
            self._report(end)
        except Unsendable as error:
            self._report(Failed(job.number, unsendable(error)))

    def _pass_on(self, slot: str, job: _Job, value: Progress | Preview) -> None:
        now = self._clock()
        if not job.valves.setdefault(type(value), _Valve(BURST, now)).opens(now):
            return
        try:
            self._report(Advanced(job.number, value))
        except Unsendable as error:
            del self._jobs[slot]
            _close(job)
            self._report(Failed(job.number, unsendable(error)))


def _close(job: _Job) -> None:
    if job.answer is None:
        return
    try:
        job.answer.close()
    # Nobody waits for this job any more, and its last words must not end the others.
    except Exception:
        log.exception("A job did not close well: %r", job.request)

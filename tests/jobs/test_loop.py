"""What `ComputeLoop` promises, played back without a process."""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, Any

import pytest

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.requests import STOP
from cnnviz_gui.jobs.loop import BURST, PER_SECOND, ComputeLoop
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

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from cnnviz_gui.jobs.protocol import Command, JobEvent


class Scenario:
    """An inbox that is played back, and everything that was reported.

    ``script`` holds commands and numbers: a number lets so many steps pass before the next command.
    """

    def __init__(self, *script: object, report: Callable[[JobEvent], None] | None = None, step: float = 1.0) -> None:
        self._script: deque[Any] = deque(script)
        self._now = 0.0
        self._step = step
        self._check = report
        self.events: list[JobEvent] = []
        self.waits: list[bool] = []
        loop = ComputeLoop(lambda request: request(), self, self._report, clock=lambda: self._now)
        loop.run()
        assert not loop._jobs

    def receive(self, *, wait: bool) -> Command | None:
        """Plays the next part of the script."""
        self.waits.append(wait)
        self._now += self._step
        if not self._script:
            raise EOFError
        if isinstance(self._script[0], int):
            self._script[0] -= 1
            if self._script[0] == 0:
                self._script.popleft()
            return None
        return self._script.popleft()

    def _report(self, event: JobEvent) -> None:
        if self._check:
            self._check(event)
        self.events.append(event)

    def of(self, kind: type) -> list[Any]:
        """The events of one kind."""
        return [event for event in self.events if isinstance(event, kind)]


def steps(number: int, log: list[str] | None = None, name: str = "") -> Callable[[], Generator[Any, object, Any]]:
    def answer() -> Generator[Any, object, Any]:
        for done in range(number):
            if log is not None:
                log.append(name)
            if (yield done) is STOP:
                return f"partial {done}"
        return "whole"

    return answer


def closing(log: list[str], *, error: Exception | None = None) -> Callable[[], Generator[Any, object, Any]]:
    def answer() -> Generator[Any, object, Any]:
        try:
            while True:
                yield 0
        finally:
            log.append("closed")
            if error:
                raise error

    return answer


def test_a_job_starts_advances_and_finishes() -> None:
    played = Scenario(Submit(1, "a", steps(2)), 3)
    assert played.events == [Started(1), Advanced(1, 0), Advanced(1, 1), Finished(1, "whole")]


def test_the_loop_waits_for_commands_only_when_nothing_runs() -> None:
    played = Scenario(Submit(1, "a", steps(1)), 2)
    assert played.waits == [True, False, False, True]


def test_the_beat_says_whose_step_it_is_and_when_it_has_ended() -> None:
    beats: list[int] = []
    script = iter([Submit(7, "a", steps(2)), None, Submit(8, "b", steps(1)), None])

    class Inbox:
        def receive(self, *, wait: bool) -> Command | None:
            try:
                return next(script)
            except StopIteration:
                raise EOFError from None

    ComputeLoop(lambda request: request(), Inbox(), lambda event: None, beat=beats.append).run()
    assert beats == [0, 0, 7, 0, 0, 7, 0]


def test_running_jobs_take_turns() -> None:
    log: list[str] = []
    Scenario(*(Submit(number, name, steps(9, log, name)) for number, name in enumerate("abc")), 9)
    assert log == list("abcabcabc")


def test_a_short_job_is_not_blocked_by_a_long_one() -> None:
    played = Scenario(Submit(1, "long", steps(1000)), 5, Submit(2, "short", steps(1)), 6)
    assert played.of(Finished) == [Finished(2, "whole")]


def test_the_newest_of_a_slot_wins_and_the_older_is_closed() -> None:
    log: list[str] = []
    played = Scenario(Submit(1, "a", closing(log)), 2, Submit(2, "a", steps(1)), 2)
    assert log == ["closed"]
    assert played.of(Dropped) == [Dropped(1)]
    assert played.of(Finished) == [Finished(2, "whole")]


def test_a_job_that_is_replaced_before_its_turn_never_starts() -> None:
    played = Scenario(Submit(1, "a", steps(1)), Submit(2, "a", steps(1)), 2)
    assert played.events == [Dropped(1), Started(2), Advanced(2, 0), Finished(2, "whole")]


def test_a_slot_whose_jobs_are_replaced_at_every_step_still_has_its_turns() -> None:
    log: list[str] = []
    script: list[Any] = [Submit(0, "long", steps(99, log, "long"))]
    for number in range(1, 11):
        script += [Submit(number, "quick", steps(99, log, "quick")), 1]
    Scenario(*script)
    assert Counter(log) == {"long": 5, "quick": 5}


def test_a_cancelled_job_is_closed() -> None:
    log: list[str] = []
    played = Scenario(Submit(1, "a", closing(log)), 1, Cancel("a"), 1)
    assert log == ["closed"]
    assert played.events[-1] == Dropped(1)


def test_a_job_that_raises_while_it_is_closed_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    played = Scenario(Submit(1, "a", closing([], error=OSError())), 1, Cancel("a"), Submit(2, "b", steps(1)), 2)
    assert played.of(Finished) == [Finished(2, "whole")]
    assert "did not close well" in caplog.text


def test_a_stopped_job_returns_what_it_has() -> None:
    played = Scenario(Submit(1, "a", steps(99)), 3, Stop("a"))
    assert played.events[-1] == Finished(1, "partial 2")


def test_a_job_that_yields_again_after_a_stop_is_closed() -> None:
    log: list[str] = []
    played = Scenario(Submit(1, "a", closing(log)), 1, Stop("a"), 1)
    assert log == ["closed"]
    assert played.events[-1] == Stopped(1)


def test_a_job_that_is_stopped_before_its_first_step_never_starts() -> None:
    played = Scenario(Submit(1, "a", steps(1)), Stop("a"), 1)
    assert played.events == [Stopped(1)]


def test_stopping_or_cancelling_an_empty_slot_does_nothing() -> None:
    assert Scenario(Stop("a"), Cancel("a")).events == []


@pytest.mark.parametrize("error", [ValueError("odd"), MemoryError(), EOFError(), OSError()])
def test_an_unforeseen_error_fails_its_job_only_and_keeps_its_traceback_as_text(error: Exception) -> None:
    def answer() -> Generator[Any, object, Any]:
        yield 0
        raise error

    played = Scenario(Submit(1, "a", answer), Submit(2, "b", steps(2)), 5)
    (failed,) = played.of(Failed)
    assert (failed.job, type(failed.error)) == (1, CnnvizError)
    assert "Traceback" in failed.error.details
    assert type(error).__name__ in failed.error.details
    assert "Traceback" not in str(failed.error)
    assert ("memory" in str(failed.error)) == isinstance(error, MemoryError)
    assert played.of(Finished) == [Finished(2, "whole")]


def test_an_explained_error_arrives_as_it_is() -> None:
    error = CnnvizError(message("No."))

    def answer() -> Generator[Any, object, Any]:
        raise error
        yield

    assert Scenario(Submit(1, "a", answer), 1).events == [Started(1), Failed(1, error)]


def test_an_engine_that_cannot_even_begin_an_answer_fails_the_job() -> None:
    assert Scenario(Submit(1, "a", 5), 1).of(Failed)


def test_an_error_after_a_stop_fails_the_job() -> None:
    def answer() -> Generator[Any, object, Any]:
        yield 0
        raise ValueError

    assert Scenario(Submit(1, "a", answer), 1, Stop("a")).of(Failed)


def test_a_result_that_cannot_be_sent_fails_the_job() -> None:
    def refuse(event: JobEvent) -> None:
        if isinstance(event, Finished) and event.job == 1:
            raise Unsendable

    played = Scenario(Submit(1, "a", steps(0)), 1, Submit(2, "a", steps(0)), 1, report=refuse)
    assert [event.job for event in played.of(Failed)] == [1]
    assert played.of(Finished) == [Finished(2, "whole")]


def test_a_preview_that_cannot_be_sent_fails_and_closes_the_job() -> None:
    def refuse(event: JobEvent) -> None:
        if isinstance(event, Advanced):
            raise Unsendable

    log: list[str] = []
    played = Scenario(Submit(1, "a", closing(log)), 3, report=refuse)
    assert [type(event) for event in played.events] == [Started, Failed]
    assert log == ["closed"]


def test_previews_leave_no_faster_than_they_can_be_painted() -> None:
    played = Scenario(Submit(1, "a", steps(1000)), 1001, step=0.01)
    assert 10 * PER_SECOND - 1 <= len(played.of(Advanced)) <= 10 * PER_SECOND + BURST
    assert played.events[-1] == Finished(1, "whole")


def test_progress_is_not_held_back_by_previews() -> None:
    def answer() -> Generator[Any, object, Any]:
        yield from range(1000)
        yield "at last"

    played = Scenario(Submit(1, "a", answer), 1002, step=0.0)
    assert played.of(Advanced)[-1] == Advanced(1, "at last")


def test_what_still_runs_is_closed_when_nobody_asks_any_more() -> None:
    log: list[str] = []
    Scenario(Submit(1, "a", closing(log)), 1)
    assert log == ["closed"]


def test_what_still_runs_is_closed_when_nobody_listens_any_more() -> None:
    def hang_up(event: JobEvent) -> None:
        if isinstance(event, Advanced):
            raise EOFError

    log: list[str] = []
    Scenario(Submit(1, "a", closing(log)), 5, report=hang_up)
    assert log == ["closed"]

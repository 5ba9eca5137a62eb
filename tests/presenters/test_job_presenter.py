"""The job bar: what runs, how far, how long still, and what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import call

import numpy as np
import pytest
from presenters_fakes import NETWORK, FakeBar, FakeRunner

from cnnviz_gui.core import remaining
from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.core.pattern_requests import ForecastPatterns, MakePatterns, Preview
from cnnviz_gui.core.remedies import CHOOSE_CLASSES
from cnnviz_gui.core.requests import OpenNetwork, Progress, ReadPicture
from cnnviz_gui.jobs.protocol import EngineStatus
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.job_presenter import JobPresenter

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

FAILURE = CnnvizError(
    message("It is {what}.", what="broken"), message("Mend it."), details="Traceback", remedies=(CHOOSE_CLASSES,)
)
OPEN = OpenNetwork(NETWORK.source)
JOB = MakePatterns(NETWORK.source, "many", tuple(range(8)), PatternSettings(steps=10), "none")


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The presenter's clock."""
    clock = Clock()
    monkeypatch.setattr(remaining, "time", clock)
    return clock


@pytest.fixture
def presenter(runner: FakeRunner, bar: FakeBar, owner: QObject, clock: Clock) -> JobPresenter:
    """The presenter, before anything runs; what the bar was told at its start is forgotten."""
    made = JobPresenter(runner, bar, owner)
    bar.told.reset_mock()
    return made


def progress(done: int, total: int) -> Progress:
    """How far a job is."""
    return Progress(done, total, message("Layer {done}", done=done))


def preview(work_done: int, done: int) -> Preview:
    """How far patterns are."""
    pictures, objective = np.zeros((2, 8, 8, 3), np.uint8), np.zeros((2, 1), np.float32)
    return Preview(JOB, 1, (0, 1), pictures, objective, done, work_done, message("Channel"))


QUIET = {slots.LOOK, slots.KERNELS, slots.FORECAST, slots.CLEAR_UP, slots.PATTERN_CACHE, slots.NATURAL}
SLOTS = sorted({value for name, value in vars(slots).items() if name.isupper()} - QUIET)


@pytest.mark.parametrize("slot", SLOTS)
def test_every_slots_job_has_a_name_and_at_first_no_end(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar, slot: str
) -> None:
    runner.submit(slot, OPEN)
    (told,) = bar.show_job.mock_calls
    assert told.args[0] == slot
    assert told.args[1]
    assert told.args[2:] == (None, None)


@pytest.mark.parametrize("slot", sorted(QUIET))
def test_a_job_that_follows_from_another_is_not_shown(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar, slot: str
) -> None:
    runner.submit(slot, OPEN)
    runner.advanced.emit(slot, OPEN, Progress(1, 2, message("On the way")))
    assert not bar.show_job.mock_calls


def test_progress_is_shown_in_words_and_as_a_share(presenter: JobPresenter, runner: FakeRunner, bar: FakeBar) -> None:
    runner.submit(slots.EXPORT, OPEN)
    runner.advance(slots.EXPORT, progress(3, 12))
    bar.show_job.assert_called_with(slots.EXPORT, "Layer 3", 0.25, None)


def test_progress_without_a_total_has_no_share(presenter: JobPresenter, runner: FakeRunner, bar: FakeBar) -> None:
    runner.submit(slots.EXPORT, OPEN)
    runner.advance(slots.EXPORT, progress(3, 0))
    bar.show_job.assert_called_with(slots.EXPORT, "Layer 3", None, None)


def test_the_time_left_is_told_from_the_second_report_on(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar, clock: Clock
) -> None:
    runner.submit(slots.EXPORT, OPEN)
    clock.now += 60
    runner.advance(slots.EXPORT, progress(2, 12))
    assert bar.show_job.call_args.args[3] is None, "what came before the first report says nothing about the pace"
    clock.now += 4
    runner.advance(slots.EXPORT, progress(4, 12))
    # Two steps in four seconds: the eight that are left take sixteen.
    assert bar.show_job.call_args.args[3] == pytest.approx(16)
    clock.now += 4
    runner.advance(slots.EXPORT, progress(12, 12))
    bar.show_job.assert_called_with(slots.EXPORT, "Layer 12", 1.0, 0.0)


def test_no_time_left_is_told_while_nothing_has_been_done_since_the_first_report(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar, clock: Clock
) -> None:
    runner.submit(slots.EXPORT, OPEN)
    runner.advance(slots.EXPORT, progress(2, 12))
    clock.now += 4
    runner.advance(slots.EXPORT, progress(2, 12))
    assert bar.show_job.call_args.args[3] is None


def test_a_new_job_of_a_slot_does_not_inherit_the_pace(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar, clock: Clock
) -> None:
    runner.submit(slots.EXPORT, OPEN)
    runner.advance(slots.EXPORT, progress(2, 12))
    clock.now += 4
    runner.submit(slots.EXPORT, ReadPicture("other"))
    runner.advance(slots.EXPORT, progress(6, 12))
    assert bar.show_job.call_args.args[3] is None


def test_jobs_of_different_slots_are_told_apart(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar, clock: Clock
) -> None:
    for slot, step in ((slots.EXPORT, 1), (slots.NETWORK, 5)):
        runner.submit(slot, OPEN)
        runner.advance(slot, progress(0, 10))
        clock.now += 1
        runner.advance(slot, progress(step, 10))
    assert [told.args[3] for told in bar.show_job.mock_calls if told.args[3] is not None] == [9.0, 1.0]


def test_patterns_are_counted_and_their_share_is_that_of_the_steps(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    runner.submit(slots.PATTERNS, JOB)
    runner.advance(slots.PATTERNS, preview(work_done=20, done=2))
    bar.show_job.assert_called_with(slots.PATTERNS, "Patterns of many: 2 of 8", 0.25, None)


def test_a_step_of_patterns_between_two_previews_is_not_worth_a_line(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    runner.submit(slots.PATTERNS, JOB)
    runner.advance(slots.PATTERNS, progress(1, 80))
    assert bar.show_job.call_count == 1


def test_a_job_that_ends_leaves_the_bar_however_it_ends(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    for end in (
        lambda: runner.finish(slots.EXPORT, "grid.png"),
        lambda: runner.fail(slots.EXPORT, FAILURE),
        lambda: runner.cancel(slots.EXPORT),
    ):
        runner.submit(slots.EXPORT, OPEN)
        bar.told.reset_mock()
        end()
        bar.clear_job.assert_called_once_with(slots.EXPORT)


def test_stop_in_the_bar_stops_that_job(presenter: JobPresenter, runner: FakeRunner, bar: FakeBar) -> None:
    bar.stop_requested.emit(slots.PATTERNS)
    assert runner.stop_asked == [slots.PATTERNS]


def test_a_failure_is_said_in_its_own_words_with_its_details(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    runner.submit(slots.NETWORK, OPEN)
    runner.fail(slots.NETWORK, FAILURE)
    bar.show_error.assert_called_once_with(
        FAILURE.what, FAILURE.hint, "Traceback", (CHOOSE_CLASSES,), slot=slots.NETWORK
    )


def test_a_forecast_that_fails_is_no_error_since_nobody_asked_for_it(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    runner.submit(slots.FORECAST, ForecastPatterns(JOB))
    runner.fail(slots.FORECAST, FAILURE)
    bar.clear_job.assert_called_once_with(slots.FORECAST)
    bar.show_error.assert_not_called()


def test_an_error_is_cleared_by_a_job_of_its_own_slot_that_succeeds(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    runner.submit(slots.NETWORK, OPEN)
    runner.fail(slots.NETWORK, FAILURE)
    runner.submit(slots.NETWORK, OPEN)
    runner.cancel(slots.NETWORK)
    runner.submit(slots.PICTURE, ReadPicture("cat.png"))
    runner.finish(slots.PICTURE, None)
    runner.submit(slots.NETWORK, OPEN)
    assert bar.clear_error.mock_calls == [call(slots.PICTURE)]
    runner.finish(slots.NETWORK, NETWORK)
    assert bar.clear_error.mock_calls == [call(slots.PICTURE), call(slots.NETWORK)]


def test_the_engine_is_shown_as_it_is_from_the_start(runner: FakeRunner, bar: FakeBar, owner: QObject) -> None:
    JobPresenter(runner, bar, owner)
    runner.engine_changed.emit(EngineStatus("ready", 900_000_000, "CPU"))
    assert bar.show_engine.mock_calls == [call("starting", 0, ""), call("ready", 900_000_000, "CPU")]
    bar.show_error.assert_not_called()


def test_an_engine_that_failed_says_why(presenter: JobPresenter, runner: FakeRunner, bar: FakeBar) -> None:
    runner.engine_changed.emit(EngineStatus("failed", reason=FAILURE))
    bar.show_error.assert_called_once_with(FAILURE.what, FAILURE.hint, "Traceback", slot="engine")


def test_why_the_engine_failed_is_said_once_and_not_with_every_report_of_its_memory(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    for memory in (100, 200, 300):
        runner.engine_changed.emit(EngineStatus("failed", memory, reason=FAILURE))
    assert bar.show_error.call_count == 1
    runner.engine_changed.emit(EngineStatus("ready", 300))
    runner.engine_changed.emit(EngineStatus("failed", 300, reason=FAILURE))
    assert bar.show_error.call_count == 2


def test_an_engine_that_is_ready_again_takes_its_own_error_away(
    presenter: JobPresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    runner.engine_changed.emit(EngineStatus("failed", reason=FAILURE))
    runner.engine_changed.emit(EngineStatus("restarting", reason=FAILURE))
    bar.clear_error.assert_not_called()
    runner.engine_changed.emit(EngineStatus("ready", 100))
    bar.clear_error.assert_called_once_with("engine")

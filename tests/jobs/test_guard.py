"""An engine that takes too much memory or hangs is ended, and one that works is not."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import psutil
import pytest
from jobs_fake_engine import Budget, Echo, Forever, Hang, Swell

from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.core.mosaic import Scale
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.core.requests import DrawGrid, OpenNetwork, View
from cnnviz_gui.jobs import backoff
from cnnviz_gui.jobs.guard import OPENING_PATIENCE, PATIENCE, Judge, usual_patience
from cnnviz_gui.jobs.pulse import Beat

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.errors import CnnvizError
    from cnnviz_gui.core.requests import Request
    from cnnviz_gui.jobs.runner import JobRunner

    Make = Callable[..., JobRunner]

OPEN = OpenNetwork(NetworkSource("/networks/mine.keras"))
posix = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")


class Frozen:
    """A stopped engine, with which nobody has patience; one that works is never ended, as slow as it may be."""

    def __init__(self) -> None:
        self._engine: psutil.Process | None = None

    def freeze(self, runner: JobRunner) -> psutil.Process:
        """Stops the runner's engine."""
        engine = psutil.Process(runner.engine_pid)
        engine.send_signal(signal.SIGSTOP)
        self._engine = engine
        return engine

    def patience(self, request: Request | None) -> float:
        """Seconds."""
        return 0.5 if self._engine is not None and self._engine.is_running() else 600.0


class Watched:
    """A judge and a process that is played to it, one look every half second."""

    def __init__(self, patience: float = 10.0) -> None:
        self._judge = Judge(lambda request: patience)
        self._now = 1000.0

    def look(
        self,
        beat: Beat,
        request: Request | None = None,
        *,
        waiting: bool = False,
        memory: int = 1,
        after: float = 0.5,
    ) -> str:
        """What is said at the next look."""
        self._now += after
        error = self._judge.judge(self._now, beat, request, waiting=waiting, memory=memory, budget=100)
        return str(error) if error else ""

    def silence(self, seconds: float, beat: Beat, request: Request | None = None, *, waiting: bool = False) -> str:
        """What is said after so many seconds in which nothing happens."""
        # Silence begins with the first look.
        said = [self.look(beat, request, waiting=waiting) for _ in range(int(2 * seconds) + 1)]
        assert not any(said[:-1])
        return said[-1]


class TestTheJudge:
    def test_a_step_that_lasts_too_long_is_named(self) -> None:
        watched = Watched()
        assert watched.silence(10, Beat(7, 1), OPEN) == ""
        said = watched.look(Beat(7, 1), OPEN)
        assert said.startswith("Opening mine.keras: no sign of life for 10 seconds, so the engine was ended.")

    def test_a_job_whose_steps_are_short_may_last_for_ever(self) -> None:
        watched = Watched()
        assert not any(watched.silence(9, Beat(7, count), OPEN) for count in range(20))

    def test_an_engine_that_has_nothing_to_do_may_be_silent_for_ever(self) -> None:
        watched = Watched()
        assert watched.silence(100, Beat(0, 5)) == ""
        # What is then asked of it has all the time that it may take.
        assert watched.silence(9, Beat(0, 5), waiting=True) == ""

    def test_an_engine_that_does_not_take_what_it_is_asked_is_seen(self) -> None:
        watched = Watched()
        assert watched.silence(10, Beat(0, 5), waiting=True) == ""
        assert "no sign of life" in watched.look(Beat(0, 5), waiting=True)

    def test_a_machine_that_slept_is_not_a_process_that_hung(self) -> None:
        watched = Watched()
        watched.look(Beat(7, 1), OPEN)
        assert watched.look(Beat(7, 1), OPEN, after=8 * 3600) == ""

    def test_too_much_memory_is_said_with_numbers(self) -> None:
        assert Watched().look(Beat(7, 1), OPEN, memory=100) == ""
        said = Watched().look(Beat(7, 1), OPEN, memory=101)
        assert said.startswith("Opening mine.keras: 101 bytes of memory were used and 100 bytes are allowed")
        assert "Preferences" in said
        assert "100 bytes are allowed" in Watched().look(Beat(0, 1), memory=101)

    def test_opening_is_given_less_time_than_computing(self) -> None:
        assert usual_patience(OPEN) == usual_patience(None) == OPENING_PATIENCE
        assert usual_patience(Forever()) == PATIENCE > OPENING_PATIENCE

    def test_patterns_and_grids_are_named_by_their_layer(self, view: View, patterns: MakePatterns) -> None:
        grid = DrawGrid(view, Scale.TUTORIAL)
        assert Watched().look(Beat(1, 1), grid, memory=101).startswith("Computing activations of conv: ")
        assert Watched().look(Beat(1, 1), patterns, memory=101).startswith("Making patterns of conv: ")


@pytest.fixture
def view() -> View:
    """A layer that looks at a picture."""
    return View(OPEN.source, "conv", make_picture("cat", b""), (8, 8), "none")


@pytest.fixture
def patterns() -> MakePatterns:
    """A request for a layer's patterns."""
    return MakePatterns(OPEN.source, "conv", (0,), PRESETS["tutorial"], "none")


def failure(runner: JobRunner, qtbot: QtBot, request: object) -> str:
    """What is said when a request has ended the engine; a new one answers again."""
    heard: list[CnnvizError] = []
    runner.failed.connect(lambda slot, request, error: heard.append(error))
    with qtbot.waitSignals([runner.failed, runner.restarted]):
        runner.submit("a", request)
    with qtbot.waitSignal(runner.finished):
        runner.submit("b", Echo())
    return str(heard[0])


def test_an_engine_that_takes_too_much_memory_is_ended_and_says_how_much(make_runner: Make, qtbot: QtBot) -> None:
    said = failure(make_runner(memory_budget=400 << 20), qtbot, Swell(600))
    assert "of memory were used and 419 MB are allowed, so the engine was ended" in said
    assert "Preferences" in said


def test_memory_within_the_budget_ends_nothing(make_runner: Make, qtbot: QtBot) -> None:
    runner = make_runner(memory_budget=2 << 30)
    heard: list[object] = []
    runner.restarted.connect(lambda: heard.append(1))
    with qtbot.waitSignal(runner.advanced):
        runner.submit("a", Swell(600))
    qtbot.waitUntil(lambda: runner.status.memory_bytes > 0)
    with qtbot.waitSignal(runner.restarted):
        # The same memory is too much as soon as less is allowed.
        runner.set_memory_budget(400 << 20)
    assert len(heard) == 1


def test_the_engine_knows_its_budget_before_anything_else_and_after_a_restart(
    make_runner: Make, qtbot: QtBot
) -> None:
    runner = make_runner(memory_budget=3_000_000_000)
    told: list[object] = []
    runner.finished.connect(lambda slot, request, result: told.append(result))
    runner.started.connect(lambda slot, request: told.append(request))
    for budget in (3_000_000_000, 4_000_000_000, 4_000_000_000):
        runner.set_memory_budget(budget)
        with qtbot.waitSignal(runner.finished):
            runner.submit("a", Budget())
        if budget == 4_000_000_000:
            with qtbot.waitSignal(runner.restarted):
                runner.kill()
    assert told == [Budget(), 3_000_000_000, Budget(), 4_000_000_000, Budget(), 4_000_000_000]


def test_by_default_a_share_of_the_machines_memory_is_allowed(runner: JobRunner, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.finished) as finished:
        runner.submit("a", Budget())
    assert finished.args[2] == default_memory_budget()
    assert 0 < default_memory_budget() <= psutil.virtual_memory().total


def test_opening_that_hangs_is_ended_and_named(make_runner: Make, qtbot: QtBot) -> None:
    said = failure(make_runner(patience=lambda request: 0.3 if request == OPEN else 60.0), qtbot, OPEN)
    assert said.startswith("Opening mine.keras: no sign of life")


@posix
def test_opening_that_crashes_is_named(make_runner: Make, qtbot: QtBot) -> None:
    said = failure(make_runner(), qtbot, OpenNetwork(NetworkSource("crash")))
    assert said.startswith("Opening crash: the engine stopped unexpectedly")


@posix
def test_a_stopped_process_is_seen_when_something_is_asked_of_it(make_runner: Make, qtbot: QtBot) -> None:
    frozen = Frozen()
    runner = make_runner(patience=frozen.patience)
    qtbot.waitUntil(lambda: runner.status.state == "ready")
    engine = frozen.freeze(runner)
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo("answered by the next engine"))
    assert not engine.is_running() or engine.pid != runner.engine_pid


@posix
def test_a_process_that_is_stopped_in_the_middle_of_its_work_is_seen(make_runner: Make, qtbot: QtBot) -> None:
    frozen = Frozen()
    runner = make_runner(patience=frozen.patience)
    with qtbot.waitSignal(runner.advanced):
        runner.submit("a", Forever())
    with qtbot.waitSignal(runner.failed) as failed:
        frozen.freeze(runner)
    assert "no sign of life" in str(failed.args[2])


def test_an_engine_that_is_ended_for_its_memory_again_and_again_is_started_after_a_pause(
    make_runner: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Deaths that are far apart do not count, and a busy machine may start engines slowly.
    monkeypatch.setattr(backoff, "WINDOW", float("inf"))
    runner = make_runner(memory_budget=1 << 20)
    qtbot.waitUntil(lambda: runner.status.state == "failed")
    assert runner.status.reason is not None
    assert "1.0 MB are allowed" in str(runner.status.reason)
    assert "3 times in a row" in str(runner.status.reason)


def test_a_job_that_hangs_can_be_stopped_long_before_patience_ends(make_runner: Make, qtbot: QtBot) -> None:
    runner = make_runner(stop_patience=0.1)
    with qtbot.waitSignal(runner.advanced):
        runner.submit("a", Hang())
    with qtbot.waitSignal(runner.failed) as failed:
        runner.stop("a")
    assert "was ended" in str(failed.args[2])

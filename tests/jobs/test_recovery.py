"""What happens when the engine process dies, hangs, or cannot be started."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from jobs_fake_engine import Die, Echo, Forever, Hang
from PySide6.QtCore import QTimer

from cnnviz_gui.jobs import backoff
from cnnviz_gui.jobs.worker import EngineThread

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.jobs.runner import JobRunner

PATIENCE = 120.0
pytestmark = pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals")


def kill_from_outside(runner: JobRunner) -> None:
    """Does what the kernel does when memory runs out."""
    assert runner.engine_pid is not None
    psutil.Process(runner.engine_pid).kill()


def record(signal_: SignalInstance) -> list[Any]:
    """The arguments of every emission from now on."""
    heard: list[Any] = []
    signal_.connect(lambda *arguments: heard.append(arguments))
    return heard


def begin(runner: JobRunner, qtbot: QtBot, request: object, slot: str = "a") -> None:
    """Submits a request and waits until its first step was made."""
    with qtbot.waitSignal(runner.advanced, check_params_cb=lambda name, *_: name == slot):
        runner.submit(slot, request)


def test_a_running_job_fails_in_plain_words_when_the_engine_is_killed(
    runner: JobRunner, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    failed, states = record(runner.failed), record(runner.engine_changed)
    begin(runner, qtbot, Forever())
    pid, killed = runner.engine_pid, time.perf_counter()
    with qtbot.waitSignal(runner.restarted):
        kill_from_outside(runner)
    seen = time.perf_counter()
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo(1))
    with capsys.disabled():
        print(f"\ndeath seen after {1e3 * (seen - killed):.0f} ms, ", end="")
        print(f"the next answer {1e3 * (time.perf_counter() - killed):.0f} ms after the death")
    ((slot, request, error),) = failed
    assert (slot, request) == ("a", Forever())
    assert str(error).startswith("The engine stopped unexpectedly (out of memory, or a crash in a native library).")
    assert "SIGKILL" in error.details
    assert "restarting" in [status.state for (status,) in states]
    assert runner.engine_pid != pid


def test_an_idle_engine_that_is_killed_is_started_again(runner: JobRunner, qtbot: QtBot) -> None:
    failed = record(runner.failed)
    with qtbot.waitSignal(runner.restarted):
        kill_from_outside(runner)
    qtbot.waitUntil(lambda: runner.status.state == "ready")
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())
    assert failed == []


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT])
def test_a_job_that_crashes_the_engine_fails(runner: JobRunner, qtbot: QtBot, number: signal.Signals) -> None:
    failed = record(runner.failed)
    with qtbot.waitSignal(runner.failed):
        runner.submit("a", Die(number))
    assert number.name in failed[0][2].details


def test_a_job_that_had_not_begun_survives_the_engine(runner: JobRunner, qtbot: QtBot) -> None:
    finished, failed = record(runner.finished), record(runner.failed)
    begin(runner, qtbot, Hang())
    runner.submit("b", Echo("still wanted"))
    with qtbot.waitSignal(runner.finished):
        kill_from_outside(runner)
    assert [entry[0] for entry in failed] == ["a"]
    assert finished == [("b", Echo("still wanted"), "still wanted")]


def test_what_is_submitted_at_the_restart_comes_before_what_was_waiting(runner: JobRunner, qtbot: QtBot) -> None:
    finished = record(runner.finished)
    begin(runner, qtbot, Hang())
    runner.submit("b", Echo("waiting"))
    runner.restarted.connect(lambda: runner.submit("network", Echo("open")))
    kill_from_outside(runner)
    qtbot.waitUntil(lambda: not runner.running())
    assert [entry[2] for entry in finished] == ["open", "waiting"]


def test_a_job_that_never_yields_can_be_ended_by_ending_the_engine(runner: JobRunner, qtbot: QtBot) -> None:
    failed = record(runner.failed)
    begin(runner, qtbot, Hang())
    with qtbot.waitSignals([runner.failed, runner.restarted]):
        runner.kill()
    assert "was ended" in str(failed[0][2])
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())


def test_a_job_that_does_not_stop_in_time_is_ended(
    make_runner: Callable[..., JobRunner], qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    runner = make_runner(stop_patience=0.1)
    failed = record(runner.failed)
    begin(runner, qtbot, Hang())
    with qtbot.waitSignals([runner.failed, runner.restarted]):
        runner.stop("a")
    assert "was ended" in str(failed[0][2])


def test_a_job_that_stops_in_time_does_not_end_the_engine(
    make_runner: Callable[..., JobRunner], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends: list[Callable[[], None]] = []
    monkeypatch.setattr(QTimer, "singleShot", lambda milliseconds, owner, end: ends.append(end))
    runner = make_runner()
    restarted = record(runner.restarted)
    begin(runner, qtbot, Forever("old"))
    with qtbot.waitSignal(runner.finished):
        runner.stop("a")
    begin(runner, qtbot, Forever("new"))
    advanced = record(runner.advanced)
    # The patience with the old job ends.
    (end,) = ends
    end()
    qtbot.waitUntil(lambda: len(advanced) >= 2)
    assert runner.busy("a")
    assert restarted == []


def test_ending_the_engine_on_purpose_again_and_again_brings_no_pause(runner: JobRunner, qtbot: QtBot) -> None:
    states = record(runner.engine_changed)
    for _ in range(4):
        with qtbot.waitSignal(runner.restarted):
            runner.kill()
        qtbot.waitUntil(lambda: runner.status.state == "ready")
    assert "failed" not in [status.state for (status,) in states]


def test_an_engine_that_dies_again_and_again_is_started_after_a_pause_and_says_so(
    runner: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Deaths that are far apart do not count, and a busy machine may start engines slowly.
    monkeypatch.setattr(backoff, "WINDOW", float("inf"))
    pauses: list[float] = []
    seen = threading.Event()
    rest = EngineThread._rest

    def rest_until_seen(thread: EngineThread, seconds: float) -> None:
        pauses.append(seconds)
        if seconds:
            assert seen.wait(PATIENCE)
            rest(thread, 0.01)

    monkeypatch.setattr(EngineThread, "_rest", rest_until_seen)
    failed, states = record(runner.failed), record(runner.engine_changed)
    for _ in range(3):
        with qtbot.waitSignal(runner.failed):
            runner.submit("a", Die())
    assert runner.status.state == "failed"
    assert runner.engine_pid is None
    assert "3 times in a row" in str(failed[-1][2])
    seen.set()
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())
    qtbot.waitUntil(lambda: runner.status.state == "ready")
    assert [status.state for (status,) in states].count("failed") == 1
    assert pauses == [0.0, 0.0, backoff.FIRST_PAUSE]


def test_an_engine_that_cannot_be_made_fails_what_waits_for_it_and_says_why(
    make_runner: Callable[..., JobRunner], qtbot: QtBot
) -> None:
    runner = make_runner("jobs_fake_engine:broken_engine")
    failed = record(runner.failed)
    with qtbot.waitSignal(runner.failed):
        runner.submit("a", Echo())
    assert "no such engine" in failed[0][2].details
    assert runner.status.state == "failed"


def test_an_engine_that_cannot_be_started_fails_what_waits_for_it(
    make_runner: Callable[..., JobRunner], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no memory for another process")

    monkeypatch.setattr("cnnviz_gui.jobs.worker.EngineProcess", refuse)
    runner = make_runner()
    failed = record(runner.failed)
    with qtbot.waitSignal(runner.failed):
        runner.submit("a", Echo())
    assert "no memory for another process" in failed[0][2].details

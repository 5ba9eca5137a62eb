"""What `JobRunner` promises, with a real process behind it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest
from jobs_fake_engine import (
    Deaf,
    Echo,
    Forever,
    Raise,
    Unpicklable,
    Unreadable,
    Weigh,
    Zeros,
)
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QThread, QTimer, Slot

from cnnviz_gui.core.errors import CnnvizError, message

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from cnnviz_gui.jobs.runner import JobRunner


class Diary(QObject):
    """Everything that a runner emits about jobs, and in which thread it arrives."""

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        self.entries: list[tuple[Any, ...]] = []
        self.threads: set[QThread] = set()
        for name in ("started", "advanced", "finished", "failed", "stopped"):
            getattr(runner, name).connect(getattr(self, f"_on_{name}"))

    def of(self, kind: str, slot: str = "a") -> list[tuple[Any, ...]]:
        """What was said of one kind about one slot."""
        return [entry[2:] for entry in self.entries if entry[:2] == (kind, slot)]

    def story(self, slot: str = "a") -> list[str]:
        """The kinds of what was said about one slot, without how far it was."""
        return [entry[0] for entry in self.entries if entry[1] == slot and entry[0] != "advanced"]

    def _note(self, *entry: object) -> None:
        self.entries.append(entry)
        self.threads.add(QThread.currentThread())

    @Slot(str, object)
    def _on_started(self, slot: str, request: object) -> None:
        self._note("started", slot, request)

    @Slot(str, object, object)
    def _on_advanced(self, slot: str, request: object, value: object) -> None:
        self._note("advanced", slot, request, value)

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        self._note("finished", slot, request, result)

    @Slot(str, object, object)
    def _on_failed(self, slot: str, request: object, error: object) -> None:
        self._note("failed", slot, request, error)

    @Slot(str, object)
    def _on_stopped(self, slot: str, request: object) -> None:
        self._note("stopped", slot, request)


@pytest.fixture
def diary(runner: JobRunner) -> Diary:
    """The diary of the runner."""
    return Diary(runner)


def test_a_request_is_answered_and_the_slot_is_free_again(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo(5))
        assert runner.busy("a")
        assert runner.running() == {"a": Echo(5)}
    assert diary.entries == [("started", "a", Echo(5)), ("finished", "a", Echo(5), 5)]
    assert not runner.busy("a")


def test_signals_arrive_in_the_thread_of_the_window(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    runner.submit("a", Forever())
    runner.submit("b", Raise(ValueError()))
    qtbot.waitUntil(lambda: bool(diary.of("advanced") and diary.of("failed", "b")))
    assert diary.threads == {QThread.currentThread()}


def test_what_is_asked_before_the_engine_is_ready_is_answered(
    make_runner: Callable[..., JobRunner], qtbot: QtBot
) -> None:
    runner = make_runner()
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())
    assert runner.status.state in ("starting", "ready")


def test_what_waits_at_the_start_is_answered_before_the_engine_warms_up(
    make_runner: Callable[..., JobRunner], qtbot: QtBot
) -> None:
    runner = make_runner("jobs_fake_engine:SlowEngine")
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())
    assert runner.status.state == "starting"


def test_the_newest_of_a_slot_wins(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    for number in range(50):
        runner.submit("a", Echo(number))
    qtbot.waitUntil(lambda: not runner.busy("a"))
    assert diary.of("finished") == [(Echo(49), 49)]
    assert len(diary.of("started")) == 50


def test_a_replaced_job_is_not_heard_of_again(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    runner.submit("a", Forever("old"))
    qtbot.waitUntil(lambda: bool(diary.of("advanced")))
    runner.submit("a", Forever("new"))
    replaced = len(diary.entries)
    qtbot.waitUntil(lambda: len(diary.entries) > replaced)
    assert {entry[2] for entry in diary.entries[replaced - 1 :]} == {Forever("new")}


def test_an_identical_request_does_not_start_again(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    runner.submit("a", Forever())
    runner.submit("a", Forever())
    assert diary.story() == ["started"]


def test_jobs_of_different_slots_run_side_by_side(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    runner.submit("long", Forever())
    qtbot.waitUntil(lambda: bool(diary.of("advanced", "long")))
    runner.submit("short", Echo())
    qtbot.waitUntil(lambda: diary.story("short") == ["started", "finished"])
    assert diary.story("long") == ["started"]


def test_a_cancelled_job_ends_at_once(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    runner.submit("a", Forever())
    qtbot.waitUntil(lambda: bool(diary.of("advanced")))
    runner.cancel("a")
    assert diary.story() == ["started", "stopped"]
    assert not runner.busy("a")
    with qtbot.waitSignal(runner.finished):
        runner.submit("b", Echo())
    assert diary.story() == ["started", "stopped"]


def test_a_stopped_job_finishes_with_what_it_has(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    runner.submit("a", Forever())
    qtbot.waitUntil(lambda: len(diary.of("advanced")) > 1)
    with qtbot.waitSignal(runner.finished):
        runner.stop("a")
        runner.stop("a")
    assert diary.of("finished")[0][1] > 0


def test_a_job_that_has_nothing_to_give_is_stopped(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    runner.submit("a", Deaf())
    qtbot.waitUntil(lambda: bool(diary.of("advanced")))
    with qtbot.waitSignal(runner.stopped):
        runner.stop("a")
    assert diary.story() == ["started", "stopped"]


def test_a_job_that_has_not_begun_is_stopped_at_once(runner: JobRunner, diary: Diary) -> None:
    runner.submit("a", Forever())
    runner.stop("a")
    assert diary.story() == ["started", "stopped"]


def test_ending_jobs_of_an_empty_slot_does_nothing(runner: JobRunner, diary: Diary) -> None:
    runner.stop("a")
    runner.cancel("a")
    assert diary.entries == []


def test_an_explained_error_crosses_the_processes(runner: JobRunner, diary: Diary, qtbot: QtBot) -> None:
    error = CnnvizError(message("{n} is too many.", n=5), message("Take fewer."), details="five")
    with qtbot.waitSignal(runner.failed):
        runner.submit("a", Raise(error))
    received = diary.of("failed")[0][1]
    assert (received.what, received.hint, received.details) == (error.what, error.hint, error.details)


@pytest.mark.parametrize(
    "request_", [Raise(MemoryError()), Raise(KeyError(1)), Unpicklable(), Unpicklable(preview=True)]
)
def test_a_failed_job_is_explained_and_the_engine_goes_on(
    runner: JobRunner, diary: Diary, qtbot: QtBot, request_: object
) -> None:
    pid = runner.engine_pid
    with qtbot.waitSignal(runner.failed):
        runner.submit("a", request_)
    error = diary.of("failed")[0][1]
    assert isinstance(error, CnnvizError)
    assert "Traceback" in error.details
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())
    assert runner.engine_pid == pid


def test_a_request_that_cannot_be_sent_fails_and_others_are_answered(
    runner: JobRunner, diary: Diary, qtbot: QtBot
) -> None:
    runner.submit("a", Echo(lambda: None))
    runner.submit("b", Echo(1))
    qtbot.waitUntil(lambda: not runner.running())
    assert diary.story("a") == ["started", "failed"]
    assert diary.story("b") == ["started", "finished"]


def test_a_result_that_cannot_be_read_fails_its_job_by_a_new_engine(
    runner: JobRunner, diary: Diary, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignals([runner.failed, runner.restarted]):
        runner.submit("a", Unreadable())
    assert "no number" in diary.of("failed")[0][1].details
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())


def test_two_ends_that_send_much_at_once_do_not_wait_for_each_other(
    runner: JobRunner, diary: Diary, qtbot: QtBot
) -> None:
    runner.submit("stream", Zeros(8, stream=True))
    big = np.zeros(32 << 20, np.uint8)
    for number in range(5):
        runner.submit(f"{number}", Weigh("big", big))
    qtbot.waitUntil(lambda: runner.running().keys() == {"stream"})
    assert [diary.of("finished", f"{number}")[0][1] for number in range(5)] == [big.nbytes] * 5


def test_the_engine_says_how_it_is(runner: JobRunner) -> None:
    assert runner.status.state == "ready"
    assert runner.status.device == "abacus"
    assert runner.status.memory_bytes > 1 << 20


def test_an_engine_that_cannot_warm_up_says_why_and_still_answers(
    make_runner: Callable[..., JobRunner], qtbot: QtBot
) -> None:
    runner = make_runner("jobs_fake_engine:ColdEngine")
    qtbot.waitUntil(lambda: runner.status.state == "failed")
    assert "TensorFlow is not installed." in runner.status.reason.details
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())
    assert runner.status.state == "failed"


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_a_ctrl_c_in_the_terminal_does_not_end_the_engine(runner: JobRunner, qtbot: QtBot) -> None:
    pid = runner.engine_pid
    assert pid is not None
    psutil.Process(pid).send_signal(signal.SIGINT)
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Echo())
    assert runner.engine_pid == pid


def test_the_window_goes_on_while_a_big_result_arrives(
    runner: JobRunner, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    gaps: list[float] = []
    clock = QElapsedTimer()
    timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=5)
    timer.timeout.connect(lambda: gaps.append(clock.nsecsElapsed() / 1e6) or clock.start())
    clock.start()
    timer.start()
    total = QElapsedTimer()
    total.start()
    with qtbot.waitSignal(runner.finished):
        runner.submit("a", Zeros(100))
    took = total.elapsed()
    timer.stop()
    with capsys.disabled():
        print(f"\n100 MB in {took} ms; longest gap of a 5 ms timer: {max(gaps):.1f} ms of {len(gaps)}")
    # How long the gaps are is for a benchmark to say; here the timer must have run at all meanwhile.
    assert gaps

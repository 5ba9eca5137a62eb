"""No hang, no orphan: however the application ends, the engine process ends with it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from jobs_fake_engine import Die, Echo, Forever, Hang, Zeros

from cnnviz_gui.jobs import backoff, worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from cnnviz_gui.jobs.runner import JobRunner


def shut_down(runner: JobRunner, capsys: pytest.CaptureFixture[str]) -> None:
    """Shuts down, and checks that nothing hangs and nothing is left."""
    pid, start = runner.engine_pid, time.perf_counter()
    runner.shutdown()
    took = time.perf_counter() - start
    with capsys.disabled():
        print(f"\nshutdown in {1e3 * took:.0f} ms")
    assert pid is None or not psutil.pid_exists(pid)
    assert runner.engine_pid is None
    assert runner.running() == {}


def wait_for_end(pid: int) -> None:
    """Waits until a process that is not our child has ended; an unreaped one has."""
    # The engine may be gone before one can look.
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            with contextlib.suppress(psutil.TimeoutExpired):
                process.wait(0.05)


@pytest.mark.parametrize("request_", [None, Forever(), Hang(), Zeros(50, stream=True)])
def test_shutting_down_while_the_engine_does_this(
    runner: JobRunner, qtbot: QtBot, request_: object, capsys: pytest.CaptureFixture[str]
) -> None:
    if request_:
        with qtbot.waitSignal(runner.advanced):
            runner.submit("a", request_)
    shut_down(runner, capsys)


def test_shutting_down_at_once(make_runner: Callable[..., JobRunner], capsys: pytest.CaptureFixture[str]) -> None:
    shut_down(make_runner(), capsys)


def test_shutting_down_while_the_engine_warms_up(
    make_runner: Callable[..., JobRunner], qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    runner = make_runner("jobs_fake_engine:SlowEngine")
    qtbot.waitSignal(runner.engine_changed).wait()
    shut_down(runner, capsys)


@pytest.mark.skipif(os.name != "posix", reason="sends a POSIX signal")
def test_shutting_down_while_the_engine_is_frozen_in_the_middle_of_a_message(
    runner: JobRunner, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    with qtbot.waitSignal(runner.advanced):
        runner.submit("a", Zeros(50, stream=True))
    assert runner.engine_pid is not None
    psutil.Process(runner.engine_pid).send_signal(signal.SIGSTOP)
    shut_down(runner, capsys)


def test_shutting_down_during_a_pause_after_too_many_deaths(
    runner: JobRunner, qtbot: QtBot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Deaths that are far apart do not count, and a busy machine may start engines slowly.
    monkeypatch.setattr(backoff, "WINDOW", float("inf"))
    # Nor may the pause be over before the shutdown.
    monkeypatch.setattr(backoff, "FIRST_PAUSE", 600.0)
    monkeypatch.setattr(backoff, "LONGEST_PAUSE", 600.0)
    for _ in range(3):
        with qtbot.waitSignal(runner.failed):
            runner.submit("a", Die())
    assert runner.status.state == "failed"
    shut_down(runner, capsys)


def test_shutting_down_twice_and_using_the_runner_afterwards_does_nothing(runner: JobRunner) -> None:
    runner.shutdown()
    runner.shutdown()
    runner.submit("a", Echo())
    runner.stop("a")
    runner.cancel("a")
    runner.kill()
    assert runner.running() == {}


def test_the_engine_closes_what_it_holds(
    make_runner: Callable[..., JobRunner], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As slow as it may be, it is given the time to end by itself.
    monkeypatch.setattr(worker, "PATIENCE", 600.0)
    monkeypatch.setenv("FAKE_ENGINE_NOTE", str(tmp_path / "note"))
    runner = make_runner()
    with qtbot.waitSignal(runner.advanced):
        runner.submit("a", Forever())
    runner.shutdown()
    assert (tmp_path / "note").read_text() == "closed"


WINDOW = """
import sys
from PySide6.QtCore import QCoreApplication
from cnnviz_gui.jobs.runner import JobRunner
import jobs_fake_engine

if __name__ == "__main__":
    app = QCoreApplication([])
    runner = JobRunner("jobs_fake_engine:FakeEngine")
    tell = lambda *_: print(runner.engine_pid, flush=True)
    runner.advanced.connect(tell)
    runner.finished.connect(tell)
    runner.submit("a", getattr(jobs_fake_engine, sys.argv[1])())
    app.exec()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere an engine in a native call ends when that returns")
@pytest.mark.parametrize("request_", ["Echo", "Forever", "Hang"])
def test_the_engine_ends_when_the_window_is_killed_while_it_does_this(request_: str, tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(
        [sys.executable, str(script), request_], stdout=subprocess.PIPE, text=True, env=environment
    ) as window:
        assert window.stdout is not None
        pid = int(window.stdout.readline())
        window.kill()
    wait_for_end(pid)

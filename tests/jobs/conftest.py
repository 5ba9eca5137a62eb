"""Makes `jobs_fake_engine` importable here and, because spawning passes ``sys.path`` on, in the engine process."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from cnnviz_gui.jobs.runner import JobRunner

FAKE = "jobs_fake_engine:FakeEngine"


@pytest.fixture
def make_runner(qtbot: QtBot) -> Iterator[Callable[..., JobRunner]]:
    """Makes job runners and shuts them down after the test."""
    from cnnviz_gui.jobs.runner import JobRunner

    runners = []

    def make(engine: str = FAKE, **settings: float) -> JobRunner:
        runner = JobRunner(engine, **settings)
        runners.append(runner)
        return runner

    yield make
    for runner in runners:
        runner.shutdown()


@pytest.fixture
def runner(make_runner: Callable[..., JobRunner], qtbot: QtBot) -> JobRunner:
    """A runner whose engine is ready."""
    runner = make_runner()
    qtbot.waitUntil(lambda: runner.status.state == "ready")
    return runner

"""The record of when the window stood still, and why."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer

from cnnviz_gui.ui.trace import VARIABLE, Trace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

SECONDS = 0.1


def compute() -> None:
    """Uses the processor."""
    end = time.thread_time() + SECONDS
    while time.thread_time() < end:
        pass


def wait() -> None:
    """Leaves the processor to others."""
    time.sleep(SECONDS)


def lines(path: Path) -> list[dict[str, float | str]]:
    """What was written so far."""
    written = path.read_text() if path.exists() else ""
    return [json.loads(line) for line in written.splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.parametrize(("stand_still", "worked"), [(compute, True), (wait, False)])
def test_a_gap_says_whether_the_thread_worked(
    stand_still: Callable[[], None],
    worked: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = tmp_path / "trace.jsonl"
    monkeypatch.setenv(VARIABLE, str(path))
    owner = QObject()
    trace = Trace(owner)

    def event_happened() -> None:
        trace.event_happened("begun")
        # Only what comes after it is looked at: another gap may have been before.
        QTimer.singleShot(20, owner, stand_still)

    QTimer.singleShot(20, owner, event_happened)

    def longest() -> dict[str, float]:
        gaps = [line for line in lines(path) if line["event"] == "gap" and line["phase"] == "begun"]
        return max(gaps, key=lambda gap: gap["ms"], default={"ms": 0.0})  # type: ignore[arg-type, return-value]

    qtbot.waitUntil(lambda: longest()["ms"] >= 1000 * SECONDS)
    gap = longest()
    assert (gap["worked"] >= 1000 * SECONDS) is worked
    assert gap["worked"] + gap["queued"] <= gap["ms"] + 5
    assert [line["event"] for line in lines(path) if line["event"] != "gap"] == ["begun"]
    shiboken6.delete(owner)

"""The engine's process writes to the window's log."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.jobs import engine_log

if TYPE_CHECKING:
    from pathlib import Path

ENGINE = """
import logging
from cnnviz_gui.jobs.engine_log import write_log
write_log()
log = logging.getLogger("cnnviz_gui.engine.somewhere")
log.debug("of no interest")
try:
    raise ValueError("eine Schachtel \u732b")
except ValueError:
    log.exception("It did not work.")
"""


def run(home: Path) -> str:
    """Logs in a process of its own with a home of its own; what it printed."""
    environment = os.environ | {"XDG_STATE_HOME": str(home), "HOME": str(home), "LOCALAPPDATA": str(home)}
    found = subprocess.run(
        [sys.executable, "-c", ENGINE], env=environment, capture_output=True, text=True, check=True
    )
    return found.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep their logs elsewhere")
def test_the_engines_words_stand_after_the_windows(tmp_path: Path) -> None:
    path = tmp_path / "cnnviz-gui" / "log" / "cnnviz-gui.log"
    path.parent.mkdir(parents=True)
    path.write_text("the window\n", encoding="utf-8")
    assert run(tmp_path) == ""
    first, second, *trace = path.read_text(encoding="utf-8").splitlines()
    assert first == "the window"
    assert second.endswith("ERROR engine cnnviz_gui.engine.somewhere: It did not work.")
    assert trace[-1] == "ValueError: eine Schachtel \u732b"
    assert not any("no interest" in line for line in trace)


def test_without_a_log_file_they_go_to_standard_error(tmp_path: Path) -> None:
    assert "It did not work." in run(tmp_path)
    assert not list(tmp_path.rglob("*.log"))


def test_a_log_that_was_rotated_meanwhile_is_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.log"
    monkeypatch.setattr(engine_log, "log_file", lambda: path)
    handler = engine_log.EngineLog()
    for text in ("one", "two"):
        path.write_text("")
        handler.emit(logging.LogRecord("n", logging.INFO, "", 1, text, None, None))
        assert path.read_text() == f"{text}\n"
        path.rename(tmp_path / f"{text}.log")

"""The program starts whatever state its folders are in. A process of its own, without a screen, each time."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from cnnviz_gui import app
make = app.Workbench.start

def start(self, *arguments, **options):
    make(self, *arguments, **options)
    QTimer.singleShot(0, lambda: end(self.window))

def end(window):
    print("error:", window.bar.findChild(object, "jobErrorText").text(), flush=True)
    window.close()

app.Workbench.start = start
sys.exit(app.run(["cnnviz-gui"]))
"""


def settings_of(home: Path) -> Path:
    """The settings' file of a home."""
    return home / "config" / "cnnviz-gui" / "cnnviz-gui.ini"


def binary(home: Path) -> None:
    settings_of(home).parent.mkdir(parents=True)
    settings_of(home).write_bytes(bytes(range(256)) * 20)


def a_folder(home: Path) -> None:
    settings_of(home).mkdir(parents=True)


def files_in_the_way(home: Path) -> None:
    for name in ("config", "data", "cache", "state"):
        (home / name).write_text("a file")


def damaged_session(home: Path) -> None:
    folder = home / "data" / "cnnviz-gui" / "sessions" / "1-1"
    folder.mkdir(parents=True)
    (folder / "session.json").write_bytes(b"\0damaged")


def nothing(home: Path) -> None:
    home.mkdir(exist_ok=True)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (nothing, ""),
        (binary, "The settings are damaged: what cannot be read is as at the first start."),
        (a_folder, "The settings cannot be read or written"),
        (files_in_the_way, "The settings cannot be read or written"),
        (damaged_session, ""),
    ],
    ids=["nothing", "binary settings", "a folder for settings", "files in the way", "damaged session"],
)
def test_it_starts_with_one_sentence(tmp_path: Path, make: Callable[[Path], None], said: str) -> None:
    home = tmp_path / "家 with spaces"
    home.mkdir()
    make(home)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        environment[f"XDG_{kind}_HOME"] = str(home / kind.lower())
    # Without HOME, a home is looked up in the system's list of users.
    environment.pop("HOME", None)
    found = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert found.returncode == 0, found.stderr
    (line,) = [line for line in found.stdout.splitlines() if line.startswith("error:")]
    assert line.removeprefix("error:").strip().startswith(said)
    assert "Traceback" not in found.stderr
    if make is binary:
        aside = settings_of(home).with_name("cnnviz-gui.ini.unreadable")
        assert aside.read_bytes() == bytes(range(256)) * 20

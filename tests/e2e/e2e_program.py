"""The installed program as a process of its own, worked from outside with xdotool."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import psutil
from e2e_screen import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytestqt.qtbot import QtBot

PROGRAM = Path(sys.executable).with_name("cnnviz-gui")


def xdotool(*arguments: object) -> str:
    """Works keyboard and mouse of the screen; empty where xdotool finds nothing."""
    command = ["xdotool", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout.strip()


def contents(folder: Path, name: str) -> dict[Path, bytes]:
    """What the files of a name below a folder hold; a program may take them and their folders away meanwhile."""
    found = {}
    for parent, _, names in os.walk(folder):
        if name in names:
            with suppress(FileNotFoundError):
                found[Path(parent, name)] = Path(parent, name).read_bytes()
    return found


class Program:
    """Runs the program with a home of its own.

    Args:
        home: Its settings, its log and its trace.
        qtbot: Waits.
        arguments: Of the command line.
        environment: What differs from this process's.
    """

    def __init__(
        self, home: Path, qtbot: QtBot, *arguments: str, environment: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self._qtbot = qtbot
        self.home = home
        self._trace = home / "trace.jsonl"
        self._trace.unlink(missing_ok=True)
        self._output = home / "output.txt"
        surroundings = {
            **os.environ,
            **environment,
            "HOME": str(home),
            "QT_QPA_PLATFORM": "xcb",
            "CNNVIZ_TRACE": str(self._trace),
            "LC_ALL": "C.UTF-8",
            **{f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")},
        }
        # Qt's own dialogs, which can be worked by keyboard.
        surroundings.pop("QT_QPA_PLATFORMTHEME", None)
        with self._output.open("w") as output:
            self.process = psutil.Popen([PROGRAM, *arguments], env=surroundings, stdout=output, stderr=output)
        self.wait(lambda: self.count("painted"))
        self.wait(self._find_window)
        self.window = self._find_window()
        self.family = {self.process.pid}

    def wait(self, condition: object, *, timeout: int = PATIENCE) -> None:
        """Waits until something holds while the program runs."""

        def holds() -> bool:
            assert self.process.poll() is None, f"the program ended: {self.output}"
            return bool(condition())  # type: ignore[operator]

        self._qtbot.waitUntil(holds, timeout=timeout)

    @property
    def output(self) -> str:
        """What it printed."""
        return self._output.read_text()

    @property
    def log(self) -> str:
        """What it logged."""
        return b"".join(contents(self.home, "cnnviz-gui.log").values()).decode()

    @property
    def title(self) -> str:
        """The window's title."""
        return xdotool("getwindowname", self.window)

    @property
    def geometry(self) -> tuple[int, ...]:
        """x, y, width, height of the window."""
        text = xdotool("getwindowgeometry", "--shell", self.window)
        values = dict(line.split("=") for line in text.splitlines())
        return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))

    @property
    def events(self) -> list[str]:
        """What has happened, in its order, as the program says itself."""
        text = self._trace.read_text() if self._trace.exists() else ""
        lines = [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]
        return [line["event"] for line in lines]

    def count(self, event: str) -> int:
        """How often something has happened."""
        return self.events.count(event)

    def _find_window(self) -> str:
        found = xdotool("search", "--onlyvisible", "--pid", self.process.pid, "--name", "cnnviz-gui")
        return found.splitlines()[-1] if found else ""

    def activate(self) -> None:
        """Brings the window to the front and gives it the keyboard."""
        xdotool("windowactivate", "--sync", self.window)
        self.wait(lambda: xdotool("getactivewindow") == self.window)

    def press(self, *keys: str) -> None:
        """Presses keys."""
        xdotool("key", "--delay", 20, *keys)

    def type(self, text: str) -> None:
        """Types."""
        xdotool("type", "--delay", 5, "--", text)

    def wait_for_menus(self, count: int) -> None:
        """Waits until so many menus are open, one out of another."""
        self.wait(lambda: len(xdotool("search", "--onlyvisible", "--pid", self.process.pid).split()) == 1 + count)

    def wait_for_window(self, title: str) -> str:
        """Waits until a window of this title has the keyboard."""
        self.wait(lambda: re.search(title, xdotool("getactivewindow", "getwindowname")))
        return xdotool("getactivewindow")

    def wait_for_end(self) -> None:
        """Waits until the program and whatever it started are gone."""
        family = [self.process, *self.process.children(recursive=True)] if self.process.poll() is None else []
        self._qtbot.waitUntil(lambda: self.process.poll() is not None, timeout=PATIENCE)
        left = psutil.wait_procs(family, timeout=PATIENCE / 1000)[1]
        assert not left, f"left running: {left}"

    def end(self) -> None:
        """Ends it and whatever it started, however it is."""
        with suppress(psutil.Error):
            for process in [*self.process.children(recursive=True), self.process]:
                with suppress(psutil.Error):
                    process.kill()
        self.process.wait()

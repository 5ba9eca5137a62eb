"""The installed program, started as a person starts it and worked from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from e2e_program import PROGRAM, Program, xdotool
from e2e_screen import PATIENCE, PHOTOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psutil
    from e2e_screen import Screenshots
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Program]]:
    """Starts the program; always with the same home."""
    programs: list[Program] = []

    def make(*arguments: str) -> Program:
        program = Program(tmp_path, qtbot, *arguments)
        programs.append(program)
        program.wait(lambda: program.count("grid"))
        program.activate()
        return program

    yield make
    for program in programs:
        program.end()


def test_window_and_recent_photo_come_back_after_a_restart(
    start: Callable[..., Program], screenshots: Screenshots
) -> None:
    first = start()
    assert "chelsea_cat.jpg" in first.title
    xdotool("windowsize", "--sync", first.window, 1300, 860)
    first.press("ctrl+o")
    first.wait_for_window("Open picture")
    first.type(str(PHOTOS["coffee"]))
    first.press("Return")
    first.wait(lambda: "coffee.jpg" in first.title)
    first.wait(lambda: first.count("grid") > 1)
    size = first.geometry[2:]
    first.press("ctrl+q")
    first.wait_for_end()
    assert first.process.returncode == 0

    second = start()

    assert second.geometry[2:] == size
    assert "chelsea_cat.jpg" in second.title
    second.press("alt+f")
    second.wait_for_menus(1)
    second.press("i")
    second.wait_for_menus(2)
    second.press("Down")
    screenshots.take("program-recent-pictures")
    second.press("Return")
    second.wait(lambda: "coffee.jpg" in second.title)
    second.press("ctrl+q")
    second.wait_for_end()
    assert second.output == ""
    assert " ERROR " not in second.log
    assert " WARNING " not in second.log


def test_closing_while_patterns_are_computed_ends_every_process(
    start: Callable[..., Program], screenshots: Screenshots
) -> None:
    program = start("efficientnet-lite0", str(PHOTOS["rocket"]))
    assert "rocket.jpg" in program.title
    engine = next(child for child in program.process.children(recursive=True) if _is_engine(child))
    before = sum(engine.cpu_times()[:2])
    program.press("ctrl+g")
    program.wait(lambda: sum(engine.cpu_times()[:2]) > before + 3)
    screenshots.take("program-computing")
    family = [program.process, *program.process.children(recursive=True)]

    program.press("alt+F4")

    program.wait_for_end()
    assert not [process for process in family if process.is_running()]
    assert " ERROR " not in program.log


def test_in_chinese_every_menu_is_still_reached_by_its_letter(
    start: Callable[..., Program], screenshots: Screenshots, tmp_path: Path
) -> None:
    settings = tmp_path / "config" / "cnnviz-gui" / "cnnviz-gui.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text("[window]\nlanguage=zh_CN\n")
    program = start()

    for letter in "fevnph":
        program.press(f"alt+{letter}")
        program.wait_for_menus(1)
        screenshots.take(f"program-chinese-menu-{letter}")
        program.press("Escape", "Escape")
        program.wait_for_menus(0)
    program.press("ctrl+o")

    program.wait_for_window("[\u4e00-\u9fff]")
    screenshots.take("program-chinese-open")
    program.press("Escape")
    program.press("ctrl+q")
    program.wait_for_end()
    assert program.output == ""


def _is_engine(process: psutil.Process) -> bool:
    return any("spawn_main" in word for word in process.cmdline())


@pytest.mark.parametrize(("kind", "name"), [("file", "coffee.jpg"), ("browser", "dragged.png")])
def test_a_photo_dragged_from_another_window_with_the_mouse_is_shown(
    start: Callable[..., Program], qtbot: QtBot, screenshots: Screenshots, kind: str, name: str
) -> None:
    program = start()
    source = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("e2e_drag_source.py")), kind, str(PHOTOS["coffee"])],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        qtbot.waitUntil(lambda: xdotool("search", "--onlyvisible", "--name", "drag source") != "", timeout=PATIENCE)
        window = xdotool("search", "--onlyvisible", "--name", "drag source").splitlines()[-1]
        xdotool("windowmove", "--sync", window, 1440, 880)
        xdotool("windowactivate", "--sync", window)
        xdotool("mousemove", "--window", window, 60, 45, "mousedown", 1)
        for step in range(1, 11):
            xdotool("mousemove", "--window", window, 60 - 2 * step, 45 - 2 * step)
        for step in range(11):
            xdotool("mousemove", "--window", program.window, 900 - 50 * step, 600 - 20 * step)
        screenshots.take(f"program-dragging-{kind}")
        xdotool("mouseup", 1)

        program.wait(lambda: name in program.title)

        program.wait(lambda: program.count("grid") > 1)
        screenshots.take(f"program-dropped-{kind}")
    finally:
        source.kill()
        source.communicate()
        # Wherever the mouse is left, a menu of the next test may open under it.
        xdotool("mousemove", 1599, 999)


def test_without_a_screen_it_says_so_and_names_the_console_command() -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }

    done = subprocess.run([PROGRAM], env=environment, capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 1
    assert "there is no screen" in done.stderr
    assert "cnnviz --help" in done.stderr
    assert done.stderr.count("\n") == 1

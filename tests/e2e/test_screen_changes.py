"""The screen's scale and the desktop's colours change while the window works: it stays sharp, right and awake."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest
from e2e_desktop import Portal
from e2e_program import Program, xdotool
from e2e_scale import assert_sharp, assert_whole, change_scale
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QImage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e_desktop import Desktop
    from e2e_robot import Robot
    from e2e_screen import Screenshots
    from pytestqt.qtbot import QtBot

DENSER = 1.25
SIZE = (1200, 740)
"""Of the window: fits on the screen with each pixel `DENSER` pixels wide."""
DARK = 80


@pytest.fixture
def usual_screen(robot: Robot, desktop: Desktop) -> Iterator[None]:
    """Makes the window small enough for a denser screen; puts everything back."""
    before = robot.window.size()
    robot.window.resize(*SIZE)
    robot.wait(lambda: (robot.window.width(), robot.window.height()) == SIZE)
    robot.window.move(20, 20)
    yield
    change_scale(robot, desktop, 1.0)
    robot.window.theme_chosen.emit("light")
    robot.window.resize(before)


def rest(robot: Robot) -> None:
    """Nothing is going on."""


def compute_activations(robot: Robot) -> None:
    """A layer is chosen, whose activations are on their way; its channels fill whole rows."""
    robot.search_layer("block4c_add")
    assert robot.bench.session.state.layer == "block4c_add"


def make_patterns(robot: Robot) -> None:
    """Patterns grow on the screen."""
    robot.choose("patternPreset", "Clear")
    robot.type_into("patternChannels", "0-1")
    robot.press("Return")
    robot.wait(lambda: robot.text("patternProgress").startswith("Step "))


@pytest.mark.usefixtures("usual_screen")
@pytest.mark.parametrize("begin", [rest, compute_activations, make_patterns])
def test_a_denser_screen_and_a_dark_theme_in_the_middle_of_work(
    begin: Callable[[Robot], None], robot: Robot, desktop: Desktop
) -> None:
    begin(robot)

    change_scale(robot, desktop, DENSER)
    robot.window.theme_chosen.emit("dark")

    robot.wait_for_grid()
    assert_whole(robot)
    robot.screenshot(f"screen-denser-and-dark-{begin.__name__}")
    assert_sharp(robot, on_screen=True)
    assert robot.find("jobBar").palette().window().color().lightness() < DARK
    robot.wait_until_idle()
    assert not robot.error
    if begin is make_patterns:
        assert robot.text("patternProgress").startswith("2 patterns of ")
    change_scale(robot, desktop, 1.0)
    robot.window.theme_chosen.emit("light")
    assert_whole(robot)
    assert_sharp(robot, on_screen=True)
    robot.screenshot(f"screen-as-before-{begin.__name__}")


@pytest.fixture
def bus() -> Iterator[dict[str, str]]:
    """A message bus of a desktop of its own; the environment of what runs there."""
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    yield {"DBUS_SESSION_BUS_ADDRESS": daemon.stdout.readline().strip(), "XDG_CURRENT_DESKTOP": "GNOME"}
    daemon.terminate()
    daemon.communicate()


@pytest.fixture
def portal(bus: dict[str, str]) -> Iterator[Portal]:
    """Tells programs on that bus whether the person wants it dark."""
    portal = Portal({**os.environ, **bus})
    yield portal
    portal.end()


def lightness(program: Program) -> float:
    """Of the window's menu bar, where there is hardly anything but its ground."""
    # Whatever other tests have left on the screen.
    xdotool("windowactivate", "--sync", program.window)
    x, y, width, _ = program.geometry
    screen = QGuiApplication.primaryScreen().grabWindow(0).toImage()
    bar = screen.copy(QRect(x, y, width, 30)).convertToFormat(QImage.Format.Format_Grayscale8)
    return float(np.frombuffer(bar.constBits(), np.uint8).mean())


@pytest.mark.usefixtures("app")
def test_the_window_follows_the_desktop_between_light_and_dark_in_the_middle_of_work(
    bus: dict[str, str], portal: Portal, tmp_path: Path, qtbot: QtBot, screenshots: Screenshots
) -> None:
    program = Program(tmp_path, qtbot, environment=bus)
    try:
        program.wait(lambda: program.count("grid"))
        program.activate()
        assert lightness(program) > 2 * DARK

        portal.set_dark(dark=True)
        screenshots.take("screen-desktop")
        program.wait(lambda: lightness(program) < DARK)
        screenshots.take("screen-desktop-dark")

        # On the way to another layer.
        program.press("ctrl+f")
        program.type("block3b_add")
        program.press("Return")
        portal.set_dark(dark=False)
        program.wait(lambda: lightness(program) > 2 * DARK)
        program.wait(lambda: "block3b_add" in program.title or program.count("grid") > 1)

        # While a pattern grows.
        program.press("ctrl+p")
        portal.set_dark(dark=True)
        program.wait(lambda: lightness(program) < DARK)
        program.wait(lambda: program.count("patterns"))
        screenshots.take("screen-desktop-dark-again")
        program.press("ctrl+q")
        program.wait_for_end()
        assert "ERROR" not in program.log
    finally:
        program.end()

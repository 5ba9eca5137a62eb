"""When the engine dies."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from e2e_robot import Robot


def test_an_engine_killed_in_the_middle_of_patterns_is_explained_and_the_work_goes_on(robot: Robot) -> None:
    before = robot.grid
    killed = robot.bench.runner.engine_pid
    assert killed is not None
    robot.choose("patternPreset", "Clear")
    robot.press("Ctrl+G")
    robot.wait(lambda: robot.text("patternProgress").startswith("Step "))

    os.kill(killed, signal.SIGKILL)

    robot.wait(lambda: robot.error)
    robot.screenshot("recovery-engine-killed")
    assert "the engine stopped unexpectedly" in robot.error
    assert robot.grid is before
    assert robot.find("patternGenerate").isVisible()
    robot.search_layer("block3b_add")
    robot.wait_for_grid("block3b_add")
    robot.screenshot("recovery-next-layer")
    assert robot.bench.runner.engine_pid not in {None, killed}
    robot.wait(lambda: robot.text("engineState").endswith("CPU"))
    robot.choose("patternPreset", "Tutorial")
    robot.type_into("patternChannels", "0-1")
    robot.press("Return")
    robot.wait(lambda: robot.made == "2 patterns of block3b_add.")
    robot.wait(lambda: not robot.error)

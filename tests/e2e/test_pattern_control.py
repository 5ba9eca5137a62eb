"""Patterns under control: stopped and gone on with, queued, looked back at, and found again."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import numpy as np
from e2e_robot import run_commands
from PIL import Image
from PySide6.QtWidgets import QPushButton, QSlider, QToolButton

from cnnviz_gui.presenters import slots

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_robot import Robot

LAYER = "block2b_add"


def test_stopped_patterns_go_on_and_end_as_those_that_were_never_stopped(robot: Robot, tmp_path: Path) -> None:
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Clear")
    robot.type_into("patternChannels", "20-21")
    robot.press("Return")
    robot.wait(lambda: robot.text("patternProgress").startswith("Step "))
    robot.press("Ctrl+.")
    robot.wait(lambda: robot.text("patternProgress").startswith("Stopped: "))
    generate = robot.find("patternGenerate", QPushButton)
    assert generate.text() == "&Continue"
    robot.screenshot("patterns-can-go-on")

    robot.click(generate)

    robot.wait(lambda: robot.made == f"2 patterns of {LAYER}.")
    assert generate.text() == "&Generate"
    mosaic = robot.bench.patterns.mosaic
    assert mosaic is not None
    assert "steps_done" not in mosaic[1].content
    whole = tmp_path / "whole.png"
    run_commands(
        ["patterns", "efficientnet-lite0", "--layer", LAYER, "--channels", "20-21", "--preset", "clear", "--no-cache",
         "-o", str(whole)]
    )  # fmt: skip
    np.testing.assert_array_equal(mosaic[0], np.asarray(Image.open(whole)))

    slider = robot.find("patternStep", QSlider)
    slider.setFocus()
    robot.press("Home")
    robot.screenshot("patterns-looked-back-at")
    assert robot.text("patternStepLabel") == "1 of 256"
    assert robot.bench.patterns.mosaic is mosaic, "what is exported is what is finished"
    robot.press("End")
    assert robot.text("patternStepLabel") == "256 of 256"


def test_what_waits_is_made_although_the_engine_dies(robot: Robot) -> None:
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Clear")
    robot.type_into("patternChannels", "all")
    robot.press("Return")
    robot.wait(lambda: robot.text("patternProgress").startswith("Step "))
    robot.choose("patternPreset", "Tutorial")
    robot.type_into("patternChannels", "2-3")
    robot.click(robot.find("patternGenerate"))
    waiting = robot.find("patternWaiting", QToolButton)
    robot.wait(waiting.isVisible)
    assert waiting.text() == "1 waiting"
    robot.screenshot("patterns-waiting")
    killed = robot.bench.runner.engine_pid
    assert killed is not None

    os.kill(killed, signal.SIGKILL)

    robot.wait(lambda: robot.made == f"2 patterns of {LAYER}.")
    assert not waiting.isVisible()
    assert robot.bench.runner.engine_pid != killed


def test_patterns_that_were_made_before_are_there_at_once(robot: Robot) -> None:
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Tutorial")
    robot.type_into("patternChannels", "4-7")
    robot.press("Return")
    robot.wait(lambda: robot.made == f"4 patterns of {LAYER}.")
    before = robot.bench.patterns.mosaic
    robot.type_into("patternChannels", "5-6")
    robot.wait(lambda: robot.text("patternEstimate") == "at once: made before")

    robot.press("Return")

    robot.wait(lambda: robot.made == f"2 patterns of {LAYER}, from the cache.")
    robot.screenshot("patterns-from-the-cache")
    after = robot.bench.patterns.mosaic
    assert before is not None
    assert after is not None
    # The second and third tile of the four, 64 pixels each with five between.
    np.testing.assert_array_equal(after[0], before[0][:, 69 : 69 + 133])


def test_a_pattern_is_ranked_among_pictures_and_made_from_other_seeds(robot: Robot) -> None:
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Tutorial")
    robot.click_channel(5)
    robot.press("Ctrl+P")
    robot.wait(lambda: robot.text("patternProgress").startswith("1 pattern"))
    tabs = robot.find("inspector_lens")
    robot.click(tabs, tabs.tabRect(3).center())  # type: ignore[attr-defined]
    robot.wait(lambda: "pictures" in robot.text("inspector_pattern_caption"))
    assert robot.text("inspector_pattern_caption").startswith("mean activation ")

    robot.click(robot.find("inspector_pattern_seeds"))

    robot.wait(lambda: robot.text("inspector_pattern_caption").count("Seed ") == 3)
    robot.screenshot("patterns-three-seeds")
    assert not robot.find("inspector_pattern_seeds").isVisible()
    assert not robot.bench.runner.busy(slots.SEEDS)

"""Filter patterns: growing, stopping, and being the same as those of the console command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from e2e_robot import run_commands
from PIL import Image

from cnnviz_gui.core.pattern_requests import Preview
from cnnviz_gui.core.recipe import read_recipe
from cnnviz_gui.presenters import slots
from cnnviz_gui.ui.pattern_mosaic import PatternMosaic

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_robot import Robot

LAYER = "block2b_add"


def test_tutorial_patterns_grow_before_the_eyes_and_equal_those_of_the_console_command(
    robot: Robot, tmp_path: Path
) -> None:
    previews: list[Preview] = []
    robot.bench.runner.advanced.connect(
        lambda slot, request, value: previews.append(value) if isinstance(value, Preview) else None
    )
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Tutorial")
    robot.type_into("patternChannels", "0-15")
    robot.screenshot("patterns-before")

    robot.click(robot.find("patternGenerate"))

    robot.wait(lambda: len(previews) > 1)
    robot.screenshot("patterns-growing")
    robot.wait(lambda: robot.bench.patterns.mosaic is not None and not robot.bench.runner.busy(slots.PATTERNS))
    robot.screenshot("patterns-finished")
    assert robot.made == f"16 patterns of {LAYER}."
    exported = tmp_path / "from-window.png"
    robot.answer_path(lambda: robot.click(robot.find("patternExport")), exported, "patterns-export-dialog")
    robot.wait(exported.exists)
    commanded = tmp_path / "from-command.png"
    run_commands(
        ["patterns", "efficientnet-lite0", "--layer", LAYER, "--channels", "0-15", "--preset", "tutorial",
         "-o", str(commanded)]
    )  # fmt: skip
    np.testing.assert_array_equal(np.asarray(Image.open(exported)), np.asarray(Image.open(commanded)))
    recipe = read_recipe(str(exported))
    assert recipe is not None
    assert recipe.content["layer"] == LAYER
    assert recipe.content["kind"] == "patterns"


def test_stopped_clear_patterns_stay_and_can_be_exported(robot: Robot, tmp_path: Path) -> None:
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Clear")
    robot.type_into("patternChannels", "all")
    robot.press("Ctrl+G")
    robot.wait(lambda: robot.text("patternProgress").startswith("Step "))
    robot.wait(lambda: robot.find("patternStop").isVisible())
    robot.screenshot("patterns-clear-growing")

    robot.click(robot.find("patternStop"))

    robot.wait(lambda: robot.text("patternProgress").startswith("Stopped: "))
    robot.screenshot("patterns-stopped")
    assert robot.find("patternGenerate").isVisible()
    assert robot.error == ""
    exported = tmp_path / "stopped.png"
    robot.answer_path(lambda: robot.press("Ctrl+Shift+G"), exported)
    robot.wait(exported.exists)
    robot.wait(lambda: "stopped.png" in robot.note)
    pixels = np.asarray(Image.open(exported))
    assert pixels.std() > 5
    mosaic = robot.bench.patterns.mosaic
    assert mosaic is not None
    np.testing.assert_array_equal(pixels, mosaic[0])
    recipe = read_recipe(str(exported))
    assert recipe is not None
    assert recipe.content["layer"] == LAYER


def test_a_click_elsewhere_is_answered_while_patterns_are_made(robot: Robot) -> None:
    robot.choose("patternPreset", "Clear")
    robot.type_into("patternChannels", "all")
    robot.press("Return")
    robot.wait(lambda: robot.text("patternProgress").startswith("Step "))

    robot.search_layer("block3b_add")

    robot.wait_for_grid("block3b_add")
    assert robot.bench.runner.busy(slots.PATTERNS)
    robot.screenshot("patterns-while-another-layer-is-shown")
    robot.press("Ctrl+.")
    robot.wait(lambda: not robot.bench.runner.busy(slots.PATTERNS))


def test_the_pattern_of_the_chosen_channel_is_shown_in_the_inspector(robot: Robot) -> None:
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Tutorial")
    robot.click_channel(5)
    robot.press("Ctrl+P")
    robot.wait(lambda: robot.text("patternProgress").startswith("1 pattern"))

    tabs = robot.find("inspector_lens")
    robot.click(tabs, tabs.tabRect(3).center())  # type: ignore[attr-defined]

    robot.screenshot("patterns-in-the-inspector")
    assert robot.find("inspector_pattern").isVisible()
    assert not robot.find("inspector_pattern_nothing").isVisible()


def test_a_click_on_a_pattern_chooses_its_channel(robot: Robot) -> None:
    robot.search_layer(LAYER)
    robot.wait_for_grid(LAYER)
    robot.choose("patternPreset", "Tutorial")
    robot.type_into("patternChannels", "8-11")
    robot.press("Return")
    robot.wait(lambda: robot.made == f"4 patterns of {LAYER}.")
    mosaic = robot.find("patternMosaic", PatternMosaic)

    robot.click(mosaic, mosaic.tile_rect(2).center())

    robot.wait(lambda: robot.text("inspector_title") == "Channel 10")


def test_channels_that_the_layer_does_not_have_are_refused_in_words(robot: Robot) -> None:
    robot.type_into("patternChannels", "100-200")

    assert "112 channels" in robot.text("patternProblem")
    assert not robot.find("patternGenerate").isEnabled()
    robot.screenshot("patterns-wrong-channels")
    robot.type_into("patternChannels", "0-3")
    assert robot.text("patternProblem") == ""
    assert robot.find("patternGenerate").isEnabled()

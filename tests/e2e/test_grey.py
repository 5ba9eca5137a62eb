"""Patterns that stayed grey say why, and offer what helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from cnnviz_gui.core.network import NetworkSource

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_robot import Robot


def test_a_gradient_that_is_no_number_is_explained_and_a_layer_before_it_is_one_button_away(
    robot: Robot, prototypes: Path
) -> None:
    source = NetworkSource(str(prototypes / "network.keras"))
    robot.bench.networks.open(source)
    robot.wait(lambda: robot.bench.session.state.network.source == source)
    robot.search_layer("roots")
    robot.wait_for_grid("roots")
    robot.choose("patternPreset", "Tutorial")
    robot.type_into("patternChannels", "0-3")
    robot.press("Return")

    robot.wait(lambda: robot.text("patternProgress").startswith("4 patterns of roots"))

    robot.screenshot("grey-no-slope")
    assert "its gradient is not a number (NaN)" in robot.text("patternReason")
    assert robot.bench.patterns.finished is not None
    # Nothing of the picture is lost: it is as it began, and not black.
    assert robot.bench.patterns.finished.pictures.std() > 10
    assert robot.find("patternRemedy-show-kernel", QPushButton).isVisible()
    robot.find("patternRemedy-another-seed", QPushButton).click()
    robot.wait(lambda: robot.bench.patterns.finished.request.settings.seed == 1)
    assert robot.text("patternReason").startswith("Channel")

"""What patterns to make: channels, presets, parameters, objectives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from panel_cases import (
    CLASSIFIER,
    LAYER,
    child,
    generate_button,
    open_parameters,
    preset_box,
    type_channels,
)
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSpinBox,
    QToolButton,
    QWidget,
)

from cnnviz_gui.core.pattern import PRESETS, PatternSettings, check_settings
from cnnviz_gui.own_presets import OwnPresets
from cnnviz_gui.ui.pattern_settings import preset_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.network import Layer
    from cnnviz_gui.ui.pattern_panel import PatternPanel


def test_enter_in_the_channels_generates(qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    qtbot.keyClick(child(panel, QLineEdit, "patternChannels"), Qt.Key.Key_Return)
    assert [signal for signal, *_ in heard] == ["generate_requested"]


@pytest.mark.parametrize("text", ["0-63, 80", "all", "", "111"])
def test_channels_that_the_layer_has_can_be_generated(qtbot: QtBot, panel: PatternPanel, text: str) -> None:
    type_channels(qtbot, panel, text)
    assert generate_button(panel).isEnabled()
    assert not child(panel, QLabel, "patternProblem").isVisible()


@pytest.mark.parametrize(("text", "part"), [("0-63, 800", "112 channels"), ("a few", "0-63, 80"), ("9-3", "9-3")])
def test_channels_that_cannot_be_read_are_marked_and_explained(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]], text: str, part: str
) -> None:
    type_channels(qtbot, panel, text)
    problem = child(panel, QLabel, "patternProblem")
    assert problem.isVisible()
    assert part in problem.text()
    assert child(panel, QLineEdit, "patternChannels").property("invalid") is True
    assert not generate_button(panel).isEnabled()
    heard.clear()
    qtbot.keyClick(child(panel, QLineEdit, "patternChannels"), Qt.Key.Key_Return)
    assert heard == []


def test_another_layer_judges_the_channels_anew(panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    panel.show_layer(replace(LAYER, shape=(112, 112, 16)))
    assert not generate_button(panel).isEnabled()
    panel.show_channels("0-15")
    assert generate_button(panel).isEnabled()
    assert child(panel, QLabel, "patternChannelCount").text() == "16 channels"
    assert heard == [], "showing is not choosing"


@pytest.mark.parametrize("layer", [None, replace(LAYER, shape=(14, 14, None))])
def test_without_channels_nothing_can_be_generated(panel: PatternPanel, layer: Layer | None) -> None:
    panel.show_layer(layer)
    assert not generate_button(panel).isEnabled()


def test_typing_channels_asks_for_an_estimate(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    type_channels(qtbot, panel, "7")
    assert heard == [("settings_changed", "7", PRESETS["clear"])]
    estimate = child(panel, QLabel, "patternEstimate")
    panel.show_estimate("about 2 s, 0.1 GB")
    assert estimate.text() == "about 2 s, 0.1 GB"
    type_channels(qtbot, panel, "7000")
    assert estimate.text() == ""
    panel.show_estimate("about 3 s, 0.1 GB")
    assert estimate.text() == "", "it is about what was typed before"


def test_a_preset_sets_every_parameter_and_keeps_the_seed(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    panel.show_settings(replace(PRESETS["clear"], seed=42))
    qtbot.keyClick(preset_box(panel), Qt.Key.Key_Up)
    assert heard == [("settings_changed", "0-63", replace(PRESETS["tutorial"], seed=42))]


def type_steps(qtbot: QtBot, panel: PatternPanel, text: str) -> QSpinBox:
    """Types over the number of steps, without Enter."""
    steps = child(panel, QSpinBox, "steps")
    steps.selectAll()
    qtbot.keyClicks(steps, text)
    return steps


def test_a_changed_parameter_makes_the_preset_custom(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    open_parameters(qtbot, panel)
    steps = type_steps(qtbot, panel, "300")
    assert heard == [], "the beginning of a number is not meant"
    qtbot.keyClick(steps, Qt.Key.Key_Return)
    assert heard == [("settings_changed", "0-63", replace(PRESETS["clear"], preset="custom", steps=300))]
    assert preset_box(panel).currentData() == "custom"
    type_steps(qtbot, panel, "256")
    qtbot.keyClick(steps, Qt.Key.Key_Return)
    assert preset_box(panel).currentData() == "clear", "changed back is not changed"


def test_a_number_that_is_still_being_typed_counts_when_generate_is_pressed(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    open_parameters(qtbot, panel)
    type_steps(qtbot, panel, "300")
    qtbot.mouseClick(generate_button(panel), Qt.MouseButton.LeftButton)
    [settings] = [values[1] for signal, *values in heard if signal == "generate_requested"]
    assert (settings.steps, settings.preset) == (300, "custom")


def test_another_seed_is_still_the_preset(qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    open_parameters(qtbot, panel)
    qtbot.mouseClick(child(panel, QToolButton, "seedDice"), Qt.MouseButton.LeftButton)
    [(_, _, settings)] = heard
    assert settings.seed != 0
    assert settings.preset == "clear"
    assert preset_of(replace(PRESETS["tutorial"], batch=8, preset="custom")) == "tutorial"


def test_showing_settings_emits_nothing_and_loses_nothing(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    wanted = PatternSettings(
        preset="custom",
        size=150,
        steps=12,
        step_size=0.125,
        seed=2**31 - 1,
        image="pixel",
        optimizer="adam",
        climb="output",
        jitter=3,
        rotate=2.5,
        scale=0.29,
        precision="bfloat16",
        objective="layer - 0.5 * channel(3)",
        start="picture",
        momentum=0.9,
        octaves=3,
        escape=16,
        pad=12,
        jitter_after=4,
        total_variation=0.25,
        l2=0.5,
        blur=1.5,
        batch=16,
    )
    check_settings(wanted)
    panel.show_settings(wanted)
    assert heard == []
    assert preset_box(panel).currentData() == "custom"
    qtbot.mouseClick(generate_button(panel), Qt.MouseButton.LeftButton)
    # The objective is the same for all pictures: they are asked for by their starts.
    assert heard == [("generate_requested", "0", wanted)]


def test_every_parameter_has_a_field_that_names_it_as_recipes_do(panel: PatternPanel) -> None:
    for name in PatternSettings.__dataclass_fields__:
        if name != "preset":
            field = child(panel, QWidget, name)
            assert f"In recipes: {name}" in field.toolTip()
            assert field.accessibleName()


def test_a_draft_cannot_be_chosen_where_there_is_none_and_the_reason_is_told(panel: PatternPanel) -> None:
    field = child(panel, QComboBox, "precision")
    draft = field.findData("bfloat16")
    tip = field.toolTip()
    panel.show_draft("This processor has no instructions for bfloat16.")
    assert not field.model().flags(field.model().index(draft, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert field.itemData(draft, Qt.ItemDataRole.ToolTipRole) == "This processor has no instructions for bfloat16."
    assert field.toolTip().startswith("This processor has no instructions for bfloat16.\n")
    panel.show_draft("")
    assert field.model().flags(field.model().index(draft, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert field.toolTip() == tip


def test_numbers_are_written_without_idle_zeros(panel: PatternPanel) -> None:
    assert child(panel, QDoubleSpinBox, "step_size").text() == "0.05"
    panel.show_settings(PRESETS["tutorial"])
    assert child(panel, QSpinBox, "jitter").text() == "none"
    assert child(panel, QSpinBox, "batch").text() == "automatic"


def test_the_wheel_over_a_field_one_scrolls_past_changes_nothing(qtbot: QtBot, panel: PatternPanel) -> None:
    open_parameters(qtbot, panel)
    steps = child(panel, QSpinBox, "steps")
    child(panel, QLineEdit, "patternChannels").setFocus()
    event = QWheelEvent(
        QPointF(5, 5),
        steps.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(steps, event)
    assert steps.value() == PRESETS["clear"].steps


def test_parameters_are_folded_until_wanted(qtbot: QtBot, panel: PatternPanel) -> None:
    steps = child(panel, QSpinBox, "steps")
    assert not steps.isVisible()
    open_parameters(qtbot, panel)
    assert steps.isVisible()
    open_parameters(qtbot, panel)
    assert not steps.isVisible()


class TestObjective:
    def test_a_common_one_is_chosen_from_a_list_and_any_is_typed(
        self, qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
    ) -> None:
        kinds, text = child(panel, QComboBox, "objectiveKind"), child(panel, QLineEdit, "objective")
        assert (kinds.currentData(), text.text()) == ("channel", "channel")
        kinds.setCurrentIndex(kinds.findData("-channel"))
        kinds.activated.emit(kinds.currentIndex())
        assert text.text() == "-channel"
        assert heard[-1][2].objective == "-channel"
        assert heard[-1][2].preset == "custom"
        text.clear()
        qtbot.keyClicks(text, "channel")
        assert kinds.currentData() == "channel"
        assert heard[-1][2].preset == "clear"
        qtbot.keyClicks(text, " - 2 * layer")
        assert kinds.currentData() == ""
        assert heard[-1][2].objective == "channel - 2 * layer"

    def test_while_it_is_none_that_is_said_and_nothing_can_be_made(
        self, qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
    ) -> None:
        open_parameters(qtbot, panel)
        text = child(panel, QLineEdit, "objective")
        qtbot.keyClicks(text, " +")
        problem = child(panel, QLabel, "patternObjectiveProblem")
        assert problem.isVisible()
        assert "not understood at character 10" in problem.text()
        assert not generate_button(panel).isEnabled()
        # What was typed up to the space was one still.
        assert [values[2].objective for values in heard] == ["channel "]
        qtbot.keyClicks(text, " position")
        assert not problem.isVisible()
        assert generate_button(panel).isEnabled()

    def test_what_the_network_has_not_is_said(self, qtbot: QtBot, panel: PatternPanel) -> None:
        panel.show_network(CLASSIFIER)
        panel.show_layer(CLASSIFIER.layers[0])
        open_parameters(qtbot, panel)
        text = child(panel, QLineEdit, "objective")
        for typed, words in (
            ("nowhere:channel", "has no layer called nowhere"),
            ("class(cat)", "no class called cat"),
        ):
            text.clear()
            qtbot.keyClicks(text, typed)
            assert words in child(panel, QLabel, "patternObjectiveProblem").text()

    def test_classes_are_found_by_any_part_of_their_name(
        self, qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
    ) -> None:
        panel.show_network(CLASSIFIER)
        panel.show_layer(CLASSIFIER.layers[0])
        panel.show_channels("0-7")
        panel.show_settings(PRESETS["class"])
        field = child(panel, QLineEdit, "patternChannels")
        assert field.accessibleName() == "Classes"
        assert child(panel, QLabel, "patternLayer").text() == CLASSIFIER.title
        assert child(panel, QLabel, "patternChannelCount").text() == "3 classes"
        field.clear()
        qtbot.keyClicks(field, "daisy; press")
        completer = field.completer()
        assert completer is not None
        assert [completer.completionModel().index(0, 0).data()] == ["espresso"]
        assert completer.pathFromIndex(completer.completionModel().index(0, 0)) == "daisy; espresso"
        assert not generate_button(panel).isEnabled()
        # As the popup does when one of its rows is taken.
        field.setText("daisy; espresso")
        completer.activated.emit("daisy; espresso")
        qtbot.waitUntil(generate_button(panel).isEnabled)
        assert heard[-1][:2] == ("settings_changed", "daisy; espresso")
        field.clear()
        qtbot.keyClicks(field, "daisy; espresso; 0")
        assert heard[-1][:2] == ("settings_changed", "daisy; espresso; 0")
        assert generate_button(panel).isEnabled()
        panel.show_settings(PRESETS["clear"])
        assert field.accessibleName() == "Channels"
        assert field.text() == "0-7"

    def test_a_dream_is_asked_for_by_its_starts(self, panel: PatternPanel) -> None:
        panel.show_settings(PRESETS["deepdream"])
        field = child(panel, QLineEdit, "patternChannels")
        assert (field.accessibleName(), field.text()) == ("Starts", "0")


class TestMore:
    def test_only_the_common_parameters_are_seen_until_more_is_wanted(
        self, qtbot: QtBot, panel: PatternPanel
    ) -> None:
        open_parameters(qtbot, panel)
        common = ("objective", "size", "steps", "step_size", "seed", "start", "image", "optimizer", "climb")
        for name in PatternSettings.__dataclass_fields__:
            if name != "preset":
                assert child(panel, QWidget, name).isVisible() == (name in common)
        qtbot.mouseClick(child(panel, QToolButton, "patternMoreToggle"), Qt.MouseButton.LeftButton)
        assert all(
            child(panel, QWidget, name).isVisible()
            for name in PatternSettings.__dataclass_fields__
            if name != "preset"
        )


def test_a_preset_of_ones_own_is_saved_renamed_and_deleted(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = iter([("my own", True), ("another", True), ("", False)])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: next(names))
    monkeypatch.setattr(QMessageBox, "warning", lambda *said: pytest.fail(str(said)))
    actions = {
        action.text().replace("&", ""): action
        for action in child(panel, QToolButton, "patternPresetMenu").menu().actions()
    }
    wanted = replace(PRESETS["clear"], preset="custom", steps=77)
    panel.show_settings(wanted)
    actions["Save as a preset…"].trigger()
    try:
        assert OwnPresets().all() == {"my own": replace(wanted, preset="my own")}
        assert preset_box(panel).currentText() == "my own"
        assert heard[-1][2].preset == "my own"
        actions["Rename this preset…"].trigger()
        assert list(OwnPresets().all()) == ["another"]
        assert preset_box(panel).currentText() == "another"
        panel.show_settings(PRESETS["clear"])
        preset_box(panel).setCurrentIndex(preset_box(panel).findText("another"))
        preset_box(panel).activated.emit(preset_box(panel).currentIndex())
        assert heard[-1][2].steps == 77
    finally:
        actions["Delete this preset"].trigger()
    assert OwnPresets().all() == {}
    assert preset_box(panel).currentData() == "custom"

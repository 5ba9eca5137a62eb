"""The filter-pattern panel: channels, presets, parameters, Generate and Stop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QToolTip,
    QWidget,
)

from cnnviz_gui.core.mosaic import Tiling
from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.pattern import PRESETS, PatternSettings, check_settings
from cnnviz_gui.core.pattern_reasons import PatternRemedy
from cnnviz_gui.own_presets import OwnPresets
from cnnviz_gui.ui.pattern_curve import PatternCurve
from cnnviz_gui.ui.pattern_mosaic import PatternMosaic
from cnnviz_gui.ui.pattern_panel import PatternPanel
from cnnviz_gui.ui.pattern_settings import preset_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Found = TypeVar("Found", bound=QWidget)
LAYER = Layer("block5c_add", "Add", (14, 14, 112), 0, "float32")
CLASSIFIER = Network(
    source=NetworkSource("classifier.keras"),
    title="classifier",
    sha256="0",
    layers=(Layer("conv", "Conv2D", (8, 8, 8), 0, "float32"), Layer("classes", "Dense", (3,), 0, "float32")),
    input_size=None,
    nominal_size=(64, 64),
    input_channels=3,
    preprocessing="none",
    preprocessing_reason="",
    labels=("espresso", "daisy", "tabby"),
    parameters=0,
    default_layer="conv",
)


@pytest.fixture
def panel(qtbot: QtBot) -> PatternPanel:
    panel = PatternPanel()
    qtbot.addWidget(panel)
    panel.resize(360, 900)
    panel.show_layer(LAYER)
    panel.show_channels("0-63")
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def heard(panel: PatternPanel) -> list[tuple[Any, ...]]:
    """Every signal that was emitted: its name, and its values."""
    heard: list[tuple[Any, ...]] = []
    for name in (
        "generate_requested",
        "settings_changed",
        "stop_requested",
        "export_requested",
        "pattern_clicked",
        "step_chosen",
        "remedy_requested",
        "waiting_removed",
        "waiting_cleared",
    ):
        getattr(panel, name).connect(lambda *values, name=name: heard.append((name, *values)))
    return heard


def _child(panel: PatternPanel, kind: type[Found], name: str) -> Found:
    found = panel.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def _generate(panel: PatternPanel) -> QPushButton:
    return _child(panel, QPushButton, "patternGenerate")


def _preset(panel: PatternPanel) -> QComboBox:
    return _child(panel, QComboBox, "patternPreset")


def _open_parameters(qtbot: QtBot, panel: PatternPanel) -> None:
    qtbot.mouseClick(_child(panel, QToolButton, "patternParametersToggle"), Qt.MouseButton.LeftButton)


def _type_channels(qtbot: QtBot, panel: PatternPanel, text: str) -> None:
    field = _child(panel, QLineEdit, "patternChannels")
    field.selectAll()
    qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)


def _show_mosaic(panel: PatternPanel) -> None:
    panel.show_mosaic(np.zeros((64, 133, 3), np.uint8), Tiling((4, 9), 64, 64, 2, 5))


def test_generate_asks_with_channels_and_settings(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    qtbot.mouseClick(_generate(panel), Qt.MouseButton.LeftButton)
    assert heard == [("generate_requested", "0-63", PRESETS["clear"])]


def test_enter_in_the_channels_generates(qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    qtbot.keyClick(_child(panel, QLineEdit, "patternChannels"), Qt.Key.Key_Return)
    assert [signal for signal, *_ in heard] == ["generate_requested"]


@pytest.mark.parametrize("text", ["0-63, 80", "all", "", "111"])
def test_channels_that_the_layer_has_can_be_generated(qtbot: QtBot, panel: PatternPanel, text: str) -> None:
    _type_channels(qtbot, panel, text)
    assert _generate(panel).isEnabled()
    assert not _child(panel, QLabel, "patternProblem").isVisible()


@pytest.mark.parametrize(("text", "part"), [("0-63, 800", "112 channels"), ("a few", "0-63, 80"), ("9-3", "9-3")])
def test_channels_that_cannot_be_read_are_marked_and_explained(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]], text: str, part: str
) -> None:
    _type_channels(qtbot, panel, text)
    problem = _child(panel, QLabel, "patternProblem")
    assert problem.isVisible()
    assert part in problem.text()
    assert _child(panel, QLineEdit, "patternChannels").property("invalid") is True
    assert not _generate(panel).isEnabled()
    heard.clear()
    qtbot.keyClick(_child(panel, QLineEdit, "patternChannels"), Qt.Key.Key_Return)
    assert heard == []


def test_another_layer_judges_the_channels_anew(panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    panel.show_layer(replace(LAYER, shape=(112, 112, 16)))
    assert not _generate(panel).isEnabled()
    panel.show_channels("0-15")
    assert _generate(panel).isEnabled()
    assert _child(panel, QLabel, "patternChannelCount").text() == "16 channels"
    assert heard == [], "showing is not choosing"


@pytest.mark.parametrize("layer", [None, replace(LAYER, shape=(14, 14, None))])
def test_without_channels_nothing_can_be_generated(panel: PatternPanel, layer: Layer | None) -> None:
    panel.show_layer(layer)
    assert not _generate(panel).isEnabled()


def test_typing_channels_asks_for_an_estimate(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    _type_channels(qtbot, panel, "7")
    assert heard == [("settings_changed", "7", PRESETS["clear"])]
    estimate = _child(panel, QLabel, "patternEstimate")
    panel.show_estimate("about 2 s, 0.1 GB")
    assert estimate.text() == "about 2 s, 0.1 GB"
    _type_channels(qtbot, panel, "7000")
    assert estimate.text() == ""
    panel.show_estimate("about 3 s, 0.1 GB")
    assert estimate.text() == "", "it is about what was typed before"


def test_a_preset_sets_every_parameter_and_keeps_the_seed(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    panel.show_settings(replace(PRESETS["clear"], seed=42))
    qtbot.keyClick(_preset(panel), Qt.Key.Key_Up)
    assert heard == [("settings_changed", "0-63", replace(PRESETS["tutorial"], seed=42))]


def test_a_changed_parameter_makes_the_preset_custom(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    _open_parameters(qtbot, panel)
    steps = _child(panel, QSpinBox, "steps")
    steps.selectAll()
    qtbot.keyClicks(steps, "300")
    assert heard == [], "the beginning of a number is not meant"
    qtbot.keyClick(steps, Qt.Key.Key_Return)
    assert heard == [("settings_changed", "0-63", replace(PRESETS["clear"], preset="custom", steps=300))]
    assert _preset(panel).currentData() == "custom"
    steps.selectAll()
    qtbot.keyClicks(steps, "256")
    qtbot.keyClick(steps, Qt.Key.Key_Return)
    assert _preset(panel).currentData() == "clear", "changed back is not changed"


def test_a_number_that_is_still_being_typed_counts_when_generate_is_pressed(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    _open_parameters(qtbot, panel)
    steps = _child(panel, QSpinBox, "steps")
    steps.selectAll()
    qtbot.keyClicks(steps, "300")
    qtbot.mouseClick(_generate(panel), Qt.MouseButton.LeftButton)
    [settings] = [values[1] for signal, *values in heard if signal == "generate_requested"]
    assert (settings.steps, settings.preset) == (300, "custom")


def test_another_seed_is_still_the_preset(qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    _open_parameters(qtbot, panel)
    qtbot.mouseClick(_child(panel, QToolButton, "seedDice"), Qt.MouseButton.LeftButton)
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
    assert _preset(panel).currentData() == "custom"
    qtbot.mouseClick(_generate(panel), Qt.MouseButton.LeftButton)
    # The objective is the same for all pictures: they are asked for by their starts.
    assert heard == [("generate_requested", "0", wanted)]


def test_every_parameter_has_a_field_that_names_it_as_recipes_do(panel: PatternPanel) -> None:
    for name in PatternSettings.__dataclass_fields__:
        if name != "preset":
            field = _child(panel, QWidget, name)
            assert f"In recipes: {name}" in field.toolTip()
            assert field.accessibleName()


def test_a_draft_cannot_be_chosen_where_there_is_none_and_the_reason_is_told(panel: PatternPanel) -> None:
    field = _child(panel, QComboBox, "precision")
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
    assert _child(panel, QDoubleSpinBox, "step_size").text() == "0.05"
    panel.show_settings(PRESETS["tutorial"])
    assert _child(panel, QSpinBox, "jitter").text() == "none"
    assert _child(panel, QSpinBox, "batch").text() == "automatic"


def test_the_wheel_over_a_field_one_scrolls_past_changes_nothing(qtbot: QtBot, panel: PatternPanel) -> None:
    _open_parameters(qtbot, panel)
    steps = _child(panel, QSpinBox, "steps")
    _child(panel, QLineEdit, "patternChannels").setFocus()
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
    steps = _child(panel, QSpinBox, "steps")
    assert not steps.isVisible()
    _open_parameters(qtbot, panel)
    assert steps.isVisible()
    _open_parameters(qtbot, panel)
    assert not steps.isVisible()


def test_stop_appears_while_patterns_are_made_and_more_can_be_queued(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    stop = _child(panel, QPushButton, "patternStop")
    assert not stop.isVisible()
    panel.activateWindow()
    _generate(panel).setFocus()
    qtbot.waitUntil(_generate(panel).hasFocus)
    panel.show_running(True)
    panel.show_action("queue")
    assert stop.isVisible()
    assert stop.hasFocus(), "the keyboard is where one would press next"
    assert _generate(panel).text() == "&Queue"
    qtbot.mouseClick(_generate(panel), Qt.MouseButton.LeftButton)
    assert heard == [("generate_requested", "0-63", PRESETS["clear"])]
    heard.clear()
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert heard == [("stop_requested",)]
    stop.setFocus()
    panel.show_running(False)
    panel.show_action("continue")
    assert not stop.isVisible()
    assert _generate(panel).text() == "&Continue"
    assert _generate(panel).hasFocus()


def test_what_waits_is_counted_listed_and_taken_away(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    waiting = _child(panel, QToolButton, "patternWaiting")
    assert not waiting.isVisible()
    panel.show_waiting(["block5c_add, channels 0-3", "block4c_add, channels 7"])
    assert waiting.isVisible()
    assert waiting.text() == "2 waiting"
    first, second, separator, everything = waiting.menu().actions()
    assert (first.text(), second.text()) == ("block5c_add, channels 0-3", "block4c_add, channels 7")
    assert separator.isSeparator()
    second.trigger()
    everything.trigger()
    assert heard == [("waiting_removed", 1), ("waiting_cleared",)]
    panel.show_waiting([])
    assert not waiting.isVisible()


def test_steps_are_looked_back_at_by_mouse_and_by_key_and_marked_on_the_curve(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    slider = _child(panel, QSlider, "patternStep")
    label = _child(panel, QLabel, "patternStepLabel")
    curve = _child(panel, PatternCurve, "patternCurve")
    assert not slider.isVisible()
    panel.show_progress("40 steps", np.ones((4, 40), np.float32), 40)
    panel.show_steps(40, 40)
    assert slider.isVisible()
    assert label.text() == "40 of 40"
    plain = curve.grab().toImage()
    assert heard == [], "showing is not choosing"
    qtbot.keyClick(slider, Qt.Key.Key_Left)
    qtbot.keyClick(slider, Qt.Key.Key_PageDown)
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert heard == [("step_chosen", step) for step in (39, 35, 1)]
    panel.show_steps(40, 20)
    assert label.text() == "20 of 40"
    marked = curve.grab().toImage()
    x, middle = round(curve.step_x(20)), round(curve.plot_rect().top() + 0.25 * curve.plot_rect().height())
    changed = [
        column for column in range(plain.width()) if plain.pixel(column, middle) != marked.pixel(column, middle)
    ]
    assert changed
    assert all(abs(column - x) <= 1 for column in changed)
    panel.show_steps(0, 0)
    assert slider.isVisible(), "nothing jumps when the next patterns begin"
    assert not slider.isEnabled()


def test_nothing_can_be_exported_before_there_is_something(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    export = _child(panel, QToolButton, "patternExport")
    assert not export.isEnabled()
    _show_mosaic(panel)
    qtbot.mouseClick(export, Qt.MouseButton.LeftButton)
    assert heard == [("export_requested",)]


def test_what_is_on_the_way_cannot_be_exported(panel: PatternPanel) -> None:
    export = _child(panel, QToolButton, "patternExport")
    _show_mosaic(panel)
    panel.show_running(True)
    _show_mosaic(panel)
    assert not export.isEnabled()
    panel.show_running(False)
    _show_mosaic(panel)
    assert export.isEnabled()


def test_a_clicked_pattern_is_passed_on(qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    _show_mosaic(panel)
    mosaic = _child(panel, PatternMosaic, "patternMosaic")
    qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=mosaic.tile_rect(1).center().toPoint())
    assert heard == [("pattern_clicked", 9)]


def test_progress_is_told_and_plotted(panel: PatternPanel) -> None:
    curve = _child(panel, PatternCurve, "patternCurve")
    assert not curve.isVisible()
    panel.show_progress("block5c_add: step 40 of 256", np.ones((4, 40), np.float32), 256)
    assert _child(panel, QLabel, "patternProgress").text() == "block5c_add: step 40 of 256"
    assert curve.isVisible()


def test_a_long_line_of_progress_is_elided_and_whole_in_its_tooltip(panel: PatternPanel) -> None:
    text = "Step 12 of 256, patterns 1 to 16 of 64\nClimbing " + "a very long name " * 20
    panel.show_progress(text, np.ones((4, 40), np.float32), 256)
    label = _child(panel, QLabel, "patternProgress")
    assert label.text().count("\n") == 1
    assert label.text().endswith("\u2026")
    assert label.toolTip() == text


def test_the_menu_generates_as_the_button_does(panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    panel.generate()
    assert heard == [("generate_requested", "0-63", PRESETS["clear"])]
    panel.show_running(True)
    panel.generate()
    assert len(heard) == 2


def test_grey_patterns_are_explained_and_what_may_help_is_a_button(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    ground = _child(panel, QFrame, "patternReasonGround")
    assert not ground.isVisible()
    rows = [
        ("Channels 3, 16: off everywhere.", (3, 16), (PatternRemedy.PREACTIVATION, PatternRemedy.ANOTHER_SEED)),
        ("Channel 5: constant.", (5,), (PatternRemedy.SHOW_KERNEL,)),
    ]
    panel.show_reasons(rows)
    assert ground.isVisible()
    assert [label.text() for label in ground.findChildren(QLabel)] == [text for text, _, _ in rows]
    for button in ground.findChildren(QPushButton):
        assert button.toolTip()
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert heard == [
        ("remedy_requested", PatternRemedy.PREACTIVATION, (3, 16)),
        ("remedy_requested", PatternRemedy.ANOTHER_SEED, (3, 16)),
        ("remedy_requested", PatternRemedy.SHOW_KERNEL, (5,)),
    ]
    panel.show_reasons(rows[1:])

    def texts() -> list[str]:
        return [button.text() for button in ground.findChildren(QPushButton) if button.isVisible()]

    qtbot.waitUntil(lambda: texts() == ["Show the kernel"])
    panel.show_reasons([])
    assert not ground.isVisible()


def test_every_remedy_has_a_button(panel: PatternPanel) -> None:
    panel.show_reasons([("Grey.", (0,), tuple(PatternRemedy))])
    buttons = [
        button for button in panel.findChildren(QPushButton) if button.objectName().startswith("patternRemedy")
    ]
    assert len({button.text() for button in buttons}) == len(PatternRemedy)


def test_a_tooltip_tells_the_channel_and_what_is_known_of_its_pattern(qtbot: QtBot, panel: PatternPanel) -> None:
    _show_mosaic(panel)
    panel.show_tips({9: "mean activation 6: beats all 10 pictures"})
    mosaic = _child(panel, PatternMosaic, "patternMosaic")
    for place, expected in ((0, "Channel 4"), (1, "Channel 9\nmean activation 6: beats all 10 pictures")):
        point = mosaic.tile_rect(place).center().toPoint()
        QApplication.sendEvent(mosaic, QHelpEvent(QEvent.Type.ToolTip, point, mosaic.mapToGlobal(point)))
        assert QToolTip.text() == expected
    QToolTip.hideText()


def test_a_rank_stands_below_the_progress_until_there_is_other_progress(panel: PatternPanel) -> None:
    panel.show()
    panel.show_progress("4 patterns.", np.zeros((4, 2), np.float32), 2)
    panel.show_rank("3 of 4 beat each of 10 pictures")
    rank, progress = _child(panel, QLabel, "patternRank"), _child(panel, QLabel, "patternProgress")
    assert (rank.toolTip(), progress.toolTip()) == ("3 of 4 beat each of 10 pictures", "4 patterns.")
    assert rank.isVisible()
    panel.show_progress("Step 1 of 2", np.zeros((4, 1), np.float32), 2)
    assert not rank.isVisible()


class TestObjective:
    def test_a_common_one_is_chosen_from_a_list_and_any_is_typed(
        self, qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
    ) -> None:
        kinds, text = _child(panel, QComboBox, "objectiveKind"), _child(panel, QLineEdit, "objective")
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
        _open_parameters(qtbot, panel)
        text = _child(panel, QLineEdit, "objective")
        qtbot.keyClicks(text, " +")
        problem = _child(panel, QLabel, "patternObjectiveProblem")
        assert problem.isVisible()
        assert "not understood at character 10" in problem.text()
        assert not _generate(panel).isEnabled()
        # What was typed up to the space was one still.
        assert [values[2].objective for values in heard] == ["channel "]
        qtbot.keyClicks(text, " position")
        assert not problem.isVisible()
        assert _generate(panel).isEnabled()

    def test_what_the_network_has_not_is_said(self, qtbot: QtBot, panel: PatternPanel) -> None:
        panel.show_network(CLASSIFIER)
        panel.show_layer(CLASSIFIER.layers[0])
        _open_parameters(qtbot, panel)
        text = _child(panel, QLineEdit, "objective")
        for typed, words in (
            ("nowhere:channel", "has no layer called nowhere"),
            ("class(cat)", "no class called cat"),
        ):
            text.clear()
            qtbot.keyClicks(text, typed)
            assert words in _child(panel, QLabel, "patternObjectiveProblem").text()

    def test_classes_are_found_by_any_part_of_their_name(
        self, qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
    ) -> None:
        panel.show_network(CLASSIFIER)
        panel.show_layer(CLASSIFIER.layers[0])
        panel.show_channels("0-7")
        panel.show_settings(PRESETS["class"])
        field = _child(panel, QLineEdit, "patternChannels")
        assert field.accessibleName() == "Classes"
        assert _child(panel, QLabel, "patternLayer").text() == CLASSIFIER.title
        assert _child(panel, QLabel, "patternChannelCount").text() == "3 classes"
        field.clear()
        qtbot.keyClicks(field, "daisy; press")
        completer = field.completer()
        assert completer is not None
        assert [completer.completionModel().index(0, 0).data()] == ["espresso"]
        assert completer.pathFromIndex(completer.completionModel().index(0, 0)) == "daisy; espresso"
        assert not _generate(panel).isEnabled()
        # As the popup does when one of its rows is taken.
        field.setText("daisy; espresso")
        completer.activated.emit("daisy; espresso")
        qtbot.waitUntil(_generate(panel).isEnabled)
        assert heard[-1][:2] == ("settings_changed", "daisy; espresso")
        field.clear()
        qtbot.keyClicks(field, "daisy; espresso; 0")
        assert heard[-1][:2] == ("settings_changed", "daisy; espresso; 0")
        assert _generate(panel).isEnabled()
        panel.show_settings(PRESETS["clear"])
        assert field.accessibleName() == "Channels"
        assert field.text() == "0-7"

    def test_a_dream_is_asked_for_by_its_starts(self, panel: PatternPanel) -> None:
        panel.show_settings(PRESETS["deepdream"])
        field = _child(panel, QLineEdit, "patternChannels")
        assert (field.accessibleName(), field.text()) == ("Starts", "0")


class TestMore:
    def test_only_the_common_parameters_are_seen_until_more_is_wanted(
        self, qtbot: QtBot, panel: PatternPanel
    ) -> None:
        _open_parameters(qtbot, panel)
        common = ("objective", "size", "steps", "step_size", "seed", "start", "image", "optimizer", "climb")
        for name in PatternSettings.__dataclass_fields__:
            if name != "preset":
                assert _child(panel, QWidget, name).isVisible() == (name in common)
        qtbot.mouseClick(_child(panel, QToolButton, "patternMoreToggle"), Qt.MouseButton.LeftButton)
        assert all(
            _child(panel, QWidget, name).isVisible()
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
        for action in _child(panel, QToolButton, "patternPresetMenu").menu().actions()
    }
    wanted = replace(PRESETS["clear"], preset="custom", steps=77)
    panel.show_settings(wanted)
    actions["Save as a preset…"].trigger()
    try:
        assert OwnPresets().all() == {"my own": replace(wanted, preset="my own")}
        assert _preset(panel).currentText() == "my own"
        assert heard[-1][2].preset == "my own"
        actions["Rename this preset…"].trigger()
        assert list(OwnPresets().all()) == ["another"]
        assert _preset(panel).currentText() == "another"
        panel.show_settings(PRESETS["clear"])
        _preset(panel).setCurrentIndex(_preset(panel).findText("another"))
        _preset(panel).activated.emit(_preset(panel).currentIndex())
        assert heard[-1][2].steps == 77
    finally:
        actions["Delete this preset"].trigger()
    assert OwnPresets().all() == {}
    assert _preset(panel).currentData() == "custom"

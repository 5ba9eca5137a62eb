"""The filter-pattern panel: Generate and Stop, what was made, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from panel_cases import (
    child,
    generate_button,
    show_mosaic,
)
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QSlider,
    QToolButton,
    QToolTip,
)

from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_reasons import PatternRemedy
from cnnviz_gui.ui.pattern_curve import PatternCurve
from cnnviz_gui.ui.pattern_mosaic import PatternMosaic

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.ui.pattern_panel import PatternPanel


def test_generate_asks_with_channels_and_settings(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    qtbot.mouseClick(generate_button(panel), Qt.MouseButton.LeftButton)
    assert heard == [("generate_requested", "0-63", PRESETS["clear"])]


def test_stop_appears_while_patterns_are_made_and_more_can_be_queued(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    stop = child(panel, QPushButton, "patternStop")
    assert not stop.isVisible()
    panel.activateWindow()
    generate_button(panel).setFocus()
    qtbot.waitUntil(generate_button(panel).hasFocus)
    panel.show_running(True)
    panel.show_action("queue")
    assert stop.isVisible()
    assert stop.hasFocus(), "the keyboard is where one would press next"
    assert generate_button(panel).text() == "&Queue"
    qtbot.mouseClick(generate_button(panel), Qt.MouseButton.LeftButton)
    assert heard == [("generate_requested", "0-63", PRESETS["clear"])]
    heard.clear()
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert heard == [("stop_requested",)]
    stop.setFocus()
    panel.show_running(False)
    panel.show_action("continue")
    assert not stop.isVisible()
    assert generate_button(panel).text() == "&Continue"
    assert generate_button(panel).hasFocus()


def test_what_waits_is_counted_listed_and_taken_away(
    qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]
) -> None:
    waiting = child(panel, QToolButton, "patternWaiting")
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
    slider = child(panel, QSlider, "patternStep")
    label = child(panel, QLabel, "patternStepLabel")
    curve = child(panel, PatternCurve, "patternCurve")
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
    export = child(panel, QToolButton, "patternExport")
    assert not export.isEnabled()
    show_mosaic(panel)
    qtbot.mouseClick(export, Qt.MouseButton.LeftButton)
    assert heard == [("export_requested",)]


def test_what_is_on_the_way_cannot_be_exported(panel: PatternPanel) -> None:
    export = child(panel, QToolButton, "patternExport")
    show_mosaic(panel)
    panel.show_running(True)
    show_mosaic(panel)
    assert not export.isEnabled()
    panel.show_running(False)
    show_mosaic(panel)
    assert export.isEnabled()


def test_a_clicked_pattern_is_passed_on(qtbot: QtBot, panel: PatternPanel, heard: list[tuple[Any, ...]]) -> None:
    show_mosaic(panel)
    mosaic = child(panel, PatternMosaic, "patternMosaic")
    qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=mosaic.tile_rect(1).center().toPoint())
    assert heard == [("pattern_clicked", 9)]


def test_progress_is_told_and_plotted(panel: PatternPanel) -> None:
    curve = child(panel, PatternCurve, "patternCurve")
    assert not curve.isVisible()
    panel.show_progress("block5c_add: step 40 of 256", np.ones((4, 40), np.float32), 256)
    assert child(panel, QLabel, "patternProgress").text() == "block5c_add: step 40 of 256"
    assert curve.isVisible()


def test_a_long_line_of_progress_is_elided_and_whole_in_its_tooltip(panel: PatternPanel) -> None:
    text = "Step 12 of 256, patterns 1 to 16 of 64\nClimbing " + "a very long name " * 20
    panel.show_progress(text, np.ones((4, 40), np.float32), 256)
    label = child(panel, QLabel, "patternProgress")
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
    ground = child(panel, QFrame, "patternReasonGround")
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
    show_mosaic(panel)
    panel.show_tips({9: "mean activation 6: beats all 10 pictures"})
    mosaic = child(panel, PatternMosaic, "patternMosaic")
    for place, expected in ((0, "Channel 4"), (1, "Channel 9\nmean activation 6: beats all 10 pictures")):
        point = mosaic.tile_rect(place).center().toPoint()
        QApplication.sendEvent(mosaic, QHelpEvent(QEvent.Type.ToolTip, point, mosaic.mapToGlobal(point)))
        assert QToolTip.text() == expected
    QToolTip.hideText()


def test_a_rank_stands_below_the_progress_until_there_is_other_progress(panel: PatternPanel) -> None:
    panel.show()
    panel.show_progress("4 patterns.", np.zeros((4, 2), np.float32), 2)
    panel.show_rank("3 of 4 beat each of 10 pictures")
    rank, progress = child(panel, QLabel, "patternRank"), child(panel, QLabel, "patternProgress")
    assert (rank.toolTip(), progress.toolTip()) == ("3 of 4 beat each of 10 pictures", "4 patterns.")
    assert rank.isVisible()
    panel.show_progress("Step 1 of 2", np.zeros((4, 1), np.float32), 2)
    assert not rank.isVisible()

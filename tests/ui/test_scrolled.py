"""What grows inside the window never makes the window grow, and what is needed next is in sight."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QWidget
from pytestqt.qtbot import QtBot

from cnnviz_gui.core.errors import message
from cnnviz_gui.ui.main_window import MainWindow
from cnnviz_gui.ui.pattern_panel import PatternPanel


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """On a small screen."""
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1284, 690)
    with qtbot.waitExposed(window):
        window.show()
    return window


def child(window: MainWindow, name: str) -> QWidget:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def places(window: MainWindow) -> list[QRect]:
    return [dock.geometry() for dock in window.findChildren(QDockWidget)]


def test_nothing_that_appears_makes_the_window_grow(qtbot: QtBot, window: MainWindow) -> None:
    before = places(window)
    toggle = window.findChild(QAbstractButton, "patternParametersToggle")
    toggle.click()
    window.patterns.show_progress("Patterns of add\n12 of 64", np.zeros((2, 4), np.float32), 40)
    window.patterns.show_reasons([("This pattern stayed grey. " * 10, (0,), ())])
    window.patterns.show_running(True)
    qtbot.wait(50)
    assert places(window) == before
    window.bar.show_error(message("Something went wrong."), message("Do something else."), "")
    qtbot.wait(50)
    assert window.size().toTuple() == (1284, 690)
    for name in ("patternStop", "jobError", "engineState"):
        shown = child(window, name)
        corner = shown.mapTo(window, QPoint(shown.width(), shown.height()))
        assert window.rect().contains(corner), name
    window.bar.clear_errors()
    qtbot.waitUntil(lambda: places(window) == before)


def test_the_parameters_come_into_sight_when_they_are_opened(qtbot: QtBot, window: MainWindow) -> None:
    window.findChild(QAbstractButton, "patternParametersToggle").click()
    steps = child(window, "steps")
    qtbot.waitUntil(lambda: not steps.visibleRegion().isEmpty())


def test_the_patterns_come_into_sight_when_they_are_being_made(qtbot: QtBot, window: MainWindow) -> None:
    window.findChild(QAbstractButton, "patternParametersToggle").click()
    steps, mosaic = child(window, "steps"), child(window, "patternMosaic")
    qtbot.waitUntil(lambda: not steps.visibleRegion().isEmpty())
    window.patterns.show_running(True)
    qtbot.waitUntil(lambda: mosaic.visibleRegion().boundingRect().height() == mosaic.height())


def test_what_the_next_patterns_are_of_is_in_sight_whatever_else_is(qtbot: QtBot, window: MainWindow) -> None:
    window.findChild(QAbstractButton, "patternParametersToggle").click()
    window.patterns.show_progress("Patterns of add\n12 of 64", np.zeros((2, 4), np.float32), 40)
    names = ("patternLayer", "patternChannels", "patternPreset", "patternGenerate")
    wanted = [child(window, name) for name in names]
    qtbot.waitUntil(lambda: all(shown.visibleRegion().boundingRect().size() == shown.size() for shown in wanted))


def test_the_tab_key_goes_through_the_patterns_panel_from_top_to_bottom(qtbot: QtBot) -> None:
    panel = PatternPanel()
    qtbot.addWidget(panel)
    panel.resize(400, 1600)
    panel.show()
    for name in ("patternParametersToggle", "patternMoreToggle"):
        panel.findChild(QAbstractButton, name).click()
    last = panel.findChild(QWidget, "blur")
    qtbot.waitUntil(lambda: last.isVisible() and last.y() > 0)
    heights, widget = [], panel.nextInFocusChain()
    while widget is not panel:
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            heights.append(widget.mapTo(panel, widget.rect().center()).y())
        widget = widget.nextInFocusChain()
    assert len(heights) > 20
    # Fields side by side, like a number and its dice, need not be equally tall.
    assert all(later >= earlier - 3 for earlier, later in itertools.pairwise(heights))

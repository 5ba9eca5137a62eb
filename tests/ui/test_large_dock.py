"""A dock leaves the window large, and comes back when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QDockWidget, QLabel, QMainWindow

from cnnviz_gui.ui.large_dock import LargeDock

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """A window of 1000 x 700 with a dock of 200 pixels."""
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QLabel("centre"))
    dock = QDockWidget("Patterns", window)
    dock.setWidget(QLabel("patterns"))
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.resizeDocks([dock], [200], Qt.Orientation.Horizontal)
    window.resize(1000, 700)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def dock(window: QMainWindow) -> QDockWidget:
    return window.findChild(QDockWidget)


@pytest.fixture
def large(dock: QDockWidget) -> LargeDock:
    return LargeDock(dock, "Show large")


def test_it_floats_large_before_its_window_and_goes_back(qtbot: QtBot, dock: QDockWidget, large: LargeDock) -> None:
    large.toggle()
    assert dock.isFloating()
    assert dock.isVisible()
    # Nine tenths of the window's height, and a square.
    assert dock.size() == QSize(630, 630)
    assert dock.geometry().center() == dock.parentWidget().geometry().center()
    large.toggle()
    assert not dock.isFloating()
    assert dock.isVisible()
    assert dock.width() < 400


def test_the_button_in_its_title_does_the_same_and_says_so(dock: QDockWidget, large: LargeDock) -> None:
    button = dock.findChild(QAbstractButton, "qt_dockwidget_floatbutton")
    assert button.toolTip() == "Show large"
    button.click()
    assert dock.size() == QSize(630, 630)


def test_one_that_is_dragged_out_stays_as_it_is_in_the_hand(
    monkeypatch: pytest.MonkeyPatch, dock: QDockWidget, large: LargeDock
) -> None:
    monkeypatch.setattr(QGuiApplication, "mouseButtons", lambda: Qt.MouseButton.LeftButton)
    before = dock.size()
    dock.setFloating(True)
    assert dock.size() == before


def test_it_comes_back_as_the_user_left_it(dock: QDockWidget, large: LargeDock) -> None:
    large.toggle()
    dock.resize(500, 450)
    large.toggle()
    large.toggle()
    assert dock.size() == QSize(500, 450)


def test_the_next_start_puts_it_where_it_was(window: QMainWindow, dock: QDockWidget, large: LargeDock) -> None:
    dock.setObjectName("dock")
    large.toggle()
    dock.resize(500, 450)
    state = window.saveState()
    window.hide()
    dock.setFloating(False)
    LargeDock(dock, "Show large")
    assert window.restoreState(state)
    window.show()
    assert dock.isFloating()
    assert dock.size() == QSize(500, 450)


def test_closing_its_window_puts_it_back(qtbot: QtBot, dock: QDockWidget, large: LargeDock) -> None:
    large.toggle()
    assert dock.close()
    qtbot.waitUntil(lambda: dock.isVisible() and not dock.isFloating())


def test_in_the_window_it_is_closed_as_ever_and_shown_large_when_that_is_wanted(
    qtbot: QtBot, dock: QDockWidget, large: LargeDock
) -> None:
    dock.close()
    qtbot.wait(10)
    assert dock.isHidden()
    large.toggle()
    assert dock.isFloating()
    assert dock.isVisible()

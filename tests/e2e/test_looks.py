"""How the window looks, and how it is reached by keyboard."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QMessageBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from e2e_robot import Robot


@pytest.fixture
def light_again(robot: Robot) -> Iterator[None]:
    """Puts the light theme back."""
    yield
    robot.window.theme_chosen.emit("light")


@pytest.mark.usefixtures("light_again")
def test_the_dark_theme_is_chosen_in_the_menu_and_reaches_every_part_of_the_window(robot: Robot) -> None:
    robot.choose_menu("V", "T", "Down", "Down", "Return")

    robot.wait(lambda: QGuiApplication.palette().window().color().lightness() < 80)
    robot.screenshot("looks-dark")
    for name in (
        "grid_title",
        "layerTreeView",
        "patternPanel",
        "inspector",
        "picturePanel",
        "jobBar",
        "mosaic_canvas",
    ):
        widget = robot.find(name)
        assert widget.palette().window().color().lightness() < 80, name
    robot.search_layer("predictions")
    robot.press("Escape")
    robot.wait_until_idle()
    robot.screenshot("looks-dark-bars")
    robot.window.bar.show_error(*_an_error())
    robot.screenshot("looks-dark-error")


def _an_error() -> tuple[object, object, str]:
    from cnnviz_gui.core.errors import message

    return message("{name} is not a picture.", name="letter.png"), message("Open another file."), "details"


def test_no_two_things_in_the_window_answer_the_same_key(robot: Robot) -> None:
    keys = Counter(
        QKeySequence.mnemonic(label.text()).toString()
        for label in robot.window.findChildren(QLabel)
        if label.buddy() is not None and label.isVisible() and label.window() is robot.window
    )
    keys.update(
        QKeySequence.mnemonic(button.text()).toString()
        for button in robot.window.findChildren(QAbstractButton)
        if button.objectName() in {"patternGenerate", "patternStop"} or button.isVisible()
        if button.window() is robot.window
    )
    keys.update(QKeySequence.mnemonic(action.text()).toString() for action in robot.window.menuBar().actions())
    keys.update(
        shortcut.toString() for action in robot.window.findChildren(QAction) for shortcut in action.shortcuts()
    )
    del keys[""]
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("letter", ["F", "E", "V", "N", "P", "H"])
def test_every_menu_opens_with_alt_and_its_letter(robot: Robot, letter: str) -> None:
    robot.choose_menu(letter)
    robot.wait(lambda: QApplication.activePopupWidget() is not None)

    robot.screenshot(f"looks-menu-{letter.lower()}")
    robot.press("Escape", 2)

    robot.wait(lambda: QApplication.activePopupWidget() is None)


def test_f1_lists_the_keyboard_shortcuts(robot: Robot) -> None:
    def reply(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        robot.screenshot("looks-shortcuts")
        assert "Ctrl+G" in dialog.text()
        robot.press("Escape")

    robot.answer(lambda: robot.press("F1"), reply)


def test_the_about_box_names_the_program_and_its_licence(robot: Robot) -> None:
    def reply(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        robot.screenshot("looks-about")
        assert "MIT" in dialog.text()
        robot.press("Escape")

    robot.answer(lambda: robot.choose_menu("H", "A"), reply)


def test_a_small_window_still_shows_every_part(robot: Robot) -> None:
    size = robot.window.size()
    try:
        robot.window.resize(1024, 720)
        robot.wait(lambda: robot.window.width() < size.width())
        robot.wait_until_idle()
        robot.screenshot("looks-small-window")
        assert robot.window.height() <= 720
        assert robot.canvas.width() > 250
    finally:
        robot.window.resize(size)


def test_f11_fills_the_screen_and_goes_back(robot: Robot) -> None:
    robot.press("F11")
    robot.wait(robot.window.isFullScreen)
    robot.wait(lambda: robot.window.width() == QGuiApplication.primaryScreen().size().width())
    robot.screenshot("looks-full-screen")
    robot.press("F11")

    robot.wait(lambda: not robot.window.isFullScreen())
    robot.wait(lambda: robot.window.width() < QGuiApplication.primaryScreen().size().width())

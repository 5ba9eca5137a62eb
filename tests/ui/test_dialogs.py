"""The dialog that chooses one of keras.applications, and those that ask for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QWidget,
)

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.zoo import APPLICATIONS
from cnnviz_gui.ui import dialogs
from cnnviz_gui.ui.dialogs import ApplicationDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def dialog(qtbot: QtBot) -> ApplicationDialog:
    """The dialog on the screen."""
    made = ApplicationDialog()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def search(dialog: ApplicationDialog) -> QLineEdit:
    """Its search field."""
    return dialog.findChild(QLineEdit, "applicationSearch")


@pytest.fixture
def networks(dialog: ApplicationDialog) -> QListWidget:
    """Its list."""
    return dialog.findChild(QListWidget, "applicationList")


def click(qtbot: QtBot, dialog: ApplicationDialog, name: str) -> None:
    """Clicks a radio button or a check box on its sign, not on its words' empty end."""
    button = dialog.findChild(QAbstractButton, name)
    qtbot.keyClick(button, Qt.Key.Key_Space)


def texts(networks: QListWidget) -> list[str]:
    """What can be seen in the list."""
    items = [networks.item(row) for row in range(networks.count())]
    return [item.text() for item in items if not item.isHidden()]


def can_open(dialog: ApplicationDialog) -> bool:
    """Whether Open can be pressed."""
    buttons = dialog.findChild(QDialogButtonBox)
    return buttons.button(QDialogButtonBox.StandardButton.Open).isEnabled()


def test_all_of_keras_applications_are_listed(networks: QListWidget) -> None:
    assert len(APPLICATIONS) == 40
    assert texts(networks) == list(APPLICATIONS)


def test_every_network_says_what_pictures_it_was_made_for(networks: QListWidget) -> None:
    for row in range(networks.count()):
        item = networks.item(row)
        size = APPLICATIONS[item.text()].size
        assert f"{size} x {size}" in item.toolTip()


def test_the_tutorials_network_is_chosen_at_first_with_trained_weights_and_without_its_top(
    dialog: ApplicationDialog,
) -> None:
    assert dialog.source() == NetworkSource("keras:ResNet50", "imagenet", False)
    assert can_open(dialog)


def test_a_search_leaves_what_holds_it_in_any_case(
    qtbot: QtBot, search: QLineEdit, networks: QListWidget, dialog: ApplicationDialog
) -> None:
    qtbot.keyClicks(search, "vgg")
    assert texts(networks) == ["VGG16", "VGG19"]
    assert dialog.source().name == "keras:VGG16", "the first that is left is chosen"


def test_a_search_keeps_the_chosen_network_where_it_fits(
    qtbot: QtBot, search: QLineEdit, dialog: ApplicationDialog
) -> None:
    qtbot.keyClicks(search, " resnet ")
    assert dialog.source().name == "keras:ResNet50"


def test_clearing_the_search_brings_all_back(qtbot: QtBot, search: QLineEdit, networks: QListWidget) -> None:
    qtbot.keyClicks(search, "vgg")
    search.clear()
    assert len(texts(networks)) == 40


def test_a_search_without_a_match_leaves_nothing_to_open(
    qtbot: QtBot, search: QLineEdit, networks: QListWidget, dialog: ApplicationDialog
) -> None:
    qtbot.keyClicks(search, "alexnet")
    assert texts(networks) == []
    assert not can_open(dialog)
    search.setText("x")
    assert can_open(dialog)


def test_weights_and_top_are_the_sources(qtbot: QtBot, dialog: ApplicationDialog) -> None:
    click(qtbot, dialog, "weightsNone")
    click(qtbot, dialog, "includeTop")
    assert dialog.source() == NetworkSource("keras:ResNet50", "none", True)
    click(qtbot, dialog, "includeTop")
    assert dialog.source() == NetworkSource("keras:ResNet50", "none", False)


def test_weights_from_a_file_need_a_file(qtbot: QtBot, dialog: ApplicationDialog) -> None:
    path = dialog.findChild(QLineEdit, "weightsPath")
    assert not path.isEnabled()
    click(qtbot, dialog, "weightsFile")
    assert path.isEnabled()
    assert not can_open(dialog)
    qtbot.keyClicks(path, "  ")
    assert not can_open(dialog)
    qtbot.keyClicks(path, "/weights/mine.h5 ")
    assert can_open(dialog)
    assert dialog.source().weights == "/weights/mine.h5"


def test_a_weights_file_can_be_chosen_in_a_dialog_which_turns_to_weights_from_a_file(
    qtbot: QtBot, dialog: ApplicationDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask_open_files", lambda *_: ["/weights/mine.h5"])
    qtbot.mouseClick(dialog.findChild(QPushButton, "chooseWeights"), Qt.MouseButton.LeftButton)
    assert dialog.source().weights == "/weights/mine.h5"
    assert can_open(dialog)


def test_a_cancelled_choice_of_weights_changes_nothing(
    qtbot: QtBot, dialog: ApplicationDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask_open_files", lambda *_: [])
    qtbot.mouseClick(dialog.findChild(QPushButton, "chooseWeights"), Qt.MouseButton.LeftButton)
    assert dialog.source().weights == "imagenet"


def test_open_and_enter_accept_and_cancel_and_escape_do_not(qtbot: QtBot, dialog: ApplicationDialog) -> None:
    buttons = dialog.findChild(QDialogButtonBox)
    for press, result in (
        (lambda: buttons.button(QDialogButtonBox.StandardButton.Open).click(), QDialog.DialogCode.Accepted),
        (lambda: buttons.button(QDialogButtonBox.StandardButton.Cancel).click(), QDialog.DialogCode.Rejected),
        (lambda: qtbot.keyClick(dialog, Qt.Key.Key_Escape), QDialog.DialogCode.Rejected),
    ):
        dialog.open()
        with qtbot.waitSignal(dialog.finished) as finished:
            press()
        assert finished.args == [result]


def test_the_search_field_has_the_focus_and_down_is_one_tab_away(
    qtbot: QtBot, dialog: ApplicationDialog, search: QLineEdit, networks: QListWidget
) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClick(search, Qt.Key.Key_Tab)
    assert networks.hasFocus()


def test_every_control_has_a_name_for_those_who_cannot_see_it(dialog: ApplicationDialog) -> None:
    controls = [
        control for kind in (QAbstractButton, QLineEdit, QListWidget) for control in dialog.findChildren(kind)
    ]
    nameless = [
        control
        for control in controls
        if control.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and not (control.accessibleName() or (isinstance(control, QAbstractButton) and control.text()))
    ]
    assert nameless == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What Qt's own dialogs were asked; every answer is "chosen"."""
    said: list[tuple[object, ...]] = []

    def answer(result: object) -> object:
        return staticmethod(lambda *arguments: said.append(arguments) or result)

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", answer((["a", "b"], "filter")))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", answer("folder"))
    return said


def test_files_and_folders_are_asked_for_by_qt(qtbot: QtBot, asked: list[tuple[object, ...]]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    assert dialogs.ask_open_files(parent, "Open", "/photos", "Pictures (*.png)") == ["a", "b"]
    assert dialogs.ask_folder(parent, "Choose", "/photos") == "folder"
    assert asked == [
        (parent, "Open", "/photos", "Pictures (*.png)"),
        (parent, "Choose", "/photos"),
    ]


@pytest.mark.parametrize(
    ("typed", "chosen_filter", "asked_about"),
    [
        ("grid", "PNG (*.png)", "grid.png"),
        ("grid", "Raw (*.npz)", "grid.npz"),
        ("grid.npz", "PNG (*.png)", "grid.npz"),
    ],
)
def test_the_name_that_is_asked_about_has_its_ending_already(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, chosen_filter: str, asked_about: str
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)

    def answer(dialog: QFileDialog) -> int:
        dialog.selectNameFilter(chosen_filter)
        dialog.filterSelected.emit(chosen_filter)
        dialog.selectFile(typed)
        return 1

    monkeypatch.setattr(QFileDialog, "exec", answer)
    path = dialogs.ask_save(parent, "Export", str(tmp_path / "first.png"), "PNG (*.png);;Raw (*.npz)")
    assert path == str(tmp_path / asked_about)


def test_a_cancelled_save_is_no_name(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 0)
    assert dialogs.ask_save(parent, "Export", str(tmp_path / "a.png"), "PNG (*.png)") == ""

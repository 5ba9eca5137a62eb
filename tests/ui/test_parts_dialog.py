"""The dialog that opens a network from several files, and the question that must be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
)

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.ui import parts_dialog
from cnnviz_gui.ui.asking_window import AskingWindow
from cnnviz_gui.ui.dialogs import ApplicationDialog
from cnnviz_gui.ui.parts_dialog import PartsDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def make(qtbot: QtBot, source: NetworkSource) -> PartsDialog:
    """The dialog on the screen."""
    dialog = PartsDialog(source, "/nets", None)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def line(dialog: PartsDialog, name: str) -> QLineEdit:
    """One of its three fields."""
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return found


def can_open(dialog: PartsDialog) -> bool:
    """Whether Open can be pressed."""
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open).isEnabled()


@pytest.mark.parametrize(
    "source",
    [
        NetworkSource("/nets/net.json", "/nets/w.h5", classes="/nets/layers.py"),
        NetworkSource("/nets/net.keras"),
        NetworkSource("keras:VGG16", "none", include_top=False),
    ],
)
def test_what_is_known_comes_back_as_it_was(qtbot: QtBot, source: NetworkSource) -> None:
    assert make(qtbot, source).source() == source


def test_a_network_is_needed_and_nothing_else(qtbot: QtBot) -> None:
    dialog = make(qtbot, NetworkSource("", "/nets/w.h5"))
    assert not can_open(dialog)
    qtbot.keyClicks(line(dialog, "partsNetwork"), " /nets/net.keras ")
    assert can_open(dialog)
    assert dialog.source() == NetworkSource("/nets/net.keras", "/nets/w.h5")


def test_the_top_is_a_choice_of_applications_only(qtbot: QtBot) -> None:
    dialog = make(qtbot, NetworkSource("/nets/net.keras"))
    top = dialog.findChild(QCheckBox, "partsTop")
    assert not top.isVisible()
    line(dialog, "partsNetwork").setText("keras:VGG16")
    assert top.isVisible()
    qtbot.keyClick(top, Qt.Key.Key_Space)
    assert dialog.source() == NetworkSource("keras:VGG16", include_top=False)


def test_that_a_python_file_is_run_stands_there(qtbot: QtBot) -> None:
    text = make(qtbot, NetworkSource("")).findChild(QLabel, "partsStatement").text()
    assert "is a program" in text
    assert "runs it" in text


def test_a_file_is_chosen_in_the_folder_of_the_last_one(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = make(qtbot, NetworkSource(""))
    asked = []

    def answer(_parent: object, _title: str, folder: str, filters: str) -> list[str]:
        asked.append((folder, filters))
        return ["/other/net.json"] if "*.json" in filters else ["/other/layers.py"]

    monkeypatch.setattr(parts_dialog, "ask_open_files", answer)
    for name in ("partsNetworkChoose", "partsClassesChoose"):
        qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
    assert dialog.source() == NetworkSource("/other/net.json", classes="/other/layers.py")
    assert [folder for folder, _ in asked] == ["/nets", "/other"]
    assert "*.py" in asked[1][1]


def test_an_application_is_chosen_in_its_own_dialog_with_the_weights_at_hand(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = make(qtbot, NetworkSource("", "/nets/w.h5"))
    monkeypatch.setattr(ApplicationDialog, "exec", lambda _dialog: 1)
    qtbot.mouseClick(dialog.findChild(QPushButton, "partsApplication"), Qt.MouseButton.LeftButton)
    assert dialog.source() == NetworkSource("keras:ResNet50", "/nets/w.h5", include_top=False)


@pytest.mark.parametrize(("key", "agreed"), [("Return", False), ("Escape", False), ("Alt+R", True)])
def test_what_must_be_meant_is_not_done_by_enter(qtbot: QtBot, key: str, agreed: bool) -> None:
    window = AskingWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    texts = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        texts.append((box.text(), box.informativeText()))
        if key == "Alt+R":
            box.findChild(QPushButton, "confirmYes").click()
        else:
            qtbot.keyClick(box, getattr(Qt.Key, f"Key_{key}"))

    QTimer.singleShot(0, press)
    assert window.confirm("Run it?", "It is a program.", "&Run") is agreed
    assert texts == [("Run it?", "It is a program.")]

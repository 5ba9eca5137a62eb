"""The technical side of an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from cnnviz_gui.ui.details_dialog import DetailsDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_all_of_it_can_be_copied(qtbot: QtBot) -> None:
    dialog = DetailsDialog("It failed.", "Try again.", "Traceback: <b>line</b>")
    qtbot.addWidget(dialog)
    dialog.show()
    copy = dialog.findChild(QPushButton, "detailsCopy")
    assert isinstance(copy, QPushButton)
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "It failed.\n\nTry again.\n\nTraceback: <b>line</b>"


def test_details_are_shown_as_they_are(qtbot: QtBot) -> None:
    dialog = DetailsDialog("It failed.", "", "Traceback: <b>line</b>")
    qtbot.addWidget(dialog)
    text = dialog.findChild(QPlainTextEdit, "detailsText")
    assert isinstance(text, QPlainTextEdit)
    assert text.isReadOnly()
    assert text.toPlainText() == "Traceback: <b>line</b>"


def test_escape_closes(qtbot: QtBot) -> None:
    dialog = DetailsDialog("It failed.", "", "")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()

"""The log, for whoever wants to know more, or to send it to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication, QIcon, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from cnnviz_gui.ui.icons import icon

if TYPE_CHECKING:
    from pathlib import Path

SHOWN_BYTES = 200_000
"""Of the log's end: a whole file would take the window a second to lay out."""


class LogDialog(QDialog):
    """Shows the end of the log file; copies it, and opens its folder. It blocks nothing.

    Args:
        path: The log file; it may be missing.
        parent: The window it belongs to.
    """

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("logDialog")
        self.setWindowTitle(self.tr("Log"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self._path = path
        self._place = QLabel(str(path))
        self._place.setObjectName("logPlace")
        self._place.setTextFormat(Qt.TextFormat.PlainText)
        self._place.setWordWrap(True)
        self._place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text = QPlainTextEdit(self._read())
        self._text.setObjectName("logText")
        self._text.setAccessibleName(self.tr("Log"))
        self._text.setPlaceholderText(self.tr("Nothing has been written yet."))
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        # What happened last is what one came for.
        self._text.moveCursor(QTextCursor.MoveOperation.End)
        self._text.moveCursor(QTextCursor.MoveOperation.StartOfLine)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._place)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._make_buttons())

    def sizeHint(self) -> QSize:
        """Wide enough for a line of the log."""
        return QSize(860, 520)

    def _read(self) -> str:
        try:
            with self._path.open("rb") as file:
                size = file.seek(0, 2)
                file.seek(max(0, size - SHOWN_BYTES))
                text = file.read().decode("utf-8", errors="replace")
        except OSError as error:
            return self.tr("The log cannot be read: {reason}").format(reason=error.strerror or error)
        # Not from the middle of a line.
        return text if size <= SHOWN_BYTES else text.partition("\n")[2]

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for name, picture, text, slot in (
            ("logCopy", "copy", self.tr("&Copy"), self._on_copy_clicked),
            ("logFolder", "folder", self.tr("Open &folder"), self._on_folder_clicked),
        ):
            button = QPushButton(icon(picture), text)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        # The style's own cross is black, in the dark too.
        close.setIcon(QIcon())
        close.setDefault(True)
        buttons.rejected.connect(self.close)
        return buttons

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    @Slot()
    def _on_folder_clicked(self) -> None:
        folder = self._path.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._place.setText(self.tr("The desktop opens no folders here. It is {folder}").format(folder=folder))

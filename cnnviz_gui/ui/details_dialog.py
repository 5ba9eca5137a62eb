"""The technical side of an error: text that can be selected and copied."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.theme import set_weight


class DetailsDialog(QDialog):
    """Shows what went wrong, what to do, and the details; copies all three. It blocks nothing.

    Args:
        what: What went wrong, in words.
        hint: What to do about it, or empty.
        details: A traceback, a library's own words.
        parent: The window it belongs to.
    """

    def __init__(self, what: str, hint: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detailsDialog")
        self.setWindowTitle(self.tr("Details"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self._parts = (what, hint, details)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(8)
        title = self._make_label("detailsWhat", what)
        set_weight(title, QFont.Weight.DemiBold)
        layout.addWidget(title)
        if hint:
            layout.addWidget(self._make_label("detailsHint", hint))
        layout.addWidget(self._make_text(details or self.tr("There are no further details.")), 1)
        layout.addWidget(self._make_buttons())

    def sizeHint(self) -> QSize:
        """Wide enough for a traceback's lines."""
        return QSize(680, 420)

    def _make_label(self, name: str, text: str) -> QLabel:
        label = QLabel(text)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    def _make_text(self, details: str) -> QPlainTextEdit:
        text = QPlainTextEdit(details)
        text.setObjectName("detailsText")
        text.setAccessibleName(self.tr("Details"))
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        return text

    def _make_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = QPushButton(icon("copy"), self.tr("&Copy"))
        copy.setObjectName("detailsCopy")
        copy.setToolTip(self.tr("Copy all of this text"))
        copy.setAutoDefault(False)
        copy.clicked.connect(self._on_copy_clicked)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        # The style's own cross is black, in the dark too.
        close.setIcon(QIcon())
        close.setDefault(True)
        buttons.rejected.connect(self.close)
        return buttons

    @Slot()
    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText("\n\n".join(part for part in self._parts if part))

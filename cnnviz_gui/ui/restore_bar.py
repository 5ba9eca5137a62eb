"""The line that offers the session of a window that crashed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from cnnviz_gui.ui.wrapped_label import WrappedLabel


class RestoreBar(QFrame):
    """Says what there is to restore, with *Restore session* and *Discard*; out of sight while there is nothing.

    It waits, and is in nobody's way: all else can be used meanwhile.
    """

    restore_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restoreBar")
        self.setProperty("ground", "warning")
        self._text = WrappedLabel("restoreText")
        restore = QPushButton(self.tr("Restore sess&ion"))
        restore.setObjectName("restoreSession")
        restore.setToolTip(self.tr("Bring back what was on the screen"))
        restore.clicked.connect(lambda: self.restore_requested.emit())
        discard = QPushButton(self.tr("&Discard"))
        discard.setObjectName("discardSession")
        discard.setToolTip(self.tr("Remove the saved session; networks and pictures stay where they are"))
        discard.clicked.connect(lambda: self.discard_requested.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(restore)
        row.addWidget(discard)
        self.hide()

    def show_offer(self, text: str) -> None:
        """Offers what a text describes; nothing when it is empty."""
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self.setVisible(bool(text))

"""A line of words that is as wide as they are, or elided where there is less room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy
from superqt import QElidingLabel


class ElidedWords(QElidingLabel):
    """Words that want all their width, and are elided only where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Shows words."""
        super().setText(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 4, super().sizeHint().height())

"""A label of several lines that is never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class WrappedLabel(QLabel):
    """Plain text that wraps, and insists on the height that its width asks for.

    A plain QLabel asks for the height of a width of its own choosing, and a layout under pressure then cuts
    its last line.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Sets the text, and the height that it needs."""
        super().setText(text)
        self._insist()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._insist()

    def hasHeightForWidth(self) -> bool:
        """No: a layout would then ask for the height of its preferred width, which is narrow, and keep it."""
        return False

    def sizeHint(self) -> QSize:
        """As wide as there is room, as tall as that needs."""
        return QSize(super().sizeHint().width(), self._needed())

    def minimumSizeHint(self) -> QSize:
        """Narrow if need be, but whole."""
        return QSize(min(60, super().minimumSizeHint().width()), self._needed())

    def _needed(self) -> int:
        # A label without text answers -1.
        return max(self.heightForWidth(max(self.width(), 60)), self.fontMetrics().height())

    def _insist(self) -> None:
        needed = self._needed()
        if self.minimumHeight() != needed:
            self.setMinimumHeight(needed)
            self.updateGeometry()

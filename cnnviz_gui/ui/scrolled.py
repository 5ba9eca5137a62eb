"""A column that scrolls where there is no room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scrolled(QScrollArea):
    """Scrolls its content up and down, never sideways, and has a smallest height whatever its content asks for.

    So content that grows (a form that opens, a reason, a curve) cannot make the window taller than its screen.
    """

    def __init__(self, content: QWidget, lowest: int) -> None:
        super().__init__()
        self._content = content
        self._lowest = lowest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        # Else it would paint the ground of a list.
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """All of the content."""
        return self._content.sizeHint().expandedTo(self.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        """As wide as the content needs beside the scroll bar, and no taller than was asked for."""
        width = self._content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, self._lowest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A content of another width needs another width."""
        if watched is self._content and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

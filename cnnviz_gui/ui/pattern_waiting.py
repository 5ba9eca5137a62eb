"""The patterns that wait for those that are being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

from cnnviz_gui.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Sequence


class PatternWaiting(QToolButton):
    """Says how many requests wait; its menu lists them, the next one first, and takes them away."""

    removed = Signal(int)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternWaiting")
        self.setToolTip(self.tr("What waits; choose something to take it away"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self._menu.setObjectName("patternWaitingMenu")
        self.setMenu(self._menu)
        self.show_waiting([])

    def show_waiting(self, waiting: Sequence[str]) -> None:
        """Shows one line for each request that waits; none hides it."""
        text = self.tr("{count} waiting").format(count=len(waiting))
        self.setText(text)
        self.setAccessibleName(text)
        self._menu.clear()
        for place, line in enumerate(waiting):
            action = self._menu.addAction(icon("cancel", "dim"), line)
            action.setToolTip(self.tr("Take it away"))
            action.triggered.connect(lambda _checked, place=place: self.removed.emit(place))
        if len(waiting) > 1:
            self._menu.addSeparator()
            self._menu.addAction(self.tr("Take all away")).triggered.connect(lambda: self.cleared.emit())
        self.setVisible(bool(waiting))

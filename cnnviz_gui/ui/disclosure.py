"""A button that opens and closes what stands below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QToolButton

from cnnviz_gui.ui.icons import icon

ICON = QSize(12, 12)


class Disclosure(QToolButton):
    """Closed at first; `toggled` says that it was opened or closed.

    Args:
        name: Its object's name.
        text: What it opens.
        tip: What that is for.
        heard: Its accessible name.
    """

    def __init__(self, name: str, text: str, tip: str, heard: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(text)
        self.setToolTip(tip)
        self.setAccessibleName(heard)
        self.setIconSize(ICON)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCheckable(True)
        self.setProperty("disclosure", "true")
        self.toggled.connect(self._point)
        self._point(self.isChecked())

    @Slot(bool)
    def _point(self, is_open: bool) -> None:
        self.setIcon(icon("collapse" if is_open else "expand", "dim"))

"""A dock that is worth a window of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget

_EDGE = 0.9
"""The window's edges, of the main window's height."""


class LargeDock(QObject):
    """Gives a dock that leaves the main window the size to look closely, and takes it back when it is closed.

    Qt lets it float as small as it was, and hides it when it is closed. Where it floats the next time, and how
    large, is what the user made of it. One that is dragged out stays as it is in the hand.

    Args:
        dock: In a main window; the owner.
        hint: What the button in its title does.
    """

    def __init__(self, dock: QDockWidget, hint: str) -> None:
        super().__init__(dock)
        self._dock = dock
        self._is_placed = False
        dock.topLevelChanged.connect(self._on_floating_changed)
        dock.installEventFilter(self)
        button = dock.findChild(QAbstractButton, "qt_dockwidget_floatbutton")
        if button is not None:
            button.setToolTip(hint)

    def toggle(self) -> None:
        """Shows it large, or puts it back into the main window."""
        self._dock.setFloating(not self._dock.isFloating() or self._dock.isHidden())
        self._dock.show()
        self._dock.raise_()
        self._dock.activateWindow()

    @Slot(bool)
    def _on_floating_changed(self, floating: bool) -> None:
        if not floating or self._is_placed:
            return
        self._is_placed = True
        if not QGuiApplication.mouseButtons():
            self._dock.setGeometry(self._placed())

    def _placed(self) -> QRect:
        """In the middle of the main window."""
        window = self._dock.parentWidget()
        assert window is not None  # a dock is in one, also while it floats
        around = window.geometry()
        edge = round(_EDGE * around.height())
        placed = QRect(0, 0, min(edge, around.width()), edge)
        placed.moveCenter(around.center())
        return placed

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the floating dock back when it is closed, and lets everything else pass."""
        if event.type() != QEvent.Type.Close or not self._dock.isFloating():
            return False
        # Accepted, since the window may close as part of the program's end; Qt then hides what was closed.
        event.accept()
        self._dock.setFloating(False)
        QTimer.singleShot(0, self._dock, self._dock.show)
        return True

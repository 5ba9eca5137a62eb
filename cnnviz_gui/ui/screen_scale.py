"""What becomes of a window when the scale of its screen changes while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class KeepsSize(QObject):
    """Keeps a window as large as it looked when the scale of its screen changes.

    On X11, Qt 6.11 then leaves the window's pixels as they are and tells its widget nothing: on a denser screen the
    right and the lower part of the content lie outside of the window. Now the window takes as many pixels as its
    content needs, at most those of the screen; one that is maximized keeps its pixels, and the content follows.

    Args:
        window: A window of the screen; the owner.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Looks at the window's events, and lets all of them pass."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            # Only afterwards does the window's handle know how large it is.
            QTimer.singleShot(0, self, self._agree)
        return False

    @Slot()
    def _agree(self) -> None:
        handle, window = self._window.windowHandle(), self._window
        if handle is None or handle.size() == window.size():
            return
        if window.isMaximized() or window.isFullScreen():
            window.resize(handle.size())
        else:
            least = window.minimumSizeHint()
            handle.resize(window.size().boundedTo(handle.screen().availableSize()).expandedTo(least))

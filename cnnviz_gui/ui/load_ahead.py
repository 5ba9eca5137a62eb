"""What is loaded before it is needed, once the window is seen."""

from __future__ import annotations

import importlib
import sys
import threading

from PySide6.QtCore import QObject, QTimer, Signal

LOAD_AFTER_MS = 100
SWITCH_SECONDS = 0.0005
"""How long Python lets one thread run while another wants to. By default ten times as long; while one imports, the
window then waits that long for every call of its own, and there are dozens in one painting."""


def let_the_window_in() -> None:
    """Has every other thread of Python give way to the window sooner."""
    sys.setswitchinterval(SWITCH_SECONDS)


class LoadAhead(QObject):
    """Loads Matplotlib, once the window is seen: .3 s that the first grid would wait.

    In a thread, since importing is Python that lets the window in between; making a canvas of it is left to whoever
    listens to `loaded`, which is emitted in the window's thread.
    """

    loaded = Signal()

    def start(self) -> None:
        """Begins soon."""
        QTimer.singleShot(LOAD_AFTER_MS, self, self._begin)

    def _begin(self) -> None:
        threading.Thread(target=self._load, name="load-matplotlib", daemon=True).start()

    def _load(self) -> None:
        for module in ("cnnviz_gui.ui.mosaic_canvas", "cnnviz_gui.ui.grid_export"):
            importlib.import_module(module)
        importlib.import_module("cnnviz_gui.ui.grid_canvas").draw_once()
        try:
            self.loaded.emit()
        except RuntimeError:
            # The window was closed meanwhile, and this object with it: nobody waits any more.
            return

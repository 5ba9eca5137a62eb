"""What is loaded before it is needed, once the window is seen."""

from __future__ import annotations

import importlib
import threading


def load_matplotlib() -> None:
    """Loads the grid's canvas and with it Matplotlib, once the window is seen: .3 s that the first grid would wait.

    In a thread, since importing is Python that lets the window in between; making the canvas is left to the window.
    """
    threading.Thread(target=_import_canvas, name="load-matplotlib", daemon=True).start()


def _import_canvas() -> None:
    for module in ("cnnviz_gui.ui.mosaic_canvas", "cnnviz_gui.ui.grid_export"):
        importlib.import_module(module)

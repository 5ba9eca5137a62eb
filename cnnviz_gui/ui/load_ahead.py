"""What is loaded before it is needed, once the window is seen."""

from __future__ import annotations

import contextlib
import importlib
import sys
import threading

from PySide6.QtCore import QObject, QTimer, Signal

LOAD_AFTER_MS = 100
PAUSE_MS = 5
"""Between two steps, for the window."""
SWITCH_SECONDS = 0.0005
"""How long Python lets one thread run while another wants to. By default ten times as long, and a window that paints
while another thread computes waits that long for every call of its own."""

STEPS = (
    "numpy.ma",
    "unittest",
    "pyparsing",
    "kiwisolver",
    "matplotlib",
    "fontTools.agl",
    "matplotlib.font_manager",
    "matplotlib.lines",
    "matplotlib.patches",
    "matplotlib.textpath",
    "matplotlib.text",
    "matplotlib.collections",
    "dateutil.parser",
    "matplotlib.image",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_qt",
    "matplotlib.offsetbox",
    "matplotlib.quiver",
    "matplotlib.contour",
    "matplotlib.legend",
    "matplotlib.axis",
    "matplotlib.tri",
    "matplotlib.table",
    "matplotlib.axes",
    "mpl_toolkits.mplot3d",
    "matplotlib.projections",
    "matplotlib.figure",
    "cnnviz_gui.ui.mosaic_canvas",
    "cnnviz_gui.ui.grid_export",
)
"""Modules in an order in which each loads little that was not loaded before: no step but Matplotlib itself, which
cannot be cut, takes 20 ms."""

ASIDE = frozenset({"fontTools.agl", "matplotlib.font_manager"})
"""Those that take long by themselves: a table of the names of characters, and where Matplotlib was never used, a look
into every font of the system, which is half a second for a hundred."""


def let_the_window_in() -> None:
    """Has every other thread of Python give way to the window sooner."""
    sys.setswitchinterval(SWITCH_SECONDS)


class LoadAhead(QObject):
    """Loads Matplotlib, once the window is seen: .2 s that the first grid would wait.

    A module a turn of the event loop, in the window's own thread: a thread beside it would take Python's lock from it
    at every call, and keep it while the system lets another program run. Only what cannot be cut is loaded in one,
    while nothing else is. Making a canvas is left to whoever listens to `loaded`.
    """

    loaded = Signal()
    _loaded_aside = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = iter(STEPS)
        self._timer = QTimer(self, singleShot=True, interval=LOAD_AFTER_MS)
        self._timer.timeout.connect(self._load_next)
        self._loaded_aside.connect(self._timer.start)

    def start(self) -> None:
        """Begins soon."""
        self._timer.start()

    def _load_next(self) -> None:
        self._timer.setInterval(PAUSE_MS)
        module = next(self._steps, None)
        if module is None:
            self.loaded.emit()
        elif module in ASIDE:
            threading.Thread(target=self._load_aside, args=(module,), name="load-aside", daemon=True).start()
        else:
            load(module)
            self._timer.start()

    def _load_aside(self, module: str) -> None:
        load(module)
        # The window may have been closed meanwhile, and this object with it: nobody waits any more.
        with contextlib.suppress(RuntimeError):
            self._loaded_aside.emit()


def load(module: str) -> None:
    """Imports a module; one that another version of Matplotlib has not got is left to whoever needs it."""
    # Loading ahead saves time and nothing else.
    with contextlib.suppress(ImportError):
        importlib.import_module(module)
        if module == "matplotlib":
            _leave_tables_out()


def _leave_tables_out() -> None:
    """Spares Matplotlib the tables of properties in its docstrings, which nobody reads here: a third of its import.

    For each kind of artist it would look up, read and sort what can be set, and write that into the docstrings of
    everything that takes it.
    """
    from matplotlib import artist as artists

    artists.kwdoc = lambda artist: ""

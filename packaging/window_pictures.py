"""Makes the pictures of the window in docs/images, from the real window at work.

    xvfb-run -a -s "-screen 0 1600x1000x24" python packaging/window_pictures.py

writes ``window.png`` (light) and ``window-dark.png``, both 1590 x 960. Settings, sessions and stored patterns are
those of a new user, in a folder that is removed again. Sixteen patterns are made, which takes half a minute.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.app import Workbench

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
WIDTH, HEIGHT = 1590, 960


def main() -> None:
    """Makes both pictures."""
    with tempfile.TemporaryDirectory() as home:
        for kind in ("CONFIG", "CACHE", "DATA", "STATE"):
            os.environ[f"XDG_{kind}_HOME"] = home
        _make(Path(home))


def _make(home: Path) -> None:
    from cnnviz_gui import resources
    from cnnviz_gui.app import Workbench
    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.core.pattern import PRESETS
    from cnnviz_gui.session.state import Lens
    from cnnviz_gui.settings import Settings
    from cnnviz_gui.ui.reports import Reports
    from cnnviz_gui.ui.theme import apply_theme

    app = QApplication(sys.argv[:1])
    apply_theme(app, "light")
    bench = Workbench(app, Settings(), Reports(app), sessions=home)
    photo = next(photo for photo in resources.sample_photos() if photo.name == resources.DEFAULT_PHOTO)
    try:
        bench.start(NetworkSource(resources.DEFAULT_NETWORK), str(photo.path))
        bench.window.resize(WIDTH, HEIGHT)
        _wait(lambda: _shows(bench, "block5c_add"))
        bench.session.select_channels((2,))
        bench.patterns.put("0-15", PRESETS["clear"])
        bench.window.patterns.generate()
        _wait(lambda: bench.patterns.mosaic is not None)
        bench.session.look_through(Lens.PATTERN)
        _save(bench, "window.png")
        apply_theme(app, "dark")
        bench.session.select_layer("block2b_add")
        bench.session.select_channels((15,))
        bench.session.look_through(Lens.OVERLAY)
        _wait(lambda: _shows(bench, "block2b_add"))
        _save(bench, "window-dark.png")
    finally:
        bench.window.close()


def _shows(bench: Workbench, layer: str) -> bool:
    """Whether the channels of a layer are on the screen."""
    grid = bench.grids.grid
    return grid is not None and grid.request.view.layer == layer


def _wait(is_so: Callable[[], bool]) -> None:
    """Lets the window go on until something is so, and nothing is computed any more."""
    loop, timer = QEventLoop(), QTimer(interval=100)
    timer.timeout.connect(lambda: loop.quit() if is_so() else None)
    timer.start()
    loop.exec()


def _save(bench: Workbench, name: str) -> None:
    # What follows from what was shown last: figures, ranks, estimates.
    _wait(lambda: not bench.runner.running())
    bench.window.grab().save(str(IMAGES / name))
    print(f"Written: {IMAGES / name}")


if __name__ == "__main__":
    main()

"""What a person sees in the window: what is written there, the colours of the screen, and when it is up to date."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QTreeView,
    QWidget,
)

from cnnviz_gui.presenters import slots
from cnnviz_gui.resources import sample_photos
from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.app import Workbench
    from cnnviz_gui.core.requests import Grid

AnyWidget = TypeVar("AnyWidget", bound=QWidget)

PATIENCE = 120_000
"""Milliseconds that anything may take on a busy machine."""
PHOTOS = {photo.name: photo.path for photo in sample_photos()}
CAT = str(PHOTOS["chelsea_cat"])
SLOTS = tuple(slot for name, slot in vars(slots).items() if name.isupper())


class Screenshots:
    """Takes pictures of the whole screen, numbered in the order in which they were taken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("[0-9][0-9]*-*.png"):
            old.unlink()
        self._numbers = itertools.count(1)

    def path(self, step: str) -> Path:
        """Where the next picture goes."""
        return self.folder / f"{next(self._numbers):02d}-{step}.png"

    def take(self, step: str) -> None:
        """Paints what waits to be painted, and takes a picture."""
        paint_everything()
        screen = QGuiApplication.primaryScreen()
        assert screen.grabWindow(0).save(str(self.path(step)))


def paint_everything() -> None:
    """Paints every window now; Qt would do it some milliseconds later."""
    QApplication.processEvents()
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.repaint()


class Screen:
    """The window as it is read.

    Args:
        bench: The running application.
        qtbot: Waits.
        screenshots: Takes pictures.
    """

    def __init__(self, bench: Workbench, qtbot: QtBot, screenshots: Screenshots) -> None:
        self.bench = bench
        self.window = bench.window
        self.qtbot = qtbot
        self._screenshots = screenshots

    # What a person sees

    def find(self, name: str, kind: type[AnyWidget] = QWidget) -> AnyWidget:  # type: ignore[assignment]
        """Finds a widget of the window by its name."""
        found = self.window.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} called {name}"
        return found

    def shows_job(self, slot: str) -> bool:
        """Whether the bar shows a job; a quick one never is."""
        row = self.window.findChild(QWidget, f"job-{slot}")
        return row is not None and row.isVisible()

    def text(self, name: str) -> str:
        """Reads a label; empty where it is not to be seen."""
        label = self.find(name, QLabel)
        return label.text() if label.isVisible() else ""

    @property
    def canvas(self) -> MosaicCanvas:
        """The grid's canvas."""
        return self.find("mosaic_canvas", MosaicCanvas)

    @property
    def grid(self) -> Grid:
        """The grid on the screen."""
        grid = self.bench.grids.grid
        assert grid is not None
        return grid

    @property
    def title(self) -> str:
        """The grid's title with single blanks."""
        return " ".join(self.text("grid_title").split())

    @property
    def hover(self) -> str:
        """The line under the grid."""
        return self.text("grid_hover")

    @property
    def classes(self) -> list[str]:
        """The likeliest classes with their shares, likeliest first."""
        bars = self.find("classBars")
        return bars.toolTip().splitlines() if bars.isVisible() else []

    @property
    def error(self) -> str:
        """The error that the window shows."""
        return self.text("jobErrorText")

    @property
    def note(self) -> str:
        """The note of success that the window shows."""
        return self.text("jobNoteText")

    @property
    def made(self) -> str:
        """What the panel says of patterns; how they rank comes a moment later, on a line of its own."""
        return self.text("patternProgress").partition("\n")[0]

    @property
    def layer_in_tree(self) -> str:
        """The layer that is marked in the tree."""
        return str(self.find("layerTreeView", QTreeView).currentIndex().data() or "")

    def next_path(self, step: str) -> Path:
        """Where the next picture goes that a test has itself."""
        return self._screenshots.path(step)

    def screenshot(self, step: str) -> None:
        """Takes a picture of the screen."""
        self._screenshots.take(step)

    def colours(self, widget: QWidget, points: NDArray[np.float64]) -> NDArray[np.uint8]:
        """The colours that the screen has at (n, 2) points (x, y) of a widget: (n, 3) uint8."""
        paint_everything()
        pixmap = QGuiApplication.primaryScreen().grabWindow(self.window.winId())
        image = pixmap.toImage().convertToFormat(pixmap.toImage().Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        pixels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
        corner = widget.mapTo(self.window, QPoint(0, 0))
        x, y = np.floor((points + np.array([corner.x(), corner.y()])) * pixmap.devicePixelRatio()).astype(int).T
        return pixels[y, x].copy()

    def value_centres(self) -> NDArray[np.float64]:
        """Where the middle of every pixel of the mosaic is on the canvas: (h * w, 2), row by row."""
        height, width = self.grid.mosaic.shape
        viewport = self.canvas.scene.viewport
        x = viewport.left + (np.arange(width) + 0.5) * viewport.scale
        y = viewport.top + (np.arange(height) + 0.5) * viewport.scale
        return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)

    def tile(self, channel: int) -> QRectF:
        """Where a channel's tile or bar is on the canvas, once everything has found its place."""
        paint_everything()
        area = self.canvas.scene.area_of(channel)
        assert area is not None, f"channel {channel} is not in the grid"
        return self.canvas.scene.viewport.to_screen(area)

    # What a person waits for

    def wait(self, condition: Callable[[], object], *, timeout: int = PATIENCE) -> None:
        """Waits until something holds."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    def wait_for_grid(self, layer: str = "") -> Grid:
        """Waits until the grid is up to date, and of a layer."""
        state = self.bench.session.state

        def is_there() -> bool:
            nonlocal state
            state = self.bench.session.state
            grid = self.bench.grids.grid
            return (
                grid is not None
                and grid.request == self.bench.grids.request(state)
                and (not layer or state.layer == layer)
                and self.title.startswith(state.layer)
                and not self.canvas.scene.stale_text
            )

        self.wait(is_there)
        return self.grid

    def wait_until_idle(self) -> None:
        """Waits until no job runs."""
        self.wait(lambda: not any(self.bench.runner.busy(slot) for slot in SLOTS))

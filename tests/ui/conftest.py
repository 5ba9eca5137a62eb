"""Grids to show in views, made by the same functions of the core that the engine uses, and the panel of patterns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from cnnviz_gui.core.mosaic import Scale, SortKey, Tiling, channel_order, grey_levels, statistics, tile
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.core.requests import DrawGrid, Grid, View
from cnnviz_gui.ui.channel_grid import ChannelGrid
from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas

# Makes `panel_cases` importable.
sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.ui.pattern_panel import PatternPanel


def pytest_itemcollected(item: pytest.Item) -> None:
    """Lets the offscreen platform say that it has no window manager; every other warning fails."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


class MakeGrid(Protocol):
    """Makes a grid of (H, W, C) values, or of (C,) values a vector."""

    def __call__(
        self,
        values: NDArray[np.float32],
        *,
        scale: Scale = Scale.LAYER,
        sort: SortKey = SortKey.INDEX,
        per_row: int = 16,
        chosen: int = 0,
    ) -> Grid:
        """Makes it."""


@pytest.fixture
def make_grid() -> MakeGrid:
    """The function that makes grids."""

    def make(
        values: NDArray[np.float32],
        *,
        scale: Scale = Scale.LAYER,
        sort: SortKey = SortKey.INDEX,
        per_row: int = 16,
        chosen: int = 0,
    ) -> Grid:
        is_vector = values.ndim == 1
        values = values.reshape(1, 1, -1) if is_vector else values
        view = View(NetworkSource("net"), "block5c_add", make_picture("cat.png", b"cat"), (224, 224), "none")
        stats = statistics(values)
        order = channel_order(values, stats, sort, chosen)
        tiles = grey_levels(values, stats, scale).transpose(2, 0, 1)[order]
        tiling = Tiling(tuple(order.tolist()), values.shape[0], values.shape[1], per_row)
        request = DrawGrid(view, scale=scale, sort=sort, per_row=per_row, chosen=chosen)
        return Grid(request, values, stats, tile(tiles, per_row), tiling, is_vector)

    return make


class Probe:
    """Looks at a canvas, and moves the mouse over it, at places of the mosaic."""

    def __init__(self, canvas: MosaicCanvas, qtbot: QtBot) -> None:
        self._canvas = canvas
        self._qtbot = qtbot

    def center(self, channel: int, row: float | None = None, column: float | None = None) -> QPoint:
        """The point of the canvas where a channel's middle, or that of a position in it, is seen."""
        area = self._canvas.scene.area_of(channel)
        assert area is not None
        if row is not None and column is not None:
            area = QRectF(area.left() + column, area.top() + row, 1, 1)
        return self._canvas.scene.viewport.to_screen(area).center().toPoint()

    def color(self, point: QPoint) -> tuple[int, ...]:
        """What is seen at a point of the canvas."""
        return _seen_color(self._canvas, QPointF(point))

    def turn_wheel(self, point: QPoint, notches: int) -> None:
        """Turns the wheel over a point of the canvas."""
        event = QWheelEvent(
            QPointF(point),
            QPointF(self._canvas.mapToGlobal(point)),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self._canvas, event)

    def drag(self, start: QPoint, by: QPoint) -> None:
        """Drags with the left button."""
        self._qtbot.mousePress(self._canvas, Qt.MouseButton.LeftButton, pos=start)
        for step in (1, 2, 3):
            self._qtbot.mouseMove(self._canvas, start + by * step / 3)
        self._qtbot.mouseRelease(self._canvas, Qt.MouseButton.LeftButton, pos=start + by)


def _seen_color(widget: QWidget, point: QPointF) -> tuple[int, ...]:
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    return image.pixelColor(int(point.x() * ratio), int(point.y() * ratio)).getRgb()[:3]


@pytest.fixture
def view(qtbot: QtBot) -> ChannelGrid:
    """A channel grid on the screen."""
    widget = ChannelGrid()
    widget.resize(900, 700)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def canvas(view: ChannelGrid) -> MosaicCanvas:
    """Its canvas, which is made when something is first to be shown."""
    view.show_selection((), None)
    return view.findChild(MosaicCanvas)


@pytest.fixture
def seen_color() -> Callable[[QWidget, QPointF], tuple[int, ...]]:
    """The function that tells the colour at a point of a widget, on displays of any density."""
    return _seen_color


@pytest.fixture
def probe(canvas: MosaicCanvas, qtbot: QtBot) -> Probe:
    """Of the canvas that the test's file makes."""
    return Probe(canvas, qtbot)


@pytest.fixture
def panel(qtbot: QtBot) -> PatternPanel:
    """The filter-pattern panel of a layer, with its first 64 channels typed."""
    from panel_cases import LAYER

    from cnnviz_gui.ui.pattern_panel import PatternPanel

    panel = PatternPanel()
    qtbot.addWidget(panel)
    panel.resize(360, 900)
    panel.show_layer(LAYER)
    panel.show_channels("0-63")
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def heard(panel: PatternPanel) -> list[tuple[Any, ...]]:
    """Every signal that the panel emitted: its name, and its values."""
    heard: list[tuple[Any, ...]] = []
    for name in (
        "generate_requested",
        "settings_changed",
        "stop_requested",
        "export_requested",
        "pattern_clicked",
        "step_chosen",
        "remedy_requested",
        "waiting_removed",
        "waiting_cleared",
    ):
        getattr(panel, name).connect(lambda *values, name=name: heard.append((name, *values)))
    return heard

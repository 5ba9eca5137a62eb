"""What is seen of a grid: pixels of the mosaic, of bars, and of what marks channels in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QLabel

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.mosaic import Cell, Scale, SortKey
from cnnviz_gui.session.state import Display

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.requests import Grid
    from cnnviz_gui.ui.channel_grid import ChannelGrid
    from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas

    MakeGrid = Callable[..., Grid]
    Probe = Any

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def ramp(height: int, width: int, count: int) -> NDArray[np.float32]:
    """Channel c is c everywhere, but for its first position, which is 0.5: nothing is constant."""
    values = np.ones((height, width, count), np.float32) * np.arange(count, dtype=np.float32)
    values[0, 0] = 0.5
    return values


def hover_text(view: ChannelGrid) -> str:
    """The line below the canvas."""
    return view.findChild(QLabel, "grid_hover").text()


def table_color(name: str, level: int) -> tuple[int, ...]:
    """The colour of a grey level."""
    return tuple(color_table(name)[level].tolist())


def test_cells_have_their_colormaps_colours(view: ChannelGrid, probe: Probe, make_grid: MakeGrid) -> None:
    grid = make_grid(ramp(5, 7, 20))
    view.show_grid(grid, "layer   5 x 7 x 20")
    for channel in (0, 7, 15, 16, 19):
        level = int(grid.mosaic[5 * (channel // 16) + 3, 7 * (channel % 16) + 4])
        assert probe.color(probe.center(channel, 3, 4)) == table_color("viridis", level)


def test_a_colormap_recolours_at_once_without_matplotlib(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    canvas.grab()
    drawn = []
    canvas.mpl_connect("draw_event", drawn.append)
    view.show_display(Display(colormap="magma"))
    assert probe.color(probe.center(15, 2, 2)) == table_color("magma", 255)
    bar = canvas.bar_rect
    assert probe.color(QPoint(round(bar.center().x()), round(bar.bottom()) - 4)) in [
        table_color("magma", level) for level in range(5)
    ]
    assert drawn == []


def test_zoom_pan_sort_and_selection_never_redraw_matplotlib(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    values = ramp(4, 4, 32)
    view.show_grid(make_grid(values), "layer")
    canvas.grab()
    drawn = []
    canvas.mpl_connect("draw_event", drawn.append)
    probe.turn_wheel(canvas.rect().center(), 3)
    probe.drag(canvas.rect().center(), QPoint(40, 20))
    view.show_grid(make_grid(values, sort=SortKey.MEAN), "layer")
    view.show_selection((3, 5), (1, 1))
    canvas.grab()
    assert drawn == []
    assert len(canvas.axes.images) <= 1


def test_sorting_changes_the_order_that_is_seen(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    values = ramp(4, 4, 8)
    view.show_grid(make_grid(values, per_row=8), "layer")
    first = probe.center(0, 2, 2)
    assert probe.color(first) == table_color("viridis", 0)
    view.show_grid(make_grid(values, per_row=8, sort=SortKey.MEAN), "layer")
    assert probe.color(first) in {table_color("viridis", level) for level in (254, 255)}
    assert canvas.scene.cell_at(QPointF(first)) == Cell(7, 2, 2)


def test_nothing_is_hovered_beside_the_last_channel_of_an_incomplete_row(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    view.show_grid(make_grid(ramp(5, 5, 19)), "layer")
    # The rest of the row is ground, not the colormap's darkest colour, which would look like dead channels.
    beside = probe.center(18) + QPoint(round(5 * canvas.scene.viewport.scale), 0)
    assert canvas.scene.cell_at(QPointF(beside)) is None
    assert probe.color(beside) == canvas.palette().base().color().getRgb()[:3]
    assert probe.color(probe.center(18, 2, 2)) == table_color("viridis", 255)


def test_the_chosen_channel_is_framed(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    view.show_grid(make_grid(ramp(28, 28, 100)), "layer")
    view.show_selection((37,), None)
    scene = canvas.scene
    tile = scene.viewport.to_screen(scene.area_of(37))
    accent = canvas.palette().accent().color().getRgb()[:3]
    assert probe.color(QPoint(round(tile.left()) - 2, round(tile.center().y()))) == accent
    view.show_selection((), None)
    assert probe.color(QPoint(round(tile.left()) - 2, round(tile.center().y()))) != accent


def test_dead_and_constant_channels_are_named(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    values = ramp(5, 5, 20)
    values[..., 11] = 0
    values[..., 12] = 1.5
    values[2, 2, 13] = np.nan
    view.show_grid(make_grid(values, scale=Scale.TUTORIAL), "layer")
    assert canvas.tip(11) == "channel 11: zero everywhere"
    assert canvas.tip(12).startswith("channel 12: 1.5")
    assert "not finite" in canvas.tip(13)
    assert canvas.tip(14) == ""
    # Never divided by zero: the middle of the colours.
    assert probe.color(probe.center(11, 3, 2)) == table_color("viridis", 128)


@pytest.mark.parametrize(
    ("shape", "per_row"),
    [((1, 1, 2048), 16), ((1, 1, 2048), 45), ((12, 12, 2), 16), ((250, 167, 64), 16), ((3, 90, 5), 1)],
)
def test_extreme_shapes_are_shown_and_found(
    view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid, shape: tuple[int, int, int], per_row: int
) -> None:
    view.show_grid(
        make_grid(np.random.default_rng(1).normal(size=shape).astype(np.float32), per_row=per_row), "layer"
    )
    canvas.grab()
    last = shape[2] - 1
    found = canvas.scene.cell_at(canvas.scene.viewport.to_screen(canvas.scene.area_of(last)).center())
    assert found is not None
    assert found.channel == last


def test_a_reduced_mosaic_is_averaged_in_grey_levels(view: ChannelGrid, probe: Probe, make_grid: MakeGrid) -> None:
    # A chequerboard of 0 and 1 is half of it everywhere when it is reduced far enough.
    board = (np.indices((400, 400)).sum(axis=0) % 2).astype(np.float32)
    values = np.repeat(board[..., None], 32, axis=2)
    view.show_grid(make_grid(values), "layer")
    middle = probe.color(probe.center(5))
    assert middle in [table_color("viridis", level) for level in range(112, 144)]


def test_a_vector_is_bars_that_can_be_hovered_and_chosen(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    values = np.linspace(1, -1, 50, dtype=np.float32)
    view.show_grid(make_grid(values), "probabilities   50 numbers")
    point = probe.center(5)
    with qtbot.waitSignal(view.hovered) as hovered:
        qtbot.mouseMove(canvas, point)
    assert hovered.args == [Cell(5, 0, 0)]
    assert hover_text(view).endswith(str(values[5]))
    with qtbot.waitSignal(view.channel_clicked) as clicked:
        qtbot.mouseClick(canvas, LEFT, NO_KEY, point)
    assert clicked.args == [5, "only"]
    qtbot.mouseMove(canvas, QPoint(1, 1))
    base = canvas.palette().base().color().getRgb()[:3]
    rect = canvas.scene.viewport.rect
    # A bar of 0.8 goes up from zero, not down.
    assert probe.color(QPoint(point.x(), round(rect.top() + rect.height() * 0.4))) != base
    assert probe.color(QPoint(point.x(), round(rect.top() + rect.height() * 0.7))) == base


def test_long_vectors_are_drawn_too(view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid) -> None:
    values = np.zeros(4096, np.float32)
    values[3000] = 1
    view.show_grid(make_grid(values), "vector")
    rect = canvas.scene.viewport.rect
    image = canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    x = round(canvas.scene.viewport.to_screen(QRectF(3000, 0, 1, 1)).left() * ratio)
    row = [image.pixelColor(x + dx, round(rect.center().y() * ratio)) for dx in (-1, 0, 1)]
    assert any(pixel != canvas.palette().base().color() for pixel in row)

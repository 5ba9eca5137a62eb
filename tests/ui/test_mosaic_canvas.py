"""The canvas of the channel grid under real mouse, wheel and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QLabel

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.mosaic import Cell, SortKey

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


def test_hover_gives_channel_position_and_exact_value(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    values = np.random.default_rng(0).normal(size=(6, 9, 20)).astype(np.float32)
    view.show_grid(make_grid(values), "layer")
    with qtbot.waitSignal(view.hovered) as hovered:
        qtbot.mouseMove(canvas, probe.center(18, 2, 7))
    assert hovered.args == [Cell(18, 2, 7)]
    assert "18" in hover_text(view)
    assert hover_text(view).endswith(str(values[2, 7, 18]))


def test_the_wheel_keeps_the_point_under_the_cursor(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    view.show_grid(make_grid(ramp(28, 28, 100)), "layer")
    point = probe.center(37, 5, 20)
    before = canvas.scene.viewport.to_content(QPointF(point))
    scale = canvas.scene.viewport.scale
    for notches in (1, 2, 3, -2):
        probe.turn_wheel(point, notches)
        after = canvas.scene.viewport.to_content(QPointF(point))
        assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()), abs=0.01)
    assert canvas.scene.viewport.scale > 1.5 * scale


def test_dragging_pans_and_chooses_nothing(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(28, 28, 100)), "layer")
    start = canvas.rect().center()
    probe.turn_wheel(start, 6)
    under = canvas.scene.viewport.to_content(QPointF(start))
    with qtbot.assertNotEmitted(view.channel_clicked):
        probe.drag(start, QPoint(60, -30))
    moved = canvas.scene.viewport.to_content(QPointF(start + QPoint(60, -30)))
    assert (moved.x(), moved.y()) == pytest.approx((under.x(), under.y()), abs=0.01)


def test_a_click_that_trembles_still_chooses(
    view: ChannelGrid, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(28, 28, 100)), "layer")
    with qtbot.waitSignal(view.channel_clicked) as clicked:
        probe.drag(probe.center(20), QPoint(2, 1))
    assert clicked.args == [20, "only"]


@pytest.mark.parametrize(
    ("modifier", "how"),
    [
        (NO_KEY, "only"),
        (Qt.KeyboardModifier.ShiftModifier, "range"),
        (Qt.KeyboardModifier.ControlModifier, "toggle"),
    ],
)
def test_clicks_choose_channels(
    view: ChannelGrid,
    canvas: MosaicCanvas,
    probe: Probe,
    make_grid: MakeGrid,
    qtbot: QtBot,
    modifier: Qt.KeyboardModifier,
    how: str,
) -> None:
    view.show_grid(make_grid(ramp(5, 8, 21)), "layer")
    with qtbot.waitSignal(view.channel_clicked) as clicked:
        qtbot.mouseClick(canvas, LEFT, modifier, probe.center(20))
    assert clicked.args == [20, how]


def test_a_click_in_the_chosen_channel_is_a_position(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(5, 8, 21)), "layer")
    view.show_selection((2, 7), None)
    with qtbot.assertNotEmitted(view.channel_clicked), qtbot.waitSignal(view.position_clicked) as clicked:
        qtbot.mouseClick(canvas, LEFT, NO_KEY, probe.center(7, 3, 6))
    assert clicked.args == [3, 6]


def test_a_double_click_and_0_fit(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(28, 28, 100)), "layer")
    fit = canvas.scene.viewport.scale
    probe.turn_wheel(probe.center(3), 4)
    qtbot.mouseDClick(canvas, LEFT, NO_KEY, probe.center(3))
    assert canvas.scene.viewport.scale == fit
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.scene.viewport.scale > fit
    qtbot.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.scene.viewport.scale == pytest.approx(fit)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.scene.viewport.fitted


@pytest.mark.parametrize(
    ("start", "key", "expected"),
    [
        (5, Qt.Key.Key_Right, 6),
        (5, Qt.Key.Key_Left, 4),
        (15, Qt.Key.Key_Right, 16),
        (5, Qt.Key.Key_Down, 20),
        (20, Qt.Key.Key_Up, 4),
        (3, Qt.Key.Key_Down, 19),
        (5, Qt.Key.Key_Home, 0),
        (5, Qt.Key.Key_End, 20),
    ],
)
def test_keys_walk_the_channels(
    view: ChannelGrid,
    canvas: MosaicCanvas,
    make_grid: MakeGrid,
    qtbot: QtBot,
    start: int,
    key: Qt.Key,
    expected: int,
) -> None:
    view.show_grid(make_grid(ramp(5, 8, 21)), "layer")
    view.show_selection((start,), None)
    with qtbot.waitSignal(view.channel_clicked) as clicked:
        qtbot.keyClick(canvas, key)
    assert clicked.args == [expected, "only"]


def test_keys_walk_in_the_order_that_is_shown(
    view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(5, 8, 21), sort=SortKey.MEAN), "layer")
    view.show_selection((20,), None)
    with qtbot.waitSignal(view.channel_clicked) as clicked:
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert clicked.args == [19, "only"]


def test_a_channel_chosen_out_of_sight_is_brought_into_it(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    view.show_grid(make_grid(ramp(28, 28, 100)), "layer")
    probe.turn_wheel(probe.center(0), 8)
    view.show_selection((99,), None)
    assert canvas.view_rect.contains(probe.center(99))


def test_zoom_stays_for_the_same_tiling_and_not_for_another(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid
) -> None:
    view.show_grid(make_grid(ramp(28, 28, 100)), "layer")
    probe.turn_wheel(probe.center(0), 5)
    scale, left = canvas.scene.viewport.scale, canvas.scene.viewport.left
    view.show_grid(make_grid(ramp(28, 28, 100), sort=SortKey.MEAN), "other")
    assert (canvas.scene.viewport.scale, canvas.scene.viewport.left) == (scale, left)
    view.show_grid(make_grid(ramp(14, 14, 100)), "third")
    assert canvas.scene.viewport.fitted

"""The mosaic of patterns: what is painted where, and what the mouse and the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from cnnviz_gui.core.mosaic import Tiling, tile
from cnnviz_gui.ui.pattern_mosaic import PatternMosaic
from cnnviz_gui.ui.theme import LIGHT, palette_of

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

CHANNELS = (4, 7, 9, 12, 30)
"""In three columns: the last row is not full."""
TILING = Tiling(CHANNELS, 16, 16, 3, 5)


def _pixels(shade: int = 40) -> NDArray[np.uint8]:
    """Tile n is red n * shade."""
    tiles = np.zeros((len(CHANNELS), 16, 16, 3), np.uint8)
    tiles[..., 0] = (np.arange(len(CHANNELS), dtype=np.uint8) * shade)[:, None, None]
    return tile(tiles, 3, 5)


@pytest.fixture
def mosaic(qtbot: QtBot) -> PatternMosaic:
    mosaic = PatternMosaic()
    qtbot.addWidget(mosaic)
    mosaic.setPalette(palette_of(dark=False))
    mosaic.resize(320, 320)
    mosaic.show_mosaic(_pixels(), TILING)
    with qtbot.waitExposed(mosaic):
        mosaic.show()
    return mosaic


@pytest.fixture
def clicked(mosaic: PatternMosaic) -> list[int]:
    channels: list[int] = []
    mosaic.pattern_clicked.connect(channels.append)
    return channels


def _middle(mosaic: PatternMosaic, place: int) -> QPoint:
    return mosaic.tile_rect(place).center().toPoint()


def _wheel(mosaic: PatternMosaic, at: QPointF, notches: int) -> None:
    event = QWheelEvent(
        at,
        mosaic.mapToGlobal(at),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(mosaic, event)


def test_every_pattern_is_painted_at_its_place(mosaic: PatternMosaic) -> None:
    image = mosaic.grab().toImage()
    for place in range(len(CHANNELS)):
        assert image.pixelColor(_middle(mosaic, place)) == QColor(place * 40, 0, 0)


def test_the_mosaic_keeps_its_proportions(mosaic: PatternMosaic) -> None:
    for width, height in ((320, 320), (500, 200), (150, 400)):
        mosaic.resize(width, height)
        square = mosaic.tile_rect(0)
        assert square.width() == pytest.approx(square.height())
        assert mosaic.rect().contains(mosaic.tile_rect(4).toRect())


def test_a_large_mosaic_is_averaged_down(mosaic: PatternMosaic) -> None:
    stripes = np.zeros((1024, 1024, 3), np.uint8)
    stripes[::2] = 255
    mosaic.show_mosaic(stripes, Tiling((0,), 1024, 1024, 1))
    image = mosaic.grab().toImage()
    greys = [image.pixelColor(160, y).red() for y in range(100, 200)]
    assert min(greys) > 90
    assert max(greys) < 165


def test_a_click_tells_the_channel(qtbot: QtBot, mosaic: PatternMosaic, clicked: list[int]) -> None:
    qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=_middle(mosaic, 3))
    assert clicked == [12]


def test_a_click_beside_a_pattern_tells_nothing(qtbot: QtBot, mosaic: PatternMosaic, clicked: list[int]) -> None:
    gap = mosaic.tile_rect(0).topRight().toPoint() + QPoint(6, 10)
    empty_place = mosaic.tile_rect(4).center().toPoint() + QPoint(round(mosaic.tile_rect(4).width() * 1.3), 0)
    for point in (gap, empty_place, QPoint(1, 1)):
        qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=point)
    assert clicked == []


def test_what_is_under_the_cursor_is_framed(qtbot: QtBot, mosaic: PatternMosaic) -> None:
    edge = mosaic.tile_rect(1).topLeft().toPoint() + QPoint(-1, 20)
    assert mosaic.grab().toImage().pixelColor(edge) == QColor(0, 0, 0)
    qtbot.mouseMove(mosaic, _middle(mosaic, 1))
    assert mosaic.grab().toImage().pixelColor(edge) == QColor(LIGHT.accent)
    QApplication.sendEvent(mosaic, QEvent(QEvent.Type.Leave))
    assert mosaic.grab().toImage().pixelColor(edge) == QColor(0, 0, 0)


def test_the_tooltip_tells_the_channel(mosaic: PatternMosaic) -> None:
    point = _middle(mosaic, 4)
    QApplication.sendEvent(mosaic, QHelpEvent(QEvent.Type.ToolTip, point, mosaic.mapToGlobal(point)))
    assert QToolTip.text() == "Channel 30"
    QToolTip.hideText()


def test_the_wheel_zooms_at_the_cursor_and_never_below_fit(mosaic: PatternMosaic) -> None:
    fitted = mosaic.tile_rect(1)
    at = QPointF(fitted.center())
    _wheel(mosaic, at, 4)
    zoomed = mosaic.tile_rect(1)
    assert zoomed.width() > fitted.width() * 2
    assert zoomed.contains(at)
    _wheel(mosaic, at, -40)
    assert mosaic.tile_rect(1) == fitted


def test_a_drag_pans_and_is_no_click(qtbot: QtBot, mosaic: PatternMosaic, clicked: list[int]) -> None:
    _wheel(mosaic, QPointF(160, 160), 5)
    before = mosaic.tile_rect(0).topLeft()
    qtbot.mousePress(mosaic, Qt.MouseButton.LeftButton, pos=QPoint(160, 160))
    qtbot.mouseMove(mosaic, QPoint(200, 190))
    qtbot.mouseRelease(mosaic, Qt.MouseButton.LeftButton, pos=QPoint(200, 190))
    moved = mosaic.tile_rect(0).topLeft() - before
    assert (round(moved.x()), round(moved.y())) == (40, 30)
    assert clicked == []


def test_a_double_click_fits(qtbot: QtBot, mosaic: PatternMosaic) -> None:
    fitted = mosaic.tile_rect(2)
    _wheel(mosaic, QPointF(100, 100), 3)
    qtbot.mouseDClick(mosaic, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert mosaic.tile_rect(2) == fitted


def test_zoom_stays_while_patterns_grow(mosaic: PatternMosaic) -> None:
    _wheel(mosaic, QPointF(100, 100), 3)
    zoomed = mosaic.tile_rect(2)
    mosaic.show_mosaic(_pixels(50), TILING)
    assert mosaic.tile_rect(2) == zoomed
    mosaic.show_mosaic(_pixels()[:16], Tiling(CHANNELS[:3], 16, 16, 3, 5))
    assert mosaic.tile_rect(2) != zoomed


def test_the_keyboard_reaches_every_pattern(qtbot: QtBot, mosaic: PatternMosaic, clicked: list[int]) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(mosaic, key)
    assert clicked == [30]
    qtbot.keyClick(mosaic, Qt.Key.Key_Down)
    qtbot.keyClick(mosaic, Qt.Key.Key_Space)
    assert clicked == [30, 30], "there is nothing below the last row"
    fitted = mosaic.tile_rect(0)
    qtbot.keyClick(mosaic, Qt.Key.Key_Plus)
    assert mosaic.tile_rect(0).width() > fitted.width()
    qtbot.keyClick(mosaic, Qt.Key.Key_0)
    assert mosaic.tile_rect(0) == fitted


def test_the_pixels_are_the_widgets_own(mosaic: PatternMosaic) -> None:
    pixels = _pixels()
    mosaic.show_mosaic(pixels, TILING)
    pixels[:] = 255
    assert mosaic.grab().toImage().pixelColor(_middle(mosaic, 1)) == QColor(40, 0, 0)


def test_before_there_is_anything_the_mouse_does_no_harm(qtbot: QtBot) -> None:
    mosaic = PatternMosaic()
    qtbot.addWidget(mosaic)
    mosaic.show_empty("Nothing yet.")
    mosaic.show()
    _wheel(mosaic, QPointF(10, 10), 1)
    qtbot.mouseClick(mosaic, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.mouseDClick(mosaic, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.keyClick(mosaic, Qt.Key.Key_Right)
    assert mosaic.channel_at(QPointF(10, 10)) is None


def test_the_room_is_told_when_it_changes_and_everything_is_seen(mosaic: PatternMosaic) -> None:
    told: list[float] = []
    mosaic.aspect_changed.connect(told.append)
    mosaic.resize(640, 320)
    _wheel(mosaic, QPointF(20, 20), 3)
    mosaic.resize(320, 320)
    assert told == [2.0], "who looks at a part of it is left alone"
    mosaic.fit()
    mosaic.show_mosaic(_pixels(50), TILING)
    assert told == [2.0, 1.0]

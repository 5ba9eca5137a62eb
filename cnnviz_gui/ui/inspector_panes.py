"""The inspector's pictures: a channel with its colour bar, the same over the picture, kernels and a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QImage, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cnnviz_gui.ui.grid_levels import LevelsPicture, indexed_image
from cnnviz_gui.ui.grid_painter import gap_areas, paint_crosshair
from cnnviz_gui.ui.grid_viewport import Viewport
from cnnviz_gui.ui.mpl_style import frame_line, small_font

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

    from cnnviz_gui.core.mosaic import Tiling

Ticks = tuple[tuple[float, str], ...]
"""(grey level 0..255, text) of each tick of a colour bar."""

BAR_WIDTH = 12
BAR_GAP = 10
LABEL_GAP = 6


class Pane(QWidget):
    """Something to look at, as large as there is room for."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 110)
        self._tip: Callable[[QPointF], str] = lambda _point: ""

    def sizeHint(self) -> QSize:
        """About square."""
        return QSize(260, 240)

    def set_tip(self, tip: Callable[[QPointF], str]) -> None:
        """Sets what is said about a point of the pane."""
        self._tip = tip

    def event(self, event: QEvent) -> bool:
        """Shows the exact value under the cursor as a tool tip."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(QPointF(event.pos())), self)
            return True
        return bool(super().event(event))

    def pixel(self) -> float:
        """Size of a device pixel in logical ones."""
        return 1 / self.devicePixelRatioF()


class LevelsPane(Pane):
    """Grey levels in the colours of a colormap, with a colour bar that has true values."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, title)
        self._picture = LevelsPicture()
        self._viewport = Viewport()
        self._table: list[int] = []
        self._ticks: Ticks = ()
        self._position: tuple[int, int] | None = None
        self._tiling: Tiling | None = None
        self._gradient = np.arange(255, -1, -1, dtype=np.uint8).reshape(-1, 1)

    def show_levels(
        self,
        levels: NDArray[np.uint8],
        table: list[int],
        ticks: Ticks,
        *,
        position: tuple[int, int] | None = None,
        tiling: Tiling | None = None,
    ) -> None:
        """Shows (h, w) levels, and marks a position; where a tiling has gaps the ground is seen."""
        self._picture.set_levels(levels)
        self._table, self._ticks, self._position, self._tiling = table, ticks, position, tiling
        self._viewport.set_content(levels.shape[1], levels.shape[0])
        self.update()

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """(row, column) of the levels under a point."""
        there = self._viewport.to_content(point)
        row, column = int(there.y() // 1), int(there.x() // 1)
        height, width = self._picture.levels.shape
        return (row, column) if 0 <= row < height and 0 <= column < width else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the levels and the colour bar beside them, both of one height."""
        if not self._table:
            return
        painter = QPainter(self)
        metrics = QFontMetricsF(small_font(self.font()))
        widest = max((metrics.horizontalAdvance(text) for _, text in self._ticks), default=0)
        beside = BAR_GAP + BAR_WIDTH + LABEL_GAP + widest + 2
        # The outermost ticks' texts are centred on the ends of the bar.
        air = metrics.height() / 2
        room = QRectF(1, air, max(self.width() - beside - 2, 1), max(self.height() - 2 * air, 1))
        self._viewport.set_rect(room, self.pixel())
        self._picture.paint(painter, self._viewport, self._table)
        area = self._viewport.to_screen(QRectF(QPointF(0, 0), self._viewport.size))
        palette = self.palette()
        if self._tiling is not None:
            for gap in gap_areas(self._tiling):
                painter.fillRect(self._viewport.to_screen(gap), palette.color(QPalette.ColorRole.Window))
        if self._position is not None:
            row, column = self._position
            cell = self._viewport.to_screen(QRectF(column, row, 1, 1))
            accent, ground = palette.color(QPalette.ColorRole.Accent), palette.color(QPalette.ColorRole.Window)
            paint_crosshair(painter, area, cell, accent, ground)
        bar = QRectF(area.right() + BAR_GAP, room.top(), BAR_WIDTH, room.height())
        if area.height() > 90:
            bar.setTop(area.top())
            bar.setBottom(area.bottom())
        self._paint_bar(painter, bar, metrics)
        painter.end()

    def _paint_bar(self, painter: QPainter, bar: QRectF, metrics: QFontMetricsF) -> None:
        painter.drawImage(bar, indexed_image(self._gradient, self._table), QRectF(0, 0, 1, 256))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(frame_line(self.palette()), 1))
        painter.drawRect(bar.adjusted(-0.5, -0.5, 0, 0))
        painter.setFont(small_font(self.font()))
        for level, text in _apart(self._ticks, metrics.height() / max(bar.height(), 1) * 255):
            y = bar.bottom() - level / 255 * bar.height()
            painter.setPen(QPen(frame_line(self.palette()), 1))
            painter.drawLine(QLineF(bar.right(), y, bar.right() + 3, y))
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            at = QRectF(bar.right() + LABEL_GAP, y - metrics.height() / 2, 200, metrics.height())
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _apart(ticks: Sequence[tuple[float, str]], room: float) -> list[tuple[float, str]]:
    """The first and the last tick, and those between whose labels touch no other; ``room`` is a label's height."""
    if len(ticks) < 2:
        return list(ticks)
    kept = [ticks[0]]
    for tick in ticks[1:-1]:
        if tick[0] - kept[-1][0] >= room and ticks[-1][0] - tick[0] >= room:
            kept.append(tick)
    return [*kept, ticks[-1]]


GAP = 8
"""Pixels between pictures that stand side by side."""


class PicturesPane(Pane):
    """One or more pictures side by side, each as large as fits."""

    def __init__(self, name: str, title: str, *, smooth: bool) -> None:
        super().__init__(name, title)
        self._smooth = smooth
        self._pictures: tuple[NDArray[np.uint8], ...] = ()

    def show_pictures(self, pictures: Sequence[NDArray[np.uint8]]) -> None:
        """Shows (h, w, 3) pictures."""
        self._pictures = tuple(np.ascontiguousarray(picture) for picture in pictures)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the pictures."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._smooth)
        count = max(len(self._pictures), 1)
        wide = (self.width() - GAP * (count - 1)) / count
        for place, pixels in enumerate(self._pictures):
            room = QRectF(place * (wide + GAP), 0, wide, self.height())
            painter.drawImage(fitted(room, pixels.shape[1], pixels.shape[0]), rgb_image(pixels))
        painter.end()


class OverlayPane(Pane):
    """A channel laid over the picture that it was computed from."""

    def __init__(self, name: str, title: str) -> None:
        super().__init__(name, title)
        self._photo: NDArray[np.uint8] | None = None
        self._levels = np.zeros((1, 1), np.uint8)
        self._enlarged = self._levels
        self._enlarged_for: tuple[int, int, bool] | None = None
        self._table: list[int] = []
        self._opacity = 0.0
        self._smooth = True

    def show_overlay(self, photo: NDArray[np.uint8], levels: NDArray[np.uint8], table: list[int]) -> None:
        """Shows (h, w) levels over an (H, W, 3) picture; both cover the same, so the levels are stretched."""
        self._photo, self._levels, self._table = np.ascontiguousarray(photo), levels, table
        self._enlarged_for = None
        self.update()

    def set_opacity(self, opacity: float) -> None:
        """Lets 0..1 of the channel be seen."""
        self._opacity = opacity
        self.update()

    def set_smooth(self, smooth: bool) -> None:
        """Interpolates between the channel's positions, or shows them as squares."""
        self._smooth = smooth
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the picture and the channel over it."""
        if self._photo is None:
            return
        painter = QPainter(self)
        area = fitted(QRectF(self.rect()), self._photo.shape[1], self._photo.shape[0])
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, rgb_image(self._photo))
        if self._opacity > 0:
            painter.setOpacity(self._opacity)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
            enlarged = self._levels_at(round(area.width() / self.pixel()), round(area.height() / self.pixel()))
            painter.drawImage(area, indexed_image(enlarged, self._table))
        painter.end()

    def _levels_at(self, width: int, height: int) -> NDArray[np.uint8]:
        """The levels in screen size: interpolating levels, not colours, stays inside the colormap."""
        key = (max(width, 1), max(height, 1), self._smooth)
        if key != self._enlarged_for:
            way = Image.Resampling.BILINEAR if self._smooth else Image.Resampling.NEAREST
            self._enlarged = np.ascontiguousarray(Image.fromarray(self._levels).resize(key[:2], way))
            self._enlarged_for = key
        return self._enlarged


def fitted(room: QRectF, width: int, height: int) -> QRectF:
    """The largest rectangle of an aspect in the middle of a room, on whole pixels."""
    scale = max(min(room.width() / width, room.height() / height), 0.0)
    wide, high = round(width * scale), round(height * scale)
    return QRectF(round(room.center().x() - wide / 2), round(room.center().y() - high / 2), wide, high)


def rgb_image(pixels: NDArray[np.uint8]) -> QImage:
    """An (h, w, 3) picture. It keeps no reference: the (C-contiguous) array must outlive it."""
    return QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], QImage.Format.Format_RGB888)

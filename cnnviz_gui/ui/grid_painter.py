"""What is painted over a mosaic: lines between tiles, numbers, marks, frames and the position."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen

from cnnviz_gui.ui.mpl_style import mix, small_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QFont

    from cnnviz_gui.core.mosaic import Statistics, Tiling
    from cnnviz_gui.ui.grid_viewport import Viewport

SEPARATED_FROM = 24.0
"""Screen pixels of a tile from which lines are drawn between tiles."""
NUMBERED_FROM = 48.0
MARKED_FROM = 12.0


def tile_area(tiling: Tiling, place: int) -> QRectF:
    """The tile at a place, in pixels of the mosaic."""
    top, left = tiling.corner(place)
    return QRectF(left, top, tiling.tile_width, tiling.tile_height)


def seen_places(tiling: Tiling, viewport: Viewport) -> Iterator[int]:
    """Places of the tiles that are seen."""
    seen = viewport.seen()
    if seen.isEmpty():
        return
    across, down = tiling.tile_width + tiling.gap, tiling.tile_height + tiling.gap
    last = min(math.ceil(seen.right() / across), tiling.per_row)
    for row in range(int(seen.top() // down), min(math.ceil(seen.bottom() / down), tiling.rows)):
        for column in range(int(seen.left() // across), last):
            if row * tiling.per_row + column < len(tiling.order):
                yield row * tiling.per_row + column


def empty_area(tiling: Tiling) -> QRectF | None:
    """The part of an incomplete last row that has no channel, in pixels of the mosaic."""
    missing = tiling.rows * tiling.per_row - len(tiling.order)
    if not missing:
        return None
    top, left = tiling.corner(len(tiling.order))
    return QRectF(left, top, tiling.width - left, tiling.tile_height)


def separator_lines(tiling: Tiling) -> list[tuple[float, float, float, float]]:
    """Lines (x1, y1, x2, y2) between the tiles, in pixels of the mosaic; none where there are gaps."""
    if tiling.gap:
        return []
    high, wide = tiling.tile_height, tiling.tile_width
    filled = len(tiling.order) % tiling.per_row or tiling.per_row
    across = [(0.0, row * high, tiling.width, row * high) for row in range(1, tiling.rows)]
    full = (tiling.rows - 1) * high
    down = [
        (column * wide, 0.0, column * wide, full + (high if column <= filled else 0))
        for column in range(1, tiling.per_row)
    ]
    return [*across, *down]


def gap_areas(tiling: Tiling) -> list[QRectF]:
    """What is no tile: the gaps between them and the rest of an incomplete last row, in pixels of the mosaic."""
    high, wide, gap = tiling.tile_height + tiling.gap, tiling.tile_width + tiling.gap, tiling.gap
    areas = []
    if gap:
        areas += [QRectF(0, row * high - gap, tiling.width, gap) for row in range(1, tiling.rows)]
        areas += [QRectF(column * wide - gap, 0, gap, tiling.height) for column in range(1, tiling.per_row)]
    empty = empty_area(tiling)
    return areas if empty is None else [*areas, empty]


def mark_of(stats: Statistics, channel: int) -> str:
    """What is odd about a channel: "dead", "constant", "broken" (not finite), or empty."""
    if not stats.finite[channel]:
        return "broken"
    if stats.dead[channel]:
        return "dead"
    return "constant" if stats.constant[channel] else ""


class TilesPainter:
    """Paints over the tiles of a mosaic, all in screen pixels."""

    def __init__(self, painter: QPainter, viewport: Viewport, tiling: Tiling, palette: QPalette, font: QFont) -> None:
        self._painter = painter
        self._viewport = viewport
        self._tiling = tiling
        self._font = small_font(font)
        self._ground = palette.color(QPalette.ColorRole.Window)
        self._text = palette.color(QPalette.ColorRole.WindowText)
        self._highlight = palette.color(QPalette.ColorRole.Accent)
        self._base = palette.color(QPalette.ColorRole.Base)
        self._tile = min(tiling.tile_width, tiling.tile_height) * viewport.scale

    def paint_empty(self) -> None:
        """Clears what fills up an incomplete last row, which is no channel."""
        area = empty_area(self._tiling)
        if area is not None:
            # A little more than the area: its edges may lie between device pixels.
            self._painter.fillRect(self._viewport.to_screen(area).adjusted(0, 0, 1, 1), self._base)

    def paint_separators(self) -> None:
        """Draws thin lines between tiles that are large enough."""
        if self._tile < SEPARATED_FROM:
            return
        self._painter.setPen(QPen(self._base, 1))
        lines = []
        for x1, y1, x2, y2 in separator_lines(self._tiling):
            area = self._viewport.to_screen(QRectF(x1, y1, x2 - x1, y2 - y1))
            lines.append(QLineF(round(area.left()), round(area.top()), round(area.right()), round(area.bottom())))
        self._painter.drawLines(lines)

    def paint_numbers(self, stats: Statistics) -> None:
        """Writes the channels' numbers and marks the dead and constant ones."""
        if self._tile < MARKED_FROM:
            return
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setFont(self._font)
        metrics = QFontMetricsF(self._font)
        marked = (stats.constant | ~stats.finite).tolist()
        for place in seen_places(self._tiling, self._viewport):
            channel = self._tiling.order[place]
            tile = self._viewport.to_screen(tile_area(self._tiling, place))
            if self._tile >= NUMBERED_FROM:
                text = str(channel)
                width = metrics.horizontalAdvance(text) + 6
                box = QRectF(tile.left() + 2, tile.top() + 2, width, metrics.height())
                self._paint_plate(box)
                self._painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            if marked[channel]:
                self._paint_mark(tile, mark_of(stats, channel))
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def paint_frame(self, channel: int, *, chosen: bool) -> None:
        """Frames a selected channel; the chosen one is the one the inspector shows."""
        place = self._tiling.place_of(channel)
        if place is None:
            return
        tile = self._viewport.to_screen(tile_area(self._tiling, place))
        self._paint_outlined(tile, 4.0 if chosen else 2.0)

    def paint_hover(self, channel: int) -> None:
        """Frames the channel under the cursor, quietly."""
        place = self._tiling.place_of(channel)
        if place is not None:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(self._text, 1))
            self._painter.drawRect(self._viewport.to_screen(tile_area(self._tiling, place)).adjusted(0, 0, -1, -1))

    def paint_position(self, channel: int, row: int, column: int) -> None:
        """Marks a position with a crosshair that leaves its cell free."""
        place = self._tiling.place_of(channel)
        if place is None or not (row < self._tiling.tile_height and column < self._tiling.tile_width):
            return
        area = tile_area(self._tiling, place)
        tile = self._viewport.to_screen(area)
        cell = self._viewport.to_screen(QRectF(area.left() + column, area.top() + row, 1, 1))
        paint_crosshair(self._painter, tile, cell, self._highlight, self._ground)

    def _paint_outlined(self, tile: QRectF, width: float) -> None:
        painter = self._painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        outer = tile.adjusted(-width / 2, -width / 2, width / 2, width / 2)
        painter.setPen(QPen(self._ground, width + 2, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(outer)
        painter.setPen(QPen(self._highlight, width, j=Qt.PenJoinStyle.MiterJoin))
        painter.drawRect(outer)

    def _paint_plate(self, box: QRectF) -> None:
        ground = QColor(self._ground)
        ground.setAlpha(185)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(ground)
        self._painter.drawRoundedRect(box, 2, 2)
        self._painter.setPen(self._text)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_mark(self, tile: QRectF, mark: str) -> None:
        """A slashed circle for a dead channel, two bars for a constant one, an exclamation mark for a broken one."""
        side = min(max(self._tile * 0.22, 8.0), 13.0)
        box = QRectF(tile.right() - side - 2, tile.top() + 2, side, side)
        self._paint_plate(box)
        painter, inner = self._painter, box.adjusted(side * 0.22, side * 0.22, -side * 0.22, -side * 0.22)
        painter.setPen(QPen(mix(self._text, self._ground, 0.1), max(side * 0.11, 1.0)))
        if mark == "dead":
            painter.drawEllipse(inner)
            painter.drawLine(inner.bottomLeft(), inner.topRight())
        elif mark == "constant":
            for y in (inner.top() + inner.height() * 0.3, inner.top() + inner.height() * 0.7):
                painter.drawLine(QPointF(inner.left(), y), QPointF(inner.right(), y))
        else:
            x = inner.center().x()
            painter.drawLine(QPointF(x, inner.top()), QPointF(x, inner.top() + inner.height() * 0.62))
            painter.drawPoint(QPointF(x, inner.bottom()))


def paint_crosshair(painter: QPainter, tile: QRectF, cell: QRectF, color: QColor, outline: QColor) -> None:
    """Lines through a tile that leave a cell free, and the cell's frame."""
    if cell.width() < 4:
        cell = QRectF(cell.center().x() - 2, cell.center().y() - 2, 4, 4)
    middle = cell.center()
    lines = [
        QLineF(tile.left(), middle.y(), cell.left(), middle.y()),
        QLineF(cell.right(), middle.y(), tile.right(), middle.y()),
        QLineF(middle.x(), tile.top(), middle.x(), cell.top()),
        QLineF(middle.x(), cell.bottom(), middle.x(), tile.bottom()),
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    faint, clear = QColor(outline), QColor(color)
    faint.setAlpha(110)
    painter.setPen(QPen(faint, 3))
    painter.drawLines(lines)
    painter.setPen(QPen(clear, 1))
    painter.drawLines(lines)
    for pen in (QPen(outline, 4), QPen(color, 2)):
        painter.setPen(pen)
        painter.drawRect(cell)

"""A vector as bars: one for each channel, painted without one object a bar."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen

from cnnviz_gui.ui.grid_scale import figure, round_ticks
from cnnviz_gui.ui.mpl_style import frame_line, mix, muted_text, small_font

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QFont

    from cnnviz_gui.ui.grid_viewport import Viewport

HEADROOM = 0.06


def bar_range(values: NDArray[np.float32]) -> tuple[float, float]:
    """The values at the bottom and the top: zero is always seen, and there is some air."""
    finite = values[np.isfinite(values)]
    low = min(float(finite.min(initial=0)), 0.0)
    high = max(float(finite.max(initial=0)), 0.0)
    if low == high:
        return -1.0, 1.0
    air = (high - low) * HEADROOM
    return low - (air if low < 0 else 0), high + (air if high > 0 else 0)


class BarsPainter:
    """Paints a vector in a viewport whose content is one unit wide for each channel."""

    def __init__(
        self, painter: QPainter, viewport: Viewport, values: NDArray[np.float32], palette: QPalette, font: QFont
    ) -> None:
        """Takes ``values`` (C,) in the order in which they are shown."""
        self._painter = painter
        self._viewport = viewport
        self._values = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
        self._low, self._high = bar_range(values)
        self._palette = palette
        self._font = small_font(font)

    def paint_bars(self, *, stale: bool) -> None:
        """Paints all bars that are seen; several in a pixel become one from the smallest to the largest."""
        view = self._viewport
        text, base = (self._palette.color(role) for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Base))
        color = mix(text, base, 0.78 if stale else 0.45)
        for tick in round_ticks(self._low, self._high)[1:-1]:
            y = self._y(tick)
            self._painter.setPen(QPen(mix(text, base, 0.88), 1))
            self._painter.drawLine(QLineF(view.rect.left(), y, view.rect.right(), y))
        if view.scale < 2:
            self._paint_columns(color)
        else:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(color)
            first, last = self._seen()
            self._painter.drawRects([self.bar(place) for place in range(first, last)])
        self._painter.setPen(QPen(muted_text(self._palette), 1))
        self._painter.drawLine(QLineF(view.rect.left(), self._y(0), view.rect.right(), self._y(0)))

    def paint_selected(self, place: int, *, chosen: bool) -> None:
        """Colours a chosen bar, and the column it stands in, so that a bar of zero is seen too."""
        highlight = self._palette.color(QPalette.ColorRole.Accent)
        column = self._viewport.to_screen(QRectF(place, 0, 1, 1))
        if column.width() < 3:
            column.adjust(-1, 0, 3 - column.width() - 1, 0)
        veil = QColor(highlight)
        veil.setAlpha(90 if chosen else 50)
        self._painter.fillRect(column, veil)
        bar = self.bar(place)
        bar.setWidth(max(bar.width(), 2.0))
        self._painter.fillRect(bar, highlight)

    def paint_hover(self, place: int) -> None:
        """Lightens the column under the cursor."""
        veil = QColor(self._palette.color(QPalette.ColorRole.WindowText))
        veil.setAlpha(28)
        column = self._viewport.to_screen(QRectF(place, 0, 1, 1))
        self._painter.fillRect(column.adjusted(0, 0, max(1 - column.width(), 0), 0), veil)

    def paint_labels(self, order: tuple[int, ...]) -> None:
        """Writes values at the left and channel numbers below, outside the viewport's rectangle."""
        rect, painter = self._viewport.rect, self._painter
        metrics = QFontMetricsF(self._font)
        painter.setFont(self._font)
        ticks = round_ticks(self._low, self._high)[1:-1]
        for tick in dict.fromkeys([*ticks, 0.0]):
            y = self._y(tick)
            box = QRectF(0, y - metrics.height() / 2, rect.left() - 7, metrics.height())
            painter.setPen(self._palette.color(QPalette.ColorRole.WindowText))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure(tick))
            painter.setPen(frame_line(self._palette))
            painter.drawLine(QLineF(rect.left() - 4, y, rect.left(), y))
        room = metrics.horizontalAdvance(str(len(order))) + 24
        for place in labelled_places(self._viewport, len(order), room):
            x = self._viewport.to_screen(QRectF(place, 0, 1, 1)).center().x()
            painter.setPen(frame_line(self._palette))
            painter.drawLine(QLineF(x, rect.bottom(), x, rect.bottom() + 4))
            painter.setPen(self._palette.color(QPalette.ColorRole.WindowText))
            box = QRectF(x - 40, rect.bottom() + 5, 80, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, str(order[place]))

    def bar(self, place: int) -> QRectF:
        """The bar at a place, in screen pixels."""
        column = self._viewport.to_screen(QRectF(place, 0, 1, 1))
        gap = 1.0 if column.width() >= 4 else 0.0
        zero, end = self._y(0), self._y(float(self._values[place]))
        return QRectF(column.left(), min(zero, end), column.width() - gap, max(abs(end - zero), 0.5))

    def _seen(self) -> tuple[int, int]:
        seen = self._viewport.seen()
        return math.floor(seen.left()), min(math.ceil(seen.right()), len(self._values))

    def _y(self, value: float) -> float:
        rect = self._viewport.rect
        return rect.bottom() - (value - self._low) / (self._high - self._low) * rect.height()

    def _paint_columns(self, color: QColor) -> None:
        """For every column of pixels one rectangle, from the largest value above zero to the smallest below."""
        first, last = self._seen()
        values = self._values[first:last]
        if not len(values):
            return
        view = self._viewport
        places = np.arange(first, last)
        columns = ((places * view.scale + view.left) / view.pixel).astype(int)
        starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
        tops = np.maximum.reduceat(np.maximum(values, 0), starts)
        bottoms = np.minimum.reduceat(np.minimum(values, 0), starts)
        lefts = columns[starts] * view.pixel
        rights = np.append(lefts[1:], (last * view.scale) + view.left)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(color)
        # One polygon around all of them takes Qt thirty times as long.
        columns_of_pixels = []
        for left, right, top, bottom in zip(
            lefts.tolist(), rights.tolist(), tops.tolist(), bottoms.tolist(), strict=True
        ):
            y = self._y(top)
            columns_of_pixels.append(QRectF(left, y, right - left, self._y(bottom) - y))
        self._painter.drawRects(columns_of_pixels)


def labelled_places(viewport: Viewport, count: int, room: float) -> range:
    """Places whose numbers are written below: every so many that each has ``room`` screen pixels."""
    seen = viewport.seen()
    first, last = math.floor(seen.left()), min(math.ceil(seen.right()), count)
    wanted = room / viewport.scale
    magnitude = 10 ** math.floor(math.log10(max(wanted, 1)))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= wanted)
    return range(-(-first // step) * step, last, step)

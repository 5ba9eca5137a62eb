"""A small histogram of a channel's values, its bars in the colours the values have in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviz_gui.ui.grid_scale import figure
from cnnviz_gui.ui.mpl_style import frame_line, muted_text, small_font

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QPaintEvent

BINS = 64


class Histogram(QWidget):
    """Shows how often which value occurs; the height of a bar is the logarithm of its count.

    Without the logarithm the many zeros of a ReLU would leave nothing of all other values.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("histogram")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("How often which value occurs (heights are logarithms of counts)"))
        self.setAccessibleName(self.tr("Histogram of the channel's values"))
        self._counts = np.zeros(BINS, np.intp)
        self._ends = (0.0, 0.0)
        self._colors: list[int] = []
        self._marked: float | None = None

    def show_values(
        self, values: NDArray[np.float32], table: list[int], value_range: tuple[float, float], marked: float | None
    ) -> None:
        """Shows values.

        Args:
            values: Of any shape; those that are not finite are left out.
            table: The 256 colours of grey levels.
            value_range: Values of the levels 0 and 255.
            marked: A value to point at, or None.
        """
        # In float64, where the span of two large float32 does not overflow.
        finite = values[np.isfinite(values)].astype(np.float64)
        self._ends = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        low, high = self._ends
        span = high - low
        if span > 0:
            # np.histogram takes three times as long.
            places = ((finite - low) * (BINS / span)).astype(np.intp)
            self._counts = np.bincount(np.clip(places, 0, BINS - 1), minlength=BINS)
        else:
            self._counts = np.zeros(BINS, np.intp)
            self._counts[BINS // 2] = finite.size
        middles = low + (np.arange(BINS) + 0.5) * span / BINS
        first, last = value_range
        levels = (middles - first) / (last - first) * 255 if last > first else np.full(BINS, 128)
        self._colors = [table[level] for level in np.clip(levels, 0, 255).astype(int).tolist()]
        self._marked = marked if marked is not None and np.isfinite(marked) else None
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it may be, and low."""
        return QSize(200, 44 + self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Narrower than the inspector ever is."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the bars on a line with the smallest and largest value below it."""
        painter = QPainter(self)
        palette = self.palette()
        floor = self.height() - self._line_height() - 0.5
        self._paint_bars(painter, floor)
        painter.setPen(QPen(frame_line(palette), 1))
        painter.drawLine(QLineF(0, floor, self.width(), floor))
        self._paint_numbers(painter, floor)
        if self._marked is not None:
            x = self._x(self._marked)
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Window), 4))
            painter.drawLine(QLineF(x, 2, x, floor))
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Accent), 2))
            painter.drawLine(QLineF(x, 2, x, floor + 3))
        painter.end()

    def _paint_bars(self, painter: QPainter, floor: float) -> None:
        if not self._colors:
            return
        heights = np.log1p(self._counts)
        top = float(heights.max()) or 1.0
        wide = self.width() / BINS
        # Colours like the ground would not be seen: each bar has a quiet outline at its top.
        outline = QPen(muted_text(self.palette()), 1)
        for place, height in enumerate((heights / top * (floor - 3)).tolist()):
            if height > 0:
                bar = QRectF(place * wide, floor - height, wide, height)
                painter.fillRect(bar, QColor(self._colors[place]))
                painter.setPen(outline)
                painter.drawLine(QLineF(bar.left(), bar.top(), bar.right() - 1, bar.top()))

    def _paint_numbers(self, painter: QPainter, floor: float) -> None:
        low, high = self._ends
        painter.setFont(small_font(self.font()))
        painter.setPen(muted_text(self.palette()))
        below = QRectF(0, floor + 3, self.width(), self._line_height() - 3)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, figure(low))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, figure(high))
        if low < 0 < high and 0.15 < -low / (high - low) < 0.85:
            x = self._x(0)
            painter.drawText(QRectF(x - 20, below.top(), 40, below.height()), Qt.AlignmentFlag.AlignHCenter, "0")

    def _x(self, value: float) -> float:
        low, high = self._ends
        return (value - low) / (high - low) * self.width() if high > low else self.width() / 2

    def _line_height(self) -> int:
        return round(QFontMetricsF(small_font(self.font())).height()) + 4

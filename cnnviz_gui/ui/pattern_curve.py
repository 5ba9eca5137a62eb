"""The objective over the steps: a faint line a pattern, and their mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviz_gui.ui.theme import tones_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_LINES = 64
_MOST_POINTS = 80
"""Of a faint line. Enough for its shape; a curve must cost little, it is painted ten times a second."""


class PatternCurve(QWidget):
    """Plots the objective; the horizontal axis has all the steps from the beginning, so one sees what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternCurve")
        self.setAccessibleName(self.tr("Objective over the steps"))
        self.setToolTip(self.tr("The objective of every pattern over the steps (faint), and their mean"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._objective: NDArray[np.float32] = np.zeros((0, 0), np.float32)
        self._low_high = _range(self._objective)
        self._steps = 0
        self._step: int | None = None
        self.hide()

    def sizeHint(self) -> QSize:
        """A strip."""
        return QSize(200, 76)

    def show_objective(self, objective: NDArray[np.float32], steps: int) -> None:
        """Shows (n, done) values of ``steps`` in all; hides itself while there is no step to show."""
        self._objective = np.asarray(objective, np.float32)
        self._low_high = _range(self._objective)
        self._steps = steps
        self.setVisible(objective.size > 0)
        mean = _mean(self._objective)
        if mean.size and np.isfinite(mean[-1]):
            text = self.tr("{mean:.3g} on average after {done} of {steps} steps")
            self.setAccessibleDescription(text.format(mean=float(mean[-1]), done=mean.size, steps=steps))
        self.update()

    def show_step(self, step: int | None) -> None:
        """Marks a number of steps done that is looked back at, or none."""
        if step != self._step:
            self._step = step
            self.update()

    def step_x(self, step: int) -> float:
        """Where a number of steps done stands."""
        plot = self.plot_rect()
        return plot.left() + (step - 1) * plot.width() / max(self._steps - 1, 1)

    def plot_rect(self) -> QRectF:
        """Where the lines are, inside the axes."""
        metrics = self.fontMetrics()
        low, high = self._low_high
        left = max(metrics.horizontalAdvance(_number(value)) for value in (low, high)) + 6
        line = metrics.height()
        return QRectF(left, line / 2 + 1, self.width() - left - 2, self.height() - line / 2 - line - 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Axes, faint lines, mean."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = self.plot_rect()
        self._paint_axes(painter, plot)
        done = self._objective.shape[1]
        if done == 0:
            return
        faint = QColor(self.palette().placeholderText().color())
        faint.setAlpha(70)
        painter.setPen(QPen(faint, 1))
        rows = np.unique(np.linspace(0, len(self._objective) - 1, _MOST_LINES).astype(int))
        columns = np.unique(np.linspace(0, done - 1, _MOST_POINTS).astype(int))
        for row in rows:
            self._paint_line(painter, plot, columns, self._objective[row, columns])
        painter.setPen(QPen(QColor(tones_of(self.palette()).accent), 1.8))
        columns = np.arange(done)
        self._paint_line(painter, plot, columns, _mean(self._objective))
        if self._step is not None:
            painter.setPen(QPen(self.palette().text().color(), 1))
            x = self.step_x(self._step)
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_axes(self, painter: QPainter, plot: QRectF) -> None:
        painter.setPen(QPen(QColor(tones_of(self.palette()).outline), 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.drawLine(plot.topLeft(), plot.bottomLeft())
        painter.setPen(self.palette().placeholderText().color())
        low, high = self._low_high
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = self.fontMetrics().height()
        for y, value in ((plot.top(), high), (plot.bottom(), low)):
            painter.drawText(QRectF(0, y - line / 2, plot.left() - 4, line), right, _number(value))
        below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), line)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), "0")
        painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), self.tr("steps"))
        painter.drawText(below, right, str(self._steps))
        name = self.tr("objective")
        font = QFont(self.font())
        # Chinese has no italics.
        font.setItalic(name.isascii())
        painter.setFont(font)
        # In the lower right corner, which curves that climb leave free.
        metrics = painter.fontMetrics()
        word = QRectF(plot.right() - metrics.horizontalAdvance(name) - 6, plot.bottom() - line - 2, 0, line)
        word.setWidth(metrics.horizontalAdvance(name) + 4)
        painter.drawText(word, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), name)

    def _paint_line(
        self, painter: QPainter, plot: QRectF, columns: NDArray[np.int_], values: NDArray[np.float32]
    ) -> None:
        low, high = self._low_high
        known = np.isfinite(values)
        xs = plot.left() + columns[known] * (plot.width() / max(self._steps - 1, 1))
        ys = plot.bottom() - (values[known] - low) * (plot.height() / (high - low))
        points = [QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
        if len(points) == 1:
            painter.drawPoint(points[0])
        elif points:
            painter.drawPolyline(points)


def _range(objective: NDArray[np.float32]) -> tuple[float, float]:
    """The lowest and the highest value, never the same."""
    known = objective[np.isfinite(objective)]
    if not known.size:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _mean(objective: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean over the patterns that have done a step: (done,), NaN where none has."""
    known = np.isfinite(objective)
    count = known.sum(axis=0)
    total = np.where(known, objective, 0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)


def _number(value: float) -> str:
    return f"{value:.3g}"

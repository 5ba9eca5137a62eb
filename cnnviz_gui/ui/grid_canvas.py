"""A Matplotlib canvas whose picture is painted by Qt: Matplotlib draws the frame and the colour bar, once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

# Matplotlib's backend takes the Qt binding that is already imported, so this comes before it.
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter, QPalette, QPen

from cnnviz_gui.ui.grid_levels import indexed_image
from cnnviz_gui.ui.mpl_style import Style, apply_style, style_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from cnnviz_gui.ui.grid_scale import BarScale

MARGIN = 10
BAR_WIDTH = 14
BAR_GAP = 12
TICK_LENGTH = 6


class PaintedCanvas(FigureCanvasQTAgg):
    """One axes and a colour bar; a subclass paints into `view_rect` and Matplotlib is not drawn again for it.

    Matplotlib draws only after a change of size, palette, font or of the colour bar's numbers. What it raises while
    it draws reaches `sys.excepthook`; its own canvas would only print it.
    """

    _ready = False
    _painting = False

    def __init__(self) -> None:
        # Its points are Qt's points; on a display with more pixels the canvas multiplies this itself.
        screen = QGuiApplication.primaryScreen()
        super().__init__(Figure(dpi=screen.logicalDotsPerInchY() if screen else 96))  # type: ignore[no-untyped-call]
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.bar_axes: Axes = self.figure.add_axes((0.9, 0, 0.05, 1))
        self.bar_scale: BarScale | None = None
        self.view_rect = QRectF(0, 0, 1, 1)
        self.bar_rect = QRectF()
        self.table: list[int] = []
        self._gradient = np.arange(255, -1, -1, dtype=np.uint8).reshape(-1, 1)
        self.axes.set_xticks([])
        self.axes.set_yticks([])
        self.bar_axes.set_ylim(0, 255)
        self.bar_axes.set_xticks([])
        self.bar_axes.set_yticks([])
        self.bar_axes.yaxis.tick_right()
        self.bar_axes.yaxis.set_label_position("right")
        # Matplotlib's canvas gives itself a white palette.
        self.setPalette(QPalette())
        self._ready = True
        self._restyle()

    @property
    def style_now(self) -> Style:
        """Colours and fonts of the palette and font in use."""
        return style_of(self)

    def set_bar_scale(self, scale: BarScale | None) -> None:
        """Gives the colour bar its numbers; without any there is no colour bar."""
        if scale != self.bar_scale:
            self.bar_scale = scale
            self._restyle()

    def set_table(self, table: list[int]) -> None:
        """Gives the colour bar its colours."""
        self.table = table
        self.update()

    def margins(self) -> tuple[int, int]:
        """Pixels left of and below the view, for what a subclass writes there."""
        return MARGIN, MARGIN

    def paint_view(self, painter: QPainter) -> None:
        """Paints into `view_rect`; the painter is clipped to it."""

    def paint_around(self, painter: QPainter) -> None:
        """Paints outside `view_rect`, not clipped."""

    def view_moved(self) -> None:
        """Called when `view_rect` or the size of a device pixel has changed."""

    def draw(self) -> None:
        """Draws the Matplotlib part; once it knows its size, which a hidden widget does not."""
        if self.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent):
            return
        try:
            super().draw()  # type: ignore[no-untyped-call]
        except Exception:  # noqa: BLE001 - whatever it is, it is reported and not swallowed
            sys.excepthook(*sys.exc_info())

    def update(self, *area: object) -> None:
        """Asks for a paint; not for one more when Matplotlib's part was drawn within one."""
        if not self._painting:
            super().update(*area)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Copies the Matplotlib part, then paints the picture over it."""
        self._painting = True
        try:
            super().paintEvent(event)  # type: ignore[no-untyped-call]
        finally:
            self._painting = False
        painter = QPainter(self)
        try:
            if self.bar_scale is not None and self.table:
                inner = self.bar_rect.adjusted(1, 1, -1, -1)
                painter.drawImage(inner, indexed_image(self._gradient, self.table), QRectF(0, 0, 1, 256))
            painter.save()
            painter.setClipRect(self.view_rect.adjusted(1, 1, -1, -1))
            self.paint_view(painter)
            painter.restore()
            self.paint_around(painter)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1))
                painter.drawRect(self.view_rect.adjusted(-2, -2, 1, 1))
        finally:
            painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Places the axes."""
        super().resizeEvent(event)  # type: ignore[no-untyped-call]
        if self._ready:
            self._place_axes()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the palette and the font."""
        super().changeEvent(event)
        if self._ready and event.type() in {
            QEvent.Type.PaletteChange,
            QEvent.Type.FontChange,
            QEvent.Type.StyleChange,
        }:
            self._restyle()

    def _restyle(self) -> None:
        style = self.style_now
        scale = self.bar_scale
        self.bar_axes.set_visible(scale is not None)
        if scale is not None:
            self.bar_axes.set_yticks([level for level, _ in scale.ticks], [text for _, text in scale.ticks])
            self.bar_axes.set_ylabel(scale.label, labelpad=4)
        apply_style(self.axes, style)
        apply_style(self.bar_axes, style)
        self._place_axes()
        self.draw_idle()  # type: ignore[no-untyped-call]

    def _place_axes(self) -> None:
        """Lays the view and the colour bar out in whole pixels."""
        left, bottom = self.margins()
        width, height = float(self.width()), float(self.height())
        right = float(MARGIN)
        tall = max(height - MARGIN - bottom, 1.0)
        if self.bar_scale is not None:
            font = QFont(self.font())
            font.setPointSizeF(self.style_now.size)
            metrics = QFontMetricsF(font)
            widest = max((metrics.horizontalAdvance(text) for _, text in self.bar_scale.ticks), default=0)
            beside = TICK_LENGTH + widest + metrics.height() + 14
            right = round(BAR_GAP + BAR_WIDTH + beside)
            label = metrics.elidedText(self.bar_scale.label, Qt.TextElideMode.ElideRight, tall)
            self.bar_axes.yaxis.label.set_text(label)
            self.bar_rect = QRectF(width - right + BAR_GAP, MARGIN, BAR_WIDTH, tall)
        self.view_rect = QRectF(left, MARGIN, max(width - left - right, 1.0), tall)
        for axes, rect in ((self.axes, self.view_rect), (self.bar_axes, self.bar_rect)):
            axes.set_position(
                (rect.left() / width, 1 - rect.bottom() / height, rect.width() / width, rect.height() / height)
            )
        self.view_moved()
        self.update()

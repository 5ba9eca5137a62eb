"""The canvas of the channel grid: one mosaic (or bars), zoomed, panned, hovered, clicked and walked by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QNativeGestureEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip

from cnnviz_gui.ui.grid_canvas import PaintedCanvas
from cnnviz_gui.ui.grid_keys import place_after_key
from cnnviz_gui.ui.grid_painter import mark_of
from cnnviz_gui.ui.grid_scale import exact
from cnnviz_gui.ui.grid_scene import GridScene

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import (
        QContextMenuEvent,
        QEnterEvent,
        QFocusEvent,
        QHelpEvent,
        QKeyEvent,
        QMouseEvent,
        QWheelEvent,
    )

    from cnnviz_gui.core.mosaic import Cell
    from cnnviz_gui.core.requests import Grid

CLICK_RADIUS = 4.0
ZOOM_STEP = 1.25


class MosaicCanvas(PaintedCanvas):
    """Shows a grid's mosaic; says what the user did, and keeps only what it shows.

    The wheel zooms at the cursor, dragging pans, a double click fits. A click that did not move chooses the channel
    under it. Arrow keys walk from the chosen channel to its neighbours as they are shown, Home and End to the
    first and last.
    """

    channel_clicked = Signal(int, str)
    position_clicked = Signal(int, int)
    hovered = Signal(object)
    zoomed = Signal()
    resized = Signal()
    menu_requested = Signal(int, object)
    """int: a channel, or -1 beside them; QPoint: where on the screen."""

    def __init__(self) -> None:
        self.scene = GridScene()
        self._pressed: QPointF | None = None
        self._panned_to: QPointF | None = None
        super().__init__()
        self.setObjectName("mosaic_canvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 90)

    def show_grid(self, grid: Grid) -> None:
        """Shows a grid; zoom and pan stay when its tiles lie as before."""
        was_vector = self.scene.is_vector
        hovered = self.scene.hover is not None
        self.scene.set_grid(grid)
        if grid.is_vector != was_vector:
            self._place_axes()
        if hovered:
            self.hovered.emit(None)
        self._after_zoom()

    def show_selection(self, channels: tuple[int, ...], position: tuple[int, int] | None) -> None:
        """Frames channels and marks a position in the last one, panning to it when it is out of sight."""
        moved = channels[-1:] != self.scene.channels[-1:]
        self.scene.channels, self.scene.position = channels, position
        if moved and channels and (area := self.scene.area_of(channels[-1])) is not None:
            self.scene.viewport.reveal(area)
        self.update()

    def show_stale(self, text: str) -> None:
        """Fades the mosaic and says why, or with an empty text shows it as it is."""
        self.scene.stale_text = text
        self.update()

    def fit(self) -> None:
        """Shows the whole mosaic."""
        self.scene.viewport.fit()
        self._after_zoom()

    def one_to_one(self) -> None:
        """One device pixel a value."""
        self.scene.viewport.one_to_one()
        self._after_zoom()

    def margins(self) -> tuple[int, int]:
        """Room for the numbers beside bars."""
        if not self.scene.is_vector:
            return super().margins()
        metrics = QFontMetricsF(self.font())
        return round(metrics.horizontalAdvance("-0.00025") + 8), round(metrics.height() + 10)

    def view_moved(self) -> None:
        """Keeps the mosaic where it is in the view."""
        self.scene.viewport.set_rect(self.view_rect.adjusted(1, 1, -1, -1), 1 / self.devicePixelRatioF())
        self.resized.emit()
        self.zoomed.emit()

    def paint_view(self, painter: QPainter) -> None:
        """Paints the mosaic or the bars, and what marks channels in it."""
        self.scene.paint(painter, self.table, self.palette(), self.font())

    def paint_around(self, painter: QPainter) -> None:
        """Writes the numbers beside bars."""
        self.scene.paint_labels(painter, self.palette(), self.font())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms at the cursor, a fifth for a notch."""
        steps = event.angleDelta().y() or event.angleDelta().x()
        self._zoom(event.position(), 2 ** (steps / 456))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Starts a click or a drag."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pans while dragging, else hovers."""
        here = event.position()
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if self._panned_to is None and (here - self._pressed).manhattanLength() > CLICK_RADIUS:
                self._panned_to = self._pressed
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            if self._panned_to is not None:
                step = here - self._panned_to
                self._panned_to = here
                self.scene.viewport.pan(step.x(), step.y())
                self.update()
            return
        self._set_hover(self.scene.cell_at(here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a drag, or clicks."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        dragged, self._pressed, self._panned_to = self._panned_to is not None, None, None
        self.unsetCursor()
        if not dragged:
            self._click(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Shows the whole mosaic."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.fit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Nothing: Matplotlib's canvas would start its own events here."""

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the cursor any more."""
        self._set_hover(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walks the channels and zooms."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self._zoom(self.view_rect.center(), ZOOM_STEP)
        elif key is Qt.Key.Key_Minus:
            self._zoom(self.view_rect.center(), 1 / ZOOM_STEP)
        elif key is Qt.Key.Key_0:
            self.fit()
        elif (channel := self._channel_after_key(key)) is not None:
            self.channel_clicked.emit(channel, "only")
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Nothing: Matplotlib's canvas would start its own events here."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for the menu of the channel under the cursor, or of the chosen one when asked by key."""
        where: QPoint = event.globalPos()
        channel = -1 if self.scene.chosen is None else self.scene.chosen
        if event.reason() is not event.Reason.Keyboard:
            cell = self.scene.cell_at(QPointF(event.pos()))
            channel = -1 if cell is None else cell.channel
        elif channel >= 0 and (area := self.scene.area_of(channel)) is not None:
            where = self.mapToGlobal(self.scene.viewport.to_screen(area).center().toPoint())
        self.menu_requested.emit(channel, where)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows that keys go here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Shows that keys go elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Answers tool tips over marked channels, and pinching on a trackpad."""
        if event.type() is QEvent.Type.ToolTip:
            self._show_tip(event)  # type: ignore[arg-type]
            return True
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom(event.position(), 1 + event.value())
            return True
        return bool(super().event(event))

    def _zoom(self, point: QPointF, factor: float) -> None:
        if self.scene.grid is not None:
            self.scene.viewport.zoom(point, factor)
            self._after_zoom()

    def _after_zoom(self) -> None:
        self.update()
        self.zoomed.emit()

    def _click(self, event: QMouseEvent) -> None:
        cell = self.scene.cell_at(event.position())
        if cell is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.channel_clicked.emit(cell.channel, "range")
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.channel_clicked.emit(cell.channel, "toggle")
        elif self.scene.channels[-1:] != (cell.channel,):
            self.channel_clicked.emit(cell.channel, "only")
        elif not self.scene.is_vector:
            self.position_clicked.emit(cell.row, cell.column)

    def _set_hover(self, cell: Cell | None) -> None:
        if cell != self.scene.hover:
            changed = cell is None or self.scene.hover is None or cell.channel != self.scene.hover.channel
            self.scene.hover = cell
            if changed:
                self.update()
            self.hovered.emit(cell)

    def _channel_after_key(self, key: Qt.Key) -> int | None:
        grid, chosen = self.scene.grid, self.scene.chosen
        if grid is None:
            return None
        tiling = grid.tiling
        now = None if chosen is None else tiling.place_of(chosen)
        per_row = len(tiling.order) if grid.is_vector else tiling.per_row
        place = place_after_key(key, now, len(tiling.order), per_row)
        return None if place is None else tiling.order[place]

    def _show_tip(self, event: QHelpEvent) -> None:
        cell = self.scene.cell_at(QPointF(event.pos()))
        text = "" if cell is None or self.scene.grid is None else self.tip(cell.channel)
        if text:
            QToolTip.showText(event.globalPos(), text, self)
        else:
            QToolTip.hideText()

    def tip(self, channel: int) -> str:
        """Why a channel is marked, or empty."""
        grid = self.scene.grid
        if grid is None:
            return ""
        texts = {
            "dead": self.tr("channel {channel}: zero everywhere"),
            "constant": self.tr("channel {channel}: {value} everywhere (constant)"),
            "broken": self.tr("channel {channel}: not finite (infinite or not a number)"),
            "": "",
        }
        # A channel of a single value is constant by nature.
        mark = "" if grid.is_vector else mark_of(grid.statistics, channel)
        text: str = texts[mark].format(channel=channel, value=exact(grid.statistics.maximum[channel]))
        return text

"""The mosaic of patterns: one picture to zoom, pan and click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from cnnviz_gui.ui.theme import tones_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from cnnviz_gui.core.mosaic import Tiling

_ZOOM_STEP, _LARGEST_ZOOM = 1.25, 32.0
_SHARP_FROM = 3.0
_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class PatternMosaic(QWidget):
    """Paints a mosaic from one image.

    The wheel zooms at the cursor, a drag pans, a double click fits; so do +, - and 0. A click on a pattern, or
    Enter after the arrow keys, emits its channel. Zoom and pan stay while mosaics of the same size follow.
    """

    pattern_clicked = Signal(int)
    aspect_changed = Signal(float)
    """Width / height of the room, while the whole mosaic is shown: what is zoomed must not be laid out anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternMosaic")
        self.setAccessibleName(self.tr("Patterns"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._image = QImage()
        self._small = QImage()
        self._tiling: Tiling | None = None
        self._tips: Mapping[int, str] = {}
        self._names: Mapping[int, str] = {}
        self._empty = ""
        self._zoom = 1.0
        self._corner = QPointF()
        self._fitted = True
        self._told_aspect = 0.0
        self._hovered: int | None = None
        self._cursor: int | None = None
        self._pressed_at: QPointF | None = None
        self._dragged = False

    def sizeHint(self) -> QSize:
        """A square that fits the panel."""
        return QSize(320, 260)

    def show_mosaic(self, pixels: NDArray[np.uint8], tiling: Tiling) -> None:
        """Shows (h, w, 3) uint8 RGB."""
        pixels = np.ascontiguousarray(pixels)
        height, width, _ = pixels.shape
        same = self._image.size() == QSize(width, height)
        # The copy owns its pixels: those of the array may be written to while Qt still paints.
        self._image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._small = QImage()
        self._tiling = tiling
        if not same:
            self._hovered = self._cursor = None
            self.fit()
        self.update()

    def show_tips(self, tips: Mapping[int, str]) -> None:
        """Says what is known of channels' patterns; without it a tooltip tells the channel alone."""
        self._tips = dict(tips)

    def show_names(self, names: Mapping[int, str]) -> None:
        """Says what patterns are called that are not of channels."""
        self._names = dict(names)

    def _known(self, channel: int) -> str:
        name = self._names.get(channel) or self.tr("Channel {channel}").format(channel=channel)
        return "\n".join(line for line in (name, self._tips.get(channel, "")) if line)

    def show_empty(self, text: str) -> None:
        """Says what to do where there is no mosaic yet."""
        self._empty = text
        self.update()

    def fit(self) -> None:
        """Shows the whole mosaic as large as fits, in the middle."""
        self._fitted = True
        if not self._image.isNull():
            self._zoom = self._fitting_zoom()
            self._corner = QPointF()
            self._keep_inside()
        self.update()
        self._tell_aspect()

    def _tell_aspect(self) -> None:
        aspect = self.width() / max(self.height(), 1)
        if aspect != self._told_aspect:
            self._told_aspect = aspect
            self.aspect_changed.emit(aspect)

    def tile_rect(self, place: int) -> QRectF:
        """Where the tile at a place lies in the widget."""
        if self._tiling is None:
            return QRectF()
        top, left = self._tiling.corner(place)
        corner = self._corner + QPointF(left, top) * self._zoom
        return QRectF(
            corner.x(), corner.y(), self._tiling.tile_width * self._zoom, self._tiling.tile_height * self._zoom
        )

    def channel_at(self, point: QPointF) -> int | None:
        """The channel whose pattern lies at a point of the widget."""
        if self._tiling is None:
            return None
        inside = (point - self._corner) / self._zoom
        cell = self._tiling.at(inside.y(), inside.x())
        return cell.channel if cell else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mosaic and the frames on it, or what to do."""
        painter = QPainter(self)
        if self._image.isNull():
            self._paint_empty(painter)
            return
        target = QRectF(
            self._corner.x(), self._corner.y(), self._image.width() * self._zoom, self._image.height() * self._zoom
        )
        pixels_per_pixel = self._zoom * self.devicePixelRatioF()
        if pixels_per_pixel < 0.8:
            painter.drawImage(target, self._shrunk(pixels_per_pixel))
        else:
            smooth = pixels_per_pixel < _SHARP_FROM
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
            painter.drawImage(target, self._image)
        marked = self._cursor if self.hasFocus() and self._cursor is not None else self._hovered
        if marked is not None and self._tiling is not None and marked < len(self._tiling.order):
            self._paint_frame(painter, self.tile_rect(marked))

    def _shrunk(self, factor: float) -> QImage:
        """The mosaic averaged down; bilinear alone would skip rows and shimmer while patterns grow."""
        wanted = QSize(max(1, round(self._image.width() * factor)), max(1, round(self._image.height() * factor)))
        if self._small.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._small = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        return self._small

    def _paint_empty(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones_of(self.palette()).outline), 1))
        painter.setBrush(self.palette().base())
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(self.palette().placeholderText().color())
        flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
        painter.drawText(QRectF(self.rect()).adjusted(20, 8, -20, -8), flags, self._empty)

    def _paint_frame(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(QColor(tones_of(self.palette()).accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-1, -1, 1, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stays fitted while it is, else keeps the zoom."""
        if self._fitted:
            self.fit()
        else:
            self._zoom = max(self._zoom, self._fitting_zoom())
            self._keep_inside()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms at the cursor."""
        if self._image.isNull() or not event.angleDelta().y():
            event.ignore()
            return
        self._zoom_by(_ZOOM_STEP ** (event.angleDelta().y() / 120), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
            self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pans while dragged, else frames what is under the cursor."""
        if self._pressed_at is not None:
            moved = event.position() - self._pressed_at
            if self._dragged or moved.manhattanLength() >= QApplication.startDragDistance():
                self._dragged = True
                self._pressed_at = event.position()
                self._corner += moved
                self._keep_inside()
                self.update()
            return
        self._hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a click on a pattern, or a drag."""
        if event.button() == Qt.MouseButton.LeftButton and self._pressed_at is not None:
            self._pressed_at = None
            channel = self.channel_at(event.position())
            if not self._dragged and channel is not None and self._tiling is not None:
                self._cursor = self._tiling.place_of(channel)
                self.update()
                self.pattern_clicked.emit(channel)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fits."""
        self.fit()

    def leaveEvent(self, event: QEvent) -> None:
        """Takes the frame away."""
        self._hovered = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from pattern to pattern, Enter chooses; +, - and 0 zoom."""
        key = event.key()
        middle = QPointF(self.width() / 2, self.height() / 2)
        if self._tiling is None:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            self._move_cursor(*_ARROWS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._cursor is not None:
            self.pattern_clicked.emit(self._tiling.order[self._cursor])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._zoom_by(_ZOOM_STEP, middle)
        elif key == Qt.Key.Key_Minus:
            self._zoom_by(1 / _ZOOM_STEP, middle)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tells the channel under the cursor in a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            channel = self.channel_at(QPointF(event.pos()))
            if channel is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), self._known(channel), self)
            return True
        return super().event(event)

    def _hover(self, point: QPointF) -> None:
        channel = self.channel_at(point)
        hovered = self._tiling.place_of(channel) if self._tiling is not None and channel is not None else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.ArrowCursor if hovered is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def _move_cursor(self, rows: int, columns: int) -> None:
        if self._tiling is None:
            return
        place = 0 if self._cursor is None else self._cursor + rows * self._tiling.per_row + columns
        if 0 <= place < len(self._tiling.order):
            self._cursor = place
            self.setAccessibleDescription(self._known(self._tiling.order[place]))
            self.update()

    def _zoom_by(self, factor: float, point: QPointF) -> None:
        fitting = self._fitting_zoom()
        zoom = min(max(self._zoom * factor, fitting), max(_LARGEST_ZOOM, fitting))
        self._corner = point - (point - self._corner) * (zoom / self._zoom)
        self._zoom = zoom
        self._fitted = zoom <= fitting
        self._keep_inside()
        self.update()
        if self._fitted:
            self._tell_aspect()

    def _fitting_zoom(self) -> float:
        return max(min(self.width() / self._image.width(), self.height() / self._image.height()), 1e-3)

    def _keep_inside(self) -> None:
        """Centres what is smaller than the widget, and leaves no gap at the edge of what is larger."""

        def place(corner: float, room: float, size: float) -> float:
            return (room - size) / 2 if size <= room else min(0.0, max(corner, room - size))

        width, height = self._image.width() * self._zoom, self._image.height() * self._zoom
        self._corner = QPointF(
            place(self._corner.x(), self.width(), width), place(self._corner.y(), self.height(), height)
        )

"""The picture as it is painted: fitted, with the receptive field on it, and lit up while something hangs over it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviz_gui.ui.theme import DARK, tones_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    Box = tuple[float, float, float, float]

_RADIUS = 4.0
_LOWEST, _TALLEST = 120, 360


class PictureCanvas(QWidget):
    """Paints a picture as large as fits, in its own proportions, in the middle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureCanvas")
        self.setAccessibleName(self.tr("Picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LOWEST)
        self.setMaximumHeight(200)
        self._image = QImage()
        self._scaled = QPixmap()
        self._box: Box | None = None
        self._lit = False

    def sizeHint(self) -> QSize:
        """Wide enough for a landscape photo."""
        return QSize(280, min(self.maximumHeight(), 220))

    def show_pixels(self, pixels: NDArray[np.uint8]) -> None:
        """Shows (h, w, 3) uint8 RGB."""
        height, width, _ = pixels.shape
        self._image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._scaled = QPixmap()
        self._limit_height()
        self.update()

    def show_box(self, box: Box | None) -> None:
        """Draws a box (top, left, height, width as shares of the picture), or none."""
        if box != self._box:
            self._box = box
            self.update()

    def show_lit(self, lit: bool) -> None:
        """Lights up as the place where something may be dropped."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def picture_rect(self) -> QRectF:
        """Where the picture lies in the widget."""
        if self._image.isNull():
            return QRectF()
        fitted = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - fitted.width()) // 2, (self.height() - fitted.height()) // 2
        return QRectF(left, top, fitted.width(), fitted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width allows another height."""
        self._limit_height()

    def _limit_height(self) -> None:
        """Takes no more height than the picture fills at this width."""
        if not self._image.isNull():
            filled = math.ceil(self.width() * self._image.height() / self._image.width())
            self.setMaximumHeight(min(max(filled, _LOWEST), _TALLEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Picture or invitation, then the box, then the light."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._image.isNull():
            self._paint_invitation(painter)
        else:
            self._paint_picture(painter)
        if self._lit:
            self._paint_light(painter)

    def _paint_invitation(self, painter: QPainter) -> None:
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        pen = QPen(self.palette().placeholderText().color(), 1.2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(self.palette().base())
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.setPen(self.palette().placeholderText().color())
        painter.drawText(
            frame.adjusted(12, 4, -12, -4),
            int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap),
            "" if self._lit else self.tr("Drop a picture here"),
        )

    def _paint_picture(self, painter: QPainter) -> None:
        rect = self.picture_rect()
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        if self._scaled.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = QPixmap.fromImage(self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
            self._scaled.setDevicePixelRatio(ratio)
        painter.drawPixmap(rect.topLeft(), self._scaled)
        if self._box is not None:
            self._paint_box(painter, rect, self._box)

    def _paint_box(self, painter: QPainter, rect: QRectF, box: Box) -> None:
        top, left, height, width = box
        seen = QRectF(
            rect.left() + left * rect.width(),
            rect.top() + top * rect.height(),
            width * rect.width(),
            height * rect.height(),
        ).intersected(rect)
        if seen.isEmpty():
            return
        # A dark line outside a light one can be told from any picture.
        inner = seen.adjusted(1, 1, -1, -1) if min(seen.width(), seen.height()) > 4 else seen
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, breadth in (
            (QColor(0, 0, 0, 170), 4.0),
            (QColor(DARK.accent).lighter(115), 2.0),
        ):
            pen = QPen(colour, breadth)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.drawRect(inner)

    def _paint_light(self, painter: QPainter) -> None:
        accent = QColor(tones_of(self.palette()).accent)
        veil = QColor(self.palette().base().color())
        veil.setAlpha(215)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(veil)
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        painter.setPen(accent)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(
            QRectF(frame.topLeft() + QPointF(8, 0), frame.size() - QSize(16, 0)),
            int(Qt.AlignmentFlag.AlignCenter),
            self.tr("Drop to look at it"),
        )

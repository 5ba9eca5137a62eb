"""A light over the part of the window where something may be dropped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from cnnviz_gui.ui.theme import set_weight, tones_of

_RADIUS = 6.0


class DropLight(QWidget):
    """Lies over a widget of the window while something is dragged over it; the mouse goes through it.

    Args:
        place: The widget.
    """

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self.setObjectName("dropLight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_weight(self, self.font().Weight.DemiBold)
        self._place = place
        self.hide()

    def show_lit(self, lit: bool) -> None:
        """Lights up, or goes dark."""
        if lit:
            self.setGeometry(self._place.rect())
            self.raise_()
        self.setVisible(lit)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A bright frame, a veil, and what a drop does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(tones_of(self.palette()).accent)
        veil = QColor(self.palette().base().color())
        veil.setAlpha(225)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(veil)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(6, 6, -6, -6), _RADIUS, _RADIUS)
        painter.setPen(accent)
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.tr("Drop a picture or a network"))

"""The likeliest classes as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cnnviz_gui.ui.theme import tones_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_PADDING = 6


class ClassBars(QWidget):
    """One row a class: a bar as long as its probability, the label on it, the number at the end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("classBars")
        self.setAccessibleName(self.tr("Likeliest classes"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._classes: tuple[tuple[str, float], ...] = ()
        self.hide()

    def show_classes(self, classes: Sequence[tuple[str, float]]) -> None:
        """Shows (label, probability) rows; hides itself when there are none."""
        self._classes = tuple(classes)
        lines = [f"{label} {probability_text(share)}" for label, share in self._classes]
        self.setAccessibleDescription(", ".join(lines))
        self.setToolTip("\n".join(lines))
        self.setVisible(bool(self._classes))
        self.updateGeometry()
        self.update()

    def show_unknown(self) -> None:
        """Empties the rows but keeps their place, so that nothing jumps while the answer is on its way."""
        self._classes = (("", 0.0),) * len(self._classes)
        self.setAccessibleDescription("")
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:
        """As tall as its rows."""
        return QSize(160, len(self._classes) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """Rows are never cut."""
        return QSize(80, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, labels, numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        numbers = max((metrics.horizontalAdvance(probability_text(share)) for _, share in self._classes), default=0)
        track = self.width() - numbers - 2 * _PADDING
        for row, (label, share) in enumerate(self._classes):
            top = row * self._row_height()
            place = QRect(0, top + 1, max(track, 1), self._row_height() - 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tones_of(self.palette()).hover))
            painter.drawRoundedRect(place, 3, 3)
            if not label:
                continue
            bar = QRect(place)
            bar.setWidth(max(3, round(place.width() * min(max(share, 0.0), 1.0))))
            colour = QColor(tones_of(self.palette()).accent)
            colour.setAlpha(110 if row == 0 else 70)
            painter.setBrush(colour)
            painter.drawRoundedRect(bar, 3, 3)
            painter.setPen(self.palette().windowText().color())
            inside = place.adjusted(_PADDING, 0, -_PADDING, 0)
            middle = int(Qt.AlignmentFlag.AlignVCenter)
            elided = metrics.elidedText(label, Qt.TextElideMode.ElideRight, inside.width())
            painter.drawText(inside, middle | int(Qt.AlignmentFlag.AlignLeft), elided)
            number = QRect(self.width() - numbers, place.top(), numbers, place.height())
            painter.drawText(number, middle | int(Qt.AlignmentFlag.AlignRight), probability_text(share))

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 5


def probability_text(share: float) -> str:
    """Writes a probability: two decimals, and never a zero for what is not zero."""
    return "<0.01" if 0 < share < 0.005 else f"{share:.2f}"

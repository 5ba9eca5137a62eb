"""The further inputs of a network that takes several pictures: one row each, with its picture or as fed zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget
from superqt import QElidingLabel

from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.picture_drop import dropped, may_be_dropped
from cnnviz_gui.ui.theme import dim, tones_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cnnviz_gui.core.network import NetworkInput
    from cnnviz_gui.core.picture import PictureRead

_THUMBNAIL = 40
_RADIUS = 3.0


class OtherInputs(QWidget):
    """Hidden unless the network has further inputs that take pictures.

    A row takes a drop, asks for a file, and lets its picture go; what it is given is for its input alone.
    """

    files_dropped = Signal(str, list)
    image_dropped = Signal(str, bytes, str)
    requested = Signal(str)
    cleared = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("otherInputs")
        self._rows: dict[str, _Row] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def show_inputs(self, inputs: Sequence[NetworkInput], pictures: Mapping[str, PictureRead]) -> None:
        """Shows one row for each input, with the picture that it was given."""
        if list(self._rows) != [given.name for given in inputs]:
            for row in self._rows.values():
                self._layout.removeWidget(row)
                row.hide()
                row.deleteLater()
            self._rows = {given.name: self._add_row(given.name) for given in inputs}
        for given in inputs:
            self._rows[given.name].show_input(given, pictures.get(given.name))
        self.setVisible(bool(inputs))

    def _add_row(self, name: str) -> _Row:
        row = _Row(name)
        row.files_dropped.connect(self.files_dropped)
        row.image_dropped.connect(self.image_dropped)
        row.requested.connect(self.requested)
        row.cleared.connect(self.cleared)
        self._layout.addWidget(row)
        return row


class _Row(QFrame):
    """One input: thumbnail, name, what it takes and what it is fed, *Choose* and *Clear*."""

    files_dropped = Signal(str, list)
    image_dropped = Signal(str, bytes, str)
    requested = Signal(str)
    cleared = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"otherInput-{name}")
        self.setAcceptDrops(True)
        self._input = name
        self._lit = False
        self._thumbnail = _Thumbnail()
        self._name = _Line("otherInputName")
        self._fed = _Line("otherInputFed")
        dim(self._fed)
        self._choose = self._make_button("otherInputChoose", "open", self.tr("Choose a picture for the input {name}"))
        self._choose.clicked.connect(lambda: self.requested.emit(name))
        self._clear = self._make_button("otherInputClear", "close", self.tr("Feed the input {name} zeros again"))
        self._clear.clicked.connect(lambda: self.cleared.emit(name))
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 4, 2, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._thumbnail, 0, 0, 2, 1)
        grid.addWidget(self._name, 0, 1)
        grid.addWidget(self._fed, 1, 1)
        grid.addWidget(self._choose, 0, 2, 2, 1)
        grid.addWidget(self._clear, 0, 3, 2, 1)

    def show_input(self, given: NetworkInput, picture: PictureRead | None) -> None:
        """Shows what the input takes and what it is fed."""
        height, width, channels = ("?" if length is None else length for length in given.shape)
        title = self.tr("{name}  {height} x {width} x {channels}")
        self._name.show_text(title.format(name=given.name, height=height, width=width, channels=channels))
        self._fed.show_text(picture.picture.name if picture else self.tr("zeros; drop a picture here"))
        self._thumbnail.show_picture(picture)
        self._clear.setEnabled(picture is not None)
        self.setAccessibleName(self.tr("Input {name}").format(name=given.name))
        fed = picture.picture.name if picture else self.tr("zeros")
        self.setAccessibleDescription(self.tr("It is fed {what}.").format(what=fed))

    def _make_button(self, name: str, icon_name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setIcon(icon(icon_name))
        tip = tip.format(name=self._input)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Lights up under what may be dropped."""
        if may_be_dropped(event.mimeData()):
            event.acceptProposedAction()
            self._show_lit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Goes dark again."""
        self._show_lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Passes on what was dropped, with the input's name."""
        self._show_lit(False)
        event.acceptProposedAction()
        found = dropped(event.mimeData())
        if isinstance(found, list):
            self.files_dropped.emit(self._input, found)
        elif found is not None:
            self.image_dropped.emit(self._input, *found)
        else:
            self._fed.show_text(self.tr("The browser gave an address, not the picture."))

    def _show_lit(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A hairline around it; a bright one while something hangs over it."""
        tones = tones_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tones.accent if self._lit else tones.outline), 2 if self._lit else 1))
        painter.setBrush(QColor(tones.hover) if self._lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)


class _Line(QElidingLabel):
    """One line that is elided rather than wide, and whole in its tooltip."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Shows a text."""
        self.setText(text)
        self.setToolTip(text)


class _Thumbnail(QWidget):
    """A small picture, or a dashed square with a zero in it."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setFixedSize(QSize(_THUMBNAIL, _THUMBNAIL))

    def show_picture(self, picture: PictureRead | None) -> None:
        """Shows a picture, or none."""
        self._image = QImage()
        if picture is not None:
            height, width, _ = picture.thumbnail.shape
            data = picture.thumbnail.tobytes()
            self._image = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, fitted."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().placeholderText().color(), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "0")
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)

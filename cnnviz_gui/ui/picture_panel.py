"""The picture panel: the picture, where another one comes from, how it is fed, and what the network makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon, QImageReader, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProxyStyle,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from cnnviz_gui.session.wording import words
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.picture_canvas import PictureCanvas
from cnnviz_gui.ui.picture_classes import ClassBars
from cnnviz_gui.ui.picture_drop import dropped, may_be_dropped
from cnnviz_gui.ui.picture_input import PictureInput
from cnnviz_gui.ui.picture_others import OtherInputs
from cnnviz_gui.ui.theme import dim
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cnnviz_gui.core.network import Network, NetworkInput, Size
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.requests import Look

_THUMBNAIL = 44


class PicturePanel(QWidget):
    """The whole panel takes drops: files and folders as paths, a picture from a browser as its pixels.

    A browser that gives only an address is told so in words: nothing is fetched.
    """

    files_dropped = Signal(list)
    image_dropped = Signal(bytes, str)
    open_requested = Signal()
    paste_requested = Signal()
    sample_chosen = Signal(str)
    size_chosen = Signal(object)
    preprocessing_chosen = Signal(str)
    other_files_dropped = Signal(str, list)
    other_image_dropped = Signal(str, bytes, str)
    other_requested = Signal(str)
    other_cleared = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picturePanel")
        self.setAcceptDrops(True)
        self._canvas = PictureCanvas()
        self._name = QElidingLabel()
        self._name.setObjectName("pictureName")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._pixels = QLabel()
        self._pixels.setObjectName("picturePixels")
        self._notes = WrappedLabel("pictureNotes")
        self._notes.hide()
        for label in (self._pixels, self._notes):
            dim(label)
        self._samples = QMenu(self)
        self._samples.setObjectName("sampleMenu")
        self._large_icons = _LargeIcons("Fusion")
        self._samples.setStyle(self._large_icons)
        self._samples.aboutToShow.connect(self._on_samples_about_to_show)
        self._input = PictureInput()
        self._input.size_chosen.connect(self.size_chosen)
        self._input.preprocessing_chosen.connect(self.preprocessing_chosen)
        self._others = OtherInputs()
        self._others.files_dropped.connect(self.other_files_dropped)
        self._others.image_dropped.connect(self.other_image_dropped)
        self._others.requested.connect(self.other_requested)
        self._others.cleared.connect(self.other_cleared)
        self._classes = ClassBars()
        self._lay_out()

    def _lay_out(self) -> None:
        caption = QHBoxLayout()
        caption.setSpacing(8)
        caption.addWidget(self._name, 1)
        caption.addWidget(self._pixels)
        open_tip, sample_tip = self.tr("Open a picture file"), self.tr("Choose one of the photos that come along")
        paste_tip = self.tr("Take the picture in the clipboard")
        open_button = _make_button("openPicture", "open", self.tr("Open…"), open_tip)
        open_button.clicked.connect(lambda: self.open_requested.emit())
        sample_button = _make_button("samplePicture", "sample", self.tr("Sample"), sample_tip)
        sample_button.setMenu(self._samples)
        paste_button = _make_button("pastePicture", "paste", self.tr("Paste"), paste_tip)
        paste_button.clicked.connect(lambda: self.paste_requested.emit())
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (open_button, sample_button, paste_button):
            buttons.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._canvas, 1)
        layout.addLayout(caption)
        layout.addWidget(self._notes)
        layout.addLayout(buttons)
        layout.addWidget(self._others)
        layout.addWidget(self._input)
        layout.addWidget(self._classes)
        layout.addStretch()

    def show_samples(self, samples: Sequence[tuple[str, str]]) -> None:
        """Fills the menu of samples with (title, path)."""
        self._samples.clear()
        for title, path in samples:
            action = self._samples.addAction(title)
            action.setData(path)
            action.triggered.connect(lambda _checked=False, path=path: self.sample_chosen.emit(path))

    def show_picture(self, picture: PictureRead) -> None:
        """Shows a picture with its name, size and notes."""
        self._canvas.show_pixels(picture.thumbnail)
        self._name.setText(picture.picture.name)
        self._name.setToolTip(picture.picture.path or picture.picture.name)
        self._pixels.setText(self.tr("{width} x {height}").format(width=picture.width, height=picture.height))
        tip = self.tr("{width} pixels wide, {height} high").format(width=picture.width, height=picture.height)
        self._pixels.setToolTip(tip)
        self._canvas.setAccessibleDescription(f"{picture.picture.name}, {tip}")
        self._show_notes(" ".join(words(note) for note in picture.notes))
        self._input.show_picture_size((picture.height, picture.width))

    def show_network(self, network: Network) -> None:
        """Offers the network's own size, or states its fixed size, and the reason for the preprocessing."""
        self._input.show_network(network)
        if not network.labels:
            self._classes.show_classes(())

    def show_others(self, inputs: Sequence[NetworkInput], pictures: Mapping[str, PictureRead]) -> None:
        """Shows the network's further inputs that take pictures, each with its own or as fed zeros."""
        self._others.show_inputs(inputs, pictures)

    def show_input(self, size: Size, preprocessing: str) -> None:
        """Shows the size and the preprocessing in use, without emitting anything."""
        self._input.show_input(size, preprocessing)

    def show_look(self, look: Look | None) -> None:
        """Shows the range of the tensor as fed and the likeliest classes as bars, or nothing while unknown."""
        self._input.show_range((look.fed_minimum, look.fed_maximum) if look else None)
        if look is None:
            self._classes.show_unknown()
        else:
            self._classes.show_classes(look.classes)

    def show_receptive_field(self, box: tuple[float, float, float, float] | None) -> None:
        """Draws a box (top, left, height, width as shares 0..1 of the picture) on it, or none."""
        self._canvas.show_box(box)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Lights up under what may be dropped."""
        if may_be_dropped(event.mimeData()):
            event.acceptProposedAction()
            self._canvas.show_lit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Goes dark again."""
        self._canvas.show_lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Passes on what was dropped, or says why it cannot."""
        self._canvas.show_lit(False)
        event.acceptProposedAction()
        found = dropped(event.mimeData())
        if isinstance(found, list):
            self.files_dropped.emit(found)
        elif found is not None:
            self.image_dropped.emit(*found)
        else:
            self._show_notes(
                self.tr("The browser gave an address, not the picture. Copy the picture there and paste it here.")
            )

    def changeEvent(self, event: QEvent) -> None:
        """A menu keeps the pixels of its icons, so they are made anew at another scale."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            for action in self._samples.actions():
                action.setIcon(QIcon())
        super().changeEvent(event)

    @Slot()
    def _on_samples_about_to_show(self) -> None:
        for action in self._samples.actions():
            if action.icon().isNull():
                action.setIcon(_thumbnail(action.data(), self.devicePixelRatioF()))

    def _show_notes(self, text: str) -> None:
        self._notes.setText(text)
        self._notes.setVisible(bool(text))


class _LargeIcons(QProxyStyle):
    """A menu's icons are as large as its style says; a thumbnail needs more than an icon."""

    def pixelMetric(
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric == QStyle.PixelMetric.PM_SmallIconSize:
            return _THUMBNAIL
        return super().pixelMetric(metric, option, widget)


def _make_button(name: str, icon_name: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(icon(icon_name), text)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button


def _thumbnail(path: str, ratio: float) -> QIcon:
    """The middle square of a picture file, small; decoded small where the format can do that."""
    reader = QImageReader(path)
    side = round(_THUMBNAIL * ratio)
    size = reader.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    reader.setScaledSize(size)
    image = reader.read()
    if image.isNull():
        return QIcon()
    square = QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    pixmap = QPixmap.fromImage(image.copy(square))
    pixmap.setDevicePixelRatio(ratio)
    made = QIcon()
    made.addPixmap(pixmap)
    return made

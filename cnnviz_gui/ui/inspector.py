"""The inspector: the chosen channel, large, through a lens, with its figures and a histogram of its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from cnnviz_gui.session.state import Lens
from cnnviz_gui.ui.grid_empty import EmptyState
from cnnviz_gui.ui.grid_levels import qt_table
from cnnviz_gui.ui.grid_painter import mark_of
from cnnviz_gui.ui.grid_scale import exact, figure, value_range
from cnnviz_gui.ui.histogram import Histogram
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.inspector_pages import ActivationPage, KernelsPage, OverlayPage, PatternPage
from cnnviz_gui.ui.mpl_style import small_font
from cnnviz_gui.ui.scrolled import Scrolled
from cnnviz_gui.ui.theme import dim, set_weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.requests import Grid, Kernels

LENSES = (Lens.ACTIVATION, Lens.OVERLAY, Lens.KERNELS, Lens.PATTERN)
_LOWEST = 260
"""Pixels that the inspector never goes below; from there on it scrolls."""
TABS = """
QTabBar::tab {
    background: transparent; border: 1px solid transparent; border-bottom: 2px solid palette(mid);
    padding: 5px 6px; color: palette(placeholder-text);
}
QTabBar::tab:selected { border-bottom-color: palette(accent); color: palette(window-text); }
QTabBar::tab:hover { color: palette(window-text); }
QTabBar::tab:selected:focus { border: 1px solid palette(accent); border-bottom-width: 2px; }
"""


class Inspector(QWidget):
    """Implements `cnnviz_gui.presenters.views.InspectorView`."""

    lens_chosen = Signal(object)
    save_requested = Signal()
    seeds_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._title = QLabel()
        self._title.setObjectName("inspector_title")
        set_weight(self._title, QFont.Weight.DemiBold)
        self._layer = QElidingLabel()
        self._layer.setObjectName("inspector_layer")
        self._layer.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        dim(self._layer)
        self._save = QPushButton(icon("save"), self.tr("Save channel…"))
        self._save.setObjectName("inspector_save")
        self._save.clicked.connect(self.save_requested)
        self._tabs = self._make_tabs()
        self._activation = ActivationPage()
        self._overlay = OverlayPage()
        self._kernels = KernelsPage()
        self._pattern = PatternPage()
        self._pattern.seeds_requested.connect(self.seeds_requested)
        self._pages = QStackedWidget()
        for page in (self._activation, self._overlay, self._kernels, self._pattern):
            self._pages.addWidget(page)
        self._figures = Figures()
        self._remark = QLabel()
        self._remark.setObjectName("inspector_remark")
        self._remark.setWordWrap(True)
        self._histogram = Histogram()
        self._nothing = EmptyState("inspector_nothing", "layer-conv")
        self._lay_out()
        self.show_kernels(None, self.tr("The kernels are not known yet."))
        self.show_pattern([], self.tr("No pattern has been made for this channel yet."), can_reseed=False)
        self.show_nothing(self.tr("Click a channel to look at it closely."))

    def show_channel(
        self,
        grid: Grid,
        channel: int,
        position: tuple[int, int] | None,
        picture: PictureRead | None,
        colormap: str,
        label: str = "",
    ) -> None:
        """Shows a channel: activation with colour bar and histogram, figures, and the overlay on the picture."""
        values, table = grid.values[..., channel], qt_table(colormap)
        if position is not None and not (position[0] < values.shape[0] and position[1] < values.shape[1]):
            position = None
        levels = _levels_of(grid, channel)
        self._title.setText(self.tr("Channel {channel}").format(channel=channel))
        about = "   ".join(part for part in (label, grid.request.view.layer) if part)
        self._layer.setText(about)
        self._layer.setToolTip(about)
        self._activation.show_channel(grid, channel, levels, table, position)
        if grid.is_vector:
            self._overlay.show_text(self.tr("This channel is one number; there is nothing to lay over the picture."))
        elif picture is None:
            self._overlay.show_text(self.tr("There is no picture to lay the channel over."))
        else:
            self._overlay.show_overlay(picture, levels, table)
        value = None if position is None else float(values[position])
        self._figures.show_channel(grid, channel)
        self._show_remark(grid, channel, position)
        self._histogram.show_values(values, table, value_range(grid, channel), value)
        self._figures.setVisible(values.size > 1)
        self._histogram.setVisible(bool(values.size > 1 and not grid.statistics.constant[channel]))
        self._stack.setCurrentIndex(1)

    def show_kernels(self, kernels: Kernels | None, why_not: str) -> None:
        """Shows the channel's kernels, or says why it has none."""
        if kernels is None or kernels.weights.size == 0 or kernels.weights.ndim != 3:
            self._kernels.show_text(why_not)
        else:
            self._kernels.show_kernels(kernels)

    def show_pattern(self, pictures: Sequence[NDArray[np.uint8]], caption: str, *, can_reseed: bool) -> None:
        """Shows the channel's patterns ((S, S, 3) uint8) side by side, or the caption alone, and offers more."""
        if pictures:
            self._pattern.show_patterns(pictures, caption, can_reseed=can_reseed)
        else:
            self._pattern.show_text(caption)

    def show_lens(self, lens: Lens) -> None:
        """Turns to a lens, without emitting anything."""
        with QSignalBlocker(self._tabs):
            self._tabs.setCurrentIndex(LENSES.index(lens))
        self._pages.setCurrentIndex(LENSES.index(lens))

    def show_nothing(self, text: str) -> None:
        """Shows a sentence: no channel is chosen."""
        self._nothing.show_text(text)
        self._stack.setCurrentIndex(0)

    def _make_tabs(self) -> QTabBar:
        tabs = QTabBar()
        tabs.setObjectName("inspector_lens")
        tabs.setAccessibleName(self.tr("Lens"))
        tabs.setDrawBase(False)
        tabs.setStyleSheet(TABS)
        tabs.setExpanding(True)
        tabs.setUsesScrollButtons(False)
        tabs.setElideMode(Qt.TextElideMode.ElideRight)
        for text, tip in (
            (self.tr("Activation"), self.tr("What the channel does with the picture")),
            (self.tr("Overlay"), self.tr("The activation over the picture")),
            (self.tr("Kernels"), self.tr("The weights of the channel's filter")),
            (self.tr("Pattern"), self.tr("What the channel looks for")),
        ):
            tabs.setTabToolTip(tabs.addTab(text), tip)
        tabs.currentChanged.connect(self._on_tab_changed)
        return tabs

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._layer, 1)
        head.addWidget(self._save)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self._remark)
        column.addWidget(self._figures)
        column.addWidget(self._histogram)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(Scrolled(shown, _LOWEST))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _show_remark(self, grid: Grid, channel: int, position: tuple[int, int] | None) -> None:
        """The position's value, or what is odd about the channel."""
        mark = "" if grid.values.shape[0] * grid.values.shape[1] == 1 else mark_of(grid.statistics, channel)
        text = {
            "dead": self.tr("Zero everywhere for this picture."),
            "constant": self.tr("The same value everywhere for this picture."),
            "broken": self.tr("Some values are infinite or not a number."),
            "": "",
        }[mark]
        if position is not None:
            at = self.tr("Row {row}, column {column}: {value}")
            value = exact(grid.values[(*position, channel)])
            text = "   ".join([at.format(row=position[0], column=position[1], value=value), text]).strip()
        self._remark.setText(text)
        self._remark.setVisible(bool(text))

    def _on_tab_changed(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self.lens_chosen.emit(LENSES[index])


class Figures(QWidget):
    """A channel's figures in columns: what it is, and below it the number."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector_figures")
        self._numbers: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(0)
        for place, (name, text) in enumerate(
            (
                ("mean", self.tr("mean")),
                ("maximum", self.tr("max")),
                ("minimum", self.tr("min")),
                ("zeros", self.tr("zero")),
                ("std", self.tr("std")),
            )
        ):
            caption, number = QLabel(text), QLabel()
            caption.setFont(small_font(self.font()))
            dim(caption)
            number.setObjectName(f"inspector_{name}")
            number.setAccessibleName(text)
            number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(caption, 0, place)
            grid.addWidget(number, 1, place)
            # All columns alike, however long their numbers are.
            number.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            grid.setColumnStretch(place, 1)
            self._numbers.append(number)

    def show_channel(self, grid: Grid, channel: int) -> None:
        """Shows a channel's figures; they mean nothing where values are not finite."""
        stats = grid.statistics
        zeros = self.tr("{percent} %").format(percent=figure(float(stats.zeros[channel]) * 100))
        texts = [figure(stats.mean[channel]), figure(stats.maximum[channel]), figure(stats.minimum[channel]), zeros]
        texts.append(figure(stats.std[channel]))
        for number, text in zip(self._numbers, texts, strict=True):
            number.setText(text if stats.finite[channel] else "-")


def _levels_of(grid: Grid, channel: int) -> NDArray[np.uint8]:
    """The (h, w) grey levels of a channel, cut out of the mosaic: the very colours that the grid shows."""
    place = grid.tiling.place_of(channel)
    if place is None:
        return np.zeros(grid.values.shape[:2], np.uint8)
    top, left = grid.tiling.corner(place)
    return np.ascontiguousarray(
        grid.mosaic[top : top + grid.tiling.tile_height, left : left + grid.tiling.tile_width]
    )

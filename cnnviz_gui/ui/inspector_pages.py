"""The inspector's pages, one for each lens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.core.mosaic import Tiling, fitted_per_row, tile
from cnnviz_gui.ui.grid_empty import EmptyState
from cnnviz_gui.ui.grid_levels import qt_table
from cnnviz_gui.ui.grid_scale import exact, figure, round_ticks, value_range
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.inspector_panes import LevelsPane, OverlayPane, PicturesPane
from cnnviz_gui.ui.theme import dim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.requests import Grid, Kernels

KERNEL_COLORMAP = "RdBu_r"
FIRST_OPACITY = 60


class Page(QStackedWidget):
    """A page that shows its content or says why there is none."""

    def __init__(self, name: str, icon_name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._content = QWidget()
        self.column = QVBoxLayout(self._content)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self._nothing = EmptyState(f"{name}_nothing", icon_name, 32)
        self.addWidget(self._nothing)
        self.addWidget(self._content)

    def show_content(self) -> None:
        """Shows the content."""
        self.setCurrentWidget(self._content)

    def show_text(self, text: str) -> None:
        """Shows a sentence instead."""
        self._nothing.show_text(text)
        self.setCurrentWidget(self._nothing)


class ActivationPage(Page):
    """The channel, large, with a colour bar of its values; one number, large, when it is only that."""

    def __init__(self) -> None:
        super().__init__("inspector_activation", "layer-conv")
        self._pane = LevelsPane("inspector_channel", self.tr("The channel"))
        self._number = QLabel()
        self._number.setObjectName("inspector_number")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = QFont(self._number.font())
        font.setPointSizeF(max(font.pointSizeF(), 9) * 2.2)
        self._number.setFont(font)
        self.column.addWidget(self._pane)
        self.column.addWidget(self._number)

    def show_channel(
        self, grid: Grid, channel: int, levels: NDArray[np.uint8], table: list[int], position: tuple[int, int] | None
    ) -> None:
        """Shows a channel's (h, w) grey levels, as they are in the mosaic."""
        values = grid.values[..., channel]
        self._number.setText(exact(values[0, 0]))
        self._number.setVisible(grid.is_vector)
        self._pane.setVisible(not grid.is_vector)
        low, high = value_range(grid, channel)
        span = high - low
        places = [((value - low) / span * 255 if span else 128.0, value) for value in round_ticks(low, high)]
        ticks = tuple((level, figure(value)) for level, value in places)
        self._pane.show_levels(levels, table, ticks, position=position)
        self._pane.setAccessibleDescription(
            self.tr("Channel {channel}, {height} x {width}, from {low} to {high}").format(
                channel=channel,
                height=values.shape[0],
                width=values.shape[1],
                low=figure(grid.statistics.minimum[channel]),
                high=figure(grid.statistics.maximum[channel]),
            )
        )

        def tip(point: QPointF) -> str:
            if (cell := self._pane.cell_at(point)) is None:
                return ""
            text = self.tr("row {row}, column {column}: {value}")
            return text.format(row=cell[0], column=cell[1], value=exact(values[cell]))

        self._pane.set_tip(tip)
        self.show_content()


class OverlayPage(Page):
    """The channel laid over the picture."""

    def __init__(self) -> None:
        super().__init__("inspector_overlay", "picture")
        self._pane = OverlayPane("inspector_overlay_picture", self.tr("The channel over the picture"))
        self._opacity = QSlider(Qt.Orientation.Horizontal)
        self._opacity.setObjectName("inspector_opacity")
        self._opacity.setRange(0, 100)
        self._opacity.setPageStep(10)
        self._opacity.setAccessibleName(self.tr("Opacity of the channel"))
        self._percent = QLabel()
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._smooth = QCheckBox(self.tr("Smooth"))
        self._smooth.setObjectName("inspector_smooth")
        self._smooth.setToolTip(self.tr("Interpolate between positions, or show them as squares"))
        label = QLabel(self.tr("Opacity"))
        dim(label)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self._opacity, 1)
        row.addWidget(self._percent)
        row.addWidget(self._smooth)
        self.column.addWidget(self._pane, 1)
        self.column.addLayout(row)
        self._opacity.valueChanged.connect(self._on_opacity_changed)
        self._smooth.toggled.connect(self._pane.set_smooth)
        self._smooth.setChecked(True)
        self._opacity.setValue(FIRST_OPACITY)

    def show_overlay(self, picture: PictureRead, levels: NDArray[np.uint8], table: list[int]) -> None:
        """Shows a channel's grey levels over a picture."""
        self._pane.show_overlay(picture.thumbnail, levels, table)
        self.show_content()

    def _on_opacity_changed(self, percent: int) -> None:
        self._percent.setText(self.tr("{percent} %").format(percent=percent))
        self._pane.set_opacity(percent / 100)


class KernelsPage(Page):
    """The kernels of a channel's filter around zero, and as a picture when they look at three colours."""

    def __init__(self) -> None:
        super().__init__("inspector_kernels", "layer-depthwise")
        self._pane = LevelsPane("inspector_kernel_mosaic", self.tr("The kernels"))
        self._colors = PicturesPane("inspector_kernel_colors", self.tr("The kernel in colours"), smooth=False)
        self._colors.setToolTip(self.tr("The three kernels as red, green and blue; grey is zero"))
        self._caption = _caption("inspector_kernel_caption")
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._colors, 2)
        row.addWidget(self._pane, 3)
        self.column.addLayout(row, 1)
        self.column.addWidget(self._caption)

    def show_kernels(self, kernels: Kernels) -> None:
        """Shows (h, w, input channels) weights."""
        weights = np.nan_to_num(kernels.weights, nan=0.0, posinf=0.0, neginf=0.0)
        height, width, count = weights.shape
        reach = float(abs(weights).max(initial=0)) or 1.0
        levels = np.clip(weights * np.float32(127 / reach) + 128, 0, 255).astype(np.uint8)
        aspect = max(self.width(), 120) / max(self.height() - 30, 100) * (0.4 if count == 3 else 0.8)
        gap = 1 if height * width > 1 and count > 1 else 0
        per_row = fitted_per_row(count, height + gap, width + gap, aspect)
        mosaic = tile(levels.transpose(2, 0, 1), per_row, gap, fill=128)
        ticks = tuple((128 + value / reach * 127, figure(value)) for value in round_ticks(-reach, reach))
        tiling = Tiling(tuple(range(count)), height, width, per_row, gap)
        self._pane.show_levels(mosaic, qt_table(KERNEL_COLORMAP), ticks, tiling=tiling)

        def tip(point: QPointF) -> str:
            cell = self._pane.cell_at(point)
            where = None if cell is None else tiling.at(*cell)
            if where is None:
                return ""
            text = self.tr("input channel {channel}, row {row}, column {column}: {value}")
            value = exact(kernels.weights[where.row, where.column, where.channel])
            return text.format(channel=where.channel, row=where.row, column=where.column, value=value)

        self._pane.set_tip(tip)
        self._colors.setVisible(count == 3)
        if count == 3:
            self._colors.show_pictures([np.clip(weights / reach * 127.5 + 128, 0, 255).astype(np.uint8)])
        text = self.tr("{height} x {width}, {count} input channels")
        if kernels.bias is not None:
            text = self.tr("{height} x {width}, {count} input channels, bias {bias}")
        bias = figure(kernels.bias or 0.0, 4)
        self._caption.setText(text.format(height=height, width=width, count=count, bias=bias))
        self.show_content()


class PatternPage(Page):
    """The channel's pattern, large, or several from different seeds side by side."""

    seeds_requested = Signal()

    def __init__(self) -> None:
        super().__init__("inspector_pattern", "pattern")
        self._pane = PicturesPane("inspector_pattern_picture", self.tr("The channel's pattern"), smooth=True)
        self._caption = _caption("inspector_pattern_caption")
        self._seeds = QPushButton(icon("dice"), self.tr("Another seed"))
        self._seeds.setObjectName("inspector_pattern_seeds")
        self._seeds.setToolTip(self.tr("Make this channel's pattern from two other seeds and show them side by side"))
        self._seeds.clicked.connect(lambda: self.seeds_requested.emit())
        self.column.addWidget(self._pane, 1)
        self.column.addWidget(self._caption)
        self.column.addWidget(self._seeds, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_patterns(self, pictures: Sequence[NDArray[np.uint8]], caption: str, *, can_reseed: bool) -> None:
        """Shows (S, S, 3) patterns."""
        self._pane.show_pictures(pictures)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self._seeds.setVisible(can_reseed)
        self.show_content()


def _caption(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setTextFormat(Qt.TextFormat.PlainText)
    dim(label)
    return label

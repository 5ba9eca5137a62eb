"""The channel grid: all channels of a layer on one canvas, under a row of display choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.core.mosaic import Scale
from cnnviz_gui.session.state import Display
from cnnviz_gui.session.wording import words
from cnnviz_gui.ui.channel_grid_header import ChannelGridHeader
from cnnviz_gui.ui.grid_empty import EmptyState
from cnnviz_gui.ui.grid_levels import qt_table
from cnnviz_gui.ui.grid_scale import BarScale, exact, figure, layer_range, layer_reach, round_ticks
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.load_ahead import PAUSE_MS
from cnnviz_gui.ui.menu_heading import menu_heading
from cnnviz_gui.ui.theme import dim

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QPoint

    from cnnviz_gui.core.mosaic import Cell
    from cnnviz_gui.core.requests import Grid
    from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas

STALE_AFTER_MS = 150
"""An answer that comes sooner is not announced: fading the mosaic for a moment would only flicker."""
ASPECT_AFTER_MS = 120


class ChannelGrid(QWidget):
    """Implements `cnnviz_gui.presenters.views.ChannelGridView`."""

    channel_clicked = Signal(int, str)
    position_clicked = Signal(int, int)
    hovered = Signal(object)
    display_changed = Signal(object)
    aspect_changed = Signal(float)
    copy_requested = Signal()
    channel_action_requested = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("channel_grid")
        self._title = ""
        self._colormap = Display().colormap
        self._stale = False
        self._header = ChannelGridHeader()
        self._made: MosaicCanvas | None = None
        self._empty = EmptyState("grid_empty", "layer-conv")
        self._hover = QLabel()
        self._hover.setObjectName("grid_hover")
        self._hover.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._zoom = QLabel()
        self._zoom.setObjectName("grid_zoom")
        self._zoom.setToolTip(self.tr("Screen pixels for each value of a channel"))
        dim(self._zoom)
        self._stale_timer = QTimer(self, singleShot=True, interval=STALE_AFTER_MS)
        self._aspect_timer = QTimer(self, singleShot=True, interval=ASPECT_AFTER_MS)
        self._lay_out()
        self._connect()
        self.show_nothing("")

    def show_grid(self, grid: Grid, title: str) -> None:
        """Shows a grid; keeps zoom and pan when the tiling is the same as before."""
        self._title = title
        self._header.show_title(title, "" if grid.described is None else words(grid.described))
        self._canvas.set_bar_scale(None if grid.is_vector else self._bar_scale(grid))
        self._canvas.show_grid(grid)
        self._stack.setCurrentWidget(self._canvas)
        self._header.setEnabled(True)
        self._header.show_vector(grid.is_vector)
        self._zoom.setVisible(not grid.is_vector)
        self._describe()

    def show_display(self, display: Display) -> None:
        """Sets the display choices, without emitting anything; a new colormap recolours at once."""
        self._header.show_display(display)
        if display.colormap != self._colormap:
            self._colormap = display.colormap
            if self._made is not None:
                self._made.set_table(qt_table(display.colormap))

    def show_selection(self, channels: tuple[int, ...], position: tuple[int, int] | None) -> None:
        """Frames the chosen channels, and marks the position in the last one."""
        self._canvas.show_selection(channels, position)
        self._describe()

    def show_stale(self, stale: bool) -> None:
        """Tints the mosaic as old while a newer one is being computed, or after that failed."""
        self._stale = stale
        if stale:
            self._stale_timer.start()
        else:
            self._stale_timer.stop()
            if self._made is not None:
                self._made.show_stale("")

    def show_nothing(self, text: str) -> None:
        """Shows a sentence instead of a mosaic."""
        self._title = ""
        self._header.show_title("")
        self._header.setDisabled(True)
        self._hover.clear()
        self._zoom.hide()
        self._empty.show_text(text)
        self._stack.setCurrentWidget(self._empty)

    def show_hover(self, text: str) -> None:
        """Shows a line about what is under the cursor."""
        self._hover.setText(text)

    def view_image(self) -> NDArray[np.uint8]:
        """The view as shown, with title and colour bar: (h, w, 3) uint8."""
        # Imported here, as the canvas is: not before there is something to export.
        from cnnviz_gui.ui.grid_export import Sheet, render_view

        canvas, grid = self._canvas, self._canvas.scene.grid
        if grid is None or self._stack.currentWidget() is not canvas:
            pixels = self.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
            rows = np.frombuffer(pixels.constBits(), np.uint8).reshape(pixels.height(), pixels.bytesPerLine())
            return rows[:, : pixels.width() * 3].reshape(pixels.height(), pixels.width(), 3).copy()
        sheet = Sheet(
            size=canvas.size(),
            ratio=canvas.devicePixelRatioF(),
            dpi=canvas.figure.dpi / canvas.devicePixelRatioF(),
            view=canvas.view_rect,
            bar=canvas.bar_rect,
            scale=canvas.bar_scale,
            colormap=self._colormap,
            style=canvas.style_now,
            title=self._title,
        )
        return render_view(grid, canvas.scene.viewport, sheet)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 6)
        foot.addWidget(self._hover, 1)
        foot.addWidget(self._header.zoom_buttons)
        foot.addWidget(self._zoom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)
        # A footer that keeps its height while it has nothing to say.
        self._hover.setMinimumHeight(self._hover.fontMetrics().height() + 2)

    def _connect(self) -> None:
        self._header.display_changed.connect(self._on_display_chosen)
        self._stale_timer.timeout.connect(self._on_stale_for_long)
        self._aspect_timer.timeout.connect(self._on_aspect_settled)

    def make_ready(self) -> None:
        """Makes the canvas before it is needed, and has Matplotlib draw its part, in the size that it will have."""
        if self._made is None:
            self._canvas.resize(self._stack.size())
            self._canvas.set_bar_scale(self._named_scale(Display().scale))
            # With a pause for the window between the two.
            QTimer.singleShot(PAUSE_MS, self, self._draw_ahead)

    def _draw_ahead(self) -> None:
        # A hidden widget is told its size, and drawn, only for who wants a picture of it.
        self._canvas.grab(QRect(0, 0, 1, 1))

    @property
    def _canvas(self) -> MosaicCanvas:
        """The canvas. It is made when it is first needed, so that the window is seen before Matplotlib is loaded."""
        if self._made is None:
            from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas

            canvas = self._made = MosaicCanvas()
            canvas.set_table(qt_table(self._colormap))
            canvas.channel_clicked.connect(self.channel_clicked)
            canvas.position_clicked.connect(self.position_clicked)
            canvas.hovered.connect(self._on_hovered)
            canvas.zoomed.connect(self._on_zoomed)
            canvas.resized.connect(self._aspect_timer.start)
            canvas.menu_requested.connect(self._on_menu_requested)
            self._header.fit_requested.connect(canvas.fit)
            self._header.one_to_one_requested.connect(canvas.one_to_one)
            self._stack.addWidget(canvas)
            self._header.put_into_tab_order(canvas)
        return self._made

    def _bar_scale(self, grid: Grid) -> BarScale:
        if (named := self._named_scale(grid.request.scale)) is not None:
            return named
        if grid.request.scale is Scale.LAYER:
            low, high = layer_range(grid)
            span = high - low or 1.0
            ticks = tuple(((value - low) / span * 255, figure(value)) for value in round_ticks(low, high))
            return BarScale(ticks, self.tr("activation"))
        reach = layer_reach(grid)
        values = round_ticks(-reach, reach)
        ticks = tuple((128 + (value / reach * 127 if reach else 0), figure(value)) for value in values)
        return BarScale(ticks, self.tr("activation, zero in the middle"))

    def _named_scale(self, scale: Scale) -> BarScale | None:
        """What the colour bar says of a scale that is the same for every grid."""
        if scale is Scale.TUTORIAL:
            ticks = (0.0, "-2"), (64.0, "-1"), (128.0, "0"), (192.0, "+1"), (255.0, "+2")
            return BarScale(ticks, self.tr("standard deviations from each channel's mean"))
        if scale is Scale.CHANNEL:
            ends = (0.0, self.tr("min")), (255.0, self.tr("max"))
            return BarScale(ends, self.tr("each channel's minimum .. maximum"))
        return None

    def _describe(self) -> None:
        """Tells a screen reader what the canvas shows."""
        grid, chosen = self._canvas.scene.grid, self._canvas.scene.chosen
        if grid is None:
            return
        height, width, count = grid.values.shape
        name = self.tr("Channels of {layer}").format(layer=grid.request.view.layer)
        about = self.tr("{count} channels of {height} x {width}").format(count=count, height=height, width=width)
        if chosen is not None and chosen < count:
            stats = grid.statistics
            about += self.tr("; chosen: channel {channel}, mean {mean}, maximum {maximum}").format(
                channel=chosen, mean=figure(stats.mean[chosen]), maximum=figure(stats.maximum[chosen])
            )
            about += "; " + tip if (tip := self._canvas.tip(chosen)) else ""
        self._canvas.setAccessibleName(name)
        self._canvas.setAccessibleDescription(about)

    def _on_hovered(self, cell: Cell | None) -> None:
        grid = self._canvas.scene.grid
        if cell is None or grid is None:
            self._hover.clear()
        else:
            value = exact(grid.values[cell.row, cell.column, cell.channel])
            text = self.tr("channel {channel}   row {row}, column {column}   {value}")
            if grid.is_vector:
                text = self.tr("channel {channel}   {value}")
            self._hover.setText(text.format(channel=cell.channel, row=cell.row, column=cell.column, value=value))
        # A presenter that knows more (a class name, a receptive field) may replace the line now.
        self.hovered.emit(cell)

    def _on_zoomed(self) -> None:
        scale = self._canvas.scene.viewport.scale * self._canvas.devicePixelRatioF()
        self._zoom.setText(self.tr("{percent} %").format(percent=figure(scale * 100)))

    def _on_display_chosen(self, display: Display) -> None:
        if display.colormap != self._colormap:
            self._colormap = display.colormap
            self._canvas.set_table(qt_table(display.colormap))
        self.display_changed.emit(display)

    def _on_stale_for_long(self) -> None:
        self._canvas.show_stale(self.tr("out of date"))

    def _on_aspect_settled(self) -> None:
        rect = self._canvas.view_rect
        self.aspect_changed.emit(rect.width() / rect.height())

    def _on_menu_requested(self, channel: int, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("grid_menu")
        if channel >= 0:
            menu.addAction(menu_heading(self.tr("Channel {channel}").format(channel=channel), menu))
            for action, icon_name, text in (
                ("copy", "copy", self.tr("Copy this channel")),
                ("save", "save", self.tr("Save this channel…")),
                ("pattern", "pattern", self.tr("Make its pattern")),
            ):
                item = menu.addAction(icon(icon_name), text)
                item.triggered.connect(
                    lambda _checked=False, action=action: self.channel_action_requested.emit(action, channel)
                )
            menu.addSeparator()
        menu.addAction(icon("picture"), self.tr("Copy the view")).triggered.connect(self.copy_requested)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

"""What the channel grid's canvas shows, and how it is painted: a mosaic or bars, and everything over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPalette

from cnnviz_gui.core.mosaic import Cell
from cnnviz_gui.ui.grid_bars import BarsPainter
from cnnviz_gui.ui.grid_levels import LevelsPicture, stale_table
from cnnviz_gui.ui.grid_painter import TilesPainter, tile_area
from cnnviz_gui.ui.grid_viewport import Viewport

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QFont, QPainter

    from cnnviz_gui.core.requests import Grid


class GridScene:
    """A grid, where it lies on the screen, and which channels are marked in it."""

    def __init__(self) -> None:
        self.grid: Grid | None = None
        self.viewport = Viewport()
        self.channels: tuple[int, ...] = ()
        self.position: tuple[int, int] | None = None
        self.hover: Cell | None = None
        self.stale_text = ""
        """Why it is faded; empty when it is not."""
        self._picture = LevelsPicture()

    @property
    def is_vector(self) -> bool:
        """Whether bars are shown."""
        return self.grid is not None and self.grid.is_vector

    @property
    def chosen(self) -> int | None:
        """The channel that the inspector shows."""
        return self.channels[-1] if self.channels else None

    def set_grid(self, grid: Grid) -> None:
        """Shows a grid; zoom and pan stay when its tiles lie as before."""
        self.grid = grid
        self.hover = None
        self._picture.set_levels(grid.mosaic)
        if grid.is_vector:
            self.viewport.set_content(len(grid.tiling.order), 1, bars=True)
        else:
            self.viewport.set_content(grid.tiling.width, grid.tiling.height)

    def cell_at(self, point: QPointF) -> Cell | None:
        """What lies under a point of the screen."""
        if self.grid is None or not self.viewport.rect.contains(point):
            return None
        there = self.viewport.to_content(point)
        if self.grid.is_vector:
            place, order = int(there.x() // 1), self.grid.tiling.order
            return Cell(order[place], 0, 0) if 0 <= place < len(order) else None
        return self.grid.tiling.at(there.y(), there.x())

    def area_of(self, channel: int) -> QRectF | None:
        """A channel's tile or column in pixels of the content."""
        if self.grid is None or (place := self.grid.tiling.place_of(channel)) is None:
            return None
        return QRectF(place, 0, 1, 1) if self.grid.is_vector else tile_area(self.grid.tiling, place)

    def paint(self, painter: QPainter, table: list[int], palette: QPalette, font: QFont) -> None:
        """Paints everything inside the viewport's rectangle."""
        if self.grid is None:
            return
        if self.grid.is_vector:
            self._paint_bars(self._bars(self.grid, painter, palette, font), self.grid)
        else:
            self._paint_tiles(painter, self.grid, table, palette, font)
        if self.stale_text:
            self._paint_badge(painter, palette, font)

    def paint_labels(self, painter: QPainter, palette: QPalette, font: QFont) -> None:
        """Writes the numbers beside bars, outside the viewport's rectangle."""
        if self.grid is not None and self.grid.is_vector:
            self._bars(self.grid, painter, palette, font).paint_labels(self.grid.tiling.order)

    def _bars(self, grid: Grid, painter: QPainter, palette: QPalette, font: QFont) -> BarsPainter:
        values = grid.values.reshape(-1)[list(grid.tiling.order)]
        return BarsPainter(painter, self.viewport, values, palette, font)

    def _paint_bars(self, bars: BarsPainter, grid: Grid) -> None:
        bars.paint_bars(stale=bool(self.stale_text))
        for channel in self.channels:
            place = grid.tiling.place_of(channel)
            if place is not None:
                bars.paint_selected(place, chosen=channel == self.chosen)
        if self.hover is not None and (place := grid.tiling.place_of(self.hover.channel)) is not None:
            bars.paint_hover(place)

    def _paint_tiles(self, painter: QPainter, grid: Grid, table: list[int], palette: QPalette, font: QFont) -> None:
        base = palette.color(QPalette.ColorRole.Base)
        self._picture.paint(painter, self.viewport, stale_table(table, base) if self.stale_text else table)
        tiles = TilesPainter(painter, self.viewport, grid.tiling, palette, font)
        tiles.paint_empty()
        tiles.paint_separators()
        tiles.paint_numbers(grid.statistics)
        if self.hover is not None and self.hover.channel not in self.channels:
            tiles.paint_hover(self.hover.channel)
        for channel in self.channels[:-1]:
            tiles.paint_frame(channel, chosen=False)
        if self.chosen is not None:
            tiles.paint_frame(self.chosen, chosen=True)
            if self.position is not None:
                tiles.paint_position(self.chosen, *self.position)

    def _paint_badge(self, painter: QPainter, palette: QPalette, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        rect = self.viewport.rect
        width, height = metrics.horizontalAdvance(self.stale_text) + 20, metrics.height() + 8
        box = QRectF(rect.right() - width - 8, rect.top() + 8, width, height)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.setBrush(QColor(palette.color(QPalette.ColorRole.ToolTipBase)))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(palette.color(QPalette.ColorRole.ToolTipText))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.stale_text)
        painter.restore()

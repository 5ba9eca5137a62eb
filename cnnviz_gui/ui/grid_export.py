"""The view as shown, drawn by Matplotlib from the same array: for the clipboard and for papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.ui.grid_bars import bar_range, labelled_places
from cnnviz_gui.ui.grid_painter import (
    NUMBERED_FROM,
    SEPARATED_FROM,
    empty_area,
    seen_places,
    separator_lines,
    tile_area,
)
from cnnviz_gui.ui.mpl_style import apply_style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF, QSize

    from cnnviz_gui.core.requests import Grid
    from cnnviz_gui.ui.grid_scale import BarScale
    from cnnviz_gui.ui.grid_viewport import Viewport
    from cnnviz_gui.ui.mpl_style import Style


@dataclass(frozen=True, eq=False)
class Sheet:
    """What a rendered view looks like.

    Args:
        size: Of the canvas in logical pixels; the title comes on top of it.
        ratio: Device pixels in a logical one.
        dpi: Logical pixels in an inch.
        view: Where the mosaic or the bars are seen on the canvas.
        bar: Where the colour bar is.
        scale: What the colour bar says, or None for no colour bar.
        colormap: A Matplotlib name.
        style: Colours and fonts.
        title: Of the picture.
    """

    size: QSize
    ratio: float
    dpi: float
    view: QRectF
    bar: QRectF
    scale: BarScale | None
    colormap: str
    style: Style
    title: str

    @property
    def title_height(self) -> int:
        """Logical pixels that the title adds at the top."""
        return round(self.style.size * self.dpi / 72 * 2.2) if self.title else 0


def render_view(grid: Grid, viewport: Viewport, sheet: Sheet) -> NDArray[np.uint8]:
    """Draws a grid as it is seen through a viewport.

    Returns:
        ((height + title) * ratio, width * ratio, 3) uint8 RGB.
    """
    width, height = sheet.size.width(), sheet.size.height() + sheet.title_height
    figure = Figure(figsize=(width / sheet.dpi, height / sheet.dpi), dpi=sheet.dpi * sheet.ratio)
    canvas = FigureCanvasAgg(figure)
    axes = _add_axes(figure, sheet, sheet.view)
    if grid.is_vector:
        _draw_bars(axes, grid, viewport, sheet.style)
    else:
        _draw_mosaic(axes, grid, viewport, sheet)
    apply_style(axes, sheet.style)
    if sheet.scale is not None:
        _draw_color_bar(_add_axes(figure, sheet, sheet.bar), sheet, sheet.scale)
    if sheet.title:
        figure.text(
            sheet.view.left() / width,
            1 - sheet.title_height * 0.62 / height,
            sheet.title,
            color=sheet.style.text,
            fontfamily=list(sheet.style.families),
            fontsize=sheet.style.size * 1.15,
            va="center",
        )
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    return np.ascontiguousarray(pixels[..., :3])


def _add_axes(figure: Figure, sheet: Sheet, rect: QRectF) -> Axes:
    width, height = sheet.size.width(), sheet.size.height() + sheet.title_height
    bottom = 1 - (rect.bottom() + sheet.title_height) / height
    axes: Axes = figure.add_axes((rect.left() / width, bottom, rect.width() / width, rect.height() / height))
    return axes


def _draw_mosaic(axes: Axes, grid: Grid, viewport: Viewport, sheet: Sheet) -> None:
    tiling, style = grid.tiling, sheet.style
    height, width = grid.mosaic.shape
    axes.imshow(
        grid.mosaic,
        cmap=ListedColormap(color_table(sheet.colormap) / 255),
        vmin=0,
        vmax=255,
        interpolation="nearest" if viewport.scale >= viewport.pixel * (1 - 1e-6) else "auto",
        extent=(0, width, height, 0),
        aspect="auto",
    )
    if (empty := empty_area(tiling)) is not None:
        corner = (empty.left(), empty.top())
        axes.add_patch(Rectangle(corner, empty.width(), empty.height(), color=style.base, linewidth=0, zorder=2))
    tile = min(tiling.tile_width, tiling.tile_height) * viewport.scale
    thin = 72 / sheet.dpi
    if tile >= SEPARATED_FROM:
        lines = [((x1, y1), (x2, y2)) for x1, y1, x2, y2 in separator_lines(tiling)]
        axes.add_collection(LineCollection(lines, colors=style.base, linewidths=thin, zorder=3), autolim=False)
    if tile >= NUMBERED_FROM:
        _draw_numbers(axes, grid, viewport, sheet)
    # The frame is one pixel inside the axes on the screen; here the picture reaches below it.
    seen = viewport.to_content(sheet.view.topLeft()), viewport.to_content(sheet.view.bottomRight())
    axes.set_xlim(seen[0].x(), seen[1].x())
    axes.set_ylim(seen[1].y(), seen[0].y())
    axes.set_xticks([])
    axes.set_yticks([])


def _draw_numbers(axes: Axes, grid: Grid, viewport: Viewport, sheet: Sheet) -> None:
    """Writes the channels' numbers as two collections of paths: hundreds of texts take ten times as long."""
    style, size = sheet.style, sheet.style.size * 0.9
    font = FontProperties(family=list(style.families))
    height = TextPath((0, 0), "0", size=size, prop=font).get_extents().height
    paths, plates, offsets = [], [], []
    for place in seen_places(grid.tiling, viewport):
        # Points right of and below the tile's corner; y points up.
        path = TextPath((5, -5 - height), str(grid.tiling.order[place]), size=size, prop=font)
        # The control points' extent; get_extents() solves for every curve's extremes.
        width = float(np.ptp(path.vertices[:, 0]))
        paths.append(path)
        plates.append(
            Path.unit_rectangle().transformed(Affine2D().scale(width + 5, height + 5).translate(2, -height - 7))
        )
        area = tile_area(grid.tiling, place)
        offsets.append((area.left(), area.top()))
    if not paths:
        return
    points = Affine2D().scale(sheet.dpi * sheet.ratio / 72)
    for shapes, color, alpha, order in ((plates, style.background, 0.72, 4), (paths, style.text, 1, 5)):
        collection = PathCollection(
            shapes, offsets=offsets, offset_transform=axes.transData, facecolors=color, alpha=alpha, linewidths=0
        )
        collection.set_transform(points)
        collection.set_zorder(order)
        axes.add_collection(collection, autolim=False)


def _draw_bars(axes: Axes, grid: Grid, viewport: Viewport, style: Style) -> None:
    order = grid.tiling.order
    values = np.nan_to_num(grid.values.reshape(-1)[list(order)], nan=0.0, posinf=0.0, neginf=0.0)
    axes.stairs(values, np.arange(len(values) + 1), fill=True, baseline=0, color=style.muted)
    axes.grid(axis="y", color=style.line, linewidth=0.4)
    axes.set_axisbelow(True)
    places = labelled_places(viewport, len(order), style.size * 7)
    axes.set_xticks([place + 0.5 for place in places], [str(order[place]) for place in places])
    seen = viewport.seen()
    axes.set_xlim(seen.left(), seen.right())
    axes.set_ylim(*bar_range(values))


def _draw_color_bar(axes: Axes, sheet: Sheet, scale: BarScale) -> None:
    axes.imshow(
        np.arange(256, dtype=np.uint8).reshape(-1, 1),
        cmap=ListedColormap(color_table(sheet.colormap) / 255),
        vmin=0,
        vmax=255,
        origin="lower",
        extent=(0, 1, 0, 255),
        aspect="auto",
    )
    axes.set_xticks([])
    axes.yaxis.tick_right()
    axes.yaxis.set_label_position("right")
    axes.set_yticks([level for level, _ in scale.ticks], [text for _, text in scale.ticks])
    axes.set_ylabel(scale.label, labelpad=4)
    apply_style(axes, sheet.style)

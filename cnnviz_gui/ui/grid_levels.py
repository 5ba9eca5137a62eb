"""Grey levels on the screen: an indexed QImage, nearest when enlarged and averaged over areas when reduced."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.ui.mpl_style import mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.ui.grid_viewport import Viewport


def qt_table(colormap: str) -> list[int]:
    """The 256 colours of a colormap as Qt takes them."""
    red, green, blue = color_table(colormap).astype(np.uint32).T
    table: list[int] = (0xFF000000 | red << 16 | green << 8 | blue).tolist()
    return table


def stale_table(table: list[int], ground: QColor) -> list[int]:
    """Colours of a picture that is out of date: nearly grey, and nearer to the ground."""
    faded = []
    for entry in table:
        color = QColor(entry)
        grey = round(0.299 * color.red() + 0.587 * color.green() + 0.114 * color.blue())
        faded.append(mix(mix(color, QColor(grey, grey, grey), 0.7), ground, 0.45).rgb())
    return faded


def indexed_image(levels: NDArray[np.uint8], table: list[int]) -> QImage:
    """A picture of (h, w) grey levels. It keeps no reference: the (C-contiguous) array must outlive it."""
    height, width = levels.shape
    image = QImage(levels.data, width, height, levels.strides[0], QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    return image


class LevelsPicture:
    """Paints (h, w) grey levels where a viewport says."""

    def __init__(self) -> None:
        self.levels = np.zeros((1, 1), np.uint8)
        self._reduced = self.levels
        self._reduced_for: tuple[float, ...] = ()

    def set_levels(self, levels: NDArray[np.uint8]) -> None:
        """Shows other levels."""
        self.levels = np.ascontiguousarray(levels)
        self._reduced_for = ()

    def paint(self, painter: QPainter, viewport: Viewport, table: list[int]) -> None:
        """Paints what is seen of the levels."""
        seen = viewport.seen()
        if seen.isEmpty():
            return
        if viewport.scale >= viewport.pixel * (1 - 1e-6):
            self._paint_enlarged(painter, viewport, table, seen)
        else:
            self._paint_reduced(painter, viewport, table, seen)

    def _paint_enlarged(self, painter: QPainter, viewport: Viewport, table: list[int], seen: QRectF) -> None:
        height, width = self.levels.shape
        left, top = math.floor(seen.left()), math.floor(seen.top())
        right, bottom = min(math.ceil(seen.right()), width), min(math.ceil(seen.bottom()), height)
        source = QRectF(left, top, right - left, bottom - top)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(viewport.to_screen(source), indexed_image(self.levels, table), source)

    def _paint_reduced(self, painter: QPainter, viewport: Viewport, table: list[int], seen: QRectF) -> None:
        target = viewport.to_screen(seen)
        pixel = viewport.pixel
        # Whole device pixels inside the target, so that the averages are painted one to one.
        left, top = round(target.left() / pixel), round(target.top() / pixel)
        width = max(round(target.right() / pixel) - left, 1)
        height = max(round(target.bottom() / pixel) - top, 1)
        key = (seen.left(), seen.top(), seen.right(), seen.bottom(), width, height)
        if key != self._reduced_for:
            # Levels are averaged, not colours: every pixel keeps a colour of the colormap.
            picture = Image.fromarray(self.levels)
            smaller = picture.resize((width, height), Image.Resampling.BOX, box=key[:4])
            self._reduced, self._reduced_for = np.ascontiguousarray(smaller), key
        area = QRectF(left * pixel, top * pixel, width * pixel, height * pixel)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(area, indexed_image(self._reduced, table), QRectF(0, 0, width, height))

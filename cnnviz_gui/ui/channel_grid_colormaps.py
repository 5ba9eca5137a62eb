"""A box to choose a colormap from, each with a swatch of its colours."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QComboBox

from cnnviz_gui.core.colormap import FIRST, all_colormaps, color_table
from cnnviz_gui.ui.mpl_style import frame_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SWATCH = QSize(36, 12)
ROW_HEIGHT = 24


class ColormapModel(QAbstractListModel):
    """All colormaps, the most useful ones before a line; a swatch is made when it is first seen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        names = all_colormaps()
        self._rows: tuple[str, ...] = (*names[: len(FIRST)], "", *names[len(FIRST) :])

    def row_of(self, name: str) -> int:
        """The row of a colormap; a name that is not listed (a reversed one) gets one at the end."""
        if name not in self._rows:
            end = len(self._rows)
            self.beginInsertRows(QModelIndex(), end, end)
            self._rows = (*self._rows, name)
            self.endInsertRows()
        return self._rows.index(name)

    def name(self, row: int) -> str:
        """The colormap in a row; empty for the line."""
        return self._rows[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """Number of rows, the line included."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Name, swatch and height of a row."""
        name = self._rows[index.row()]
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            # QComboBox draws a row that says so as a line.
            return None if name else "separator"
        if not name:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(150, ROW_HEIGHT)
        if role == Qt.ItemDataRole.DecorationRole:
            parent = self.parent()
            line = frame_line(parent.palette()).rgb() if isinstance(parent, QComboBox) else 0
            return swatch(name, line)
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Everything but the line can be chosen."""
        return super().flags(index) if self._rows[index.row()] else Qt.ItemFlag.NoItemFlags


@functools.lru_cache(maxsize=256)
def swatch(name: str, line: int) -> QPixmap:
    """A strip of a colormap's colours in a frame of a colour (a QRgb)."""
    width, height = 2 * SWATCH.width(), 2 * SWATCH.height()
    picture = np.empty((height, width, 3), np.uint8)
    picture[:] = color_table(name)[np.linspace(0, 255, width).round().astype(int)]
    frame = [line >> 16 & 255, line >> 8 & 255, line & 255]
    for edge in (np.s_[:2], np.s_[-2:], np.s_[:, :2], np.s_[:, -2:]):
        picture[edge] = frame
    image = QImage(picture.data, width, height, picture.strides[0], QImage.Format.Format_RGB888)
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(2)
    return pixmap


class ColormapBox(QComboBox):
    """Chooses a colormap; typing its name finds it."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._colormaps = ColormapModel(self)
        self.setModel(self._colormaps)
        self.setIconSize(SWATCH)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(24)
        self.activated.connect(self._on_activated)

    def show_colormap(self, name: str) -> None:
        """Shows a colormap as the chosen one."""
        self.setCurrentIndex(self._colormaps.row_of(name))

    def _on_activated(self, row: int) -> None:
        if name := self._colormaps.name(row):
            self.chosen.emit(name)

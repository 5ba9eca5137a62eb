"""Paints the layers' names so that the part that tells them apart is what stays when there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QFontMetrics

_DOTS = "\u2026"
_SLACK = 4


class LayerNameDelegate(QStyledItemDelegate):
    """Leaves out the block's name before it shortens anything else: the row above says it already."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """As Qt asks for it, before every painting of a row."""
        super().initStyleOption(option, index)
        widget = option.widget
        style = widget.style() if widget is not None else QApplication.style()
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, widget)
        # Qt elides a little before a text is as wide as the room.
        margin = _SLACK + 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, widget) + 1)
        parent = index.parent()
        block = str(parent.data()) if parent.isValid() else ""
        option.text = fitting_name(
            option.text,
            block,
            option.fontMetrics,
            room.width() - margin,
        )


def fitting_name(name: str, block: str, metrics: QFontMetrics, width: int) -> str:
    """Shortens a layer's name to what its block's name does not say, if it does not fit.

    Args:
        name: Such as "block5c_expand_conv".
        block: Name of the block it lies in, such as "block5c", or empty.
        metrics: Of the font.
        width: Pixels there are.

    Returns:
        The name; or, where that is too long and has something behind the block's name, dots and that rest. It
        may still be too long for the width.
    """
    if not block or metrics.horizontalAdvance(name) <= width:
        return name
    rest = name.partition(block)[2].lstrip("_-/.")
    return _DOTS + rest if rest else name

"""Paints a layer's name without what the row of its block says already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex


class LayerNameDelegate(QStyledItemDelegate):
    """Shows "expand_conv" below "block5c"; blocks keep their names, and tooltips hold every name whole."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """As Qt asks for it, before every painting of a row."""
        super().initStyleOption(option, index)
        if index.parent().isValid() and not index.model().hasChildren(index):
            option.text = name_in_block(option.text, str(index.parent().data()))


def name_in_block(name: str, block: str) -> str:
    """What a layer's name says besides its block's name.

    Args:
        name: Such as "block5c_expand_conv".
        block: Name of the block it lies in, such as "block5c".

    Returns:
        Such as "expand_conv"; the whole name where it does not begin with the block's, or says nothing more.
    """
    rest = name.removeprefix(block)
    return rest[1:] if rest != name and rest[:1] in {"_", "-", "/", "."} and rest[1:] else name

"""Where keys lead on a grid of tiles."""

from __future__ import annotations

from PySide6.QtCore import Qt


def place_after_key(key: Qt.Key, place: int | None, count: int, per_row: int) -> int | None:
    """The place a key leads to.

    Left and Right run on over the ends of rows; Up and Down stay in their column, except that Down from the last
    full row into a shorter one ends at its last tile. From no place at all every such key leads to the first one.

    Args:
        key: What was pressed.
        place: Where one is, or None.
        count: Number of tiles.
        per_row: Tiles a row.

    Returns:
        A place, or None when the key leads nowhere or is none of these.
    """
    if key not in {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    }:  # fmt: skip
        return None
    last = count - 1
    if key is Qt.Key.Key_End:
        target = last
    elif key is Qt.Key.Key_Home or place is None:
        target = 0
    elif key is Qt.Key.Key_Left:
        target = place - 1
    elif key is Qt.Key.Key_Right:
        target = place + 1
    elif key is Qt.Key.Key_Up:
        target = place - per_row
    else:
        target = place + per_row
        if target > last and place // per_row < last // per_row:
            target = last
    return target if 0 <= target <= last and target != place else None

"""The heaps of an HDF5 file, which its texts lie in, looked at before HDF5 reads one.

HDF5 1.14 never comes back from a heap with a free block of no size, and copies a text as often as it is referred to.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from cnnviz_gui.engine.gate_limits import refuse_damaged

if TYPE_CHECKING:
    from cnnviz_gui.engine.gate_window import Window

HEAP = b"GCOL\x01"
"""Signature and version; HDF5 reads no heap without them, wherever it is told to look for one."""
HEADER = struct.Struct("<8xQ")
BLOCK = struct.Struct("<H6xQ")
"""Number and size of a text; number 0 is free space, whose size includes this header."""
FREE = 0
BLOCKS = 65_536
"""In one heap; the number has two bytes."""


def longest_text(window: Window, name: str) -> int:
    """Checks every heap of an HDF5 file.

    Args:
        window: The file.
        name: What to call it in messages.

    Returns:
        Size of the longest text in bytes.

    Raises:
        CnnvizError: If a heap does not add up.
    """
    return max((_longest_in_heap(window, place, name) for place in window.occurrences(HEAP)), default=0)


def _longest_in_heap(window: Window, place: int, name: str) -> int:
    header = window.read_at(place, HEADER.size)
    if len(header) < HEADER.size:
        # Too close to the end to be a heap: these are numbers that look like one.
        return 0
    (size,) = HEADER.unpack(header)
    if size > window.size - place:
        refuse_damaged(name, f"a heap of {size} bytes at {place}")
    longest = 0
    position = HEADER.size
    for _ in range(BLOCKS):
        if position + BLOCK.size > size:
            return longest
        number, length = BLOCK.unpack(window.read_at(place + position, BLOCK.size))
        whole = length if number == FREE else BLOCK.size + -(-length // 8) * 8
        if whole < BLOCK.size or position + whole > size:
            refuse_damaged(name, f"a text of {length} bytes at {place + position}, in a heap of {size}")
        longest = max(longest, length if number != FREE else 0)
        position += whole
    refuse_damaged(name, f"a heap of more than {BLOCKS} texts at {place}")

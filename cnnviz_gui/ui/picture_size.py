"""Sizes as people type them: height x width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Size

TUTORIAL_SIZE = (500, 333)
"""(height, width) at which the source tutorial feeds its picture."""

SMALLEST, LARGEST = 8, 4096
_TYPED = re.compile(r"\s*(\d{1,5})\s*(?:[xX*,;\u00d7]\s*(\d{1,5})\s*)?(?:\(.*\)\s*)?")


def parse_size(text: str) -> Size:
    """Reads a size.

    Args:
        text: Such as "500 x 333"; one number is a square; words in brackets behind it do not matter.

    Returns:
        (height, width).

    Raises:
        CnnvizError: If it is not a size, or one that is too small or too large.
    """
    match = _TYPED.fullmatch(text)
    if match is None:
        raise CnnvizError(message("A size is written as height x width, like 500 x 333."))
    height = int(match[1])
    width = int(match[2] or match[1])
    if min(height, width) < SMALLEST or max(height, width) > LARGEST:
        raise CnnvizError(
            message("Height and width must be from {low} to {high} pixels.", low=SMALLEST, high=LARGEST),
        )
    return height, width


def size_text(size: Size) -> str:
    """Writes a size as `parse_size` reads it."""
    return f"{size[0]} x {size[1]}"

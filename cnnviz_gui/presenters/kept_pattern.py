"""A finished pattern as the window keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns


@dataclass(frozen=True, eq=False)
class KeptPattern:
    """What is shown and said of one pattern, without what only exports need.

    Args:
        request: What it was made by.
        channel: Its channel.
        picture: (S, S, 3) uint8.
        activation: The channel's mean activation on it.
    """

    request: MakePatterns
    channel: int
    picture: NDArray[np.uint8]
    activation: float


def kept_of(patterns: Patterns, place: int) -> KeptPattern:
    """What is kept of one of some patterns."""
    activation = float(patterns.activation[place])
    return KeptPattern(patterns.request, patterns.channels[place], patterns.pictures[place], activation)

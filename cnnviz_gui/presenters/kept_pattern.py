"""A finished pattern as the window keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviz_gui.core.byte_cache import ByteCache

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns


KEPT_BYTES = 200_000_000
"""Four thousand patterns of 128 px."""


@dataclass(frozen=True, eq=False)
class KeptPattern:
    """What is shown and said of one pattern, without what only exports need.

    Args:
        request: What it was made by.
        channel: Its channel.
        picture: (S, S, 3) uint8.
        score: What its objective reads on it, or NaN: see `Patterns`.
    """

    request: MakePatterns
    channel: int
    picture: NDArray[np.uint8]
    score: float


class KeptPatterns:
    """The newest pattern of each channel, for the inspector.

    Args:
        limit: Bytes of their pictures.
    """

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self._patterns: ByteCache[KeptPattern] = ByteCache(limit, lambda pattern: pattern.picture.nbytes)

    def find(self, network: Network, layer: str, channel: int) -> KeptPattern | None:
        """The newest pattern of a channel, or None."""
        return self._patterns.get((network.sha256, layer, channel))

    def keep(self, patterns: Patterns) -> None:
        """Keeps patterns; those that were not looked at for longest go first."""
        job = patterns.request
        sha256 = str(patterns.recipe.content["network"]["sha256"])
        for place, channel in enumerate(patterns.channels):
            self._patterns.put((sha256, job.layer, channel), kept_of(patterns, place))


def kept_of(patterns: Patterns, place: int) -> KeptPattern:
    """What is kept of one of some patterns."""
    # A part of the array would keep all of it.
    picture = patterns.pictures[place].copy()
    return KeptPattern(patterns.request, patterns.channels[place], picture, float(patterns.score[place]))

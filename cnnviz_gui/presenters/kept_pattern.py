"""A finished pattern as the window keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns


MOST = 4096
"""Patterns kept for the inspector; 128 px each, they take 200 MB."""


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
    """The newest pattern of each channel, for the inspector."""

    def __init__(self) -> None:
        self._patterns: dict[tuple[str, str, int], KeptPattern] = {}

    def find(self, network: Network, layer: str, channel: int) -> KeptPattern | None:
        """The newest pattern of a channel, or None."""
        return self._patterns.get((network.sha256, layer, channel))

    def keep(self, patterns: Patterns) -> None:
        """Keeps patterns; those that were kept longest go first."""
        job = patterns.request
        sha256 = str(patterns.recipe.content["network"]["sha256"])
        for place, channel in enumerate(patterns.channels):
            self._patterns[sha256, job.layer, channel] = kept_of(patterns, place)
        while len(self._patterns) > MOST:
            del self._patterns[next(iter(self._patterns))]


def kept_of(patterns: Patterns, place: int) -> KeptPattern:
    """What is kept of one of some patterns."""
    score = float(patterns.score[place])
    return KeptPattern(patterns.request, patterns.channels[place], patterns.pictures[place], score)

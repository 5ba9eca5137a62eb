"""What can be asked about filter patterns, and what the engine answers; see `cnnviz_gui.core.requests`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.film import Film
    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_reasons import Reason
    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.recipe import Recipe

PATTERN_LIMIT = 1_000_000_000
"""Bytes that finished patterns may take on the disk, where nothing else was chosen."""


@dataclass(frozen=True)
class MakePatterns:
    """Makes filter patterns by gradient ascent. Yields `Preview`; result: `Patterns`.

    Args:
        network: The network.
        layer: Name of the layer.
        channels: Channel indices, one pattern each.
        settings: Everything else.
        preprocessing: Between a picture in 0..255 and the network's input: the "fourier" parametrisation feeds its
            picture through it; the "pixel" one works on the network's input itself and needs none.
        frames: Small pictures of each pattern on its way to keep for looking back, at most; changes no pattern.
        pictures: The pictures that the settings name, under the names they are written with: those of caricatures,
            and under the empty name the chosen one, for a start from a picture and for a caricature without a name.
    """

    network: NetworkSource
    layer: str
    channels: tuple[int, ...]
    settings: PatternSettings
    preprocessing: str
    frames: int = 0
    pictures: tuple[tuple[str, Picture], ...] = ()


@dataclass(frozen=True)
class ForecastPatterns:
    """Asks what patterns would take. Result: `Forecast`."""

    patterns: MakePatterns


@dataclass(frozen=True, eq=False)
class Forecast:
    """What patterns would take.

    Args:
        request: What it answers.
        seconds: Time.
        memory_bytes: Memory for one batch, besides what the engine holds already.
        measured: Whether the time comes from patterns of this layer and size that were made before, or is guessed
            from the number of operations.
        cached: How many of the patterns were made before and need not be computed.
        fits: Whether at least one at a time fits into the engine's memory.
        no_draft: Why they would not be made in bfloat16, or None.
    """

    request: ForecastPatterns
    seconds: float
    memory_bytes: int
    measured: bool
    cached: int = 0
    fits: bool = True
    no_draft: Message | None = None


@dataclass(frozen=True, eq=False)
class Preview:
    """Patterns on the way, or such as were made before.

    Args:
        request: The job.
        step: Steps done by these pictures.
        places: Places in ``request.channels`` of these pictures.
        pictures: (n, S, S, 3) uint8, as they would be shown if they were stopped now.
        objective: (n, step) float32: the objective before each step.
        done: Patterns that are finished, of all in the request.
        work_done: Steps times pictures done, of len(channels) * steps; those that were done before included.
        work_found: The part of it that was done before this job began.
        climbed: What is climbed, in words.
        films: For each picture the frames kept since the last preview, or None.
        note: What a person should know about how the job goes on, or None.
        trying: Whether a step since the last preview tried out how the batch is cut fastest, as the first ones do.
    """

    request: MakePatterns
    step: int
    places: tuple[int, ...]
    pictures: NDArray[np.uint8]
    objective: NDArray[np.float32]
    done: int
    work_done: int
    climbed: Message
    work_found: int = 0
    films: tuple[Film | None, ...] = ()
    note: Message | None = None
    trying: bool = False


@dataclass(frozen=True, eq=False)
class Patterns:
    """Patterns: all of ``request.channels``, or after a stop some of them, the last ones with fewer steps.

    Args:
        request: What it answers.
        channels: The (N,) channels whose patterns these are, in the order of the request.
        steps: Steps that each of them has done.
        images: (N, S, S, C) float32: the tensor as the network takes it.
        pictures: (N, S, S, 3) uint8: as shown (the tutorial's contrast normalisation, or the picture itself).
        objective: (N, steps) float32: the objective before each step, NaN for steps that were not done.
        score: (N,) float32: what the objective reads on the finished pattern, in a clean float32 forward pass, the
            layers at their outputs: for "channel" the channel's mean activation. NaN where that cannot be told of
            a picture alone, see `cnnviz_gui.core.trust.why_no_rank`.
        reasons: For each pattern why it stayed grey, or None.
        climbed: What was climbed, in words.
        recipe: How to make them again.
        films: For each pattern how it grew, or None where that was not kept.
        cached: How many of them were made before and not computed again.
    """

    request: MakePatterns
    channels: tuple[int, ...]
    steps: tuple[int, ...]
    images: NDArray[np.float32]
    pictures: NDArray[np.uint8]
    objective: NDArray[np.float32]
    score: NDArray[np.float32]
    reasons: tuple[Reason | None, ...]
    climbed: Message
    recipe: Recipe
    films: tuple[Film | None, ...] = ()
    cached: int = 0


@dataclass(frozen=True)
class LimitPatternCache:
    """Says how much of the disk finished patterns may take. Result: `PatternCacheSize`.

    Args:
        limit: Bytes; 0 keeps no patterns, and removes those that are kept.
    """

    limit: int


@dataclass(frozen=True)
class MeasurePatternCache:
    """Asks how much of the disk finished patterns take. Result: `PatternCacheSize`."""


@dataclass(frozen=True)
class ClearPatternCache:
    """Removes all finished patterns from the disk. Result: `PatternCacheSize`."""


@dataclass(frozen=True)
class PatternCacheSize:
    """What the finished patterns on the disk take.

    Args:
        patterns: How many there are.
        bytes: Their size.
    """

    patterns: int
    bytes: int


@dataclass(frozen=True)
class MeasureNatural:
    """Asks what an objective reads on natural pictures. Result: `Natural`.

    Args:
        network: The network.
        layer: Name of the layer.
        pictures: Paths of picture files; those that cannot be read are left out.
        preprocessing: Name of the preprocessing, see `cnnviz_gui.core.preprocessing`.
        objective: One that can be told of a picture alone, see `cnnviz_gui.core.trust.why_no_rank`.
        size: Edge length in pixels of the patterns, whose positions the objective counts.
    """

    network: NetworkSource
    layer: str
    pictures: tuple[str, ...]
    preprocessing: str
    objective: str = "channel"
    size: int = 0


@dataclass(frozen=True, eq=False)
class Natural:
    """What an objective reads on natural pictures.

    Args:
        request: What it answers.
        scores: (P, n) float32: its score on every picture that could be read, at the network's own picture size; a
            column for every channel that a pattern can be made of, a single one where all climb the same.
    """

    request: MeasureNatural
    scores: NDArray[np.float32]

    def of(self, channel: int) -> NDArray[np.float32]:
        """(P,) the scores that a channel's pattern is held against."""
        return self.scores[:, channel if self.scores.shape[1] > 1 else 0]

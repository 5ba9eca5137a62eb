"""What can be asked about filter patterns, and what the engine answers; see `cnnviz_gui.core.requests`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.recipe import Recipe


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
    """

    network: NetworkSource
    layer: str
    channels: tuple[int, ...]
    settings: PatternSettings
    preprocessing: str


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
    """

    request: ForecastPatterns
    seconds: float
    memory_bytes: int
    measured: bool


@dataclass(frozen=True, eq=False)
class Preview:
    """Patterns on the way.

    Args:
        request: The job.
        step: Steps done by the pictures that are being made now.
        first: Place in ``request.channels`` of the first of these pictures.
        pictures: (n, S, S, 3) uint8, as they would be shown if they were stopped now.
        objective: (n, step) float32: the objective before each step.
        done: Patterns that are finished, of all in the request.
        work_done: Steps times pictures done, of len(channels) * steps.
        climbed: What is climbed, in words.
    """

    request: MakePatterns
    step: int
    first: int
    pictures: NDArray[np.uint8]
    objective: NDArray[np.float32]
    done: int
    work_done: int
    climbed: Message


@dataclass(frozen=True, eq=False)
class Patterns:
    """Patterns: all of ``request.channels``, or after a stop the first of them, the last ones with fewer steps.

    Args:
        request: What it answers.
        channels: The (N,) channels whose patterns these are, in the order of the request.
        steps: Steps that each of them has done.
        images: (N, S, S, 3) float32: the tensor as the network takes it.
        pictures: (N, S, S, 3) uint8: as shown (the tutorial's contrast normalisation, or the picture itself).
        objective: (N, steps) float32: the objective before each step, NaN for steps that were not done.
        activation: (N,) float32: the channel's mean activation on its finished pattern, in a clean forward pass.
        reasons: For each pattern why it stayed grey, or None.
        climbed: What was climbed, in words.
        recipe: How to make them again.
    """

    request: MakePatterns
    channels: tuple[int, ...]
    steps: tuple[int, ...]
    images: NDArray[np.float32]
    pictures: NDArray[np.uint8]
    objective: NDArray[np.float32]
    activation: NDArray[np.float32]
    reasons: tuple[Message | None, ...]
    climbed: Message
    recipe: Recipe

"""A batch of patterns on its way: where each of them is, and how it came there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.film import Film, frame_edge, kept_steps, shrunk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.engine.climb import Position


@dataclass(eq=False)
class Batch:
    """Patterns that are made together, and what is known of the steps that they have done.

    Args:
        places: Places in the request of its (n,) patterns.
        channels: Their channels.
        position: Where they stand, or None at the start.
        scores: The objective before each step that was done, (n,) each.
        gradient: (n,) largest root mean square of the gradient so far.
        is_nan: (n,) whether a gradient was not a number.
        is_infinite: (n,) whether a gradient was infinite.
        frame_steps: Steps of which pictures were kept.
        frames: Those pictures, (n, t, t, 3) uint8 each.
    """

    places: tuple[int, ...]
    channels: tuple[int, ...]
    position: Position | None = None
    scores: list[NDArray[np.float32]] = field(default_factory=list)
    gradient: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    is_nan: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    is_infinite: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    frame_steps: list[int] = field(default_factory=list)
    frames: list[NDArray[np.uint8]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not len(self.gradient):
            count = len(self.channels)
            self.gradient = np.zeros(count, np.float32)
            self.is_nan, self.is_infinite = np.zeros(count, np.bool_), np.zeros(count, np.bool_)

    @property
    def steps(self) -> int:
        """Steps done."""
        return len(self.scores)

    @property
    def nbytes(self) -> int:
        """Memory that it takes."""
        moved = sum(array.nbytes for array in self.position.arrays) if self.position else 0
        return moved + sum(frame.nbytes for frame in self.frames) + sum(score.nbytes for score in self.scores)

    @property
    def objective(self) -> NDArray[np.float32]:
        """(n, steps) the objective before each step."""
        if not self.scores:
            return np.zeros((len(self.channels), 0), np.float32)
        return np.stack(self.scores, axis=1)

    def add(self, score: NDArray[np.float32], rms: NDArray[np.float32]) -> None:
        """Remembers a step.

        Args:
            score: (n,) the objective before it.
            rms: (n,) root mean square of its gradient.
        """
        self.scores.append(score)
        self.is_nan = self.is_nan | np.isnan(rms)
        self.is_infinite = self.is_infinite | np.isinf(rms)
        self.gradient = np.maximum(self.gradient, np.where(np.isfinite(rms), rms, 0)).astype(np.float32)

    def parts(self, size: int) -> list[Batch]:
        """The same patterns in batches of ``size`` at most, each where it stands."""
        return [self._rows(slice(first, first + size)) for first in range(0, len(self.channels), size)]

    def _rows(self, rows: slice) -> Batch:
        return Batch(
            self.places[rows],
            self.channels[rows],
            self.position and self.position.rows(rows),
            [score[rows] for score in self.scores],
            self.gradient[rows],
            self.is_nan[rows],
            self.is_infinite[rows],
            list(self.frame_steps),
            [frame[rows] for frame in self.frames],
        )

    def at(self, places: tuple[int, ...]) -> Batch:
        """A batch of its own that goes on from here."""
        return replace(
            self,
            places=places,
            scores=list(self.scores),
            frame_steps=list(self.frame_steps),
            frames=list(self.frames),
        )


class Recorder:
    """Keeps small pictures of patterns at evenly spread steps.

    Args:
        request: Says how many steps there are, and how many pictures to keep of each pattern.
    """

    def __init__(self, request: MakePatterns) -> None:
        self._kept = kept_steps(request.settings.steps, request.frames)
        self._edge = frame_edge(request.settings.size, len(request.channels), request.frames)
        self._most = request.frames
        self._sent = 0

    def wants(self, step: int) -> bool:
        """Whether a picture of this step is to be kept."""
        return step in self._kept

    def begin(self, batch: Batch) -> None:
        """A batch begins or goes on: what it has brought along was never sent."""
        self._sent = 0
        if self._most and len(batch.frames) > self._most:
            # It has gone on before: every other picture is enough.
            batch.frames, batch.frame_steps = batch.frames[1::2], batch.frame_steps[1::2]

    def keep(self, batch: Batch, pictures: NDArray[np.uint8]) -> None:
        """Keeps the pictures of the step that was done last."""
        small = shrunk(pictures, batch.frames[-1].shape[1] if batch.frames else self._edge)
        if not batch.frame_steps or batch.frame_steps[-1] < batch.steps:
            batch.frame_steps.append(batch.steps)
            batch.frames.append(small)

    def unsent(self, batch: Batch) -> tuple[Film | None, ...]:
        """What was kept since this was asked last, for each pattern of the batch."""
        first, self._sent = self._sent, len(batch.frames)
        return films(batch.frame_steps[first:], batch.frames[first:], len(batch.channels))


def films(steps: Sequence[int], frames: Sequence[NDArray[np.uint8]], count: int) -> tuple[Film | None, ...]:
    """Turns pictures of whole batches into one film for each of its ``count`` patterns."""
    if not frames:
        return (None,) * count
    return tuple(Film(tuple(steps), np.stack([frame[row] for frame in frames])) for row in range(count))

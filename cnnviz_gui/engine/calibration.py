"""How many pictures a core computes at a time: tried out on the first batch of a job, and remembered.

Which size of piece is fastest depends on the processor's caches, on the layer and on the picture's size. The first
batch that is made tries a few; they all make the same pictures, so trying costs next to nothing.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviz_gui.engine.parallel import SMALLEST_PIECE, piece_sizes, power_of_two

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_IN_PIECE = 32
"""Beyond it nothing was found to be faster."""
TIMED_STEPS = 2
CLOSE = 1.03
"""A smaller piece that takes no more than this much longer is better: its previews come sooner."""
HOPELESS = 1.3
"""Where a step takes so much longer than with another choice, it is tried no further."""
DISTURBED = 1.3
"""Where a step later takes so much less time than when it was tried, the machine had something else to do then."""


@dataclass(frozen=True)
class Choice:
    """A way of cutting a batch.

    Args:
        lanes: Pieces that are computed at a time.
        most: Pictures in a piece; 0 leaves a batch whole, however many it has.
        seconds: For one step of one picture when it was tried.
    """

    lanes: int
    most: int
    seconds: float = 0.0

    @property
    def pictures(self) -> int:
        """Pictures that are computed at a time."""
        return self.lanes * self.most


WHOLE = Choice(1, 0)
"""Not cut."""


class Pace:
    """How the batches of one job are cut: as was found to be fastest, or trying.

    Args:
        choices: What to try, of those with as many lanes the largest pieces first; the first also serves batches that
            are too small to try anything with. One that is alone is not tried, and smaller pieces are not where the
            ones before were slower already.
        found: Is told the fastest, once.
        doubted: Is told that trying is worth repeating, since what was found to be fastest is much faster than it was
            when it was tried.
    """

    def __init__(
        self,
        *choices: Choice,
        found: Callable[[Choice], None] | None = None,
        doubted: Callable[[], object] | None = None,
    ) -> None:
        self._choice = choices[0]
        self._found = found
        self._doubted = doubted
        self._waiting = list(choices) if len(choices) > 1 else []
        self._tried: dict[Choice, list[float]] = {choice: [] for choice in choices}

    def tries(self, count: int) -> bool:
        """Whether the next step tries something, if it is one of a number of pictures."""
        return bool(self._waiting) and count >= self._choice.pictures

    @contextmanager
    def step(self, count: int) -> Iterator[tuple[list[int], int]]:
        """Times one step of a number of pictures.

        Yields:
            The sizes of the pieces, and how many of them to compute at a time.
        """
        is_trial = self.tries(count)
        choice = self._waiting[0] if is_trial else self._choice
        begin = time.perf_counter()
        yield piece_sizes(count, choice.most, choice.lanes) if choice.most else [count], choice.lanes
        seconds = (time.perf_counter() - begin) / count
        if is_trial:
            fastest = min((min(tried[1:]) for tried in self._tried.values() if len(tried) > 1), default=seconds)
            tried = self._tried[choice]
            tried.append(seconds)
            if len(tried) == 1 + TIMED_STEPS or (len(tried) > 1 and seconds > HOPELESS * fastest):
                self._next()
        elif self._doubted is not None and seconds * DISTURBED < choice.seconds:
            self._doubted()

    def _next(self) -> None:
        """One choice was tried: goes to the next, or decides."""
        # The first step with pieces of another size also chooses the processor's routines for it.
        seconds = {choice: min(tried[1:]) for choice, tried in self._tried.items() if tried}
        close = [choice for choice in seconds if seconds[choice] <= CLOSE * min(seconds.values())]
        last = self._waiting.pop(0)
        if last not in close:
            # With still smaller pieces it would be slower yet.
            self._waiting = [choice for choice in self._waiting if choice.lanes != last.lanes]
        if not self._waiting:
            best = min(close, key=lambda choice: choice.pictures)
            self._choice = Choice(best.lanes, best.most, seconds[best])
            if self._found is not None:
                self._found(self._choice)


def choices(cores: int, most: int) -> list[Choice]:
    """What to try on a machine.

    Args:
        cores: Of the processor; 1 also stands for a GPU, which takes one piece at a time.
        most: Pictures that fit into the memory at a time.
    """
    if cores == 1:
        return [Choice(1, power_of_two(min(most, MOST_IN_PIECE)))]
    lanes = max(1, min(cores, most // SMALLEST_PIECE))
    largest = power_of_two(min(MOST_IN_PIECE, most // lanes))
    pieces = [largest, *(size for size in (16, 8, SMALLEST_PIECE) if size < largest)]
    together = [Choice(1, power_of_two(min(most, MOST_IN_PIECE)))] if lanes > 1 else []
    return [*(Choice(lanes, size) for size in pieces), *together]

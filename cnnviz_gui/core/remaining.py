"""How long work will still take."""

from __future__ import annotations

import time
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Remaining:
    """Judges by the later half of the time since the first report, so that a slow beginning is soon forgotten.

    What comes before the first report (opening, tracing) is not work that repeats itself, and does not count. While
    ways to go are tried out, the fastest so far is the one that will be taken; after that they are forgotten.

    Args:
        clock: Seconds, `time.monotonic` by default.
    """

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or time.monotonic
        self._times: list[float] = []
        self._done: list[int] = []
        self._trying = False
        self._fastest: float | None = None
        """Seconds for a unit of work, while it was tried out how to go."""

    def seconds(self, done: int, total: int, *, trying: bool = False) -> float | None:
        """Reports how far the work is.

        Args:
            done: Units of work done.
            total: Units in all.
            trying: Whether it was tried out how to go since the report before.

        Returns:
            Seconds that the rest will take, or None while that cannot be said.
        """
        now = self._clock()
        if self._trying and not trying:
            self._times, self._done = self._times[-1:], self._done[-1:]
        if trying and self._done and done > self._done[-1]:
            pace = (now - self._times[-1]) / (done - self._done[-1])
            self._fastest = pace if self._fastest is None else min(self._fastest, pace)
        self._trying = trying
        self._times.append(now)
        self._done.append(done)
        if trying:
            return None if self._fastest is None else self._fastest * (total - done)
        middle = max(bisect_right(self._times, (self._times[0] + now) / 2) - 1, 0)
        elapsed, made = now - self._times[middle], done - self._done[middle]
        return elapsed * (total - done) / made if made > 0 and elapsed > 0 else None

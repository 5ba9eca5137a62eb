"""How long work will still take."""

from __future__ import annotations

import time
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Remaining:
    """Judges by the later half of the time since the first report, so that a slow beginning is soon forgotten.

    What comes before the first report (opening, tracing) is not work that repeats itself, and does not count.

    Args:
        clock: Seconds, `time.monotonic` by default.
    """

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or time.monotonic
        self._times: list[float] = []
        self._done: list[int] = []

    def seconds(self, done: int, total: int) -> float | None:
        """Reports how far the work is.

        Args:
            done: Units of work done.
            total: Units in all.

        Returns:
            Seconds that the rest will take, or None while that cannot be said.
        """
        now = self._clock()
        self._times.append(now)
        self._done.append(done)
        middle = max(bisect_right(self._times, (self._times[0] + now) / 2) - 1, 0)
        elapsed, made = now - self._times[middle], done - self._done[middle]
        return elapsed * (total - done) / made if made > 0 and elapsed > 0 else None

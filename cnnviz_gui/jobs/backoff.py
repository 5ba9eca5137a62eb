"""How long to wait before an engine that keeps dying is started again."""

from __future__ import annotations

DEATHS = 3
"""So many deaths..."""
WINDOW = 60.0
"""...within so many seconds, without a finished job between them, are too many."""
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 60.0


class Backoff:
    """Counts deaths. Twice the engine is started again at once; from the third time on it waits, longer each time.

    A finished job shows that the engine works, and everything before it is forgotten; so is what was long ago.
    """

    def __init__(self) -> None:
        self._recent: list[float] = []
        self._pause = 0.0
        self.deaths = 0

    def finished(self) -> None:
        """The engine has finished a job."""
        self._recent.clear()
        self._pause = 0.0
        self.deaths = 0

    def died(self, now: float) -> float:
        """The engine has died.

        Args:
            now: Seconds, as `time.monotonic` counts them.

        Returns:
            Seconds to wait before it is started again.
        """
        if self._recent and now - self._recent[-1] > WINDOW + self._pause:
            self.finished()
        self._recent = [*(death for death in self._recent if now - death <= WINDOW), now]
        self.deaths += 1
        if self._pause > 0 or len(self._recent) >= DEATHS:
            self._pause = min(2 * self._pause or FIRST_PAUSE, LONGEST_PAUSE)
        return self._pause

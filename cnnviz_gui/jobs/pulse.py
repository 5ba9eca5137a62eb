"""What the engine process is at, in memory that it shares with the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from multiprocessing.context import SpawnContext

IDLE = 0
"""Stands for no job."""


class Beat(NamedTuple):
    """The pulse at one moment.

    Args:
        job: The job that is in the middle of a step, or `IDLE`.
        steps: Grows with every step, and about once a second while nothing runs.
    """

    job: int
    steps: int


class Pulse:
    """Says which job is in the middle of a step, also when the process that computes it can say nothing any more.

    Nothing here waits for anything: two numbers are written by one process and read by the other.
    """

    def __init__(self, context: SpawnContext) -> None:
        self._numbers = context.RawArray("q", 2)

    def beat(self, job: int) -> None:
        """A step of a job begins, or with `IDLE`, a step has ended."""
        self._numbers[0] = job
        self._numbers[1] += 1

    def read(self) -> Beat:
        """Returns the pulse as it is now."""
        job, steps = self._numbers
        return Beat(job, steps)

"""Ends an engine process that takes too much memory or hangs, from outside: from inside nobody could."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import psutil

from cnnviz_gui.core.requests import OpenNetwork
from cnnviz_gui.jobs import failures
from cnnviz_gui.jobs.pulse import Beat

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.errors import CnnvizError
    from cnnviz_gui.core.requests import Request

    Patience = Callable[[Request | None], float]

INTERVAL = 0.1
"""Seconds between two looks, each of which takes some 12 microseconds."""
LONGEST_LOOK = 1.0
"""Seconds that may count as silence between two looks."""
OPENING_PATIENCE = 120.0
"""Seconds for one step of opening a network, or for an idle engine to take what it is asked.

The largest network that may be opened takes 20 seconds to build on two cores, importing TensorFlow takes 3; a slow
machine with a cold disk may take several times as long.
"""
PATIENCE = 600.0
"""Seconds for one step of anything else: 16 large patterns through a large network take minutes on two cores."""


def usual_patience(request: Request | None) -> float:
    """Seconds that one step of a request may take; None stands for an engine that has nothing to do."""
    return OPENING_PATIENCE if request is None or isinstance(request, OpenNetwork) else PATIENCE


class Judge:
    """Decides when an engine process is to be ended.

    Args:
        patience: Seconds that one step of a request may take.
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._beat = Beat(0, -1)
        self._looked = 0.0
        self._silence = 0.0

    def judge(
        self, now: float, beat: Beat, request: Request | None, *, waiting: bool, memory: int, budget: int
    ) -> CnnvizError | None:
        """Looks at the process once.

        Args:
            now: Seconds, as `time.monotonic` counts them.
            beat: Its pulse.
            request: Of the job that is in the middle of a step, if it is known.
            waiting: Whether something is to be sent to it. A process that has nothing to do may be silent for ever.
            memory: Its resident memory in bytes.
            budget: How much of it is allowed.

        Returns:
            Why it is to be ended, or None.
        """
        # Where the whole machine slept, nobody was silent.
        self._silence += min(now - self._looked, LONGEST_LOOK)
        self._looked = now
        if beat != self._beat or not (beat.job or waiting):
            self._beat, self._silence = beat, 0.0
        if memory > budget:
            return failures.too_much_memory(request, memory, budget)
        patience = self._patience(request)
        return failures.silent(request, patience) if self._silence > patience else None


class Guard:
    """A thread that looks at a process several times a second for as long as the `with` block lasts.

    A thread of its own: whoever talks to a process that stops in the middle of a message waits for it.

    Args:
        pid: The process.
        look: Judges it, given the time as `time.monotonic` counts it and its resident memory in bytes; returns
            whether it has been ended.
    """

    def __init__(self, pid: int, look: Callable[[float, int], bool]) -> None:
        self._process = psutil.Process(pid)
        self._look = look
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="engine-guard", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(INTERVAL):
            try:
                memory = self._process.memory_info().rss
            except psutil.Error:
                # It has ended.
                return
            if self._look(time.monotonic(), memory):
                return

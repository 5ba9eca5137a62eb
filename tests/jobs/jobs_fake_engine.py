"""An engine that answers requests of its own, among them every bad one."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.requests import STOP, OpenNetwork, Progress, SetMemoryBudget

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Echo:
    """Gives its value back."""

    value: object = None


@dataclass(frozen=True)
class Forever:
    """Yields for ever; gives the number of its steps when it is asked to stop."""

    name: str = ""


@dataclass(frozen=True)
class Deaf:
    """Yields for ever, whatever it is asked."""


@dataclass(frozen=True)
class Hang:
    """Yields once and then never again."""


@dataclass(frozen=True)
class Die:
    """Ends the process by a signal, in its first step."""

    signal: int = signal.SIGKILL


@dataclass(frozen=True)
class Raise:
    """Raises, after one step."""

    error: Exception = field(compare=False)


@dataclass(frozen=True)
class Zeros:
    """Gives an array, or yields it for ever."""

    megabytes: int
    stream: bool = False


@dataclass(frozen=True)
class Swell:
    """Takes memory, says so, and hangs."""

    megabytes: int


@dataclass(frozen=True)
class Budget:
    """Gives the memory budget that the engine was told."""


@dataclass(frozen=True)
class Unpicklable:
    """Gives, or yields, what cannot be sent."""

    preview: bool = False


@dataclass(frozen=True)
class Unreadable:
    """Gives what can be sent and not be read."""


@dataclass(frozen=True)
class Weigh:
    """Gives the size of an array that it carries."""

    name: str
    array: NDArray[np.uint8] = field(compare=False, repr=False)


class Poison:
    """Raises where it is unpickled."""

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return int, ("no number",)


def progress(done: int) -> Progress:
    """Makes a progress of an endless job."""
    return Progress(done, 0, message("Step {done}", done=done))


class FakeEngine:
    """Answers at once."""

    def __init__(self) -> None:
        self._memory_budget = 0

    def answer(self, request: object) -> Generator[Any, object, Any]:
        """Answers a request."""
        match request:
            case Echo(value):
                return value
            case Forever():
                done = 0
                while (yield progress(done)) is not STOP:
                    # Two cores are all there is.
                    time.sleep(0.001)
                    done += 1
                return done
            case Deaf():
                while True:
                    time.sleep(0.001)
                    yield progress(0)
            case SetMemoryBudget(memory_budget):
                self._memory_budget = memory_budget
            case Budget():
                return self._memory_budget
            case Swell(megabytes):
                taken = np.ones(megabytes << 20, np.uint8)
                yield progress(int(taken[0]))
                threading.Event().wait()
            case OpenNetwork(source):
                if source.name == "crash":
                    os.kill(os.getpid(), signal.SIGSEGV)
                threading.Event().wait()
            case Hang():
                yield progress(0)
                threading.Event().wait()
            case Die(number):
                os.kill(os.getpid(), number)
            case Raise(error):
                yield progress(0)
                raise error
            case Zeros(megabytes, stream):
                while stream:
                    yield np.zeros(megabytes << 20, np.uint8)
                return np.zeros(megabytes << 20, np.uint8)
            case Unpicklable(preview):
                if preview:
                    yield lambda: None
                return lambda: None
            case Unreadable():
                return Poison()
            case Weigh(_, array):
                return array.nbytes
        yield

    def warm_up(self) -> None:
        """Is warm."""

    def device(self) -> str:
        """Says what it computes on."""
        return "abacus"

    def close(self) -> None:
        """Writes that it was closed."""
        note = os.environ.get("FAKE_ENGINE_NOTE")
        if note:
            Path(note).write_text("closed")


class ColdEngine(FakeEngine):
    """Cannot warm up."""

    def warm_up(self) -> None:
        """Fails."""
        raise CnnvizError(message("TensorFlow is not installed."))


class SlowEngine(FakeEngine):
    """Warms up for ever."""

    def warm_up(self) -> None:
        """Hangs."""
        threading.Event().wait()


def broken_engine() -> FakeEngine:
    """Cannot be made."""
    raise ImportError("no such engine")

"""The memory of this process: a limit of the system's, what is left, and what is said when there is none."""

from __future__ import annotations

import sys
import traceback

import psutil

from cnnviz_gui.core.errors import CnnvizError, message

EXHAUSTED = ("MemoryError", "ResourceExhaustedError")
"""Python's own word for it, and TensorFlow's."""
UNPREPARED = ("AbortedError", "could not create a primitive")
"""How TensorFlow names, and oneDNN words, that there was no memory to prepare a convolution in."""
RESERVED = 1_000_000_000
"""Bytes that may be reserved without being used: stacks of threads, what the C library keeps for later."""


def memory_left(budget: int) -> int:
    """Bytes that this process may still take of a number of bytes that it is allowed, by us and by the system."""
    memory = psutil.Process().memory_info()
    left = budget - memory.rss
    if sys.platform == "linux":
        import resource

        limit, _ = resource.getrlimit(resource.RLIMIT_DATA)
        if limit != resource.RLIM_INFINITY:
            left = min(left, limit - memory.data)
    return max(left, 0)


def is_exhausted(error: BaseException) -> bool:
    """Whether an exception says that there was not enough memory."""
    name, words = UNPREPARED
    is_unprepared = type(error).__name__ == name and words in str(error)
    return is_unprepared or any(kind.__name__ in EXHAUSTED for kind in type(error).__mro__)


def exhausted(name: str, details: str) -> CnnvizError:
    """Says that there is not enough memory for something.

    Args:
        name: Of the network or layer.
        details: Technical text.
    """
    return CnnvizError(
        message("There is not enough memory for {name}.", name=name),
        message("Ask for something smaller, or allow the engine more memory in Preferences."),
        details=details,
    )


def limit_memory(budget: int) -> None:
    """Has the system refuse what would take this process beyond a number of bytes.

    One huge allocation then fails at once, with an exception, instead of taking the machine's memory until somebody
    notices. Only Linux counts all memory that may be written to; elsewhere nothing is limited here. It counts what is
    reserved as well, so that it is allowed `RESERVED` more.

    Args:
        budget: Bytes.
    """
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = budget + RESERVED if most == resource.RLIM_INFINITY else min(budget + RESERVED, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def let_frames_go(error: BaseException) -> None:
    """Empties the frames that an exception came through, and those of the exceptions it came from.

    Their local variables would stay for as long as anybody has the exception. Its traceback can still be printed.
    """
    pending: list[BaseException | None] = [error]
    seen: set[int] = set()
    while pending:
        known = pending.pop()
        if known is not None and id(known) not in seen:
            seen.add(id(known))
            traceback.clear_frames(known.__traceback__)
            pending += [known.__cause__, known.__context__]

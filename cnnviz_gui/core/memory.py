"""How much memory the engine may take."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from pathlib import Path

import psutil

MEMORY_SHARE = 0.6
"""Of the machine's memory; the rest is for the window, the system and the moment until too much is noticed."""
LEAST_BUDGET = 1_500_000_000
"""Bytes; TensorFlow alone takes 600 MB, the bundled network with one picture 800 MB."""
CONTROL_GROUP = Path("/sys/fs/cgroup/memory.max")
"""Where Linux says how much memory a container may take."""

M_ARENA_MAX = -8
"""Of glibc's malloc.h."""


def trim() -> None:
    """Gives memory that was freed back to the system: the C library keeps it, in pieces, for later."""
    if sys.platform == "linux":
        # Only glibc has it.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def share_heaps(heaps: int) -> None:
    """Has the C library take the memory of all threads from a few heaps.

    It makes one for nearly every thread otherwise, and what one has free serves no other: memory that is taken and
    given back in many threads would grow for a long time. Threads that allocate much wait for each other instead.

    Args:
        heaps: How many; counts for threads that have none yet.
    """
    if sys.platform == "linux":
        # Only glibc has it.
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, heaps)


def machine_memory() -> int:
    """Memory that this process can count on, in bytes: the machine's, or the container's where that is less."""
    total = psutil.virtual_memory().total
    try:
        return min(total, int(CONTROL_GROUP.read_text("ascii")))
    # There is no such file, or it says "max".
    except (OSError, ValueError):
        return total


def default_memory_budget() -> int:
    """What the engine may take where nothing else was chosen: a share of the machine's memory, in bytes."""
    return max(int(machine_memory() * MEMORY_SHARE), LEAST_BUDGET)


def size_text(size: float) -> str:
    """A number of bytes for people."""
    for unit in ("bytes", "kB", "MB", "GB", "TB", "PB"):
        if size < 1000 or unit == "PB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit == "bytes" or size >= 99.5 else f"{size:.1f} {unit}"

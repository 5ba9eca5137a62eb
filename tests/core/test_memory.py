"""How much memory there is, and giving it back."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import psutil
import pytest

from cnnviz_gui.core.memory import trim

PIECE = 60_000
"""Bytes: too small for the C library to give it back by itself."""
PIECES = 4000
THREADS = 6
IN_THREADS = f"""
import ctypes, sys, threading
from cnnviz_gui.core.memory import share_heaps

share_heaps(int(sys.argv[1]))
together = threading.Barrier({THREADS})

def take():
    taken = bytes(10_000)
    together.wait()
    taken = bytes(20_000)
    together.wait()

threads = [threading.Thread(target=take) for _ in range({THREADS})]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
ctypes.CDLL(None).malloc_stats()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps it, and can be asked")
def test_what_was_freed_in_pieces_goes_back_to_the_system() -> None:
    trim()
    before = psutil.Process().memory_info().rss
    pieces = [np.ones(PIECE, np.uint8) for _ in range(PIECES)]
    last = pieces[-1]
    pieces.clear()
    kept = psutil.Process().memory_info().rss - before
    trim()
    left = psutil.Process().memory_info().rss - before
    assert kept > PIECE * PIECES / 2
    assert left < PIECE * PIECES / 10
    assert last.all()


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc makes a heap for each thread")
@pytest.mark.parametrize("heaps", [1, 2])
def test_threads_share_heaps(heaps: int) -> None:
    command = [sys.executable, "-c", IN_THREADS, str(heaps)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr.count("Arena") == heaps

"""How much memory there is, and giving it back."""

from __future__ import annotations

import sys

import numpy as np
import psutil
import pytest

from cnnviz_gui.core.memory import trim

PIECE = 60_000
"""Bytes: too small for the C library to give it back by itself."""
PIECES = 4000


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

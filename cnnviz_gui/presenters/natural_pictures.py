"""Which natural pictures patterns are compared with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST = 5
"""With fewer of the user's own a rank among them would say little: the samples join them."""
MOST = 50


def natural_pictures(opened: Sequence[str], recent: Sequence[str], samples: Sequence[str]) -> tuple[str, ...]:
    """The user's own pictures: those that were opened together, then the recent ones; with the samples if few.

    Args:
        opened: Paths of pictures that were opened together, such as a folder's.
        recent: Paths of pictures that were opened before, newest first.
        samples: Paths of the bundled photos.

    Returns:
        Paths of files that are there, each once, `MOST` at most.
    """
    known = {Path(path).resolve() for path in samples}
    own = [path for path in (*opened, *recent) if os.path.isfile(path) and Path(path).resolve() not in known]
    if len(set(own)) < FEWEST:
        own += samples
    return tuple(dict.fromkeys(own))[:MOST]

"""Matplotlib's colormaps as tables of 256 colours."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST = ("viridis", "magma", "inferno", "plasma", "cividis", "gray", "hot", "turbo", "RdBu_r", "coolwarm")
"""Those that a menu lists first; any other Matplotlib name works too."""


@functools.lru_cache(maxsize=32)
def color_table(name: str) -> NDArray[np.uint8]:
    """The 256 colours of a colormap.

    Args:
        name: A Matplotlib name.

    Returns:
        (256, 3) uint8 RGB, read-only.

    Raises:
        CnnvizError: If Matplotlib knows no such name.
    """
    # Imported here: the console command lists layers without waiting for Matplotlib.
    from matplotlib import colormaps

    if name not in colormaps:
        raise CnnvizError(
            message("There is no colormap called {name}.", name=name),
            message("Use one of Matplotlib's names, such as {names}.", names=", ".join(FIRST)),
        )
    # As fractions: whole numbers would index the colormap's own table, which may hold 10 colours or 510.
    table = (colormaps[name](np.linspace(0, 1, 256))[:, :3] * 255 + 0.5).astype(np.uint8)
    table.setflags(write=False)
    return table


def all_colormaps() -> tuple[str, ...]:
    """Every colormap's name, the most useful ones first."""
    from matplotlib import colormaps

    return FIRST + tuple(sorted(name for name in colormaps if name not in FIRST and not name.endswith("_r")))

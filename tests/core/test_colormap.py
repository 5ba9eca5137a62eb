"""Colour tables are Matplotlib's colormaps from end to end."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize

from cnnviz_gui.core.colormap import FIRST, all_colormaps, color_table
from cnnviz_gui.core.errors import CnnvizError


@pytest.mark.parametrize("name", all_colormaps())
def test_grey_levels_get_the_colours_that_matplotlib_gives_them(name: str) -> None:
    mapped = ScalarMappable(Normalize(0, 255), name).to_rgba(np.arange(256.0))[:, :3]
    # With more colours than levels, rounding may take the neighbour of the same hue.
    tolerance = 0.5 if colormaps[name].N <= 256 else 2.5
    assert np.abs(color_table(name) - mapped * 255).max() <= tolerance + 1e-6


def test_every_colormap_of_matplotlib_is_offered_once_and_viridis_first() -> None:
    offered = all_colormaps()
    assert offered[0] == "viridis"
    assert len(set(offered)) == len(offered)
    assert set(offered) | {f"{name}_r" for name in offered} >= set(colormaps)
    assert set(FIRST) <= set(colormaps)


def test_a_table_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        color_table("viridis")[0] = 0


def test_an_unknown_name_is_said_with_names_that_are_known() -> None:
    with pytest.raises(CnnvizError, match=r"There is no colormap called virdis\. .*viridis"):
        color_table("virdis")

"""What grey levels mean: from levels 0..255 back to values, and round numbers for a colour bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.mosaic import Scale

if TYPE_CHECKING:
    from cnnviz_gui.core.requests import Grid

LEVELS = 255


@dataclass(frozen=True)
class BarScale:
    """What a colour bar says.

    Args:
        ticks: (grey level 0..255, text) of each tick.
        label: What the numbers are.
    """

    ticks: tuple[tuple[float, str], ...] = ()
    label: str = ""


def value_range(grid: Grid, channel: int) -> tuple[float, float]:
    """The values that a channel has where its grey levels are 0 and 255; both the same when it is constant.

    This is the inverse of `cnnviz_gui.core.mosaic.grey_levels`.
    """
    stats, scale = grid.statistics, grid.request.scale
    if scale is Scale.TUTORIAL:
        mean, std = float(stats.mean[channel]), float(stats.std[channel])
        std = 0.0 if stats.constant[channel] else std
        return mean - 2 * std, mean + 127 / 64 * std
    if scale is Scale.CHANNEL:
        return float(stats.minimum[channel]), float(stats.maximum[channel])
    if scale is Scale.LAYER:
        return layer_range(grid)
    reach = layer_reach(grid)
    return -reach * 128 / 127, reach


def layer_range(grid: Grid) -> tuple[float, float]:
    """Smallest and largest value of the layer's finite channels."""
    stats = grid.statistics
    if not stats.finite.any():
        return 0.0, 0.0
    return float(stats.minimum[stats.finite].min()), float(stats.maximum[stats.finite].max())


def layer_reach(grid: Grid) -> float:
    """Largest magnitude in the layer."""
    stats = grid.statistics
    return float(max(abs(stats.minimum).max(initial=0), abs(stats.maximum).max(initial=0)))


def round_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """About ``count`` round numbers between two values, with the two values themselves at the ends.

    Round numbers that would stand too close to an end are left out.
    """
    if not high > low:
        return [low]
    # Imported here: it costs a tenth of a second and nothing needs it before the first picture.
    from matplotlib.ticker import MaxNLocator

    near = (high - low) * 0.09
    inner = MaxNLocator(nbins=count, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return [low, *(float(tick) for tick in inner if low + near < tick < high - near), high]


def figure(value: float, digits: int = 3) -> str:
    """A number for people: ``digits`` significant ones, no "-0"."""
    text = f"{value:.{digits}g}"
    return "0" if text in {"-0", "0"} else text


def exact(value: np.float32) -> str:
    """The shortest number that is exactly this float32."""
    return str(np.float32(value))

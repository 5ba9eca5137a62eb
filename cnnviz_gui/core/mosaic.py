"""Mosaics: all channels of a layer, or many patterns, tiled into one picture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import as_strided

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

TUTORIAL_PER_ROW = 16
PATTERN_GAP = 5


class Scale(StrEnum):
    """How activations become grey levels 0..255."""

    TUTORIAL = "tutorial"
    """Each channel by itself: subtract the mean, divide by the standard deviation, times 64, plus 128, clip."""
    CHANNEL = "channel"
    """Each channel from its minimum to its maximum."""
    LAYER = "layer"
    """The whole layer from its minimum to its maximum."""
    SIGNED = "signed"
    """The whole layer, zero in the middle (grey level 128), the largest magnitude at an end."""


class SortKey(StrEnum):
    """In which order channels are shown; all but the first from large to small, ties by index."""

    INDEX = "index"
    MEAN = "mean"
    MAXIMUM = "maximum"
    ZEROS = "zeros"
    """Share of positions that are exactly zero."""
    LIKENESS = "likeness"
    """Pearson correlation with the chosen channel."""


@dataclass(frozen=True, eq=False)
class Statistics:
    """Figures of every channel, each (C,) float32, over the channel's positions.

    A channel is *constant* where its standard deviation is zero, and *dead* where it is zero everywhere.
    """

    mean: NDArray[np.float32]
    std: NDArray[np.float32]
    minimum: NDArray[np.float32]
    maximum: NDArray[np.float32]
    zeros: NDArray[np.float32]
    finite: NDArray[np.bool_]

    @property
    def constant(self) -> NDArray[np.bool_]:
        """(C,): whether every position has the same value."""
        constant: NDArray[np.bool_] = np.logical_and(self.finite, self.maximum == self.minimum)
        return constant

    @property
    def dead(self) -> NDArray[np.bool_]:
        """(C,): whether every position is zero."""
        dead: NDArray[np.bool_] = np.logical_and(self.constant, self.maximum == 0)
        return dead


def statistics(values: NDArray[np.float32]) -> Statistics:
    """Figures of every channel of (H, W, C) activations; a non-finite channel gets zeros and finite=False."""
    flat = values.reshape(-1, values.shape[-1])
    finite: NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(flat), axis=0)
    if not finite.all():
        flat = np.where(finite, flat, np.float32(0))
    return Statistics(
        # float64 accumulators: a float32 sum over 10^5 positions loses the fourth digit.
        mean=flat.mean(axis=0, dtype=np.float64).astype(np.float32),
        std=flat.std(axis=0, dtype=np.float64).astype(np.float32),
        minimum=flat.min(axis=0),
        maximum=flat.max(axis=0),
        zeros=(flat == 0).mean(axis=0, dtype=np.float64).astype(np.float32),
        finite=finite,
    )


def grey_levels(values: NDArray[np.float32], stats: Statistics, scale: Scale) -> NDArray[np.uint8]:
    """Scales activations to grey levels.

    A constant or non-finite channel becomes flat: it is never divided by zero. Fractions are cut off, as
    the tutorial's ``astype("uint8")`` does.

    Args:
        values: (H, W, C) float32.
        stats: Their `statistics`.
        scale: How.

    Returns:
        (H, W, C) uint8.
    """
    finite = stats.finite
    shown = values if finite.all() else np.where(finite, values, np.float32(0))
    # Differences of the largest floats overflow to infinity, which is then clipped.
    with np.errstate(over="ignore"):
        if scale is Scale.TUTORIAL:
            flat = stats.constant | ~finite
            factor = _factor(64, np.where(flat, np.float32(1), stats.std))
            levels = (shown - stats.mean) * factor + 128
            levels = np.where(flat, np.float32(128), levels)
        elif scale is Scale.CHANNEL:
            span = stats.maximum.astype(np.float64) - stats.minimum
            levels = (shown - stats.minimum) * _factor(255, span)
        elif scale is Scale.LAYER:
            low, high = stats.minimum[finite].min(initial=np.inf), stats.maximum[finite].max(initial=-np.inf)
            levels = (shown - low) * _factor(255, float(high) - float(low)) if high > low else np.zeros_like(shown)
        else:
            reach = max(abs(stats.minimum).max(initial=0), abs(stats.maximum).max(initial=0))
            levels = shown * _factor(127, reach) + 128
    clipped: NDArray[np.uint8] = np.clip(levels, 0, 255).astype(np.uint8)
    return clipped


def _factor(levels: float, span: ArrayLike) -> NDArray[np.float32]:
    """``levels / span`` as finite float32, also where a span is zero or too small to divide by."""
    smallest = levels / (float(np.finfo(np.float32).max) / 2)
    return np.asarray(levels / np.maximum(np.asarray(span, np.float64), smallest), np.float32)


def channel_order(values: NDArray[np.float32], stats: Statistics, sort: SortKey, chosen: int = 0) -> NDArray[np.intp]:
    """Order in which to show channels: (C,) indices, first shown first."""
    if sort is SortKey.INDEX:
        return np.arange(values.shape[-1])
    keys = {SortKey.MEAN: stats.mean, SortKey.MAXIMUM: stats.maximum, SortKey.ZEROS: stats.zeros}
    key = likeness(values, chosen) if sort is SortKey.LIKENESS else keys[sort]
    return np.argsort(-key, kind="stable")


def likeness(values: NDArray[np.float32], chosen: int) -> NDArray[np.float32]:
    """Pearson correlation of every channel with the chosen one.

    Returns:
        (C,) in -1..1; 0 for constant channels and for those that are not finite.
    """
    flat = values.reshape(-1, values.shape[-1]).astype(np.float64)
    flat = np.where(np.isfinite(flat).all(axis=0), flat, 0.0)
    centred = flat - flat.mean(axis=0)
    norm = np.sqrt((centred**2).sum(axis=0))
    products = centred.T @ centred[:, chosen]
    scale = norm * norm[chosen]
    result = np.divide(products, scale, out=np.zeros_like(products), where=scale > 0)
    correlation: NDArray[np.float32] = result.astype(np.float32)
    return correlation


class Cell(NamedTuple):
    """What lies at a pixel of a mosaic: a channel (or pattern), and the position in it."""

    channel: int
    row: int
    column: int


@dataclass(frozen=True)
class Tiling:
    """Where the tiles of a mosaic lie.

    Args:
        order: The channel shown at each place, place 0 first, rows filled from the left.
        tile_height: Pixels.
        tile_width: Pixels.
        per_row: Tiles a row.
        gap: Pixels between tiles (not around them).
    """

    order: tuple[int, ...]
    tile_height: int
    tile_width: int
    per_row: int
    gap: int = 0

    @property
    def rows(self) -> int:
        """Rows of tiles, an incomplete last one included."""
        return -(-len(self.order) // self.per_row)

    @property
    def height(self) -> int:
        """Height of the mosaic in pixels."""
        return self.rows * (self.tile_height + self.gap) - self.gap

    @property
    def width(self) -> int:
        """Width of the mosaic in pixels."""
        return self.per_row * (self.tile_width + self.gap) - self.gap

    def corner(self, place: int) -> tuple[int, int]:
        """(top, left) pixel of the tile at a place."""
        row, column = divmod(place, self.per_row)
        return row * (self.tile_height + self.gap), column * (self.tile_width + self.gap)

    def place_of(self, channel: int) -> int | None:
        """The place where a channel is shown, or None."""
        return self.order.index(channel) if channel in self.order else None

    def at(self, y: float, x: float) -> Cell | None:
        """The cell at a point of the mosaic in pixels, or None on a gap or outside."""
        row, inside_y = divmod(y, self.tile_height + self.gap)
        column, inside_x = divmod(x, self.tile_width + self.gap)
        place = int(row * self.per_row + column)
        if not (0 <= column < self.per_row and row >= 0 and place < len(self.order)):
            return None
        if inside_y >= self.tile_height or inside_x >= self.tile_width:
            return None
        return Cell(self.order[place], int(inside_y), int(inside_x))


def tile(tiles: NDArray[np.uint8], per_row: int, gap: int = 0, fill: int = 0) -> NDArray[np.uint8]:
    """Tiles pictures into a mosaic, row by row, the incomplete last row filled up.

    Args:
        tiles: (N, h, w) or (N, h, w, 3) uint8.
        per_row: Tiles a row.
        gap: Pixels between tiles.
        fill: Grey level of gaps and empty places.

    Returns:
        (rows * (h + gap) - gap, per_row * (w + gap) - gap[, 3]) uint8.
    """
    count, height, width, *colour = tiles.shape
    rows = -(-count // per_row)
    down, across = height + gap, width + gap
    mosaic = np.full((max(rows * down - gap, 0), per_row * across - gap, *colour), fill, dtype=np.uint8)
    # The tiles' places in it, so that every pixel is copied once: a mosaic is made for every preview.
    line, pixel, *rest = mosaic.strides
    places = as_strided(
        mosaic, (rows, per_row, height, width, *colour), (down * line, across * pixel, line, pixel, *rest)
    )
    whole = count // per_row
    places[:whole] = tiles[: whole * per_row].reshape(whole, per_row, height, width, *colour)
    places[whole:, : count - whole * per_row] = tiles[whole * per_row :]
    return mosaic


def fitted_per_row(count: int, height: int, width: int, aspect: float) -> int:
    """Tiles a row with which ``count`` tiles of a size fill a view of an aspect (width / height) best."""
    columns = np.arange(1, count + 1)
    rows = -(-count // columns)
    # The scale at which the mosaic fits into a view of width `aspect` and height 1.
    fit = np.minimum(aspect / (columns * width), 1 / (rows * height))
    return int(columns[np.argmax(fit)])

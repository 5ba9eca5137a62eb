"""Mosaics of patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.mosaic import PATTERN_GAP, Tiling, fitted_per_row, tile

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 8
"""Patterns a row, and rows of the tutorial's mosaic."""


def pattern_tiling(channels: tuple[int, ...], size: int, preset: str, aspect: float | None = None) -> Tiling:
    """Where patterns lie in their mosaic: eight a row, or as many as fill a view best.

    Under the preset "tutorial", 64 patterns fill columns first: filter i + 8 j stands at row i, column j.

    Args:
        channels: Of the patterns, in the order in which they were asked for.
        size: Edge length of a pattern in pixels.
        preset: Name of the preset.
        aspect: Width / height of the view; None for eight a row, as pictures are saved.
    """
    order, per_row = channels, min(SIDE, len(channels))
    if preset == "tutorial" and len(channels) == SIDE * SIDE:
        order = tuple(int(channel) for channel in np.reshape(channels, (SIDE, SIDE)).T.ravel())
    elif aspect is not None and channels:
        per_row = fitted_per_row(len(channels), size + PATTERN_GAP, size + PATTERN_GAP, aspect)
    return Tiling(order, size, size, per_row, PATTERN_GAP)


def pattern_mosaic(pictures: NDArray[np.uint8], channels: tuple[int, ...], tiling: Tiling) -> NDArray[np.uint8]:
    """Tiles patterns with five black pixels between them.

    Args:
        pictures: (n, S, S, 3) uint8; fewer than ``channels`` leaves the last places black.
        channels: As given to `pattern_tiling`.
        tiling: Their tiling.

    Returns:
        (h, w, 3) uint8.
    """
    if len(pictures) < len(channels):
        missing = np.zeros((len(channels) - len(pictures), *pictures.shape[1:]), np.uint8)
        pictures = np.concatenate((pictures, missing))
    if tiling.order != channels:
        place = {channel: index for index, channel in enumerate(channels)}
        pictures = pictures[[place[channel] for channel in tiling.order]]
    return tile(pictures, tiling.per_row, tiling.gap)

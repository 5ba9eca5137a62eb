"""Convolutions of 3 x 3 with a quarter of the products, on small maps with many channels.

Winograd's minimal filtering, F(4 x 4, 3 x 3): a tile of 6 x 6 positions is transformed, multiplied with the
transformed kernel at each of its 36 places, and transformed into 4 x 4 outputs, which takes 36 products where the
sum over the kernel takes 144. Source: Lavin and Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016,
section 4, with its transforms. A convolution of 256 channels on 4 x 4 positions is then 1.9 times as fast. It rounds
more than the plain sum: one convolution is off by some 5e-5 of its values' deviation, a deep layer of ResNet50 by
2e-6 of its largest value, where `rewriting.VERIFIED` allows 1e-4.

The transforms are products with small matrices along the rows and along the columns, for all tiles of a map at once.
They grow with the map's edge and the products with the number of channels, so it pays on small maps only.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.engine.padding import Padding

TILE, OUTPUTS, TAPS = 6, 4, 3
LEAST_CHANNELS = 128
CHANNELS_FOR_AN_EDGE = 6
"""So many channels for each position along a map's edge. Measured with ResNet50 and VGG16 on two cores: 32 positions
and 256 channels are still faster than the plain sum, 38 positions and 64 channels are not."""

_INPUT = np.array(
    [
        [4, 0, -5, 0, 1, 0],
        [0, -4, -4, 1, 1, 0],
        [0, 4, -4, -1, 1, 0],
        [0, -2, -1, 2, 1, 0],
        [0, 2, -1, -2, 1, 0],
        [0, 4, 0, -5, 0, 1],
    ]
)
_KERNEL = np.array(
    [[1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6],
     [1 / 24, 1 / 12, 1 / 6], [1 / 24, -1 / 12, 1 / 6], [0, 0, 1]]
)  # fmt: skip
_OUTPUT = np.array([[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])


def suits_winograd(layer: Any, shape: tf.TensorShape) -> bool:  # noqa: ANN401 - a Keras layer
    """Whether a convolution of float32 values (N, H, W, C) is faster this way."""
    if type(layer) is not keras.layers.Conv2D or layer.groups != 1:
        return False
    if layer.kernel_size != (TAPS, TAPS) or set(layer.strides) | set(layer.dilation_rate) != {1}:
        return False
    channels = min(shape[-1], layer.filters)
    return bool(channels >= max(LEAST_CHANNELS, CHANNELS_FOR_AN_EDGE * max(shape[1], shape[2])))


def transformed_kernel(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """The kernel (3, 3, C, F) at the 36 places of a tile, (36, C, F)."""
    both = np.kron(_KERNEL, _KERNEL).astype(np.float32)
    return (both @ kernel.reshape(TAPS * TAPS, -1)).reshape(TILE * TILE, *kernel.shape[2:])


def winograd(value: tf.Tensor, kernel: tf.Tensor, padding: Padding) -> tf.Tensor:
    """Convolves; up to rounding what ``tf.nn.conv2d(value, plain kernel, 1, padding)`` gives.

    Args:
        value: (N, H, W, C) float32 with known H, W and C.
        kernel: (36, C, F), see `transformed_kernel`.
        padding: Zeros around the maps.

    Returns:
        (N, H', W', F) float32.
    """
    count = tf.shape(value)[0]
    _, height, width, channels = value.shape
    filters = kernel.shape[-1]
    (rows_in, rows_out), (columns_in, columns_out) = (
        _transforms(length, *around) for length, around in zip((height, width), padding, strict=True)
    )
    down, across = rows_in.shape[0] // TILE, columns_in.shape[0] // TILE

    def shaped(tensor: tf.Tensor, *shape: int | tf.Tensor) -> tf.Tensor:
        return tf.reshape(tensor, tf.stack(shape))

    # The pictures go behind the positions, so that every transform is one product of matrices.
    maps = shaped(tf.transpose(value, (1, 2, 0, 3)), height, -1)
    tiles = tf.matmul(columns_in, shaped(tf.matmul(rows_in, maps), TILE * down, width, count * channels))
    tiles = _places_first(shaped(tiles, TILE, down, TILE, across * count, channels))
    made = tf.matmul(shaped(tiles, TILE * TILE, down * across * count, channels), kernel)
    made = _places_first(shaped(made, TILE, TILE, down, across * count, filters))
    made = tf.matmul(columns_out, shaped(made, TILE * down, TILE * across, count * filters))
    made = tf.matmul(rows_out, shaped(made, TILE * down, -1))
    return tf.transpose(shaped(made, rows_out.shape[0], columns_out.shape[0], count, filters), (2, 0, 1, 3))


def _places_first(tiles: tf.Tensor) -> tf.Tensor:
    """Swaps the second and third axis: tiles along the rows, and places in a tile along the columns."""
    return tf.transpose(tiles, (0, 2, 1, 3, 4))


@cache
def _transforms(length: int, before: int, after: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The transforms along one axis of a map, for all its tiles together.

    Args:
        length: Positions.
        before: Zeros before them.
        after: Zeros behind them.

    Returns:
        From positions to places in tiles, (6 T, length), and from places in tiles to outputs, (length', 6 T); places
        come before tiles.
    """
    outputs = length + before + after - TAPS + 1
    tiles = -(-outputs // OUTPUTS)
    inwards = np.zeros((TILE, tiles, length), np.float32)
    outwards = np.zeros((outputs, TILE, tiles), np.float32)
    for tile in range(tiles):
        for place in range(TILE):
            position = OUTPUTS * tile + place - before
            if 0 <= position < length:
                inwards[:, tile, position] = _INPUT[:, place]
        for place in range(min(OUTPUTS, outputs - OUTPUTS * tile)):
            outwards[OUTPUTS * tile + place, :, tile] = _OUTPUT[place]
    return inwards.reshape(TILE * tiles, length), outwards.reshape(outputs, TILE * tiles)

"""A network's first convolution, with its gradient with respect to the picture written as a forward convolution.

oneDNN's backward pass of a convolution on three channels runs at a seventh of the processor's peak and takes most of
a step on early layers. The gradient is an ordinary convolution of the cotangent for every phase of the picture's
positions modulo some block, with the taps of that phase flipped; written as one convolution with the channels
of all phases, followed by depth-to-space, it is 2.5 to 3 times faster. The block is the stride, or 2 where there is
none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.engine.padding import Padding

LEAST_BLOCK = 2
"""Twelve channels fill the processor's registers better than three."""


def first_convolution(
    picture: tf.Tensor, kernel: NDArray[np.float32], bias: NDArray[np.float32], stride: int, padding: Padding
) -> tf.Tensor:
    """Convolves a picture; equal to ``tf.nn.conv2d(picture, kernel, stride, padding) + bias``.

    Args:
        picture: (N, H, W, C) float32 with known H and W.
        kernel: (h, w, C, F).
        bias: (F,).
        stride: Along both axes.
        padding: Zeros around the picture.

    Returns:
        (N, H', W', F) float32.
    """
    height, width = picture.shape[1], picture.shape[2]
    rows = _axis(kernel.shape[0], stride, padding[0][0])
    columns = _axis(kernel.shape[1], stride, padding[1][0])
    backward = _gradient_kernel(kernel, rows, columns)

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def convolve(x: tf.Tensor) -> tuple[tf.Tensor, object]:
        output = tf.nn.conv2d(x, tf.constant(kernel), stride, [[0, 0], *map(list, padding), [0, 0]])

        def gradient(cotangent: tf.Tensor) -> tf.Tensor:
            around = [rows.around(cotangent.shape[1], height), columns.around(cotangent.shape[2], width)]
            # A negative padding: outputs at that edge see nothing of the picture.
            cut = cotangent[:, *(slice(max(0, -before), min(0, after) or None) for before, after in around)]
            pads = [[0, 0], *([max(0, before), max(0, after)] for before, after in around), [0, 0]]
            phases = tf.nn.conv2d(cut, tf.constant(backward), rows.pace, pads)
            return _depth_to_space(phases, rows.block)[:, :height, :width]

        return output, gradient

    return convolve(picture) + tf.constant(bias)


def _depth_to_space(phases: tf.Tensor, block: int) -> tf.Tensor:
    """Does ``tf.nn.depth_to_space`` in a third of the time, as it copies rows of a block and no single values."""
    _, height, width, depth = phases.shape
    rows = tf.reshape(phases, (-1, width, block, depth // block))
    return tf.reshape(tf.transpose(rows, (0, 2, 1, 3)), (-1, height * block, width * block, depth // block**2))


@dataclass(frozen=True)
class _Axis:
    """The gradient's convolution along one axis.

    Args:
        block: Positions of the picture that get their gradient together.
        pace: Positions of the output from one block to the next.
        first: The smallest shift.
        taps: For every shift and phase the kernel's tap, or None.
    """

    block: int
    pace: int
    first: int
    taps: tuple[tuple[int | None, ...], ...]

    def around(self, output: int, size: int) -> tuple[int, int]:
        """Padding of the cotangent, so that every position of the picture gets a gradient."""
        blocks = -(-size // self.block)
        last = self.first + len(self.taps) - 1
        return -self.first, self.pace * (blocks - 1) + last - (output - 1)


def _axis(extent: int, stride: int, before: int) -> _Axis:
    """Finds which tap of the kernel links output ``pace * q + shift`` to position ``block * q + phase``.

    Output o takes position i with tap t where i = o * stride + t - before.
    """
    block = max(stride, LEAST_BLOCK)

    def tap_of(shift: int, phase: int) -> int | None:
        tap = phase + before - shift * stride
        return tap if 0 <= tap < extent else None

    reach = range(-extent, block + before + 1)
    shifts = [shift for shift in reach if any(tap_of(shift, phase) is not None for phase in range(block))]
    taps = tuple(tuple(tap_of(shift, phase) for phase in range(block)) for shift in range(shifts[0], shifts[-1] + 1))
    return _Axis(block, block // stride, shifts[0], taps)


def _gradient_kernel(kernel: NDArray[np.float32], rows: _Axis, columns: _Axis) -> NDArray[np.float32]:
    """The kernel of the gradient's convolution: (shifts, shifts, F, block * block * C)."""
    _, _, channels, filters = kernel.shape
    made = np.zeros((len(rows.taps), len(columns.taps), filters, rows.block, rows.block, channels), np.float32)
    for y, row_taps in enumerate(rows.taps):
        for x, column_taps in enumerate(columns.taps):
            for row_phase, row in enumerate(row_taps):
                for column_phase, column in enumerate(column_taps):
                    if row is not None and column is not None:
                        made[y, x, :, row_phase, column_phase] = kernel[row, column].T
    return made.reshape(len(rows.taps), len(columns.taps), filters, -1)

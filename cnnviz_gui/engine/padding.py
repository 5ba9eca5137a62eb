"""Zeros around pictures, as TensorFlow's "same" and "valid" and Keras' padding layers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Padding = tuple[tuple[int, int], tuple[int, int]]
"""((top, bottom), (left, right)) zeros around a picture."""


def padding_of(layer: Any, shape: Any) -> Padding:  # noqa: ANN401 - a Keras layer and a shape
    """The zeros that a convolution puts around pictures of a shape (N, H, W, C)."""
    if layer.padding == "valid":
        return (0, 0), (0, 0)
    extents = [(size - 1) * rate + 1 for size, rate in zip(layer.kernel_size, layer.dilation_rate, strict=True)]
    return _same(shape, extents, layer.strides)


def pads_as_same(padding: Any, pooling: Any, shape: Any) -> bool:  # noqa: ANN401 - Keras layers and a shape
    """Whether a padding layer and a pooling without padding see pictures of a shape as a pooling with "same" does."""
    return bool(pooling.padding == "valid" and padding.padding == _same(shape, pooling.pool_size, pooling.strides))


def _same(shape: Any, extents: Sequence[int], strides: Sequence[int]) -> Padding:  # noqa: ANN401
    """TensorFlow's "same" for windows of some extents."""
    sides = []
    for length, extent, stride in zip(shape[1:3], extents, strides, strict=True):
        total = max((-(-length // stride) - 1) * stride + extent - length, 0)
        sides.append((total // 2, total - total // 2))
    return sides[0], sides[1]

"""Winograd's convolutions compute what TensorFlow's do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tensorflow as tf
from engine_cases import assert_same_with_gradient

from cnnviz_gui.engine.kernels import Kernels
from cnnviz_gui.engine.winograd import suits_winograd, transformed_kernel, winograd

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPES = [(1, 1), (3, 5), (4, 4), (6, 9), (8, 8), (19, 13)]
PADDINGS = [((1, 1), (1, 1)), ((0, 1), (2, 0))]


def _values(seed: int, *shape: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("padding", PADDINGS, ids=str)
def test_a_convolution_and_its_gradient_are_tensorflows(
    shape: tuple[int, int], padding: tuple[tuple[int, int], tuple[int, int]]
) -> None:
    if min(side + sum(around) for side, around in zip(shape, padding, strict=True)) < 3:
        padding = ((1, 1), (1, 1))
    value, kernel = tf.constant(_values(1, 3, *shape, 5)), _values(2, 3, 3, 5, 7)
    transformed = tf.constant(transformed_kernel(kernel))
    assert_same_with_gradient(
        lambda x: winograd(x, transformed, padding),
        lambda x: tf.nn.conv2d(x, kernel, 1, [[0, 0], *map(list, padding), [0, 0]]),
        value,
    )


def test_a_picture_is_the_same_in_batches_of_any_power_of_two() -> None:
    kernel = tf.constant(transformed_kernel(_values(3, 3, 3, 128, 128)))
    convolve = tf.function(
        lambda x: winograd(x, kernel, ((1, 1), (1, 1))),
        input_signature=[tf.TensorSpec([None, 8, 8, 128], tf.float32)],
        autograph=False,
    )
    value = _values(4, 8, 8, 8, 128)
    whole = convolve(value).numpy()
    for size in (1, 2, 4):
        parts = [convolve(value[first : first + size]).numpy() for first in range(0, 8, size)]
        assert np.array_equal(np.concatenate(parts), whole)


@pytest.mark.parametrize(
    ("edge", "channels", "changes", "expected"),
    [
        (4, 256, {}, True),
        (21, 128, {}, True),
        (22, 128, {}, False),
        (4, 64, {}, False),
        (4, 256, {"filters": 64}, False),
        (4, 256, {"strides": 2}, False),
        (4, 256, {"dilation_rate": 2}, False),
        (4, 256, {"kernel_size": 5}, False),
        (4, 256, {"groups": 2}, False),
    ],
)
def test_it_is_for_plain_convolutions_of_many_channels_on_small_maps(
    edge: int, channels: int, changes: dict[str, int], expected: bool
) -> None:
    layer = tf.keras.layers.Conv2D(**{"filters": channels, "kernel_size": 3, "padding": "same", **changes})
    assert suits_winograd(layer, tf.TensorShape([None, edge, edge, channels])) is expected


def test_a_depthwise_convolution_is_none_of_them() -> None:
    assert not suits_winograd(tf.keras.layers.DepthwiseConv2D(3), tf.TensorShape([None, 4, 4, 256]))


def test_a_kernel_is_made_once_and_kept_as_long_as_somebody_holds_it() -> None:
    kernels, made = Kernels(), []

    def make() -> NDArray[np.float32]:
        made.append(1)
        return np.ones((2, 2), np.float32)

    first = kernels.find("conv", make, tf.float32)
    assert kernels.find("conv", make, tf.float32) is first
    assert kernels.find("conv", make, tf.bfloat16) is not first
    assert len(made) == 2
    del first
    kernels.find("conv", make, tf.float32)
    assert len(made) == 3

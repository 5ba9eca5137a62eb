"""The first convolution's gradient is TensorFlow's, whatever the stride, the kernel and the padding."""

from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from engine_cases import assert_same_with_gradient

from cnnviz_gui.engine.first_convolution import first_convolution


@pytest.mark.parametrize("extent", [(1, 3), (2, 2), (3, 3), (7, 5)], ids=str)
@pytest.mark.parametrize("stride", [1, 2, 3, 4])
@pytest.mark.parametrize("padding", [((0, 0), (0, 0)), ((1, 1), (1, 1)), ((3, 2), (0, 1))], ids=str)
@pytest.mark.parametrize("shape", [(16, 16), (13, 18)], ids=str)
def test_a_convolution_and_its_gradient_are_tensorflows(
    extent: tuple[int, int], stride: int, padding: tuple[tuple[int, int], tuple[int, int]], shape: tuple[int, int]
) -> None:
    numbers = np.random.default_rng(5)
    kernel = numbers.normal(size=(*extent, 3, 4)).astype(np.float32)
    bias = numbers.normal(size=4).astype(np.float32)
    picture = tf.constant(numbers.normal(size=(2, *shape, 3)).astype(np.float32))
    assert_same_with_gradient(
        lambda x: first_convolution(x, kernel, bias, stride, padding),
        lambda x: tf.nn.conv2d(x, kernel, stride, [[0, 0], *map(list, padding), [0, 0]]) + bias,
        picture,
    )

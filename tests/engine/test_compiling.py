"""What was compiled is forgotten with the last one who holds it."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python.framework import ops

from cnnviz_gui.engine.compiling import compiled
from cnnviz_gui.engine.first_convolution import first_convolution

KERNEL = np.random.default_rng(3).normal(size=(3, 3, 3, 4)).astype(np.float32)
PICTURE = tf.constant(np.random.default_rng(4).normal(size=(1, 8, 8, 3)).astype(np.float32))
FUNCTIONS = {
    "our own gradient": lambda x: first_convolution(x, KERNEL, np.zeros(4, np.float32), 2, ((1, 1), (1, 1))),
    "TensorFlow's own": tf.nn.silu,
    "none of either": tf.square,
}


def slope(function: object, picture: tf.Tensor) -> tuple[tf.Tensor]:
    with tf.GradientTape() as tape:
        tape.watch(picture)
        total = tf.reduce_sum(function(picture))  # type: ignore[operator]
    return (tape.gradient(total, picture),)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_compiled_gradient_is_right_and_its_graph_goes_with_it(name: str) -> None:
    function = FUNCTIONS[name]
    before = set(ops.gradient_registry.list())
    made = compiled(lambda x: slope(function, x), [tf.TensorSpec([None, 8, 8, 3], tf.float32)])
    assert set(ops.gradient_registry.list()) == before
    (found,) = made(PICTURE)
    np.testing.assert_allclose(found, slope(function, PICTURE)[0], rtol=1e-5, atol=1e-5)
    graph = weakref.ref(made.graph)
    del made
    gc.collect()
    assert graph() is None

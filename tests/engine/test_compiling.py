"""What was compiled is forgotten with the last one who holds it."""

from __future__ import annotations

import gc
import threading
import weakref

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.python.framework import ops

from cnnviz_gui.engine.compiling import compiled, forget_kernels
from cnnviz_gui.engine.first_convolution import first_convolution
from cnnviz_gui.engine.runtime import eager_context

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
    function, graphs = FUNCTIONS[name], []

    def traced(x: tf.Tensor) -> tuple[tf.Tensor]:
        graphs.append(weakref.ref(tf.compat.v1.get_default_graph()))
        return slope(function, x)

    before = set(ops.gradient_registry.list())
    made = compiled(traced, [tf.TensorSpec([None, 8, 8, 3], tf.float32)])
    assert set(ops.gradient_registry.list()) == before
    (found,) = made(PICTURE)
    np.testing.assert_allclose(found, slope(function, PICTURE)[0], rtol=1e-5, atol=1e-5)
    assert len(graphs) == 1
    del made
    gc.collect()
    assert graphs[0]() is None


def test_it_is_computed_in_the_thread_that_calls_it() -> None:
    threads: list[int] = []

    def note(numbers: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        threads.append(threading.get_ident())
        return numbers

    def noted(x: tf.Tensor) -> tuple[tf.Tensor]:
        return (tf.numpy_function(note, [tf.nn.conv2d(x, KERNEL, 1, "SAME")], tf.float32),)

    made = compiled(noted, [tf.TensorSpec([None, 8, 8, 3], tf.float32)])
    made(PICTURE)
    other = threading.Thread(target=made, args=(PICTURE,))
    other.start()
    expected = [threading.get_ident(), other.ident]
    other.join()
    assert threads == expected


def test_kernels_are_forgotten_when_a_function_is_gone_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[bool] = []
    clear = eager_context().clear_kernel_cache
    monkeypatch.setattr(eager_context(), "clear_kernel_cache", lambda: (forgotten.append(True), clear()))
    gc.collect()
    forget_kernels()
    made, other = (compiled(lambda x, n=n: (x * n,), [tf.TensorSpec([2], tf.float32)]) for n in (2, 3))
    twos = tf.constant([2.0, 2.0])
    assert made(twos)[0].numpy().tolist() == [4, 4]
    forgotten.clear()
    forget_kernels()
    assert forgotten == []
    del made
    gc.collect()
    forget_kernels()
    forget_kernels()
    assert forgotten == [True]
    assert other(twos)[0].numpy().tolist() == [6, 6]

"""The rewritten network is small where it is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import tensorflow as tf
from engine_cases import assert_same_with_gradient

from cnnviz_gui.engine.graph import graph_of
from cnnviz_gui.engine.rewriting import rewritten

if TYPE_CHECKING:
    from engine_cases import Asker, Case


def test_weights_are_no_part_of_the_graph_that_is_optimised(resnet50: Case, ask: Asker) -> None:
    graph = ask.opened(resnet50).graph
    output = resnet50.model.get_layer("conv3_block1_out").output
    network = tf.keras.Model(resnet50.model.input, output)
    function = tf.function(rewritten(graph, [graph.entry("conv3_block1_out").output]))
    compiled = function.get_concrete_function(tf.TensorSpec([2, 48, 48, 3], tf.float32))
    weights = 4 * sum(int(np.prod(weight.shape)) for weight in network.weights)
    assert compiled.graph.as_graph_def().ByteSize() < weights / 5
    pictures = np.random.default_rng(3).uniform(-100, 100, (2, 48, 48, 3)).astype(np.float32)
    expected = network(pictures).numpy()
    found = compiled(tf.constant(pictures))[0].numpy()
    assert np.abs(found - expected).max() < 1e-4 * np.abs(expected).max()


@pytest.mark.parametrize("edge", [16, 17])
@pytest.mark.parametrize(
    ("padding", "copied"),
    [(1, {16}), (2, {16, 17}), (((0, 1), (0, 1)), {17}), (((1, 0), (0, 1)), {16, 17})], ids=str,
)  # fmt: skip
def test_padding_before_a_pooling_behind_a_rectifier_is_as_keras_has_it(
    edge: int, padding: object, copied: set[int]
) -> None:
    # Every third channel is below zero everywhere, where nothing but the padding is a maximum.
    picture = tf.keras.Input((None, None, 6))
    shifted = tf.keras.layers.Rescaling(1.0, [0, 0, -9, 0, 0, -9])(picture)
    padded = tf.keras.layers.ZeroPadding2D(padding)(tf.keras.layers.ReLU()(shifted))
    network = tf.keras.Model(picture, tf.keras.layers.MaxPooling2D(3, 2)(padded))
    run = rewritten(graph_of(network), network.outputs)
    values = tf.random.stateless_normal((2, edge, edge, 6), seed=(1, 2))
    assert_same_with_gradient(lambda x: run(x)[0], network, values)
    operations = tf.function(run).get_concrete_function(tf.TensorSpec(values.shape)).graph.get_operations()
    assert ("Pad" in {operation.type for operation in operations}) == (edge in copied)

"""The rewritten network is small where it is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import tensorflow as tf

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

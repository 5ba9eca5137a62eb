"""Objectives: what gradient ascent climbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import Message, message
from cnnviz_gui.engine.inspection import fused_activation
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.engine.graph import Entry, Graph
    from cnnviz_gui.engine.runtime import keras

ACTIVATION_TYPES = frozenset({"Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"})
LINEAR_TYPES = frozenset(
    {
        "InputLayer",
        "Rescaling",
        "Normalization",
        "ZeroPadding2D",
        "Cropping2D",
        "Conv2D",
        "DepthwiseConv2D",
        "SeparableConv2D",
        "BatchNormalization",
        "AveragePooling2D",
        "Dropout",
        "SpatialDropout2D",
        "Identity",
    }
)
"""Layers that are affine in their input when they do not train, apart from a fused activation."""


@dataclass(frozen=True, eq=False)
class Objective:
    """One number for each picture of a batch.

    Args:
        score: From (N, H, W, C) float32, as the network takes it, and (N,) int32 channels to (N,) float32.
        climbed: What is climbed, in words.
    """

    score: Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
    climbed: Message


def channel_objective(graph: Graph, entry: Entry, climb: str) -> Objective:
    """The mean of a channel over its positions.

    Under "preactivation" an activation function is left out: a channel that is off at the start has no gradient
    behind it. The mean of a channel that is linear in the picture depends on the picture's mean alone; there
    the mean of its positive part is climbed.

    Args:
        graph: The network.
        entry: The call of the layer whose channels are climbed.
        climb: "output" or "preactivation".

    Returns:
        The objective.
    """
    target, climbed = entry.output, message("the output of {layer}", layer=entry.name)
    if climb == "preactivation":
        before = _before_activation(entry)
        if before is not None:
            target, climbed = before, message("{layer} before its activation function", layer=entry.name)
    function = graph.function([target])
    positive = climb == "preactivation" and _is_linear(graph, entry)
    if positive:
        climbed = message("the positive part of {layer}, which is linear in the picture", layer=entry.name)

    def score(images: tf.Tensor, channels: tf.Tensor) -> tf.Tensor:
        values = tf.cast(function([images])[0], tf.float32)
        if positive:
            values = tf.nn.relu(values)
        means = tf.reduce_mean(values, axis=list(range(1, len(values.shape) - 1)))
        # A product, since the gradient of a gather is a slow scatter.
        return tf.reduce_sum(means * tf.one_hot(channels, means.shape[-1]), axis=-1)

    return Objective(score, climbed)


def _before_activation(entry: Entry) -> keras.KerasTensor | None:
    """What goes into a layer's activation function, or None when it has none."""
    if entry.type in ACTIVATION_TYPES:
        return entry.inputs[0]
    layer = entry.operation
    if not fused_activation(layer):
        return None
    config = {**layer.get_config(), "activation": "linear", "name": f"{layer.name}_preactivation"}
    copy = type(layer).from_config(config)
    before = copy(*entry.inputs)
    copy.set_weights(layer.get_weights())
    return before


def _is_linear(graph: Graph, entry: Entry) -> bool:
    """Whether a layer with maps is affine in the picture, its own activation function left out."""
    if len(entry.output.shape) != 4 or entry.type not in ACTIVATION_TYPES | LINEAR_TYPES:
        return False
    pending = list(entry.inputs)
    while pending:
        producer = graph.producer(pending.pop())
        if producer is None or producer.type not in LINEAR_TYPES or fused_activation(producer.operation):
            return False
        pending.extend(producer.inputs)
    return True

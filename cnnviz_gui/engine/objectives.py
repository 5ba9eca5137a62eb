"""Objectives: what gradient ascent climbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import Message, message
from cnnviz_gui.engine.inspection import fused_activation, output_tensor
from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from collections.abc import Callable

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


def channel_objective(model: keras.Model, layer: keras.Layer, climb: str) -> Objective:
    """The mean of a channel over its positions.

    Under "preactivation" an activation function is left out: a channel that is off at the start has no gradient
    behind it. The mean of a channel that is linear in the picture depends on the picture's mean alone; there
    the mean of its positive part is climbed.

    Args:
        model: The network.
        layer: One of its layers.
        climb: "output" or "preactivation".

    Returns:
        The objective.
    """
    output = output_tensor(layer)
    target, climbed = output, message("the output of {layer}", layer=layer.name)
    if climb == "preactivation":
        before = _before_activation(layer)
        if before is not None:
            target, climbed = before, message("{layer} before its activation function", layer=layer.name)
    network = keras.Model(model.inputs, target)
    positive = climb == "preactivation" and _is_linear(model, layer)
    if positive:
        climbed = message("the positive part of {layer}, which is linear in the picture", layer=layer.name)

    def score(images: tf.Tensor, channels: tf.Tensor) -> tf.Tensor:
        values = tf.cast(network(images, training=False), tf.float32)
        if positive:
            values = tf.nn.relu(values)
        means = tf.reduce_mean(values, axis=list(range(1, len(values.shape) - 1)))
        # A product, since the gradient of a gather is a slow scatter.
        return tf.reduce_sum(means * tf.one_hot(channels, means.shape[-1]), axis=-1)

    return Objective(score, climbed)


def _before_activation(layer: keras.Layer) -> keras.KerasTensor | None:
    """What goes into a layer's activation function, or None when it has none."""
    if type(layer).__name__ in ACTIVATION_TYPES:
        source = layer.input
        return source[0] if isinstance(source, (list, tuple)) else source
    if not fused_activation(layer):
        return None
    config = {**layer.get_config(), "activation": "linear", "name": f"{layer.name}_preactivation"}
    copy = type(layer).from_config(config)
    before = copy(layer.input)
    copy.set_weights(layer.get_weights())
    return before


def _is_linear(model: keras.Model, layer: keras.Layer) -> bool:
    """Whether a layer with maps is affine in the picture, its own activation function left out."""
    producers = {id(output_tensor(other)): other for other in model.layers}
    if len(output_tensor(layer).shape) != 4:
        return False
    if type(layer).__name__ in ACTIVATION_TYPES:
        pending = [layer.input]
    elif type(layer).__name__ in LINEAR_TYPES:
        pending = [] if type(layer).__name__ == "InputLayer" else [layer.input]
    else:
        return False
    while pending:
        tensor = pending.pop()
        if isinstance(tensor, (list, tuple)):
            pending.extend(tensor)
            continue
        producer = producers.get(id(tensor))
        if producer is None or type(producer).__name__ not in LINEAR_TYPES or fused_activation(producer):
            return False
        if type(producer).__name__ != "InputLayer":
            pending.append(producer.input)
    return True

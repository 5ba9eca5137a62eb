"""Objectives: what gradient ascent climbs."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import Message, message
from cnnviz_gui.engine.graph import Entry, Graph
from cnnviz_gui.engine.inspection import fused_activation
from cnnviz_gui.engine.layer_copies import copy_layer
from cnnviz_gui.engine.linear_tail import LinearEnd, linear_end
from cnnviz_gui.engine.rewriting import rewritten, verify
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnnviz_gui.engine.runtime import keras

log = logging.getLogger(__name__)

TRACE = 0.01
ACTIVATION_TYPES = frozenset({"Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"})


@dataclass(frozen=True, eq=False)
class Objective:
    """One number for each picture of a batch.

    Args:
        prepare: From the channels of a batch (N,) to what `score` needs besides pictures: tensors with N rows.
        given: Shape and type of those tensors.
        score: From (N, H, W, C) float32, as the network takes it, and what `prepare` made, to (N,) float32.
        climbed: What is climbed, in words.
    """

    prepare: Callable[[Sequence[int]], tuple[tf.Tensor, ...]]
    given: tuple[tf.TensorSpec, ...]
    score: Callable[..., tf.Tensor]
    climbed: Message


def channel_objective(graph: Graph, entry: Entry, climb: str, size: int) -> Objective:
    """The mean of a channel over its positions.

    Under "preactivation" an activation function is left out: a channel that is off at the start has no gradient
    behind it. The mean of a channel that is linear in the picture depends on the picture's mean alone; there
    the mean of its positive part is climbed.

    Args:
        graph: The network.
        entry: The call of the layer whose channels are climbed.
        climb: "output" or "preactivation".
        size: Edge length of the pictures in pixels.

    Returns:
        The objective.
    """
    target, climbed = entry.output, message("the output of {layer}", layer=entry.name)
    if climb == "preactivation":
        before = _before_activation(entry)
        if before is not None:
            target, climbed = before, message("{layer} before its activation function", layer=entry.name)
    end = linear_end(_with(graph, target), target)
    sees_picture = any(tensor is graph.inputs[0] for tensor in end.frontier)
    if climb == "preactivation" and sees_picture and len(end.frontier) == 1 and len(target.shape) == 4:
        climbed = message("the positive part of {layer}, which is linear in the picture", layer=entry.name)
        return _general(graph, target, size, climbed, positive=True)
    if end.entries:
        return _cut(graph, end, size, climbed)
    return _general(graph, target, size, climbed, positive=False)


def _with(graph: Graph, target: keras.KerasTensor) -> Graph:
    """The graph with the call of a target that is not part of the network: a layer's copy without its activation."""
    if graph.producer(target) is not None:
        return graph
    operation, index, _ = target._keras_history
    inputs = tuple(operation._inbound_nodes[index].input_tensors)
    return replace(graph, entries=(*graph.entries, Entry(operation.name, operation, inputs, target)))


def _means(values: tf.Tensor) -> tf.Tensor:
    """Mean of every channel over its positions: (N, C) of (N, ..., C)."""
    return tf.reduce_mean(values, axis=list(range(1, len(values.shape) - 1)))


def _chosen(means: tf.Tensor, channels: tf.Tensor) -> tf.Tensor:
    """The mean of each picture's own channel. A product, since the gradient of a gather is a slow scatter."""
    return tf.reduce_sum(means * tf.one_hot(channels, means.shape[-1]), axis=-1)


def _general(graph: Graph, target: keras.KerasTensor, size: int, climbed: Message, *, positive: bool) -> Objective:
    """The mean of a channel of a target that need not be linear in anything."""
    run = _fastest(_with(graph, target), [target], size)

    def prepare(channels: Sequence[int]) -> tuple[tf.Tensor, ...]:
        return (tf.convert_to_tensor(list(channels), tf.int32),)

    def score(images: tf.Tensor, channels: tf.Tensor) -> tf.Tensor:
        values = tf.cast(run(images)[0], tf.float32)
        return _chosen(_means(_positive_part(values) if positive else values), channels)

    return Objective(prepare, (tf.TensorSpec([None], tf.int32),), score, climbed)


def _positive_part(values: tf.Tensor) -> tf.Tensor:
    """The positive part, with a trace of gradient where a value is negative.

    A channel that is negative everywhere on the starting picture has no other way out: both optimisers make the same
    step of a small gradient as of a large one.
    """
    negative = TRACE * tf.minimum(values, 0.0)
    return tf.nn.relu(values) + (negative - tf.stop_gradient(negative))


def _cut(graph: Graph, end: LinearEnd, size: int, climbed: Message) -> Objective:
    """The mean of a channel as an inner product at the cut before its linear end."""
    run = _fastest(graph, end.frontier, size)
    shape = (1, size, size, graph.inputs[0].shape[-1])
    at_zero = [tf.zeros_like(value) for value in run(tf.zeros(shape))]

    def prepare(channels: Sequence[int]) -> tuple[tf.Tensor, ...]:
        zeros = [tf.repeat(value, len(channels), axis=0) for value in at_zero]
        with tf.GradientTape() as tape:
            tape.watch(zeros)
            constant = _chosen(_means(tf.cast(end.run(zeros), tf.float32)), tf.constant(list(channels), tf.int32))
            total = tf.reduce_sum(constant)
        return (constant, *tape.gradient(total, zeros))

    def score(images: tf.Tensor, constant: tf.Tensor, *cotangents: tf.Tensor) -> tf.Tensor:
        values = run(images)
        for value, cotangent in zip(values, cotangents, strict=True):
            axes = list(range(1, len(value.shape)))
            products = tf.cast(value, tf.float32) * tf.cast(cotangent, tf.float32)
            constant = constant + tf.reduce_sum(products, axis=axes)
        return constant

    given = [tf.TensorSpec([None], tf.float32)]
    given += [tf.TensorSpec([None, *value.shape[1:]], value.dtype) for value in at_zero]
    return Objective(prepare, tuple(given), score, climbed)


def _fastest(graph: Graph, tensors: Sequence[keras.KerasTensor], size: int) -> Callable[[tf.Tensor], list[tf.Tensor]]:
    """The rewritten network where it agrees with the network, else the network as it is."""
    run = rewritten(graph, tensors)
    if verify(graph, tensors, run, size):
        return run
    log.warning("The rewritten network differs from the network; it is not used.")
    function = graph.function(tensors)
    return lambda images: function([images])


def _before_activation(entry: Entry) -> keras.KerasTensor | None:
    """What goes into a layer's activation function, or None when it has none."""
    if entry.type in ACTIVATION_TYPES:
        return entry.inputs[0]
    layer = entry.operation
    if not fused_activation(layer) or not _ends_with_activation(layer):
        return None
    copy = copy_layer(layer, *entry.inputs, activation="linear", name=f"{layer.name}_preactivation")
    (node,) = copy._inbound_nodes
    for tensor in entry.inputs:
        # Else the layer before would keep the copy, weights and all, for as long as the network lives.
        tensor._keras_history.operation._outbound_nodes.remove(node)
    return copy.output


def _ends_with_activation(layer: Any) -> bool:  # noqa: ANN401 - a Keras layer
    """Whether a layer applies its activation function last: a recurrent one uses it inside."""
    kind = type(layer).__name__
    is_own = type(layer).__module__.startswith("keras.") and not hasattr(layer, "recurrent_activation")
    return is_own and "LSTM" not in kind and ("Conv" in kind or "Dense" in kind)

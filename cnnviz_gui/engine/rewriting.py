"""The same network, faster: exact rewrites of the part of a graph that leads to some of its tensors.

- Batch normalization behind a convolution is folded into the convolution's kernel and bias.
- Zero padding in front of a convolution is done by the convolution.
- Max pooling goes before a rectifier that only it reads: both are monotone, and a quarter as much is rectified. Zero
  padding between them is the pooling's own where it is TensorFlow's "same", since what is padded is no maximum then.
- The gradient of the first convolution is a forward convolution, see `first_convolution`.
- Convolutions of 3 x 3 on small maps take a quarter of the products, see `winograd`.
- In a draft, convolutions but the first take and give bfloat16, and what lies between them works on that.

Everything else is called as Keras has it. The result computes what the network computes, up to the order of
float32 rounding; `verify` says whether it does.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.engine.first_convolution import first_convolution
from cnnviz_gui.engine.inspection import fused_activation
from cnnviz_gui.engine.padding import padding_of, pads_as_same
from cnnviz_gui.engine.runtime import keras, tf
from cnnviz_gui.engine.winograd import suits_winograd, transformed_kernel, winograd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnnviz_gui.engine.graph import Entry, Graph

    Step = Callable[[dict[int, tf.Tensor]], None]

MOST_PICTURE_CHANNELS = 4
TYPES_FOR_ANY_TYPE = frozenset({"Activation", "Add", "AveragePooling2D", "MaxPooling2D", "ReLU", "ZeroPadding2D"})
"""Layers without weights that compute in whatever type they are given."""
VERIFIED = 1e-4
"""Largest difference that is rounding, relative to the largest value."""


def rewritten(
    graph: Graph, tensors: Sequence[keras.KerasTensor], *, is_draft: bool = False
) -> Callable[[tf.Tensor], list[tf.Tensor]]:
    """Makes a function from the network's one input to some of its tensors.

    Args:
        graph: The network.
        tensors: What to compute.
        is_draft: Whether to multiply in bfloat16, which is no longer what the network computes.

    Returns:
        From (N, H, W, C) with known H and W to the values of ``tensors``, of the types that the network has.
    """
    steps = _Rewriter(graph, tensors, is_draft=is_draft).steps()
    source = graph.inputs[0]

    def run(images: tf.Tensor) -> list[tf.Tensor]:
        known = {id(source): images}
        for step in steps:
            step(known)
        return [tf.cast(known[id(tensor)], tensor.dtype) for tensor in tensors]

    return run


def verify(
    graph: Graph, tensors: Sequence[keras.KerasTensor], run: Callable[[tf.Tensor], list[tf.Tensor]], size: int
) -> bool:
    """Whether a rewritten function agrees with the network on a random picture."""
    shape = (1, size, size, graph.inputs[0].shape[-1])
    images = tf.constant(np.random.default_rng(0).uniform(0, 255, shape).astype(np.float32))
    pairs = zip(graph.function(tensors)([images]), run(images), strict=True)
    return all(_close(np.asarray(expected), np.asarray(found)) for expected, found in pairs)


def _close(expected: Any, found: Any) -> bool:  # noqa: ANN401 - arrays of any shape
    scale = float(np.abs(expected).max(initial=0)) or 1.0
    # Infinity less infinity is not a number, and as such not close.
    with np.errstate(invalid="ignore"):
        return bool(expected.shape == found.shape and np.abs(expected - found).max(initial=0) <= VERIFIED * scale)


class _Rewriter:
    """Plans the steps from a graph's input to some of its tensors."""

    def __init__(self, graph: Graph, tensors: Sequence[keras.KerasTensor], *, is_draft: bool) -> None:
        self._is_draft = is_draft
        self._source = graph.inputs[0]
        self._kernels = graph.kernels
        self._producers = {id(tensor): entry for entry in graph.entries for tensor in node_of(entry).outputs}
        self._entries = self._needed(graph, tensors)
        self._readers: dict[int, list[Entry]] = {}
        for entry in self._entries:
            for tensor in entry.inputs:
                self._readers.setdefault(id(tensor), []).append(entry)
        self._wanted = Counter(id(tensor) for tensor in tensors)
        self._done: set[str] = set()

    def steps(self) -> list[Step]:
        """The steps in the order of computation."""
        planned: list[Step] = []
        for entry in self._entries:
            if entry.name in self._done:
                continue
            step = self._pooling_first(entry) or self._convolution(entry) or self._as_keras_has_it(entry)
            planned.append(step)
        return planned

    def _needed(self, graph: Graph, tensors: Sequence[keras.KerasTensor]) -> list[Entry]:
        found: set[str] = set()
        pending = list(tensors)
        while pending:
            producer = self._producers.get(id(pending.pop()))
            if producer is not None and producer.name not in found:
                found.add(producer.name)
                pending.extend(producer.inputs)
        return [entry for entry in graph.entries if entry.name in found and not node_of(entry).is_input]

    def _only_reader(self, entry: Entry) -> Entry | None:
        """The one entry that reads an entry's output, if nobody else does."""
        readers = self._readers.get(id(entry.output), [])
        return readers[0] if len(readers) == 1 and not self._wanted[id(entry.output)] else None

    def _convolution(self, entry: Entry) -> Step | None:
        """A convolution with the padding before it and the batch normalization behind it."""
        if entry.type == "ZeroPadding2D":
            reader = self._only_reader(entry)
            plain = reader is not None and _is_plain_convolution(reader) and reader.operation.padding == "valid"
            if reader is None or not plain or _channels_first(entry.operation):
                return None
            self._done.add(reader.name)
            return self._convolve(reader, entry.inputs[0], entry.operation.padding)
        if _is_plain_convolution(entry):
            return self._convolve(entry, entry.inputs[0], None)
        return None

    def _convolve(self, entry: Entry, source: keras.KerasTensor, padding: Any) -> Step:  # noqa: ANN401
        layer, output, name = entry.operation, entry.output, entry.name
        bias = np.asarray(layer.bias, np.float32) if layer.use_bias else np.zeros(output.shape[-1], np.float32)
        scale = np.ones(())
        reader = self._only_reader(entry)
        if reader is not None and _is_plain_normalization(reader) and not fused_activation(layer):
            scale, bias = _folded(layer, bias, reader.operation)
            output, name = reader.output, f"{name}, {reader.name}"
            self._done.add(reader.name)
        activation = layer.activation if fused_activation(layer) else None
        near_picture = source is self._source or self._is_scaled_picture(source)

        def kernel() -> Any:  # noqa: ANN401 - an array
            # Variables cannot be read while a function is traced.
            with tf.init_scope():
                return (np.asarray(layer.kernel, np.float32) * scale).astype(np.float32)

        def step(known: dict[int, tf.Tensor]) -> None:
            value = known[id(source)]
            around = padding or padding_of(layer, value.shape)
            kind = tf.bfloat16 if self._is_draft and type(layer) is keras.layers.Conv2D else tf.float32
            if near_picture and _suits_first_convolution(layer, value):
                made = first_convolution(value, kernel(), bias, layer.strides[0], around)
            elif kind == tf.float32 and suits_winograd(layer, value.shape):
                weights = self._kernels.find((name, winograd), lambda: transformed_kernel(kernel()), kind)
                made = winograd(value, weights, around) + tf.constant(bias)
            else:
                weights = self._kernels.find(name, kernel, kind)
                made = _plain_convolution(layer, tf.cast(value, kind), weights, around) + tf.constant(bias, kind)
            known[id(output)] = activation(made) if activation else made

        return step

    def _is_scaled_picture(self, tensor: keras.KerasTensor) -> bool:
        producer = self._producers.get(id(tensor))
        return producer is not None and producer.type == "Rescaling" and producer.inputs[0] is self._source

    def _pooling_first(self, entry: Entry) -> Step | None:
        """A rectifier that only a max pooling reads, with or without zero padding in between."""
        if not _is_rectifier(entry):
            return None
        chain = [entry]
        reader = self._only_reader(entry)
        if reader is not None and reader.type == "ZeroPadding2D":
            # Zero is what the rectifier makes of zero, and no maximum behind it is below zero.
            chain.append(reader)
            reader = self._only_reader(reader)
        if reader is None or reader.type != "MaxPooling2D":
            return None
        chain.append(reader)
        self._done.update(link.name for link in chain)
        rectifier, *padding, pooling = (link.operation for link in chain)
        channels_last = not any(_channels_first(layer) for layer in (*padding, pooling))
        source, output = entry.inputs[0], reader.output

        def step(known: dict[int, tf.Tensor]) -> None:
            value = known[id(source)]
            if padding and channels_last and pads_as_same(padding[0], pooling, value.shape):
                # Where a zero outside is the maximum, this gives something below it, which is rectified to zero.
                value = tf.nn.max_pool2d(value, pooling.pool_size, pooling.strides, "SAME")
            else:
                for layer in (*padding, pooling):
                    value = layer.call(value)
            known[id(output)] = rectifier.call(value)

        return step

    def _as_keras_has_it(self, entry: Entry) -> Step:
        node = node_of(entry)
        # Called as a layer, it would turn its input into float32 first.
        called = entry.operation.call if self._is_draft and entry.type in TYPES_FOR_ANY_TYPE else entry.operation

        def step(known: dict[int, tf.Tensor]) -> None:
            arguments, keywords = node.arguments.fill_in(known)
            outputs = keras.tree.flatten(called(*arguments, **keywords))
            known.update({id(tensor): value for tensor, value in zip(node.outputs, outputs, strict=True)})

        return step


def node_of(entry: Entry) -> Any:  # noqa: ANN401 - Keras' node
    """Keras' node of a call, which knows its arguments and all its outputs."""
    operation, index, _ = entry.output._keras_history
    return operation._inbound_nodes[index]


def _channels_first(layer: Any) -> bool:  # noqa: ANN401 - a Keras layer
    return bool(getattr(layer, "data_format", "channels_last") == "channels_first")


def _is_plain_convolution(entry: Entry) -> bool:
    layer = entry.operation
    if type(layer) not in {keras.layers.Conv2D, keras.layers.DepthwiseConv2D} or _channels_first(layer):
        return False
    plain = layer.compute_dtype == "float32" and len(set(layer.strides)) == 1
    return plain and (type(layer) is keras.layers.DepthwiseConv2D or layer.groups == 1)


def _is_plain_normalization(entry: Entry) -> bool:
    layer = entry.operation
    if type(layer) is not keras.layers.BatchNormalization or layer.compute_dtype != "float32":
        return False
    return layer.axis in {-1, len(entry.output.shape) - 1}


def _is_rectifier(entry: Entry) -> bool:
    layer = entry.operation
    if type(layer) is keras.layers.ReLU:
        return not layer.negative_slope and not layer.threshold
    return type(layer) is keras.layers.Activation and layer.activation is keras.activations.relu


def _folded(layer: Any, bias: Any, normalization: Any) -> tuple[Any, Any]:  # noqa: ANN401 - arrays
    """What a kernel is multiplied with and its bias, with ``gamma (x - mean) / sqrt(variance + epsilon) + beta``."""
    scale = 1 / np.sqrt(np.asarray(normalization.moving_variance, np.float64) + normalization.epsilon)
    if normalization.scale:
        scale = scale * np.asarray(normalization.gamma, np.float64)
    shift = -np.asarray(normalization.moving_mean, np.float64) * scale
    if normalization.center:
        shift = shift + np.asarray(normalization.beta, np.float64)
    # A depthwise kernel is (h, w, C, M) and makes channel c * M + m: the scale has the same order.
    shape = layer.kernel.shape
    around = tuple(shape[2:]) if scale.size == shape[2] * shape[3] else (1, shape[3])
    return scale.reshape(around), (bias * scale + shift).astype(np.float32)


def _suits_first_convolution(layer: Any, value: tf.Tensor) -> bool:  # noqa: ANN401
    undilated = set(layer.dilation_rate) == {1}
    few = value.shape[-1] is not None and value.shape[-1] <= MOST_PICTURE_CHANNELS
    return type(layer) is keras.layers.Conv2D and max(layer.kernel_size) > 1 and undilated and few


def _plain_convolution(layer: Any, value: tf.Tensor, weights: tf.Tensor, around: Any) -> tf.Tensor:  # noqa: ANN401
    pads: Any = [[0, 0], *map(list, around), [0, 0]]
    if all(side == (0, 0) for side in around):
        pads = "VALID"
    elif layer.padding == "same":
        pads = "SAME"
    if type(layer) is keras.layers.DepthwiseConv2D:
        strides = [1, *layer.strides, 1]
        if not isinstance(pads, str):
            # TensorFlow 2.21 now and then aborts the process while it optimises a depthwise convolution that pads so.
            value, pads = tf.pad(value, pads), "VALID"
        return tf.nn.depthwise_conv2d(value, weights, strides, pads, dilations=list(layer.dilation_rate))
    return tf.nn.conv2d(value, weights, list(layer.strides), pads, dilations=list(layer.dilation_rate))

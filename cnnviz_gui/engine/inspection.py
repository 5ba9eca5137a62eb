"""From a Keras model to the description of its layers."""

from __future__ import annotations

import math
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.network import Layer, Reach, ReceptiveField
from cnnviz_gui.engine.blocks import layer_blocks
from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cnnviz_gui.engine.graph import Graph

Axis = Reach | None

POINTWISE = frozenset(
    {
        "Activation",
        "ReLU",
        "LeakyReLU",
        "PReLU",
        "ELU",
        "Softmax",
        "BatchNormalization",
        "LayerNormalization",
        "Rescaling",
        "Normalization",
        "Dropout",
        "SpatialDropout2D",
        "GaussianNoise",
        "GaussianDropout",
        "AlphaDropout",
        "UnitNormalization",
        "Identity",
        "LayerScale",
        "StochasticDepth",
        "InputLayer",
        "Add",
        "Subtract",
        "Multiply",
        "Average",
        "Maximum",
        "Minimum",
        "Concatenate",
    }
)
"""Layers whose output at a position depends on their inputs at that position alone."""


ALONG_AXES = frozenset({"Concatenate", "LayerNormalization", "Softmax", "UnitNormalization"})
"""Those of them that are so along the channels only, and not along rows or columns."""


def describe_layers(graph: Graph) -> tuple[Layer, ...]:
    """Describes every call of a network's layers, in the order of computation."""
    blocks = _blocks(graph)
    fields = _receptive_fields(graph)
    return tuple(
        Layer(
            name=entry.name,
            type=entry.type,
            shape=tuple(entry.output.shape[1:]),
            parameters=sum(math.prod(weight.shape) for weight in getattr(entry.operation, "weights", ())),
            dtype=str(getattr(entry.operation, "compute_dtype", entry.output.dtype)),
            kernel_size=_numbers(entry.operation, "kernel_size", "pool_size"),
            strides=_numbers(entry.operation, "strides"),
            activation=fused_activation(entry.operation),
            block=block,
            receptive_field=fields.get(id(entry.output)),
        )
        for entry, block in zip(graph.entries, blocks, strict=True)
    )


def _blocks(graph: Graph) -> list[tuple[str, ...]]:
    """The blocks of every call: the nested models it lies in, then the groups of layers that share a prefix."""
    inside: list[tuple[str, ...]] = []
    for models, group in groupby(graph.entries, key=lambda entry: entry.models):
        names = [entry.operation.name for entry in group]
        inside.extend((*models, *block) for block in layer_blocks(names))
    return inside


def fused_activation(operation: keras.Operation) -> str:
    """Name of the activation that a layer with weights applies itself, or empty when it is linear or none."""
    activation = getattr(operation, "activation", None)
    if activation is None or not getattr(operation, "weights", ()) or activation is keras.activations.linear:
        return ""
    return str(getattr(activation, "__name__", type(activation).__name__))


def _numbers(layer: keras.Operation, *attributes: str) -> tuple[int, ...]:
    for attribute in attributes:
        value = getattr(layer, attribute, None)
        if isinstance(value, (tuple, list)) and all(isinstance(number, int) for number in value):
            return tuple(value)
        if isinstance(value, int):
            return (value,)
    return ()


def _receptive_fields(graph: Graph) -> dict[int, ReceptiveField]:
    """Receptive fields of all outputs with a picture, by the identity of the symbolic tensor.

    Follows Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks, Distill 2019:
    size += (kernel - 1) * jump, start -= padding * jump, jump *= stride. "same" padding is taken as for a size
    that the stride divides.
    """
    known: dict[int, tuple[Axis, Axis]] = {id(tensor): (Reach(1, 1, 0),) * 2 for tensor in graph.inputs}
    for entry in graph.entries:
        if id(entry.output) in known or len(entry.output.shape) != 4:
            continue
        before = [known.get(id(tensor), (None, None)) for tensor in entry.inputs]
        rows, columns = (_step(entry.operation, axis, [axes[axis] for axes in before]) for axis in (0, 1))
        known[id(entry.output)] = (rows, columns)
    return {key: ReceptiveField(rows, columns) for key, (rows, columns) in known.items() if rows and columns}


def _step(layer: Any, axis: int, inputs: list[Axis]) -> Axis:  # noqa: ANN401 - Keras is not typed
    """What a position of a layer's output sees along one axis, from what its inputs' positions see."""
    reaches = [reach for reach in inputs if reach is not None]
    if len(reaches) < len(inputs) or not reaches:
        return None
    reach = _union(reaches)
    kind = type(layer).__name__
    if kind in POINTWISE:
        return None if kind in ALONG_AXES and _axes(layer) & {1, 2} else reach
    if kind == "ZeroPadding2D":
        return Reach(reach.size, reach.jump, reach.start - layer.padding[axis][0] * reach.jump)
    if kind == "Cropping2D":
        return Reach(reach.size, reach.jump, reach.start + layer.cropping[axis][0] * reach.jump)
    if kind == "UpSampling2D":
        return Reach(reach.size, reach.jump / layer.size[axis], reach.start)
    window = _window(layer, axis)
    if window is None:
        return None
    extent, stride, before = window
    return Reach(reach.size + (extent - 1) * reach.jump, reach.jump * stride, reach.start - before * reach.jump)


def _axes(layer: Any) -> set[int]:  # noqa: ANN401 - Keras is not typed
    """The axes that a layer with maps works along."""
    axis = layer.axis
    return {number % 4 for number in (axis if isinstance(axis, (list, tuple)) else [axis])}


def _window(layer: Any, axis: int) -> tuple[int, int, int] | None:  # noqa: ANN401 - Keras is not typed
    """(extent, stride, padding before) of a convolution's or pooling's window, or None for other layers."""
    kind = type(layer).__name__
    if kind in {"Conv2D", "DepthwiseConv2D", "SeparableConv2D"}:
        extent = (layer.kernel_size[axis] - 1) * layer.dilation_rate[axis] + 1
    elif kind in {"MaxPooling2D", "AveragePooling2D"}:
        extent = layer.pool_size[axis]
    else:
        return None
    stride = layer.strides[axis]
    return extent, stride, max(extent - stride, 0) // 2 if layer.padding == "same" else 0


def _union(reaches: Iterable[Reach]) -> Reach:
    """What is seen through several inputs of the same size together."""
    listed = list(reaches)
    start = min(reach.start for reach in listed)
    end = max(reach.start + reach.size for reach in listed)
    return Reach(end - start, listed[0].jump, start)

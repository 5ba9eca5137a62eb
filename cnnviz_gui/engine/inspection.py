"""From a Keras model to the description of its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.network import Layer, Reach, ReceptiveField
from cnnviz_gui.engine.blocks import layer_blocks
from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Iterable

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
        "GroupNormalization",
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


def describe_layers(model: keras.Model) -> tuple[Layer, ...]:
    """Describes every layer of a built model, in the order of computation.

    Args:
        model: Functional or Sequential, and built.

    Returns:
        One `Layer` each.
    """
    blocks = layer_blocks([layer.name for layer in model.layers])
    fields = _receptive_fields(model)
    return tuple(
        Layer(
            name=layer.name,
            type=type(layer).__name__,
            shape=tuple(output_tensor(layer).shape[1:]),
            parameters=layer.count_params(),
            dtype=layer.compute_dtype,
            kernel_size=_numbers(layer, "kernel_size", "pool_size"),
            strides=_numbers(layer, "strides"),
            activation=fused_activation(layer),
            block=block,
            receptive_field=fields.get(id(output_tensor(layer))),
        )
        for layer, block in zip(model.layers, blocks, strict=True)
    )


def output_tensor(layer: keras.Layer) -> keras.KerasTensor:
    """The layer's symbolic output; the first one where it has several."""
    output = layer.output
    return output[0] if isinstance(output, (list, tuple)) else output


def fused_activation(layer: keras.Layer) -> str:
    """Name of the activation that a layer with weights applies itself, or empty when it is linear or none."""
    activation = getattr(layer, "activation", None)
    if activation is None or not layer.weights or activation is keras.activations.linear:
        return ""
    return str(getattr(activation, "__name__", type(activation).__name__))


def _numbers(layer: keras.Layer, *attributes: str) -> tuple[int, ...]:
    for attribute in attributes:
        value = getattr(layer, attribute, None)
        if isinstance(value, (tuple, list)) and all(isinstance(number, int) for number in value):
            return tuple(value)
        if isinstance(value, int):
            return (value,)
    return ()


def _receptive_fields(model: keras.Model) -> dict[int, ReceptiveField]:
    """Receptive fields of all outputs with a picture, by the identity of the symbolic tensor.

    Follows Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks, Distill 2019:
    size += (kernel - 1) * jump, start -= padding * jump, jump *= stride. "same" padding is taken as for a size
    that the stride divides.
    """
    known: dict[int, tuple[Axis, Axis]] = {id(tensor): (Reach(1, 1, 0),) * 2 for tensor in model.inputs}
    for layer in model.layers:
        output = output_tensor(layer)
        if id(output) in known or len(output.shape) != 4:
            continue
        source = layer.input
        inputs = source if isinstance(source, (list, tuple)) else [source]
        before = [known.get(id(tensor), (None, None)) for tensor in inputs]
        known[id(output)] = (
            _step(layer, 0, [axes[0] for axes in before]),
            _step(layer, 1, [axes[1] for axes in before]),
        )
    return {key: ReceptiveField(rows, columns) for key, (rows, columns) in known.items() if rows and columns}


def _step(layer: keras.Layer, axis: int, inputs: list[Axis]) -> Axis:
    """What a position of a layer's output sees along one axis, from what its inputs' positions see."""
    reaches = [reach for reach in inputs if reach is not None]
    if len(reaches) < len(inputs) or not reaches:
        return None
    reach = _union(reaches)
    kind = type(layer).__name__
    if kind in POINTWISE:
        return reach
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

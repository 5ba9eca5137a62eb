"""The shape of what a layer puts out, from its settings and the shapes of its inputs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from cnnviz_gui.engine.gate_names import words
from cnnviz_gui.engine.gate_sizes import DIMENSIONS
from cnnviz_gui.engine.gate_values import MalformedError, channels, channels_first, unpacked, whole, wholes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnnviz_gui.engine.gate_values import Shape

    Output = Callable[[dict[str, Any], Shape], Shape | None]

OTHER = words(
    """
    Attention AdditiveAttention Discretization Dot EinsumDense GroupQueryAttention HashedCrossing Hashing
    IntegerLookup MaxNumBoundingBoxes MelSpectrogram Pipeline RNN RandAugment ReversibleEmbedding
    STFTSpectrogram StackedRNNCells StringLookup TextVectorization GRUCell LSTMCell SimpleRNNCell AugMix MixUp
    CutMix RandomHeight RandomWidth SpectralNormalization
    """
)
"""Layers whose output is not computed here."""
BROADCAST = words(
    """
    Add Subtract Multiply Average Maximum Minimum Divide TrueDivide Power Mod FloorDivide CustomScaleLayer
    """
)


def output_shape(class_name: str, settings: dict[str, Any], inputs: Sequence[Shape | None]) -> Shape | None:
    """Shape of a layer's output.

    Args:
        class_name: The layer's class.
        settings: Its settings.
        inputs: Shapes of its inputs.

    Returns:
        The shape, or None if it cannot be told.

    Raises:
        MalformedError: If a setting that matters is not a whole number.
    """
    known = [shape for shape in inputs if shape]
    if not known or class_name in OTHER:
        return None
    shape = known[0]
    if class_name in BROADCAST:
        longest = max(known, key=len)
        return tuple(max(s[-i] for s in known if len(s) >= i) for i in range(len(longest), 0, -1))
    if class_name == "Concatenate":
        return _concatenated(settings, known) if len(known) == len(inputs) else None
    if class_name in OUTPUTS:
        return OUTPUTS[class_name](settings, shape)
    match = DIMENSIONS.fullmatch(class_name)
    if match is None or match["kind"] == "SpatialDropout":
        return shape
    return _over_positions(match["kind"], int(match["count"]), bool(match["transposed"]), settings, shape)


def _over_positions(kind: str, count: int, transposed: bool, settings: dict[str, Any], shape: Shape) -> Shape | None:
    """Output of a layer that works over rows and columns; ``kind`` is its name without 2D."""
    first = channels_first(settings)
    positions = shape[2 : 2 + count] if first else shape[1 : 1 + count]
    if len(positions) != count or len(shape) != count + 2:
        return None
    depth = channels(shape, settings)
    if kind.startswith("Global"):
        return _laid_out(shape[0], (1,) * count, depth, first) if settings.get("keepdims") else (shape[0], depth)
    if kind == "UpSampling":
        positions = tuple(n * size for n, size in zip(positions, wholes(settings, "size", count), strict=True))
    elif kind in {"ZeroPadding", "Cropping"}:
        key = "padding" if kind == "ZeroPadding" else "cropping"
        sign = 1 if kind == "ZeroPadding" else -1
        borders = _borders(settings, key, count)
        positions = tuple(max(n + sign * sum(pair), 0) for n, pair in zip(positions, borders, strict=True))
    elif kind.startswith("Adaptive"):
        positions = wholes(settings, "output_size", count)
    elif "Conv" in kind or "Pool" in kind:
        positions = _swept(kind, transposed, settings, positions)
        depth = _depth(kind, settings, depth)
    return _laid_out(shape[0], positions, depth, first)


def _swept(kind: str, transposed: bool, settings: dict[str, Any], positions: Shape) -> Shape:
    count = len(positions)
    key = "pool_size" if "Pool" in kind else "kernel_size"
    windows = wholes(settings, key, count)
    if settings.get("strides") is None:
        strides = windows if key == "pool_size" else (1,) * count
    else:
        strides = wholes(settings, "strides", count)
    dilations = wholes(settings, "dilation_rate", count, 1)
    swept = []
    for n, window, stride, dilation in zip(positions, windows, strides, dilations, strict=True):
        reach = (window - 1) * dilation + 1
        if transposed:
            swept.append(n * stride + (0 if settings.get("padding") == "same" else max(reach - stride, 0)))
        elif settings.get("padding") in ("same", "causal"):
            swept.append(-(-n // max(stride, 1)))
        else:
            swept.append(max((n - reach) // max(stride, 1) + 1, 0))
    return tuple(swept)


def _depth(kind: str, settings: dict[str, Any], depth: int) -> int:
    if "Pool" in kind:
        return depth
    if kind == "DepthwiseConv":
        return depth * whole(settings, "depth_multiplier", 1)
    return whole(settings, "filters")


def _laid_out(batch: int, positions: Shape, depth: int, first: bool) -> Shape:
    return (batch, depth, *positions) if first else (batch, *positions, depth)


def _borders(settings: dict[str, Any], key: str, count: int) -> list[tuple[int, int]]:
    value = settings.get(key)
    items = [value] * count if type(value) is int else unpacked(value)
    if items is not None and count == 1 and len(items) == 2 and all(type(item) is int for item in items):
        items = [items]
    if items is None or len(items) != count:
        raise MalformedError(key, value)
    return [(wholes({key: item}, key, 2)[0], wholes({key: item}, key, 2)[1]) for item in items]


def _concatenated(settings: dict[str, Any], shapes: list[Shape]) -> Shape | None:
    axis = settings.get("axis", -1)
    first = shapes[0]
    if type(axis) is not int or not -len(first) <= axis < len(first) or len({len(shape) for shape in shapes}) > 1:
        return None
    axis %= len(first)
    return (*first[:axis], sum(shape[axis] for shape in shapes), *first[axis + 1 :])


def _flatten(settings: dict[str, Any], shape: Shape) -> Shape:
    return (shape[0], math.prod(shape[1:]))


def _reshape(settings: dict[str, Any], shape: Shape) -> Shape | None:
    target = unpacked(settings.get("target_shape"))
    if target is None or not all(type(size) is int for size in target):
        raise MalformedError("target_shape", settings.get("target_shape"))
    if min(target, default=0) >= 0:
        return (shape[0], *target)
    rest = math.prod(size for size in target if size >= 0)
    return (shape[0], *(math.prod(shape[1:]) // max(rest, 1) if size < 0 else size for size in target))


def _permute(settings: dict[str, Any], shape: Shape) -> Shape | None:
    order = unpacked(settings.get("dims")) or []
    if not all(type(axis) is int and 0 < axis < len(shape) for axis in order):
        raise MalformedError("dims", settings.get("dims"))
    return (shape[0], *(shape[axis] for axis in order))


def _resized(settings: dict[str, Any], shape: Shape) -> Shape | None:
    size = (whole(settings, "height"), whole(settings, "width"))
    if len(shape) not in {3, 4}:
        return None
    if channels_first(settings):
        return (*shape[:-2], *size)
    return (*shape[:-3], *size, shape[-1])


def _recurrent(settings: dict[str, Any], shape: Shape) -> Shape:
    units = whole(settings, "units")
    return (*shape[:2], units) if settings.get("return_sequences") else (shape[0], units)


OUTPUTS: dict[str, Output] = {
    "CategoryEncoding": lambda settings, shape: (*shape, whole(settings, "num_tokens", 1)),
    "CenterCrop": _resized,
    "Dense": lambda settings, shape: (*shape[:-1], whole(settings, "units")),
    "Embedding": lambda settings, shape: (*shape, whole(settings, "output_dim")),
    "Flatten": _flatten,
    "GRU": _recurrent,
    "LSTM": _recurrent,
    "Permute": _permute,
    "RandomCrop": _resized,
    "RepeatVector": lambda settings, shape: (shape[0], whole(settings, "n"), *shape[1:]),
    "Reshape": _reshape,
    "Resizing": _resized,
    "SimpleRNN": _recurrent,
}

"""How many parameters a layer will make, from its settings and the shape of its input."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from cnnviz_gui.engine.gate_names import words
from cnnviz_gui.engine.gate_values import along, channels, whole, wholes

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.engine.gate_values import Shape

    Count = Callable[[dict[str, Any], Shape | None], int]

DIMENSIONS = re.compile(r"(?P<kind>[A-Za-z]+?)(?P<count>[123])D(?P<transposed>Transpose)?")
"""Conv2D, SeparableConvolution1D, Conv3DTranspose, MaxPooling2D."""
INEXACT = words(
    """
    Attention AdditiveAttention Discretization EinsumDense GroupQueryAttention HashedCrossing Hashing
    IntegerLookup MelSpectrogram MultiHeadAttention Pipeline RNN RandAugment ReversibleEmbedding STFTSpectrogram
    SpectralNormalization StackedRNNCells StringLookup TextVectorization GRUCell LSTMCell SimpleRNNCell
    """
)
"""Layers whose parameters are only known to be no fewer than what is computed here."""


def parameters(class_name: str, settings: dict[str, Any], shape: Shape | None) -> int:
    """Parameters of a layer, no more than Keras will make.

    Args:
        class_name: The layer's class.
        settings: Its settings.
        shape: Of its input, None if it is not known; every size is then taken as 1.

    Raises:
        MalformedError: If a setting that matters is not a whole number.
    """
    count = COUNTS.get(class_name)
    if count is not None:
        return count(settings, shape)
    match = DIMENSIONS.fullmatch(class_name)
    if match is None:
        return 0
    dimensions = int(match["count"])
    kind = match["kind"].replace("Convolution", "Conv")
    if kind not in {"Conv", "DepthwiseConv", "SeparableConv", "ConvLSTM"}:
        return 0
    window = math.prod(wholes(settings, "kernel_size", dimensions))
    biased = settings.get("use_bias", True) is not False
    inputs = channels(shape, settings)
    if kind == "DepthwiseConv":
        outputs = inputs * whole(settings, "depth_multiplier", 1)
        return window * outputs + outputs * biased
    filters = whole(settings, "filters")
    if kind == "SeparableConv":
        inner = inputs * whole(settings, "depth_multiplier", 1)
        return window * inner + inner * filters + filters * biased
    if kind == "ConvLSTM":
        return 4 * (window * (inputs + filters) * filters + filters * biased)
    return window * (inputs // (whole(settings, "groups", 1) or 1)) * filters + filters * biased


def _dense(settings: dict[str, Any], shape: Shape | None) -> int:
    units = whole(settings, "units")
    return units * (shape[-1] if shape else 1) + units * (settings.get("use_bias", True) is not False)


def _embedding(settings: dict[str, Any], shape: Shape | None) -> int:
    return whole(settings, "input_dim") * whole(settings, "output_dim")


def _scales(settings: dict[str, Any]) -> int:
    return (settings.get("scale", True) is not False) + (settings.get("center", True) is not False)


def _batch_normalization(settings: dict[str, Any], shape: Shape | None) -> int:
    return along(shape, settings.get("axis", -1)) * (2 + _scales(settings))


def _layer_normalization(settings: dict[str, Any], shape: Shape | None) -> int:
    if settings.get("rms_scaling") is True:
        return along(shape, settings.get("axis", -1))
    return along(shape, settings.get("axis", -1)) * _scales(settings)


def _rms_normalization(settings: dict[str, Any], shape: Shape | None) -> int:
    return along(shape, settings.get("axis", -1))


def _normalization(settings: dict[str, Any], shape: Shape | None) -> int:
    if settings.get("mean") is not None or settings.get("axis") is None:
        return 0 if settings.get("mean") is not None else 3
    return 2 * along(shape, settings["axis"]) + 1


def _prelu(settings: dict[str, Any], shape: Shape | None) -> int:
    if not shape:
        return 1
    shared = settings.get("shared_axes")
    axes = shared if isinstance(shared, list) else []
    return math.prod(size for axis, size in enumerate(shape) if axis and axis not in axes)


def _layer_scale(settings: dict[str, Any], shape: Shape | None) -> int:
    return whole(settings, "projection_dim")


def _recurrent(gates: int, biases: int) -> Count:
    def count(settings: dict[str, Any], shape: Shape | None) -> int:
        units = whole(settings, "units")
        inputs = shape[-1] if shape else 1
        rows = biases if settings.get("reset_after", True) is not False else 1
        biased = settings.get("use_bias", True) is not False
        return gates * units * (inputs + units + rows * biased)

    return count


def _attention(settings: dict[str, Any], shape: Shape | None) -> int:
    heads = whole(settings, "num_heads") * whole(settings, "key_dim")
    return 2 * heads * (shape[-1] if shape else 1)


COUNTS: dict[str, Count] = {
    "BatchNormalization": _batch_normalization,
    "Dense": _dense,
    "Embedding": _embedding,
    "GRU": _recurrent(3, 2),
    "GroupNormalization": _layer_normalization,
    "LSTM": _recurrent(4, 1),
    "LayerNormalization": _layer_normalization,
    "LayerScale": _layer_scale,
    "MultiHeadAttention": _attention,
    "Normalization": _normalization,
    "PReLU": _prelu,
    "RMSNormalization": _rms_normalization,
    "ReversibleEmbedding": _embedding,
    "SimpleRNN": _recurrent(1, 1),
}

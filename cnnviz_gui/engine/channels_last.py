"""Networks with the channels first, on a copy of their layers with the channels last.

TensorFlow convolves with the channels first on a GPU only, and a channel is a picture only where height and width lie
together. Layers that work on positions are copied with the channels last, together with all that goes on
elementwise behind them; in front of everything else the channels are put first again, so it means what it meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.engine.layer_copies import copy_layer
from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.engine.tracing import Call

_SPATIAL_WORDS = (
    "Conv", "Pooling", "UpSampling", "ZeroPadding", "Cropping", "SpatialDropout", "Resizing", "CenterCrop",
)  # fmt: skip
_NORMALIZATIONS = frozenset({"BatchNormalization", "LayerNormalization", "GroupNormalization", "RMSNormalization"})
_ELEMENTWISE = frozenset({
    "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Divide", "TrueDivide", "Power", "Negative",
    "Abs", "Absolute", "Square", "Sqrt", "Exp", "Log", "Clip", "ReLU", "LeakyReLU", "ELU", "Relu", "Relu6",
    "LeakyRelu", "Elu", "Selu", "Gelu", "Sigmoid", "HardSigmoid", "Tanh", "Softplus", "Softsign", "Silu", "HardSilu",
    "Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization", "Identity",
    "StopGradient", "Cast",
})  # fmt: skip
"""Layers and operations that treat every number alike, whatever axis it lies on."""
_ELEMENTWISE_FUNCTIONS = frozenset({
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "celu", "sigmoid", "hard_sigmoid", "log_sigmoid",
    "tanh", "hard_tanh", "tanh_shrink", "softplus", "softsign", "silu", "swish", "hard_silu", "hard_swish", "mish",
    "exponential", "squareplus",
})  # fmt: skip


def has_channels_first(calls: Sequence[Call]) -> bool:
    """Whether a network has layers that work on positions with the channels first."""
    return any(_is_spatial_first(call.operation) for call in calls)


def is_channels_first(tensor: keras.KerasTensor, calls: Sequence[Call]) -> bool:
    """Whether an input has its channels first, as the first layers that work on its positions say."""
    reached = {id(tensor)}
    for call in calls:
        if not any(id(given) in reached for given in call.inputs):
            continue
        if _is_spatial_first(call.operation):
            return True
        kind = type(call.operation).__name__
        if kind in _ELEMENTWISE or kind in {*_NORMALIZATIONS, "Activation", "Rescaling", "Normalization", "PReLU"}:
            reached.update(map(id, call.outputs))
    return False


def _is_spatial_first(operation: Any) -> bool:  # noqa: ANN401 - any Keras operation
    is_first = getattr(operation, "data_format", None) == "channels_first"
    kind = type(operation).__name__
    is_layer = isinstance(operation, keras.Layer) and type(operation).__module__.startswith("keras.")
    return is_first and is_layer and any(word in kind for word in _SPATIAL_WORDS)


class Mover:
    """Copies of a network's layers with the channels last, one for each layer however often it is called."""

    def __init__(self) -> None:
        self._copies: dict[int, Any] = {}

    def moved(self, call: Call, inputs: Sequence[keras.KerasTensor], *, any_moved: bool) -> Any | None:  # noqa: ANN401
        """Finds the operation that does what a call does, with the channels last.

        Args:
            call: The call.
            inputs: Its inputs as the network has them.
            any_moved: Whether one of them was moved already.

        Returns:
            The operation; ``call.operation`` itself where it does not matter where the channels are; None where the
            call must be made as the network makes it.
        """
        operation, kind = call.operation, type(call.operation).__name__
        ranks = {len(tensor.shape) for tensor in inputs}
        if len(ranks) != 1 or (rank := ranks.pop()) < 3:
            return None
        if _is_spatial_first(operation):
            return self._spatial(operation)
        if not any_moved:
            return None
        if kind in _NORMALIZATIONS and _axis(operation) == 1:
            return self._copy(operation, axis=-1)
        if kind == "Concatenate" and _axis(operation) == 1 and isinstance(operation, keras.Layer):
            return self._copy(operation, axis=-1)
        if kind == "PReLU":
            return self._prelu(operation, rank)
        is_elementwise = kind in _ELEMENTWISE and _has_only_scalars(call)
        is_activation = kind == "Activation" and _is_elementwise_function(operation.activation)
        is_rescaling = kind == "Rescaling" and not np.ndim(operation.scale) and not np.ndim(operation.offset)
        return operation if is_elementwise or is_activation or is_rescaling else None

    def _spatial(self, layer: Any) -> Any:  # noqa: ANN401
        if split_activation(layer) is not None:
            return self._copy(layer, data_format="channels_last", activation="linear")
        return self._copy(layer, data_format="channels_last")

    def _copy(self, layer: Any, **changes: Any) -> Any:  # noqa: ANN401
        if id(layer) not in self._copies:
            self._copies[id(layer)] = lambda *inputs: copy_layer(layer, *inputs, **changes)
        return self._copies[id(layer)]

    def _prelu(self, layer: Any, rank: int) -> Any:  # noqa: ANN401
        shared = [rank - 1 if axis == 1 else axis - 1 for axis in layer.shared_axes or ()]
        return self._copy(layer, shared_axes=shared or None, arrange=lambda alpha: np.moveaxis(alpha, 0, -1))

    def built(self, layer: Any, made: Any, inputs: Any) -> Any:  # noqa: ANN401
        """Builds the copy of a layer for the first inputs it is called on."""
        if callable(made) and not isinstance(made, keras.Operation):
            made = self._copies[id(layer)] = made(*inputs)
        return made


def split_activation(operation: Any) -> Any | None:  # noqa: ANN401
    """The activation function of a layer that is moved, where it may matter to it which axis is the last."""
    activation = getattr(operation, "activation", None)
    if activation is None or not _is_spatial_first(operation) or _is_elementwise_function(activation):
        return None
    return activation


def _axis(operation: Any) -> int | None:  # noqa: ANN401
    axis = operation.axis
    if isinstance(axis, (list, tuple)) and len(axis) == 1:
        axis = axis[0]
    return axis if isinstance(axis, int) else None


def _has_only_scalars(call: Call) -> bool:
    constants = [value for value in keras.tree.flatten((call.arguments, call.keywords)) if value is not None]
    return all(isinstance(value, (keras.KerasTensor, str, bool)) or np.ndim(value) == 0 for value in constants)


def _is_elementwise_function(function: Any) -> bool:  # noqa: ANN401 - a function or a layer
    if isinstance(function, keras.Layer):
        return type(function).__name__ in _ELEMENTWISE
    is_own = getattr(function, "__module__", "").startswith("keras.")
    return is_own and getattr(function, "__name__", "") in _ELEMENTWISE_FUNCTIONS

"""Rectifiers that let gradients through where they would block all of them.

A channel behind a rectifier that is off everywhere has no gradient, and neither has anything behind it. lucid's
redirected ReLU lets the gradient of such a picture pass, except where it would push a value that is off further
down; wherever any gradient gets through by itself, the rectifier is as it always is.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from cnnviz_gui.engine.computation import in_inference
from cnnviz_gui.engine.inspection import fused_activation
from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnnviz_gui.engine.graph import Graph

    _Rectifier = Callable[[tf.Tensor], tf.Tensor]


def escaping(graph: Graph, tensors: Sequence[keras.KerasTensor]) -> Callable[[tf.Tensor], list[tf.Tensor]]:
    """A function from pictures to some of a network's tensors whose rectifiers do not block every gradient.

    Args:
        graph: The network.
        tensors: What to compute.

    Returns:
        From (N, H, W, C) to the values of ``tensors``, which are the network's own.
    """
    computation = graph.function(tensors)
    return lambda images: computation.run([images], _called)


def redirected(values: tf.Tensor, ceiling: float | None = None) -> tf.Tensor:
    """A rectifier whose gradient is redirected where it would be zero for a whole picture.

    Args:
        values: (N, ...) float.
        ceiling: The largest value it gives, or None.

    Returns:
        ``max(values, 0)``, at most ``ceiling``.
    """

    @tf.custom_gradient  # type: ignore[untyped-decorator]
    def rectify(x: tf.Tensor) -> tuple[tf.Tensor, object]:
        rectified = tf.nn.relu(x) if ceiling is None else tf.clip_by_value(x, 0.0, ceiling)

        def gradient(above: tf.Tensor) -> tf.Tensor:
            low = x <= 0
            high = tf.zeros_like(low) if ceiling is None else x >= ceiling
            plain = tf.where(low | high, tf.zeros_like(above), above)
            outwards = (low & (above < 0)) | (high & (above > 0))
            let_through = tf.where(outwards, tf.zeros_like(above), above)
            axes = list(range(1, len(x.shape)))
            any_passes = tf.reduce_any(plain != 0, axis=axes, keepdims=True)
            return tf.where(any_passes, plain, let_through)

        return rectified, gradient

    return rectify(values)


def _called(operation: Any) -> Any:  # noqa: ANN401 - a Keras operation
    """What is called in an operation's place."""
    rectifier = _rectifier(operation)
    if rectifier is not None:
        return rectifier
    plain = in_inference(operation)
    fused = _of_function(operation.activation) if fused_activation(operation) else None
    return plain if fused is None else _unfused(operation, plain, fused)


def _unfused(layer: Any, call: Any, rectifier: _Rectifier) -> Any:  # noqa: ANN401
    """A layer with its fused rectifier taken off and a redirected one put behind it."""

    def called(*arguments: Any, **keywords: Any) -> tf.Tensor:  # noqa: ANN401
        activation = layer.activation
        layer.activation = keras.activations.linear
        try:
            values = call(*arguments, **keywords)
        finally:
            layer.activation = activation
        return rectifier(values)

    return called


def _rectifier(operation: Any) -> _Rectifier | None:  # noqa: ANN401
    """What takes the place of a rectifier; None for everything else."""
    kind = type(operation)
    if kind is keras.layers.ReLU:
        is_plain = not operation.negative_slope and not operation.threshold
        return partial(redirected, ceiling=operation.max_value) if is_plain else None
    if kind is keras.layers.Activation:
        return _of_function(operation.activation)
    # Written as keras.ops.relu(x).
    is_operation = kind.__module__.startswith("keras.src.ops.")
    return {"Relu": redirected, "Relu6": _RELU_6}.get(kind.__name__) if is_operation else None


_RELU_6: _Rectifier = partial(redirected, ceiling=6.0)


def _of_function(function: Any) -> _Rectifier | None:  # noqa: ANN401
    if function is keras.activations.relu:
        return redirected
    return _RELU_6 if function is keras.activations.relu6 else None

"""Copies of layers that differ in something: without their activation function, or with the channels elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.engine.runtime import keras

_TRAINING_ONLY = ("_initializer", "_regularizer", "_constraint")


def copy_layer(
    layer: Any,  # noqa: ANN401 - a Keras layer
    *inputs: keras.KerasTensor,
    arrange: Callable[[Any], Any] = np.asarray,
    **changes: Any,  # noqa: ANN401 - as in the layer's config
) -> Any:  # noqa: ANN401 - a Keras layer
    """Makes a copy of a layer with weights of its own.

    Args:
        layer: The layer.
        inputs: The symbolic tensors that the copy is built for.
        arrange: From an array of weights of the layer to that of the copy.
        changes: What is different in its config.

    Returns:
        The copy, built.
    """
    # What matters in training only may need classes that cannot be found by their names, and so may the activation.
    config = {key: value for key, value in layer.get_config().items() if not key.endswith(_TRAINING_ONLY)}
    activation = getattr(layer, "activation", None)
    if activation is not None:
        config["activation"] = "linear"
    copy = type(layer).from_config({**config, **changes})
    if activation is not None and "activation" not in changes:
        copy.activation = activation
    copy(*inputs)
    # An activation that is a layer may have weights of its own, which stay with it.
    theirs = {id(weight) for weight in getattr(activation, "weights", ())}
    own = [weight for weight in layer.weights if id(weight) not in theirs]
    targets = [weight for weight in copy.weights if id(weight) not in theirs]
    for target, weight in zip(targets, own, strict=True):
        target.assign(arrange(np.asarray(weight)))
    return copy

"""What the ImageNet weights of keras.applications need besides being loaded."""

from __future__ import annotations

import math
import traceback
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from pathlib import Path

DEVIATIONS = (0.229, 0.224, 0.225)
"""Of the colours of ImageNet; EfficientNet's weights hold them where a Normalization layer expects variances."""


def load_imagenet(model: keras.Model, path: Path) -> keras.Model:
    """Loads the ImageNet weights that Keras publishes.

    Args:
        model: One of keras.applications, built without weights.
        path: The file that Keras publishes for it.

    Returns:
        A network equal to the one that Keras builds with ``weights="imagenet"``.

    Raises:
        CnnvizError: If the file does not hold them; possible only where Keras publishes no checksum.
    """
    try:
        model.load_weights(path)
    # Keras raises by turns ValueError, KeyError and what h5py raises.
    except Exception as error:
        raise CnnvizError(
            message("{name} does not hold the ImageNet weights of {network}.", name=path.name, network=model.name),
            message("Remove it from {folder}, so that it is downloaded again.", folder=str(path.parent)),
            details=traceback.format_exc(),
        ) from error
    return _with_scaling(model) if model.name.startswith("efficientnetb") else model


def scale_as_trained(model: keras.Model) -> keras.Model:
    """Adds what EfficientNet needs with weights that go back to ImageNet.

    Args:
        model: Any network, with its weights.

    Returns:
        ``model`` itself, unless it is an EfficientNet whose Normalization layer holds deviations as variances and
        is not followed by the Rescaling layer that makes up for that.
    """
    if not model.name.startswith("efficientnetb"):
        return model
    kinds = [type(layer) for layer in model.layers]
    if keras.layers.Normalization not in kinds or kinds.count(keras.layers.Rescaling) != 1:
        return model
    layer = model.layers[kinds.index(keras.layers.Normalization)]
    variance = np.ravel(tf.convert_to_tensor(layer.variance).numpy())
    holds_deviations = variance.shape == (len(DEVIATIONS),) and np.allclose(variance, DEVIATIONS, atol=1e-3)
    return _with_scaling(model) if holds_deviations else model


def _with_scaling(model: keras.Model) -> keras.Model:
    """The same network with a Rescaling layer after its Normalization.

    Keras builds this layer only with ``weights="imagenet"``, never for other weights or none.
    """

    def call(layer: keras.Layer, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever layers take
        output = layer(*arguments, **options)
        if isinstance(layer, keras.layers.Normalization):
            output = keras.layers.Rescaling([1 / math.sqrt(deviation) for deviation in DEVIATIONS])(output)
        return output

    first = model.layers[0]
    inputs = keras.Input(batch_shape=first.batch_shape, dtype=first.dtype, name=first.name)
    scaled = keras.models.clone_model(model, input_tensors=inputs, call_function=call)
    for copy, variable in zip(scaled.weights, model.weights, strict=True):
        copy.assign(variable)
    for layer in scaled.layers:
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()
    return scaled

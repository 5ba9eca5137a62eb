"""What every layer of a network does with a picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.picture import picture_pixels
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.network import Size
    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.requests import View
    from cnnviz_gui.engine.opening import Opened

ALL_LAYERS_BYTES = 320_000_000
"""Up to here every layer is computed in one pass, so that walking the layers costs nothing more."""


def input_tensor(opened: Opened, picture: Picture, size: Size, name: str) -> NDArray[np.float32]:
    """Makes the tensor that is fed: resized, preprocessed, with the network's number of channels.

    Args:
        opened: The network.
        picture: The picture.
        size: (height, width) in pixels.
        name: Of the preprocessing.

    Returns:
        (height, width, channels) float32.

    Raises:
        CnnvizError: If the network wants another size.
    """
    network = opened.network
    if network.input_size is not None and network.input_size != size:
        raise CnnvizError(
            message(
                "{network} takes pictures of {height} x {width} only. Received: {other_height} x {other_width}.",
                network=network.title,
                height=network.input_size[0],
                width=network.input_size[1],
                other_height=size[0],
                other_width=size[1],
            )
        )
    fed = preprocessing(name).tensor(picture_pixels(picture, size))
    count = network.input_channels
    if count == 1:
        # Rec. 601 luma, as Pillow's convert("L").
        return fed @ np.array([[0.299], [0.587], [0.114]], np.float32)
    if count != fed.shape[-1]:
        filled = np.zeros((*size, count), np.float32)
        filled[..., : min(3, count)] = fed[..., : min(3, count)]
        return filled
    return fed


def layer_shapes(opened: Opened, size: Size) -> dict[str, tuple[int | None, ...]]:
    """Output shape of every layer for a picture of a size, without the batch; computes nothing.

    Raises:
        CnnvizError: If the picture is too small: somewhere nothing would be left of it.
    """
    graph = opened.graph
    function = graph.function([entry.output for entry in graph.entries])
    fed = keras.KerasTensor((1, *size, opened.network.input_channels))
    try:
        shapes = function.compute_output_spec([fed])
    except ValueError as error:
        raise CnnvizError(
            message(
                "{network} cannot take a picture of {height} x {width}: nothing would be left of it in some layer.",
                network=opened.network.title,
                height=size[0],
                width=size[1],
            ),
            message("Choose a larger size."),
            details=str(error),
        ) from error
    return {entry.name: tuple(spec.shape[1:]) for entry, spec in zip(graph.entries, shapes, strict=True)}


def compute_layers(opened: Opened, view: View) -> dict[str, NDArray[np.float32]]:
    """Computes the activations of the view's layer, and of all layers where that takes little memory.

    Runs eagerly: the first answer comes sooner than a traced function's.

    Args:
        opened: The network.
        view: The layer, and what it looks at.

    Returns:
        Output of each computed layer by its name, without the batch, float32.
    """
    fed = input_tensor(opened, view.picture, view.size, view.preprocessing)
    shapes = layer_shapes(opened, view.size)
    wanted = opened.graph.entry(view.layer)
    entries = [entry for entry in opened.graph.entries if None not in shapes[entry.name]]
    total = sum(4 * math.prod(n or 0 for n in shapes[entry.name]) for entry in entries)
    if total > ALL_LAYERS_BYTES or wanted not in entries:
        entries = [wanted]
    outputs = opened.graph.function([entry.output for entry in entries])([tf.convert_to_tensor(fed[None])])
    arrays = [tf.cast(output[0], tf.float32).numpy() for output in outputs]
    return {entry.name: array for entry, array in zip(entries, arrays, strict=True)}


def as_maps(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], bool, Message | None]:
    """Turns a layer's output of any rank into channels with pictures.

    Args:
        values: Output without the batch, of any rank.

    Returns:
        (H, W, C) maps, whether they are a vector's numbers, and what a person should know.
    """
    if values.ndim == 3:
        return values, False, None
    if values.ndim < 2:
        return values.reshape(1, 1, -1), True, None
    if values.ndim == 2:
        said = message("A sequence of {length} steps, each channel shown as a column.", length=values.shape[0])
        return values[:, None, :], False, said
    middle = tuple(length // 2 for length in values.shape[:-3])
    said = message("A slice from the middle of {shape}.", shape=" x ".join(map(str, values.shape)))
    return values[middle], False, said

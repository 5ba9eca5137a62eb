"""What every layer of a network does with a picture."""

from __future__ import annotations

import math
import traceback
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.picture import picture_pixels
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.engine.memory import exhausted, is_exhausted
from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.network import Network, Size
    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.requests import View
    from cnnviz_gui.engine.graph import Entry
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.tokens import Tokens

KEPT_SIZES = 8
"""Pictures' sizes for which a network's shapes are remembered."""
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
    _check_size(opened.network, size)
    return preprocessing(name).tensor(picture_pixels(picture, size), opened.network.input_channels)


def _check_size(network: Network, size: Size) -> None:
    height, width = network.fixed_sides
    if height in {None, size[0]} and width in {None, size[1]}:
        return
    if height and width:
        raise CnnvizError(
            message(
                "{network} takes pictures of {height} x {width} only. Received: {other_height} x {other_width}.",
                network=network.title,
                height=height,
                width=width,
                other_height=size[0],
                other_width=size[1],
            )
        )
    if height:
        what = message(
            "{network} takes pictures that are {height} pixels high. Received: {other_height} x {other_width}.",
            network=network.title,
            height=height,
            other_height=size[0],
            other_width=size[1],
        )
    else:
        what = message(
            "{network} takes pictures that are {width} pixels wide. Received: {other_height} x {other_width}.",
            network=network.title,
            width=width,
            other_height=size[0],
            other_width=size[1],
        )
    raise CnnvizError(what)


def other_tensors(opened: Opened, view: View) -> dict[str, NDArray[np.float32]]:
    """Makes what is fed to the inputs that take a picture of their own, as `input_tensor` does.

    Raises:
        CnnvizError: If there is no such input.
    """
    tensors = {}
    known = {given.name: given for given in opened.network.inputs[1:] if given.takes_picture}
    for name, picture in view.others:
        if name not in known:
            title = opened.network.title
            raise CnnvizError(
                message("{network} has no other input {name} that takes a picture.", network=title, name=name),
                message("It has: {names}.", names=", ".join(known) or "-"),
            )
        height, width, channels = known[name].shape
        size = (height or view.size[0], width or view.size[1])
        tensors[name] = preprocessing(view.preprocessing).tensor(picture_pixels(picture, size), channels or 3)
    return tensors


def layer_shapes(opened: Opened, size: Size) -> dict[str, tuple[int | None, ...]]:
    """Output shape of every layer for a picture of a size, without the batch; computes nothing.

    Raises:
        CnnvizError: If the layers do not fit together at this size, such as a picture of which nothing would be left.
    """
    if size in opened.shapes:
        return opened.shapes[size]
    graph = opened.graph
    function = graph.function([entry.output for entry in graph.entries])
    fed = keras.KerasTensor((1, *size, opened.network.input_channels))
    try:
        shapes = function.compute_output_spec([fed])
    # Layers say in many ways that a size does not suit them.
    except Exception as error:
        raise _unsuitable(opened.network, size, error) from error
    if len(opened.shapes) >= KEPT_SIZES:
        opened.shapes.clear()
    found = {entry.name: tuple(spec.shape[1:]) for entry, spec in zip(graph.entries, shapes, strict=True)}
    opened.shapes[size] = found
    return found


def _unsuitable(network: Network, size: Size, error: Exception) -> CnnvizError:
    what = message(
        "{network} cannot take a picture of {height} x {width}: its layers do not fit together at this size.",
        network=network.title,
        height=size[0],
        width=size[1],
    )
    hint = message("Choose a multiple of 32, or the network's own size.")
    if "negative" in str(error):
        what = message(
            "{network} cannot take a picture of {height} x {width}: nothing would be left of it in some layer.",
            network=network.title,
            height=size[0],
            width=size[1],
        )
        hint = message("Choose a larger size.")
    return CnnvizError(what, hint, details=traceback.format_exc())


def compute_layers(opened: Opened, view: View) -> dict[str, NDArray[np.float32]]:
    """Computes the activations of the view's layer, and of all layers where that takes little memory.

    Runs eagerly: the first answer comes sooner than a traced function's.

    Args:
        opened: The network.
        view: The layer, and what it looks at.

    Returns:
        Output of each computed layer by its name, without the batch, float32; what is text is not a number.

    Raises:
        CnnvizError: If something cannot be computed for this picture.
    """
    fed = input_tensor(opened, view.picture, view.size, view.preprocessing)
    shapes = layer_shapes(opened, view.size)
    wanted = opened.graph.entry(view.layer)
    entries = [entry for entry in opened.graph.entries if None not in shapes[entry.name]]
    total = sum(4 * math.prod(n or 0 for n in shapes[entry.name]) for entry in entries)
    others = other_tensors(opened, view)
    try:
        with opened.graph.feeding(others):
            if total > ALL_LAYERS_BYTES or wanted not in entries:
                return _compute(opened, [wanted], fed)
            try:
                return _compute(opened, entries, fed)
            # One layer that cannot be computed must not hide the others.
            except Exception:  # noqa: BLE001
                return _compute(opened, [wanted], fed)
    # The layers' own code may be anyone's.
    except Exception as error:
        if is_exhausted(error):
            raise exhausted(view.layer, traceback.format_exc()) from error
        raise CnnvizError(
            message("{layer} could not be computed for this picture.", layer=view.layer),
            message("Try another size."),
            details=traceback.format_exc(),
        ) from error


def _compute(opened: Opened, entries: Sequence[Entry], fed: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    outputs = opened.graph.function([entry.output for entry in entries])([tf.convert_to_tensor(fed[None])])
    pairs = list(zip(entries, outputs, strict=True))
    opened.texts.update(entry.name for entry, output in pairs if output.dtype == tf.string)
    return {entry.name: _numbers(output, has_batch=len(entry.output.shape) > 0) for entry, output in pairs}


def _numbers(output: Any, *, has_batch: bool) -> NDArray[np.float32]:  # noqa: ANN401 - any tensor
    """A tensor of any type as float32, without the batch."""
    if isinstance(output, tf.SparseTensor):
        output = tf.sparse.to_dense(output)
    elif isinstance(output, tf.RaggedTensor):
        output = output.to_tensor()
    output = tf.convert_to_tensor(output)
    if has_batch:
        output = output[0]
    if output.dtype == tf.string:
        return np.full(output.shape, np.nan, np.float32)
    if output.dtype.is_complex:
        output = tf.abs(output)
    numbers: NDArray[np.float32] = tf.cast(output, tf.float32).numpy()
    return numbers


def as_maps(
    values: NDArray[np.float32], tokens: Tokens | None = None
) -> tuple[NDArray[np.float32], bool, Message | None]:
    """Turns a layer's output of any rank into channels with pictures.

    Args:
        values: Output without the batch, of any rank.
        tokens: Where the steps of a sequence (T, C) lie in the picture, where that is known.

    Returns:
        (H, W, C) maps, whether they are a vector's numbers, and what a person should know.
    """
    if values.ndim == 3:
        return values, False, None
    if values.ndim < 2:
        return values.reshape(1, 1, -1), True, None
    if values.ndim == 2 and tokens is not None and tokens.is_map:
        return values[..., None], False, message("One map, without an axis for channels.")
    if values.ndim == 2 and tokens is not None:
        maps = values[tokens.first :].reshape(tokens.height, tokens.width, values.shape[-1])
        return maps, False, _token_words(tokens)
    if values.ndim == 2:
        said = message("A sequence of {length} steps, each channel shown as a column.", length=values.shape[0])
        return values[:, None, :], False, said
    middle = tuple(length // 2 for length in values.shape[:-3])
    said = message("A slice from the middle of {shape}.", shape=" x ".join(map(str, values.shape)))
    return values[middle], False, said


def _token_words(tokens: Tokens) -> Message:
    if tokens.first:
        return message(
            "{count} tokens as the {height} x {width} map that they were; {first} in front of them not shown.",
            count=tokens.height * tokens.width,
            height=tokens.height,
            width=tokens.width,
            first=tokens.first,
        )
    return message(
        "{count} tokens as the {height} x {width} map that they were.",
        count=tokens.height * tokens.width,
        height=tokens.height,
        width=tokens.width,
    )

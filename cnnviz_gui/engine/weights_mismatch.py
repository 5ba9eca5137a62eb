"""Why weights do not fit a network, in words."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cnnviz_gui.engine.runtime import keras
    from cnnviz_gui.engine.weights_layers import SavedLayer, Target

    Shape = tuple[int, ...]

TOP_LAYERS = 3
"""A classifying head has at most so many layers with weights (VGG16: fc1, fc2, predictions)."""
_THEANO_NAME = re.compile(r"(?<![a-z0-9])th_(kernels|dim_ordering)")


def without_top(file: str, network: str, *, expected: int, received: int) -> CnnvizError:
    """The file ends before the network's classifying head."""
    return CnnvizError(
        message(
            "{file} has no weights for the top of {network}. Expected: weights of {expected} layers. "
            "Received: of {received}.",
            file=file,
            network=network,
            expected=expected,
            received=received,
        ),
        message("Open {network} without its top, or choose the file with the top.", network=network),
    )


def with_top(file: str, network: str, *, expected: int, received: int) -> CnnvizError:
    """The file holds a classifying head that the network was opened without."""
    return CnnvizError(
        message(
            "{file} holds weights for a top, which {network} was opened without. Expected: weights of {expected} "
            "layers. Received: of {received}.",
            file=file,
            network=network,
            expected=expected,
            received=received,
        ),
        message(
            'Open {network} with its top, or choose the file without it (its name often ends in "notop").',
            network=network,
        ),
    )


def other_layers(file: str, network: str, *, expected: int, received: int) -> CnnvizError:
    """The numbers of layers differ, and not by a head."""
    return CnnvizError(
        message(
            "{file} holds weights of another network than {network}. Expected: weights of {expected} layers. "
            "Received: of {received}.",
            file=file,
            network=network,
            expected=expected,
            received=received,
        ),
        message("Choose the network that the file was saved from."),
    )


def other_shape(file: str, variable: str, *, expected: Sequence[int], received: Sequence[int] | None) -> CnnvizError:
    """One array has another shape than the variable that should take it, or there is none of this shape."""
    return CnnvizError(
        message(
            "The weights in {file} do not fit {variable}. Expected shape: {expected}. Received: {received}.",
            file=file,
            variable=variable,
            expected=_shape_text(expected),
            received="-" if received is None else _shape_text(received),
        ),
        message("Choose the network that the file was saved from."),
    )


def theano(file: str) -> CnnvizError:
    """The kernels were made for Theano."""
    return CnnvizError(
        message("{file} was made for Theano: its kernels are stored in another order than TensorFlow's.", file=file),
        message('Choose the file with "tf_dim_ordering_tf_kernels" in its name.'),
    )


def explain_layers(file: str, network: str, expected: Sequence[Target], saved: Sequence[SavedLayer]) -> CnnvizError:
    """Says why saved layers do not fit a network layer by layer.

    Args:
        file: The file's name.
        network: The network's name.
        expected: The network's layers with weights.
        saved: The file's layers with weights.
    """
    counts = {"expected": len(expected), "received": len(saved)}
    for target, layer in zip(expected, saved, strict=False):
        if len(target.variables) != len(layer.arrays):
            if len(expected) != len(saved):
                break
            return CnnvizError(
                message(
                    "{file} does not fit the layer {layer} of {network}. Expected: {expected} arrays. "
                    "Received: {received}.",
                    file=file,
                    layer=target.name,
                    network=network,
                    expected=len(target.variables),
                    received=len(layer.arrays),
                ),
                message("Choose the network that the file was saved from."),
            )
        for variable, array in target.pairs(layer):
            if tuple(variable.shape) == array.shape:
                continue
            if len(expected) != len(saved):
                return other_layers(file, network, **counts)
            return other_shape(file, f"{target.name}/{variable.name}", expected=variable.shape, received=array.shape)
    if 0 < len(expected) - len(saved) <= TOP_LAYERS:
        return without_top(file, network, **counts)
    if 0 < len(saved) - len(expected) <= TOP_LAYERS:
        return with_top(file, network, **counts)
    return other_layers(file, network, **counts)


def refuse_theano(file: str, backend: str, pairs: Iterable[tuple[Shape, Shape]]) -> None:
    """Refuses kernels that are ordered or flipped for Theano.

    A file of the other order has (outputs, inputs, rows, columns). Theano also flips kernels, and the file does not
    say whether that was undone, except by its name; so they are not converted.

    Args:
        file: The file's name.
        backend: What the file says that it was made with, or empty.
        pairs: (expected, received) shapes of the arrays.

    Raises:
        CnnvizError: If they are.
    """
    kernels = [pair for pair in pairs if len(pair[0]) == len(pair[1]) == 4]
    turned = [received == (out, inputs, rows, columns) for (rows, columns, inputs, out), received in kernels]
    straight = [expected == received for expected, received in kernels]
    reordered = all(a or b for a, b in zip(turned, straight, strict=True)) and not all(straight)
    if reordered or backend == "theano" or _THEANO_NAME.search(file.lower()):
        raise theano(file)


def explain_arrays(
    file: str, model: keras.Model, network: str, *, expected: Sequence[Shape], received: Sequence[Shape]
) -> CnnvizError:
    """Says why a bag of arrays does not fit a network, where the file does not tell layers.

    Args:
        file: The file's name.
        model: The network.
        network: What to call it.
        expected: Shapes of the network's variables, in the order of the network.
        received: Shapes of the arrays in the file.
    """
    missing = Counter(expected) - Counter(received)
    surplus = Counter(received) - Counter(expected)
    arrays = message(
        "{file} does not fit {network}. Expected: {expected} arrays. Received: {received}.",
        file=file,
        network=network,
        expected=len(expected),
        received=len(received),
    )
    if missing and not surplus and Counter(expected[-missing.total() :]) == missing:
        return CnnvizError(
            arrays, message("The weights of the top are missing: open {network} without it.", network=network)
        )
    if surplus and not missing and surplus.total() <= 2 * TOP_LAYERS:
        return CnnvizError(
            arrays, message("The weights of a top are left over: open {network} with it.", network=network)
        )
    if len(expected) != len(received):
        return CnnvizError(arrays, message("Choose the network that the file was saved from."))
    first = next(shape for shape in expected if shape in missing)
    variable = next(variable for variable in model.weights if tuple(variable.shape) == first)
    alike = [shape for shape in surplus if len(shape) == len(first)]
    likely = max(alike, key=lambda shape: sum(a == b for a, b in zip(shape, first, strict=True)), default=None)
    return other_shape(file, variable.path, expected=first, received=likely)


def _shape_text(shape: Sequence[int]) -> str:
    return " x ".join(str(length) for length in shape) or "1"

"""The code of custom layers and models: run on symbolic tensors, it shows the layers inside."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.engine.computation import Computation
from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SAMPLE_SIDE = 32
"""Length of an axis of any length, where custom code is tried."""
AGREES = 1e-3
"""Largest difference between custom code and what was found in it, relative to the largest value: rounding."""


class Untraceable(ValueError):
    """A model cannot be followed call by call."""


class Unbuilt(Untraceable):
    """A model has no weights yet, since the shape of its input was never known."""


def is_symbolic(value: object) -> bool:
    """Whether a value is a symbolic tensor."""
    return isinstance(value, keras.KerasTensor)


def function_inside(operation: Any, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Computation | None:  # noqa: ANN401
    """Makes a function of what a custom layer's code does with the layers in it.

    Args:
        operation: The layer.
        arguments: The positional arguments of one call of it, with symbolic tensors among them.
        keywords: The keyword arguments of that call.

    Returns:
        A function of the symbolic tensors, or None where the code cannot be followed or does something else.
    """
    given = [value for value in keras.tree.flatten((arguments, keywords)) if is_symbolic(value)]
    # New tensors, that what leads to the layer is no part of the function.
    inputs = [keras.Input(batch_shape=old.shape, dtype=old.dtype) for old in given]
    known = {id(old): new for old, new in zip(given, inputs, strict=True)}
    arguments, keywords = _filled((arguments, keywords), known)
    try:
        function = Computation(inputs, keras.tree.flatten(_bare_call(operation, arguments, keywords)))
        return function if _agrees(operation, function, inputs, arguments, keywords) else None
    # A custom layer's code may do anything.
    except Exception:  # noqa: BLE001
        return None


def _filled(structure: Any, known: Mapping[int, Any]) -> Any:  # noqa: ANN401 - any structure of arguments
    return keras.tree.map_structure(lambda value: known.get(id(value), value), structure)


def _bare_call(operation: Any, arguments: Any, keywords: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Calls a layer's code itself on symbolic tensors, so that the layers in it are called on them one by one."""
    accepted = inspect.signature(operation.call).parameters
    training = {"training": False} if "training" in accepted else {}
    return operation.call(*arguments, **{**keywords, **training})


def _agrees(
    operation: Any,  # noqa: ANN401 - a layer
    function: Computation,
    inputs: Sequence[keras.KerasTensor],
    arguments: Any,  # noqa: ANN401
    keywords: Mapping[str, Any],
) -> bool:
    """Whether what was found in a custom layer computes what the layer computes."""
    random = np.random.default_rng(0)
    samples = [
        keras.ops.cast(
            random.random([length or (SAMPLE_SIDE if axis else 2) for axis, length in enumerate(tensor.shape)]),
            tensor.dtype,
        )
        for tensor in inputs
    ]
    known = {id(tensor): sample for tensor, sample in zip(inputs, samples, strict=True)}
    arguments, keywords = _filled((arguments, keywords), known)
    accepted = inspect.signature(operation.call).parameters
    training = {"training": False} if "training" in accepted else {}
    expected = keras.tree.flatten(operation(*arguments, **{**keywords, **training}))
    found = keras.tree.flatten(function(samples))
    return len(expected) == len(found) and all(
        _close(keras.ops.convert_to_numpy(one), keras.ops.convert_to_numpy(other))
        for one, other in zip(expected, found, strict=True)
    )


def _close(expected: Any, found: Any) -> bool:  # noqa: ANN401 - arrays of any shape
    if expected.shape != found.shape:
        return False
    expected, found = np.asarray(expected, np.float64), np.asarray(found, np.float64)
    return bool(np.abs(expected - found).max(initial=0) <= AGREES * (np.abs(expected).max(initial=0) or 1.0))


def function_of_custom(model: Any) -> tuple[Computation, list[str]]:  # noqa: ANN401 - a Keras model
    """Makes a function of a model that is neither functional nor Sequential by running its code on symbolic tensors.

    Returns:
        The function, and a name for each of its inputs.

    Raises:
        Unbuilt: If the model was never built.
        Untraceable: If its code does not work on symbolic tensors, or does something else there.
    """
    shapes = _input_shapes(model)
    if not model.built or shapes is None:
        raise Unbuilt(f"{type(model).__name__} was not built: get_build_config() is {model.get_build_config()}.")
    names = [name or f"input_{number}" for number, name in enumerate(_names(shapes), 1)]
    flat = [(None, *shape[1:]) for shape in _flat_shapes(shapes)]
    # It was built for the size of one picture, but may take any.
    free = [(None, None, None, shape[-1]) if len(shape) == 4 else shape for shape in flat]
    try:
        return _function_for(model, shapes, free, names), names
    # As in a custom layer.
    except Exception:  # noqa: BLE001
        try:
            return _function_for(model, shapes, flat, names), names
        except Untraceable:
            raise
        except Exception as error:
            raise Untraceable(f"{type(model).__name__}.call does not take symbolic tensors: {error}") from error


def _function_for(
    model: Any,  # noqa: ANN401 - a Keras model
    shapes: dict[str, Any],
    flat: Sequence[tuple[int | None, ...]],
    names: Sequence[str],
) -> Computation:
    tensors = [keras.Input(batch_shape=shape, name=name) for shape, name in zip(flat, names, strict=True)]
    structure = _packed(shapes, iter(tensors))
    arguments, keywords = ((structure["input_shape"],), {}) if "input_shape" in shapes else ((), structure)
    function = Computation(tensors, keras.tree.flatten(_bare_call(model, arguments, keywords)))
    if not _agrees(model, function, tensors, arguments, keywords):
        raise Untraceable(f"{type(model).__name__} does not compute what its layers compute one by one.")
    return function


def _input_shapes(model: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a Keras model
    """Shapes of a built model's inputs by the name of the argument of its `call`."""
    config = model.get_build_config() or {}
    if config.get("input_shape") is not None:
        return {"input_shape": config["input_shape"]}
    shapes = config.get("shapes_dict")
    return {name.removesuffix("_shape"): shape for name, shape in shapes.items()} if shapes else None


def _is_shape(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(length is None or isinstance(length, int) for length in value)


def _flat_shapes(value: Any) -> list[Any]:  # noqa: ANN401 - a structure of shapes
    if _is_shape(value):
        return [value]
    return [shape for one in (value.values() if isinstance(value, dict) else value) for shape in _flat_shapes(one)]


def _names(value: Any, name: str = "") -> list[str]:  # noqa: ANN401
    if _is_shape(value):
        return ["" if name == "input_shape" else name]
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in _names(one, str(key))]
    return [found for one in value for found in _names(one)]


def _packed(value: Any, tensors: Iterator[keras.KerasTensor]) -> Any:  # noqa: ANN401
    if _is_shape(value):
        return next(tensors)
    if isinstance(value, dict):
        return {key: _packed(one, tensors) for key, one in value.items()}
    return [_packed(one, tensors) for one in value]

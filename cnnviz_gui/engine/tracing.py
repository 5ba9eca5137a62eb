"""Following a model call by call: into nested models, and into custom layers and models as far as that goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cnnviz_gui.engine.computation import Computation
from cnnviz_gui.engine.custom_code import function_inside, function_of_custom, is_symbolic
from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


@dataclass(frozen=True, eq=False)
class Call:
    """One call of a layer or another Keras operation.

    Args:
        operation: What was called.
        arguments: Its positional arguments.
        keywords: Its keyword arguments.
        outputs: Its symbolic outputs.
        models: Names of the nested models and opened layers it lies in, outermost first.
        name: What to call it; by default as the operation.
    """

    operation: keras.Operation
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    outputs: tuple[keras.KerasTensor, ...]
    models: tuple[str, ...] = ()
    name: str = ""

    @property
    def inputs(self) -> tuple[keras.KerasTensor, ...]:
        """The symbolic tensors among its arguments."""
        return tuple(value for value in keras.tree.flatten((self.arguments, self.keywords)) if is_symbolic(value))


@dataclass(eq=False)
class Trace:
    """What was found in a model.

    Args:
        inputs: Its symbolic inputs.
        outputs: Its symbolic outputs.
        calls: In the order of computation.
        closed: Names of custom layers with layers of their own whose code could not be followed.
    """

    inputs: tuple[keras.KerasTensor, ...] = ()
    outputs: tuple[keras.KerasTensor, ...] = ()
    calls: list[Call] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def trace(model: keras.Model) -> Trace:
    """Follows a model call by call.

    A functional or Sequential model that holds neither models nor custom layers is taken as it is; everything else
    is called again on new symbolic tensors. The weights are shared with the model.

    Raises:
        Unbuilt: If it was never built.
        Untraceable: If it is a custom model whose code does not work on symbolic tensors.
    """
    function = function_of(model)
    if function is None:
        return _retrace(*function_of_custom(model))
    if not any(_is_openable(node.operation) for node in _nodes(function)):
        calls = [
            Call(node.operation, tuple(node.arguments.args), node.arguments.kwargs, tuple(node.outputs))
            for node in _nodes(function)
        ]
        return Trace(tuple(function.inputs), tuple(function.outputs), calls)
    return _retrace(function, [old._keras_history.operation.name for old in function.inputs])


def function_of(operation: Any) -> keras.Function | None:  # noqa: ANN401 - any Keras operation
    """The function that a Sequential or functional model is made of, or None for everything else."""
    if isinstance(operation, keras.Sequential):
        functional: keras.Function | None = getattr(operation, "_functional", None)
        return functional
    # A functional model with a `call` of its own does what that says.
    is_plain = isinstance(operation, keras.Function) and type(operation).call.__module__.startswith("keras.")
    return operation if is_plain else None


def _nodes(function: keras.Function | Computation) -> Iterator[Any]:
    """A function's nodes in the order of computation, its inputs first."""
    if isinstance(function, Computation):
        yield from function.nodes
        return
    # Keras' own order of layers among those of the same depth: that of their making.
    made = {id(operation): index for index, operation in enumerate(function.operations)}
    by_depth = function._nodes_by_depth
    for depth in sorted(by_depth, reverse=True):
        nodes = [node for node in by_depth[depth] if node.operation is not None]
        yield from sorted(nodes, key=lambda node: made[id(node.operation)])


def _is_openable(operation: Any) -> bool:  # noqa: ANN401 - any Keras operation
    """Whether there may be calls inside an operation that can be followed."""
    if function_of(operation) is not None:
        return True
    # A variant of one of Keras' own layers is one layer, whatever it holds.
    modules = {kind.__module__ for kind in type(operation).__mro__}
    is_variant = any(name.startswith("keras.src.layers.") and name != "keras.src.layers.layer" for name in modules)
    return isinstance(operation, keras.Layer) and not is_variant and bool(operation._layers)


def _retrace(function: keras.Function | Computation, names: Sequence[str]) -> Trace:
    """Calls all layers of a function and of those nested in it again, on new symbolic tensors."""
    traced = Trace()
    inputs = [
        keras.Input(batch_shape=old.shape, dtype=old.dtype, name=name)
        for old, name in zip(function.inputs, names, strict=True)
    ]
    traced.calls.extend(Call(tensor._keras_history.operation, (), {}, (tensor,)) for tensor in inputs)
    traced.inputs = tuple(inputs)
    traced.outputs = tuple(_run(function, inputs, (), traced))
    return traced


def _run(
    function: keras.Function | Computation,
    inputs: Sequence[keras.KerasTensor],
    models: tuple[str, ...],
    traced: Trace,
) -> list[keras.KerasTensor]:
    """Runs a function on symbolic tensors, writing down every call, nested functions call by call."""
    known = {id(old): new for old, new in zip(function.inputs, inputs, strict=True)}
    for node in _nodes(function):
        if all(id(output) in known for output in node.outputs):
            continue
        arguments, keywords = node.arguments.fill_in(known)
        outputs = _call(node.operation, arguments, keywords, models, traced)
        known.update({id(old): new for old, new in zip(node.outputs, outputs, strict=True)})
    return [known[id(tensor)] for tensor in function.outputs]


def _call(
    operation: Any,  # noqa: ANN401 - any Keras operation
    arguments: tuple[Any, ...],
    keywords: dict[str, Any],
    models: tuple[str, ...],
    traced: Trace,
) -> list[keras.KerasTensor]:
    nested = function_of(operation)
    if nested is not None:
        return _run(nested, _nested_inputs(nested, arguments, keywords), (*models, operation.name), traced)
    if _is_openable(operation):
        inside = function_inside(operation, arguments, keywords)
        if inside is not None:
            symbolic = [value for value in keras.tree.flatten((arguments, keywords)) if is_symbolic(value)]
            return _run(inside, symbolic, (*models, operation.name), traced)
        traced.closed.append("/".join((*models, operation.name)))
    outputs: list[keras.KerasTensor] = keras.tree.flatten(operation(*arguments, **keywords))
    traced.calls.append(Call(operation, tuple(arguments), keywords, tuple(outputs), models))
    return outputs


def _nested_inputs(function: keras.Function, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> list[Any]:
    given = arguments[0] if arguments else keywords["inputs"]
    if isinstance(given, dict) and not isinstance(function._inputs_struct, dict):
        # As Keras: tensors by name for a model that was made with a list of inputs.
        return [given[tensor.name] for tensor in function.inputs]
    return list(keras.tree.flatten(given))

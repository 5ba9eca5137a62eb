"""A network as a flat list of calls: nested models opened up, every call of a shared layer an entry of its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, eq=False)
class Entry:
    """One call of one layer.

    Args:
        name: Unique in the graph: the layer's own name, after those of the nested models it lies in ("inner/conv"),
            with "@2", "@3" for the second and third call of a shared layer.
        operation: The layer, or another Keras operation such as an addition written as ``x + y``.
        inputs: The symbolic tensors it was called on.
        output: Its symbolic output; the first one where it has several.
        models: Names of the nested models it lies in, outermost first.
    """

    name: str
    operation: keras.Operation
    inputs: tuple[keras.KerasTensor, ...]
    output: keras.KerasTensor
    models: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The Keras class name."""
        return type(self.operation).__name__

    @property
    def node(self) -> Any:  # noqa: ANN401 - Keras' node
        """Keras' node of the call, which knows its arguments and all its outputs."""
        operation, index, _ = self.output._keras_history
        return operation._inbound_nodes[index]


@dataclass(frozen=True, eq=False)
class Graph:
    """A network's calls in the order of computation.

    Args:
        inputs: The symbolic inputs.
        outputs: The symbolic outputs.
        entries: The calls.
    """

    inputs: tuple[keras.KerasTensor, ...]
    outputs: tuple[keras.KerasTensor, ...]
    entries: tuple[Entry, ...]

    def entry(self, name: str) -> Entry:
        """Finds a call by its name.

        Raises:
            KeyError: If there is none.
        """
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def producer(self, tensor: keras.KerasTensor) -> Entry | None:
        """The call that a tensor is the output of."""
        return next((entry for entry in self.entries if entry.output is tensor), None)

    def function(self, tensors: Sequence[keras.KerasTensor]) -> keras.Function:
        """A function from the network's inputs to some of its tensors."""
        return keras.Function(list(self.inputs), list(tensors))


def graph_of(model: keras.Model) -> Graph:
    """Follows a model call by call.

    Args:
        model: Functional or Sequential and built; models nested in it to any depth are opened up.

    Returns:
        The graph. It shares the model's weights.

    Raises:
        ValueError: If the model is neither, or was not built.
    """
    function = _function_of(model)
    if function is None:
        raise ValueError(f"{type(model).__name__} is not a functional model, or was not built.")
    if any(_function_of(node.operation) is not None for node in _nodes(function)):
        return _retraced(function)
    calls = [_Call((), node.operation, tuple(node.input_tensors), node.outputs[0]) for node in _nodes(function)]
    return Graph(tuple(function.inputs), tuple(function.outputs), _named(calls))


@dataclass(frozen=True, eq=False)
class _Call:
    models: tuple[str, ...]
    operation: keras.Operation
    inputs: tuple[keras.KerasTensor, ...]
    output: keras.KerasTensor


def _function_of(operation: Any) -> keras.Function | None:  # noqa: ANN401 - any Keras operation
    """The function that a Sequential or functional model is made of, or None for everything else."""
    if isinstance(operation, keras.Sequential):
        functional: keras.Function | None = getattr(operation, "_functional", None)
        return functional
    return operation if isinstance(operation, keras.Function) else None


def _nodes(function: keras.Function) -> Iterator[Any]:
    """A function's nodes in the order of computation, its inputs first."""
    # Keras' own order of layers among those of the same depth: that of their making.
    made = {id(operation): index for index, operation in enumerate(function.operations)}
    by_depth = function._nodes_by_depth
    for depth in sorted(by_depth, reverse=True):
        nodes = [node for node in by_depth[depth] if node.operation is not None]
        yield from sorted(nodes, key=lambda node: made[id(node.operation)])


def _retraced(function: keras.Function) -> Graph:
    """Calls all layers of a function and of those nested in it again, on new symbolic tensors."""
    calls: list[_Call] = []
    inputs = [
        keras.Input(batch_shape=old.shape, dtype=old.dtype, name=old._keras_history.operation.name)
        for old in function.inputs
    ]
    for tensor in inputs:
        calls.append(_Call((), tensor._keras_history.operation, (), tensor))
    outputs = _run(function, inputs, (), calls)
    return Graph(tuple(inputs), tuple(outputs), _named(calls))


def _run(
    function: keras.Function, inputs: Sequence[keras.KerasTensor], models: tuple[str, ...], calls: list[_Call]
) -> list[keras.KerasTensor]:
    """Runs a function on symbolic tensors, writing down every call, nested functions call by call."""
    known = {id(old): new for old, new in zip(function.inputs, inputs, strict=True)}
    for node in _nodes(function):
        if node.is_input:
            continue
        arguments, keywords = node.arguments.fill_in(known)
        nested = _function_of(node.operation)
        if nested is not None:
            outputs = _run(nested, keras.tree.flatten(arguments), (*models, node.operation.name), calls)
        else:
            outputs = keras.tree.flatten(node.operation(*arguments, **keywords))
            given = [value for value in keras.tree.flatten((arguments, keywords)) if _is_symbolic(value)]
            calls.append(_Call(models, node.operation, tuple(given), outputs[0]))
        known.update({id(old): new for old, new in zip(node.outputs, outputs, strict=True)})
    return [known[id(tensor)] for tensor in function.outputs]


def _is_symbolic(value: object) -> bool:
    return isinstance(value, keras.KerasTensor)


def _named(calls: Sequence[_Call]) -> tuple[Entry, ...]:
    """Gives every call a name of its own."""
    seen: Counter[str] = Counter()
    entries = []
    for call in calls:
        name = "/".join((*call.models, call.operation.name))
        seen[name] += 1
        unique = name if seen[name] == 1 else f"{name}@{seen[name]}"
        entries.append(Entry(unique, call.operation, call.inputs, call.output, call.models))
    return tuple(entries)

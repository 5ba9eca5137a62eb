"""A function from symbolic inputs to symbolic outputs, run in inference.

As `keras.Function`, which refuses two layers of the same name: layers in different nested models often share one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnnviz_gui.engine.runtime import tf


class Computation:
    """Computes some symbolic tensors from others.

    Args:
        inputs: Symbolic tensors whose values will be given.
        outputs: Symbolic tensors that follow from them.

    Raises:
        ValueError: If the outputs need an input that is not given.
    """

    def __init__(self, inputs: Sequence[keras.KerasTensor], outputs: Sequence[keras.KerasTensor]) -> None:
        self.inputs = tuple(inputs)
        self.outputs = tuple(outputs)
        self.nodes = _ordered(self.inputs, self.outputs)
        self._spent = _spent(self.nodes, self.outputs)

    def __call__(self, values: Sequence[tf.Tensor]) -> list[Any]:
        """The outputs' values."""
        return self.run(values, in_inference)

    def compute_output_spec(self, specs: Sequence[keras.KerasTensor]) -> list[keras.KerasTensor]:
        """The outputs' shapes and types for inputs of other shapes; computes nothing."""
        return self.run(specs, lambda operation: operation.compute_output_spec)

    def run(self, values: Sequence[Any], called: Callable[[Any], Any]) -> list[Any]:
        """The outputs, with something else called in the place of each operation."""
        known = {id(tensor): value for tensor, value in zip(self.inputs, values, strict=True)}
        for node, spent in zip(self.nodes, self._spent, strict=True):
            arguments, keywords = node.arguments.fill_in(known)
            made = keras.tree.flatten(called(node.operation)(*arguments, **keywords))
            # The call's own references would keep what nobody needs any more for one call longer.
            del arguments, keywords
            known.update({id(tensor): value for tensor, value in zip(node.outputs, made, strict=True)})
            for key in spent:
                known.pop(key, None)
        return [known[id(tensor)] for tensor in self.outputs]


def in_inference(operation: Any) -> Any:  # noqa: ANN401 - a Keras operation
    """Layers do not train, also those that were called to train."""
    if "training" not in getattr(operation, "_call_context_args", ()):
        return operation
    return lambda *arguments, **keywords: operation(*arguments, **{**keywords, "training": False})


def _ordered(inputs: Sequence[keras.KerasTensor], outputs: Sequence[keras.KerasTensor]) -> list[Any]:
    """Keras' nodes that lead from the inputs to the outputs, each after those that it needs."""
    given = {id(tensor) for tensor in inputs}
    found: list[Any] = []
    done: set[int] = set()
    pending = [(tensor, False) for tensor in reversed(outputs)]
    while pending:
        tensor, is_ready = pending.pop()
        if id(tensor) in given:
            continue
        operation, index, _ = tensor._keras_history
        node = operation._inbound_nodes[index]
        if id(node) in done:
            continue
        if is_ready:
            done.add(id(node))
            found.append(node)
            continue
        if node.is_input:
            raise ValueError(f"{operation.name} is not among the inputs.")
        pending.append((tensor, True))
        pending.extend((needed, False) for needed in reversed(node.input_tensors))
    return found


def _spent(nodes: Sequence[Any], outputs: Sequence[keras.KerasTensor]) -> list[list[int]]:
    """The tensors that nobody needs any more after each node, so that their memory is free for the others."""
    needed = {id(tensor) for tensor in outputs}
    spent = []
    for node in reversed(nodes):
        here = {id(tensor) for tensor in (*node.input_tensors, *node.outputs)} - needed
        needed |= here
        spent.append(list(here))
    return spent[::-1]

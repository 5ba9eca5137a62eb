"""Functions that TensorFlow compiles, and that it forgets again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnviz_gui.engine.runtime import gradient_registry, tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_GRADIENT = "_gradient_op_type"


def compiled(
    function: Callable[..., tuple[tf.Tensor, ...]], signature: Sequence[tf.TensorSpec]
) -> tf.types.experimental.ConcreteFunction:
    """Compiles a function for tensors of a signature. What it differentiates, it differentiates inside of itself.

    ``tf.custom_gradient``, and with it ``tf.nn.silu``, enters each gradient that it meets while tracing into a
    registry of the whole process, and never takes it out; the entry holds the graph it was met in, which thereby
    would outlive the function. The registry is asked only by gradients taken of the finished function from outside.
    TensorFlow has no public way to take an entry out.
    """
    made = tf.function(
        function,
        input_signature=signature,
        # No Python control flow to translate, and translating warns about code it cannot find.
        autograph=False,
    ).get_concrete_function()
    for operation in made.graph.get_operations():
        if _GRADIENT in operation.node_def.attr:
            gradient_registry._registry.pop(operation.get_attr(_GRADIENT).decode(), None)
    return made

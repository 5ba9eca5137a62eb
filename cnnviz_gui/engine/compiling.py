"""Functions that TensorFlow compiles, and that it forgets again."""

from __future__ import annotations

import threading
import weakref
from typing import TYPE_CHECKING

from cnnviz_gui.engine.runtime import eager_context, gradient_registry, tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Step = Callable[..., tuple[tf.Tensor, ...]]

_GRADIENT = "_gradient_op_type"
_gone = threading.Event()
"""Set when a compiled function was let go whose kernels TensorFlow still has."""


def compiled(function: Step, signature: Sequence[tf.TensorSpec]) -> Step:
    """Compiles a function for tensors of a signature. What it differentiates, it differentiates inside of itself.

    It is computed in the thread that calls it; only operations that are large are shared with others. TensorFlow
    computes a function in threads of its own otherwise, which live as long as the process, and in each of which it
    keeps what oneDNN prepared for the last 1,024 forms of a convolution. That is some megabytes a job.

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
    weakref.finalize(made, _gone.set).atexit = False
    types = [output.dtype for output in made.outputs]
    # With it the call is optimised as `runtime` has said, as the function itself would be.
    config = eager_context().function_call_options.config_proto_serialized

    def call(*tensors: tf.Tensor) -> tuple[tf.Tensor, ...]:
        # The call of a function is an operation here. TensorFlow computes operations in the calling thread, and puts
        # the function in the place of its call.
        given = [*tensors, *made.captured_inputs]
        return tuple(tf.raw_ops.StatefulPartitionedCall(args=given, Tout=types, f=made, config_proto=config))

    return call


def forget_kernels() -> None:
    """Lets go the kernels of compiled functions that are gone.

    TensorFlow keeps those of every operation that was called, and has no way to let go only some. Those that are
    needed again are made again, which for a deep layer's step takes some tenths of a second.
    """
    if _gone.is_set():
        _gone.clear()
        eager_context().clear_kernel_cache()

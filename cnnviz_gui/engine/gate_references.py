"""How a network's description says which tensors a call takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from cnnviz_gui.engine.gate_values import shape_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnnviz_gui.engine.gate_values import Shape


@dataclass(frozen=True)
class Reference:
    """One tensor as an input of a call.

    Args:
        layer: Name of the layer that puts it out.
        call: Which of the layer's calls.
        output: Which of its outputs.
        shape: As the description states it.
    """

    layer: str
    call: int
    output: int
    shape: Shape | None


def references(entry: object) -> Iterator[Reference]:
    """The tensors that a call takes, or that are a network's inputs or outputs, in their order.

    Keras 3 writes each as an object, Keras 1 and 2 as a list of the layer's name, the call, the output and perhaps
    further arguments.
    """
    stack = [entry]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            settings = node.get("config")
            if node.get("class_name") == "__keras_tensor__" and isinstance(settings, dict):
                history = settings.get("keras_history")
                if _is_reference(history):
                    yield Reference(history[0], history[1], history[2], shape_of(settings.get("shape")))
            else:
                stack.extend(reversed(node.values()))
        elif _is_reference(node):
            yield Reference(node[0], node[1], node[2], None)
            stack.extend(node[3:])
        elif isinstance(node, list):
            stack.extend(item for item in reversed(node) if isinstance(item, list | dict))


def _is_reference(node: object) -> TypeGuard[list[Any]]:
    return (
        isinstance(node, list)
        and len(node) >= 3
        and isinstance(node[0], str)
        and type(node[1]) is int
        and type(node[2]) is int
    )

"""What an objective reads off a layer: its output, or what goes into its activation function."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cnnviz_gui.engine.graph import Entry, Graph
from cnnviz_gui.engine.inspection import fused_activation
from cnnviz_gui.engine.layer_copies import copy_layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.engine.runtime import keras

ACTIVATION_TYPES = frozenset({"Activation", "ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax"})


def target_of(entry: Entry, climb: str) -> keras.KerasTensor:
    """What is read off a layer: its output, or what goes into its activation function."""
    before = _before_activation(entry) if climb == "preactivation" else None
    return entry.output if before is None else before


def has_activation(entry: Entry) -> bool:
    """Whether a layer is an activation function, or applies one last: a recurrent one uses it inside."""
    if entry.type in ACTIVATION_TYPES:
        return True
    layer = entry.operation
    is_own = type(layer).__module__.startswith("keras.") and not hasattr(layer, "recurrent_activation")
    is_last = "LSTM" not in entry.type and ("Conv" in entry.type or "Dense" in entry.type)
    return bool(fused_activation(layer)) and is_own and is_last


def with_targets(graph: Graph, targets: Sequence[keras.KerasTensor]) -> Graph:
    """The graph with the calls of targets that are not part of the network: layers' copies without activation."""
    entries = list(graph.entries)
    known = {id(entry.output) for entry in entries} | {id(tensor) for tensor in graph.inputs}
    for target in targets:
        if id(target) not in known:
            known.add(id(target))
            operation, index, _ = target._keras_history
            inputs = tuple(operation._inbound_nodes[index].input_tensors)
            entries.append(Entry(operation.name, operation, inputs, target))
    return graph if len(entries) == len(graph.entries) else replace(graph, entries=tuple(entries))


def _before_activation(entry: Entry) -> keras.KerasTensor | None:
    """What goes into a layer's activation function, or None when it has none."""
    if entry.type in ACTIVATION_TYPES:
        return entry.inputs[0]
    layer = entry.operation
    if not has_activation(entry):
        return None
    copy = copy_layer(layer, *entry.inputs, activation="linear", name=f"{layer.name}_preactivation")
    (node,) = copy._inbound_nodes
    for tensor in entry.inputs:
        # Else the layer before would keep the copy, weights and all, for as long as the network lives.
        tensor._keras_history.operation._outbound_nodes.remove(node)
    return copy.output

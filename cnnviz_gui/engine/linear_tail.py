"""The linear end of a network: where the objective is linear, its gradient is known before any step.

The mean of a channel is linear in what the last activation functions put out. So the network is cut there: the
objective is the inner product of those outputs with a cotangent that is computed once for a channel, plus a
constant, and a step runs neither the layers behind the cut nor their gradients.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviz_gui.engine.inspection import fused_activation
from cnnviz_gui.engine.rewriting import node_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.engine.graph import Entry, Graph
    from cnnviz_gui.engine.runtime import keras, tf

LINEAR_TYPES = frozenset(
    {
        "Rescaling",
        "Normalization",
        "ZeroPadding2D",
        "Cropping2D",
        "Conv2D",
        "DepthwiseConv2D",
        "SeparableConv2D",
        "BatchNormalization",
        "AveragePooling2D",
        "GlobalAveragePooling2D",
        "Dropout",
        "SpatialDropout2D",
        "Identity",
        "Add",
        "Concatenate",
        "Flatten",
        "Dense",
    }
)
"""Layers that are affine in their inputs together when they do not train, apart from a fused activation."""


def is_linear(entry: Entry) -> bool:
    """Whether a call is affine in all its inputs together. An addition written ``x + 1`` counts too."""
    return entry.type in LINEAR_TYPES and bool(entry.inputs) and not fused_activation(entry.operation)


@dataclass(frozen=True, eq=False)
class LinearEnd:
    """Where a network can be cut before a target, and what lies between.

    Args:
        frontier: The outputs of the last calls before the target that are not linear; the network's input where
            all are linear.
        entries: The calls from there to the target, in the order of computation.
        target: The target.
    """

    frontier: tuple[keras.KerasTensor, ...]
    entries: tuple[Entry, ...]
    target: keras.KerasTensor

    def run(self, values: Sequence[tf.Tensor]) -> tf.Tensor:
        """Computes the target from the values at the frontier."""
        known = {id(tensor): value for tensor, value in zip(self.frontier, values, strict=True)}
        for entry in self.entries:
            arguments, keywords = node_of(entry).arguments.fill_in(known)
            known[id(entry.output)] = entry.operation(*arguments, **keywords)
        return known[id(self.target)]


def linear_end(graph: Graph, target: keras.KerasTensor) -> LinearEnd:
    """Finds the linear end of a network before a target."""
    producers = {id(entry.output): entry for entry in graph.entries}
    frontier: dict[int, keras.KerasTensor] = {}
    between: set[str] = set()
    pending = [target]
    while pending:
        tensor = pending.pop()
        producer = producers.get(id(tensor))
        if producer is None or not is_linear(producer):
            frontier[id(tensor)] = tensor
        elif producer.name not in between:
            between.add(producer.name)
            pending.extend(producer.inputs)
    entries = tuple(entry for entry in graph.entries if entry.name in between)
    return LinearEnd(tuple(frontier.values()), entries, target)

"""How many floating-point operations a step of gradient ascent cannot do without."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cnnviz_gui.engine.activations import layer_shapes
from cnnviz_gui.engine.linear_tail import linear_end

if TYPE_CHECKING:
    from cnnviz_gui.engine.opening import Opened


def needed_operations(opened: Opened, layer: str, size: int) -> float:
    """Counts products and sums of the convolutions before the cut, once forwards and once for the gradient.

    A layer behind the last activation function needs nothing: its gradient is known. Elementwise operations, pooling
    and normalization are left out, as they are in the processor's peak.

    Args:
        opened: The network.
        layer: Whose channel is climbed.
        size: Edge length of the picture.
    """
    shapes = layer_shapes(opened, (size, size))
    target = opened.graph.entry(opened.network.layer(layer).name).output
    frontier = linear_end(opened.graph, target).frontier
    producers = {id(entry.output): entry for entry in opened.graph.entries}
    needed: set[str] = set()
    pending = list(frontier)
    operations = 0.0
    while pending:
        entry = producers.get(id(pending.pop()))
        if entry is None or entry.name in needed:
            continue
        needed.add(entry.name)
        pending.extend(entry.inputs)
        kernel = getattr(entry.operation, "kernel", None)
        if kernel is not None:
            positions = math.prod(n or 1 for n in shapes[entry.name][:-1])
            operations += 4.0 * positions * math.prod(kernel.shape)
    return operations

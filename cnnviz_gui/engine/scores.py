"""What an objective reads on pictures, to hold patterns against natural ones: in a plain float32 forward pass."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.objective_check import check_objective
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.engine.activations import layer_shapes
from cnnviz_gui.engine.runtime import tf
from cnnviz_gui.engine.targets import target_of
from cnnviz_gui.engine.terms import direction_vector, place_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.objective import Term
    from cnnviz_gui.engine.opening import Opened


class Scores:
    """The score of an objective that can be told of a picture alone (`cnnviz_gui.core.trust.why_no_rank`).

    Layers are read at their outputs, classes before the softmax.

    Args:
        opened: The network.
        layer: Name of the layer that patterns are made of.
        objective: As text.
        size: Edge length in pixels of the pictures for which the objective counts its positions. On a picture of
            another size the position that lies at the same share of it is read.
    """

    def __init__(self, opened: Opened, layer: str, objective: str, size: int) -> None:
        self._terms = check_objective(parse_objective(objective), opened.network, layer)
        entries = [opened.graph.entry(term.layer) for term in self._terms]
        shapes = layer_shapes(opened, (size, size)) if size else {}
        self._shares = [
            _share(term, shapes[entry.name]) if term.kind == "position" else (0.0, 0.0)
            for term, entry in zip(self._terms, entries, strict=True)
        ]
        targets = [
            target_of(entry, "preactivation" if term.kind == "class" else "output")
            for term, entry in zip(self._terms, entries, strict=True)
        ]
        self._function = opened.graph.function(targets)

    def of(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Reads pictures.

        Args:
            images: (N, H, W, C) float32, as the network takes them.

        Returns:
            (N, n) float32: a column for every channel that a pattern can be made of; a single one where the
            objective is the same for all.
        """
        values = [tf.cast(value, tf.float32).numpy() for value in self._function([tf.convert_to_tensor(images)])]
        columns = [
            term.weight * _columns(term, value.astype(np.float64), share)
            for term, value, share in zip(self._terms, values, self._shares, strict=True)
        ]
        # Of layers with different numbers of channels only those can be meant that all of them have.
        own = [column.shape[1] for term, column in zip(self._terms, columns, strict=True) if term.takes_own_channel]
        count = min(own, default=1)
        total: NDArray[np.float32] = reduce(np.add, [column[:, :count] for column in columns]).astype(np.float32)
        return total


def _columns(term: Term, values: NDArray[np.float64], share: tuple[float, float]) -> NDArray[np.float64]:
    """What a term without its weight reads of (N, ..., C) values: (N, C) of own channels, else (N, 1)."""
    positions = tuple(range(1, values.ndim - 1))
    if term.kind == "layer":
        squares: NDArray[np.float64] = np.mean(values**2, axis=(*positions, values.ndim - 1))[:, None]
        return squares
    if term.kind == "position":
        row, column = (int(part * length) for part, length in zip(share, values.shape[1:3], strict=True))
        read: NDArray[np.float64] = values[:, row, column]
    else:
        read = values.mean(axis=positions)
    if term.kind == "direction":
        return (read @ direction_vector(term, values.shape[-1]))[:, None]
    return read if term.takes_own_channel else read[:, [term.channel or 0]]


def _share(term: Term, shape: tuple[int | None, ...]) -> tuple[float, float]:
    """Where in a picture the middle of a term's position lies, as shares of its height and width."""
    row, column = place_of(term, shape)
    return (row + 0.5) / (shape[0] or 1), (column + 0.5) / (shape[1] or 1)

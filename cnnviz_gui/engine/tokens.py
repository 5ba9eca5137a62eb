"""Outputs with two axes that are more than a sequence: tokens that lie in the picture, and maps without channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cnnviz_gui.engine.graph import Entry, Graph

Shape = tuple[int | None, ...]

_OVER_CHANNELS = frozenset({"Argmax", "Argmin", "Max", "Min", "Mean", "Sum", "Any", "All", "Norm", "Var", "Std"})


@dataclass(frozen=True)
class Tokens:
    """A sequence of ``first + height * width`` tokens.

    Args:
        height: Rows of the map that the tokens were.
        width: Its columns.
        first: Tokens in front of them that lie nowhere, such as a class token.
        is_map: Whether this is no sequence but a map (H, W), such as the likeliest class of every position.
    """

    height: int
    width: int
    first: int = 0
    is_map: bool = False

    @property
    def length(self) -> int:
        """Length of the sequence."""
        return self.first + self.height * self.width


def find_tokens(graph: Graph, shapes: Mapping[str, Shape], wanted: Entry) -> Tokens | None:
    """Finds out whether a layer's sequence (T, C) was a map once, or is a map (H, W).

    A map (H, W, C) that is reshaped to (H * W, C) is one; what keeps the length keeps the places, and what makes
    the sequence longer by one puts a class token in front.

    Args:
        graph: The network.
        shapes: Output shape of every layer without the batch, by its name.
        wanted: The layer.

    Returns:
        Where the tokens lie, or None.
    """
    if len(shapes[wanted.name]) != 2:
        return None
    producers = {id(entry.output): entry for entry in graph.entries}
    found: dict[str, Tokens | None] = {}
    for entry in graph.entries:
        sources = [producers[id(tensor)] for tensor in entry.inputs if id(tensor) in producers]
        found[entry.name] = _tokens(
            shapes[entry.name], [(shapes[one.name], found[one.name]) for one in sources], entry
        )
        if entry is wanted:
            break
    return found[wanted.name]


def _tokens(shape: Shape, sources: list[tuple[Shape, Tokens | None]], entry: Entry) -> Tokens | None:
    if len(shape) != 2:
        return None
    height, width = shape
    for source, tokens in sources:
        is_over_channels = entry.type in _OVER_CHANNELS and len(source) == 3
        if height and width and source[:2] == shape and (is_over_channels or source[2:] == (1,)):
            return Tokens(height, width, is_map=True)
        if tokens is not None and tokens.is_map:
            return tokens if shape == (tokens.height, tokens.width) else None
        if entry.type == "Reshape" and len(source) == 3 and source[-1] == shape[-1]:
            rows, columns = source[0], source[1]
            if rows and columns and rows * columns == shape[0]:
                return Tokens(rows, columns)
        if tokens is not None and shape[0] == tokens.length:
            return tokens
        if tokens is not None and shape[0] == tokens.length + 1 and entry.type == "Concatenate":
            return Tokens(tokens.height, tokens.width, tokens.first + 1)
    return None

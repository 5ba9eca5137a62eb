"""The language of objectives: what gradient ascent climbs, as people type it and recipes keep it.

    objective = ["-"] term {("+" | "-") term}
    term      = [number "*"] [layer ":"] kind ["(" arguments ")"]

| kind | what it is, for each picture of a batch |
| --- | --- |
| ``channel``, ``channel(17)`` | the mean of a channel over its positions: the picture's own channel, or a fixed one |
| ``position``, ``position(3, 4)``, ``position(3, 4, 17)`` | one position (row, column) of a channel; the centre |
| ``layer`` | the mean of the squares of all of a layer's values (DeepDream) |
| ``class``, ``class(espresso)``, ``class(967)`` | a class before the softmax: the own channel, or a fixed one |
| ``direction(7)``, ``direction([1, 0, -1])``, ``direction(file.npy)`` | the mean over positions along a direction |
| ``caricature``, ``caricature(coffee)``, ``caricature(coffee, 4)`` | likeness to a picture's activations |
| ``diversity``, ``diversity(100)`` | unlikeness to the other pictures of the batch |

The layer is the one that patterns are made of, unless one is named. A name, label or path that holds anything but
letters, digits and ``_ . / @`` is safe in double quotes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from enum import StrEnum

Argument = int | float | str | tuple[float, ...]
"""A whole number, another number, a name, or a list of numbers."""

KINDS = ("channel", "position", "layer", "class", "direction", "caricature", "diversity")


@dataclass(frozen=True)
class Term:
    """One term of an objective.

    Args:
        kind: One of `KINDS`.
        weight: What it is multiplied with.
        layer: Name of the layer; empty for the layer that patterns are made of.
        arguments: As written, in the order written.
    """

    kind: str
    weight: float = 1.0
    layer: str = ""
    arguments: tuple[Argument, ...] = ()

    @property
    def channel(self) -> int | None:
        """The fixed channel of a channel, position or class; None for the picture's own."""
        number = {"channel": 0, "class": 0, "position": 2}.get(self.kind)
        if number is None or number >= len(self.arguments):
            return None
        found = self.arguments[number]
        return found if isinstance(found, int) else None

    @property
    def takes_own_channel(self) -> bool:
        """Whether it is of the channel that a picture is made for."""
        named = self.kind == "class" and bool(self.arguments)
        return self.kind in {"channel", "position", "class"} and self.channel is None and not named

    @property
    def picture(self) -> str | None:
        """The picture that a caricature is of, as written; empty for the one chosen; None for other kinds."""
        if self.kind != "caricature":
            return None
        return str(self.arguments[0]) if self.arguments else ""


Objective = tuple[Term, ...]
"""A sum of terms."""


def takes_own_channel(objective: Objective) -> bool:
    """Whether an objective is of the channel that a picture is made for; else all pictures climb the same."""
    return any(term.takes_own_channel for term in objective)


class Numbering(StrEnum):
    """What the numbers are that patterns are asked for by."""

    CHANNELS = "channels"
    """Channels of a layer."""
    CLASSES = "classes"
    """Classes of the network."""
    STARTS = "starts"
    """Starts: the objective is the same for all, and each begins with noise of its own."""


def numbering(objective: Objective) -> Numbering:
    """What the numbers are that patterns of an objective are asked for by."""
    kinds = {term.kind for term in objective if term.takes_own_channel}
    if not kinds:
        return Numbering.STARTS
    return Numbering.CLASSES if kinds == {"class"} else Numbering.CHANNELS


def measured_channel(objective: Objective, layer: str, own: int) -> int | None:
    """The channel of a layer that a picture is of: that of the first term which reads one of its channels.

    Args:
        objective: Checked against its network, so that every term has its layer.
        layer: The layer's name.
        own: The channel that the picture is made for.

    Returns:
        The channel, or None where no term reads a channel of the layer.
    """
    kinds = {"channel", "position", "class"}
    found = [term for term in objective if term.kind in kinds and term.layer == layer]
    if not found:
        return None
    return own if found[0].channel is None else found[0].channel


def compares_pictures(objective: Objective) -> bool:
    """Whether a picture depends on the others of its batch."""
    return any(term.kind == "diversity" for term in objective)


def pictures_named(objective: Objective) -> tuple[str, ...]:
    """The pictures that an objective needs, as written; an empty name is the one chosen."""
    return tuple(dict.fromkeys(term.picture for term in objective if term.picture is not None))


def format_objective(objective: Objective) -> str:
    """Writes an objective; `parse_objective` reads it back."""
    text = ""
    for number, term in enumerate(objective):
        negative = math.copysign(1.0, term.weight) < 0
        sign = ("-" if negative else "") if not number else (" - " if negative else " + ")
        size = abs(term.weight)
        weight = "" if size == 1 else f"{_number(size)} * "
        layer = f"{_name(term.layer)}:" if term.layer else ""
        arguments = ", ".join(_argument(argument) for argument in term.arguments)
        text += sign + weight + layer + term.kind + (f"({arguments})" if arguments else "")
    return text


def with_argument(term: Term, *arguments: Argument) -> Term:
    """The term with other arguments."""
    return replace(term, arguments=arguments)


SAFE_NAME = re.compile(r"[^\W\d][\w./@]*")
"""A name that needs no quotes."""


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _name(text: str) -> str:
    return text if SAFE_NAME.fullmatch(text) else '"' + re.sub(r'(["\\])', r"\\\1", text) + '"'


def _argument(value: Argument) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_number(number) for number in value) + "]"
    if isinstance(value, str):
        return _name(value)
    return str(value) if isinstance(value, int) else repr(value)

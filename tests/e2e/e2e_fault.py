"""What a fault is: a row of the table."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from e2e_held_engine import MOMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from e2e_states import Cell


@dataclass(frozen=True)
class Fault:
    """A row of the table.

    Args:
        name: What happens, in words.
        strike: Makes it happen while the engine is held at the state.
        said: What the bar must say because of that, by state; where nothing stands, it must say nothing.
        prepare: What must be so before the state is reached.
        meet: Afterwards does what the fault is in the way of, whatever the state was.
        met: What the bar must say then, each of it; nothing if empty.
        mend: Puts the world right, so that the next job can work.
        ends_engine: Whether the engine's process is another one afterwards.
        may_end_engine: States in which either is right.
        without: States in which it cannot happen, and why.
    """

    name: str
    strike: Callable[[Cell], object]
    said: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Cell], object] | None = None
    meet: Callable[[Cell], object] | None = None
    met: tuple[str, ...] = ()
    mend: Callable[[Cell], object] | None = None
    ends_engine: bool = False
    may_end_engine: tuple[str, ...] = ()
    without: Mapping[str, str] = field(default_factory=dict)


def everywhere(sentence: str) -> Mapping[str, str]:
    """The same sentence in every state."""
    return MappingProxyType(dict.fromkeys(MOMENTS, sentence))


def nothing(_cell: Cell) -> None:
    """Nothing happens yet."""


def put_back(cell: Cell) -> None:
    """Puts back whatever was changed, the last change first."""
    while cell.undo:
        cell.undo.pop()()


def explains(sentence: str) -> bool:
    """Whether it is a sentence for a person."""
    return bool(re.match(r"^\S.*[.?)]$", sentence)) and not re.search(
        r"Traceback|Error\b|Exception|errno|not foreseen", sentence
    )

"""What decides which actions can be used now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cnnviz_gui.session.state import SessionState


@dataclass(frozen=True)
class Situation:
    """The session and what goes on around it.

    Args:
        state: What the user is looking at.
        can_undo: Whether there is a step to undo.
        can_redo: Whether there is a step to redo.
        has_grid: Whether a grid is on the screen.
        has_patterns: Whether there are finished patterns to save.
        makes_patterns: Whether patterns are being made.
        has_several_pictures: Whether other pictures came with this one.
        has_last_session: Whether there is a session that was closed, to go on with.
    """

    state: SessionState
    can_undo: bool = False
    can_redo: bool = False
    has_grid: bool = False
    has_patterns: bool = False
    makes_patterns: bool = False
    has_several_pictures: bool = False
    has_last_session: bool = False

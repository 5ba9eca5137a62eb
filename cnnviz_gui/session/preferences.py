"""What is chosen in the preferences, and what there is to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Preferences:
    """The preferences as they hold.

    Args:
        goes_on: Whether the window starts with the session that was closed last.
        memory_budget: Bytes that the engine may take.
        default_memory: What it may take where nothing was chosen.
        least_memory: Less than this is no choice.
        machine_memory: What there is.
        pattern_limit: Bytes that finished patterns may take on the disk; 0 keeps none.
        has_recent: Whether there are recent networks or pictures to forget.
        has_trusted: Whether there are files whose programs were trusted.
        log_folder: Where the log is.
    """

    goes_on: bool
    memory_budget: int
    default_memory: int
    least_memory: int
    machine_memory: int
    pattern_limit: int
    has_recent: bool
    has_trusted: bool
    log_folder: str

    def choosing(self, **chosen: Any) -> Preferences:  # noqa: ANN401 - any of the fields
        """The same with other choices."""
        return replace(self, **chosen)

"""Takes down what the cells of the reliability table saw."""

from __future__ import annotations

import json
import os
from pathlib import Path

FULL = bool(os.environ.get("CNNVIZ_RELIABILITY"))
SEEN = Path(__file__).parents[2] / "artifacts" / "reliability" / "table.jsonl"


def is_in_the_ordinary_run(row: int, column: int) -> bool:
    """Whether a cell is run without `make reliability`: a diagonal, so that every row and column is met."""
    return FULL or (2 * row - column) % 7 == 0


class Table:
    """What was seen in each cell."""

    def __init__(self) -> None:
        self._rows: list[dict[str, object]] = []

    def add(self, fault: str, state: str, seconds: float, longest_ms: float, said: list[str]) -> None:
        """Takes down a cell.

        Args:
            fault: Name of the fault.
            state: Name of the state.
            seconds: From the fault to the next job's result on the screen.
            longest_ms: The longest time in which the window stood still meanwhile.
            said: What the bar said.
        """
        self._rows.append(
            {"fault": fault, "state": state, "seconds": seconds, "longest_ms": longest_ms, "said": said}
        )
        self.write()

    def leave_out(self, fault: str, state: str, reason: str) -> None:
        """Takes down why a cell is not tried."""
        self._rows.append({"fault": fault, "state": state, "reason": reason})

    def write(self) -> None:
        """Writes what there is for the report, also of a run that will be broken off."""
        if FULL:
            SEEN.parent.mkdir(parents=True, exist_ok=True)
            SEEN.write_text("".join(json.dumps(row) + "\n" for row in self._rows))

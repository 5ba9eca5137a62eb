"""Takes down what the cells of the reliability table saw."""

from __future__ import annotations

import json
import os
from pathlib import Path

ASKED = os.environ.get("CNNVIZ_RELIABILITY", "")
FULL = bool(ASKED)
AGAIN = ASKED == "again"
"""Whether only some cells are run, and what was seen of the others before still holds."""
SEEN = Path(__file__).parents[2] / "artifacts" / "reliability" / "table.jsonl"


def is_in_the_ordinary_run(row: int, column: int) -> bool:
    """Whether a cell is run without `make reliability`: a diagonal, so that every row and column is met."""
    return FULL or (2 * row - column) % 7 == 0


class Table:
    """What was seen in each cell.

    Args:
        places: Fault and state of every cell, in the order of the report.
    """

    def __init__(self, places: list[tuple[str, str]]) -> None:
        self._rows: dict[tuple[str, str], dict[str, object]] = {place: {} for place in places}
        if AGAIN and SEEN.exists():
            for row in map(json.loads, SEEN.read_text().splitlines()):
                if (row["fault"], row["state"]) in self._rows:
                    self._rows[row["fault"], row["state"]] = row

    def add(self, fault: str, state: str, seconds: float, longest_ms: float, said: list[str]) -> None:
        """Takes down a cell.

        Args:
            fault: Name of the fault.
            state: Name of the state.
            seconds: From the fault to the next job's result on the screen.
            longest_ms: The longest time in which the window stood still meanwhile.
            said: What the bar said.
        """
        self._take_down(fault, state, {"seconds": seconds, "longest_ms": longest_ms, "said": said})

    def leave_out(self, fault: str, state: str, reason: str) -> None:
        """Takes down why a cell is not tried."""
        self._take_down(fault, state, {"reason": reason})

    def _take_down(self, fault: str, state: str, seen: dict[str, object]) -> None:
        self._rows[fault, state] = {"fault": fault, "state": state, **seen}
        if FULL:
            # Also of a run that will be broken off.
            SEEN.parent.mkdir(parents=True, exist_ok=True)
            SEEN.write_text("".join(json.dumps(row) + "\n" for row in self._rows.values() if row))

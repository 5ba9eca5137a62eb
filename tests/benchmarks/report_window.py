"""Writes docs/smoothness.md of what `bench_window.py` measured."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import psutil
from report_reliability import machine

REPORT = Path(__file__).parents[2] / "docs" / "smoothness.md"
NOTES = Path(__file__).with_name("smoothness_notes.md")
TARGET_MS = 50

HEAD = """# How smoothly the window runs

*Written by `make bench-window`; not by hand.* {date}, {machine}, {starts} starts each way, load {load} while it ran.

The installed program on a virtual screen, worked from outside by mouse and keyboard; every start has settings and
caches of its own, so that everything happens for the first time.

## Times

{times}
## Longest gap of the GUI thread

How long the window's thread did not come back to its event loop, at worst, in milliseconds; a timer in it ticks every
5 ms. *Without others* is the longest gap without the time in which the thread was ready to run and the system gave
the processor to something else, as Linux counts it; waiting for the disk and for the screen's server is still in it.
*Own work* is the most processor time that the thread itself used in a gap. Medians over the starts, the worst start
in brackets.

{gaps}
"""


class Gap(NamedTuple):
    """The longest gaps of a stretch in milliseconds; 20 where none was as long.

    Args:
        wall: As a person sees it.
        alone: Without waiting for a processor.
        worked: Computed by the thread itself.
    """

    wall: float
    alone: float
    worked: float


@dataclass
class Measured:
    """What was measured under one name in seconds or milliseconds, one value a start of the program."""

    name: str
    unit: str
    target: float | None
    values: list[float] = field(default_factory=list)

    def row(self) -> list[str]:
        """Name, median, worst, target."""
        target = "" if self.target is None else f"< {self.target:g} {self.unit}"
        if not self.values:
            return [self.name, "not measured", "", target]
        median = statistics.median(self.values)
        missed = " (missed)" if self.target is not None and median >= self.target else ""
        return [self.name, self._written(median), self._written(max(self.values)), target + missed]

    def _written(self, value: float) -> str:
        return f"{value:.2f} s" if self.unit == "s" else f"{value:.0f} ms"


@dataclass
class Gaps:
    """The longest gaps of one stretch, one a start of the program."""

    name: str
    values: list[Gap] = field(default_factory=list)

    def row(self) -> list[str]:
        """Name, and median and worst of each kind."""
        if not self.values:
            return [self.name, "not measured", "", ""]
        kinds = zip(*self.values, strict=True)
        return [self.name, *(f"{statistics.median(kind):.0f} ({max(kind):.0f})" for kind in map(list, kinds))]


def report(starts: int, times: list[Measured], gaps: list[Gaps]) -> str:
    """The whole report in Markdown."""
    head = HEAD.format(
        date=time.strftime("%Y-%m-%d"),
        machine=machine(),
        starts=starts,
        load=f"{psutil.getloadavg()[1]:.1f} on {os.cpu_count()} cores",
        times=table([["", "median", "worst", "target"], *(measured.row() for measured in times)]),
        gaps=table(
            [["", f"target < {TARGET_MS}", "without others", "own work"], *(measured.row() for measured in gaps)]
        ),
    )
    return head + NOTES.read_text("utf-8")


def table(rows: list[list[str]]) -> str:
    """Sets a table in Markdown, the first row at its head."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines) + "\n"

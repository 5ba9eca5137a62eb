"""Writes docs/reliability.md from what `make reliability`, `make soak` and `make ten-times` have seen."""

from __future__ import annotations

import json
import platform
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
SEEN = ROOT / "artifacts" / "reliability"
REPORT = ROOT / "docs" / "reliability.md"
OWN_FOLDER = re.compile(r"/\S*?/pytest-\d+/[^/\s]+?(?=[/.]|\s|$)")
LONG_NAME = re.compile(r"(?:long){3,}")
NUMBER = re.compile(r"\d[\d.]*")

HEAD = """# Reliability

*Written by `make reliability`, `make soak` and `make ten-times`; not by hand.* Measured on {machine}.
"""

ABOUT_FAULTS = """
Every row is a fault, every column what the application was doing when it happened. The engine's process is held at
exactly that moment of a real job of the real window (`tests/e2e/test_reliability.py`), the fault happens, and a
number is the time in seconds from then until the next job's result is on the screen: reading the sentence, ending
and starting the engine, opening the network again and drawing another layer included. In every cell the window
went on answering, the last good picture stayed, the bar said what is quoted below and nothing else, no process and
no half-written file was left, and an older file in the place of an export was whole.

While that goes on, the window is looked at every 10 ms; the second table says in milliseconds how long it went
without getting to that at most, which is as long as it stood still. What the test itself does in the window's
thread, as starting the second copy, counts as well. On a machine that does other work at the same
time, all of these times grow with it.

The small network of these tests opens in a fraction of a second; a large one adds its own time of opening to the
cells in which the engine starts anew. "then Stop" waits for the patience with a job that does not stop, 1 s here
and 5 s in the application. `make test` runs one cell in seven, each row and each column among them.

"""


def machine() -> str:
    """What it was measured on."""
    memory = f"{psutil.virtual_memory().total / 2**30:.0f} GB of memory"
    return f"{psutil.cpu_count()} cores, {memory}, {platform.system()}, Python {platform.python_version()}"


def rows_of(name: str) -> list[dict[str, Any]]:
    """What was taken down under a name; nothing if that was not run."""
    path = SEEN / name
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def fault_tables() -> str:
    """How it went in all, then how long each cell took and stood still, what was said, and what was not tried."""
    cells = rows_of("table.jsonl")
    if not cells:
        return ""
    faults, states = (list(dict.fromkeys(cell[key] for cell in cells)) for key in ("fault", "state"))
    by_place = {(cell["fault"], cell["state"]): cell for cell in cells}
    times, still, said = [["recovery in s", *states]], [["stood still in ms", *states]], [["", "the bar said"]]
    reasons: dict[str, None] = {}
    for fault in faults:
        row = [by_place.get((fault, state), {"state": state, "reason": "was not run"}) for state in states]
        reasons.update((f"{fault}, {cell['state']}: {cell['reason']}", None) for cell in row if "reason" in cell)
        times.append([fault, *("—" if "reason" in cell else f"{cell['seconds']:.1f}" for cell in row)])
        still.append([fault, *("—" if "reason" in cell else f"{cell['longest_ms']:.0f}" for cell in row)])
        run = [cell for cell in row if "reason" not in cell]
        said.append([fault, "<br>".join(_unlike(sentence for cell in run for sentence in cell["said"])) or "nothing"])
    lists = "".join(f"- {reason}\n" for reason in reasons)
    parts = [ABOUT_FAULTS + _in_all(cells), table(times), table(still), table(said)]
    return "\n".join([*parts, f"Not tried:\n\n{lists}"] if lists else parts)


def _unlike(sentences: Iterable[str]) -> list[str]:
    """Sentences that differ in more than a number, without the test's own folder and most of its longest name."""
    found: dict[str, str] = {}
    for sentence in sentences:
        plain = LONG_NAME.sub("longlong…", OWN_FOLDER.sub("…", sentence))
        found.setdefault(NUMBER.sub("#", plain), plain)
    return list(found.values())


def _in_all(cells: list[dict[str, Any]]) -> str:
    """One line about all cells."""
    run = [cell for cell in cells if "reason" not in cell]
    if not run:
        return "No cell was run.\n"
    slowest = max(run, key=lambda cell: float(cell["seconds"]))
    longest = max(run, key=lambda cell: float(cell["longest_ms"]))
    return (
        f"{len(run)} cells. Slowest recovery: {slowest['seconds']:.1f} s ({slowest['fault']}, {slowest['state']}). "
        f"Longest stand-still: {longest['longest_ms'] / 1000:.2f} s ({longest['fault']}, {longest['state']}).\n"
    )


def table(rows: list[list[str]]) -> str:
    """A table in Markdown."""
    head, *body = (f"| {' | '.join(row)} |\n" for row in rows)
    return f"{head}|{' --- |' * len(rows[0])}\n{''.join(body)}"


def soak_text() -> str:
    """How memory went; nothing if that was not looked at."""
    rows = rows_of("soak.jsonl")
    if not rows:
        return ""
    head, *points = rows
    curve = [["operations", "window MB", "engine MB"]]
    curve += [[str(p["done"]), f"{p['window'] / 1e6:.0f}", f"{p['engine'] / 1e6:.0f}"] for p in points]
    return f"\n{head['text']}\n\n{table(curve)}"


def ten_text() -> str:
    """How all tests went, time after time; nothing if they were not run so."""
    rows = rows_of("ten.jsonl")
    if not rows:
        return ""
    columns = ("commit", "seed", "passed", "failed", "minutes")
    lines = [["", *columns]]
    guilty: list[str] = []
    for number, row in enumerate(rows, 1):
        lines.append([str(number), *(str(row[column]) for column in columns)])
        guilty += [f"- {number}: `{test}`\n" for test in row["guilty"]]
    failed = f"\nWhat failed:\n\n{''.join(guilty)}" if guilty else ""
    return (
        "\n`make test`, each time in the order of another seed, while matrices are multiplied on every core.\n\n"
        f"{table(lines)}{failed}"
    )


SECTIONS = {"Faults": fault_tables, "Memory over many operations": soak_text, "All tests, time after time": ten_text}


def report(before: str) -> str:
    """The whole report.

    Args:
        before: The report as it was: what was not measured since is kept from it.
    """
    old = dict(section.split("\n", 1) for section in before.split("\n## ")[1:])
    parts = {title: write() or old.get(title, "") for title, write in SECTIONS.items()}
    return HEAD.format(machine=machine()) + "".join(f"\n## {title}\n{text}" for title, text in parts.items() if text)


def main() -> int:
    """Writes the report."""
    before = REPORT.read_text("utf-8") if REPORT.exists() else ""
    REPORT.write_text(report(before), "utf-8")
    print(f"Written: {REPORT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

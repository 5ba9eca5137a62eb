"""What was aimed at, what was reached, and how fast the processor would have to be for it."""

from __future__ import annotations

import statistics
from typing import Any

DEEP = "conv4_block5_3_conv"
FIRST = "conv2_block1_1_conv"
GRID = {64: 10.0, 150: 3.5}
"""Times the tutorial's speed, everything included, by size."""
PICTURES, STEPS = 64, 40
OTHERS = [
    ("tf_keras_vis, one", DEEP, 25.0),
    ("tf_keras_vis, batch", DEEP, 4.0),
    ("xplique, one", DEEP, 25.0),
    ("xplique, batch", DEEP, 4.0),
    ("PyTorch, batch", FIRST, 2.0),
    ("PyTorch, batch", "conv2_block2_1_conv", 1.4),
    ("PyTorch, batch", DEEP, 1.4),
]
"""Contestant, layer, and how many times its speed was aimed at."""


def aims(results: dict[str, dict[str, Any]]) -> list[list[str]]:
    """A row for each aim: what it is about, pixels, the aim, what was reached, and the share of the peak it takes."""
    table = []
    for size in GRID:
        rows = results.get(f"patterns-{size}", {"rows": []})["rows"]
        commands = results.get(f"command-{size}", {"rows": []})["rows"]
        if rows and commands:
            table.append(_of_the_grid(size, rows, commands))
        for who, layer, aim in OTHERS:
            row = next((row for row in rows if row["layer"] == layer), None)
            rates = row["rates"] if row else {}
            if row and "rate" in rates.get(who, {}) and "rate" in rates["ours"]:
                rate = rates[who]["rate"]
                needed = aim * rate * row["operations"] / row["peak"]
                reached = rates["ours"]["rate"] / rate
                table.append([f"{who}, {layer}", str(size), f"{aim:g} x", f"{reached:.1f} x", f"{needed:.0%}"])
    return table


def _of_the_grid(size: int, rows: list[dict[str, Any]], commands: list[dict[str, Any]]) -> list[str]:
    operations = PICTURES * STEPS * sum(row["operations"] for row in rows)
    peak = statistics.median(row["peak"] for row in rows)
    ours, tutorial, start = (
        statistics.median(row[name] for row in commands) for name in ("float32", "tutorial", "start")
    )
    left = tutorial / GRID[size] - start
    needed = f"{operations / peak / left:.0%}" if left > 0 else "starting alone takes longer"
    return ["the tutorial's grid", str(size), f"{GRID[size]:g} x", f"{tutorial / ours:.1f} x", needed]

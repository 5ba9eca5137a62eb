"""Writes docs/performance.md of what was measured."""

from __future__ import annotations

import os
import platform
import statistics
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bench_aims

Results = dict[str, dict[str, Any]]

GIGA = 1e9
TARGETS = {"conv2_block1_1_conv": 0.35, "conv2_block2_1_conv": 0.45, "conv4_block5_3_conv": 0.70}
"""Share of the processor's peak at 150 pixels."""
NOTES = Path(__file__).with_name("performance_notes.md")
VERSIONS = ("tensorflow", "keras", "numpy")


def report(results: Results) -> str:
    """The whole report in Markdown; a part that was not measured is said to be missing."""
    parts = [
        "# How fast it is\n",
        _head(results),
        "## Patterns, ResNet50\n",
        *[_patterns(results, f"patterns-{size}", size) for size in (64, 150)],
        "## Patterns, EfficientNet-Lite0\n",
        *[_patterns(results, f"lite0-{size}", size) for size in (64, 150)],
        "## Share of the processor's peak\n",
        _shares(results),
        "## Where the time goes\n",
        _profiles(results),
        "## The tutorial's own grid, by the command\n",
        _commands(results),
        "## What was aimed at\n",
        _aims(results),
        "## After a click\n",
        _previews(results),
        "## Memory\n",
        _memory(results),
        "## Forward passes\n",
        _seconds(results, "forward", "size", "milliseconds for a layer's activations"),
        "## Mosaics\n",
        _seconds(results, "mosaics", "mosaic", "milliseconds from activations to pixels"),
    ]
    if NOTES.is_file():
        parts.append(NOTES.read_text("utf-8"))
    return "\n".join(parts)


def _head(results: Results) -> str:
    dates = sorted({part["date"] for part in results.values()})
    rounds = ", ".join(f"{name}: {part['rounds']}" for name, part in results.items()) or "none"
    versions = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return (
        f"Written by `make bench` on {dates[-1] if dates else '-'}: {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}, {versions}; the others' versions are those of "
        f"packaging/bench-requirements.txt. Medians over rounds, in each of which every contestant was measured "
        f"once, one after the other ({rounds}). ResNet50 has random weights, which does not change the speed.\n"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    named = {name.strip(): value.strip() for name, value in fields.items()}
    flags = [flag for flag in ("avx512f", "avx512_bf16", "amx_bf16") if flag in named.get("flags", "").split()]
    return f"{named.get('model name', platform.machine())} ({', '.join(flags) or 'no AVX-512'})"


def _table(head: list[str], rows: list[list[str]]) -> str:
    if not rows:
        return ""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _missing(results: Results, *names: str) -> str:
    missing = [name for name in names if name not in results]
    return f"Not measured: {', '.join(missing)}.\n" if missing else ""


def _patterns(results: Results, name: str, size: int) -> str:
    if name not in results:
        return _missing(results, name)
    rows = results[name]["rows"]
    text = f"### {size} pixels: steps times pictures a second, and how many times that is ours\n\n"
    names = [row["layer"] for row in rows]
    contestants = list(rows[0]["rates"])
    table = []
    for who in contestants:
        cells = [who]
        for row in rows:
            rate, ours = row["rates"][who], row["rates"]["ours"].get("rate", 0)
            if "rate" not in rate:
                cells.append(f"failed: {rate['error']}")
                continue
            batch = row["batches"].get(who)
            noted = f", batch {batch}" if batch and batch > 1 else ""
            ratio = "" if who == "ours" or not ours else f" ({ours / rate['rate']:.1f} x{noted})"
            cells.append(f"{rate['rate']:,.0f}{ratio}" if rate["rate"] >= 100 else f"{rate['rate']:.1f}{ratio}")
        table.append(cells)
    return text + _table(["", *names], table)


def _shares(results: Results) -> str:
    text = (
        "Needed operations (products and sums of the convolutions before the cut, forwards once and backwards once) "
        "divided by time and by the rate of a product of two matrices of 2048 x 2048, measured in the same round.\n\n"
    )
    table = []
    for size in (64, 150):
        for row in results.get(f"patterns-{size}", {"rows": []})["rows"]:
            rate = row["rates"]["ours"].get("rate", 0)
            wanted = f"{TARGETS[row['layer']]:.0%}" if row["layer"] in TARGETS else ""
            cells = [row["layer"], str(size), f"{row['operations'] / 1e6:,.0f} M", f"{row['peak'] / GIGA:.0f} G/s"]
            share = rate * row["operations"] / row["peak"]
            cells += [f"{share:.0%}" if row["operations"] else "its gradient is constant", wanted]
            table.append(cells)
    head = ["layer", "pixels", "operations a step", "peak", "share", "wanted"]
    return text + _table(head, table) + _missing(results, "patterns-64", "patterns-150")


def _profiles(results: Results) -> str:
    text = (
        "The gradient of 16 pictures on one core, by TensorFlow's profiler: share of the time of its operations. Of "
        "the products of matrices, most are those of convolutions of 3 x 3 on small maps.\n\n"
    )
    rows = [row for row in results.get("profiles", {"rows": []})["rows"] if "milliseconds" in row]
    kinds = list(dict.fromkeys(kind for row in rows for kind in row["milliseconds"]))
    table = []
    for kind in sorted(kinds, key=lambda kind: -sum(row["milliseconds"].get(kind, 0) for row in rows)):
        shares = [row["milliseconds"].get(kind, 0) / sum(row["milliseconds"].values()) for row in rows]
        table.append([kind, *(f"{share:.0%}" if share else "" for share in shares)])
    table.append(["milliseconds a picture", *(f"{sum(row['milliseconds'].values()) / 16:.2f}" for row in rows)])
    head = ["", *(f"{row['layer']}, {row['size']}" for row in rows)]
    return text + (_table(head, table) if rows else "") + _missing(results, "profiles")


def _commands(results: Results) -> str:
    text = (
        "`cnnviz patterns keras:ResNet50 --weights none --no-top` with four layers, 64 filters and 40 steps, "
        "in a fresh process with an empty cache; importing TensorFlow, opening and tracing are included. The "
        "tutorial's script likewise; some of its filters are measured, and the others take as long.\n\n"
    )
    table = []
    for size in (64, 150):
        rows = results.get(f"command-{size}", {"rows": []})["rows"]
        if rows:
            ours = statistics.median(row["float32"] for row in rows)
            draft = statistics.median(row["bfloat16"] for row in rows if "bfloat16" in row)
            tutorial = statistics.median(row["tutorial"] for row in rows)
            cells = [str(size), f"{tutorial:.0f} s", f"{ours:.1f} s", f"{tutorial / ours:.1f} x"]
            table.append([*cells, f"{draft:.1f} s", f"{tutorial / draft:.1f} x"])
    head = ["pixels", "tutorial", "ours", "", "ours, bfloat16", ""]
    return text + _table(head, table) + _missing(results, "command-64", "command-150")


def _aims(results: Results) -> str:
    text = (
        "How many times the others' speed was aimed at and reached, and the share of the processor's peak that the "
        "needed operations take at the speed that was aimed at; of the tutorial's grid in the time that is left when "
        "the tutorial has imported TensorFlow and opened the network, which ours must as well.\n\n"
    )
    return text + _table(["against", "pixels", "aim", "reached", "of the peak"], bench_aims.aims(results))


def _previews(results: Results) -> str:
    if "previews" not in results:
        return _missing(results, "previews")
    rows = results["previews"]["rows"]
    columns = ["preview", "preview again", "one", "sixteen"]
    table = []
    for layer in dict.fromkeys(row["layer"] for row in rows):
        mine = [row for row in rows if row["layer"] == layer]
        table.append([layer, *(f"{statistics.median(row[column] for row in mine):.2f} s" for column in columns)])
    head = ["EfficientNet-Lite0, *Clear*, 128 pixels", "first preview", "when traced before", "one", "sixteen"]
    return _table(head, table)


def _memory(results: Results) -> str:
    if "memory" not in results:
        return _missing(results, "memory")
    sizes = ", ".join(f"{row['bytes'] / GIGA:.2f}" for row in results["memory"]["rows"])
    text = f"Resident memory of the engine in GB after making the grid of 4 x 64 filters (64 px) again: {sizes}."
    if all("kept" in row for row in results["memory"]["rows"]):
        without = ", ".join(f"{(row['bytes'] - row['kept']) / GIGA:.2f}" for row in results["memory"]["rows"])
        text += f" Without where the patterns stand, which is kept for going on, at most 0.26 GB: {without}."
    return text + "\n"


def _seconds(results: Results, name: str, key: str, what: str) -> str:
    if name not in results:
        return _missing(results, name)
    rows = results[name]["rows"]
    if "error" in rows[0]:
        return f"Failed: {rows[0]['error']}\n"
    ways = list(rows[0]["seconds"])
    table = [[row[key], *(f"{1e3 * row['seconds'][way]:.1f}" for way in ways)] for row in rows]
    return _table([what, *ways], table)

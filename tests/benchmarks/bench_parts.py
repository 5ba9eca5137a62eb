"""The parts of the benchmark: each measures in rounds and returns rows for the report."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench_process import Contestant
from bench_profile import ONE_CORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Row = dict[str, Any]

ROOT = Path(__file__).parents[2]
OURS = Path(sys.executable)
OTHER = ROOT / ".venv-bench" / "bin" / "python"
COMMAND = OURS.with_name("cnnviz")
RESNET50 = ("conv1_conv", "conv2_block1_1_conv", "conv2_block2_1_conv", "conv4_block5_3_conv")
LITE0 = ("block2b_add", "block5c_add")
DEEP = ("conv4_block5_3_conv",)
SECONDS = 0.6
BATCHES = {64: (4, 16, 64), 150: (4, 8, 16)}
FILTERS = 64
TUTORIAL_SHARE = 8
"""Of the tutorial's 64 filters so many are measured for the whole job; each takes as long as any other."""
MEMORY_RUNS = 10


def _start(stack: ExitStack, *scripts: tuple[str, str, Path, tuple[str, ...]]) -> dict[str, Contestant]:
    return {
        name: stack.enter_context(closing(Contestant(script, python, *arguments)))
        for name, script, python, arguments in scripts
    }


def _median(answers: Iterable[Row]) -> Row:
    """The median rate, or the last error."""
    answers = list(answers)
    rates = [answer["rate"] for answer in answers if "rate" in answer]
    return {"rate": statistics.median(rates), "runs": rates} if rates else {"error": answers[-1].get("error", "")}


def _variants(size: int, network: str) -> list[tuple[str, str, Row]]:
    """(row of the report, contestant, settings): those of several batches count with their best."""
    batches = BATCHES[size]
    found: list[tuple[str, str, Row]] = [("ours", "ours", {"kind": "patterns"})]
    if network == "ResNet50":
        found.append(("ours, bfloat16", "ours", {"kind": "patterns", "precision": "bfloat16"}))
    found += [("tutorial", "tutorial", {}), ("keras.io", "keras_io", {}), ("keras.io, eager", "keras_io_eager", {})]
    for library in ("tf_keras_vis", "xplique"):
        found.append((f"{library}, one", library, {"batch": 1}))
        found += [(f"{library}, batch", library, {"batch": batch}) for batch in batches[1:]]
    if network == "ResNet50":
        layouts = (False, True)
        found += [
            ("PyTorch, batch", "torch", {"batch": batch, "channels_last": last})
            for batch in batches
            for last in layouts
        ]
    return found


def patterns(rounds: int, network: str, layers: tuple[str, ...], size: int) -> list[Row]:
    """Filter-steps a second, of every contestant, on every layer."""
    rows: list[Row] = []
    with ExitStack() as stack:
        contestants = _start(
            stack,
            ("ours", "bench_ours.py", OURS, ()),
            ("tutorial", "bench_tutorial.py", OURS, ("tutorial",)),
            ("keras_io", "bench_tutorial.py", OURS, ("keras_io",)),
            ("keras_io_eager", "bench_tutorial.py", OURS, ("keras_io_eager",)),
            ("tf_keras_vis", "bench_libraries.py", OTHER, ("tf_keras_vis",)),
            ("xplique", "bench_libraries.py", OTHER, ("xplique",)),
            ("torch", "bench_torch.py", OTHER, ()),
        )
        ours = contestants["ours"]
        for layer in layers:
            is_deep = layer in DEEP
            task: Row = {"network": network, "layer": layer, "size": size, "seconds": SECONDS}
            job = {"channels": FILTERS if size == 64 else FILTERS // 2, "steps": 20 if is_deep and size != 64 else 40}
            best: dict[str, tuple[float, str, Row]] = {}
            # Warms everything up, and finds the best batch.
            for place, (name, who, settings) in enumerate(_variants(size, network)):
                own = {**settings, **(job if who == "ours" else {}), "seed": place}
                if "batch" in own and own["batch"] > 1 and is_deep and who != "torch":
                    own["steps"] = 5 if who == "tf_keras_vis" else 20
                answer = contestants[who].ask(**task, **own)
                rate = answer.get("rate", 0.0)
                if name not in best or rate > best[name][0]:
                    best[name] = (rate, who, own)
            found: dict[str, list[Row]] = defaultdict(list)
            peaks: list[float] = []
            for number in range(rounds):
                peaks.append(ours.ask(kind="peak", seconds=0.3)["rate"])
                for place, (name, (_, who, own)) in enumerate(best.items()):
                    # No two of them may be the same job: ours finds what it has made before.
                    found[name].append(contestants[who].ask(**task, **{**own, "seed": 100 * (1 + place) + number}))
            operations = ours.ask(**task, kind="operations")["operations"]
            row = {"network": network, "layer": layer, "size": size, "peak": statistics.median(peaks)}
            row |= {"operations": operations, "rates": {name: _median(answers) for name, answers in found.items()}}
            row["batches"] = {name: own.get("batch") for name, (_, _, own) in best.items()}
            print({name: round(rate.get("rate", 0), 1) for name, rate in row["rates"].items()}, layer, flush=True)
            rows.append(row)
    return rows


def command(rounds: int, size: int) -> list[Row]:
    """The tutorial's own grid in a fresh process: four layers of 64 filters and 40 steps, everything included."""
    rows: list[Row] = []
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            row: Row = {}
            precisions = ("float32", "bfloat16") if number == 0 else ("float32",)
            for precision in precisions:
                layers = [word for layer in RESNET50 for word in ("--layer", layer)]
                network = ["keras:ResNet50", "--weights", "none", "--no-top"]
                said = ["--size", str(size), "--precision", precision, "-o", f"{folder}/{precision}.png"]
                begin = time.perf_counter()
                environment = {**os.environ, "XDG_CACHE_HOME": f"{folder}/{precision}", "PYTHONPATH": str(ROOT)}
                subprocess.run([COMMAND, "patterns", *network, *layers, *said], check=True, env=environment)
                row[precision] = time.perf_counter() - begin
        begin = time.perf_counter()
        with closing(Contestant("bench_tutorial.py", OURS, "tutorial")) as tutorial:
            task = {"network": "ResNet50", "size": size, "seconds": 0}
            row["start"] = 0.0
            row["filters"] = 0.0
            for layer in RESNET50:
                tries = [tutorial.ask(**task, layer=layer) for _ in range(max(1, TUTORIAL_SHARE // rounds))]
                row["start"] = row["start"] or time.perf_counter() - begin - sum(one["seconds"] for one in tries)
                row["filters"] += FILTERS * statistics.mean(one["seconds"] for one in tries)
        row["tutorial"] = row["start"] + row["filters"]
        print(row, flush=True)
        rows.append(row)
    return rows


def drawing(rounds: int, kind: str) -> list[Row]:
    """Forward passes or mosaics, beside what Keras and the tutorial do."""
    with closing(Contestant("bench_drawing.py", OURS)) as contestant:
        answer = contestant.ask(kind=kind, rounds=max(rounds, 5))
    rows: list[Row] = answer.get("rows", [answer])
    return rows


def profiles(rounds: int) -> list[Row]:
    """Where the time of a step goes."""
    rows: list[Row] = []
    with closing(Contestant("bench_profile.py", OURS, **ONE_CORE)) as contestant:
        for layer in RESNET50[1:]:
            for size in BATCHES:
                answers = [contestant.ask(layer=layer, size=size) for _ in range(rounds)]
                # The round that others disturbed least.
                least = min(answers, key=lambda answer: sum(answer.get("milliseconds", {"": float("inf")}).values()))
                rows.append({"layer": layer, "size": size, **least})
                print(rows[-1], flush=True)
    return rows


def memory(rounds: int) -> list[Row]:
    """Resident memory while the 256-filter grid is made again and again."""
    del rounds
    task = {"network": "ResNet50", "size": 64, "channels": 64}
    rows: list[Row] = []
    with closing(Contestant("bench_ours.py", OURS)) as ours:
        for number in range(MEMORY_RUNS):
            for layer in RESNET50:
                # Time does not count here, and the deep layer takes most of it.
                steps = 8 if layer in DEEP and number else 40
                ours.ask(**task, layer=layer, kind="patterns", seed=number, steps=steps)
            rows.append({"run": number + 1, **ours.ask(kind="memory")})
            print(rows[-1], flush=True)
    return rows


def previews(rounds: int) -> list[Row]:
    """What a click on a channel of EfficientNet-Lite0 takes: the first preview, one pattern, sixteen."""
    rows: list[Row] = []
    for layer in LITE0:
        for number in range(rounds):
            with closing(Contestant("bench_ours.py", OURS)) as ours:
                task = {"kind": "patterns", "network": "EfficientNet-Lite0", "layer": layer, "preset": "clear"}
                # The network is open, and something else was climbed before.
                ours.ask(**{**task, "layer": "stem_conv"}, channels=1, steps=2)
                first = ours.ask(**task, channels=1, seed=number)
                again = ours.ask(**task, channels=1, seed=100 + number)
                many = ours.ask(**task, channels=16, seed=200 + number)
                rows.append(
                    {
                        "layer": layer,
                        "preview": first["preview"],
                        "preview again": again["preview"],
                        "one": again["seconds"],
                        "sixteen": many["seconds"],
                    }
                )
                print(rows[-1], flush=True)
    return rows


PARTS: dict[str, Callable[[int], list[Row]]] = {
    "mosaics": partial(drawing, kind="mosaics"),
    "forward": partial(drawing, kind="forward"),
    "previews": previews,
    "memory": memory,
    "profiles": profiles,
    "patterns-64": partial(patterns, network="ResNet50", layers=RESNET50, size=64),
    "patterns-150": partial(patterns, network="ResNet50", layers=RESNET50, size=150),
    "lite0-64": partial(patterns, network="EfficientNet-Lite0", layers=LITE0, size=64),
    "lite0-150": partial(patterns, network="EfficientNet-Lite0", layers=LITE0, size=150),
    "command-64": partial(command, size=64),
    "command-150": partial(command, size=150),
}
OTHERS = frozenset(name for name in PARTS if name.startswith(("patterns", "lite0")))
"""Parts that need the environment of the other libraries."""

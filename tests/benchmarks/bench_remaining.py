"""Records what is said to be left during real jobs, and compares it with what was left in truth.

    python tests/benchmarks/bench_remaining.py [JOB ...] [--again] [--trace FILE.json]

Every job runs in a fresh process with nothing measured before and no stored patterns, so that its first steps are
traced and tried out with pieces of several sizes; with --again a second time in the same process. What is said is
what the window says: `Remaining`, told of every preview. Prints tables to standard output: by the clock on the wall,
and by the processor time of the job, which passes as the other does where no other program takes any; what those took
is said, since nobody can foresee it. Exits with 1 if by processor time what is said after a tenth of the work is ever
wrong by more than a fifth, and by more than a second.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from cnnviz_gui.core.remaining import Remaining

if TYPE_CHECKING:
    from cnnviz_gui.core.requests import Request

JOBS: dict[str, dict[str, Any]] = {
    "tutorial": {"network": ("keras:ResNet50", "none", False), "layer": "conv4_block5_3_conv", "preset": "tutorial",
                 "channels": 64},
    "clear": {"network": ("efficientnet-lite0", "imagenet", True), "layer": "block5c_add", "preset": "clear",
              "channels": 16},
}  # fmt: skip
SHARES = (0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 0.9)
WORST = 0.2
MOMENT = 1.0
"""Seconds by which nobody minds that a time is wrong."""


@dataclass(frozen=True)
class Report:
    """A preview of a job: when it came, in seconds from the job's beginning, and how far the job was."""

    wall: float
    processor: float
    done: int
    total: int
    trying: bool


def main() -> int:
    """Runs the jobs that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("jobs", nargs="*", default=list(JOBS), metavar="JOB", help=", ".join(JOBS))
    parser.add_argument("--again", action="store_true", help="a second time, when everything is traced and known")
    parser.add_argument("--trace", type=Path, help="where to keep when every preview came")
    parser.add_argument("--record", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.record:
        print(json.dumps(_record(JOBS[options.jobs[0]], 2 if options.again else 1)))
        return 0
    traces = {name: _in_a_process_of_its_own(name, again=options.again) for name in options.jobs}
    if options.trace:
        options.trace.write_text(json.dumps(traces))
    is_right = True
    for name, runs in traces.items():
        for number, run in enumerate(runs):
            reports = [Report(*row) for row in run["reports"]]
            title = name if not number else f"{name}, again"
            print(f"{title}: {run['seconds']:.1f} s; other programs took {run['others']:.0%} of the processor")
            _tell("wall", reports, run["seconds"])
            is_right &= _tell("processor", reports, run["processor"])
    return 0 if is_right else 1


def _in_a_process_of_its_own(name: str, *, again: bool) -> list[dict[str, Any]]:
    command = [sys.executable, __file__, name, "--record", *(["--again"] if again else [])]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "XDG_CACHE_HOME": home}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _record(job: dict[str, Any], times: int) -> list[dict[str, Any]]:
    """Runs a job; for every time its previews as rows of `Report`, and the seconds that it took."""
    from cnnviz_gui.core.film import FRAMES
    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.core.pattern import PRESETS
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.core.requests import OpenNetwork
    from cnnviz_gui.engine.engine import Engine
    from cnnviz_gui.engine.pattern_store import PatternStore

    engine = Engine(PatternStore(None))
    source = NetworkSource(*job["network"])
    network, _ = _run(engine, OpenNetwork(source))
    found = []
    for number in range(times):
        settings = replace(PRESETS[job["preset"]], seed=number)
        channels = tuple(range(job["channels"]))
        layer = network.layer(job["layer"]).name
        before = _processor()
        request = MakePatterns(source, layer, channels, settings, network.preprocessing, FRAMES)
        _, reports = _run(engine, request)
        whole, busy, own = (after - once for after, once in zip(_processor(), before, strict=True))
        found.append(
            {
                "seconds": whole / _cores(),
                "processor": own / _cores(),
                "others": (busy - own) / whole,
                "reports": reports,
            }
        )
    return found


def _processor() -> tuple[float, float, float]:
    """Seconds that all cores together have been there, have been busy, and have worked for this process."""
    times = psutil.cpu_times()
    whole = time.monotonic() * _cores()
    return whole, sum(times[:9]) - times.idle - times.iowait, time.process_time()


def _cores() -> int:
    return psutil.cpu_count() or 1


def _run(engine: Any, request: Request) -> tuple[Any, list[tuple[float, float, int, int, bool]]]:  # noqa: ANN401
    from cnnviz_gui.core.pattern_requests import Preview

    begin, worked, reports = time.monotonic(), time.process_time(), []
    answer = engine.answer(request)
    while True:
        try:
            step = next(answer)
        except StopIteration as end:
            return end.value, reports
        if isinstance(step, Preview):
            total = len(step.request.channels) * step.request.settings.steps - step.work_found
            passed = (time.monotonic() - begin, (time.process_time() - worked) / _cores())
            reports.append((*passed, step.work_done - step.work_found, total, step.trying))


def judged(clock: str, reports: list[Report]) -> list[float | None]:
    """What is said to be left at every report, by one of its clocks."""
    now = [0.0]
    remaining = Remaining(lambda: now[0])
    said = []
    for report in reports:
        now[0] = getattr(report, clock)
        said.append(remaining.seconds(report.done, report.total, trying=report.trying))
    return said


def _tell(clock: str, reports: list[Report], seconds: float) -> bool:
    """Prints what was said by a clock; whether it was right."""
    rows = [
        (report.done / report.total, said or 0.0, seconds - getattr(report, clock))
        for report, said in zip(reports, judged(clock, reports), strict=True)
    ]
    print(f"  {clock:9}  said   true   wrong")
    for share in SHARES:
        print(_row("done", *next(row for row in rows if row[0] >= share)))
    worst = max((row for row in rows if 0.1 <= row[0] < 1), key=_wrong)
    print(_row("worst", *worst))
    return _wrong(worst) <= WORST


def _wrong(row: tuple[float, float, float]) -> float:
    """By which share of the truth something is wrong; 0 where it is by no more than a moment."""
    _, said, left = row
    return 0.0 if abs(said - left) <= MOMENT else abs(said / left - 1)


def _row(what: str, done: float, said: float, left: float) -> str:
    return f"  {what:5}{done:4.0%} {said:6.1f} {left:6.1f} {said / left - 1:+7.0%}"


if __name__ == "__main__":
    sys.exit(main())

"""Runs all tests ten times, in other orders and beside other work on every core, and takes down how they went.

`make ten-times`. Every run is a row of `artifacts/reliability/ten.jsonl`; what it printed stands beside it, and so do
pictures of the screen where a test of the window failed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SEEN = ROOT / "artifacts" / "reliability"
NICENESS = 10
LOAD = f"""
import os
import numpy as np
os.nice({NICENESS})
numbers = np.random.default_rng(0).random((700, 700))
while True:
    numbers @ numbers
"""
COUNT = re.compile(r"(\d+) (passed|failed|errors?)\b")
LAST_LINE = re.compile(r"^=+ (.* in [\d.]+s.*) =+$", re.MULTILINE)
GUILTY = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


@contextlib.contextmanager
def background_load() -> Iterator[None]:
    """Multiplies matrices on every core, giving way as background work does."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    loads = [subprocess.Popen([sys.executable, "-c", LOAD], env=environment) for _ in range(os.cpu_count() or 1)]
    try:
        yield
    finally:
        for load in loads:
            load.kill()
            load.wait()


def run(seed: int) -> dict[str, Any]:
    """Runs all tests in the order of a seed.

    Returns:
        The row: counts over all parts of `make test`, the tests that failed, and whether everything was well.
    """
    SEEN.mkdir(parents=True, exist_ok=True)
    log = SEEN / f"ten-{seed}.log"
    environment = {**os.environ, "PYTEST_ADDOPTS": f"--randomly-seed={seed}"}
    begin = time.monotonic()
    with log.open("w") as output, background_load():
        done = subprocess.run(
            ["make", "--no-print-directory", "test"], cwd=ROOT, env=environment, stdout=output, stderr=output,
            check=False,
        )  # fmt: skip
    if done.returncode:
        # The next run takes pictures of its own.
        for picture in (ROOT / "artifacts" / "e2e").rglob("*-failed-*.png"):
            shutil.copy(picture, SEEN / f"ten-{seed}-{picture.name}")
    row = {"seed": seed, **counts(log.read_text(errors="replace"))}
    return {**row, "green": done.returncode == 0, "minutes": round((time.monotonic() - begin) / 60, 1)}


def counts(text: str) -> dict[str, Any]:
    """What pytest's last lines say, put together."""
    found: dict[str, int] = {}
    for line in LAST_LINE.findall(text):
        for number, what in COUNT.findall(line):
            key = "passed" if what == "passed" else "failed"
            found[key] = found.get(key, 0) + int(number)
    return {"passed": found.get("passed", 0), "failed": found.get("failed", 0), "guilty": GUILTY.findall(text)}


def commit() -> str:
    """Which commit is tested; empty outside of a clone."""
    said = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return said.stdout.strip()


def main() -> int:
    """Runs the tests and writes the rows; 0 if every run was green."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--after", action="store_true", help="after the runs that were taken down before")
    options = parser.parse_args()
    rows = []
    for number in range(1, options.times + 1):
        row = {"commit": commit(), **run(random.randrange(2**31))}
        rows.append(row)
        with (SEEN / "ten.jsonl").open("w" if number == 1 and not options.after else "a") as file:
            file.write(json.dumps(row) + "\n")
        print(f"{number} of {options.times}: {json.dumps(row)}", flush=True)
    return 0 if all(row["green"] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

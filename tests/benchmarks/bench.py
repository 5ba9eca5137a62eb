"""Measures patterns, forward passes and drawing against everything they are compared with, on this machine.

    make bench                              everything, which takes an hour
    make bench ONLY="previews command-64"   some parts; docs/performance.md is written of all that were ever measured

Every contestant runs in a process of its own. In every round each is measured once, one after the other, and what is
reported are medians over the rounds, so that a machine that slows down slows all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_parts
import bench_report

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "artifacts" / "bench"
ENVIRONMENT = ROOT / ".venv-bench"
REQUIREMENTS = ROOT / "packaging" / "bench-requirements.txt"


def main() -> int:
    """Measures the parts that are named, and writes the report."""
    parser = argparse.ArgumentParser(description="Measure how fast it is.")
    parser.add_argument("--only", nargs="*", default=[], choices=list(bench_parts.PARTS), metavar="PART")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--report", default=str(ROOT / "docs" / "performance.md"))
    options = parser.parse_args()
    RESULTS.mkdir(parents=True, exist_ok=True)
    # Nothing that an earlier run has found out or made shall help this one.
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        os.environ["CNNVIZ_BENCH_LOG"] = str(RESULTS / "contestants.log")
        for name in options.only or bench_parts.PARTS:
            print(f"== {name}", flush=True)
            if name in bench_parts.OTHERS:
                _install()
            rows = bench_parts.PARTS[name](options.rounds)
            found = {"date": time.strftime("%Y-%m-%d"), "rounds": options.rounds, "rows": rows}
            (RESULTS / f"{name}.json").write_text(json.dumps(found, indent=1))
    results = {path.stem: json.loads(path.read_text()) for path in sorted(RESULTS.glob("*.json"))}
    Path(options.report).write_text(bench_report.report(results), encoding="utf-8")
    print(f"Written: {options.report}")
    return 0


def _install() -> None:
    """Makes the environment of the other libraries, unless it is there. What fails then is reported row by row."""
    stamp = ENVIRONMENT / "installed.txt"
    wanted = REQUIREMENTS.read_text()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Installing what is measured against; the first time that is a download of one to three GB.", flush=True)
    subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    pip = [str(ENVIRONMENT / "bin" / "python"), "-m", "pip", "install", "-q"]
    # One by one: a library that cannot be installed shall not keep the others from being measured.
    lines = [line for line in wanted.splitlines() if line and not line.startswith("#")]
    failed = [line for line in lines if subprocess.run([*pip, line], check=False).returncode]
    for line in failed:
        print(f"Could not be installed: {line}", flush=True)
    if not failed:
        stamp.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main())

"""Measures the installed program from outside, on a virtual screen: how soon the window is there, how smooth it is.

`make bench-window` runs it. The program itself says when it painted and when its GUI thread stood still (see
`cnnviz_gui.ui.trace`); everything else happens from outside: it is started as a user starts it, and a mouse and a
keyboard work it. Every start has settings of its own, so nothing is remembered from the one before.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from report_window import REPORT, Gap, Gaps, Measured, report

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = Path(sys.executable).with_name("cnnviz-gui")
PHOTO = Path(__file__).parents[2] / "resources" / "photos" / "chelsea_cat.jpg"
NETWORK = "efficientnet-lite0"

LAYERS_TO_WALK = 12
MOST_KEY_PRESSES = 30
SECONDS_TO_START = 60
SECONDS_TO_ANSWER = 2
SECONDS_OF_PATTERNS = 120


class Program:
    """The program, running; its trace, read anew whenever somebody asks."""

    def __init__(self, arguments: list[str], display: str, folder: Path) -> None:
        self._trace = folder / "trace.jsonl"
        self._environment = {
            **os.environ,
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "CNNVIZ_TRACE": str(self._trace),
            **{f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")},
        }
        self._environment.pop("WAYLAND_DISPLAY", None)
        self._log = (folder / "output.txt").open("w+")
        self.started = time.time()
        self._process = subprocess.Popen(
            [PROGRAM, *arguments],
            env=self._environment,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    def lines(self) -> list[dict[str, float | str]]:
        """Reads what the program wrote so far; a line that is still being written is left for later."""
        text = self._trace.read_text(encoding="utf-8") if self._trace.exists() else ""
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def wait_for(self, event: str, *, since: float, seconds: float) -> float | None:
        """Waits until the program says that something happened.

        Args:
            event: What.
            since: Only what happened after this time counts.
            seconds: How long to wait.

        Returns:
            When it happened, or None if it did not.
        """
        end = time.time() + seconds
        while time.time() < end and self._process.poll() is None:
            for line in self.lines():
                if line["event"] == event and float(line["time"]) >= since:
                    return float(line["time"])
            time.sleep(0.02)
        return None

    def longest_gap(self, start: float, end: float) -> Gap:
        """Finds the longest time the GUI thread stood still, and what it consisted of.

        The program writes no gaps of under 20 ms: where it wrote none, the longest was at most that.
        """
        lines = (line for line in self.lines() if line["event"] == "gap" and start <= float(line["at"]) <= end)
        gaps = [(float(line["ms"]), float(line["queued"]), float(line["worked"])) for line in lines]
        return Gap(
            max((wall for wall, _, _ in gaps), default=20.0),
            max((wall - queued for wall, queued, _ in gaps), default=20.0),
            max((worked for _, _, worked in gaps), default=20.0),
        )

    def xdotool(self, *arguments: str) -> str:
        """Works keyboard and mouse, and returns what xdotool printed."""
        command = ["xdotool", *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=20, check=False)
        return done.stdout

    def enter_layers(self) -> None:
        """Brings the window to the front, searches for convolutions, and goes to the first that is found."""
        found = self.xdotool("search", "--onlyvisible", "--pid", str(self._process.pid))
        self.xdotool("windowactivate", "--sync", found.split()[-1])
        self.xdotool("key", "ctrl+f")
        self.xdotool("type", "conv")
        self.xdotool("key", "Return")

    def kill_engine(self) -> None:
        """Kills the process that computes, as the system does when memory runs out."""
        for child in psutil.Process(self._process.pid).children():
            if any("spawn_main" in word for word in child.cmdline()):
                child.kill()

    def stop(self) -> str:
        """Ends the program and whatever it started, and returns what it printed."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._log.seek(0)
        output = self._log.read()
        self._log.close()
        return output


@contextmanager
def virtual_screen() -> Iterator[str]:
    """Starts an X server without a screen, with a window manager, and yields its name."""
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        display = f":{pipe.readline().strip()}"
    windows = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": display}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield display
    finally:
        for process in (windows, screen):
            process.terminate()
            process.wait()


@contextmanager
def running(arguments: list[str], display: str) -> Iterator[Program]:
    """Starts the program and ends it; if it did not get as far as a grid, shows what it printed."""
    with tempfile.TemporaryDirectory(prefix="cnnviz-bench-") as folder:
        program = Program(arguments, display, Path(folder))
        try:
            yield program
        finally:
            reached_a_grid = any(line["event"] == "grid" for line in program.lines())
            output = program.stop()
            if not reached_a_grid:
                print(f"No grid within {SECONDS_TO_START} s. The program printed:\n{output[-2000:]}")


def measure_start(program: Program, painted: Measured, grid: Measured, gap: Gaps) -> bool:
    """Measures from the start of the process to the first grid.

    Returns:
        Whether it got that far.
    """
    first_paint = program.wait_for("painted", since=0, seconds=SECONDS_TO_START)
    if first_paint is None:
        return False
    painted.values.append(first_paint - program.started)
    first_grid = program.wait_for("grid", since=0, seconds=SECONDS_TO_START)
    if first_grid is None:
        return False
    grid.values.append(first_grid - program.started)
    # A gap that the first grid made is written after it.
    time.sleep(0.5)
    gap.values.append(program.longest_gap(0, time.time()))
    return True


def measure_walk(program: Program, answer: Measured, gap: Gaps) -> None:
    """Measures while somebody searches the layers and walks down what was found, key press by key press."""
    start = time.time()
    program.enter_layers()
    time.sleep(1)
    waits: list[float] = []
    for _ in range(MOST_KEY_PRESSES):
        pressed = time.time()
        program.xdotool("key", "Down")
        # A block answers nothing.
        if (painted := program.wait_for("grid", since=pressed, seconds=SECONDS_TO_ANSWER)) is not None:
            waits.append((painted - pressed) * 1000)
        if len(waits) == LAYERS_TO_WALK:
            break
    if waits:
        answer.values.append(statistics.median(waits))
        gap.values.append(program.longest_gap(start, time.time()))


def measure_patterns(program: Program, gap: Gaps) -> None:
    """Measures while patterns are made, until they are done."""
    start = time.time()
    program.xdotool("key", "ctrl+g")
    if program.wait_for("patterns", since=start, seconds=SECONDS_OF_PATTERNS) is not None:
        gap.values.append(program.longest_gap(start, time.time()))


def measure_death(program: Program, recovered: Measured, gap: Gaps) -> None:
    """Measures from the death of the engine to the grid of the next layer that is gone to, its new start included."""
    start = time.time()
    program.kill_engine()
    program.enter_layers()
    if (grid := program.wait_for("grid", since=start, seconds=SECONDS_TO_START)) is not None:
        recovered.values.append(grid - start)
        time.sleep(0.5)
        gap.values.append(program.longest_gap(start, time.time()))


def main() -> None:
    """Measures and writes the report."""
    parser = argparse.ArgumentParser(description="Measure how fast the window comes up and how smoothly it runs.")
    parser.add_argument("--starts", type=int, default=5, help="how often to start the program each way (default 5)")
    parser.add_argument("--report", default=str(REPORT), help="where to write it (default docs/smoothness.md)")
    options = parser.parse_args()
    starts = options.starts

    painted = Measured("start to first painted window", "s", 1.0)
    grid = Measured("start to first grid", "s", 10.0)
    painted_plain = Measured("start to first painted window, started plain", "s", 1.0)
    grid_plain = Measured("start to first grid, started plain, without a click", "s", 10.0)
    answer = Measured("key press to the grid of the next layer", "ms", None)
    recovered = Measured("death of the engine to the grid of another layer", "s", 10.0)
    start_gap, start_gap_plain = Gaps("starting with a network and a photo"), Gaps("starting plain")
    walk_gap, pattern_gap = Gaps("walking the layers"), Gaps("making patterns")
    death_gap = Gaps("death of the engine and its new start")

    with virtual_screen() as display:
        for number in range(1, starts + 1):
            print(f"start {number} of {starts} with a network and a photo", file=sys.stderr)
            with running([NETWORK, str(PHOTO)], display) as program:
                if measure_start(program, painted, grid, start_gap):
                    measure_walk(program, answer, walk_gap)
                    measure_patterns(program, pattern_gap)
                    measure_death(program, recovered, death_gap)
            print(f"start {number} of {starts} plain", file=sys.stderr)
            with running([], display) as program:
                measure_start(program, painted_plain, grid_plain, start_gap_plain)

    text = report(
        starts,
        [painted, grid, painted_plain, grid_plain, answer, recovered],
        [start_gap, start_gap_plain, walk_gap, pattern_gap, death_gap],
    )
    print(text)
    Path(options.report).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Works the window and its engine at random for long, and takes down their memory; `soak.py` is the program."""

from __future__ import annotations

import argparse
import gc
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from cnnviz_gui.app import Workbench
from cnnviz_gui.core.memory import LEAST_BUDGET, trim
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import LayerKind, NetworkSource
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.presenters import slots
from cnnviz_gui.resources import DEFAULT_LAYER, DEFAULT_NETWORK, sample_photos
from cnnviz_gui.session.state import Display, Lens
from cnnviz_gui.settings import Settings
from cnnviz_gui.ui.garbage import Garbage
from cnnviz_gui.ui.reports import Reports

if TYPE_CHECKING:
    from collections.abc import Callable

Points = list[dict[str, int]]

SEEN = Path(__file__).parents[2] / "artifacts" / "reliability" / "soak.jsonl"
EVERY = 50
ALLOWED = 0.10
SLOTS = tuple(slot for name, slot in vars(slots).items() if name.isupper())
PHOTOS = [str(photo.path) for photo in sample_photos()]
NETWORKS = [NetworkSource(DEFAULT_NETWORK), NetworkSource("keras:MobileNet", "none"),
            NetworkSource("keras:MobileNetV2", "none", False)]  # fmt: skip
SIZES = [(96, 96), (128, 160), (224, 224)]


class Soak:
    """A person who does whatever comes to mind.

    Args:
        bench: The application.
        seed: What comes to mind.
    """

    def __init__(self, bench: Workbench, seed: int) -> None:
        self._bench = bench
        self._random = random.Random(seed)
        self.errors: list[str] = []
        bench.runner.failed.connect(
            lambda slot, _request, error: self.errors.append(f"{slot}: {error} {error.details}")
        )
        self._operations: list[tuple[int, Callable[[], object]]] = [
            (40, self._walk),
            (15, self._look_at_another_picture),
            (10, self._make_patterns),
            (5, self._open_another_network),
            (15, self._display_otherwise),
            (5, self._resize),
            (10, self._undo_or_redo),
        ]

    def operate(self) -> None:
        """Does one thing, and waits for what comes of it."""
        weights, operations = zip(*self._operations, strict=True)
        self._random.choices(operations, weights)[0]()
        self.wait()

    def go_home(self) -> None:
        """Puts everything back to the start: what is open and what was open before, the picture and the choices."""
        bench, session = self._bench, self._bench.session
        for network in (NETWORKS[0], NETWORKS[1], NETWORKS[0]):
            bench.networks.open(network)
            self.wait()
        bench.pictures.open_file(PHOTOS[0])
        self.wait()
        session.display(Display())
        session.look_through(Lens.ACTIVATION)
        session.choose_size((224, 224))
        session.select_layer(DEFAULT_LAYER)
        session.select_channels((0,))
        bench.patterns.generate("0-1", replace(PRESETS["clear"], size=48, steps=6))
        self.wait()

    def wait(self) -> None:
        """Waits until nothing runs."""
        loop = QEventLoop()
        timer = QTimer(interval=5)
        timer.timeout.connect(lambda: None if any(map(self._bench.runner.busy, SLOTS)) else loop.quit())
        timer.start()
        loop.exec()
        timer.stop()
        QApplication.processEvents()

    def memory(self) -> tuple[int, int]:
        """Resident memory of the window's and the engine's process in bytes."""
        gc.collect()
        # As the program does some times a minute.
        trim()
        engine = psutil.Process(self._bench.runner.engine_pid)
        return psutil.Process().memory_info().rss, engine.memory_info().rss

    def _walk(self) -> None:
        network = self._bench.session.state.network
        assert network is not None
        layer = self._random.choice([layer for layer in network.layers if layer.channels])
        self._bench.session.select_layer(layer.name)
        channel = self._random.randrange(layer.channels)
        self._bench.session.select_channels((channel,))
        self._bench.session.look_through(self._random.choice(list(Lens)))

    def _look_at_another_picture(self) -> None:
        self._bench.pictures.open_file(self._random.choice(PHOTOS))
        self.wait()
        self._bench.session.choose_size(self._random.choice(SIZES))

    def _make_patterns(self) -> None:
        network = self._bench.session.state.network
        assert network is not None
        layers = [layer for layer in network.layers if layer.kind is LayerKind.MAPS]
        layer = self._random.choice(layers)
        self._bench.session.select_layer(layer.name)
        preset = PRESETS[self._random.choice(["clear", "tutorial"])]
        settings = replace(preset, size=self._random.choice([32, 48]), steps=6, seed=self._random.randrange(1000))
        self._bench.patterns.generate(f"0-{self._random.randrange(min(4, layer.channels))}", settings)

    def _open_another_network(self) -> None:
        self._bench.networks.open(self._random.choice(NETWORKS))

    def _display_otherwise(self) -> None:
        pick = self._random.choice
        display = Display(
            pick(list(Scale)), pick(["viridis", "magma", "gray"]), pick(list(SortKey)), pick([0, 8, 16])
        )
        self._bench.session.display(display)

    def _resize(self) -> None:
        self._bench.window.resize(self._random.randrange(900, 1600), self._random.randrange(600, 1000))

    def _undo_or_redo(self) -> None:
        for _ in range(self._random.randrange(1, 4)):
            self._random.choice([self._bench.session.undo, self._bench.session.redo])()


def run(operations: int, seed: int, home: Path, taken_down: Callable[[Points], None]) -> Points:
    """Works, with settings in a folder; returns and takes down the memory after every `EVERY` operations."""
    app = QApplication(["soak"])
    store = QSettings(str(home / "soak.ini"), QSettings.Format.IniFormat)
    settings = Settings(store)
    settings.memory_budget = LEAST_BUDGET
    Garbage(app)
    bench = Workbench(app, settings, Reports(app))
    bench.start(NETWORKS[0], PHOTOS[0])
    soak = Soak(bench, seed)
    points: Points = []
    try:
        soak.go_home()
        for done in range(1, operations + 1):
            soak.operate()
            if done % EVERY == 0:
                soak.go_home()
                window, engine = soak.memory()
                points.append({"done": done, "window": window, "engine": engine})
                print(f"{done:5d} operations: window {window / 1e6:.0f} MB, engine {engine / 1e6:.0f} MB", flush=True)
                taken_down(points)
    finally:
        bench.window.close()
    for error in soak.errors:
        print(error)
    if soak.errors:
        raise SystemExit("Something failed.")
    return points


def main(home: Path) -> int:
    """Runs it; 1 if memory grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("operations", type=int, nargs="?", default=500)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--report", action="store_true", help="take it down for docs/reliability.md")
    options = parser.parse_args()

    def take_down(points: Points) -> None:
        # Every time: a run that is ended early is worth something too.
        if options.report:
            SEEN.parent.mkdir(parents=True, exist_ok=True)
            head = {"text": f"{summary(points)}. Seed {options.seed}."}
            SEEN.write_text("".join(json.dumps(row) + "\n" for row in [head, *points]))

    points = run(options.operations, options.seed, home, take_down)
    print(summary(points))
    return int(any(growth > ALLOWED for growth in growths(points).values()))


def growths(points: Points) -> dict[str, float]:
    """By how much of its size each process has grown from the first point to the last."""
    return {name: points[-1][name] / points[0][name] - 1 for name in ("window", "engine")}


def summary(points: Points) -> str:
    """The same as a sentence."""
    text = ", ".join(f"{name} {growth:+.1%}" for name, growth in growths(points).items())
    return f"From operation {points[0]['done']} to {points[-1]['done']}: {text}"

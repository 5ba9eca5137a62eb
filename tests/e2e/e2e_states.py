"""The states that a fault may meet the application in: how the window is brought there, and what was there before."""

from __future__ import annotations

import itertools
import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from e2e_held_engine import MOMENTS, Hold
from PIL import Image
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QLabel

from cnnviz_gui.core.mosaic import TUTORIAL_PER_ROW
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.jobs.guard import usual_patience
from cnnviz_gui.presenters import slots
from cnnviz_gui.resources import calibration_folder, log_file
from cnnviz_gui.session.state import Display

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e_desktop import Desktop
    from e2e_robot import Robot

    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.core.requests import Grid, Request

HOME_LAYER, NEXT_LAYER = "second", "third"
SIZE = (64, 64)
PATTERN = PatternSettings(size=32, steps=6, rotate=0, scale=0, jitter=0)
OLDER = b"an older file, which must survive"
_numbers = itertools.count(1)


class Watch(QObject):
    """Looks at the window as often as a screen shows it.

    It sees how long the window stood still, what its error bar said, and whether the grid's picture was ever gone.
    """

    def __init__(self, robot: Robot) -> None:
        super().__init__(robot.bench)
        self.sentences: list[str] = []
        self.longest_ms = 0.0
        self.was_empty = False
        self._error = robot.find("jobErrorText", QLabel)
        self._empty = robot.find("grid_empty_text", QLabel)
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self, interval=10)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Looks now."""
        self.longest_ms = max(self.longest_ms, self._clock.nsecsElapsed() / 1e6)
        self._clock.start()
        said = self._error.text() if self._error.isVisible() else ""
        if said and said not in self.sentences:
            self.sentences.append(said)
        self.was_empty |= self._empty.isVisible()

    def end(self) -> None:
        """Looks a last time."""
        self._timer.stop()
        self.look()


class Patience:
    """How long one step of a job may take: as long as ever, unless a test is in a hurry."""

    def __init__(self) -> None:
        self._seconds: float | None = None

    def __call__(self, request: Request | None) -> float:
        return usual_patience(request) if self._seconds is None else self._seconds

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        """Is so many seconds for a while."""
        self._seconds = seconds
        yield
        self._seconds = None


@dataclass
class Cell:
    """One fault in one state.

    Args:
        robot: The person in front of the window.
        hold: Holds the engine at the state.
        desktop: Tells the window how dense the screen is.
        state: Name of the state.
        folder: What the cell may do with as it likes; `picture`, `network` and `target` lie in it at first.
        settings: The settings file.
        network: The file that the state `opening` opens.
        picture: The picture on the screen.
        target: What the state `export` writes; an older file is there already.
        patience: With a step of a job.
        before: The grid on the screen when the fault struck.
        watch: Looks at the window from then on.
        struck: When that was, in seconds as `time.monotonic` counts them.
        patterns: Patterns that were made before the fault, where it is about them.
        logged: How much stood in the log then.
        undo: What puts the world right again, to be called from the last to the first.
    """

    robot: Robot
    hold: Hold
    desktop: Desktop
    state: str
    folder: Path
    settings: Path
    network: Path
    picture: Path
    target: Path
    patience: Patience
    before: Grid | None = None
    watch: Watch | None = None
    struck: float = 0.0
    patterns: Patterns | None = None
    logged: int = 0
    undo: list[Callable[[], object]] = field(default_factory=list)

    @property
    def slot(self) -> str:
        """The slot of the job that the state is about."""
        return STATES[self.state].slot

    @property
    def home_network(self) -> Path:
        """The file of the network that is open."""
        state = self.robot.bench.session.state
        assert state.network is not None
        return type(self.folder)(state.network.source.name)

    def press_stop(self) -> None:
        """Presses the Stop button of the job, as soon as that is seen."""
        self.robot.wait(lambda: self.robot.shows_job(self.slot))
        button = self.robot.find(f"job-{self.slot}").findChild(QAbstractButton, "jobStop")
        assert button is not None
        self.robot.click(button)

    def reach(self) -> None:
        """Brings the application into the state and holds the engine there."""
        self.before = self.robot.grid
        self.hold.arm(self.state)
        STATES[self.state].begin(self)
        self.robot.wait(lambda: self.hold.pid)
        assert self.hold.pid == self.robot.bench.runner.engine_pid

    def strike(self, fault: Callable[[Cell], object]) -> None:
        """Lets the fault happen; time runs from here."""
        self.watch = Watch(self.robot)
        self.logged = len(log_file().read_text())
        self.struck = time.monotonic()
        fault(self)

    def look(self) -> None:
        """Takes down what the bar says just now, before it says something else."""
        assert self.watch is not None
        self.watch.look()

    def unfinished_files(self) -> list[str]:
        """Files that are neither whole nor what was there before."""
        own = (self.folder, self.settings.parent, calibration_folder())
        found = [path for folder in own for path in folder.rglob("*.tmp") if path.is_file()]
        for path in self.folder.rglob("*.png"):
            if path.read_bytes() != OLDER:
                try:
                    with Image.open(path) as image:
                        image.load()
                except OSError:
                    found.append(path)
        return [str(path) for path in found if path != self.picture]


@dataclass(frozen=True)
class State:
    """A state.

    Args:
        slot: The slot of its job.
        begin: Asks for that job.
    """

    slot: str
    begin: Callable[[Cell], object]


def _begin_import(cell: Cell) -> None:
    cell.robot.bench.runner.kill()


def _begin_opening(cell: Cell) -> None:
    cell.robot.bench.networks.open(NetworkSource(str(cell.network)))


def _begin_activations(cell: Cell) -> None:
    # A size that was never seen before: nothing about it is in a cache.
    cell.robot.bench.session.choose_size((SIZE[0], SIZE[1] + next(_numbers)))


def new_seed() -> PatternSettings:
    """What patterns are made with; of a seed that was never used before, so that nothing is in a cache."""
    return replace(PATTERN, seed=next(_numbers))


def _begin_patterns(cell: Cell) -> None:
    cell.robot.bench.patterns.generate("0-1", new_seed())


def _begin_export(cell: Cell) -> None:
    cell.robot.bench.exports.export_grid(str(cell.target))


STATES: dict[str, State] = {
    "importing": State(slots.REOPEN, _begin_import),
    "opening": State(slots.NETWORK, _begin_opening),
    "tracing": State(slots.PATTERNS, _begin_patterns),
    "activations": State(slots.GRID, _begin_activations),
    "pattern step 1": State(slots.PATTERNS, _begin_patterns),
    "pattern middle": State(slots.PATTERNS, _begin_patterns),
    "export": State(slots.EXPORT, _begin_export),
}
assert tuple(STATES) == MOMENTS


def go_home(robot: Robot, home: Path, prototypes: Path) -> None:
    """Puts everything back: the network, the picture and the layer, whatever the cell before has left."""
    home.mkdir(exist_ok=True)
    network, picture = home / "network.keras", home / "picture.jpg"
    for path in (network, picture):
        if not path.exists() or path.stat().st_size != (prototypes / path.name).stat().st_size:
            shutil.copyfile(prototypes / path.name, path)
    bench, session = robot.bench, robot.bench.session
    robot.wait_until_idle()
    if session.state.network is None or session.state.network.source.name != str(network):
        bench.networks.open(NetworkSource(str(network)))
    if session.state.picture is None or session.state.picture.picture.path != str(picture):
        bench.pictures.open_file(str(picture))
    robot.wait_until_idle()
    # Fitted channels are drawn anew when a line of the window comes or goes: another job than the one that is held.
    session.display(Display(per_row=TUTORIAL_PER_ROW))
    session.choose_size(SIZE)
    session.select_layer(HOME_LAYER)
    session.select_channels((0,))
    robot.wait_for_grid(HOME_LAYER)
    robot.wait_until_idle()
    robot.window.bar.clear_errors()

"""Every fault in every state: nothing hangs, nothing is left, one sentence says it, and the next job works.

Each cell holds a real engine process at a moment of a real job of the real window, lets the fault happen there, and
looks what becomes of it. `make reliability` runs the whole table and writes what it saw into docs/reliability.md; the
ordinary run of the tests takes the cells on its diagonals, every fault and every state among them.
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from e2e_fault import Fault, explains
from e2e_faults import FAULTS
from e2e_held_engine import ENGINE, MOMENTS, VARIABLE, Hold, heed_permissions
from e2e_robot import Robot
from e2e_states import NEXT_LAYER, OLDER, Cell, Patience, go_home
from e2e_table import Table, is_in_the_ordinary_run

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.jobs.runner import JobRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from e2e_desktop import Desktop
    from e2e_screen import Screenshots
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.app import Workbench

CELLS = [
    pytest.param(fault, state, id=f"{fault.name}-{state}".replace(" ", "-"))
    for row, fault in enumerate(FAULTS)
    for column, state in enumerate(MOMENTS)
    if state not in fault.without and is_in_the_ordinary_run(row, column)
]

CLOSED = "window closed"
CLOSED_IN = [state for column, state in enumerate(MOMENTS) if is_in_the_ordinary_run(0, column)]


@pytest.fixture(scope="session")
def hold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hold]:
    """Holds every engine that is started from now on."""
    folder = tmp_path_factory.mktemp("hold")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder))
        yield Hold(folder)


@pytest.fixture(scope="session")
def patience() -> Patience:
    """The engine's guard has this patience."""
    return Patience()


@pytest.fixture(scope="session")
def start_held(
    hold: Hold,
    patience: Patience,
    make_bench: Callable[..., Workbench],
    prototypes: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], Workbench]:
    """Starts applications whose engines can be held, with a home of their own."""

    def start() -> Workbench:
        config = tmp_path_factory.mktemp("home") / "config"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_CONFIG_HOME", str(config))
            patch.setattr("cnnviz_gui.app.ENGINE", ENGINE)
            assert JobRunner.__init__.__kwdefaults__
            patch.setitem(JobRunner.__init__.__kwdefaults__, "patience", patience)
            # A person waits five seconds; nothing else differs.
            patch.setitem(JobRunner.__init__.__kwdefaults__, "stop_patience", 1.0)
            bench = make_bench(str(config / "cnnviz-gui" / "cnnviz-gui.ini"))
        bench.start(NetworkSource(str(prototypes / "network.keras")), str(prototypes / "picture.jpg"))
        return bench

    return start


@pytest.fixture(scope="session")
def held_bench(start_held: Callable[[], Workbench]) -> Workbench:
    """The application that all cells share but those that close it."""
    return start_held()


@pytest.fixture(scope="session")
def table() -> Table:
    """Takes down what was seen."""
    table = Table([(name, state) for name in (*(fault.name for fault in FAULTS), CLOSED) for state in MOMENTS])
    for fault in FAULTS:
        for state, reason in fault.without.items():
            table.leave_out(fault.name, state, reason)
    return table


@pytest.fixture
def make_cell(
    hold: Hold,
    desktop: Desktop,
    patience: Patience,
    prototypes: Path,
    tmp_path: Path,
    qtbot: QtBot,
    screenshots: Screenshots,
) -> Iterator[Callable[[Workbench], Cell]]:
    """Puts a window at home, and makes a folder with everything that a fault needs."""
    ends: list[Callable[[], object]] = []

    def make(bench: Workbench) -> Cell:
        robot = Robot(bench, qtbot, screenshots)
        hold.release()
        bench.window.show()
        bench.window.activateWindow()
        folder = tmp_path / "use"
        folder.mkdir()
        go_home(robot, tmp_path / "home", prototypes)
        for name in ("network.keras", "picture.jpg"):
            shutil.copyfile(prototypes / name, folder / name)
        target = folder / "target.png"
        target.write_bytes(OLDER)
        settings = Path(bench._settings._store.fileName())
        files = (settings, folder / "network.keras", folder / "picture.jpg", target)
        cell = Cell(robot, hold, desktop, "", folder, *files, patience)
        ends.extend([heed_permissions(), lambda: [undo() for undo in reversed(cell.undo)], hold.release])
        return cell

    yield make
    while ends:
        ends.pop()()


@pytest.fixture
def cell(held_bench: Workbench, make_cell: Callable[[Workbench], Cell]) -> Cell:
    """The shared window at home."""
    return make_cell(held_bench)


@pytest.mark.parametrize(("fault", "state"), CELLS)
def test_survives(fault: Fault, state: str, cell: Cell, table: Table) -> None:
    robot, runner = cell.robot, cell.robot.bench.runner
    cell.state = state
    if fault.prepare:
        fault.prepare(cell)
    cell.reach()
    engine = runner.engine_pid

    cell.strike(fault.strike)

    cell.hold.release()
    robot.wait(lambda: not runner.busy(cell.slot))
    robot.wait_until_idle()
    robot.wait(lambda: runner.status.state == "ready")
    assert cell.watch is not None
    expected = fault.said.get(state, "")
    if expected:
        robot.wait(lambda: cell.watch.sentences)
    if fault.meet:
        assert bool(cell.watch.sentences) == bool(expected)
        robot.window.bar.clear_errors()
        fault.meet(cell)
        robot.wait_until_idle()
    last = robot.grid
    assert last is cell.before or last.request == robot.bench.grids.request(robot.bench.session.state)
    assert not robot.text("grid_empty_text")
    if fault.mend:
        fault.mend(cell)
    robot.bench.session.select_layer(NEXT_LAYER)
    robot.wait_for_grid(NEXT_LAYER)
    took = time.monotonic() - cell.struck
    cell.watch.end()

    said = cell.watch.sentences
    wanted = [sentence for sentence in (expected, *fault.met) if sentence]
    assert len(said) <= len(wanted), said
    for sentence in wanted:
        assert any(re.search(sentence, text) for text in said), said
    for text in said:
        assert any(re.search(sentence, text) for sentence in wanted), said
        assert explains(text)
    assert not cell.watch.was_empty
    if state not in fault.may_end_engine:
        assert (runner.engine_pid != engine) == fault.ends_engine
    # The session is written every now and then.
    robot.wait(lambda: not cell.unfinished_files())
    table.add(fault.name, state, took, cell.watch.longest_ms, said)


@pytest.mark.parametrize("state", CLOSED_IN)
def test_the_window_closes(
    state: str, start_held: Callable[[], Workbench], make_cell: Callable[[Workbench], Cell], table: Table
) -> None:
    bench = start_held()
    cell = make_cell(bench)
    cell.state = state
    cell.reach()
    engine = cell.hold.pid

    cell.strike(lambda cell: cell.robot.window.close())

    took = time.monotonic() - cell.struck
    assert cell.watch is not None
    cell.watch.end()
    assert not psutil.pid_exists(engine or 0)
    assert bench.runner.engine_pid is None
    assert cell.unfinished_files() == []
    assert cell.target.read_bytes() == OLDER
    assert "[recent]" in cell.settings.read_text()
    table.add(CLOSED, state, took, cell.watch.longest_ms, [])

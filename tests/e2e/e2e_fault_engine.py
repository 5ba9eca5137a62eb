"""What happens to the engine's process."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import psutil
from e2e_fault import Fault, everywhere, put_back
from e2e_held_engine import MOMENTS, ROOM
from e2e_states import PATTERN, STATES

from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.presenters import slots
from cnnviz_gui.resources import log_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e_states import Cell

STOPPED = r"[Tt]he engine (stopped unexpectedly|was ended before this was done)"


def _signal(number: signal.Signals) -> Callable[[Cell], object]:
    def strike(cell: Cell) -> None:
        assert cell.hold.pid is not None
        os.kill(cell.hold.pid, number)
        cell.hold.release()
        _wait_for_end(cell)

    return strike


def _freeze(cell: Cell) -> None:
    assert cell.hold.pid is not None
    os.kill(cell.hold.pid, signal.SIGSTOP)
    cell.hold.release()
    cell.press_stop()
    _wait_for_end(cell)


def _never_yield(cell: Cell) -> None:
    cell.press_stop()
    _wait_for_end(cell)
    cell.hold.release()


def _wait_for_end(cell: Cell) -> None:
    cell.robot.wait(lambda: not psutil.pid_exists(cell.hold.pid or 0))


def _freeze_for_long(cell: Cell) -> None:
    """Nobody presses Stop; a person would wait for minutes."""
    assert cell.hold.pid is not None
    os.kill(cell.hold.pid, signal.SIGSTOP)
    cell.hold.release()
    with cell.patience.of(2.0):
        _wait_for_end(cell)


def _outgrow(cell: Cell) -> None:
    memory = psutil.Process(cell.hold.pid).memory_info().rss
    cell.robot.bench.runner.set_memory_budget(memory + ROOM)
    _allow_as_much_again(cell)
    cell.hold.order("grow")
    _wait_for_end(cell)


def _allow_as_much_again(cell: Cell) -> None:
    """The engine that lives on sets its limits anew when it is told its budget."""
    cell.undo.append(lambda: cell.robot.bench.runner.set_memory_budget(default_memory_budget()))


def _eat_memory(cell: Cell) -> None:
    _allow_as_much_again(cell)
    cell.hold.order("eat memory")
    cell.robot.wait(lambda: cell.hold.is_obeyed)


def _check_halving(cell: Cell) -> None:
    """In the middle of patterns the batch was halved, and all of them were made."""
    if STATES[cell.state].slot == slots.PATTERNS:
        made = cell.robot.bench.patterns.finished
        assert made is not None
        assert made.channels == (0, 1)
        assert made.steps == (PATTERN.steps,) * 2
        assert "1 at a time from here on" in log_file().read_text()[cell.logged :]


ENGINE_FAULTS = (
    Fault("engine killed (SIGKILL)", _signal(signal.SIGKILL), everywhere(STOPPED), ends_engine=True),
    Fault("engine crashed (SIGSEGV)", _signal(signal.SIGSEGV), everywhere(STOPPED), ends_engine=True),
    Fault("engine frozen (SIGSTOP), then Stop", _freeze, everywhere(STOPPED), ends_engine=True),
    Fault("the job never yields, then Stop", _never_yield, everywhere(STOPPED), ends_engine=True),
    Fault(
        "engine frozen (SIGSTOP), nobody presses Stop",
        _freeze_for_long,
        everywhere(r"no sign of life"),
        ends_engine=True,
    ),
    Fault(
        "more memory than the budget",
        _outgrow,
        everywhere(r"of memory were used"),
        mend=put_back,
        ends_engine=True,
    ),
    Fault(
        "out of memory: refused by the system",
        _eat_memory,
        {state: r"memory" for state in MOMENTS if STATES[state].slot != slots.PATTERNS},
        mend=_check_halving,
        may_end_engine=("importing",),
    ),
)

"""What happens to the window from outside: its looks, its screen, and another copy of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e_fault import Fault, put_back
from e2e_fault_settings import read_settings
from e2e_program import Program
from e2e_scale import assert_sharp, assert_whole, change_scale
from e2e_states import HOME_LAYER
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from e2e_states import Cell


def _run_second_copy(cell: Cell) -> None:
    """Starts the program with the same settings, waits for its first picture, and closes it."""
    program = Program(cell.settings.parents[2], cell.robot.qtbot, str(cell.network), str(cell.picture))
    try:
        program.wait(lambda: program.count("grid"))
        program.activate()
        program.press("ctrl+q")
        program.wait_for_end()
        assert program.output == ""
    finally:
        program.end()


def _change_theme(cell: Cell) -> None:
    for theme in ("dark", "light"):
        cell.robot.window.theme_chosen.emit(theme)
        QApplication.processEvents()


def _grow_text(cell: Cell) -> None:
    font = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(1.5 * font.pointSizeF())
    QApplication.setFont(larger)
    QApplication.processEvents()
    cell.undo.append(lambda: QApplication.setFont(font))


def _double_scale(cell: Cell) -> None:
    cell.undo.append(lambda: change_scale(cell.robot, cell.desktop, 1.0))
    change_scale(cell.robot, cell.desktop, 2.0)


def _look_sharply(cell: Cell) -> None:
    cell.robot.bench.session.select_layer(HOME_LAYER)
    cell.robot.wait_for_grid(HOME_LAYER)
    assert_whole(cell.robot)
    assert_sharp(cell.robot)


def _return_to_scale(cell: Cell) -> None:
    put_back(cell)
    assert_whole(cell.robot)
    assert_sharp(cell.robot)


WINDOW_FAULTS = (
    Fault("a second copy of the application starts, works and ends", _run_second_copy, mend=read_settings),
    Fault("theme changes", _change_theme),
    Fault("text grows by half", _grow_text, mend=put_back),
    Fault("the screen's scale doubles, and goes back", _double_scale, meet=_look_sharply, mend=_return_to_scale),
)

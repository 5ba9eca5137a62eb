"""The first seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e_robot import Robot
from e2e_screen import CAT
from PySide6.QtCore import QEvent, QObject

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.resources import DEFAULT_LAYER, DEFAULT_NETWORK

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e_screen import Screenshots
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.app import Workbench


class FirstPaint(QObject):
    """Notes how the engine is when the window is painted for the first time."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._bench = bench
        self.engine = ""
        bench.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self.engine:
            self.engine = self._bench.runner.status.state
        return False


def test_the_window_is_painted_before_the_engine_is_ready_and_then_shows_the_cat_without_a_click(
    make_bench: Callable[[], Workbench], qtbot: QtBot, screenshots: Screenshots
) -> None:
    bench = make_bench()
    robot = Robot(bench, qtbot, screenshots)
    first_paint = FirstPaint(bench)

    bench.start(NetworkSource(DEFAULT_NETWORK), CAT)

    robot.wait(lambda: first_paint.engine)
    assert first_paint.engine == "starting"
    robot.screenshot("start-before-the-engine-is-ready")
    assert "starting" in robot.text("engineState")
    assert robot.text("grid_empty_text")
    robot.wait_for_grid(DEFAULT_LAYER)
    robot.wait_until_idle()
    robot.wait(lambda: robot.classes)
    robot.screenshot("start-first-grid")
    assert robot.title == "block5c_add 14 x 14 x 112"
    assert robot.layer_in_tree == "block5c_add"
    assert robot.text("pictureName") == "chelsea_cat.jpg"
    assert robot.classes[0].startswith("Egyptian cat ")
    assert len(robot.classes) == 5
    assert robot.text("inspector_title") == "Channel 0"
    assert "chelsea_cat.jpg" in bench.window.windowTitle()
    assert robot.error == ""
    bench.window.close()
    assert bench.runner.engine_pid is None

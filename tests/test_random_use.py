"""Whatever a person does, in whatever order: the window stays true to itself.

A machine clicks, types, drops, resizes, undoes and closes at random on the real window with a real engine and a small
network, without waiting for anything, and after every step looks at what must always hold. Hypothesis shrinks a
sequence that breaks it and prints how to replay it (`@reproduce_failure`). The ordinary run always tries the same
sequences; `HYPOTHESIS_PROFILE=long pytest tests/test_random_use.py` tries many more, others each time.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QTimer, QUrl, qInstallMessageHandler
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QDockWidget, QLineEdit, QMenu, QTreeView, QWidget

from cnnviz_gui.app import Workbench
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.presenters import slots
from cnnviz_gui.resources import sample_photos
from cnnviz_gui.settings import Settings
from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas
from cnnviz_gui.ui.reports import Reports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
PROFILE = settings(
    max_examples=200 if LONG else 12,
    stateful_step_count=40 if LONG else 25,
    derandomize=not LONG,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
PATIENCE = 120_000
SLOTS = tuple(slot for name, slot in vars(slots).items() if name.isupper())
NETWORK_PROGRAM = Path(__file__).parent / "e2e" / "e2e_network.py"
points = st.tuples(st.floats(0.02, 0.98), st.floats(0.02, 0.98))
buttons = st.sampled_from([Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
keys = st.sampled_from(
    [Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Escape,
     Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Tab, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_0]
)  # fmt: skip
modifiers = st.sampled_from(
    [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier]
)


class Stage:
    """The application on which everything is played; starting one takes seconds, so that all plays share it.

    Args:
        app: Qt's.
        folder: Its settings, and the files that are dropped.
        wait: Waits until something holds.
    """

    def __init__(self, app: QApplication, folder: Path, wait: Callable[[Callable[[], object]], object]) -> None:
        self._app, self._folder, self.wait = app, folder, wait
        self.went_wrong: list[str] = []
        self.files = self._make_files()
        self.photos = [photo.path for photo in sample_photos()[:3]]
        self._reports = Reports(app)
        self._reports.reported.connect(lambda what, _hint, details: self.went_wrong.append(f"{what} {details}"))
        qInstallMessageHandler(lambda _kind, _context, text: self._on_message(text))
        # Whatever waits for an answer gets none.
        self._refusal = QTimer(interval=20)
        self._refusal.timeout.connect(_refuse)
        self._refusal.start()
        self.bench = self._start()

    def _on_message(self, text: str) -> None:
        if not text.startswith("This plugin does not support"):
            self.went_wrong.append(text)

    def _make_files(self) -> dict[str, Path]:
        folder = self._folder
        files = {name: folder / name for name in ("small.keras", "other.keras", "broken.keras", "text.png")}
        subprocess.run([sys.executable, NETWORK_PROGRAM, files["small.keras"]], check=True, capture_output=True)
        shutil.copyfile(files["small.keras"], files["other.keras"])
        files["broken.keras"].write_bytes(files["small.keras"].read_bytes()[:5000])
        files["text.png"].write_text("no picture")
        return files

    def _start(self) -> Workbench:
        store = QSettings(str(self._folder / "settings.ini"), QSettings.Format.IniFormat)
        bench = Workbench(self._app, Settings(store), self._reports, sessions=self._folder / "sessions")
        bench.start(NetworkSource(str(self.files["small.keras"])), str(self.photos[0]))
        return bench

    def is_idle(self) -> bool:
        """Whether no job runs."""
        return not any(map(self.bench.runner.busy, SLOTS))

    def close(self) -> None:
        """Closes the application."""
        self.bench.window.close()
        self.bench.shut_down()

    def restart(self) -> None:
        """Closes the application and starts it again."""
        self.close()
        self.bench.window.deleteLater()
        self.bench = self._start()

    def go_home(self) -> None:
        """Puts everything back, so that a play does not depend on the one before."""
        bench, session = self.bench, self.bench.session
        for slot in SLOTS:
            bench.runner.cancel(slot)
        self._close_dialogs()
        bench.window.resize(1400, 900)
        for dock in bench.window.findChildren(QDockWidget):
            dock.show()
        bench.networks.open(NetworkSource(str(self.files["small.keras"])))
        bench.pictures.open_file(str(self.photos[0]))
        self.wait(lambda: self.is_idle() and session.state.network and session.state.picture)
        session.choose_size((64, 64))
        session.select_layer("second")
        session.select_channels((0,))
        self.wait(self.is_idle)
        bench.window.bar.clear_errors()

    def _close_dialogs(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog | QMenu) and widget.isVisible():
                widget.close()

    def close_dialogs(self) -> None:
        """Closes whatever has opened beside the window."""
        self._close_dialogs()


def _refuse() -> None:
    for asking in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
        if asking is not None:
            asking.close()


_stage: Stage | None = None


class Person(RuleBasedStateMachine):
    """Does things at random, and looks what must always hold."""

    def __init__(self) -> None:
        super().__init__()
        assert _stage is not None
        self.stage = _stage

    @property
    def bench(self) -> Workbench:
        return self.stage.bench

    def find(self, name: str, kind: type[Any] = QWidget) -> Any:  # noqa: ANN401
        found = self.bench.window.findChild(kind, name)
        assert found is not None
        return found

    @initialize()
    def begin(self) -> None:
        self.stage.go_home()
        self.stage.went_wrong.clear()

    # What a person does

    @rule(where=points, button=buttons, held=modifiers)
    def click_in_the_grid(
        self, where: tuple[float, float], button: Qt.MouseButton, held: Qt.KeyboardModifier
    ) -> None:
        canvas = self.bench.window.findChild(MosaicCanvas)
        if canvas is not None and canvas.isVisible():
            QTest.mouseClick(canvas, button, held, at(canvas, where))

    @rule(where=points)
    def hover_over_the_grid(self, where: tuple[float, float]) -> None:
        canvas = self.bench.window.findChild(MosaicCanvas)
        if canvas is not None and canvas.isVisible():
            QTest.mouseMove(canvas, at(canvas, where))

    @rule(where=points)
    def click_a_layer(self, where: tuple[float, float]) -> None:
        tree = self.find("layerTreeView", QTreeView)
        QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at(tree.viewport(), (0.3, where[1] / 2)))

    @rule(name=st.sampled_from(["layerTreeView", "mosaic_canvas", "layerSearch", "patternChannels"]), key=keys)
    def press_a_key(self, name: str, key: Qt.Key) -> None:
        widget = self.bench.window.findChild(QWidget, name)
        if widget is not None and widget.isVisible() and widget.isEnabled():
            widget.setFocus()
            QTest.keyClick(widget, key)

    @rule(text=st.sampled_from(["conv", ">=12", "third", "zzz", "", "(", "数"]))
    def search_layers(self, text: str) -> None:
        self.type_into("layerSearch", text)

    @rule(text=st.sampled_from(["0", "0-1", "3,1", "99", "", "a", "-1", "0-99999999999"]), press=st.booleans())
    def type_channels(self, text: str, press: bool) -> None:
        self.type_into("patternChannels", text)
        if press:
            # As Generate does, with less to compute than the button's settings.
            few = PatternSettings(size=32, steps=4, rotate=0, scale=0, jitter=0)
            self.bench.patterns.generate(text, few)

    @rule()
    def stop_patterns(self) -> None:
        self.bench.patterns.stop()

    @rule(name=st.sampled_from(["small.keras", "other.keras", "broken.keras", "text.png", 0, 1, 2, "gone.png"]))
    def drop_a_file(self, name: str | int) -> None:
        stage = self.stage
        path = stage.photos[name] if isinstance(name, int) else stage.files.get(name, Path("/gone.png"))
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        window = self.bench.window
        middle = QPointF(window.rect().center())
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(window, QDropEvent(middle, copy, mime, left, none))

    @rule(width=st.integers(700, 1700), height=st.integers(500, 1100))
    def resize(self, width: int, height: int) -> None:
        self.bench.window.resize(width, height)

    @rule(size=st.sampled_from([(32, 32), (48, 64), (64, 64)]))
    def choose_a_size(self, size: tuple[int, int]) -> None:
        self.bench.session.choose_size(size)

    @rule(box=st.sampled_from(["grid_scale", "grid_colormap", "grid_sort", "grid_per_row"]), step=st.integers(-2, 2))
    def turn_the_wheel_of_a_box(self, box: str, step: int) -> None:
        widget = self.find(box)
        if widget.isEnabled() and widget.isVisible():
            widget.setFocus()
            for _ in range(abs(step)):
                QTest.keyClick(widget, Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up)

    @rule(times=st.integers(1, 4), back=st.booleans())
    def undo_or_redo(self, times: int, back: bool) -> None:
        for _ in range(times):
            self.trigger("undo" if back else "redo")

    @rule(place=st.integers(0, 100))
    def choose_in_the_menu(self, place: int) -> None:
        names = sorted(set(self.bench.window._actions) - {"quit"})
        self.trigger(names[place % len(names)])

    @rule(place=st.integers(0, 10))
    def show_or_hide_a_dock(self, place: int) -> None:
        docks = sorted(self.bench.window.findChildren(QDockWidget), key=QDockWidget.objectName)
        docks[place % len(docks)].toggleViewAction().trigger()

    @rule()
    def wait_for_everything(self) -> None:
        self.stage.wait(self.stage.is_idle)

    @rule(milliseconds=st.integers(0, 60))
    def wait_a_moment(self, milliseconds: int) -> None:
        QTest.qWait(milliseconds)

    if LONG:

        @rule()
        def close_and_start_again(self) -> None:
            self.stage.restart()
            self.stage.go_home()

    # What must always hold

    @invariant()
    def nothing_went_wrong(self) -> None:
        QApplication.processEvents()
        self.stage.close_dialogs()
        assert self.stage.went_wrong == []

    @invariant()
    def the_location_is_valid(self) -> None:
        state = self.bench.session.state
        if state.network is None:
            assert not state.layer
            return
        layer = state.network.layer(state.layer)
        assert all(0 <= channel < layer.channels for channel in state.channels)
        assert len(set(state.channels)) == len(state.channels)
        grid = self.bench.grids.grid
        if state.position is not None and grid is not None and self.is_fresh():
            height, width, _ = grid.values.shape
            assert 0 <= state.position[0] < height
            assert 0 <= state.position[1] < width

    @invariant()
    def no_old_grid_is_shown_as_fresh(self) -> None:
        state, grid = self.bench.session.state, self.bench.grids.grid
        if grid is None or self.bench.window.grid._stale:
            return
        assert self.is_fresh()
        title = " ".join(self.find("grid_title").text().split())
        assert not title or title.startswith(state.layer)
        canvas = self.bench.window.findChild(MosaicCanvas)
        assert canvas is None or not title or canvas.scene.grid is grid

    @invariant()
    def the_tree_marks_the_layer(self) -> None:
        marked = self.find("layerTreeView", QTreeView).currentIndex().data()
        if not self.find("layerSearch", QLineEdit).text() and self.bench.session.state.network is not None:
            assert marked == self.bench.session.state.layer

    def teardown(self) -> None:
        """In the end everything is up to date, or the bar says why not."""
        self.stage.wait(self.stage.is_idle)
        QApplication.processEvents()
        assert self.stage.went_wrong == []
        said = self.find("jobErrorText").text() if self.find("jobError").isVisible() else ""
        state = self.bench.session.state
        if state.network is not None and state.picture is not None:
            assert self.is_fresh() or said

    def is_fresh(self) -> bool:
        grid = self.bench.grids.grid
        return grid is not None and grid.request == self.bench.grids.request(self.bench.session.state)

    def trigger(self, name: str) -> None:
        action = self.bench.window._actions[name][0]
        if action.isEnabled():
            action.trigger()

    def type_into(self, name: str, text: str) -> None:
        line = self.find(name)
        if not line.isVisible() or not line.isEnabled():
            return
        line.setFocus()
        QTest.keySequence(line, "Ctrl+A")
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)


def at(widget: QWidget, where: tuple[float, float]) -> QPoint:
    """A point of a widget, given as shares of its width and height."""
    return QPoint(int(where[0] * widget.width()), int(where[1] * widget.height()))


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    """The application, open at home."""
    hooks, handler = (sys.excepthook,), qInstallMessageHandler(None)
    stage = Stage(qapp, tmp_path, lambda condition: qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE))
    yield stage
    stage.close()
    stage._refusal.stop()
    sys.excepthook = hooks[0]
    qInstallMessageHandler(handler)


@pytest.mark.alone
def test_whatever_a_person_does_the_window_stays_true_to_itself(stage: Stage) -> None:
    global _stage
    _stage = stage
    run_state_machine_as_test(Person, settings=PROFILE)

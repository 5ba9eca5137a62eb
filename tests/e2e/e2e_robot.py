"""Drives the window as a person does: with mouse and keyboard, reading what is written on the screen."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
from e2e_screen import CAT, PATIENCE, SLOTS, Screen
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QScrollArea,
    QTreeView,
    QWidget,
)

from cnnviz_gui.core.mosaic import TUTORIAL_PER_ROW, Scale, grey_levels, statistics, tile
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.presenters import slots
from cnnviz_gui.resources import DEFAULT_LAYER, DEFAULT_NETWORK
from cnnviz_gui.session.state import Display, Lens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QWindow


NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Robot(Screen):
    """A person in front of the window: sees it, and works its mouse and keyboard."""

    def go_home(self) -> None:
        """Puts everything back to how the application starts; not through the window, since it is no test."""
        session = self.bench.session
        self.bench.queue.clear()
        # What shows the location is asked for once, when that changes: cancelled, it would stay out of date for ever.
        for slot in set(SLOTS) - {slots.GRID, slots.LOOK, slots.KERNELS}:
            self.bench.runner.cancel(slot)
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog | QMenu) and window.isVisible():
                window.close()
        source = NetworkSource(DEFAULT_NETWORK)
        if session.state.network is None or session.state.network.source != source:
            self.bench.networks.open(source)
        if session.state.picture is None or session.state.picture.picture.path != CAT:
            self.bench.pictures.open_file(CAT)
        self.wait(lambda: session.state.network is not None and session.state.network.source == source)
        self.wait(lambda: session.state.picture is not None and session.state.picture.picture.path == CAT)
        self.find("layerSearch", QLineEdit).clear()
        session.display(Display(per_row=TUTORIAL_PER_ROW))
        session.choose_size((224, 224))
        session.choose_preprocessing(session.state.network.preprocessing if session.state.network else "none")
        session.select_layer(DEFAULT_LAYER)
        session.select_channels((0,))
        session.select_position(None)
        session.look_through(Lens.ACTIVATION)
        self.bench.patterns.put("0-63", PatternSettings())
        self.window.bar.clear_errors()
        self.window.showNormal() if self.window.isFullScreen() else self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        self.canvas.fit()
        self.canvas.setFocus()
        self.wait_for_grid(DEFAULT_LAYER)
        self.wait_until_idle()

    def press(self, keys: str, times: int = 1) -> None:
        """Presses a key or a combination of keys, wherever the keyboard's focus is."""
        for _ in range(times):
            combination = QKeySequence(keys)[0]
            QTest.keyClick(self._keyboard(), combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Types, wherever the keyboard's focus is."""
        for letter in text:
            shift = Qt.KeyboardModifier.ShiftModifier if letter.isupper() else NO_KEYS
            QTest.keyClick(self._keyboard(), Qt.Key(ord(letter.upper())), shift)

    def type_into(self, name: str, text: str) -> None:
        """Clicks a field and types over what stands there."""
        field = self.find(name)
        self.click(field, QPoint(12, field.height() // 2))
        self.press("Ctrl+A")
        self.type(text)

    def _keyboard(self) -> QWindow:
        """The window that has the keyboard; while a list or a dialog closes it is none, or one that is gone."""

        def is_settled() -> bool:
            window = QGuiApplication.focusWindow()
            return window is not None and window.isVisible() and window.isActive()

        self.wait(is_settled)
        window = QGuiApplication.focusWindow()
        assert window is not None
        return window

    def click(
        self,
        widget: QWidget,
        point: QPointF | QPoint | None = None,
        *,
        keys: Qt.KeyboardModifier = NO_KEYS,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Clicks in a widget; in its middle unless a point is named."""
        handle, there = self.move_to(widget, point)
        QTest.mouseClick(handle, button, keys, there)

    def right_click(self, widget: QWidget, point: QPointF | QPoint | None = None) -> None:
        """Asks for the menu of what lies there."""
        self.click(widget, point, button=Qt.MouseButton.RightButton)

    def double_click(self, widget: QWidget, point: QPointF | QPoint | None = None) -> None:
        """Clicks twice, fast."""
        handle, there = self.move_to(widget, point)
        QTest.mouseDClick(handle, LEFT, NO_KEYS, there)

    def move_to(self, widget: QWidget, point: QPointF | QPoint | None = None) -> tuple[QWindow, QPoint]:
        """Moves the mouse, following what moves away from under it; says where it is then."""
        handle, there = self._aim(widget, point)
        QTest.mouseMove(handle, there)
        while (now := self._aim(widget, point)[1]) != there:
            there = now
            QTest.mouseMove(handle, there)
        return handle, there

    def turn_wheel(self, widget: QWidget, notches: int, point: QPointF | QPoint | None = None) -> None:
        """Turns the wheel; away from the person enlarges."""
        handle, there = self.move_to(widget, point)
        for _ in range(abs(notches)):
            QTest.wheelEvent(handle, QPointF(there), QPoint(0, 120 if notches > 0 else -120))

    def drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """Presses the button, moves the mouse in steps, and lets go."""
        handle, there = self.move_to(widget, start)
        QTest.mousePress(handle, LEFT, NO_KEYS, there)
        for step in range(1, 6):
            QTest.mouseMove(handle, there + (end - start) * step / 5)
        QTest.mouseRelease(handle, LEFT, NO_KEYS, there + (end - start))

    def _aim(self, widget: QWidget, point: QPointF | QPoint | None) -> tuple[QWindow, QPoint]:
        """The window's handle and the place in it; fails where another widget lies in the way.

        What lies out of sight in something that scrolls is scrolled into sight, as a person does.
        """
        around: QWidget | None = widget.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(widget)
            around = around.parentWidget()
        # What is still being laid out would move away from under the mouse.
        QApplication.processEvents()
        where = widget.rect().center() if point is None else QPointF(point).toPoint()
        window = widget.window()
        place = widget.mapTo(window, where)
        found = window.childAt(place)
        assert found is not None, f"{widget.objectName()} is out of sight at {where}"
        assert found is widget or widget.isAncestorOf(found), f"{found.objectName()} lies over {widget.objectName()}"
        return window.windowHandle(), place

    def click_channel(self, channel: int, keys: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Clicks a channel's tile in the grid."""
        self.click(self.canvas, self.tile(channel).center(), keys=keys)

    def hover_value(self, channel: int, row: int, column: int) -> None:
        """Moves the mouse onto one value of a channel."""
        area, tiling = self.tile(channel), self.grid.tiling
        where = QPointF(
            area.left() + (column + 0.5) * area.width() / tiling.tile_width,
            area.top() + (row + 0.5) * area.height() / tiling.tile_height,
        )
        self.move_to(self.canvas, where)

    def search_layer(self, text: str) -> None:
        """Types into the layers' search field, with the shortcut and the Enter key."""
        self.press("Ctrl+F")
        self.wait(self.find("layerSearch").hasFocus)
        self.type(text)
        self.press("Return")

    def click_layer(self, name: str) -> None:
        """Opens the blocks around a layer with the keyboard and clicks it."""
        tree = self.find("layerTreeView", QTreeView)
        index = next(index for index in rows_of(tree) if index.data() == name)
        above = []
        while (index_above := (above[-1] if above else index).parent()).isValid():
            above.append(index_above)
        for block in reversed(above):
            if not tree.isExpanded(block):
                tree.scrollTo(block)
                self.click(tree.viewport(), tree.visualRect(block).center())
                self.press("Right")
        tree.scrollTo(index)
        self.click(tree.viewport(), tree.visualRect(index).center())

    def choose(self, name: str, text: str) -> None:
        """Opens a box with the mouse and chooses an entry with the arrow keys."""
        box = self.find(name, QComboBox)
        self.click(box)
        self.wait(lambda: QApplication.activePopupWidget() is not None)
        steps = box.findText(text) - box.currentIndex()
        self.press("Down" if steps > 0 else "Up", abs(steps))
        self.press("Return")
        self.wait(lambda: QApplication.activePopupWidget() is None)
        assert box.currentText() == text

    def answer(self, ask: Callable[[], object], *replies: Callable[[QDialog], object]) -> None:
        """Does what opens a dialog that waits for an answer, or several one after another, and answers them.

        Args:
            ask: Opens the dialogs, and comes back when they are closed.
            replies: Each works a dialog and closes it.
        """
        failures: list[BaseException] = []
        left = list(replies)
        timer = QTimer(self.bench, interval=20)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog) or not dialog.isActiveWindow():
                return
            timer.stop()
            try:
                left.pop(0)(dialog)
                assert not dialog.isVisible(), f"{dialog.windowTitle()} did not close"
            except BaseException as error:  # noqa: BLE001 - raised below, out of the event loop
                failures.append(error)
                dialog.reject()
            if left and not failures:
                timer.start()

        def give_up() -> None:
            timer.stop()
            if isinstance(dialog := QApplication.activeModalWidget(), QDialog):
                dialog.reject()

        timer.timeout.connect(look)
        timer.start()
        end = QTimer(self.bench, singleShot=True, interval=PATIENCE)
        end.timeout.connect(give_up)
        end.start()
        ask()
        self.wait(lambda: not timer.isActive())
        end.stop()
        timer.stop()
        for failure in failures:
            raise failure
        assert not left, "no dialog was opened"

    def every(self, milliseconds: int, do: Callable[[], object]) -> QTimer:
        """Does something again and again, also while a dialog waits."""
        timer = QTimer(self.bench, interval=milliseconds)
        timer.timeout.connect(do)
        timer.start()
        return timer

    def type_path(self, dialog: QDialog, path: Path | str) -> None:
        """Types a path into a file dialog."""
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        assert line.hasFocus()
        self.press("Ctrl+A")
        QTest.keyClicks(line, str(path))
        if QApplication.activePopupWidget() is not None:
            self.press("Escape")

    def answer_path(self, ask: Callable[[], object], path: Path | str, step: str = "") -> None:
        """Answers a file dialog by typing a path."""

        def reply(dialog: QDialog) -> None:
            self.type_path(dialog, path)
            if step:
                self.screenshot(step)
            self.press("Return")

        self.answer(ask, reply)

    def choose_menu(self, *keys: str) -> None:
        """Walks the menus by their letters: the first with Alt."""
        self.press(f"Alt+{keys[0]}")
        for before, key in itertools.pairwise(keys):
            self.wait(lambda before=before: _is_open_for(before))
            self.press(key)

    def drop(self, target: QWidget, mime: QMimeData) -> None:
        """Drags something over a widget and lets it go there."""
        middle = target.rect().center()
        everything = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction
        enter = QDragEnterEvent(middle, everything, mime, LEFT, NO_KEYS)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted(), "the window does not take this"
        QApplication.sendEvent(target, QDragMoveEvent(middle, everything, mime, LEFT, NO_KEYS))
        event = QDropEvent(QPointF(middle), everything, mime, LEFT, NO_KEYS, QEvent.Type.Drop)
        QApplication.sendEvent(target, event)
        assert event.isAccepted()

    def tick(self, button: QAbstractButton) -> None:
        """Clicks a box or a round button at its mark, which is at its left."""
        self.click(button, QPoint(10, button.height() // 2))

    def press_button(self, dialog: QDialog, button: QDialogButtonBox.StandardButton) -> None:
        """Presses a dialog's button with the mouse."""
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        self.click(box.button(button))


def _is_open_for(key: str) -> bool:
    """Whether the menu is open that a key has opened.

    A letter marks a submenu's entry at once, and on a busy machine opens it a moment later: what was pressed in
    between would walk the menu around it.
    """
    menu = QApplication.activePopupWidget()
    if not isinstance(menu, QMenu):
        return False
    marked = menu.activeAction()
    return len(key) > 1 or marked is None or marked.menu() is None


def rows_of(tree: QTreeView, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """All rows of a tree from the top, the closed ones included."""
    above = parent or QModelIndex()
    model = tree.model()
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        yield index
        yield from rows_of(tree, index)


def tutorial_mosaic(activations: NDArray[np.float32], per_row: int = 16) -> NDArray[np.uint8]:
    """The mosaic of (H, W, C) activations on the tutorial's scale."""
    levels = grey_levels(activations, statistics(activations), Scale.TUTORIAL)
    return tile(np.moveaxis(levels, -1, 0), per_row)


def run_commands(*commands: list[str]) -> None:
    """Runs the console command several times in one process of its own: Keras is imported once."""
    program = "import json, sys; from cnnviz_gui.cli import main; sys.exit(max(map(main, json.loads(sys.argv[1]))))"
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(commands)],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr

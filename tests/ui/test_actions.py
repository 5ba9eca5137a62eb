"""The table of actions: its rows, their shortcuts, and when each can be used."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.session.situation import Situation
from cnnviz_gui.session.state import SessionState
from cnnviz_gui.ui.actions import MENUS, ROWS, Row, make_actions

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAMED = [row for row in ROWS if row.name]
LAYERS = (Layer("maps", "Conv2D", (None, None, 8), 1, "float32"), Layer("odd", "Lambda", (None,), 0, "float32"))
NETWORK = Network(NetworkSource("net"), "net", "abc", LAYERS, None, (8, 8), 3, "none", "", (), 1, "maps")
PICTURE = PictureRead(make_picture("cat.png", b"cat"), 8, 8, np.zeros((8, 8, 3), np.uint8), ())

EMPTY = Situation(SessionState())
OPEN = Situation(SessionState(network=NETWORK, layer="maps", channels=(0,)))
SEEN = Situation(replace(OPEN.state, picture=PICTURE), has_grid=True)
ALWAYS = {
    "open-picture",
    "open-folder",
    "paste-picture",
    "open-network",
    "open-application",
    "open-bundled",
    "open-parts",
    "forget-trusted",
    "quit",
    "full-screen",
    "large-patterns",
    "shortcuts",
    "show-log",
    "preferences",
    "about",
}
WITH_NETWORK = ALWAYS | {"search-layers", "load-weights", "generate"}
WITH_GRID = WITH_NETWORK | {
    "export-grid",
    "export-view",
    "export-channel",
    "export-layers",
    "copy-view",
    "generate-channel",
}


def usable(situation: Situation) -> set[str]:
    """Names of the actions that can be used."""
    return {row.name for row in NAMED if row.enabled(situation)}


def test_every_row_has_a_name_of_its_own_a_text_and_a_known_menu() -> None:
    assert len({row.name for row in NAMED}) == len(NAMED)
    assert all(row.text for row in NAMED)
    assert {row.menu for row in ROWS} == set(MENUS)


def test_no_shortcut_is_given_twice() -> None:
    shortcuts = Counter(QKeySequence(row.shortcut).toString() for row in NAMED if row.shortcut)
    assert [keys for keys, count in shortcuts.items() if count > 1] == []


@pytest.mark.parametrize("row", [row for row in NAMED if row.shortcut], ids=lambda row: row.name)
def test_every_shortcut_is_one_that_qt_understands(row: Row) -> None:
    keys = QKeySequence(row.shortcut)
    assert keys.count() == 1
    assert keys[0].key() is not Qt.Key.Key_unknown
    assert keys.toString(QKeySequence.SequenceFormat.PortableText) == row.shortcut


def test_an_action_that_asks_for_more_ends_in_dots() -> None:
    asks = {"open-picture", "open-folder", "open-network", "open-application", "open-parts", "load-weights"} | {
        row.name for row in NAMED if row.name.startswith("export-")
    }
    asks.add("preferences")
    assert {row.name for row in NAMED if row.text.endswith("…")} == asks


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (EMPTY, ALWAYS),
        (OPEN, WITH_NETWORK),
        (SEEN, WITH_GRID),
        (replace(SEEN, state=replace(SEEN.state, channels=())), WITH_GRID - {"export-channel", "generate-channel"}),
        (replace(SEEN, state=replace(SEEN.state, layer="odd", channels=())),
         WITH_GRID - {"generate", "export-channel", "generate-channel"}),
        (replace(OPEN, makes_patterns=True), WITH_NETWORK | {"stop-patterns"}),
        (replace(EMPTY, can_undo=True), ALWAYS | {"undo"}),
        (replace(EMPTY, can_redo=True), ALWAYS | {"redo"}),
        (replace(EMPTY, has_patterns=True), ALWAYS | {"export-patterns"}),
        (replace(EMPTY, has_several_pictures=True), ALWAYS | {"next-picture", "previous-picture"}),
        (replace(EMPTY, has_last_session=True), ALWAYS | {"restore-session"}),
    ],
    ids=["nothing", "network", "grid", "no channel", "layer without channels", "making patterns", "undo", "redo",
         "patterns", "several pictures", "last session"],
)  # fmt: skip
def test_an_action_can_be_used_when_what_it_needs_is_there(situation: Situation, expected: set[str]) -> None:
    assert usable(situation) == expected


def test_every_action_can_be_used_in_some_situation() -> None:
    full = replace(
        SEEN, can_undo=True, can_redo=True, has_patterns=True, has_several_pictures=True, has_last_session=True
    )
    assert usable(full) | usable(replace(full, makes_patterns=True)) == {row.name for row in NAMED}


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    """A window without anything in it."""
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


def make(window: QMainWindow, said: list[str]) -> tuple[dict[str, QMenu], dict[str, tuple[QAction, Row]]]:
    """Makes all menus and actions."""
    menus = {key: QMenu(text, window) for key, text in MENUS.items()}
    return menus, make_actions(window, menus, said.append)


def test_the_menus_hold_the_rows_in_the_order_of_the_table(window: QMainWindow) -> None:
    menus, _ = make(window, [])
    for key, menu in menus.items():
        found = [action.objectName() for action in menu.actions()]
        assert found == [row.name for row in ROWS if row.menu == key]
        assert [action.isSeparator() for action in menu.actions()] == [not name for name in found]


def test_an_action_says_its_name_when_it_is_triggered(window: QMainWindow) -> None:
    said: list[str] = []
    _, actions = make(window, said)
    for action, _ in actions.values():
        action.trigger()
    assert said == [row.name for row in NAMED]


def test_an_action_has_the_text_the_keys_and_the_icon_of_its_row(window: QMainWindow) -> None:
    _, actions = make(window, [])
    assert set(actions) == {row.name for row in NAMED}
    for action, row in actions.values():
        assert action.text() == row.text
        assert action.shortcut() == QKeySequence(row.shortcut)
        assert action.icon().isNull() == (not row.icon)

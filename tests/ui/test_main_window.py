"""The window as a whole: menus, recent things, drops, geometry, and everything within reach of the keyboard."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)

from cnnviz_gui import __version__
from cnnviz_gui.core.errors import NO_MESSAGE, message
from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.pattern_mosaic import pattern_mosaic, pattern_tiling
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.core.requests import Look, LookAtPicture
from cnnviz_gui.session.situation import Situation
from cnnviz_gui.session.state import Lens, SessionState
from cnnviz_gui.ui import dialogs
from cnnviz_gui.ui.actions import MENUS, ROWS
from cnnviz_gui.ui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.requests import Grid

    MakeGrid = Callable[..., Grid]

LAYER = Layer("block5c_add", "Add", (None, None, 20), 0, "float32")
NETWORK = Network(
    NetworkSource("net"), "A network", "abc", (LAYER,), None, (224, 224), 3, "none", "", ("cat",), 1, LAYER.name
)
PICTURE = PictureRead(make_picture("cat.png", b"cat"), 8, 8, np.zeros((8, 8, 3), np.uint8), ())
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    """The window on the screen, before anything is open."""
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def full(qtbot: QtBot, window: MainWindow, make_grid: MakeGrid) -> MainWindow:
    """The window with everything in it that can be in it."""
    values = np.random.default_rng(0).normal(size=(4, 4, 20)).astype(np.float32)
    grid = make_grid(values)
    window.show_situation(Situation(SessionState(network=NETWORK, picture=PICTURE, layer=LAYER.name), has_grid=True))
    window.tree.show_network(NETWORK)
    window.tree.show_layer(LAYER.name)
    window.picture.show_samples([("Cat", "/samples/cat.jpg")])
    window.picture.show_network(NETWORK)
    window.picture.show_picture(PICTURE)
    window.picture.show_input((224, 224), "none")
    request = LookAtPicture(NETWORK.source, PICTURE.picture, (224, 224), "none")
    window.picture.show_look(Look(request, 0.0, 1.0, {LAYER.name: (4, 4, 20)}, (("cat", 1.0),)))
    window.grid.show_grid(grid, "block5c_add   4 x 4 x 20")
    window.inspector.show_channel(grid, 3, None, PICTURE, "viridis")
    window.patterns.show_layer(LAYER)
    window.patterns.show_channels("0-3")
    tiling = pattern_tiling((0, 1, 2, 3), 8, "clear")
    pixels = pattern_mosaic(np.full((4, 8, 8, 3), 9, np.uint8), (0, 1, 2, 3), tiling)
    window.patterns.show_mosaic(pixels, tiling)
    window.bar.show_error(message("It is broken."), NO_MESSAGE, "Traceback")
    window.bar.show_job("export", "Saving", 0.5, None)
    qtbot.waitUntil(lambda: any(row.isVisible() for row in window.bar.findChildren(QWidget, "job-export")))
    return window


def action(window: MainWindow, name: str) -> QAction:
    """An action of the table."""
    return window.findChild(QAction, name)


def menu(window: MainWindow, name: str) -> QMenu:
    """A menu."""
    return window.findChild(QMenu, name)


def texts(menu: QMenu) -> list[str]:
    """What stands in a menu, without separators and mnemonics."""
    return [entry.text().replace("&", "") for entry in menu.actions() if not entry.isSeparator()]


# Menus and shortcuts


def test_every_menu_of_the_table_is_in_the_menu_bar(window: MainWindow) -> None:
    bar = [entry.text().replace("&", "") for entry in window.menuBar().actions()]
    assert bar == ["File", "Edit", "View", "Network", "Patterns", "Help"]


def test_every_action_of_the_table_stands_in_its_menu(window: MainWindow) -> None:
    for key in MENUS:
        found = [entry.objectName() for entry in menu(window, f"{key}Menu").actions()]
        expected = [row.name for row in ROWS if row.menu == key and row.name]
        assert [name for name in found if name in expected] == expected


def test_recent_things_stand_between_opening_and_exporting(window: MainWindow) -> None:
    file = texts(menu(window, "fileMenu"))
    first = file.index("Recent networks")
    assert file[first - 1].startswith("Open from keras.applications")
    assert file[first + 1] == "Recent pictures"
    assert file[first + 2].startswith("Export channel grid")


def test_the_view_menu_holds_every_dock_the_themes_and_the_languages(window: MainWindow) -> None:
    view = texts(menu(window, "viewMenu"))
    assert view[-6:] == ["Picture", "Layers", "Inspector", "Filter patterns", "Theme", "Language"]
    submenus = [entry.menu() for entry in menu(window, "viewMenu").actions() if entry.menu()]
    assert [texts(one) for one in submenus] == [
        ["As the system", "Light", "Dark"],
        ["As the system", "English", "简体中文"],
    ]


def test_no_shortcut_of_the_window_is_given_twice(full: MainWindow) -> None:
    keys = [keys for one in full.findChildren(QAction) for keys in one.shortcuts()]
    keys += [one.key() for one in full.findChildren(QShortcut)]
    count = Counter(one.toString() for one in keys if not one.isEmpty())
    assert [one for one, times in count.items() if times > 1] == []


def test_no_letter_is_underlined_twice_in_a_menu(window: MainWindow) -> None:
    for one in (window.menuBar(), *(menu(window, f"{key}Menu") for key in MENUS)):
        letters = [
            entry.text()[entry.text().index("&") + 1].lower() for entry in one.actions() if "&" in entry.text()
        ]
        assert [letter for letter, times in Counter(letters).items() if times > 1] == [], one.objectName()


def test_an_action_that_is_chosen_says_its_name(window: MainWindow) -> None:
    said = []
    window.command_requested.connect(said.append)
    names = [row.name for row in ROWS if row.name]
    for name in names:
        action(window, name).trigger()
    assert said == names


def test_a_shortcut_works_wherever_the_focus_is(qtbot: QtBot, full: MainWindow) -> None:
    full.activateWindow()
    qtbot.waitUntil(full.isActiveWindow)
    for name in ("mosaic_canvas", "patternMosaic", "layerTreeView", "inputSize", "preprocessing"):
        widget = full.findChild(QWidget, name)
        widget.setFocus()
        with qtbot.waitSignal(full.command_requested) as said:
            qtbot.keyClick(widget, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        assert said.args == ["open-picture"], name


# What can be used, the title, recent things, choices


def test_only_what_can_be_used_is_enabled(window: MainWindow) -> None:
    window.show_situation(Situation(SessionState()))
    assert action(window, "open-picture").isEnabled()
    assert not action(window, "export-grid").isEnabled()
    window.show_situation(Situation(SessionState(), has_grid=True, can_undo=True))
    assert action(window, "export-grid").isEnabled()
    assert action(window, "undo").isEnabled()
    assert not action(window, "redo").isEnabled()


def test_the_title_names_the_network_and_the_picture(window: MainWindow) -> None:
    state = SessionState()
    titles = []
    for one in (state, replace(state, network=NETWORK), replace(state, network=NETWORK, picture=PICTURE)):
        window.show_situation(Situation(one))
        titles.append(window.windowTitle())
    assert titles == ["cnnviz-gui", "A network — cnnviz-gui", "A network — cat.png — cnnviz-gui"]


def test_recent_networks_say_their_weights_and_pictures_their_names(window: MainWindow) -> None:
    networks = [
        NetworkSource("efficientnet-lite0"),
        NetworkSource("keras:ResNet50", "none", False),
        NetworkSource("/networks/you & me.keras"),
    ]
    window.show_recent(networks, ["/photos/cat & dog.png"])
    shown = [entry.text() for entry in menu(window, "recentNetworks").actions()]
    assert len(set(shown)) == 3
    assert "efficientnet-lite0" in shown[0]
    assert "ResNet50" in shown[1]
    assert "none" in shown[1]
    assert "you && me.keras" in shown[2], "an ampersand is not a mnemonic"
    (picture,) = menu(window, "recentPictures").actions()
    assert picture.text() == "cat && dog.png"
    assert picture.toolTip() == "/photos/cat & dog.png"


def test_a_recent_thing_that_is_chosen_is_said_whole(qtbot: QtBot, window: MainWindow) -> None:
    source = NetworkSource("keras:ResNet50", "none", False)
    window.show_recent([NetworkSource("other"), source], ["/photos/a.png", "/photos/b.png"])
    with qtbot.waitSignal(window.recent_network_chosen) as network:
        menu(window, "recentNetworks").actions()[1].trigger()
    with qtbot.waitSignal(window.recent_picture_chosen) as picture:
        menu(window, "recentPictures").actions()[1].trigger()
    assert (network.args, picture.args) == ([source], ["/photos/b.png"])


def test_recent_things_are_replaced_and_their_menus_are_dead_while_empty(window: MainWindow) -> None:
    window.show_recent([], [])
    assert not menu(window, "recentNetworks").isEnabled()
    assert not menu(window, "recentPictures").isEnabled()
    for _ in range(2):
        window.show_recent([NETWORK.source], ["/photos/a.png"])
    assert menu(window, "recentNetworks").isEnabled()
    assert len(menu(window, "recentNetworks").actions()) == len(menu(window, "recentPictures").actions()) == 1


def choices(window: MainWindow, title: str) -> list[QAction]:
    """The entries of a menu of choices."""
    (found,) = (one for one in window.findChildren(QMenu) if one.title().replace("&", "") == title)
    return found.actions()


@pytest.mark.parametrize(
    ("title", "signal", "names"),
    [
        ("Theme", "theme_chosen", ["system", "light", "dark"]),
        ("Language", "language_chosen", ["system", "en", "zh_CN"]),
    ],
)
def test_a_theme_and_a_language_are_chosen_one_at_a_time(
    qtbot: QtBot, window: MainWindow, title: str, signal: str, names: list[str]
) -> None:
    window.show_choices("dark", "zh_CN")
    entries = choices(window, title)
    assert [entry.isChecked() for entry in entries] == [False, False, True]
    for entry, name in zip(entries, names, strict=True):
        with qtbot.waitSignal(getattr(window, signal)) as said:
            entry.trigger()
        assert said.args == [name]
        assert [one.isChecked() for one in entries] == [one is entry for one in entries]


# Questions and answers


def test_a_network_is_one_file_and_pictures_are_many(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(*arguments: object) -> list[str]:
        asked.append(arguments)
        return ["/a", "/b"]

    monkeypatch.setattr(dialogs, "ask_open_files", answer)
    assert window.ask_pictures("/photos") == ["/a", "/b"]
    assert window.ask_network("/networks") == "/a"
    assert [arguments[2] for arguments in asked] == ["/photos", "/networks"]
    assert "*.webp" in str(asked[0][3])
    assert "*.keras" in str(asked[1][3])
    monkeypatch.setattr(dialogs, "ask_open_files", lambda *_: [])
    assert window.ask_pictures("") == []
    assert window.ask_network("") == ""


def test_arrays_are_offered_only_where_they_make_sense(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "ask_save", lambda _parent, _title, path, filters: f"{path} {filters}")
    assert "npz" not in window.ask_save("/out/a.png")
    assert "npz" in window.ask_save("/out/a.png", arrays=True)
    assert window.ask_save("/out/a.png").startswith("/out/a.png PNG")


def test_a_folder_is_asked_for(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "ask_folder", lambda _parent, _title, folder: folder + "/chosen")
    assert window.ask_folder("/out") == "/out/chosen"


@pytest.mark.parametrize("code", [QDialog.DialogCode.Accepted, QDialog.DialogCode.Rejected])
def test_an_application_is_what_the_dialog_says_or_none(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, code: QDialog.DialogCode
) -> None:
    monkeypatch.setattr(dialogs.ApplicationDialog, "exec", lambda _dialog: code.value)
    expected = NetworkSource("keras:ResNet50", "imagenet", False) if code is QDialog.DialogCode.Accepted else None
    assert window.ask_application() == expected


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[QMessageBox]:
    """Boxes that were shown, and closed at once."""
    boxes: list[QMessageBox] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: boxes.append(box))
    return boxes


def test_the_keyboard_begins_in_the_layers_once_they_are_there(window: MainWindow) -> None:
    window.activateWindow()
    before = window.focusWidget()
    assert before is not None
    assert window.tree.isAncestorOf(before)
    window.tree.show_network(NETWORK)
    after = window.focusWidget()
    assert after is not None
    assert after.objectName() == "layerTreeView"


def test_layers_that_come_take_the_focus_from_nothing_else(window: MainWindow) -> None:
    field = window.findChild(QLineEdit, "layerSearch")
    assert field is not None
    field.setFocus()
    window.tree.show_network(NETWORK)
    assert window.focusWidget() is field


def test_about_says_what_this_is_and_whose(window: MainWindow, told: list[QMessageBox]) -> None:
    window.show_about()
    (box,) = told
    assert f"cnnviz-gui {__version__}" in box.text()
    assert "MIT" in box.text()


def test_the_list_of_shortcuts_is_complete(window: MainWindow, told: list[QMessageBox]) -> None:
    window.show_shortcuts()
    (box,) = told
    for row in ROWS:
        if row.shortcut:
            assert f"<b>{row.shortcut}</b>" in box.text(), row.name
            assert row.text.replace("&", "").rstrip("…") in box.text()


# The clipboard and drops


@pytest.fixture
def clipboard(qtbot: QtBot) -> Iterator[None]:
    """Empties the clipboard before and after."""
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.mark.usefixtures("clipboard")
@pytest.mark.parametrize("width", [1, 2, 3, 5, 8])
def test_a_copied_picture_is_on_the_clipboard_pixel_by_pixel(window: MainWindow, width: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (4, width, 3), np.uint8)
    window.copy_picture(pixels)
    image = QGuiApplication.clipboard().image()
    assert (image.height(), image.width()) == (4, width)
    for row in range(4):
        for column in range(width):
            assert image.pixelColor(column, row).getRgb()[:3] == tuple(pixels[row, column].tolist())


@pytest.mark.usefixtures("clipboard")
def test_what_is_on_the_clipboard_can_be_pasted_and_nothing_can_when_it_is_empty(window: MainWindow) -> None:
    assert window.clipboard_content() is None
    window.copy_picture(np.zeros((2, 2, 3), np.uint8))
    content = window.clipboard_content()
    assert isinstance(content, tuple)
    assert content[0].startswith(b"\x89PNG")


def of_files(*paths: str) -> QMimeData:
    """Files as a file manager drags them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def of_picture() -> QMimeData:
    """A picture as a browser drags it."""
    mime = QMimeData()
    image = QImage(2, 2, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.red)
    mime.setImageData(image)
    mime.setUrls([QUrl("https://example.org/a/cat.jpg")])
    return mime


def of_address() -> QMimeData:
    """An address without its picture."""
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/a/cat.jpg")])
    return mime


def drop(window: MainWindow, mime: QMimeData) -> bool:
    """Drags over the window and drops; returns whether that was accepted."""
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), action, mime, button, none)
    window.dragEnterEvent(entered)
    if entered.isAccepted():
        window.dropEvent(QDropEvent(QPointF(5, 5), action, mime, button, none))
    return entered.isAccepted()


def test_files_dropped_anywhere_on_the_window_are_as_if_dropped_on_the_picture(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    paths = [str(tmp_path / "ä b.png"), str(tmp_path)]
    with qtbot.waitSignal(window.picture.files_dropped) as said:
        assert drop(window, of_files(*paths))
    assert said.args == [paths]


def test_the_grid_lights_up_under_a_drag_over_the_window(window: MainWindow, tmp_path: Path) -> None:
    light = window.findChild(QWidget, "dropLight")
    assert not light.isVisible()
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    mime = of_files(str(tmp_path / "cat.png"))
    for leave in (QDragLeaveEvent(), QDropEvent(QPointF(5, 5), action, mime, button, none)):
        QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), action, mime, button, none))
        assert light.isVisible()
        assert light.size() == window.centralWidget().size()
        QApplication.sendEvent(window, leave)
        assert not light.isVisible()


@pytest.mark.parametrize(
    ("field", "keys", "acts"),
    [
        ("layerSearch", "Ctrl+E", "export-grid"),
        ("layerSearch", "Ctrl+K", "open-application"),
        ("layerSearch", "Ctrl+A", ""),
        ("layerSearch", "Ctrl+Z", ""),
        ("layerSearch", "Ctrl+Right", ""),
    ],
)
def test_the_window_s_shortcuts_act_in_a_field_but_for_those_that_edit(
    qtbot: QtBot, window: MainWindow, field: str, keys: str, acts: str
) -> None:
    window.show_situation(Situation(SessionState(network=NETWORK, picture=PICTURE, layer=LAYER.name), has_grid=True,
                                    can_undo=True, has_several_pictures=True))  # fmt: skip
    said: list[str] = []
    window.command_requested.connect(said.append)
    line = window.findChild(QLineEdit, field)
    line.setFocus()
    qtbot.keyClicks(line, "some words")
    line.home(False)
    keys_of = QKeySequence(keys)[0]
    qtbot.keyClick(line, keys_of.key(), keys_of.keyboardModifiers())
    assert said == ([acts] if acts else [])


def test_a_picture_dropped_from_a_browser_is_taken_by_its_pixels(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.picture.image_dropped) as said:
        assert drop(window, of_picture())
    data, name = said.args
    assert bytes(data).startswith(b"\x89PNG")
    assert name == "cat.png"


def test_an_address_dropped_on_the_window_is_answered_in_words(qtbot: QtBot, window: MainWindow) -> None:
    assert drop(window, of_address())
    notes = window.picture.findChild(QWidget, "pictureNotes")
    assert notes.isVisible()
    assert "address" in notes.text()


def test_text_cannot_be_dropped(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("words")
    entered = QDragEnterEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    entered.ignore()
    window.dragEnterEvent(entered)
    assert not entered.isAccepted()


# Geometry


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(window.width(), window.height() + 20)
    size = window.size()
    window.findChild(QDockWidget, "inspectorDock").hide()
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, window.findChild(QDockWidget, "layerDock"))
    kept = window.geometry_to_keep()
    window.hide()
    other = MainWindow()
    qtbot.addWidget(other)
    other.restore_geometry(kept)
    with qtbot.waitExposed(other):
        other.show()
    assert other.size() == size
    assert not other.findChild(QDockWidget, "inspectorDock").isVisible()
    dock = other.findChild(QDockWidget, "layerDock")
    assert other.dockWidgetArea(dock) is Qt.DockWidgetArea.RightDockWidgetArea


def test_at_the_first_start_or_with_garbage_the_window_is_as_it_was_built(qtbot: QtBot, window: MainWindow) -> None:
    size = window.size()
    for geometry in ((QByteArray(), QByteArray()), (QByteArray(b"garbage"), QByteArray(b"garbage"))):
        window.restore_geometry(geometry)
        assert window.size() == size
        assert all(dock.isVisible() for dock in window.findChildren(QDockWidget))


def test_every_dock_has_a_name_by_which_it_is_put_back(window: MainWindow) -> None:
    names = [dock.objectName() for dock in window.findChildren(QDockWidget)]
    assert sorted(names) == ["inspectorDock", "layerDock", "patternDock", "pictureDock"]


def test_the_window_fits_on_the_screen(window: MainWindow) -> None:
    screen = window.screen().availableGeometry()
    assert window.width() <= screen.width()
    assert window.height() <= screen.height()


def test_full_screen_comes_and_goes(window: MainWindow) -> None:
    window.toggle_full_screen()
    assert window.isFullScreen()
    window.toggle_full_screen()
    assert not window.isFullScreen()


def test_the_patterns_leave_the_window_and_come_back(window: MainWindow) -> None:
    dock = window.findChild(QDockWidget, "patternDock")
    docked = window.patterns.size()
    window.toggle_large_patterns()
    assert dock.isFloating()
    assert window.patterns.width() > 1.5 * docked.width()
    window.toggle_large_patterns()
    assert not dock.isFloating()


def test_closing_the_window_is_said(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.closing):
        window.close()
    assert not window.isVisible()


# Everything by keyboard, and everything by name


def show_everything(window: MainWindow, lens: Lens) -> None:
    """Opens what is folded and turns to a lens."""
    window.inspector.show_lens(lens)
    toggle = window.findChild(QAbstractButton, "patternParametersToggle")
    if not toggle.isChecked():
        toggle.click()


def is_part_of_another(widget: QWidget) -> bool:
    """Whether it is a part of Qt's own of a widget that is looked at itself: an editor, a list, a scroll bar."""
    parents: list[QObject] = []
    while (parent := (parents[-1] if parents else widget).parent()) is not None:
        parents.append(parent)
    inside = (QComboBox, QAbstractSpinBox, QLineEdit, QTabBar, QAbstractItemView)
    return (
        isinstance(widget, QScrollBar)
        or any(isinstance(parent, inside) for parent in parents)
        # A dock's own buttons take no focus; the view menu does what they do.
        or isinstance(widget.parent(), QDockWidget)
        or widget.objectName() == "qt_menubar_ext_button"
    )


def controls(window: MainWindow) -> list[QWidget]:
    """What a user can work with, hidden or not."""
    found = [one for one in window.findChildren(QWidget) if not is_part_of_another(one)]
    return [one for one in found if isinstance(one, CONTROLS) or one.focusPolicy() & Qt.FocusPolicy.TabFocus]


def test_everything_that_can_be_used_has_an_object_name_of_its_own(full: MainWindow) -> None:
    names = Counter(one.objectName() for one in controls(full))
    assert "" not in names, [one for one in controls(full) if not one.objectName()]
    assert [name for name, count in names.items() if count > 1] == []


def test_everything_that_can_be_used_has_an_accessible_name(full: MainWindow) -> None:
    nameless = [
        one.objectName()
        for one in controls(full)
        if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
    ]
    assert nameless == []


def tab_round(qtbot: QtBot, window: MainWindow) -> set[QWidget]:
    """Everything that gets the focus while Tab is pressed until it goes round."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.findChild(QWidget, "layerSearch").setFocus()
    reached: list[QWidget] = []
    while (here := QApplication.focusWidget()) not in reached:
        reached.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    return set(reached)


@pytest.mark.parametrize("lens", Lens)
def test_every_control_that_is_seen_is_reached_by_tab(qtbot: QtBot, full: MainWindow, lens: Lens) -> None:
    show_everything(full, lens)
    seen = {one for one in controls(full) if one.isVisible() and one.isEnabled()}
    reached = tab_round(qtbot, full)
    assert [one.objectName() for one in seen - reached] == []


def test_tab_goes_round_while_nothing_is_open(qtbot: QtBot, window: MainWindow) -> None:
    assert window.findChild(QWidget, "openPicture") in tab_round(qtbot, window)

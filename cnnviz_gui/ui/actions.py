"""The table of actions: what the menus hold, and when each entry can be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence

from cnnviz_gui.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu, QWidget

    from cnnviz_gui.session.situation import Situation


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a literal for the translators."""
    del context
    return text


def _always(situation: Situation) -> bool:
    del situation
    return True


def _network(situation: Situation) -> bool:
    return situation.state.network is not None


def _grid(situation: Situation) -> bool:
    return situation.has_grid


def _channel(situation: Situation) -> bool:
    return situation.has_grid and situation.state.channel is not None


def _undo(situation: Situation) -> bool:
    return situation.can_undo


def _redo(situation: Situation) -> bool:
    return situation.can_redo


def _several(situation: Situation) -> bool:
    return situation.has_several_pictures


def _can_generate(situation: Situation) -> bool:
    layer = situation.state.layer_info
    return layer is not None and layer.channels > 0


def _last_session(situation: Situation) -> bool:
    return situation.has_last_session


def _makes(situation: Situation) -> bool:
    return situation.makes_patterns


def _patterns(situation: Situation) -> bool:
    return situation.has_patterns


@dataclass(frozen=True)
class Row:
    """One action.

    Args:
        name: What `command_requested` says.
        menu: Key of the menu it stands in; empty draws a separator instead.
        text: English text with its mnemonic.
        shortcut: Portable key sequence, or empty.
        icon: Name of an icon, or empty.
        enabled: When it can be used.
    """

    name: str
    menu: str
    text: str = ""
    shortcut: str = ""
    icon: str = ""
    enabled: Callable[[Situation], bool] = _always


MENUS = {
    "file": QT_TRANSLATE_NOOP("actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("actions", "&View"),
    "network": QT_TRANSLATE_NOOP("actions", "&Network"),
    "patterns": QT_TRANSLATE_NOOP("actions", "&Patterns"),
    "help": QT_TRANSLATE_NOOP("actions", "&Help"),
}

T = QT_TRANSLATE_NOOP

ROWS = (
    Row("open-picture", "file", T("actions", "&Open picture…"), "Ctrl+O", "open"),
    Row("open-folder", "file", T("actions", "Open &folder of pictures…"), "", "folder"),
    Row("paste-picture", "file", T("actions", "&Paste picture"), "Ctrl+V", "paste"),
    Row("", "file"),
    Row("open-network", "file", T("actions", "Open &network…"), "Ctrl+Shift+O", "network"),
    Row("open-application", "file", T("actions", "Open from &keras.applications…"), "Ctrl+K"),
    Row("", "file"),
    Row("export-grid", "file", T("actions", "&Export channel grid…"), "Ctrl+E", "export", _grid),
    Row("export-view", "file", T("actions", "Export &view as shown…"), "Ctrl+Shift+E", "", _grid),
    Row("export-channel", "file", T("actions", "Export chosen &channel…"), "", "", _channel),
    Row("export-layers", "file", T("actions", "Export every &layer…"), "", "", _grid),
    Row("export-patterns", "file", T("actions", "Export pa&tterns…"), "Ctrl+Shift+G", "", _patterns),
    Row("", "file"),
    Row("restore-session", "file", T("actions", "Restore la&st session"), "", "", _last_session),
    Row("quit", "file", T("actions", "&Quit"), "Ctrl+Q"),
    Row("undo", "edit", T("actions", "&Undo"), "Ctrl+Z", "undo", _undo),
    Row("redo", "edit", T("actions", "&Redo"), "Ctrl+Shift+Z", "redo", _redo),
    Row("", "edit"),
    Row("copy-view", "edit", T("actions", "&Copy view"), "Ctrl+C", "copy", _grid),
    Row("", "edit"),
    Row("preferences", "edit", T("actions", "&Preferences…"), "Ctrl+,", "settings"),
    Row("next-picture", "view", T("actions", "&Next picture"), "Ctrl+Right", "", _several),
    Row("previous-picture", "view", T("actions", "&Previous picture"), "Ctrl+Left", "", _several),
    Row("", "view"),
    Row("full-screen", "view", T("actions", "&Full screen"), "F11"),
    Row("search-layers", "network", T("actions", "&Search layers"), "Ctrl+F", "search", _network),
    Row("", "network"),
    Row("open-bundled", "network", T("actions", "Open the &bundled network")),
    Row("open-parts", "network", T("actions", "Open from &parts…"), "Ctrl+Shift+K"),
    Row("load-weights", "network", T("actions", "Load &weights…"), "", "", _network),
    Row("", "network"),
    Row("forget-trusted", "network", T("actions", "&Forget trusted files")),
    Row("generate", "patterns", T("actions", "&Generate"), "Ctrl+G", "generate", _can_generate),
    Row("generate-channel", "patterns", T("actions", "Pattern of the chosen &channel"), "Ctrl+P", "", _channel),
    Row("stop-patterns", "patterns", T("actions", "&Stop"), "Ctrl+.", "stop", _makes),
    Row("", "patterns"),
    Row("large-patterns", "patterns", T("actions", "Show &large"), "Ctrl+L", "enlarge"),
    Row("shortcuts", "help", T("actions", "&Keyboard shortcuts"), "F1"),
    Row("show-log", "help", T("actions", "Show &log")),
    Row("about", "help", T("actions", "&About cnnviz-gui"), "", "about"),
)


def make_actions(
    window: QWidget, menus: dict[str, QMenu], on_triggered: Callable[[str], None]
) -> dict[str, tuple[QAction, Row]]:
    """Makes the actions of the table and puts them into their menus.

    Args:
        window: Owns the actions and their shortcuts.
        menus: The menu of every key of `MENUS`.
        on_triggered: Called with an action's name.

    Returns:
        Every action with its row, by its name.
    """
    made: dict[str, tuple[QAction, Row]] = {}
    for row in ROWS:
        if not row.name:
            menus[row.menu].addSeparator()
            continue
        action = QAction(QCoreApplication.translate("actions", row.text), window)
        action.setObjectName(row.name)
        action.setShortcut(QKeySequence(row.shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if row.icon:
            action.setIcon(icon(row.icon))
        action.triggered.connect(lambda _checked=False, name=row.name: on_triggered(name))
        menus[row.menu].addAction(action)
        made[row.name] = (action, row)
    return made

"""The main window: assembly of the grid, the docks, the job bar and the menus."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDockWidget, QLineEdit, QMenu, QMessageBox, QVBoxLayout, QWidget

from cnnviz_gui import __version__
from cnnviz_gui.ui.actions import MENUS, make_actions
from cnnviz_gui.ui.asking_window import AskingWindow
from cnnviz_gui.ui.channel_grid import ChannelGrid
from cnnviz_gui.ui.drop_light import DropLight
from cnnviz_gui.ui.icons import app_icon
from cnnviz_gui.ui.inspector import Inspector
from cnnviz_gui.ui.job_bar import JobBar
from cnnviz_gui.ui.large_dock import LargeDock
from cnnviz_gui.ui.layer_tree import LayerTree
from cnnviz_gui.ui.pattern_panel import PatternPanel
from cnnviz_gui.ui.picture_drop import dropped, may_be_dropped
from cnnviz_gui.ui.picture_panel import PicturePanel
from cnnviz_gui.ui.restore_bar import RestoreBar
from cnnviz_gui.ui.screen_scale import KeepsSize
from cnnviz_gui.ui.window_keys import WindowKeys

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QShowEvent

    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.session.situation import Situation

LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


class MainWindow(AskingWindow):
    """Holds the views and passes on what is chosen in its menus; decides nothing itself."""

    command_requested = Signal(str)
    recent_network_chosen = Signal(object)
    recent_picture_chosen = Signal(str)
    theme_chosen = Signal(str)
    language_chosen = Signal(str)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowIcon(app_icon())
        self.setWindowTitle("cnnviz-gui")
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.picture = PicturePanel()
        self.tree = LayerTree()
        self.grid = ChannelGrid()
        self.inspector = Inspector()
        self.patterns = PatternPanel()
        self.bar = JobBar()
        self.restore = RestoreBar()
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.restore)
        layout.addWidget(self.grid, 1)
        self.setCentralWidget(centre)
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.bar, 1)
        docks = (
            self._dock("pictureDock", self.tr("Picture"), self.picture, LEFT),
            self._dock("layerDock", self.tr("Layers"), self.tree, LEFT),
            self._dock("inspectorDock", self.tr("Inspector"), self.inspector, RIGHT),
            self._dock("patternDock", self.tr("Filter patterns"), self.patterns, RIGHT),
        )
        *_, inspector, patterns = docks
        alone = self.tr("Show in a window of its own")
        LargeDock(inspector, alone)
        self._large_patterns = LargeDock(patterns, alone)
        self._light = DropLight(centre)
        KeepsSize(self)
        self._make_menus(docks)
        self._arrange(docks)
        shortcuts = [row.shortcut for _, row in self._actions.values()]
        # Layers are walked from the first key on; Qt would choose the first button that can be pressed.
        self.tree.setFocus()
        self._keys = WindowKeys(shortcuts, self.findChildren(QLineEdit), self)

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        return dock

    def _arrange(self, docks: tuple[QDockWidget, ...]) -> None:
        """Sizes for the first start; later ones restore what the user left."""
        screen = self.screen().availableGeometry()
        self.resize(min(1720, round(screen.width() * 0.94)), min(1060, round(screen.height() * 0.92)))
        picture, layers, inspector, patterns = docks
        self.resizeDocks([picture, inspector], [310, 400], Qt.Orientation.Horizontal)
        # The inspector takes what it needs, and the patterns, which are all the better the larger they are, the rest.
        column = self.height() - 90
        large = min(400, round(column * 0.52))
        heights = [column // 2, column // 2, large, column - large]
        self.resizeDocks([picture, layers, inspector, patterns], heights, Qt.Orientation.Vertical)

    def _make_menus(self, docks: tuple[QDockWidget, ...]) -> None:
        menus = {}
        for key, text in MENUS.items():
            menus[key] = self.menuBar().addMenu(QCoreApplication.translate("actions", text))
            menus[key].setObjectName(f"{key}Menu")
        self._actions = make_actions(self, menus, self.command_requested.emit)
        self._recent_networks = self._submenu(menus["file"], "recentNetworks", self.tr("Recent net&works"))
        self._recent_pictures = self._submenu(menus["file"], "recentPictures", self.tr("Recent p&ictures"))
        menus["file"].insertSeparator(self._actions["export-grid"][0])
        menus["view"].addSeparator()
        for dock in docks:
            menus["view"].addAction(dock.toggleViewAction())
        menus["view"].addSeparator()
        self._themes = self._choices(
            menus["view"].addMenu(self.tr("&Theme")),
            {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")},
            self.theme_chosen.emit,
        )
        self._languages = self._choices(
            menus["view"].addMenu(self.tr("&Language")),
            {"system": self.tr("As the system"), "en": "English", "zh_CN": "简体中文"},
            self.language_chosen.emit,
        )

    def _submenu(self, menu: QMenu, name: str, title: str) -> QMenu:
        """Puts a menu of recent things between opening and exporting."""
        made = QMenu(title, menu)
        made.setObjectName(name)
        menu.insertMenu(self._actions["export-grid"][0], made)
        return made

    def _choices(self, menu: QMenu, rows: dict[str, str], chosen: object) -> QActionGroup:
        group = QActionGroup(menu)
        for key, text in rows.items():
            action = menu.addAction(text)
            action.setObjectName(key)
            action.setCheckable(True)
            group.addAction(action)
        group.triggered.connect(lambda action: chosen(action.objectName()))  # type: ignore[operator]
        return group

    def show_situation(self, situation: Situation) -> None:
        """Enables the actions that can be used now, and names the network and the picture in the title."""
        for action, row in self._actions.values():
            action.setEnabled(row.enabled(situation))
        state = situation.state
        parts = [state.network.title if state.network else "", state.picture.picture.name if state.picture else ""]
        self.setWindowTitle(" — ".join(part for part in (*parts, "cnnviz-gui") if part))

    def show_recent(self, networks: Sequence[NetworkSource], pictures: Sequence[str]) -> None:
        """Fills the menus of recent networks and pictures."""
        self._recent_networks.clear()
        for source in networks:
            action = self._recent_networks.addAction(self._source_text(source).replace("&", "&&"))
            action.triggered.connect(lambda _=False, source=source: self.recent_network_chosen.emit(source))
        self._recent_pictures.clear()
        for path in pictures:
            action = self._recent_pictures.addAction(Path(path).name.replace("&", "&&"))
            action.setToolTip(path)
            action.triggered.connect(lambda _=False, path=path: self.recent_picture_chosen.emit(path))
        self._recent_networks.setEnabled(bool(networks))
        self._recent_pictures.setEnabled(bool(pictures))

    def _source_text(self, source: NetworkSource) -> str:
        if source.application:
            top = self.tr("with top") if source.include_top else self.tr("without top")
            return f"{source.application} ({Path(source.weights).name}, {top})"
        beside = [source.weights_file or (source.weights if source.weights == "none" else ""), source.classes]
        names = ", ".join(Path(path).name for path in beside if path)
        return f"{source.name} ({names})" if names else source.name

    def show_choices(self, theme: str, language: str) -> None:
        """Ticks the theme and the language in use."""
        for group, key in ((self._themes, theme), (self._languages, language)):
            for action in group.actions():
                action.setChecked(action.objectName() == key)

    def clipboard_content(self) -> list[str] | tuple[bytes, str] | None:
        """What is on the clipboard: files, an encoded picture with a name, or nothing that fits."""
        # Wayland gives none where another program has closed with what it had copied, whatever Qt's types say.
        mime: QMimeData | None = QGuiApplication.clipboard().mimeData()
        return None if mime is None else dropped(mime)

    def copy_picture(self, pixels: NDArray[np.uint8]) -> None:
        """Puts a picture, (h, w, 3) uint8, on the clipboard."""
        height, width, _ = pixels.shape
        image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
        QGuiApplication.clipboard().setImage(image.copy())

    def tell(self, title: str, text: str) -> None:
        """Shows a text in a box of its own."""
        box = QMessageBox(QMessageBox.Icon.NoIcon, title, text, QMessageBox.StandardButton.Close, self)
        box.setTextFormat(Qt.TextFormat.RichText)
        box.exec()
        box.deleteLater()

    def show_about(self) -> None:
        """Says what this is."""
        text = self.tr(
            "<h3>cnnviz-gui {version}</h3><p>A workbench for looking inside convolutional networks.</p>"
            "<p>MIT licence. EfficientNet-Lite0: Apache-2.0. The sample photos' licences are in LICENSES.md.</p>"
        )
        self.tell(self.tr("About cnnviz-gui"), text.format(version=__version__))

    def show_shortcuts(self) -> None:
        """Lists the keyboard shortcuts."""
        rows = [(_bare(action.text()), row.shortcut) for action, row in self._actions.values()]
        rows += [
            (self.tr("In the layer tree: next or previous layer"), self.tr("Down, Up")),
            (self.tr("In the grid: neighbouring channel"), self.tr("Arrow keys")),
            (self.tr("In the grid: zoom in, out, fit"), "+, -, 0"),
        ]
        cells = "".join(
            f"<tr><td style='padding-right: 24px'>{text}</td><td><b>{keys}</b></td></tr>"
            for text, keys in rows
            if keys
        )
        self.tell(self.tr("Keyboard shortcuts"), f"<table>{cells}</table>")

    def toggle_full_screen(self) -> None:
        """Fills the screen, or goes back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def toggle_large_patterns(self) -> None:
        """Shows the patterns in a large window of their own, or puts them back."""
        self._large_patterns.toggle()

    def geometry_to_keep(self) -> tuple[QByteArray, QByteArray]:
        """The window's geometry and the state of its docks."""
        return self.saveGeometry(), self.saveState()

    def restore_geometry(self, geometry: tuple[QByteArray, QByteArray]) -> None:
        """Puts window and docks where they were; does nothing at the first start."""
        if not geometry[0].isEmpty():
            self.restoreGeometry(geometry[0])
            self.restoreState(geometry[1])

    def showEvent(self, event: QShowEvent) -> None:
        """Lifts what floats above the window: docks that were put back floating were there before it."""
        super().showEvent(event)
        for dock in self.findChildren(QDockWidget):
            if dock.isFloating():
                QTimer.singleShot(0, dock, dock.raise_)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes pictures, folders and networks anywhere on the window."""
        if may_be_dropped(event.mimeData()):
            event.acceptProposedAction()
            self._light.show_lit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """What hung over the window is gone, or over a part that lights up by itself."""
        self._light.show_lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Passes on what was dropped, as if it had been dropped on the picture."""
        self._light.show_lit(False)
        self.picture.dropEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lets the application end."""
        self.closing.emit()
        event.accept()
        QApplication.quit()


def _bare(text: str) -> str:
    """An action's text without its mnemonic, which Chinese has in brackets, and without its ellipsis."""
    return re.sub(r"\(&.\)|&", "", text).rstrip("…")

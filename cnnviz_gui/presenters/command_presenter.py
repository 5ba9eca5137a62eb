"""Menu commands: from a name in the table of actions to what it does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.situation import Situation

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.export_presenter import ExportPresenter
    from cnnviz_gui.presenters.grid_presenter import GridPresenter
    from cnnviz_gui.presenters.network_presenter import NetworkPresenter
    from cnnviz_gui.presenters.opening_presenter import OpeningPresenter
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.pattern_view import PatternPanelView
    from cnnviz_gui.presenters.picture_presenter import PicturePresenter
    from cnnviz_gui.presenters.views import (
        ChannelGridView,
        InspectorView,
        LayerTreeView,
        PictureView,
        WindowView,
    )
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.settings import Settings


class CommandPresenter(QObject):
    """Does what is chosen in the menus, and keeps the menus true.

    Commands that ask for a file remember its folder for the next time, one for each purpose.
    """

    quit_requested = Signal()
    log_requested = Signal()
    preferences_requested = Signal()
    restore_requested = Signal()

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        settings: Settings,
        window: WindowView,
        *,
        tree: LayerTreeView,
        grid: ChannelGridView,
        picture: PictureView,
        inspector: InspectorView,
        panel: PatternPanelView,
        networks: NetworkPresenter,
        openings: OpeningPresenter,
        pictures: PicturePresenter,
        grids: GridPresenter,
        patterns: PatternPresenter,
        exports: ExportPresenter,
        bundled: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._settings = settings
        self._window = window
        self._tree = tree
        self._grid = grid
        self._panel = panel
        self._pictures = pictures
        self._grids = grids
        self._patterns = patterns
        self._exports = exports
        self._has_last_session = False
        self._commands: dict[str, Callable[[], object]] = {
            "open-picture": self._open_picture,
            "open-folder": self._open_folder,
            "paste-picture": self._paste,
            "open-network": openings.ask_file,
            "open-application": openings.ask_application,
            "open-bundled": lambda: openings.open(NetworkSource(bundled)),
            "open-parts": openings.ask_parts,
            "load-weights": openings.ask_weights,
            "forget-trusted": openings.forget_trusted,
            "export-grid": self._export_grid,
            "export-view": self._export_view,
            "export-channel": self._export_channel,
            "export-layers": self._export_layers,
            "export-patterns": self._export_patterns,
            "restore-session": self.restore_requested.emit,
            "quit": self.quit_requested.emit,
            "undo": session.undo,
            "redo": session.redo,
            "copy-view": lambda: window.copy_picture(grid.view_image()),
            "next-picture": lambda: pictures.show_next(1),
            "previous-picture": lambda: pictures.show_next(-1),
            "full-screen": window.toggle_full_screen,
            "search-layers": tree.focus_search,
            "generate": panel.generate,
            "generate-channel": self._generate_channel,
            "stop-patterns": patterns.stop,
            "large-patterns": window.toggle_large_patterns,
            "shortcuts": window.show_shortcuts,
            "preferences": self.preferences_requested.emit,
            "show-log": self.log_requested.emit,
            "about": window.show_about,
        }
        window.command_requested.connect(self.run)
        window.recent_picture_chosen.connect(pictures.open_file)
        picture.open_requested.connect(self._open_picture)
        picture.paste_requested.connect(self._paste)
        inspector.save_requested.connect(self._export_channel)
        grid.copy_requested.connect(self._copy_view)
        grid.channel_action_requested.connect(self._on_channel_action)
        panel.export_requested.connect(self._export_patterns)
        networks.opened.connect(self._on_network_opened)
        pictures.read.connect(self._on_picture_read)
        session.changed.connect(self._on_anything)
        grids.shown.connect(self._on_anything)
        patterns.made.connect(self._on_anything)
        for signal in (runner.started, runner.finished, runner.failed, runner.stopped):
            signal.connect(self._on_job)
        self.show_recent()
        self._on_anything()

    @Slot(str)
    def run(self, name: str) -> None:
        """Does the command of an action."""
        self._commands[name]()

    @Slot()
    def show_recent(self) -> None:
        """Brings the menus of recent networks and pictures up to date."""
        self._window.show_recent(self._settings.recent_networks, self._settings.recent_pictures)

    @Slot(bool)
    def know_last_session(self, there_is_one: bool) -> None:
        """Learns whether there is an earlier session to go on with."""
        self._has_last_session = there_is_one
        self._on_anything()

    @Slot()
    def _open_picture(self) -> None:
        paths = self._window.ask_pictures(self._settings.folder("picture"))
        if paths:
            self._settings.remember_folder("picture", str(Path(paths[0]).parent))
            self._pictures.open_files(paths)

    def _open_folder(self) -> None:
        folder = self._window.ask_folder(self._settings.folder("picture"))
        if folder:
            self._settings.remember_folder("picture", folder)
            self._pictures.open_files([folder])

    @Slot()
    def _paste(self) -> None:
        content = self._window.clipboard_content()
        if isinstance(content, list):
            self._pictures.open_files(content)
        elif content is not None:
            self._pictures.open_image(*content)

    def _export_grid(self) -> None:
        path = self._ask_save(self._session.state.layer, arrays=True)
        if path:
            self._exports.export_grid(path)

    @Slot()
    def _export_channel(self) -> None:
        state = self._session.state
        if state.channel is not None:
            self._save_channel(state.channel)

    def _save_channel(self, channel: int) -> None:
        path = self._ask_save(f"{self._session.state.layer}-{channel}")
        if path:
            self._exports.export_grid(path, channel)

    def _export_view(self) -> None:
        path = self._ask_save(f"{self._session.state.layer}-view")
        if path:
            self._exports.export_view(path, self._grid.view_image())

    def _export_layers(self) -> None:
        folder = self._window.ask_folder(self._settings.folder("export"))
        if folder:
            self._settings.remember_folder("export", folder)
            self._exports.export_layers(folder)

    @Slot()
    def _export_patterns(self) -> None:
        if self._patterns.mosaic is None:
            return
        layer = str(self._patterns.mosaic[1].content["layer"])
        path = self._ask_save(f"{layer}-patterns")
        if path:
            self._exports.export_patterns(path)

    def _ask_save(self, stem: str, *, arrays: bool = False) -> str:
        """Asks where to save; a name without an ending gets .png."""
        safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in stem)
        suggestion = Path(self._settings.folder("export")) / f"{safe}.png"
        path = self._window.ask_save(str(suggestion), arrays=arrays)
        if not path:
            return ""
        self._settings.remember_folder("export", str(Path(path).parent))
        known = {".png", ".npz"} if arrays else {".png"}
        return path if Path(path).suffix.lower() in known else f"{path}.png"

    @Slot()
    def _copy_view(self) -> None:
        self._window.copy_picture(self._grid.view_image())

    def _generate_channel(self) -> None:
        channel = self._session.state.channel
        if channel is not None:
            self._make_pattern(channel)

    def _make_pattern(self, channel: int) -> None:
        self._session.select_channels((channel,))
        self._panel.show_channels(str(channel))
        self._panel.generate()

    @Slot(str, int)
    def _on_channel_action(self, action: str, channel: int) -> None:
        actions: dict[str, Callable[[int], object]] = {
            "copy": self._copy_channel,
            "save": self._save_channel,
            "pattern": self._make_pattern,
        }
        actions[action](channel)

    def _copy_channel(self, channel: int) -> None:
        pixels = self._grids.channel_pixels(channel)
        if pixels is not None:
            self._window.copy_picture(pixels)

    @Slot(object)
    def _on_network_opened(self, network: Network) -> None:
        self._settings.add_recent_network(network.source)
        self.show_recent()
        # The session says nothing when it is the same network again, though there is nothing to undo any more.
        self._on_anything()

    @Slot(object)
    def _on_picture_read(self, picture: PictureRead) -> None:
        if picture.picture.path:
            self._settings.add_recent_picture(picture.picture.path)
            self.show_recent()

    @Slot(str)
    def _on_job(self, slot: str) -> None:
        if slot in {slots.PATTERNS, slots.PICTURE}:
            self._on_anything()

    @Slot()
    def _on_anything(self) -> None:
        self._window.show_situation(
            Situation(
                state=self._session.state,
                can_undo=self._session.can_undo,
                can_redo=self._session.can_redo,
                has_grid=self._grids.grid is not None,
                has_patterns=self._patterns.mosaic is not None,
                makes_patterns=self._runner.busy(slots.PATTERNS),
                has_several_pictures=self._pictures.has_several,
                has_last_session=self._has_last_session,
            )
        )

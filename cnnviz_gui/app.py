"""The composition root of the window: build, connect, run, shut down."""

from __future__ import annotations

import logging
import os
import sys
from typing import TYPE_CHECKING

from platformdirs import user_data_path
from PySide6.QtCore import QObject, QSettings, QStandardPaths, Slot
from PySide6.QtWidgets import QApplication

from cnnviz_gui import __version__, resources
from cnnviz_gui.arguments import asked_source, window_parser
from cnnviz_gui.core.errors import Message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.jobs.runner import JobRunner
from cnnviz_gui.own_presets import OwnPresets
from cnnviz_gui.presenters.autosave_presenter import AutosavePresenter
from cnnviz_gui.presenters.command_presenter import CommandPresenter
from cnnviz_gui.presenters.export_presenter import ExportPresenter
from cnnviz_gui.presenters.grid_presenter import GridPresenter
from cnnviz_gui.presenters.inspector_presenter import InspectorPresenter
from cnnviz_gui.presenters.job_presenter import JobPresenter
from cnnviz_gui.presenters.natural_pictures import natural_pictures
from cnnviz_gui.presenters.network_presenter import NetworkPresenter
from cnnviz_gui.presenters.opening_presenter import OpeningPresenter
from cnnviz_gui.presenters.others_presenter import OthersPresenter
from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
from cnnviz_gui.presenters.pattern_queue import PatternQueue
from cnnviz_gui.presenters.pattern_seeds import PatternSeeds
from cnnviz_gui.presenters.pattern_trust import PatternTrust
from cnnviz_gui.presenters.picture_presenter import PicturePresenter
from cnnviz_gui.presenters.preferences_presenter import PreferencesPresenter
from cnnviz_gui.presenters.recipe_presenter import RecipePresenter
from cnnviz_gui.presenters.restore_presenter import RestorePresenter
from cnnviz_gui.presenters.saving_presenter import SavingPresenter
from cnnviz_gui.resources import log_file
from cnnviz_gui.session.keeper import SessionKeeper
from cnnviz_gui.session.session import Session
from cnnviz_gui.session.wording import words
from cnnviz_gui.settings import Settings
from cnnviz_gui.ui.garbage import Garbage, set_aside
from cnnviz_gui.ui.icons import app_icon
from cnnviz_gui.ui.language import translate
from cnnviz_gui.ui.load_ahead import LoadAhead, let_the_window_in
from cnnviz_gui.ui.log_dialog import LogDialog
from cnnviz_gui.ui.main_window import MainWindow
from cnnviz_gui.ui.preferences_dialog import PreferencesDialog
from cnnviz_gui.ui.reports import Reports
from cnnviz_gui.ui.theme import apply_theme
from cnnviz_gui.ui.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cnnviz_gui.settings import ThemeChoice

ENGINE = "cnnviz_gui.engine.engine:Engine"

log = logging.getLogger(__name__)


class Workbench(QObject):
    """The running application: the window, its presenters and the engine's process, connected."""

    def __init__(
        self, app: QApplication, settings: Settings, reports: Reports, *, sessions: Path | None = None
    ) -> None:
        super().__init__(app)
        self._settings = settings
        self._first = NetworkSource(resources.DEFAULT_NETWORK), ""
        self.trace = Trace(self)
        self.ahead = LoadAhead(self)
        self.runner = JobRunner(ENGINE, memory_budget=settings.memory_budget, parent=self)
        self.session = Session(self)
        self.window = window = MainWindow()
        self.trace.watch(window)
        self.ahead.loaded.connect(window.grid.make_ready)
        self.saving = SavingPresenter(settings, window.bar, self)
        self.queue = PatternQueue(self.runner, self)
        self.jobs = JobPresenter(self.runner, window.bar, self, self.queue)
        self.networks = NetworkPresenter(self.session, self.runner, settings, window.tree, window.picture, self)
        self.pictures = PicturePresenter(self.session, self.runner, window.picture, window.bar, self)
        self.openings = OpeningPresenter(self.session, self.runner, settings, window, window.bar, self.networks, self)
        self.pictures.files_left.connect(self.openings.open_dropped)
        self.others = OthersPresenter(self.session, self.runner, settings, window, window.picture, window.bar, self)
        self.others.files_left.connect(self.openings.open_dropped)
        self.grids = GridPresenter(self.session, self.runner, window.grid, window.picture, self)
        self.patterns = PatternPresenter(self.session, self.runner, window.patterns, window.bar, self, self.queue)
        self._samples = samples = {photo.path.name: str(photo.path) for photo in resources.sample_photos()}
        self.trust = PatternTrust(self.runner, self.patterns, window.patterns, self._natural_pictures, self)
        self.seeds = PatternSeeds(self.runner, self)
        self.inspector = InspectorPresenter(
            self.session, self.runner, window.inspector, self.grids, self.patterns, self.trust, self.seeds, self
        )
        self.exports = ExportPresenter(self.session, self.runner, self.grids, self.patterns, window.bar, self)
        self.commands = CommandPresenter(
            self.session,
            self.runner,
            settings,
            window,
            tree=window.tree,
            grid=window.grid,
            picture=window.picture,
            inspector=window.inspector,
            panel=window.patterns,
            networks=self.networks,
            openings=self.openings,
            pictures=self.pictures,
            grids=self.grids,
            patterns=self.patterns,
            exports=self.exports,
            bundled=resources.DEFAULT_NETWORK,
            parent=self,
        )
        self.recipes = RecipePresenter(
            self.session, self.runner, window.bar, self.patterns, samples, settings.code_of, self
        )
        self.pictures.recipe_found.connect(self.recipes.restore)
        self.preferences = PreferencesPresenter(settings, self.runner, str(log_file().parent), self)
        self.keeper = SessionKeeper(sessions or user_data_path("cnnviz-gui", appauthor=False) / "sessions", self)
        self.autosave = AutosavePresenter(self.session, self.patterns, self.keeper, window.bar, self)
        self.restores = RestorePresenter(
            self.session,
            self.runner,
            self.keeper,
            self.patterns,
            window.restore,
            window.bar,
            samples,
            settings.code_of,
            self._open_first,
            self,
        )
        self.restores.available.connect(self.commands.know_last_session)
        self.restores.restored.connect(self.autosave.save)
        self.restores.restored.connect(self._on_restored)
        self.commands.restore_requested.connect(self.restores.restore_last)
        reports.reported.connect(window.bar.show_error)
        window.picture.show_samples(
            [(words(Message(photo.title)), str(photo.path)) for photo in resources.sample_photos()]
        )
        if settings.problem is not None:
            window.bar.show_error(*settings.problem, "")
        if (problem := OwnPresets().problem) is not None:
            window.bar.show_error(problem.what, problem.hint, problem.details)
        window.restore_geometry(settings.geometry)
        window.show_choices(settings.theme, settings.language)
        window.theme_chosen.connect(self._on_theme_chosen)
        window.language_chosen.connect(self._on_language_chosen)
        window.closing.connect(self.shut_down)
        self.commands.quit_requested.connect(window.close)
        self.commands.log_requested.connect(self._on_log_requested)
        self.commands.preferences_requested.connect(self._on_preferences_requested)
        self.preferences.forgotten.connect(self.commands.show_recent)
        self.grids.shown.connect(self._on_grid_shown)
        self.patterns.made.connect(self._on_patterns_made)

    def start(self, network: NetworkSource, picture: str, *, go_on: bool = False) -> None:
        """Opens the first network and picture, and shows the window.

        Args:
            network: The first network.
            picture: Path of the first picture.
            go_on: Opens these only where there is no session that was closed, and otherwise goes on with that.
        """
        self._first = network, picture
        if not go_on:
            self._open_first()
        self.window.show()
        self.restores.look(go_on=go_on)
        self.ahead.start()

    def _open_first(self) -> None:
        network, picture = self._first
        if self.session.state.picture is None:
            self.pictures.open_file(picture)
        self.openings.open(network)

    @Slot()
    def shut_down(self) -> None:
        """Keeps the geometry, ends the engine; the window may be gone already."""
        self._settings.geometry = self.window.geometry_to_keep()
        self.autosave.close()
        if error := self._settings.save():
            log.warning("%s", error)
        self.runner.shutdown()
        self.exports.clear_up()

    @Slot(str)
    def _on_theme_chosen(self, theme: ThemeChoice) -> None:
        self._settings.theme = theme
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, theme)

    @Slot(str)
    def _on_language_chosen(self, language: str) -> None:
        self._settings.language = language
        self.window.bar.show_note(self.tr("The language changes at the next start."))

    def _natural_pictures(self) -> tuple[str, ...]:
        together, recent = self.pictures.together, self._settings.recent_pictures
        return natural_pictures(together, recent, tuple(self._samples.values()))

    @Slot()
    def _on_log_requested(self) -> None:
        LogDialog(log_file(), self.window).show()

    @Slot()
    def _on_preferences_requested(self) -> None:
        dialog = self.window.findChild(PreferencesDialog)
        if dialog is None:
            dialog = PreferencesDialog(self.window)
            dialog.log_requested.connect(self._on_log_requested)
            dialog.finished.connect(self.preferences.forget_view)
            self.preferences.show(dialog)
        dialog.show()
        dialog.activateWindow()

    @Slot()
    def _on_grid_shown(self) -> None:
        self.trace.event_happened("grid")

    @Slot()
    def _on_restored(self) -> None:
        self.trace.event_happened("restored")

    @Slot()
    def _on_patterns_made(self) -> None:
        self.trace.event_happened("patterns")


def run(arguments: Sequence[str]) -> int:
    """Runs the window until it is closed.

    Args:
        arguments: The program's name, then what `window_parser` takes.

    Returns:
        The exit status: 0, or 1 where there is no screen.
    """
    options = window_parser().parse_args(arguments[1:])
    if not _has_screen():
        print(  # noqa: T201 - there is no window to say it in
            "cnnviz-gui: there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "The command cnnviz does the same work without a window: cnnviz --help",
            file=sys.stderr,
        )
        return 1
    app = QApplication(list(arguments[:1]))
    app.setApplicationName("cnnviz-gui")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("cnnviz-gui")
    app.setWindowIcon(app_icon())
    let_the_window_in()
    Garbage(app)
    resources.keep_matplotlib_in()
    _keep_qt_in()
    reports = Reports(app)
    settings = Settings()
    translate(app, settings.language)
    apply_theme(app, settings.theme)
    workbench = Workbench(app, settings, reports)
    photo = next(photo for photo in resources.sample_photos() if photo.name == resources.DEFAULT_PHOTO)
    asked = options.image is not None or options.network != resources.DEFAULT_NETWORK
    workbench.start(asked_source(options), options.image or str(photo.path), go_on=settings.goes_on and not asked)
    workbench.ahead.loaded.connect(set_aside)
    set_aside()
    try:
        return app.exec()
    finally:
        # However the event loop ended: no engine process outlives the window.
        workbench.runner.shutdown()


def _keep_qt_in() -> None:
    """Has Qt's file dialog remember its folders beside our own settings, and not in a file of Qt's."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, f"{folder}/cnnviz-gui")


def _has_screen() -> bool:
    """Whether a window can be shown; Qt itself would abort the process."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

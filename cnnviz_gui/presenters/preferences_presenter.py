"""The preferences: what is chosen there holds at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.memory import LEAST_BUDGET, default_memory_budget, machine_memory, size_text
from cnnviz_gui.core.pattern_requests import (
    ClearPatternCache,
    LimitPatternCache,
    MeasurePatternCache,
    PatternCacheSize,
)
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.preferences import Preferences
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.views import PreferencesView
    from cnnviz_gui.settings import Settings


class PreferencesPresenter(QObject):
    """Shows the preferences, and passes on what is chosen: to the settings, and to the engine.

    A new engine knows nothing of how many patterns may be kept, so it is told whenever it has started.
    """

    forgotten = Signal()
    """There are no recent networks and pictures any more."""

    def __init__(self, settings: Settings, runner: JobRunner, log_folder: str, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._runner = runner
        self._log_folder = log_folder
        self._view: PreferencesView | None = None
        runner.finished.connect(self._on_finished)
        runner.restarted.connect(self._on_restarted)
        self._on_restarted()

    def show(self, view: PreferencesView) -> None:
        """Fills a view; until another one comes or it goes away, it is kept true."""
        self._view = view
        view.changed.connect(self._on_changed)
        view.forget_recent_requested.connect(self._on_forget_recent_requested)
        view.forget_trusted_requested.connect(self._on_forget_trusted_requested)
        view.clear_patterns_requested.connect(self._on_clear_patterns_requested)
        view.show_preferences(self._preferences())
        self._runner.submit(slots.PATTERN_CACHE, MeasurePatternCache())

    @Slot()
    def forget_view(self) -> None:
        """The view is gone."""
        self._view = None

    def _preferences(self) -> Preferences:
        settings = self._settings
        return Preferences(
            goes_on=settings.goes_on,
            memory_budget=settings.memory_budget,
            default_memory=default_memory_budget(),
            least_memory=LEAST_BUDGET,
            machine_memory=machine_memory(),
            pattern_limit=settings.pattern_limit,
            has_recent=bool(settings.recent_networks or settings.recent_pictures),
            has_trusted=settings.has_trusted,
            log_folder=self._log_folder,
        )

    @Slot(object)
    def _on_changed(self, chosen: Preferences) -> None:
        settings = self._settings
        settings.goes_on = chosen.goes_on
        if chosen.memory_budget != settings.memory_budget:
            settings.memory_budget = chosen.memory_budget
            self._runner.set_memory_budget(settings.memory_budget)
        if chosen.pattern_limit != settings.pattern_limit:
            settings.pattern_limit = chosen.pattern_limit
            self._runner.submit(slots.PATTERN_CACHE, LimitPatternCache(settings.pattern_limit))

    @Slot()
    def _on_forget_recent_requested(self) -> None:
        self._settings.forget_recent()
        self.forgotten.emit()

    @Slot()
    def _on_forget_trusted_requested(self) -> None:
        self._settings.forget_trusted()

    @Slot()
    def _on_clear_patterns_requested(self) -> None:
        self._runner.submit(slots.PATTERN_CACHE, ClearPatternCache())

    @Slot()
    def _on_restarted(self) -> None:
        if self._settings.chose_pattern_limit:
            self._runner.submit(slots.PATTERN_CACHE, LimitPatternCache(self._settings.pattern_limit))

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request
        if slot == slots.PATTERN_CACHE and self._view is not None and isinstance(result, PatternCacheSize):
            size = size_text(result.bytes)
            said = message("{count} patterns are kept: {size}.", count=result.patterns, size=size)
            if not result.patterns:
                said = message("No patterns are kept.")
            elif result.patterns == 1:
                said = message("1 pattern is kept: {size}.", size=size)
            self._view.show_patterns(words(said), can_clear=result.patterns > 0)

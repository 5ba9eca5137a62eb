"""The preferences reach the settings and the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from presenters_fakes import FakePreferences, FakeRunner
from PySide6.QtCore import QSettings

from cnnviz_gui.core.memory import LEAST_BUDGET, default_memory_budget, machine_memory
from cnnviz_gui.core.pattern_requests import (
    PATTERN_LIMIT,
    ClearPatternCache,
    LimitPatternCache,
    MeasurePatternCache,
    PatternCacheSize,
)
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.preferences_presenter import PreferencesPresenter
from cnnviz_gui.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from cnnviz_gui.session.preferences import Preferences


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a file of their own."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def presenter(settings: Settings, runner: FakeRunner, owner: QObject) -> PreferencesPresenter:
    """The presenter."""
    return PreferencesPresenter(settings, runner, "/logs", owner)


@pytest.fixture
def view(presenter: PreferencesPresenter) -> FakePreferences:
    """The preferences, shown."""
    view = FakePreferences()
    presenter.show(view)
    return view


def holds(view: FakePreferences) -> Preferences:
    """What is shown."""
    return view.told.show_preferences.call_args.args[0]


def test_what_holds_is_shown_and_the_disk_is_measured(view: FakePreferences, runner: FakeRunner) -> None:
    shown = holds(view)
    assert (shown.goes_on, shown.has_recent, shown.log_folder) == (False, False, "/logs")
    assert shown.memory_budget == shown.default_memory == default_memory_budget()
    assert (shown.least_memory, shown.machine_memory) == (LEAST_BUDGET, machine_memory())
    assert shown.pattern_limit == PATTERN_LIMIT
    assert runner.submitted == [(slots.PATTERN_CACHE, MeasurePatternCache())]


def test_a_choice_reaches_the_settings_and_only_what_changed_reaches_the_engine(
    view: FakePreferences, runner: FakeRunner, settings: Settings
) -> None:
    view.changed.emit(holds(view).choosing(goes_on=True))
    assert settings.goes_on
    assert (runner.budgets, len(runner.submitted)) == ([], 1)
    view.changed.emit(holds(view).choosing(memory_budget=LEAST_BUDGET))
    assert settings.memory_budget == LEAST_BUDGET
    assert runner.budgets == [LEAST_BUDGET]
    view.changed.emit(holds(view).choosing(memory_budget=LEAST_BUDGET, pattern_limit=0))
    assert settings.pattern_limit == 0
    assert runner.of(slots.PATTERN_CACHE)[1:] == [LimitPatternCache(0)]
    assert runner.budgets == [LEAST_BUDGET]


def test_every_new_engine_is_told_how_much_may_be_kept_where_that_was_chosen(
    settings: Settings, runner: FakeRunner, owner: QObject
) -> None:
    PreferencesPresenter(settings, runner, "", owner)
    runner.restarted.emit()
    assert runner.submitted == []
    settings.pattern_limit = 5_000_000_000
    runner.restarted.emit()
    assert runner.submitted == [(slots.PATTERN_CACHE, LimitPatternCache(5_000_000_000))]
    runner.jobs.clear()
    PreferencesPresenter(settings, runner, "", owner)
    assert len(runner.submitted) == 2


@pytest.mark.parametrize(
    ("size", "said", "can_clear"),
    [
        (PatternCacheSize(0, 0), "No patterns are kept.", False),
        (PatternCacheSize(1, 950_000), "1 pattern is kept: 950 kB.", True),
        (PatternCacheSize(312, 64_100_000), "312 patterns are kept: 64.1 MB.", True),
    ],
)
def test_what_the_patterns_take_is_said(
    view: FakePreferences, runner: FakeRunner, size: PatternCacheSize, said: str, can_clear: bool
) -> None:
    runner.finish(slots.PATTERN_CACHE, size)
    view.told.show_patterns.assert_called_once_with(said, can_clear=can_clear)


def test_patterns_are_cleared_and_recent_things_forgotten(
    presenter: PreferencesPresenter, view: FakePreferences, runner: FakeRunner, settings: Settings
) -> None:
    settings.add_recent_picture("/a.png")
    forgotten = []
    presenter.forgotten.connect(lambda: forgotten.append(settings.recent_pictures))
    view.clear_patterns_requested.emit()
    assert runner.jobs[slots.PATTERN_CACHE] == ClearPatternCache()
    view.forget_recent_requested.emit()
    assert forgotten == [()]
    settings.trust("abc", "/own.py")
    view.forget_trusted_requested.emit()
    assert not settings.has_trusted


def test_a_view_that_is_gone_is_told_nothing(
    presenter: PreferencesPresenter, view: FakePreferences, runner: FakeRunner
) -> None:
    presenter.forget_view()
    runner.finish(slots.PATTERN_CACHE, PatternCacheSize(1, 1))
    view.told.show_patterns.assert_not_called()

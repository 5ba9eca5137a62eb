"""Saving the settings: after every change, and heard of only when it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.presenters.saving_presenter import SavingPresenter

if TYPE_CHECKING:
    from presenters_fakes import FakeBar
    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

ERROR = CnnvizError(message("The disk is full."))


@pytest.fixture
def settings() -> Mock:
    """Settings that can be saved, until told otherwise."""
    return Mock(save=Mock(return_value=None))


@pytest.fixture
def presenter(settings: Mock, bar: FakeBar, owner: QObject) -> SavingPresenter:
    """The presenter."""
    return SavingPresenter(settings, bar, owner)


def change(settings: Mock, qtbot: QtBot, *, times: int = 1) -> None:
    """Changes settings and waits until they were saved."""
    before = settings.save.call_count
    for _ in range(times):
        settings.on_change()
    qtbot.waitUntil(lambda: settings.save.call_count > before)


def test_changes_of_one_moment_are_saved_together(presenter: SavingPresenter, settings: Mock, qtbot: QtBot) -> None:
    del presenter
    change(settings, qtbot, times=3)
    assert settings.save.call_count == 1


def test_what_cannot_be_saved_is_said_once_until_it_works_again(
    presenter: SavingPresenter, settings: Mock, bar: FakeBar, qtbot: QtBot
) -> None:
    del presenter
    settings.save.return_value = ERROR
    change(settings, qtbot)
    change(settings, qtbot)
    assert bar.show_error.call_count == 1
    assert bar.show_error.call_args.args[0] == ERROR.what
    settings.save.return_value = None
    change(settings, qtbot)
    bar.clear_error.assert_called_once_with("settings")
    settings.save.return_value = ERROR
    change(settings, qtbot)
    assert bar.show_error.call_count == 2

"""Saving by itself: soon, together, and without the window waiting."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from presenters_fakes import CAT, DOG, NETWORK, FakeBar, FakePanel, FakeRunner

from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.presenters.autosave_presenter import AutosavePresenter
from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
from cnnviz_gui.session.keeper import SessionKeeper
from cnnviz_gui.session.store import LeftSession, LeftSessions, SessionStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.session.session import Session


@pytest.fixture
def patterns(
    session: Session, runner: FakeRunner, panel: FakePanel, bar: FakeBar, owner: QObject
) -> PatternPresenter:
    """The presenter of the pattern panel."""
    return PatternPresenter(session, runner, panel, bar, owner)


@pytest.fixture
def keeper(tmp_path: Path, owner: QObject) -> Iterator[SessionKeeper]:
    """Writes into a folder of the test's."""
    keeper = SessionKeeper(tmp_path, owner)
    yield keeper
    keeper._thread.shutdown()


@pytest.fixture
def autosave(
    session: Session, patterns: PatternPresenter, keeper: SessionKeeper, bar: FakeBar, owner: QObject
) -> AutosavePresenter:
    """The presenter, which gathers changes for 20 ms."""
    return AutosavePresenter(session, patterns, keeper, bar, owner, delay_ms=20)


def left(root: Path) -> LeftSessions:
    """What a copy would find that starts when this one is gone."""
    return SessionStore(root).look()


def test_changes_are_saved_together_and_the_newest_is_what_is_saved(
    autosave: AutosavePresenter, keeper: SessionKeeper, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    saves: list[int] = []
    keeper.saved.connect(lambda: saves.append(1))
    with qtbot.waitSignal(keeper.saved):
        session.open_network(NETWORK)
        session.show_picture(CAT)
        session.select_layer("many")
        session.select_channels((5, 17))
    assert saves == [1]
    keeper._thread.submit(keeper._store.close).result()
    (found,) = left(tmp_path).crashed
    assert (found.saved.view.layer, found.saved.view.channels) == ("many", (5, 17))
    assert found.saved.picture is not None
    assert found.saved.picture.path == "/photos/cat.png"


def test_what_is_typed_into_the_panel_is_saved(
    autosave: AutosavePresenter,
    keeper: SessionKeeper,
    session: Session,
    panel: FakePanel,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    session.open_network(NETWORK)
    with qtbot.waitSignal(keeper.saved):
        panel.settings_changed.emit("3, 5-7", PRESETS["tutorial"])
    keeper._thread.submit(keeper._store.close).result()
    (found,) = left(tmp_path).crashed
    assert (found.saved.typed, found.saved.settings) == ("3, 5-7", PRESETS["tutorial"])


def test_the_last_save_says_that_the_window_was_closed(
    autosave: AutosavePresenter, session: Session, tmp_path: Path
) -> None:
    session.open_network(NETWORK)
    session.show_picture(DOG)
    autosave.close()
    found = left(tmp_path)
    assert found.crashed == ()
    assert isinstance(found.closed, LeftSession)
    assert found.closed.saved.picture is not None
    assert found.closed.saved.picture.name == "dog.png"


def test_nothing_is_saved_after_the_end(
    autosave: AutosavePresenter, keeper: SessionKeeper, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_network(NETWORK)
    autosave.close()
    session.select_layer("many")
    autosave.close()
    keeper.save(session.state, "", PRESETS["clear"], None)
    found = left(tmp_path)
    assert found.closed is not None
    assert found.closed.saved.view.layer == "few"
    assert found.crashed == ()


def test_that_it_cannot_be_saved_is_said_once_until_it_can_again(
    autosave: AutosavePresenter,
    keeper: SessionKeeper,
    session: Session,
    bar: FakeBar,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fsync = os.fsync

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    for verb in (lambda: session.open_network(NETWORK), lambda: session.select_layer("many")):
        with qtbot.waitSignal(keeper.failed):
            verb()
    (call,) = bar.told.show_error.call_args_list
    assert str(call.args[0]) == "The session cannot be saved."
    assert "disk is full" in str(call.args[1])
    monkeypatch.setattr(os, "fsync", fsync)
    with qtbot.waitSignal(keeper.saved):
        session.select_layer("few")
    monkeypatch.setattr(os, "fsync", full)
    with qtbot.waitSignal(keeper.failed):
        session.select_layer("many")
    assert bar.told.show_error.call_count == 2

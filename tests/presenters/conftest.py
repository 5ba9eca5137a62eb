"""Views, a runner and a session for presenters. Makes `presenters_fakes` importable here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QSettings

sys.path.insert(0, str(Path(__file__).parent))

from presenters_fakes import (
    CAT,
    NETWORK,
    FakeBar,
    FakeGrid,
    FakeInspector,
    FakePanel,
    FakePicture,
    FakeRunner,
    FakeTree,
    FakeWindow,
)

from cnnviz_gui.session.session import Session
from cnnviz_gui.settings import Settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    """What presenters belong to."""
    return QObject()


@pytest.fixture
def session(owner: QObject) -> Session:
    """A session in which nothing is open."""
    return Session(owner)


@pytest.fixture
def looking(session: Session) -> Session:
    """A session that looks at a cat through a network."""
    session.open_network(NETWORK)
    session.show_picture(CAT)
    return session


@pytest.fixture
def runner(qapp: QApplication) -> FakeRunner:
    """A runner without an engine."""
    return FakeRunner()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a file of their own."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def tree(qapp: QApplication) -> FakeTree:
    """A layer tree."""
    return FakeTree()


@pytest.fixture
def grid(qapp: QApplication) -> FakeGrid:
    """A channel grid."""
    return FakeGrid()


@pytest.fixture
def inspector_view(qapp: QApplication) -> FakeInspector:
    """An inspector."""
    return FakeInspector()


@pytest.fixture
def picture(qapp: QApplication) -> FakePicture:
    """A picture panel."""
    return FakePicture()


@pytest.fixture
def panel(qapp: QApplication) -> FakePanel:
    """A filter-pattern panel."""
    return FakePanel()


@pytest.fixture
def bar(qapp: QApplication) -> FakeBar:
    """A job bar."""
    return FakeBar()


@pytest.fixture
def window(qapp: QApplication) -> FakeWindow:
    """A window whose questions are all cancelled."""
    return FakeWindow()

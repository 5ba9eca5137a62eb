"""The fakes of these tests and the widgets of the window keep the same protocols."""

from __future__ import annotations

import inspect

import pytest
from presenters_fakes import (
    FakeBar,
    FakeGrid,
    FakeInspector,
    FakePanel,
    FakePicture,
    FakePreferences,
    FakeRestore,
    FakeRunner,
    FakeTree,
    FakeWindow,
)
from PySide6.QtCore import QMetaMethod, QObject, Signal

from cnnviz_gui.jobs.runner import JobRunner
from cnnviz_gui.presenters import pattern_view, views
from cnnviz_gui.ui.channel_grid import ChannelGrid
from cnnviz_gui.ui.inspector import Inspector
from cnnviz_gui.ui.job_bar import JobBar
from cnnviz_gui.ui.layer_tree import LayerTree
from cnnviz_gui.ui.main_window import MainWindow
from cnnviz_gui.ui.pattern_panel import PatternPanel
from cnnviz_gui.ui.picture_panel import PicturePanel
from cnnviz_gui.ui.preferences_dialog import PreferencesDialog
from cnnviz_gui.ui.restore_bar import RestoreBar

PAIRS = {
    views.LayerTreeView: (FakeTree, LayerTree),
    views.ChannelGridView: (FakeGrid, ChannelGrid),
    views.InspectorView: (FakeInspector, Inspector),
    views.PictureView: (FakePicture, PicturePanel),
    pattern_view.PatternPanelView: (FakePanel, PatternPanel),
    views.JobBarView: (FakeBar, JobBar),
    views.PreferencesView: (FakePreferences, PreferencesDialog),
    views.RestoreView: (FakeRestore, RestoreBar),
    views.WindowView: (FakeWindow, MainWindow),
}
each_pair = pytest.mark.parametrize(("protocol", "pair"), PAIRS.items(), ids=[one.__name__ for one in PAIRS])


def signal_types(kind: type[QObject], name: str) -> list[str]:
    """The types that a class's signal carries."""
    meta = kind.staticMetaObject
    methods = [meta.method(index) for index in range(meta.methodCount())]
    (found,) = (
        method
        for method in methods
        if method.methodType() is QMetaMethod.MethodType.Signal and method.name() == name.encode()
    )
    return [bytes(part.data()).decode() for part in found.parameterTypes()]


@each_pair
def test_a_fake_and_its_widget_have_the_signals_of_their_protocol(
    protocol: type, pair: tuple[type[QObject], type[QObject]]
) -> None:
    fake, widget = pair
    names = set(inspect.get_annotations(protocol))
    assert {name for name, value in vars(fake).items() if isinstance(value, Signal)} == names
    for name in names:
        assert signal_types(fake, name) == signal_types(widget, name), name


@each_pair
def test_a_widget_has_the_methods_of_its_protocol(protocol: type, pair: tuple[type, type]) -> None:
    for name, method in inspect.getmembers(protocol, inspect.isfunction):
        if not name.startswith("_"):
            wanted, found = (inspect.signature(kind).parameters for kind in (method, getattr(pair[1], name)))
            assert [(one.name, one.kind, one.default) for one in found.values()] == [
                (one.name, one.kind, one.default) for one in wanted.values()
            ], name


def test_every_protocol_has_a_widget() -> None:
    protocols = {
        kind
        for module in (views, pattern_view)
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if kind.__module__ == module.__name__
    }
    assert protocols == set(PAIRS)


def test_the_fake_runner_has_the_signals_and_the_verbs_of_the_real_one() -> None:
    names = {name for name, value in vars(JobRunner).items() if isinstance(value, Signal)}
    assert {name for name, value in vars(FakeRunner).items() if isinstance(value, Signal)} == names
    for name in names:
        assert signal_types(FakeRunner, name) == signal_types(JobRunner, name)
    for name in ("submit", "cancel", "stop", "busy", "shutdown"):
        assert inspect.signature(getattr(FakeRunner, name)) == inspect.signature(getattr(JobRunner, name))

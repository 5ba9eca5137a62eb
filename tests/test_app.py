"""The application as a whole: how it starts, with and without a screen, and how its parts are connected."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QMenu, QPlainTextEdit, QPushButton, QWidget

from cnnviz_gui import __version__, app, resources
from cnnviz_gui.app import Workbench, run
from cnnviz_gui.arguments import asked_source, window_parser
from cnnviz_gui.core.errors import NO_MESSAGE, message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern_requests import MeasurePatternCache, PatternCacheSize
from cnnviz_gui.core.requests import Look, OpenNetwork, ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.settings import Settings
from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas
from cnnviz_gui.ui.preferences_dialog import PreferencesDialog
from cnnviz_gui.ui.theme import Theme

sys.path.insert(0, str(Path(__file__).parent / "presenters"))

from presenters_fakes import CAT, NETWORK, OTHER, FakeRunner, answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
"""The offscreen platform says that it has no window manager."""

SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python where there is no screen."""
    environment = {name: value for name, value in os.environ.items() if name not in SCREENS}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def imported_by(module: str) -> set[str]:
    """Top-level names of all that importing a module imports, in a process of its own."""
    found = python("-c", f"import {module}, sys; print(*sorted({{name.split('.')[0] for name in sys.modules}}))")
    assert found.returncode == 0, found.stderr
    return set(found.stdout.split())


# Starting


@pytest.mark.skipif(sys.platform != "linux", reason="there is always a screen elsewhere")
def test_without_a_screen_it_says_so_names_the_console_command_and_exits_1() -> None:
    found = python("-m", "cnnviz_gui")
    assert found.returncode == 1
    assert found.stdout == ""
    (line,) = found.stderr.splitlines()
    assert "no screen" in line
    assert "cnnviz --help" in line


def test_its_version_can_be_had_without_a_screen() -> None:
    found = python("-m", "cnnviz_gui", "--version")
    assert (found.returncode, found.stdout, found.stderr) == (0, f"cnnviz-gui {__version__}\n", "")


def test_the_window_does_not_import_what_only_the_engine_needs() -> None:
    assert imported_by("cnnviz_gui.app").isdisjoint({"tensorflow", "keras", "h5py", "jax", "torch"})


def test_what_the_engines_process_imports_first_does_not_import_qt() -> None:
    assert imported_by("cnnviz_gui.__main__").isdisjoint({"PySide6", "shiboken6", "tensorflow", "keras"})


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_a_screen_is_what_x11_wayland_or_qts_own_platform_gives(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: bool
) -> None:
    monkeypatch.setattr(app.sys, "platform", "linux")
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert app._has_screen() is expected


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_there_is_always_a_screen(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    for name in SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(app.sys, "platform", platform)
    assert app._has_screen()


def test_without_arguments_the_bundled_network_is_opened() -> None:
    options = window_parser().parse_args([])
    assert options.image is None
    assert asked_source(options) == NetworkSource(resources.DEFAULT_NETWORK)


def test_a_network_its_weights_and_a_picture_can_be_named() -> None:
    options = window_parser().parse_args(["keras:ResNet50", "cat.png", "--weights", "none", "--no-top"])
    assert options.image == "cat.png"
    assert asked_source(options) == NetworkSource("keras:ResNet50", "none", include_top=False)


def test_files_are_remembered_by_paths_that_hold_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("net.keras", "w.h5", "layers.py", resources.DEFAULT_NETWORK, "imagenet"):
        (tmp_path / name).touch()
    arguments = ["net.keras", "--weights", "w.h5", "--classes", "layers.py", "--trust", "abc"]
    assert asked_source(window_parser().parse_args(arguments)) == NetworkSource(
        str(tmp_path / "net.keras"), str(tmp_path / "w.h5"), classes=str(tmp_path / "layers.py"), trusted="abc"
    )
    for name in (resources.DEFAULT_NETWORK, "gone.keras"):
        assert asked_source(window_parser().parse_args([name])) == NetworkSource(name)


def test_wrong_usage_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["cnnviz-gui", "a", "b", "c"])
    assert ended.value.code == 2
    assert "usage: cnnviz-gui" in capsys.readouterr().err


# The parts, connected


class FakeReports(QObject):
    """Reports what a test says."""

    reported = Signal(object, object, str)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a file of their own."""
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def runner(qtbot: QtBot) -> FakeRunner:
    """A runner without an engine."""
    return FakeRunner()


@pytest.fixture
def workbench(
    qtbot: QtBot,
    qapp: QApplication,
    settings: Settings,
    runner: FakeRunner,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Workbench]:
    """The application with its window on the screen, waiting for the engine."""
    monkeypatch.setattr(app, "JobRunner", lambda engine, **settings: runner)
    palette, style = QPalette(qapp.palette()), qapp.style().objectName()
    reports = FakeReports()
    made = Workbench(qapp, settings, reports, sessions=tmp_path / "sessions")
    made.fake_reports = reports
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.start(NETWORK.source, "/photos/cat.png")
    yield made
    made.window.close()
    made.setParent(None)
    for theme in qapp.findChildren(Theme):
        shiboken6.delete(theme)
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)


@pytest.fixture
def looking(workbench: Workbench, runner: FakeRunner) -> Workbench:
    """The application with a grid in its window."""
    runner.finish(slots.NETWORK, NETWORK)
    runner.finish(slots.PICTURE, CAT)
    runner.finish(slots.LOOK, Look(runner.jobs[slots.LOOK], 0.0, 1.0, {"few": (3, 2, 8)}, (("cat", 0.9),)))
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    return workbench


def test_it_starts_with_a_window_a_picture_and_a_network_on_their_way(
    workbench: Workbench, runner: FakeRunner
) -> None:
    assert workbench.window.isVisible()
    assert runner.submitted == [
        (slots.PICTURE, ReadPicture(path="/photos/cat.png")),
        (slots.NETWORK, OpenNetwork(NETWORK.source)),
    ]


def test_a_network_and_a_picture_become_a_grid_on_the_screen(looking: Workbench) -> None:
    canvas = looking.window.findChild(MosaicCanvas)
    assert canvas.isVisible()
    assert canvas.scene.grid is looking.grids.grid
    assert looking.window.findChild(QLabel, "pictureName").text() == "cat.png"
    assert looking.window.windowTitle() == "net — cat.png — cnnviz-gui"


def test_every_sample_photo_is_offered(workbench: Workbench) -> None:
    samples = workbench.window.findChild(QMenu, "sampleMenu").actions()
    assert [entry.text() for entry in samples] == [photo.title for photo in resources.sample_photos()]
    assert all(Path(entry.data()).is_file() for entry in samples)


def test_a_step_of_the_user_goes_through_the_session_to_the_engine_and_back(
    looking: Workbench, runner: FakeRunner
) -> None:
    looking.window.tree.layer_chosen.emit("many")
    newest = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, newest)
    assert looking.window.findChild(MosaicCanvas).scene.grid is newest
    looking.window.command_requested.emit("undo")
    assert looking.session.state.layer == "few"


def test_what_nobody_foresaw_is_said_in_the_bar(workbench: Workbench) -> None:
    workbench.fake_reports.reported.emit(message("Something unexpected went wrong."), NO_MESSAGE, "Traceback")
    error = workbench.window.bar.findChild(QWidget, "jobErrorText")
    assert error.isVisible()
    assert error.text() == "Something unexpected went wrong."


def test_the_theme_that_is_chosen_is_used_at_once_and_remembered(workbench: Workbench, settings: Settings) -> None:
    shades = {}
    for theme in ("light", "dark"):
        workbench.window.theme_chosen.emit(theme)
        assert settings.theme == theme
        shades[theme] = workbench.window.palette().window().color().lightness()
    assert shades["dark"] < 128 < shades["light"]


def test_the_language_that_is_chosen_is_remembered_and_said_to_come_later(
    workbench: Workbench, settings: Settings
) -> None:
    workbench.window.language_chosen.emit("zh_CN")
    assert settings.language == "zh_CN"
    note = workbench.window.bar.findChild(QWidget, "jobNoteText")
    assert note.isVisible()
    assert note.text() == "The language changes at the next start."


def test_the_log_is_shown_in_the_window(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "cnnviz-gui.log").write_text("what happened\n")
    monkeypatch.setattr(app, "log_file", lambda: tmp_path / "cnnviz-gui.log")
    workbench.window.command_requested.emit("show-log")
    assert workbench.window.findChild(QPlainTextEdit, "logText").toPlainText() == "what happened\n"


def test_the_preferences_hold_at_once_and_open_once(
    looking: Workbench, settings: Settings, runner: FakeRunner, qtbot: QtBot
) -> None:
    looking.window.command_requested.emit("preferences")
    looking.window.command_requested.emit("preferences")
    (dialog,) = looking.window.findChildren(PreferencesDialog)
    dialog.findChild(QCheckBox, "goesOn").click()
    assert settings.goes_on
    assert settings.recent_pictures
    dialog.findChild(QPushButton, "forgetRecent").click()
    assert settings.recent_pictures == settings.recent_networks == ()
    assert looking.window.findChild(QMenu, "recentPictures").isEmpty()
    runner.finish(slots.PATTERN_CACHE, PatternCacheSize(3, 2_000_000))
    assert dialog.findChild(QLabel, "patternsNote").text() == "3 patterns are kept: 2.0 MB."
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    runner.submit(slots.PATTERN_CACHE, MeasurePatternCache())
    runner.finish(slots.PATTERN_CACHE, PatternCacheSize(0, 0))


def test_going_on_opens_the_session_that_was_closed_and_not_the_first_network(
    qtbot: QtBot,
    qapp: QApplication,
    settings: Settings,
    runner: FakeRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "JobRunner", lambda engine, **settings: runner)
    first = Workbench(qapp, settings, FakeReports(), sessions=tmp_path / "sessions")
    qtbot.addWidget(first.window)
    first.session.open_network(NETWORK)
    first.session.show_picture(CAT)
    first.session.select_layer("many")
    first.session.select_channels((4, 7))
    before = first.session.state
    first.shut_down()
    first.setParent(None)
    runner.jobs.clear()
    runner.submitted.clear()

    second = Workbench(qapp, settings, FakeReports(), sessions=tmp_path / "sessions")
    qtbot.addWidget(second.window)
    with qtbot.waitSignal(second.keeper.loaded):
        second.start(OTHER.source, "/photos/first.png", go_on=True)
    assert runner.of(slots.NETWORK) == []
    runner.finish(slots.RESTORE_NETWORK, NETWORK)
    runner.finish(slots.RESTORE_PICTURE, CAT)
    assert second.session.state == before
    second.shut_down()
    second.setParent(None)


def test_presets_that_cannot_be_read_are_said_at_the_start(
    qtbot: QtBot,
    qapp: QApplication,
    settings: Settings,
    runner: FakeRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(app, "JobRunner", lambda engine, **settings: runner)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    path = tmp_path / "cnnviz-gui" / "presets.json"
    path.parent.mkdir()
    path.write_text('{"cnnviz": 99}')
    made = Workbench(qapp, settings, FakeReports(), sessions=tmp_path / "sessions")
    qtbot.addWidget(made.window)
    said = made.window.findChild(QLabel, "jobErrorText").text()
    assert "newer version" in said
    assert str(path) in said
    made.shut_down()
    made.setParent(None)


def test_closing_the_window_keeps_its_geometry_and_ends_the_engine(
    looking: Workbench, runner: FakeRunner, settings: Settings
) -> None:
    looking.window.command_requested.emit("quit")
    assert not looking.window.isVisible()
    assert runner.is_shut_down
    assert settings.geometry == looking.window.geometry_to_keep()


def test_the_next_start_knows_the_theme_the_language_and_what_was_opened(
    looking: Workbench, settings: Settings
) -> None:
    assert settings.recent_networks == (NetworkSource("net.keras"),)
    assert settings.recent_pictures == ("/photos/cat.png",)

"""The real application on a virtual screen, under a window manager, with settings of its own.

Processes that share the tests (`pytest -n 2`) have a screen each; a single one uses that which it is started on.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from e2e_display import virtual_screen
from e2e_screen import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from e2e_desktop import Desktop
    from e2e_robot import Robot
    from e2e_screen import Screenshots
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.app import Workbench

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
"""Which of the processes that share the tests this is; empty where it is the only one."""
FOLDER = Path(os.environ.get("CNNVIZ_SCREENSHOTS") or Path(__file__).parents[2] / "artifacts" / "e2e") / WORKER
_benches: list[Workbench] = []
_screen = contextlib.ExitStack()


def pytest_sessionstart() -> None:
    """Gives each of the processes that share the tests a screen; nothing has opened a window before."""
    if WORKER and os.environ["QT_QPA_PLATFORM"] == "xcb":
        _screen.enter_context(virtual_screen())


def pytest_unconfigure() -> None:
    """Takes the screen away again."""
    _screen.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives the window."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.e2e)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Function) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Takes a picture of the screen when a test fails, and takes down who has the keyboard."""
    report = yield
    if report.when == "call" and report.failed and "screenshots" in getattr(item, "funcargs", {}):
        report.sections.append(("The keyboard", _keyboard()))
        item.funcargs["screenshots"].take(f"failed-{item.name[5:90]}")
    return report


def _keyboard() -> str:
    """Who gets what is typed: a key that seems lost went to one of these."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    asked = {
        "active window": QApplication.activeWindow,
        "popup": QApplication.activePopupWidget,
        "modal": QApplication.activeModalWidget,
        "widget": QApplication.focusWidget,
        "window": QGuiApplication.focusWindow,
    }
    shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    return "\n".join([*(f"{name}: {ask()!r}" for name, ask in asked.items()), f"to be seen: {shown!r}"])


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails the test that leaves a process behind; only the application that all tests share goes on."""
    before = _children()
    yield
    engines = {bench.runner.engine_pid for bench in _benches}
    left = [child for child in _children() - before if child.pid not in engines and not _is_helper(child)]
    left = psutil.wait_procs(left, timeout=PATIENCE / 1000)[1]
    assert not left, f"left running: {left}"


def _children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def _is_helper(process: psutil.Process) -> bool:
    """Whether it is multiprocessing's own, which lives as long as this process."""
    try:
        return any("resource_tracker" in word for word in process.cmdline())
    except psutil.Error:
        return True


@pytest.fixture(scope="session")
def window_manager() -> Iterator[None]:
    """A window manager: without one, nobody gives the keyboard to a window that is opened."""
    windows = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while subprocess.run(["xdotool", "get_desktop"], capture_output=True, check=False).returncode != 0:
        assert windows.poll() is None, "the window manager ended"
    # The mouse of the screen stays in a corner: a test has a mouse of its own.
    subprocess.run(["xdotool", "mousemove", "1599", "999"], check=True)
    yield
    windows.terminate()
    windows.wait()


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    """Tells applications how dense the screen is."""
    from e2e_desktop import Desktop

    desktop = Desktop()
    yield desktop
    desktop.end()


@pytest.fixture(scope="session")
def qapp(desktop: Desktop, qapp: QApplication) -> QApplication:
    """Qt, which listens to a desktop that was there before it."""
    return qapp


@pytest.fixture(scope="session")
def app(qapp: QApplication, window_manager: None) -> QApplication:
    """The application as `cnnviz_gui.app.run` makes it, with Qt's own dialogs, which can be worked by keyboard."""
    from PySide6.QtCore import QCoreApplication, Qt

    from cnnviz_gui.ui.icons import app_icon
    from cnnviz_gui.ui.theme import apply_theme

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    qapp.setApplicationName("cnnviz-gui")
    qapp.setWindowIcon(app_icon())
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture(scope="session")
def screenshots() -> Screenshots:
    """Takes pictures of the screen."""
    from e2e_screen import Screenshots

    return Screenshots(FOLDER)


@pytest.fixture(scope="session")
def make_bench(app: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Workbench]]:
    """Makes running applications, each with settings of its own, not yet shown."""
    from PySide6.QtCore import QSettings, qInstallMessageHandler

    from cnnviz_gui.app import Workbench
    from cnnviz_gui.settings import Settings
    from cnnviz_gui.ui.reports import Reports

    hook, handler = sys.excepthook, qInstallMessageHandler(None)
    reports = Reports(app)
    # What goes wrong unexpectedly fails the test, as everywhere, and is not only said in the window.
    sys.excepthook = hook
    qInstallMessageHandler(handler)

    def make(name: str = "cnnviz-gui.ini") -> Workbench:
        settings = tmp_path_factory.mktemp("settings") / name
        settings.parent.mkdir(parents=True, exist_ok=True)
        store = QSettings(str(settings), QSettings.Format.IniFormat)
        bench = Workbench(app, Settings(store), reports, sessions=settings.parent / "sessions")
        _benches.append(bench)
        return bench

    yield make
    for bench in _benches:
        bench.window.close()
        bench.shut_down()


@pytest.fixture(scope="session")
def shared_bench(make_bench: Callable[[], Workbench]) -> Workbench:
    """The application that most tests share; a start takes seconds."""
    from e2e_screen import CAT

    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.resources import DEFAULT_NETWORK

    bench = make_bench()
    bench.start(NetworkSource(DEFAULT_NETWORK), CAT)
    return bench


@pytest.fixture(scope="session")
def prototypes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small network and a picture, to be copied."""
    from e2e_screen import CAT

    folder = tmp_path_factory.mktemp("prototypes")
    program = Path(__file__).with_name("e2e_network.py")
    subprocess.run([sys.executable, program, folder / "network.keras"], check=True, timeout=300, capture_output=True)
    shutil.copyfile(CAT, folder / "picture.jpg")
    return folder


@pytest.fixture(autouse=True)
def no_pattern_of_before() -> None:
    """Removes the patterns that other tests have left in the cache: they would not grow before one's eyes."""
    from cnnviz_gui.resources import pattern_folder

    shutil.rmtree(pattern_folder(), ignore_errors=True)


@pytest.fixture
def robot(shared_bench: Workbench, qtbot: QtBot, screenshots: Screenshots) -> Robot:
    """A person in front of the shared application, which looks as if it had just been started."""
    from e2e_robot import Robot

    robot = Robot(shared_bench, qtbot, screenshots)
    robot.go_home()
    return robot

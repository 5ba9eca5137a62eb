"""What holds for every test: no screen, no settings of the user's, nothing left running.

The environment is set while this file is imported, before anything imports Qt, Keras or Matplotlib.
"""

from __future__ import annotations

import functools
import gc
import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

HOME = Path(tempfile.mkdtemp(prefix="cnnviz-tests-"))
# The list of fonts takes Matplotlib seconds to make and depends on no test, so it outlives the session.
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "cnnviz-tests-matplotlib"))
for _name, _folder in {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}.items():
    (HOME / _folder).mkdir(parents=True, exist_ok=True)
    os.environ[_name] = str(HOME / _folder)
os.environ["QT_QPA_PLATFORM"] = os.environ.get("CNNVIZ_TEST_PLATFORM", "offscreen")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

# As in the program: only the thread that widgets live in may destroy them.
gc.disable()

PATIENCE = 120.0
"""Seconds after which a test fails that waits for something that comes, however busy the machine is."""
_known_threads: set[threading.Thread] = set()
_known_processes: set[psutil.Process] = set()


def pytest_collection_finish() -> None:
    """Has no search for garbage go through all that was imported, and through the tests themselves."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """The order of the tests is random, their numbers are not: a seed that a fixture sets holds during the test."""
    config.option.randomly_reset_seed = False


def pytest_unconfigure() -> None:
    """Removes the home of this session."""
    shutil.rmtree(HOME, ignore_errors=True)


class PatientBot(QtBot):
    """Waits as long as it takes: who waits has no opinion about how fast the machine is."""


for _name in ("waitUntil", "waitSignal", "waitSignals", "waitCallback", "waitExposed", "waitActive"):
    setattr(PatientBot, _name, functools.partialmethod(getattr(QtBot, _name), timeout=int(1000 * PATIENCE)))


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Works widgets, and waits for them."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_left_running(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails the test that leaves a QThread, a Python thread or a child process behind; collects its garbage."""
    from PySide6.QtCore import QThread

    from cnnviz_gui.ui.garbage import collect_if_due

    qthreads: list[QThread] = []
    start = QThread.start

    def remember_and_start(thread: QThread, *arguments: QThread.Priority) -> None:
        qthreads.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", remember_and_start)
    _known_threads.update(threading.enumerate())
    _known_processes.update(_children())
    yield
    left = [
        *(f"QThread {thread.objectName() or thread!r}" for thread in qthreads if _runs(thread)),
        *(f"thread {thread.name}" for thread in _left_threads()),
        *(f"process {process.pid}: {' '.join(_command(process))}" for process in _left_processes()),
    ]
    collect_if_due()
    assert not left, f"left running: {', '.join(left)}"


def _runs(thread: object) -> bool:
    import shiboken6
    from PySide6.QtCore import QThread

    return isinstance(thread, QThread) and shiboken6.isValid(thread) and thread.isRunning() and not thread.wait(0)


def _left_threads() -> list[threading.Thread]:
    left = []
    for thread in set(threading.enumerate()) - _known_threads:
        # A QThread that has run Python stays known to Python under a dummy for ever; TensorFlow keeps its pools.
        if isinstance(thread, threading._DummyThread) or type(thread).__module__.startswith(("tensorflow", "keras")):
            continue
        thread.join(PATIENCE)
        if thread.is_alive():
            left.append(thread)
            _known_threads.add(thread)
    return left


def _left_processes() -> list[psutil.Process]:
    new = [process for process in _children() - _known_processes if not _is_resource_tracker(process)]
    left = psutil.wait_procs(new, timeout=PATIENCE)[1] if new else []
    # Only the guilty test fails.
    _known_processes.update(left)
    return [process for process in left if process.is_running()]


def _children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def _is_resource_tracker(process: psutil.Process) -> bool:
    """Whether it is multiprocessing's own helper, which lives as long as this process."""
    return any("resource_tracker" in word for word in _command(process))


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []

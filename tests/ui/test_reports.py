"""One road for what goes wrong unexpectedly: the log file, and a bar in the window."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QThread, QtMsgType, qInstallMessageHandler

from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, Message, message
from cnnviz_gui.ui import reports
from cnnviz_gui.ui.reports import Reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    Said = list[tuple[Message, Message, str]]


@pytest.fixture
def log_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The log file of this test."""
    path = tmp_path / "logs" / "cnnviz-gui.log"
    path.parent.mkdir()
    monkeypatch.setattr(reports, "log_file", lambda: path)
    return path


@pytest.fixture
def as_before() -> Iterator[None]:
    """Puts back what `Reports` takes over for the whole process."""
    hook, thread_hook = sys.excepthook, threading.excepthook
    handlers, level = list(reports.log.handlers), reports.log.level
    qt_handler = qInstallMessageHandler(None)
    qInstallMessageHandler(qt_handler)
    yield
    sys.excepthook, threading.excepthook = hook, thread_hook
    qInstallMessageHandler(qt_handler)
    for handler in set(reports.log.handlers) - set(handlers):
        reports.log.removeHandler(handler)
        handler.close()
    reports.log.setLevel(level)


@pytest.fixture
def owner(qtbot: QtBot, as_before: None) -> QObject:
    """What the reports belong to."""
    return QObject()


@pytest.fixture
def report(owner: QObject, log_path: Path) -> Reports:
    """The reports."""
    return Reports(owner)


@pytest.fixture
def said(report: Reports) -> Said:
    """What was reported."""
    reported: Said = []
    report.reported.connect(lambda what, hint, details: reported.append((what, hint, details)))
    return reported


def raise_unexpected() -> None:
    """Raises something that nobody catches."""
    raise ZeroDivisionError("nobody divides by zero")


def uncaught(error: BaseException) -> None:
    """Does what Python does with an exception that nobody caught."""
    try:
        raise error
    except type(error):
        sys.excepthook(*sys.exc_info())


def test_an_exception_that_nobody_caught_is_said_with_its_traceback_in_the_details(said: Said) -> None:
    try:
        raise_unexpected()
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())
    ((what, hint, details),) = said
    assert str(what) == "Something unexpected went wrong: ZeroDivisionError."
    assert hint == NO_MESSAGE
    assert "in raise_unexpected" in details
    assert details.endswith("ZeroDivisionError: nobody divides by zero\n")


def test_what_can_be_explained_is_said_in_its_own_words(said: Said, log_path: Path) -> None:
    error = CnnvizError(message("{name} is damaged.", name="a.png"), message("Save it again."), details="zlib")
    uncaught(error)
    assert said == [(error.what, error.hint, "zlib")]
    assert "a.png is damaged" in log_path.read_text(encoding="utf-8")


def test_ctrl_c_is_python_s_business(said: Said, monkeypatch: pytest.MonkeyPatch, log_path: Path) -> None:
    passed_on = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *arguments: passed_on.append(arguments[0]))
    uncaught(KeyboardInterrupt())
    assert said == []
    assert passed_on == [KeyboardInterrupt]
    assert log_path.read_text(encoding="utf-8") == ""


class Listener(QObject):
    """Remembers in which thread it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: list[QThread] = []
        self.texts: list[str] = []

    def on_reported(self, what: Message, hint: Message, details: str) -> None:
        """Remembers it."""
        self.threads.append(QThread.currentThread())
        self.texts.append(str(what))


def test_an_exception_in_a_thread_is_said_in_the_windows_thread(qtbot: QtBot, report: Reports) -> None:
    listener = Listener()
    report.reported.connect(listener.on_reported)
    thread = threading.Thread(target=raise_unexpected)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(listener.texts))
    assert listener.texts == ["Something unexpected went wrong: ZeroDivisionError."]
    assert listener.threads == [QThread.currentThread()]


def test_everything_is_written_into_the_log_with_its_time(report: Reports, said: Said, log_path: Path) -> None:
    uncaught(ValueError("ä图"))
    logging.getLogger("cnnviz_gui.somewhere").warning("Slot %s did not stop.", "export")
    text = log_path.read_text(encoding="utf-8")
    assert "ValueError: ä图" in text
    assert "WARNING cnnviz_gui.somewhere: Slot export did not stop." in text
    assert text[:2] == "20"


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        (QtMsgType.QtInfoMsg, "INFO"),
        (QtMsgType.QtWarningMsg, "WARNING"),
        (QtMsgType.QtCriticalMsg, "ERROR"),
        (QtMsgType.QtFatalMsg, "CRITICAL"),
    ],
)
def test_what_qt_says_is_written_into_the_log_and_nowhere_else(
    report: Reports, said: Said, log_path: Path, kind: QtMsgType, level: str
) -> None:
    handler = qInstallMessageHandler(None)
    qInstallMessageHandler(handler)

    class Context:
        category = "qt.gui"

    handler(kind, Context(), "QPainter::begin: Paint device returned engine == 0")
    text = log_path.read_text(encoding="utf-8")
    assert f"{level} cnnviz_gui.qt: qt.gui QPainter::begin" in text
    assert said == []


def test_the_log_is_cut_before_it_grows_large(
    owner: QObject, log_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "LOG_BYTES", 500)
    Reports(owner)
    for number in range(100):
        logging.getLogger("cnnviz_gui").info("Line %s of a long story.", number)
    files = sorted(path.name for path in log_path.parent.iterdir())
    assert files == ["cnnviz-gui.log", *(f"cnnviz-gui.log.{number}" for number in range(1, reports.LOG_FILES + 1))]
    assert all(path.stat().st_size <= 500 for path in log_path.parent.iterdir())
    assert "Line 99 " in log_path.read_text(encoding="utf-8")


def test_the_next_start_goes_on_with_the_same_log(owner: QObject, log_path: Path) -> None:
    log_path.write_text("from yesterday\n", encoding="utf-8")
    Reports(owner)
    logging.getLogger("cnnviz_gui").info("today")
    assert log_path.read_text(encoding="utf-8").startswith("from yesterday\n")


def test_a_home_that_cannot_be_written_to_does_not_keep_the_window_from_opening(
    qtbot: QtBot, owner: QObject, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> Path:
        raise PermissionError("read-only")

    monkeypatch.setattr(reports, "log_file", refuse)
    report = Reports(owner)
    with qtbot.waitSignal(report.reported):
        uncaught(ValueError("still said"))
    assert "still said" in capfd.readouterr().err


def test_the_log_lies_in_the_users_own_folder() -> None:
    path = reports.log_file()
    assert path.name == "cnnviz-gui.log"
    assert path.is_relative_to(os.environ["HOME"])

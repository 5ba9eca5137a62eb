"""The log's window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from cnnviz_gui.ui.log_dialog import SHOWN_BYTES, LogDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def shown(path: Path, qtbot: QtBot) -> LogDialog:
    """The dialog on a log."""
    dialog = LogDialog(path)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def text(dialog: LogDialog) -> str:
    """What it shows of the log."""
    return dialog.findChild(QPlainTextEdit, "logText").toPlainText()


def test_the_whole_log_is_shown_with_its_place_and_copied(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "日志.log"
    path.write_bytes("one\nzwei\n三\n".encode() + b"\xff\n")
    dialog = shown(path, qtbot)
    assert dialog.findChild(QLabel, "logPlace").text() == str(path)
    assert text(dialog) == "one\nzwei\n三\n\ufffd\n"
    dialog.findChild(QPushButton, "logCopy").click()
    assert QGuiApplication.clipboard().text() == "one\nzwei\n三\n\ufffd\n"


def test_of_a_long_log_whole_lines_of_the_end_are_shown(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "a.log"
    lines = [f"line {number}" for number in range(SHOWN_BYTES // 8)]
    path.write_text("\n".join(lines))
    found = text(shown(path, qtbot)).splitlines()
    assert SHOWN_BYTES * 0.99 < len("\n".join(found)) <= SHOWN_BYTES
    assert found == lines[-len(found) :]


def test_a_log_that_is_missing_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    assert text(shown(tmp_path / "none.log", qtbot)) == "The log cannot be read: No such file or directory"


@pytest.mark.parametrize("opens", [True, False])
def test_its_folder_is_opened_or_said(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    asked = []

    def open_url(url: object) -> bool:
        asked.append(Path(url.toLocalFile()))
        return opens

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    dialog = shown(tmp_path / "a.log", qtbot)
    dialog.findChild(QPushButton, "logFolder").click()
    assert asked == [tmp_path]
    said = dialog.findChild(QLabel, "logPlace").text()
    assert said == str(tmp_path / "a.log") if opens else said.endswith(str(tmp_path))

"""What was measured on a machine is remembered, and a file that is not as it should be costs nothing."""

from __future__ import annotations

import errno
import json
import logging
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.engine import calibration_store
from cnnviz_gui.engine.calibration import Choice
from cnnviz_gui.engine.calibration_store import MOST, VERSION, Calibration

if TYPE_CHECKING:
    from pathlib import Path


def filled(folder: Path) -> Calibration:
    made = Calibration(folder)
    made.speeds["a"] = 123.5
    made.choices["a"] = Choice(2, 8, 0.25)
    made.gains["b"] = 1.5
    made.save()
    return made


def file_in(folder: Path) -> Path:
    (path,) = folder.glob("*")
    return path


def test_what_was_measured_is_there_again(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    filled(folder)
    again = Calibration(folder)
    assert (again.speeds, again.choices, again.gains) == ({"a": 123.5}, {"a": Choice(2, 8, 0.25)}, {"b": 1.5})


def test_the_oldest_entries_go(tmp_path: Path) -> None:
    made = Calibration(tmp_path)
    made.speeds = {str(number): 1.0 for number in range(MOST + 5)}
    made.save()
    assert list(Calibration(tmp_path).speeds) == [str(number) for number in range(5, MOST + 5)]


def test_another_kind_of_machine_has_a_file_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path)
    monkeypatch.setattr(calibration_store, "processor_name", lambda: "another processor")
    assert Calibration(tmp_path).speeds == {}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("version", VERSION + 1),
        ("version", VERSION - 1),
        ("version", None),
        ("speeds", {"a": -1.0}),
        ("speeds", {"a": "fast"}),
        ("speeds", []),
        ("choices", {"a": [2, 8]}),
        ("choices", {"a": [0, 8, 0.1]}),
        ("choices", {"a": [2, 10**9, 0.1]}),
        ("gains", {"b": float("nan")}),
        ("gains", None),
    ],
)
def test_a_file_that_is_damaged_or_newer_is_said_in_the_log_and_not_used(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, value: object
) -> None:
    filled(tmp_path)
    path = file_in(tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), name: value}))
    with caplog.at_level(logging.WARNING):
        found = Calibration(tmp_path)
    assert (found.speeds, found.choices, found.gains) == ({}, {}, {})
    assert path.name in caplog.text
    caplog.clear()
    filled(tmp_path)
    assert Calibration(tmp_path).speeds == {"a": 123.5}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_any_bytes_are_survived(tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes) -> None:
    filled(tmp_path)
    file_in(tmp_path).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert Calibration(tmp_path).choices == {}
    caplog.clear()


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    made = Calibration()
    made.save()
    made._path = blocked / "calibration.json"
    with caplog.at_level(logging.WARNING):
        made.save()
    assert "could not be kept" in caplog.text
    caplog.clear()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_leaves_what_was_there_and_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = filled(tmp_path)

    def fill_up(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", fill_up)
    made.speeds["a"] = 1.0
    with caplog.at_level(logging.WARNING):
        made.save()
    assert "disk is full" in caplog.text
    caplog.clear()
    assert len(list(tmp_path.iterdir())) == 1
    assert Calibration(tmp_path).speeds == {"a": 123.5}

"""What a killed process has left is told from what is being written just now."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.recipe import replace_file
from cnnviz_gui.core.unfinished import remove_unfinished, unfinished_file

if TYPE_CHECKING:
    from pathlib import Path

KILLED_WHILE_WRITING = """
import os, signal, sys
from cnnviz_gui.core.recipe import replace_file

def write(file):
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)

replace_file(sys.argv[1], write)
"""


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """The file that a process has left that was killed in the middle of writing."""
    subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, tmp_path / "a.png"], check=False, timeout=60)
    (left,) = tmp_path.iterdir()
    assert left.read_bytes() == b"half"
    return left


def test_what_a_killed_process_has_left_is_removed(left: Path) -> None:
    remove_unfinished(left.parent)

    assert list(left.parent.iterdir()) == []


def test_the_next_file_that_is_written_there_removes_it_too(left: Path) -> None:
    replace_file(str(left.parent / "b.png"), lambda file: file.write(b"whole"))

    assert [(file.name, file.read_bytes()) for file in left.parent.iterdir()] == [("b.png", b"whole")]


def test_a_file_that_is_being_written_stays(tmp_path: Path) -> None:
    with unfinished_file(tmp_path) as (file, path):
        file.write(b"whole")
        remove_unfinished(tmp_path)
        file.flush()
        path.replace(tmp_path / "a.png")

    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.png", b"whole")]


def test_other_files_stay(tmp_path: Path) -> None:
    for name in (".cnnviz-notes", "picture.tmp", ".hidden.tmp"):
        (tmp_path / name).write_text("mine")

    remove_unfinished(tmp_path)

    assert len(list(tmp_path.iterdir())) == 3


def test_clearing_up_a_folder_that_is_gone_does_nothing(tmp_path: Path) -> None:
    remove_unfinished(tmp_path / "gone")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no folder in which a file is open")
def test_nothing_is_left_in_a_folder_that_moves_meanwhile(tmp_path: Path) -> None:
    folder, moved = tmp_path / "here", tmp_path / "there"
    folder.mkdir()

    with pytest.raises(CnnvizError, match="There is no folder"):
        replace_file(str(folder / "a.png"), lambda _file: folder.rename(moved))

    assert list(moved.iterdir()) == []

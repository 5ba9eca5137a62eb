"""The everyday road leaves no trace outside the application's own folders, and never asks the network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from e2e_program import Program
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from e2e_screen import Screenshots
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("app")

OWN = {f"{kind}/cnnviz-gui" for kind in ("config", "data", "cache", "state")}
BESIDES = {"trace.jsonl", "output.txt", "leaks.txt", "tmp", "export"}
"""What the test itself puts into the home."""
LIBRARIES = {"cache/fontconfig"}
"""The system's list of fonts, which Fontconfig brings up to date for whatever program asks for a font."""
FEELERS = {"made by urllib3.util.connection"}
"""Looks, where TensorFlow imports it, whether there is IPv6: it makes a socket and would bind it to this machine."""
OF_THE_SYSTEM = ("/dev/", "/proc/")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without anything in it, and a folder for temporary files; the program is watched."""
    for folder in ("tmp", "export"):
        (tmp_path / folder).mkdir()
    for name in ("MPLCONFIGDIR", "KERAS_HOME", "KERAS_BACKEND", "TF_CPP_MIN_LOG_LEVEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "leaks"))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("CNNVIZ_LEAKS", str(tmp_path / "leaks.txt"))
    return tmp_path


@pytest.fixture
def program(home: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program."""
    program = Program(home, qtbot)
    yield program
    program.end()


def reported(home: Path, kind: str) -> list[str]:
    """What the watched processes have done."""
    rows = (line.partition("\t") for line in (home / "leaks.txt").read_text().splitlines())
    return [what for found, _, what in rows if found == kind]


def internet(program: Program) -> list[object]:
    """The connections of the program's processes, whoever made them."""
    family = [program.process, *program.process.children(recursive=True)]
    return [connection for process in family for connection in process.net_connections("inet")]


def test_a_session_of_everyday_work_writes_only_where_it_may_and_needs_no_network(
    program: Program, home: Path, screenshots: Screenshots
) -> None:
    program.wait(lambda: program.count("grid"))
    program.activate()
    engines = [process.pid for process in program.process.children()]
    assert engines
    # The pattern of the chosen channel, then the grid into a file.
    program.press("ctrl+p")
    program.wait(lambda: program.count("patterns"))
    assert internet(program) == []
    target = home / "export" / "grid.png"
    program.press("ctrl+e")
    program.wait_for_window("Export")
    program.press("ctrl+a")
    program.type(str(target))
    program.press("Return")
    program.wait(target.exists)
    screenshots.take("leaks-exported")
    assert internet(program) == []
    program.activate()
    program.press("ctrl+q")
    program.wait_for_end()

    assert program.output == ""
    with Image.open(target) as image:
        assert image.size[0] > 100
    # The window and its engine were both watched, and tried no connection.
    assert len(reported(home, "process")) >= 2
    assert set(reported(home, "socket")) <= FEELERS
    # Temporary files are gone, and what has stayed lies in our own folders or where it was asked for.
    left = {
        str(path.relative_to(home))
        for path in home.rglob("*")
        if path.is_file() and path.relative_to(home).parts[0] not in BESIDES
    }
    assert {path for path in left if not is_own(path)} == set()
    assert {"cache", "config", "data", "state"} == {path.partition("/")[0] for path in left}
    assert list((home / "tmp").iterdir()) == []
    assert [path.name for path in (home / "export").iterdir()] == ["grid.png"]
    # Nor was anything written elsewhere in between.
    elsewhere = {
        path for path in reported(home, "write") if not Path(path).is_relative_to(home) and not is_the_systems(path)
    }
    assert elsewhere == set()


def is_own(path: str) -> bool:
    """Whether a file of the home may be there."""
    return any(path == folder or path.startswith(f"{folder}/") for folder in OWN | LIBRARIES)


def is_the_systems(path: str) -> bool:
    """Whether a path is no file: a device, or a pipe."""
    return path.startswith(OF_THE_SYSTEM) or path == os.devnull


def test_the_watch_sees_what_it_is_for(home: Path) -> None:
    code = (
        "import socket, pathlib, sys\n"
        "pathlib.Path(sys.argv[1]).write_text('')\n"
        "pathlib.Path(sys.argv[2]).mkdir()\n"
        "for make in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: socket.socket()):\n"
        "    try: make()\n"
        "    except PermissionError: print('refused')\n"
    )
    command = [sys.executable, "-c", code, str(home / "a"), str(home / "b")]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    assert found.stdout == "refused\nrefused\n"
    assert set(reported(home, "write")) >= {str(home / "a"), str(home / "b")}
    assert reported(home, "socket") == ["socket.getaddrinfo by __main__: 0", "made by __main__"]

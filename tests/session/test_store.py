"""Sessions on the disk: whole, each copy's own, and found again by whoever comes after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "core"))

from test_kept_patterns import patterns

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.session.saved import SavedNetwork, SavedPicture, SavedSession, to_json
from cnnviz_gui.session.state import SessionState
from cnnviz_gui.session.store import ASIDE, KEPT, SessionStore

if TYPE_CHECKING:
    from collections.abc import Iterator

PASTED = make_picture("pasted.png", b"the picture's bytes")
SAVED = SavedSession(
    SavedNetwork(NetworkSource("net.keras"), "net", "abc"),
    SavedPicture("pasted.png", PASTED.sha256, ""),
    SessionState(layer="few", channels=(3,)),
)
HOLD = """
import sys, time
from pathlib import Path
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.session.saved import SavedNetwork, SavedSession
from cnnviz_gui.session.store import SessionStore
store = SessionStore(Path(sys.argv[1]))
store.write(SavedSession(SavedNetwork(NetworkSource("net.keras"), "other copy", "abc")), None, None)
print("written", flush=True)
time.sleep(600)
"""


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    """The store of this copy."""
    return SessionStore(tmp_path)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another copy of the application, whose session is written."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "written\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def leave(root: Path, saved: SavedSession, number: int) -> Path:
    """A session whose owner is gone, as old as its number says."""
    folder = root / f"{number:019}-1"
    folder.mkdir()
    (folder / "session.json").write_text(to_json(saved), encoding="utf-8")
    return folder


def test_the_session_of_a_running_copy_is_nobody_elses(store: SessionStore, tmp_path: Path) -> None:
    store.write(SAVED, PASTED, None)
    found = SessionStore(tmp_path).look()
    assert (found.crashed, found.closed, found.unreadable) == ((), None, ())
    assert store.look().crashed == ()


def test_another_process_is_left_alone_while_it_lives_and_found_when_it_was_killed(
    store: SessionStore, tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    assert store.look().crashed == ()
    (folder,) = tmp_path.iterdir()
    other.send_signal(signal.SIGKILL)
    other.wait()
    (left,) = store.look().crashed
    assert left.folder == folder
    assert left.saved.network is not None
    assert left.saved.network.title == "other copy"


def test_what_was_closed_is_the_last_session(store: SessionStore, tmp_path: Path) -> None:
    store.write(replace(SAVED, closed=True), PASTED, None)
    store.close()
    found = SessionStore(tmp_path).look()
    assert found.crashed == ()
    assert found.closed is not None
    assert found.closed.saved == replace(SAVED, closed=True)


def test_a_pasted_picture_and_patterns_come_back(store: SessionStore, tmp_path: Path) -> None:
    made = patterns()
    store.write(replace(SAVED, patterns=2), PASTED, made)
    store.close()
    reader = SessionStore(tmp_path)
    (left,) = reader.look().crashed
    data, found, problems = reader.read(left)
    assert (data, problems) == (PASTED.data, [])
    assert found is not None
    assert found.request == made.request
    np.testing.assert_array_equal(found.pictures, made.pictures)


def test_a_picture_with_a_path_is_not_copied(store: SessionStore, tmp_path: Path) -> None:
    store.write(SAVED, make_picture("cat.png", b"cat", "/photos/cat.png"), None)
    (folder,) = tmp_path.iterdir()
    assert {path.name for path in folder.iterdir()} == {"session.json", "owner.lock"}


def test_the_picture_and_the_patterns_are_written_once_and_the_newest_ones_win(
    store: SessionStore, tmp_path: Path
) -> None:
    first, second = patterns(), replace(patterns(), channels=(3, 7))
    store.write(SAVED, PASTED, first)
    (folder,) = tmp_path.iterdir()
    before = {name: (folder / name).stat().st_ino for name in ("picture.bin", "patterns.npz", "session.json")}
    store.write(SAVED, PASTED, first)
    after = {name: (folder / name).stat().st_ino for name in before}
    assert after["picture.bin"] == before["picture.bin"]
    assert after["patterns.npz"] == before["patterns.npz"]
    store.write(replace(SAVED, patterns=2), make_picture("b.png", b"another"), second)
    store.close()
    (left,) = SessionStore(tmp_path).look().crashed
    data, found, _ = SessionStore(tmp_path).read(left)
    assert data == b"another"
    assert found is not None
    assert found.channels == (3, 7)


@pytest.mark.parametrize("content", [b"", b"\x00garbage\xff", b'{"cnnviz-session": 99}'])
def test_what_cannot_be_read_is_set_aside_and_said_once(store: SessionStore, tmp_path: Path, content: bytes) -> None:
    good = leave(tmp_path, SAVED, 1)
    (leave(tmp_path, SAVED, 2) / "session.json").write_bytes(content)
    found = store.look()
    ((error, aside),) = found.unreadable
    assert "last session" in str(error)
    assert aside.name.startswith(ASIDE)
    assert (aside / "session.json").read_bytes() == content
    assert [left.folder for left in found.crashed] == [good]
    assert store.look().unreadable == ()


def test_patterns_that_are_damaged_cost_only_the_patterns(store: SessionStore, tmp_path: Path) -> None:
    folder = leave(tmp_path, replace(SAVED, patterns=2), 1)
    (folder / "patterns.npz").write_bytes(b"PK damaged")
    (folder / "picture.bin").write_bytes(PASTED.data)
    (left,) = store.look().crashed
    data, found, problems = store.read(left)
    assert (data, found) == (PASTED.data, None)
    assert [str(problem) for problem in problems] == ["The patterns of the session could not be read."]


def test_old_ones_are_removed_and_the_newest_come_first(store: SessionStore, tmp_path: Path) -> None:
    crashed = [leave(tmp_path, SAVED, number) for number in range(1, KEPT + 4)]
    closed = [leave(tmp_path, replace(SAVED, closed=True), number) for number in (100, 101, 102)]
    empty = leave(tmp_path, SavedSession(), 200)
    (tmp_path / "300-1").mkdir()
    found = store.look()
    assert [left.folder for left in found.crashed] == crashed[: -KEPT - 1 : -1]
    assert found.closed is not None
    assert found.closed.folder == closed[-1]
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in (*crashed[-KEPT:], closed[-1])}
    assert not empty.exists()


def test_what_is_discarded_is_gone_unless_somebody_has_taken_it(store: SessionStore, tmp_path: Path) -> None:
    leave(tmp_path, SAVED, 1)
    (left,) = store.look().crashed
    lock = SessionStore(tmp_path)._take(left.folder)
    store.discard(left)
    assert left.folder.exists()
    assert lock is not None
    lock.unlock()
    store.discard(left)
    assert not left.folder.exists()


def test_a_folder_that_somebody_has_removed_is_made_again(store: SessionStore, tmp_path: Path) -> None:
    import shutil

    store.write(SAVED, PASTED, None)
    (folder,) = tmp_path.iterdir()
    shutil.rmtree(folder)
    store.write(SAVED, PASTED, None)
    (again,) = tmp_path.iterdir()
    assert (again / "picture.bin").read_bytes() == PASTED.data


def test_a_place_that_cannot_be_written_to_is_said_in_words(tmp_path: Path) -> None:
    in_the_way = tmp_path / "sessions"
    in_the_way.write_text("a file")
    store = SessionStore(in_the_way)
    assert store.look().crashed == ()
    with pytest.raises(CnnvizError, match="sessions"):
        store.write(SAVED, None, None)


def test_a_write_that_fails_leaves_the_older_session(
    store: SessionStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(SAVED, PASTED, None)
    (folder,) = tmp_path.iterdir()
    before = (folder / "session.json").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CnnvizError, match="disk is full"):
        store.write(replace(SAVED, patterns=7), PASTED, None)
    assert (folder / "session.json").read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {"session.json", "picture.bin", "owner.lock"}

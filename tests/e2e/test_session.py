"""What a person was looking at survives the window's own death."""

from __future__ import annotations

import hashlib
import json
import signal
from typing import TYPE_CHECKING, Any

import pytest
from e2e_program import Program, contents
from e2e_screen import PHOTOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e_screen import Screenshots
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[..., Program]]:
    """Starts the program; always with the same home."""
    programs: list[Program] = []

    def make(*arguments: str) -> Program:
        program = Program(tmp_path, qtbot, *arguments)
        programs.append(program)
        program.wait(lambda: program.count("grid"))
        program.activate()
        return program

    yield make
    for program in programs:
        program.end()


def sessions(home: Path) -> dict[str, dict[str, Any]]:
    """The content of every session's file, by its folder's name."""
    return {path.parent.name: json.loads(content) for path, content in contents(home, "session.json").items()}


def patterns(home: Path) -> set[str]:
    """What the patterns' files hold, as digests."""
    return {hashlib.sha256(content).hexdigest() for content in contents(home, "patterns.npz").values()}


def test_a_window_that_was_killed_goes_on_where_it_was(
    start: Callable[..., Program], tmp_path: Path, screenshots: Screenshots
) -> None:
    first = start("efficientnet-lite0", str(PHOTOS["coffee"]))
    first.press("ctrl+f")
    first.type("block3b_add")
    first.press("Return")
    first.wait(lambda: any(row["layer"] == "block3b_add" for row in sessions(tmp_path).values()))
    # The pattern of the channel that is chosen.
    first.press("ctrl+p")
    first.wait(lambda: first.count("patterns"))
    first.wait(lambda: patterns(tmp_path) and all(row["patterns"] == 1 for row in sessions(tmp_path).values()))
    ((name, before),) = sessions(tmp_path).items()
    made = patterns(tmp_path)
    screenshots.take("session-before-the-kill")
    first.process.send_signal(signal.SIGKILL)
    first.wait_for_end()

    second = start()

    assert "chelsea_cat.jpg" in second.title
    screenshots.take("session-offered")
    second.press("alt+i")
    second.wait(lambda: second.count("restored"))
    second.wait(lambda: name not in sessions(tmp_path))
    second.wait(lambda: "grid" in second.events[second.events.index("restored") :])
    screenshots.take("session-restored")
    assert "coffee.jpg" in second.title
    (after,) = sessions(tmp_path).values()
    assert after == before
    assert patterns(tmp_path) == made

    # And closed in good order, it can be gone on with from the menu.
    second.press("ctrl+q")
    second.wait_for_end()
    assert [row["closed"] for row in sessions(tmp_path).values()] == [True]
    third = start()
    third.press("alt+f")
    third.wait_for_menus(1)
    third.press("s")
    third.wait(lambda: third.count("restored"))
    third.wait(lambda: "coffee.jpg" in third.title)
    third.wait(lambda: sorted(row["layer"] for row in sessions(tmp_path).values())[0] == "block3b_add")
    third.press("ctrl+q")
    third.wait_for_end()
    assert third.output == ""


def test_two_copies_at_once_leave_each_others_session_alone(
    start: Callable[..., Program], tmp_path: Path, screenshots: Screenshots
) -> None:
    first = start("efficientnet-lite0", str(PHOTOS["coffee"]))
    second = start("efficientnet-lite0", str(PHOTOS["rocket"]))
    second.wait(lambda: len(sessions(tmp_path)) == 2)
    second.process.send_signal(signal.SIGKILL)
    second.wait_for_end()
    (lost,) = (name for name, row in sessions(tmp_path).items() if row["picture"]["name"] == "rocket.jpg")

    third = start("efficientnet-lite0", str(PHOTOS["hubble"]))

    # Only what nobody has any more is offered, and can be thrown away.
    third.press("alt+d")
    third.wait(lambda: lost not in sessions(tmp_path))
    assert {row["picture"]["name"] for row in sessions(tmp_path).values()} >= {"coffee.jpg"}
    for program in (third, first):
        program.activate()
        program.press("ctrl+q")
        program.wait_for_end()
    assert [row["closed"] for row in sessions(tmp_path).values()] == [True, True]


def test_a_session_that_is_damaged_is_set_aside_with_a_sentence(
    start: Callable[..., Program], tmp_path: Path, screenshots: Screenshots
) -> None:
    folder = tmp_path / "data" / "cnnviz-gui" / "sessions" / "1700000000000000000-1"
    folder.mkdir(parents=True)
    (folder / "session.json").write_bytes(b"\x00\xff not a session")

    program = start()

    screenshots.take("session-damaged")
    (aside,) = folder.parent.glob("unreadable-*")
    assert (aside / "session.json").read_bytes() == b"\x00\xff not a session"
    program.press("ctrl+q")
    program.wait_for_end()
    assert program.output == ""

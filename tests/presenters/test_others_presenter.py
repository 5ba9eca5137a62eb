"""Pictures for the further inputs of a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from presenters_fakes import CAT, DOG, NETWORK, PAIR, FakeBar, FakePicture, FakeRunner, FakeWindow

from cnnviz_gui.core.requests import ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.others_presenter import OthersPresenter

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from cnnviz_gui.session.session import Session
    from cnnviz_gui.settings import Settings

RIGHT, THIRD = (slots.of_input(slots.OTHER_PICTURE, name) for name in ("right", "third"))


@pytest.fixture
def presenter(
    session: Session,
    runner: FakeRunner,
    settings: Settings,
    window: FakeWindow,
    picture: FakePicture,
    bar: FakeBar,
    owner: QObject,
) -> OthersPresenter:
    """The presenter; a network with three pictures and a vector is open."""
    made = OthersPresenter(session, runner, settings, window, picture, bar, owner)
    session.open_network(PAIR)
    return made


def test_every_further_input_for_a_picture_is_shown_and_no_other(
    presenter: OthersPresenter, session: Session, picture: FakePicture
) -> None:
    inputs, pictures = picture.show_others.call_args.args
    assert [given.name for given in inputs] == ["right", "third"]
    assert pictures == {}
    session.open_network(NETWORK)
    assert picture.show_others.call_args.args == ((), {})


def test_each_input_is_read_for_by_itself(
    presenter: OthersPresenter, session: Session, runner: FakeRunner, picture: FakePicture
) -> None:
    picture.other_files_dropped.emit("right", ["/photos/cat.png"])
    picture.other_image_dropped.emit("third", b"png", "dragged.png")
    assert runner.jobs == {
        RIGHT: ReadPicture(path="/photos/cat.png"),
        THIRD: ReadPicture(name="dragged.png", data=b"png"),
    }
    runner.finish(THIRD, DOG)
    runner.finish(RIGHT, CAT)
    assert session.state.others == (("right", CAT), ("third", DOG))
    assert picture.show_others.call_args.args[1] == {"right": CAT, "third": DOG}
    assert session.state.picture is None


def test_a_picture_is_chosen_and_cleared(
    presenter: OthersPresenter,
    session: Session,
    runner: FakeRunner,
    window: FakeWindow,
    settings: Settings,
    picture: FakePicture,
) -> None:
    picture.other_requested.emit("right")
    assert runner.submitted == []
    window.ask_pictures.return_value = ["/photos/cats/a.png", "/photos/cats/b.png"]
    picture.other_requested.emit("right")
    assert runner.jobs == {RIGHT: ReadPicture(path="/photos/cats/a.png")}
    assert settings.folder("picture") == "/photos/cats"
    runner.finish(RIGHT, CAT)
    picture.other_requested.emit("right")
    picture.other_cleared.emit("right")
    assert not runner.busy(RIGHT)
    assert session.state.others == ()


def test_of_several_pictures_the_first_is_taken_and_said(
    presenter: OthersPresenter, runner: FakeRunner, picture: FakePicture, bar: FakeBar
) -> None:
    picture.other_files_dropped.emit("right", ["/photos/b.png", "/photos/a.png"])
    assert runner.jobs == {RIGHT: ReadPicture(path="/photos/b.png")}
    bar.show_note.assert_called_once_with("The input right takes one picture: the first of them.")


def test_a_network_that_is_dropped_on_an_input_is_passed_on(
    presenter: OthersPresenter, runner: FakeRunner, picture: FakePicture
) -> None:
    said = []
    presenter.files_left.connect(said.append)
    picture.other_files_dropped.emit("right", ["/nets/net.keras"])
    assert [dropped.network for dropped in said] == ["/nets/net.keras"]
    assert runner.submitted == []


def test_a_folder_without_pictures_is_said_to_have_none(
    presenter: OthersPresenter, picture: FakePicture, bar: FakeBar, tmp_path: Path
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    picture.other_files_dropped.emit("right", [str(folder)])
    assert str(bar.show_error.call_args.args[0]) == "There is no picture in empty."


def test_what_was_meant_for_the_network_before_is_not_read_any_more(
    presenter: OthersPresenter, session: Session, runner: FakeRunner, picture: FakePicture
) -> None:
    picture.other_files_dropped.emit("right", ["/photos/cat.png"])
    session.open_network(NETWORK)
    assert runner.jobs == {}

"""Pictures from files, folders, drops, the clipboard and the samples."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from presenters_fakes import CAT, DOG, FakeBar, FakePicture, FakeRunner, read

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.requests import ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.dropped_files import MAX_FOLDER, DroppedFiles
from cnnviz_gui.presenters.picture_presenter import PicturePresenter

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from cnnviz_gui.session.session import Session


@pytest.fixture
def presenter(
    session: Session, runner: FakeRunner, picture: FakePicture, bar: FakeBar, owner: QObject
) -> PicturePresenter:
    """The presenter, before there is a picture."""
    return PicturePresenter(session, runner, picture, bar, owner)


@pytest.fixture
def left(presenter: PicturePresenter) -> list[DroppedFiles]:
    """What was dropped and is no picture."""
    said: list[DroppedFiles] = []
    presenter.files_left.connect(said.append)
    return said


def make_files(folder: Path, *names: str) -> list[str]:
    """Makes empty files; returns their paths in the order given."""
    for name in names:
        (folder / name).write_bytes(b"")
    return [str(folder / name) for name in names]


def asked(runner: FakeRunner) -> list[str]:
    """Names of the files that were asked for."""
    return [Path(request.path).name for request in runner.of(slots.PICTURE)]


def finish(runner: FakeRunner) -> None:
    """Reads the file that was asked for."""
    path = runner.jobs[slots.PICTURE].path
    runner.finish(slots.PICTURE, read(Path(path).name, path))


def fail(runner: FakeRunner) -> None:
    """The file that was asked for is damaged."""
    runner.fail(slots.PICTURE, CnnvizError(message("Damaged.")))


def walk(presenter: PicturePresenter, runner: FakeRunner, step: int, count: int) -> list[str]:
    """Goes on or back a few times; returns the names of what was asked for."""
    for _ in range(count):
        presenter.show_next(step)
        finish(runner)
    return asked(runner)[-count:]


def test_a_file_is_read_and_then_shown(
    presenter: PicturePresenter, session: Session, runner: FakeRunner, picture: FakePicture
) -> None:
    said = []
    presenter.read.connect(said.append)
    presenter.open_file("/photos/cat.png")
    assert runner.submitted == [(slots.PICTURE, ReadPicture(path="/photos/cat.png"))]
    picture.show_picture.assert_not_called()
    runner.finish(slots.PICTURE, CAT)
    assert session.state.picture is CAT
    picture.show_picture.assert_called_once_with(CAT)
    assert said == [CAT]


def test_undo_shows_the_picture_before(
    presenter: PicturePresenter, session: Session, runner: FakeRunner, picture: FakePicture
) -> None:
    session.show_picture(CAT)
    session.show_picture(DOG)
    session.undo()
    picture.show_picture.assert_called_with(CAT)


def test_the_answer_of_another_slot_is_no_picture(
    presenter: PicturePresenter, session: Session, runner: FakeRunner
) -> None:
    runner.finished.emit(slots.EXPORT, None, "grid.png")
    assert session.state.picture is None


def test_a_sample_is_opened_like_a_file(
    presenter: PicturePresenter, runner: FakeRunner, picture: FakePicture
) -> None:
    picture.sample_chosen.emit("/samples/coffee.jpg")
    assert runner.submitted == [(slots.PICTURE, ReadPicture(path="/samples/coffee.jpg"))]


def test_a_picture_without_a_file_is_read_from_its_bytes(
    presenter: PicturePresenter, runner: FakeRunner, picture: FakePicture
) -> None:
    picture.image_dropped.emit(b"\x89PNG", "dragged.png")
    assert runner.submitted == [(slots.PICTURE, ReadPicture(name="dragged.png", data=b"\x89PNG"))]
    assert not presenter.has_several


def test_of_several_files_the_first_is_shown_and_the_others_follow(
    presenter: PicturePresenter, runner: FakeRunner, picture: FakePicture, tmp_path: Path
) -> None:
    picture.files_dropped.emit(make_files(tmp_path, "c.png", "a.png", "b.png"))
    finish(runner)
    assert presenter.has_several
    assert walk(presenter, runner, 1, 2) == ["a.png", "b.png"]


def test_a_folders_pictures_come_in_natural_order_and_nothing_else_does(
    presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path
) -> None:
    make_files(tmp_path, "10.png", "2.png", "B1.JPG", "a12.webp", "a3.webp", "notes.txt", "net.keras", "ü.tif")
    (tmp_path / "folder.png").mkdir()
    presenter.open_files([str(tmp_path)])
    finish(runner)
    walk(presenter, runner, 1, 5)
    assert asked(runner) == ["2.png", "10.png", "a3.webp", "a12.webp", "B1.JPG", "ü.tif"]


@pytest.mark.parametrize("name", ["1²3.png", "٣.png", "Ⅷ.png", "0007.png"])
def test_odd_numbers_in_names_can_be_ordered(
    presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path, name: str
) -> None:
    make_files(tmp_path, name, "1.png", "x.png")
    presenter.open_files([str(tmp_path)])
    finish(runner)
    walk(presenter, runner, 1, 2)
    assert sorted(asked(runner)) == sorted([name, "1.png", "x.png"])


def test_files_and_folders_can_be_dropped_together(
    presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path
) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    make_files(folder, "2.png", "1.png")
    presenter.open_files([*make_files(tmp_path, "first.png"), str(folder)])
    finish(runner)
    walk(presenter, runner, 1, 2)
    assert asked(runner) == ["first.png", "1.png", "2.png"]


def test_a_very_large_folder_is_cut(presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path) -> None:
    make_files(tmp_path, *(f"{number}.png" for number in range(MAX_FOLDER + 2)))
    presenter.open_files([str(tmp_path)])
    finish(runner)
    assert walk(presenter, runner, -1, 1) == [f"{MAX_FOLDER - 1}.png"]


def test_a_network_among_what_is_dropped_is_passed_on(
    presenter: PicturePresenter, runner: FakeRunner, left: list[DroppedFiles], tmp_path: Path
) -> None:
    picture, network = make_files(tmp_path, "cat.png", "NET.HDF5")
    presenter.open_files([picture, network])
    assert [dropped.network for dropped in left] == [network]
    assert asked(runner) == ["cat.png"]


@pytest.mark.parametrize("name", ["net.keras", "layers.py"])
def test_what_is_no_picture_is_no_error(
    presenter: PicturePresenter,
    runner: FakeRunner,
    bar: FakeBar,
    left: list[DroppedFiles],
    tmp_path: Path,
    name: str,
) -> None:
    presenter.open_files(make_files(tmp_path, name))
    assert len(left) == 1
    assert runner.submitted == []
    bar.show_error.assert_not_called()


def test_a_folder_without_pictures_is_said_to_have_none(
    presenter: PicturePresenter, runner: FakeRunner, bar: FakeBar, tmp_path: Path
) -> None:
    presenter.open_file("/photos/cat.png")
    runner.finish(slots.PICTURE, CAT)
    folder = tmp_path / "empty"
    folder.mkdir()
    presenter.open_files([str(folder)])
    what, _, _ = bar.show_error.call_args.args
    assert str(what) == "There is no picture in empty."
    assert asked(runner) == ["cat.png"]


def test_a_file_of_any_name_is_tried_and_the_engine_says_what_is_wrong(
    presenter: PicturePresenter, runner: FakeRunner, bar: FakeBar, tmp_path: Path
) -> None:
    presenter.open_files(make_files(tmp_path, "picture-without-ending"))
    assert asked(runner) == ["picture-without-ending"]
    bar.show_error.assert_not_called()


def test_next_and_previous_go_round(presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path) -> None:
    presenter.open_files(make_files(tmp_path, "a.png", "b.png", "c.png"))
    finish(runner)
    assert walk(presenter, runner, 1, 4) == ["b.png", "c.png", "a.png", "b.png"]
    assert walk(presenter, runner, -1, 4) == ["a.png", "c.png", "b.png", "a.png"]


def test_next_goes_past_a_damaged_picture(presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path) -> None:
    presenter.open_files(make_files(tmp_path, "a.png", "damaged.png", "c.png"))
    finish(runner)
    presenter.show_next(1)
    fail(runner)
    assert walk(presenter, runner, 1, 1) == ["c.png"]
    presenter.show_next(-1)
    fail(runner)
    assert walk(presenter, runner, -1, 1) == ["a.png"]


def test_next_goes_past_a_damaged_first_picture(
    presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path
) -> None:
    presenter.open_files(make_files(tmp_path, "damaged.png", "b.png"))
    fail(runner)
    assert walk(presenter, runner, 1, 1) == ["b.png"]


def test_next_goes_past_a_picture_that_was_given_twice(
    presenter: PicturePresenter, runner: FakeRunner, tmp_path: Path
) -> None:
    first, second = make_files(tmp_path, "a.png", "b.png")
    presenter.open_files([first, first, second])
    finish(runner)
    assert walk(presenter, runner, 1, 2) == ["a.png", "b.png"]


def test_next_goes_on_from_the_picture_that_undo_has_shown(
    presenter: PicturePresenter, session: Session, runner: FakeRunner, tmp_path: Path
) -> None:
    presenter.open_files(make_files(tmp_path, "a.png", "b.png", "c.png"))
    finish(runner)
    walk(presenter, runner, 1, 2)
    session.undo()
    assert walk(presenter, runner, 1, 1) == ["c.png"]


def test_a_single_picture_has_no_next_one(presenter: PicturePresenter, runner: FakeRunner) -> None:
    presenter.open_file("/photos/cat.png")
    runner.finish(slots.PICTURE, CAT)
    presenter.show_next(1)
    assert not presenter.has_several
    assert len(runner.submitted) == 1


def test_another_picture_forgets_those_that_came_together(
    presenter: PicturePresenter, runner: FakeRunner, picture: FakePicture, tmp_path: Path
) -> None:
    presenter.open_files(make_files(tmp_path, "a.png", "b.png"))
    finish(runner)
    picture.image_dropped.emit(b"png", "pasted.png")
    runner.finish(slots.PICTURE, read("pasted.png"))
    presenter.show_next(1)
    assert not presenter.has_several
    assert not runner.busy(slots.PICTURE)


def test_a_picture_that_cannot_be_read_leaves_the_old_one(
    presenter: PicturePresenter, session: Session, runner: FakeRunner
) -> None:
    session.show_picture(CAT)
    presenter.open_file("/photos/damaged.png")
    fail(runner)
    assert session.state.picture is CAT

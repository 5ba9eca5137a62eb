"""The channel grid: from a location to its mosaic, and from a click to a location."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import call

import numpy as np
import pytest
from presenters_fakes import CAT, DOG, NETWORK, OTHER, FakeGrid, FakePicture, FakeRunner, answer

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.mosaic import Cell, Scale, SortKey
from cnnviz_gui.core.requests import DrawGrid, View
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.grid_presenter import GridPresenter
from cnnviz_gui.session.state import Display

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from cnnviz_gui.core.requests import Grid
    from cnnviz_gui.session.session import Session

FAILURE = CnnvizError(message("No."))


@pytest.fixture
def presenter(
    session: Session, runner: FakeRunner, grid: FakeGrid, picture: FakePicture, owner: QObject
) -> GridPresenter:
    """The presenter, before anything is open."""
    return GridPresenter(session, runner, grid, picture, owner)


@pytest.fixture
def shown(presenter: GridPresenter, looking: Session, runner: FakeRunner, grid: FakeGrid) -> Grid:
    """A grid that is on the screen; what the view was told before is forgotten."""
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    grid.told.reset_mock()
    runner.submitted.clear()
    return made


def test_before_the_first_network_it_says_that_it_is_opened(presenter: GridPresenter, grid: FakeGrid) -> None:
    grid.show_nothing.assert_called_once_with("Opening the network…")


def test_a_first_network_that_does_not_open_is_not_still_being_opened(
    presenter: GridPresenter, runner: FakeRunner, grid: FakeGrid
) -> None:
    runner.failed.emit(slots.NETWORK, None, FAILURE)
    grid.show_nothing.assert_called_with("No network is open. The File menu opens one.")
    runner.started.emit(slots.NETWORK, None)
    grid.show_nothing.assert_called_with("Opening the network…")
    runner.stopped.emit(slots.NETWORK, None)
    grid.show_nothing.assert_called_with("No network is open. The File menu opens one.")


def test_a_first_grid_is_said_to_be_computed_until_it_fails(
    presenter: GridPresenter, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    runner.started.emit(slots.GRID, runner.jobs[slots.GRID])
    grid.show_nothing.assert_called_with("Computing the channels…")
    runner.fail(slots.GRID, FAILURE)
    grid.show_nothing.assert_called_with("The channels could not be computed.")


def test_what_is_shown_stays_while_another_is_on_its_way_or_fails(
    shown: Grid, runner: FakeRunner, grid: FakeGrid
) -> None:
    for slot in (slots.NETWORK, slots.GRID):
        runner.started.emit(slot, None)
        runner.failed.emit(slot, None, FAILURE)
    grid.show_nothing.assert_not_called()


def test_nothing_is_asked_while_the_network_or_the_picture_is_missing(
    presenter: GridPresenter, session: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    session.show_picture(CAT)
    assert grid.show_nothing.call_count == 1
    session.undo()
    session.open_network(NETWORK)
    grid.show_nothing.assert_called_with("Drop a picture here to see what every channel does with it.")
    assert runner.submitted == []
    assert presenter.request(session.state) is None


def test_the_request_says_all_that_the_state_says(
    presenter: GridPresenter, looking: Session, runner: FakeRunner
) -> None:
    looking.choose_size((50, 33))
    looking.choose_preprocessing("tf")
    looking.display(Display(Scale.SIGNED, "magma", SortKey.MEAN, 8))
    view = View(NETWORK.source, "few", CAT.picture, (50, 33), "tf")
    assert runner.of(slots.GRID)[-1] == DrawGrid(view, Scale.SIGNED, SortKey.MEAN, 8, 1.0, 0)


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.show_picture(DOG),
        lambda session: session.choose_size((64, 64)),
        lambda session: session.choose_preprocessing("tf"),
        lambda session: session.select_layer("many"),
        lambda session: session.display(Display(scale=Scale.LAYER)),
        lambda session: session.display(Display(sort=SortKey.ZEROS)),
        lambda session: session.display(Display(per_row=8)),
        lambda session: session.open_network(OTHER),
    ],
    ids=["picture", "size", "preprocessing", "layer", "scale", "sort", "per_row", "network"],
)
def test_every_change_of_what_the_grid_shows_is_asked_for_once(
    shown: Grid, looking: Session, runner: FakeRunner, change: object
) -> None:
    change(looking)  # type: ignore[operator]
    assert len(runner.of(slots.GRID)) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.select_channels((5,)),
        lambda session: session.select_position((1, 1)),
        lambda session: session.display(Display(colormap="magma")),
    ],
    ids=["channels", "position", "colormap"],
)
def test_what_the_view_can_show_by_itself_is_not_computed(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid, change: object
) -> None:
    change(looking)  # type: ignore[operator]
    assert runner.of(slots.GRID) == []
    assert call(True) not in grid.show_stale.mock_calls


def test_an_answer_is_shown_with_its_title_and_the_selection_and_is_not_old(
    presenter: GridPresenter, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    said = []
    presenter.shown.connect(said.append)
    looking.select_channels((3,))
    looking.select_position((2, 1))
    made = answer(runner.jobs[slots.GRID])
    grid.told.reset_mock()
    runner.finish(slots.GRID, made)
    assert grid.told.mock_calls == [
        call.show_grid(made, "few   3 x 2 x 8"),
        call.show_selection((3,), (2, 1)),
        call.show_stale(False),
    ]
    assert presenter.grid is made
    assert said == [made]


def test_a_vectors_title_names_its_length_only(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("vector")
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    assert grid.show_grid.call_args.args[1] == "vector   6"


def test_the_grid_is_tinted_as_old_while_a_newer_one_is_computed(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("many")
    grid.show_stale.assert_called_once_with(True)
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    grid.show_stale.assert_called_with(False)


def test_the_last_good_grid_stays_and_stays_old_after_a_failure(
    presenter: GridPresenter, shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("many")
    runner.fail(slots.GRID, FAILURE)
    assert presenter.grid is shown
    assert grid.show_stale.mock_calls == [call(True)]
    grid.show_grid.assert_not_called()
    grid.show_nothing.assert_not_called()


def test_going_back_after_a_failure_shows_the_last_good_grid_as_current(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("many")
    runner.fail(slots.GRID, FAILURE)
    looking.undo()
    grid.show_stale.assert_called_with(False)
    assert len(runner.of(slots.GRID)) == 1


def test_the_newest_request_wins(presenter: GridPresenter, shown: Grid, looking: Session, runner: FakeRunner) -> None:
    looking.select_layer("many")
    late = runner.jobs[slots.GRID]
    looking.select_layer("vector")
    runner.finished.emit(slots.GRID, late, answer(late))
    assert presenter.grid is shown
    runner.finish(slots.GRID, newest := answer(runner.jobs[slots.GRID]))
    assert presenter.grid is newest


def test_an_answer_about_another_state_is_not_shown(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("many")
    request = runner.jobs[slots.GRID]
    other = replace(request, view=replace(request.view, layer="vector"))
    runner.finished.emit(slots.GRID, other, answer(other))
    grid.show_grid.assert_not_called()


def test_an_answer_of_another_slot_is_not_a_grid(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("many")
    runner.finished.emit(slots.EXPORT, runner.jobs[slots.GRID], "grid.png")
    grid.show_grid.assert_not_called()


def test_back_at_what_is_shown_the_job_on_its_way_is_cancelled(
    presenter: GridPresenter, shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("many")
    looking.undo()
    assert not runner.busy(slots.GRID)
    assert grid.show_stale.mock_calls == [call(True), call(False)]
    assert presenter.grid is shown


@pytest.mark.parametrize("sort", SortKey)
def test_only_likeness_depends_on_the_chosen_channel(
    presenter: GridPresenter, shown: Grid, looking: Session, runner: FakeRunner, sort: SortKey
) -> None:
    looking.display(Display(sort=sort))
    requests = set()
    for channel in (0, 2, 5):
        looking.select_channels((1, channel))
        requests.add(presenter.request(looking.state))
    chosen = {request.chosen for request in requests if request}
    assert chosen == ({0, 2, 5} if sort is SortKey.LIKENESS else {0})
    assert len(requests) == len(chosen)


def test_likeness_without_a_chosen_channel_is_to_the_first_one(presenter: GridPresenter, looking: Session) -> None:
    looking.display(Display(sort=SortKey.LIKENESS))
    looking.select_channels(())
    request = presenter.request(looking.state)
    assert request is not None
    assert request.chosen == 0


def test_the_windows_aspect_matters_only_where_channels_are_fitted_to_it(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.display(Display(per_row=16))
    runner.submitted.clear()
    grid.aspect_changed.emit(5.5)
    assert runner.of(slots.GRID) == []
    looking.display(Display(per_row=0))
    grid.aspect_changed.emit(0.5)
    assert [(request.per_row, request.aspect) for request in runner.of(slots.GRID)] == [(0, 5.5), (0, 0.5)]


def test_an_aspect_that_is_shown_already_is_not_asked_for_again(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    assert looking.state.display.per_row == 0
    grid.aspect_changed.emit(4 / 3)
    assert runner.of(slots.GRID) == []


def test_a_fitted_grid_is_asked_for_again_only_when_it_would_have_other_columns(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    # Eight tiles of 3 x 2: four columns of two are 8 wide and 6 high, six of two (two places empty) 12 by 6.
    assert shown.tiling.per_row == 4
    grid.aspect_changed.emit(1.4)
    grid.aspect_changed.emit(1.2)
    assert runner.of(slots.GRID) == []
    grid.aspect_changed.emit(16 / 3)
    (request,) = runner.of(slots.GRID)
    assert request.aspect == 16 / 3
    runner.finish(slots.GRID, answer(request))
    assert grid.show_grid.call_args.args[0].tiling.per_row == 8


def test_the_next_layer_is_fitted_to_the_room_there_is(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    grid.aspect_changed.emit(1.4)
    looking.select_layer("many")
    (request,) = runner.of(slots.GRID)
    assert request.aspect == 1.4


def test_a_display_that_the_user_chose_in_the_grid_becomes_the_sessions(
    shown: Grid, looking: Session, grid: FakeGrid
) -> None:
    display = Display(colormap="magma", per_row=4)
    grid.display_changed.emit(display)
    assert looking.state.display == display
    grid.show_display.assert_called_once_with(display)


def test_undoing_a_display_shows_the_one_before(shown: Grid, looking: Session, grid: FakeGrid) -> None:
    looking.display(Display(colormap="magma"))
    looking.undo()
    grid.show_display.assert_called_with(Display())


def test_a_change_of_the_selection_is_framed_at_once(shown: Grid, looking: Session, grid: FakeGrid) -> None:
    looking.select_channels((4, 2))
    grid.show_selection.assert_called_once_with((4, 2), None)
    looking.select_position((0, 1))
    grid.show_selection.assert_called_with((4, 2), (0, 1))


def test_a_click_chooses_a_channel_alone(shown: Grid, looking: Session, grid: FakeGrid) -> None:
    looking.select_channels((1, 2, 3))
    grid.channel_clicked.emit(5, "only")
    assert looking.state.channels == (5,)


def test_ctrl_adds_a_channel_as_the_inspectors_and_takes_it_away_again(
    shown: Grid, looking: Session, grid: FakeGrid
) -> None:
    grid.channel_clicked.emit(5, "toggle")
    assert looking.state.channels == (0, 5)
    grid.channel_clicked.emit(2, "toggle")
    assert looking.state.channels == (0, 5, 2)
    grid.channel_clicked.emit(5, "toggle")
    assert looking.state.channels == (0, 2)


def test_ctrl_on_the_only_channel_leaves_none(shown: Grid, looking: Session, grid: FakeGrid) -> None:
    grid.channel_clicked.emit(0, "toggle")
    assert looking.state.channels == ()


def test_shift_chooses_from_the_last_channel_to_the_clicked_one_which_becomes_the_inspectors(
    shown: Grid, looking: Session, grid: FakeGrid
) -> None:
    grid.channel_clicked.emit(2, "only")
    grid.channel_clicked.emit(5, "range")
    assert looking.state.channels == (2, 3, 4, 5)
    grid.channel_clicked.emit(7, "only")
    grid.channel_clicked.emit(4, "range")
    assert looking.state.channels == (5, 6, 7, 4)
    assert looking.state.channel == 4


def test_shift_goes_along_the_order_that_is_seen(
    presenter: GridPresenter, shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.display(Display(sort=SortKey.MEAN))
    # Means fall from channel 0 to 7, but 1 and 6 have changed places.
    means = np.array([8, 2, 6, 5, 4, 3, 7, 1], np.float32)
    values = np.broadcast_to(means, (3, 2, 8)).copy()
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID], values))
    grid.channel_clicked.emit(0, "only")
    grid.channel_clicked.emit(3, "range")
    assert looking.state.channels == (0, 6, 2, 3)


def test_shift_without_a_chosen_channel_chooses_the_clicked_one(
    shown: Grid, looking: Session, grid: FakeGrid
) -> None:
    looking.select_channels(())
    grid.channel_clicked.emit(3, "range")
    assert looking.state.channels == (3,)


@pytest.mark.parametrize("how", ["only", "toggle", "range"])
def test_a_click_on_the_old_grid_of_another_layer_chooses_nothing(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid, how: str
) -> None:
    looking.select_layer("vector")
    grid.channel_clicked.emit(7, how)
    grid.position_clicked.emit(2, 1)
    assert (looking.state.channels, looking.state.position) == ((0,), None)
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    grid.channel_clicked.emit(5, how)
    assert looking.state.channel == 5


def test_a_position_in_the_old_grid_of_another_size_is_not_chosen(
    shown: Grid, looking: Session, grid: FakeGrid
) -> None:
    looking.choose_size((8, 8))
    grid.position_clicked.emit(2, 1)
    assert looking.state.position is None
    grid.channel_clicked.emit(3, "only")
    assert looking.state.channel == 3


def test_a_click_into_the_chosen_channel_chooses_a_position(shown: Grid, looking: Session, grid: FakeGrid) -> None:
    grid.position_clicked.emit(2, 1)
    assert looking.state.position == (2, 1)


@pytest.mark.parametrize(
    ("cell", "box"),
    [
        # The picture is 20 high and 10 wide; a position sees 7 rows and 5 columns.
        (Cell(0, 2, 0), (1 / 20, 1 / 10, 7 / 20, 5 / 10)),
        # Rows -3 to 4: three of them are padding.
        (Cell(0, 0, 0), (0 / 20, 1 / 10, 4 / 20, 5 / 10)),
        # Columns 9 to 14: four of them are padding. Rows 15 to 22: two of them.
        (Cell(0, 9, 2), (15 / 20, 9 / 10, 5 / 20, 1 / 10)),
    ],
    ids=["inside", "cut at the top", "cut at the bottom and the right"],
)
def test_hovering_shows_the_part_of_the_picture_that_a_position_sees(
    shown: Grid, grid: FakeGrid, picture: FakePicture, cell: Cell, box: tuple[float, ...]
) -> None:
    grid.hovered.emit(cell)
    assert picture.show_receptive_field.call_args.args[0] == pytest.approx(box)


def test_the_receptive_field_is_a_share_of_the_size_in_use(
    shown: Grid, looking: Session, grid: FakeGrid, picture: FakePicture
) -> None:
    looking.choose_size((40, 20))
    grid.hovered.emit(Cell(0, 2, 0))
    assert picture.show_receptive_field.call_args.args[0] == pytest.approx((1 / 40, 1 / 20, 7 / 40, 5 / 20))


def test_no_receptive_field_where_it_is_not_known_or_nothing_is_hovered(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid, picture: FakePicture
) -> None:
    grid.hovered.emit(None)
    picture.show_receptive_field.assert_called_with(None)
    looking.select_layer("many")
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    grid.hovered.emit(Cell(0, 0, 0))
    assert picture.show_receptive_field.mock_calls == [call(None), call(None)]


def test_hovering_before_there_is_a_grid_shows_nothing(
    presenter: GridPresenter, grid: FakeGrid, picture: FakePicture
) -> None:
    grid.hovered.emit(Cell(0, 0, 0))
    picture.show_receptive_field.assert_called_once_with(None)


def test_hovering_the_last_layer_of_a_classifier_names_the_class(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("classes")
    values = np.array([0.125, 0.5, 0.25, 0.125], np.float32).reshape(1, 1, 4)
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID], values))
    grid.hovered.emit(Cell(1, 0, 0))
    grid.show_hover.assert_called_once_with("1  dog: 0.5")


def test_hovering_another_vector_names_no_class(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid
) -> None:
    looking.select_layer("vector")
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    grid.hovered.emit(Cell(1, 0, 0))
    grid.show_hover.assert_not_called()


def test_hovering_an_old_grid_names_nothing_of_the_new_layer(
    shown: Grid, looking: Session, runner: FakeRunner, grid: FakeGrid, picture: FakePicture
) -> None:
    looking.select_layer("vector")
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    # The vector of 6 is still on the screen while the 4 classes are computed.
    looking.select_layer("classes")
    picture.told.reset_mock()
    grid.hovered.emit(Cell(5, 0, 0))
    grid.show_hover.assert_not_called()
    picture.show_receptive_field.assert_called_once_with(None)


def test_a_channels_pixels_are_those_of_its_tile_in_the_colours_on_the_screen(
    presenter: GridPresenter, looking: Session, runner: FakeRunner
) -> None:
    looking.display(Display(colormap="magma", per_row=3))
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    pixels = presenter.channel_pixels(4)
    assert pixels is not None
    # Channel 4 is the second of the second row of three: 3 pixels down, 2 to the right.
    assert np.array_equal(pixels, color_table("magma")[made.mosaic[3:6, 2:4]])


def test_there_are_no_pixels_without_a_grid_or_of_a_channel_that_it_does_not_have(
    presenter: GridPresenter, looking: Session, runner: FakeRunner
) -> None:
    assert presenter.channel_pixels(0) is None
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    assert presenter.channel_pixels(8) is None

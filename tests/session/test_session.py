"""The user's verbs: what each changes, what it says, and how it is undone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import NetworkInput
from cnnviz_gui.session.session import UNDO_STEPS
from cnnviz_gui.session.state import Display, Lens, SessionState

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.session.session import Session

    Changes = list[tuple[SessionState, SessionState]]
    Verb = Callable[[Session], None]

SIGNED = Display(Scale.SIGNED, "magma", SortKey.MEAN, 0)
VERBS: dict[str, tuple[Verb, dict[str, object]]] = {
    "choose_size": (lambda session: session.choose_size((500, 333)), {"size": (500, 333)}),
    "choose_preprocessing": (lambda session: session.choose_preprocessing("torch"), {"preprocessing": "torch"}),
    "select_layer": (lambda session: session.select_layer("few"), {"layer": "few"}),
    "select_channels": (lambda session: session.select_channels((3, 5)), {"channels": (3, 5)}),
    "select_position": (lambda session: session.select_position((1, 2)), {"position": (1, 2)}),
    "display": (lambda session: session.display(SIGNED), {"display": SIGNED}),
    "look_through": (lambda session: session.look_through(Lens.KERNELS), {"lens": Lens.KERNELS}),
}
each_verb = pytest.mark.parametrize("name", VERBS)


def test_at_first_nothing_is_open_and_nothing_can_be_undone(session: Session) -> None:
    assert session.state == SessionState()
    assert session.state.layer_info is None
    assert session.state.channel is None
    assert (session.can_undo, session.can_redo) == (False, False)


def test_a_network_is_opened_at_the_first_channel_of_its_default_layer(session: Session, network: Network) -> None:
    session.open_network(network)
    state = session.state
    assert (state.network, state.layer, state.channels, state.position) == (network, "many", (0,), None)
    assert state.layer_info is network.layers[1]


def test_a_network_brings_its_size_and_its_preprocessing(session: Session, network: Network) -> None:
    session.open_network(network)
    assert (session.state.size, session.state.preprocessing) == ((224, 192), "caffe")
    session.open_network(replace(network, input_size=(64, 32)))
    assert session.state.size == (64, 32)


def test_a_default_layer_without_channels_has_none_chosen(session: Session, network: Network) -> None:
    session.open_network(replace(network, default_layer="unknown"))
    assert session.state.channels == ()
    assert session.state.channel is None


def test_another_network_keeps_picture_display_and_lens(
    opened: Session, network: Network, make_read: Callable[[str], PictureRead]
) -> None:
    cat = make_read("cat")
    opened.show_picture(cat)
    opened.display(SIGNED)
    opened.look_through(Lens.OVERLAY)
    opened.open_network(replace(network, title="other", default_layer="few"))
    state = opened.state
    assert (state.layer, state.picture, state.display, state.lens) == ("few", cat, SIGNED, Lens.OVERLAY)


def test_a_picture_is_shown_at_the_same_location(
    opened: Session, changes: Changes, make_read: Callable[[str], PictureRead]
) -> None:
    opened.select_layer("few")
    opened.select_position((1, 2))
    before = opened.state
    cat = make_read("cat")
    opened.show_picture(cat)
    assert opened.state == replace(before, picture=cat)
    assert changes[-1] == (before, opened.state)


@each_verb
def test_a_verb_changes_what_it_says_and_nothing_else(opened: Session, name: str) -> None:
    verb, changed = VERBS[name]
    before = opened.state
    verb(opened)
    assert opened.state == replace(before, **changed)


@each_verb
def test_a_change_is_said_once_with_the_old_and_the_new_state(opened: Session, changes: Changes, name: str) -> None:
    before = opened.state
    VERBS[name][0](opened)
    assert changes == [(before, opened.state)]


@each_verb
def test_a_verb_that_changes_nothing_says_nothing_and_is_no_step(
    opened: Session, changes: Changes, name: str
) -> None:
    verb = VERBS[name][0]
    verb(opened)
    verb(opened)
    assert len(changes) == 1
    opened.undo()
    assert not opened.can_undo


@each_verb
def test_undo_goes_back_one_step_and_redo_takes_it_again(opened: Session, changes: Changes, name: str) -> None:
    before = opened.state
    VERBS[name][0](opened)
    after = opened.state
    opened.undo()
    assert opened.state == before
    assert (opened.can_undo, opened.can_redo) == (False, True)
    opened.redo()
    assert opened.state == after
    assert (opened.can_undo, opened.can_redo) == (True, False)
    assert changes == [(before, after), (after, before), (before, after)]


def test_undo_and_redo_walk_over_many_steps_in_order(opened: Session) -> None:
    for channel in range(1, 6):
        opened.select_channels((channel,))
    walked = []
    while opened.can_undo:
        opened.undo()
        walked.append(opened.state.channel)
    while opened.can_redo:
        opened.redo()
        walked.append(opened.state.channel)
    assert walked == [4, 3, 2, 1, 0, 1, 2, 3, 4, 5]


def test_undo_and_redo_without_a_step_say_nothing(opened: Session, changes: Changes) -> None:
    opened.undo()
    opened.redo()
    assert changes == []


def test_a_new_step_forgets_what_was_undone(opened: Session) -> None:
    opened.select_channels((1,))
    opened.undo()
    opened.select_channels((2,))
    assert not opened.can_redo


def test_a_verb_that_changes_nothing_keeps_what_was_undone(opened: Session) -> None:
    opened.select_channels((1,))
    opened.undo()
    opened.select_channels((0,))
    assert opened.can_redo


def test_undo_remembers_a_bounded_number_of_steps(opened: Session) -> None:
    for channel in range(UNDO_STEPS + 10):
        opened.select_channels((channel % 64,))
        opened.select_position((channel, 0))
    steps = 0
    while opened.can_undo:
        opened.undo()
        steps += 1
    assert steps == UNDO_STEPS


def test_what_came_before_another_network_cannot_be_undone(opened: Session, network: Network) -> None:
    opened.select_channels((1,))
    opened.select_channels((2,))
    opened.undo()
    opened.open_network(replace(network, title="other"))
    assert (opened.can_undo, opened.can_redo) == (False, False)


def test_opening_the_network_that_is_open_goes_back_to_its_beginning(opened: Session, network: Network) -> None:
    opened.select_layer("few")
    opened.open_network(network)
    assert opened.state.layer == "many"
    assert not opened.can_undo


def test_the_channels_stay_where_the_new_layer_has_as_many(opened: Session) -> None:
    opened.select_channels((6, 2))
    opened.select_layer("few")
    assert (opened.state.channels, opened.state.channel) == ((6, 2), 2)


def test_channels_that_the_new_layer_does_not_have_are_let_go(opened: Session) -> None:
    opened.select_channels((2, 7, 8, 40))
    opened.select_layer("few")
    assert opened.state.channels == (2, 7)
    opened.select_channels((7,))
    opened.select_layer("vector")
    assert opened.state.channels == ()


def test_a_layer_is_found_by_the_network_or_nothing_changes(opened: Session, changes: Changes) -> None:
    with pytest.raises(CnnvizError, match="no layer called absent"):
        opened.select_layer("absent")
    assert changes == []
    assert opened.state.layer == "many"


def test_without_a_network_there_is_no_layer_to_select(session: Session) -> None:
    session.select_layer("few")
    assert session.state == SessionState()


@pytest.mark.parametrize("name", ["choose_size", "select_layer"])
def test_a_position_is_dropped_where_it_would_mean_something_else(opened: Session, name: str) -> None:
    opened.select_position((3, 4))
    VERBS[name][0](opened)
    assert opened.state.position is None


def test_a_position_is_dropped_with_its_channel_and_stays_with_it(opened: Session) -> None:
    opened.select_position((3, 4))
    opened.select_channels((9, 0))
    assert opened.state.position == (3, 4), "channel 0 is still the one that the inspector shows"
    opened.select_channels((0, 9))
    assert opened.state.position is None


def test_a_position_survives_another_display_lens_preprocessing_and_picture(
    opened: Session, make_read: Callable[[str], PictureRead]
) -> None:
    opened.select_position((3, 4))
    opened.display(SIGNED)
    opened.look_through(Lens.PATTERN)
    opened.choose_preprocessing("tf")
    opened.show_picture(make_read("dog"))
    assert opened.state.position == (3, 4)


def test_a_position_can_be_let_go(opened: Session) -> None:
    opened.select_position((3, 4))
    opened.select_position(None)
    assert opened.state.position is None


def test_the_state_cannot_be_written_to(opened: Session) -> None:
    with pytest.raises(AttributeError):
        opened.state.layer = "few"  # type: ignore[misc]


def test_a_whole_view_is_gone_to_in_one_step(
    opened: Session, changes: Changes, make_read: Callable[[str], PictureRead]
) -> None:
    opened.select_position((3, 4))
    before = opened.state
    changes.clear()
    cat = make_read("cat")
    opened.restore(picture=cat, layer="few", size=(9, 9), preprocessing="tf", display=SIGNED, channels=(5,))
    after = replace(
        before,
        picture=cat,
        layer="few",
        size=(9, 9),
        preprocessing="tf",
        display=SIGNED,
        channels=(5,),
        position=None,
    )
    assert changes == [(before, after)]
    opened.undo()
    assert opened.state == before


def test_a_whole_view_of_another_network_is_a_new_beginning(
    opened: Session, changes: Changes, network: Network
) -> None:
    opened.select_channels((1,))
    changes.clear()
    other = replace(network, title="other")
    opened.restore(network=other, layer="few")
    assert (opened.state.network, opened.state.layer) == (other, "few")
    assert len(changes) == 1
    assert (opened.can_undo, opened.can_redo) == (False, False)


def test_a_whole_view_that_is_on_the_screen_already_is_no_step(opened: Session, changes: Changes) -> None:
    opened.restore(layer="many", channels=(0,))
    assert changes == []
    assert not opened.can_undo


@pytest.fixture
def pair(network: Network) -> Network:
    """A network with two further inputs for pictures and one for numbers."""
    return replace(
        network,
        sha256="pair",
        inputs=(
            NetworkInput("left", (None, None, 3), takes_picture=True),
            NetworkInput("right", (None, None, 3), takes_picture=True),
            NetworkInput("age", (2,), takes_picture=False),
            NetworkInput("third", (None, None, 3), takes_picture=True),
        ),
    )


def test_further_inputs_have_pictures_of_their_own_which_can_be_undone(
    session: Session, pair: Network, make_read: Callable[[str], PictureRead]
) -> None:
    cat, dog = make_read("cat"), make_read("dog")
    session.open_network(pair)
    session.show_other("third", dog)
    session.show_other("right", cat)
    assert session.state.others == (("right", cat), ("third", dog)), "in the order of the inputs"
    assert session.state.other_pictures == (("right", cat.picture), ("third", dog.picture))
    session.show_other("third", None)
    assert session.state.others == (("right", cat),)
    session.undo()
    assert session.state.others == (("right", cat), ("third", dog))


@pytest.mark.parametrize("name", ["left", "age", "none"])
def test_only_further_inputs_for_pictures_take_one(
    session: Session, pair: Network, make_read: Callable[[str], PictureRead], name: str
) -> None:
    session.open_network(pair)
    session.show_other(name, make_read("cat"))
    assert session.state.others == ()
    assert not session.can_undo


def test_another_network_keeps_the_pictures_of_inputs_that_it_has(
    session: Session, network: Network, pair: Network, make_read: Callable[[str], PictureRead]
) -> None:
    session.open_network(pair)
    session.show_other("right", make_read("cat"))
    session.open_network(replace(pair, sha256="trained longer"))
    assert [name for name, _ in session.state.others] == ["right"]
    session.open_network(network)
    assert session.state.others == ()


@pytest.mark.parametrize(
    ("sides", "expected"), [((None, None), (50, 60)), ((20, None), (20, 60)), ((20, 30), (20, 30))]
)
def test_a_side_that_the_network_has_fixed_stays(
    session: Session, network: Network, sides: tuple[int | None, int | None], expected: tuple[int, int]
) -> None:
    session.open_network(replace(network, fixed_sides=sides, nominal_size=(sides[0] or 224, sides[1] or 192)))
    session.choose_size((50, 60))
    assert session.state.size == expected
    session.restore(size=(50, 60))
    assert session.state.size == expected


def test_a_network_may_begin_with_the_preprocessing_that_was_chosen_for_it(
    session: Session, network: Network
) -> None:
    session.open_network(network, "tf")
    assert session.state.preprocessing == "tf"

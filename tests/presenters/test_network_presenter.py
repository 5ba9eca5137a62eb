"""Opening networks and showing what they make of the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import call

import pytest
from presenters_fakes import CAT, DOG, FIXED, NETWORK, OTHER, PAIR, FakePicture, FakeRunner, FakeTree

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.requests import Look, LookAtPicture, OpenNetwork
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.network_presenter import NetworkPresenter
from cnnviz_gui.session.state import Display, Lens

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.settings import Settings

FAILURE = CnnvizError(message("No."))


@pytest.fixture
def presenter(
    session: Session,
    runner: FakeRunner,
    settings: Settings,
    tree: FakeTree,
    picture: FakePicture,
    owner: QObject,
) -> NetworkPresenter:
    """The presenter, before anything is open."""
    return NetworkPresenter(session, runner, settings, tree, picture, owner)


@pytest.fixture
def opened(presenter: NetworkPresenter, looking: Session, tree: FakeTree, picture: FakePicture) -> NetworkPresenter:
    """The presenter, with a cat seen through a network; what the views were told before is forgotten."""
    tree.told.reset_mock()
    picture.told.reset_mock()
    return presenter


def test_a_network_is_opened_by_the_engine_and_then_shown(
    presenter: NetworkPresenter, session: Session, runner: FakeRunner, tree: FakeTree, picture: FakePicture
) -> None:
    said = []
    presenter.opened.connect(said.append)
    presenter.open(NETWORK.source)
    assert runner.submitted == [(slots.NETWORK, OpenNetwork(NETWORK.source))]
    assert session.state.network is None
    runner.finish(slots.NETWORK, NETWORK)
    assert session.state.network is NETWORK
    assert tree.told.mock_calls == [call.show_network(NETWORK), call.show_layer("few")]
    assert picture.told.mock_calls == [call.show_network(NETWORK), call.show_input((20, 10), "caffe")]
    assert said == [NETWORK]


def test_the_old_network_stays_until_the_new_one_is_open(
    opened: NetworkPresenter, looking: Session, runner: FakeRunner, tree: FakeTree
) -> None:
    opened.open(OTHER.source)
    assert looking.state.network is NETWORK
    tree.show_network.assert_not_called()
    runner.finish(slots.NETWORK, OTHER)
    assert looking.state.network is OTHER
    tree.show_network.assert_called_once_with(OTHER)


def test_a_network_that_does_not_open_changes_nothing(
    opened: NetworkPresenter, looking: Session, runner: FakeRunner, tree: FakeTree, picture: FakePicture
) -> None:
    before = looking.state
    said = []
    opened.opened.connect(said.append)
    opened.open(NetworkSource("broken.keras"))
    runner.fail(slots.NETWORK, FAILURE)
    assert looking.state is before
    assert tree.told.mock_calls == picture.told.mock_calls == said == []


def test_the_network_that_is_open_already_is_opened_all_the_same(
    opened: NetworkPresenter, looking: Session, runner: FakeRunner
) -> None:
    said = []
    opened.opened.connect(said.append)
    opened.open(NETWORK.source)
    runner.finish(slots.NETWORK, NETWORK)
    assert said == [NETWORK]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda session: session.choose_size((64, 64)), {"size": (64, 64)}),
        (lambda session: session.choose_preprocessing("tf"), {"preprocessing": "tf"}),
        (lambda session: session.show_picture(DOG), {"picture": DOG.picture}),
        (lambda session: session.open_network(OTHER), {"network": OTHER.source}),
        (lambda session: session.open_network(FIXED), {"network": FIXED.source, "size": (48, 48)}),
    ],
    ids=["size", "preprocessing", "picture", "network", "network of a fixed size"],
)
def test_the_network_looks_again_when_what_it_is_fed_changes(
    opened: NetworkPresenter,
    looking: Session,
    runner: FakeRunner,
    picture: FakePicture,
    change: Callable[[Session], None],
    expected: dict[str, object],
) -> None:
    before = LookAtPicture(NETWORK.source, CAT.picture, (20, 10), "caffe")
    assert runner.of(slots.LOOK) == [before]
    change(looking)
    assert runner.of(slots.LOOK) == [before, replace(before, **expected)]
    picture.show_look.assert_called_once_with(None)


def test_the_network_does_not_look_again_when_only_the_location_or_the_display_changes(
    opened: NetworkPresenter, looking: Session, runner: FakeRunner, picture: FakePicture
) -> None:
    looking.select_layer("many")
    looking.select_channels((5,))
    looking.select_position((1, 1))
    looking.display(Display(colormap="magma"))
    looking.look_through(Lens.KERNELS)
    assert len(runner.of(slots.LOOK)) == 1
    picture.show_look.assert_not_called()


def test_without_a_picture_there_is_nothing_to_look_at(
    presenter: NetworkPresenter, session: Session, runner: FakeRunner
) -> None:
    session.open_network(NETWORK)
    session.choose_size((64, 64))
    assert runner.of(slots.LOOK) == []


def test_without_a_network_a_picture_is_not_looked_at(
    presenter: NetworkPresenter, session: Session, runner: FakeRunner
) -> None:
    session.show_picture(CAT)
    assert runner.submitted == []


def test_a_look_shows_the_classes_and_the_layers_shapes(
    opened: NetworkPresenter, runner: FakeRunner, tree: FakeTree, picture: FakePicture
) -> None:
    shapes = {"few": (10, 5, 8), "many": (5, 3, 96)}
    look = Look(runner.jobs[slots.LOOK], -1.0, 1.0, shapes, (("cat", 0.9),))
    runner.finish(slots.LOOK, look)
    picture.show_look.assert_called_once_with(look)
    tree.show_shapes.assert_called_once_with(shapes)


def test_a_look_that_fails_stays_unknown(
    opened: NetworkPresenter, looking: Session, runner: FakeRunner, picture: FakePicture
) -> None:
    looking.choose_size((1, 1))
    runner.fail(slots.LOOK, FAILURE)
    assert picture.show_look.mock_calls == [call(None)]


def test_a_layer_chosen_in_the_tree_becomes_the_sessions(
    opened: NetworkPresenter, looking: Session, tree: FakeTree
) -> None:
    tree.layer_chosen.emit("many")
    assert looking.state.layer == "many"
    tree.show_layer.assert_called_once_with("many")


def test_undo_marks_the_layer_that_is_shown_again(opened: NetworkPresenter, looking: Session, tree: FakeTree) -> None:
    looking.select_layer("many")
    looking.undo()
    tree.show_layer.assert_called_with("few")
    tree.show_network.assert_not_called()


def test_size_and_preprocessing_chosen_in_the_picture_panel_become_the_sessions(
    opened: NetworkPresenter, looking: Session, picture: FakePicture
) -> None:
    picture.size_chosen.emit((500, 333))
    picture.preprocessing_chosen.emit("torch")
    assert (looking.state.size, looking.state.preprocessing) == ((500, 333), "torch")
    picture.show_input.assert_called_with((500, 333), "torch")
    looking.undo()
    picture.show_input.assert_called_with((500, 333), "caffe")


def test_an_engine_that_was_started_again_opens_the_present_network_first(
    opened: NetworkPresenter, looking: Session, runner: FakeRunner, tree: FakeTree
) -> None:
    before = looking.state
    runner.restarted.emit()
    assert runner.submitted[-1] == (slots.REOPEN, OpenNetwork(NETWORK.source))
    runner.finish(slots.REOPEN, NETWORK)
    assert looking.state is before
    assert looking.can_undo
    assert tree.told.mock_calls == []


def test_a_network_that_fails_to_open_again_is_not_opened_at_every_restart(
    opened: NetworkPresenter, runner: FakeRunner
) -> None:
    for _ in range(3):
        runner.restarted.emit()
        if runner.busy(slots.REOPEN):
            runner.fail(slots.REOPEN, FAILURE)
    asked = (slots.REOPEN, OpenNetwork(NETWORK.source))
    assert runner.submitted.count(asked) == 1
    # Once it was opened on purpose, it is as good as any other.
    opened.open(NETWORK.source)
    runner.finish(slots.NETWORK, NETWORK)
    runner.restarted.emit()
    assert runner.submitted.count(asked) == 2


def test_an_engine_that_was_started_again_before_any_network_opens_none(
    presenter: NetworkPresenter, runner: FakeRunner
) -> None:
    runner.restarted.emit()
    assert runner.submitted == []


def opens(presenter: NetworkPresenter, runner: FakeRunner, network: Network) -> None:
    """Opens a network, and there it is."""
    presenter.open(network.source)
    runner.finish(slots.NETWORK, network)


def test_the_preprocessing_that_was_chosen_comes_back_with_its_network(
    presenter: NetworkPresenter, session: Session, runner: FakeRunner, picture: FakePicture
) -> None:
    opens(presenter, runner, NETWORK)
    picture.preprocessing_chosen.emit("tf")
    opens(presenter, runner, OTHER)
    assert session.state.preprocessing == OTHER.preprocessing
    moved = replace(NETWORK, source=NetworkSource("elsewhere.keras"))
    opens(presenter, runner, moved)
    assert session.state.preprocessing == "tf"
    picture.show_input.assert_called_with(session.state.size, "tf")


@pytest.mark.parametrize("how", ["choose", "undo"])
def test_a_preprocessing_that_was_taken_back_is_forgotten(
    presenter: NetworkPresenter, session: Session, runner: FakeRunner, picture: FakePicture, how: str
) -> None:
    opens(presenter, runner, NETWORK)
    picture.preprocessing_chosen.emit("tf")
    if how == "undo":
        session.undo()
    else:
        picture.preprocessing_chosen.emit(NETWORK.preprocessing)
    opens(presenter, runner, OTHER)
    opens(presenter, runner, NETWORK)
    assert session.state.preprocessing == NETWORK.preprocessing


def test_a_remembered_preprocessing_that_there_is_not_any_more_is_as_good_as_none(
    presenter: NetworkPresenter, session: Session, runner: FakeRunner, settings: Settings
) -> None:
    settings.remember_preprocessing(NETWORK.sha256, "of another version")
    opens(presenter, runner, NETWORK)
    assert session.state.preprocessing == NETWORK.preprocessing


def test_a_picture_for_another_input_is_looked_at_too(
    presenter: NetworkPresenter, session: Session, runner: FakeRunner
) -> None:
    opens(presenter, runner, PAIR)
    session.show_picture(CAT)
    session.show_other("right", DOG)
    assert runner.of(slots.LOOK)[-1] == LookAtPicture(
        PAIR.source, CAT.picture, (20, 10), "caffe", (("right", DOG.picture),)
    )

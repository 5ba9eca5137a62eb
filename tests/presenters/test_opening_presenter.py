"""Ways to a network, and what helps where one did not open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import call

import pytest
from presenters_fakes import NETWORK, FakeBar, FakePicture, FakeRunner, FakeTree, FakeWindow

from cnnviz_gui.core.errors import CnnvizError, HoldsProgramError, message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.remedies import (
    CHOOSE_ARCHITECTURE,
    CHOOSE_CLASSES,
    CHOOSE_WEIGHTS,
    TRUST_AND_OPEN,
    Remedy,
    open_as_application,
)
from cnnviz_gui.core.requests import OpenNetwork
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.dropped_files import sort_dropped
from cnnviz_gui.presenters.network_presenter import NetworkPresenter
from cnnviz_gui.presenters.opening_presenter import OpeningPresenter

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from cnnviz_gui.session.session import Session
    from cnnviz_gui.settings import Settings

MINE = NetworkSource("/nets/mine.keras")


@pytest.fixture
def presenter(
    session: Session,
    runner: FakeRunner,
    settings: Settings,
    window: FakeWindow,
    bar: FakeBar,
    tree: FakeTree,
    picture: FakePicture,
    owner: QObject,
) -> OpeningPresenter:
    """The presenter, before anything is open."""
    networks = NetworkPresenter(session, runner, settings, tree, picture, owner)
    return OpeningPresenter(session, runner, settings, window, bar, networks, owner)


def opened(runner: FakeRunner) -> list[NetworkSource]:
    """What was asked for, oldest first."""
    return [request.source for request in runner.of(slots.NETWORK)]


def fail(runner: FakeRunner, *remedies: Remedy) -> None:
    """The network does not open."""
    source = runner.jobs[slots.NETWORK].source
    about = tuple(remedy.about(source) for remedy in remedies)
    runner.fail(slots.NETWORK, CnnvizError(message("It does not open."), remedies=about))


def note(bar: FakeBar) -> str:
    """The last note."""
    return str(bar.show_note.call_args.args[0])


def test_a_network_is_asked_for_in_its_own_folder(
    presenter: OpeningPresenter, runner: FakeRunner, window: FakeWindow, settings: Settings
) -> None:
    settings.remember_folder("picture", "/photos")
    window.ask_network.return_value = MINE.name
    presenter.ask_file()
    presenter.ask_file()
    assert window.ask_network.mock_calls == [call(""), call("/nets")]
    assert opened(runner) == [MINE]


def test_an_application_is_opened_with_the_weights_that_were_chosen(
    presenter: OpeningPresenter, runner: FakeRunner, window: FakeWindow
) -> None:
    source = NetworkSource("keras:ResNet50", "none", False)
    window.ask_application.return_value = source
    presenter.ask_application()
    assert opened(runner) == [source]


def test_parts_are_asked_for_together(presenter: OpeningPresenter, runner: FakeRunner, window: FakeWindow) -> None:
    source = NetworkSource("/nets/net.json", "/nets/w.h5", classes="/nets/layers.py")
    window.ask_parts.return_value = source
    presenter.ask_parts()
    assert opened(runner) == [source]
    window.ask_parts.assert_called_once_with(NetworkSource(""), "")


def test_a_network_instead_of_one_that_is_on_its_way_is_said(
    presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar, window: FakeWindow
) -> None:
    presenter.open(NetworkSource("keras:VGG16"))
    bar.show_note.assert_not_called()
    window.recent_network_chosen.emit(MINE)
    assert note(bar) == "Opening mine.keras instead of VGG16."
    assert runner.jobs[slots.NETWORK] == OpenNetwork(MINE)


def test_the_error_of_a_network_goes_as_soon_as_something_is_done_about_it(
    presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar, window: FakeWindow
) -> None:
    presenter.open(MINE)
    fail(runner, CHOOSE_CLASSES)
    bar.told.reset_mock()
    bar.remedy_chosen.emit(CHOOSE_CLASSES.about(MINE))
    bar.clear_error.assert_not_called()
    window.ask_classes.return_value = "/nets/layers.py"
    window.confirm.return_value = True
    bar.remedy_chosen.emit(CHOOSE_CLASSES.about(MINE))
    bar.clear_error.assert_any_call(slots.NETWORK)


def test_weights_are_loaded_into_the_open_network(
    presenter: OpeningPresenter, session: Session, runner: FakeRunner, window: FakeWindow
) -> None:
    window.ask_weights.return_value = "/weights/w.h5"
    presenter.ask_weights()
    assert opened(runner) == []
    session.open_network(NETWORK)
    presenter.ask_weights()
    assert opened(runner) == [replace(NETWORK.source, weights="/weights/w.h5")]


def test_what_was_dropped_together_is_opened_together(
    presenter: OpeningPresenter, runner: FakeRunner, window: FakeWindow, settings: Settings
) -> None:
    window.confirm.return_value = True
    presenter.open_dropped(sort_dropped(["/nets/net.json", "/nets/w.weights.h5", "/nets/layers.py"]))
    assert opened(runner) == [NetworkSource("/nets/net.json", "/nets/w.weights.h5", classes="/nets/layers.py")]
    assert settings.folder("network") == "/nets"


def test_what_there_is_no_place_for_is_said(presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar) -> None:
    presenter.open_dropped(sort_dropped(["/nets/mine.keras", "/nets/b.keras", "/nets/c.keras"]))
    assert opened(runner) == [MINE]
    assert note(bar) == "One network is opened at a time; left out: b.keras, c.keras."


# Own classes


def test_classes_are_run_only_when_a_person_agrees(
    presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar, window: FakeWindow
) -> None:
    presenter.open(MINE)
    fail(runner, CHOOSE_CLASSES)
    window.ask_classes.return_value = "/nets/layers.py"
    bar.remedy_chosen.emit(CHOOSE_CLASSES.about(MINE))
    window.ask_classes.assert_called_once_with("/nets")
    question, explanation, yes = window.confirm.call_args.args
    assert question == "Run layers.py to open mine.keras?"
    assert "is a program" in explanation
    assert yes == "&Run and open"
    assert opened(runner) == [MINE]
    window.confirm.return_value = True
    bar.remedy_chosen.emit(CHOOSE_CLASSES.about(MINE))
    assert opened(runner) == [MINE, replace(MINE, classes="/nets/layers.py")]


def test_programs_are_run_only_when_a_person_agrees(
    presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar, window: FakeWindow
) -> None:
    trusted = replace(MINE, trusted="abc")
    bar.remedy_chosen.emit(TRUST_AND_OPEN.about(trusted))
    question, explanation, _ = window.confirm.call_args.args
    assert question == "Run the programs in mine.keras?"
    assert "can do whatever you can do" in explanation
    assert opened(runner) == []
    window.confirm.return_value = True
    bar.remedy_chosen.emit(TRUST_AND_OPEN.about(trusted))
    assert opened(runner) == [trusted]


def holds_program(sha256: str, *, can_be_trusted: bool = True) -> HoldsProgramError:
    """The engine's refusal."""
    return HoldsProgramError(message("It holds a program."), can_be_trusted=can_be_trusted, sha256=sha256)


@pytest.fixture
def trusting(presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar, window: FakeWindow) -> OpeningPresenter:
    """A person trusts a file, and it is open."""
    window.confirm.return_value = True
    bar.remedy_chosen.emit(TRUST_AND_OPEN.about(replace(MINE, trusted="abc")))
    runner.finish(slots.NETWORK, replace(NETWORK, source=replace(MINE, trusted="abc")))
    window.confirm.reset_mock()
    return presenter


def test_a_trusted_file_opens_unasked_until_it_is_forgotten(
    trusting: OpeningPresenter, runner: FakeRunner, window: FakeWindow, bar: FakeBar
) -> None:
    trusting.open(MINE)
    assert opened(runner)[-1] == replace(MINE, trusted="abc")
    trusting.forget_trusted()
    assert note(bar) == "Trusted files forgotten: 1. Files that hold programs are asked about again."
    trusting.open(MINE)
    assert opened(runner)[-1] == MINE
    window.confirm.assert_not_called()


def test_the_same_bytes_elsewhere_open_unasked(trusting: OpeningPresenter, runner: FakeRunner) -> None:
    copy = NetworkSource("/else/where.keras")
    trusting.open(copy)
    runner.fail(slots.NETWORK, holds_program("abc"))
    assert opened(runner)[-2:] == [copy, replace(copy, trusted="abc")]


@pytest.mark.parametrize("error", [holds_program("other"), holds_program("abc", can_be_trusted=False)])
def test_other_bytes_are_asked_about_again(
    trusting: OpeningPresenter, runner: FakeRunner, error: HoldsProgramError
) -> None:
    trusting.open(MINE)
    before = opened(runner)
    runner.fail(slots.NETWORK, error)
    assert opened(runner) == before


def test_a_file_that_does_not_open_although_it_is_trusted_is_not_tried_for_ever(
    trusting: OpeningPresenter, runner: FakeRunner
) -> None:
    trusting.open(MINE)
    before = opened(runner)
    runner.fail(slots.NETWORK, holds_program("abc"))
    assert opened(runner) == before


def test_classes_that_are_dropped_are_for_the_network_that_lacked_them(
    presenter: OpeningPresenter, session: Session, runner: FakeRunner, window: FakeWindow, tmp_path: Path
) -> None:
    (tmp_path / "mine.keras").touch()
    source = NetworkSource(str(tmp_path / "mine.keras"))
    session.open_network(NETWORK)
    presenter.open(source)
    fail(runner, CHOOSE_CLASSES)
    window.confirm.return_value = True
    presenter.open_dropped(sort_dropped(["/nets/layers.py"]))
    assert opened(runner)[-1] == replace(source, classes="/nets/layers.py")


def test_classes_that_are_dropped_are_for_the_open_network_when_none_lacks_any(
    presenter: OpeningPresenter, session: Session, runner: FakeRunner, window: FakeWindow, tmp_path: Path
) -> None:
    (tmp_path / "mine.keras").touch()
    source = NetworkSource(str(tmp_path / "mine.keras"))
    presenter.open(MINE)
    fail(runner, CHOOSE_CLASSES)
    presenter.open(source)
    runner.finish(slots.NETWORK, replace(NETWORK, source=source))
    presenter.open_dropped(sort_dropped(["/nets/layers.py"]))
    assert window.confirm.call_args.args[0] == "Run layers.py to open mine.keras?"
    assert opened(runner)[-1] == source


def test_classes_without_a_network_file_are_explained(
    presenter: OpeningPresenter, session: Session, runner: FakeRunner, bar: FakeBar
) -> None:
    session.open_network(replace(NETWORK, source=NetworkSource("keras:VGG16")))
    presenter.open_dropped(sort_dropped(["/nets/layers.py"]))
    assert str(bar.show_error.call_args.args[0]) == (
        "layers.py is a Python file: it can give a network its own classes."
    )
    assert opened(runner) == []


def test_a_network_is_opened_again_with_the_classes_it_had(
    presenter: OpeningPresenter, runner: FakeRunner, settings: Settings, tmp_path: Path
) -> None:
    classes = tmp_path / "layers.py"
    classes.touch()
    settings.add_recent_network(replace(MINE, classes=str(classes)))
    presenter.open_dropped(sort_dropped([MINE.name]))
    assert opened(runner) == [replace(MINE, classes=str(classes))]
    classes.unlink()
    presenter.open_dropped(sort_dropped([MINE.name]))
    assert opened(runner)[-1] == MINE


# Weights and architectures


def test_an_architecture_gets_its_weights(
    presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar, window: FakeWindow
) -> None:
    source = NetworkSource("/nets/net.json")
    window.ask_weights.return_value = "/weights/w.h5"
    bar.remedy_chosen.emit(CHOOSE_WEIGHTS.about(source))
    assert opened(runner) == [replace(source, weights="/weights/w.h5")]


def test_weights_get_their_architecture(
    presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar, window: FakeWindow
) -> None:
    chosen = NetworkSource("keras:VGG16", "/nets/w.h5")
    window.ask_parts.return_value = chosen
    bar.remedy_chosen.emit(CHOOSE_ARCHITECTURE.about(NetworkSource("/nets/w.h5")))
    window.ask_parts.assert_called_once_with(NetworkSource("", "/nets/w.h5"), "")
    assert opened(runner) == [chosen]


def test_known_weights_are_opened_at_once(presenter: OpeningPresenter, runner: FakeRunner, bar: FakeBar) -> None:
    remedy = open_as_application("ResNet50", "/nets/w.h5", include_top=False)
    bar.remedy_chosen.emit(remedy)
    assert opened(runner) == [NetworkSource("keras:ResNet50", "/nets/w.h5", include_top=False)]

"""Going on with an earlier session: exactly the same view, or as much of it as there still is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import Mock, create_autospec

import pytest
from presenters_fakes import CAT, DOG, FIXED, NETWORK, OTHER, PAIR, FakeBar, FakePanel, FakeRestore, FakeRunner, read
from PySide6.QtCore import QObject, Signal

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.requests import OpenNetwork, ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
from cnnviz_gui.presenters.restore_presenter import RestorePresenter
from cnnviz_gui.session.saved import SavedSession, saved_session
from cnnviz_gui.session.state import Display, Lens, SessionState
from cnnviz_gui.session.store import LeftSession, LeftSessions

if TYPE_CHECKING:
    from pathlib import Path

    from cnnviz_gui.session.session import Session

STATE = SessionState(
    network=OTHER,
    picture=DOG,
    size=(50, 33),
    preprocessing="tf",
    layer="many",
    channels=(3, 80),
    position=(4, 5),
    display=Display(Scale.SIGNED, "magma", SortKey.MEAN, 8),
    lens=Lens.KERNELS,
)
CODE = defaultdict(lambda: ("", ""), {PAIR.source.name: ("", "trusted")})
SAVED = saved_session(STATE, "0-3, 80", PRESETS["tutorial"], 0)


class FakeKeeper(QObject):
    """Finds and reads what a test says."""

    found = Signal(object)
    loaded = Signal(object, bytes, object, list)
    saved = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.looked = 0
        self.asked: list[LeftSession] = []
        self.discarded: list[LeftSession] = []

    def look(self) -> None:
        self.looked += 1

    def load(self, left: LeftSession) -> None:
        self.asked.append(left)

    def discard(self, left: LeftSession) -> None:
        self.discarded.append(left)


@pytest.fixture
def keeper(owner: QObject) -> FakeKeeper:
    """A keeper without a disk."""
    return FakeKeeper()


@pytest.fixture
def view(owner: QObject) -> FakeRestore:
    """The line that offers."""
    return FakeRestore()


@pytest.fixture
def start() -> Mock:
    """Opens what a window begins with."""
    return Mock()


@pytest.fixture
def patterns(
    session: Session, runner: FakeRunner, panel: FakePanel, bar: FakeBar, owner: QObject
) -> PatternPresenter:
    """The presenter of the pattern panel."""
    return PatternPresenter(session, runner, panel, bar, owner)


@pytest.fixture
def presenter(
    session: Session,
    runner: FakeRunner,
    keeper: FakeKeeper,
    patterns: PatternPresenter,
    view: FakeRestore,
    bar: FakeBar,
    start: Mock,
    owner: QObject,
) -> RestorePresenter:
    """The presenter."""
    samples = {"dog.png": "/samples/dog.png"}
    return RestorePresenter(session, runner, keeper, patterns, view, bar, samples, CODE.__getitem__, start, owner)


def crash(tmp_path: Path, saved: SavedSession = SAVED) -> LeftSession:
    """A session of a window that crashed."""
    return LeftSession(tmp_path, saved)


def offered(view: FakeRestore) -> str:
    """What is offered now."""
    return view.told.show_offer.call_args.args[0]


def told(bar: FakeBar) -> str:
    """The error that was said last."""
    return str(bar.told.show_error.call_args.args[0])


def test_what_a_crash_left_is_offered_and_changes_nothing(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, runner: FakeRunner, tmp_path: Path
) -> None:
    keeper.found.emit(LeftSessions((crash(tmp_path, replace(SAVED, patterns=16)),)))
    assert offered(view) == "The last session ended unexpectedly: other, dog.png, many, 16 patterns"
    assert runner.submitted == []


def test_where_nothing_was_left_nothing_is_offered(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, start: Mock
) -> None:
    keeper.found.emit(LeftSessions())
    assert offered(view) == ""
    start.assert_not_called()


@pytest.mark.parametrize("first", [slots.RESTORE_NETWORK, slots.RESTORE_PICTURE])
def test_the_exact_view_comes_back_once_all_is_there(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    patterns: PatternPresenter,
    panel: FakePanel,
    tmp_path: Path,
    first: str,
) -> None:
    left, before = crash(tmp_path), looking.state
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    assert keeper.asked == [left]
    keeper.loaded.emit(left, b"", None, [])
    assert runner.of(slots.RESTORE_NETWORK) == [OpenNetwork(OTHER.source)]
    # The file is not where it was; it is one of the samples.
    assert runner.of(slots.RESTORE_PICTURE) == [ReadPicture(path="/samples/dog.png")]
    results = {slots.RESTORE_NETWORK: OTHER, slots.RESTORE_PICTURE: DOG}
    runner.finish(first, results.pop(first))
    assert looking.state is before
    for slot, result in results.items():
        runner.finish(slot, result)
    assert looking.state == STATE
    assert (patterns.typed, patterns.settings) == ("0-3, 80", PRESETS["tutorial"])
    assert panel.told.show_channels.call_args.args == ("0-3, 80",)
    assert offered(view) == ""
    assert not looking.can_undo


def test_the_pictures_of_further_inputs_come_back_too(
    presenter: RestorePresenter, keeper: FakeKeeper, runner: FakeRunner, looking: Session, tmp_path: Path
) -> None:
    pasted = read("pasted.png")
    state = replace(STATE, network=PAIR, others=(("right", DOG), ("third", pasted)))
    left = crash(tmp_path, saved_session(state, "0", PRESETS["clear"], 0))
    keeper.found.emit(LeftSessions((), left))
    presenter.restore_last()
    keeper.loaded.emit(left, b"", None, [])
    assert runner.of(slots.RESTORE_NETWORK) == [OpenNetwork(replace(PAIR.source, trusted="trusted"))]
    runner.finish(slots.RESTORE_NETWORK, PAIR)
    runner.finish(slots.RESTORE_PICTURE, DOG)
    assert looking.state.network == NETWORK
    runner.finish(slots.of_input(slots.RESTORE_OTHER, "right"), DOG)
    assert looking.state.network == PAIR
    assert looking.state.others == (("right", DOG),)


def test_what_was_offered_is_removed_only_when_the_present_session_holds_it(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    tmp_path: Path,
) -> None:
    left = crash(tmp_path)
    keeper.found.emit(LeftSessions((left,)))
    keeper.saved.emit()
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", None, [])
    keeper.saved.emit()
    assert keeper.discarded == []
    runner.finish(slots.RESTORE_NETWORK, OTHER)
    runner.finish(slots.RESTORE_PICTURE, DOG)
    assert keeper.discarded == []
    keeper.saved.emit()
    keeper.saved.emit()
    assert keeper.discarded == [left]


def test_a_pasted_picture_is_read_from_the_bytes_that_were_kept(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, runner: FakeRunner, tmp_path: Path
) -> None:
    pasted = replace(DOG, picture=replace(DOG.picture, path=""))
    left = crash(tmp_path, saved_session(replace(STATE, picture=pasted), "", PRESETS["clear"], 0))
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"dog.png", None, [])
    assert runner.of(slots.RESTORE_PICTURE) == [ReadPicture(name="dog.png", data=b"dog.png")]


def test_what_the_window_began_with_does_not_come_in_between(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, runner: FakeRunner, tmp_path: Path
) -> None:
    runner.submit(slots.NETWORK, OpenNetwork(NETWORK.source))
    runner.submit(slots.PICTURE, ReadPicture(path="/photos/cat.png"))
    left = crash(tmp_path)
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", None, [])
    assert set(runner.jobs) == {slots.RESTORE_NETWORK, slots.RESTORE_PICTURE}


def test_a_network_that_is_gone_is_said_and_the_rest_comes_back(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    bar: FakeBar,
    start: Mock,
    tmp_path: Path,
) -> None:
    left = crash(tmp_path)
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", None, [])
    runner.fail(slots.RESTORE_NETWORK, CnnvizError(message("other.keras was not found in /netze.")))
    runner.finish(slots.RESTORE_PICTURE, DOG)
    assert looking.state.network == NETWORK
    assert looking.state.layer == "few"
    assert (looking.state.picture, looking.state.display, looking.state.lens) == (DOG, STATE.display, STATE.lens)
    assert told(bar) == "Not all of the session is back: other.keras was not found in /netze."
    start.assert_not_called()


def test_where_no_network_is_open_the_first_one_takes_the_place_of_one_that_is_gone(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    session: Session,
    start: Mock,
    tmp_path: Path,
) -> None:
    left = crash(tmp_path)
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", None, [])
    runner.finish(slots.RESTORE_PICTURE, DOG)
    runner.fail(slots.RESTORE_NETWORK, CnnvizError(message("Gone.")))
    assert session.state.picture is DOG
    start.assert_called_once_with()


def test_a_picture_and_patterns_that_are_gone_are_said_and_the_rest_comes_back(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    bar: FakeBar,
    tmp_path: Path,
) -> None:
    left = crash(tmp_path)
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", None, [CnnvizError(message("No patterns."))])
    runner.fail(slots.RESTORE_PICTURE, CnnvizError(message("No dog.")))
    runner.finish(slots.RESTORE_NETWORK, OTHER)
    assert looking.state == replace(STATE, picture=CAT)
    assert told(bar) == "Not all of the session is back: No patterns. No dog."


def test_a_network_that_has_changed_gives_what_it_still_has(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    bar: FakeBar,
    tmp_path: Path,
) -> None:
    changed = replace(FIXED, source=OTHER.source, sha256="another", title="other", layers=NETWORK.layers[:1])
    left = crash(tmp_path)
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", None, [])
    runner.finish(slots.RESTORE_NETWORK, changed)
    runner.finish(slots.RESTORE_PICTURE, DOG)
    state = looking.state
    assert (state.network, state.layer, state.channels, state.position) == (changed, "few", (3,), None)
    assert state.size == (48, 48)
    assert told(bar) == "Not all of the session is back: other has changed."


def test_a_picture_that_has_changed_is_said(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    bar: FakeBar,
    tmp_path: Path,
) -> None:
    left = crash(tmp_path)
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", None, [])
    runner.finish(slots.RESTORE_NETWORK, OTHER)
    runner.finish(slots.RESTORE_PICTURE, CAT)
    assert looking.state.picture is CAT
    assert told(bar) == "Not all of the session is back: dog.png has changed."


def test_discarding_removes_it_and_offers_the_one_before(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, tmp_path: Path
) -> None:
    newest, before = crash(tmp_path / "2"), crash(tmp_path / "1", replace(SAVED, patterns=1))
    keeper.found.emit(LeftSessions((newest, before)))
    view.discard_requested.emit()
    assert keeper.discarded == [newest]
    assert offered(view).endswith("many, 1 pattern")
    view.discard_requested.emit()
    assert keeper.discarded == [newest, before]
    assert offered(view) == ""


def test_it_does_not_take_the_place_of_patterns_that_are_being_made(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    patterns: PatternPresenter,
    bar: FakeBar,
    tmp_path: Path,
) -> None:
    patterns.generate("0-3", PRESETS["tutorial"])
    keeper.found.emit(LeftSessions((crash(tmp_path),)))
    view.restore_requested.emit()
    assert keeper.asked == []
    assert "Patterns are being made" in told(bar)


def test_pressing_twice_restores_once(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, tmp_path: Path
) -> None:
    keeper.found.emit(LeftSessions((crash(tmp_path),)))
    view.restore_requested.emit()
    view.restore_requested.emit()
    assert len(keeper.asked) == 1


def test_the_last_session_is_restored_from_the_menu_and_kept(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    tmp_path: Path,
) -> None:
    said: list[bool] = []
    presenter.available.connect(said.append)
    keeper.found.emit(LeftSessions())
    presenter.restore_last()
    assert keeper.asked == []
    left = crash(tmp_path, replace(SAVED, closed=True))
    keeper.found.emit(LeftSessions(closed=left))
    assert said == [False, True]
    presenter.restore_last()
    keeper.loaded.emit(left, b"", None, [])
    runner.finish(slots.RESTORE_NETWORK, OTHER)
    runner.finish(slots.RESTORE_PICTURE, DOG)
    keeper.saved.emit()
    assert looking.state == STATE
    assert keeper.discarded == []


def test_going_on_needs_no_question_but_never_goes_on_with_a_crash(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, start: Mock, tmp_path: Path
) -> None:
    presenter.look(go_on=True)
    closed = crash(tmp_path / "1", replace(SAVED, closed=True))
    keeper.found.emit(LeftSessions(closed=closed))
    assert keeper.asked == [closed]
    start.assert_not_called()


def test_going_on_begins_anew_where_there_is_only_a_crash(
    presenter: RestorePresenter, keeper: FakeKeeper, view: FakeRestore, start: Mock, tmp_path: Path
) -> None:
    presenter.look(go_on=True)
    keeper.found.emit(LeftSessions((crash(tmp_path),)))
    assert keeper.asked == []
    start.assert_called_once_with()
    assert offered(view)


def test_a_session_that_cannot_be_read_is_said_with_where_it_is_kept(
    presenter: RestorePresenter, keeper: FakeKeeper, bar: FakeBar, tmp_path: Path
) -> None:
    error = CnnvizError(message("The last session is damaged and cannot be read."))
    keeper.found.emit(LeftSessions(unreadable=((error, tmp_path),)))
    assert told(bar) == "The last session is damaged and cannot be read."
    assert str(tmp_path) in str(bar.told.show_error.call_args.args[1])


def test_finished_patterns_are_shown_again(
    presenter: RestorePresenter,
    keeper: FakeKeeper,
    view: FakeRestore,
    runner: FakeRunner,
    looking: Session,
    bar: FakeBar,
    owner: QObject,
    tmp_path: Path,
) -> None:
    shown = create_autospec(PatternPresenter, instance=True)
    made = object()
    presenter._patterns = shown
    left = crash(tmp_path, replace(SAVED, patterns=2))
    keeper.found.emit(LeftSessions((left,)))
    view.restore_requested.emit()
    keeper.loaded.emit(left, b"", made, [])
    runner.finish(slots.RESTORE_NETWORK, OTHER)
    runner.finish(slots.RESTORE_PICTURE, DOG)
    shown.put.assert_called_once_with("0-3, 80", PRESETS["tutorial"])
    shown.show.assert_called_once_with(made)

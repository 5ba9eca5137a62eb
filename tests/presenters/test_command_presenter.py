"""Menu commands: what each does, what is remembered for the next time, and when each can be used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock, call

import numpy as np
import pytest
from presenters_fakes import (
    CAT,
    DOG,
    NETWORK,
    FakeBar,
    FakeGrid,
    FakeInspector,
    FakePanel,
    FakePicture,
    FakeRunner,
    FakeTree,
    FakeWindow,
    answer,
    read,
)

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.core.recipe import make_recipe
from cnnviz_gui.core.requests import DescribeGrid, ExportGrid, ExportLayers, OpenNetwork, ReadPicture, SavePng
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.command_presenter import CommandPresenter
from cnnviz_gui.presenters.export_presenter import ExportPresenter
from cnnviz_gui.presenters.grid_presenter import GridPresenter
from cnnviz_gui.presenters.network_presenter import NetworkPresenter
from cnnviz_gui.presenters.opening_presenter import OpeningPresenter
from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
from cnnviz_gui.presenters.picture_presenter import PicturePresenter
from cnnviz_gui.ui.actions import ROWS

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from cnnviz_gui.core.requests import Grid
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.situation import Situation
    from cnnviz_gui.settings import Settings

NAMES = sorted(row.name for row in ROWS if row.name)
VIEW = np.full((6, 7, 3), 5, np.uint8)
PATTERNS = (np.full((8, 8, 3), 9, np.uint8), make_recipe("patterns", layer="block/1 add"))


@pytest.fixture
def parts(
    session: Session,
    runner: FakeRunner,
    tree: FakeTree,
    grid: FakeGrid,
    picture: FakePicture,
    panel: FakePanel,
    bar: FakeBar,
    window: FakeWindow,
    settings: Settings,
    owner: QObject,
) -> dict[str, Any]:
    """The other presenters."""
    grid.told.view_image.return_value = VIEW
    grids = GridPresenter(session, runner, grid, picture, owner)
    patterns = PatternPresenter(session, runner, panel, bar, owner)
    networks = NetworkPresenter(session, runner, settings, tree, picture, owner)
    return {
        "networks": networks,
        "openings": OpeningPresenter(session, runner, settings, window, bar, networks, owner),
        "pictures": PicturePresenter(session, runner, picture, bar, owner),
        "grids": grids,
        "patterns": patterns,
        "exports": ExportPresenter(session, runner, grids, patterns, bar, owner),
    }


@pytest.fixture
def presenter(
    session: Session,
    runner: FakeRunner,
    settings: Settings,
    window: FakeWindow,
    tree: FakeTree,
    grid: FakeGrid,
    picture: FakePicture,
    inspector_view: FakeInspector,
    panel: FakePanel,
    owner: QObject,
    parts: dict[str, Any],
) -> CommandPresenter:
    """The presenter, before anything is open."""
    return CommandPresenter(
        session,
        runner,
        settings,
        window,
        tree=tree,
        grid=grid,
        picture=picture,
        inspector=inspector_view,
        panel=panel,
        bundled="bundled",
        parent=owner,
        **parts,
    )


@pytest.fixture
def shown(presenter: CommandPresenter, looking: Session, runner: FakeRunner) -> Grid:
    """A grid on the screen."""
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    return made


@pytest.fixture
def made(presenter: CommandPresenter, parts: dict[str, Any]) -> None:
    """Patterns on the screen."""
    parts["patterns"].mosaic = PATTERNS


def situation(window: FakeWindow) -> Situation:
    """What the window was told last."""
    return window.show_situation.call_args.args[0]


def test_every_action_of_the_table_has_a_command_and_every_command_an_action(presenter: CommandPresenter) -> None:
    assert sorted(presenter._commands) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_command_does_no_harm_while_nothing_is_open_and_every_question_is_cancelled(
    presenter: CommandPresenter, session: Session, runner: FakeRunner, window: FakeWindow, name: str
) -> None:
    before = session.state
    window.command_requested.emit(name)
    assert session.state is before
    expected = [(slots.NETWORK, OpenNetwork(NetworkSource("bundled")))] if name == "open-bundled" else []
    assert runner.submitted == expected


@pytest.mark.parametrize("name", NAMES)
def test_a_cancelled_question_remembers_and_writes_nothing(
    shown: Grid, made: None, runner: FakeRunner, window: FakeWindow, settings: Settings, name: str
) -> None:
    window.command_requested.emit(name)
    assert runner.of(slots.EXPORT) == []
    assert [settings.folder(purpose) for purpose in ("picture", "network", "export")] == ["", "", ""]


def test_pictures_are_asked_for_in_the_folder_of_the_last_time(
    presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow
) -> None:
    window.ask_pictures.return_value = ["/photos/cats/a.png", "/photos/cats/b.png"]
    window.command_requested.emit("open-picture")
    window.command_requested.emit("open-picture")
    assert window.ask_pictures.mock_calls == [call(""), call("/photos/cats")]
    assert runner.of(slots.PICTURE) == [ReadPicture(path="/photos/cats/a.png")]


def test_a_folder_of_pictures_is_asked_for_in_the_same_place(
    presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"")
    window.ask_folder.return_value = str(tmp_path)
    window.command_requested.emit("open-folder")
    window.command_requested.emit("open-picture")
    assert runner.of(slots.PICTURE) == [ReadPicture(path=str(tmp_path / "a.png"))]
    window.ask_pictures.assert_called_once_with(str(tmp_path))


def test_pasted_files_are_opened_and_a_pasted_picture_is_read_from_its_bytes(
    presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow, picture: FakePicture
) -> None:
    window.clipboard_content.return_value = ["/photos/cat.png"]
    window.command_requested.emit("paste-picture")
    window.clipboard_content.return_value = (b"png", "pasted.png")
    picture.paste_requested.emit()
    assert runner.of(slots.PICTURE) == [
        ReadPicture(path="/photos/cat.png"),
        ReadPicture(name="pasted.png", data=b"png"),
    ]


def test_quit_and_the_log_are_passed_on(presenter: CommandPresenter, window: FakeWindow) -> None:
    said = []
    presenter.quit_requested.connect(lambda: said.append("quit"))
    presenter.log_requested.connect(lambda: said.append("log"))
    window.command_requested.emit("quit")
    window.command_requested.emit("show-log")
    assert said == ["quit", "log"]


def test_undo_and_redo_are_the_sessions(shown: Grid, looking: Session, window: FakeWindow) -> None:
    looking.select_channels((3,))
    window.command_requested.emit("undo")
    assert looking.state.channel == 0
    window.command_requested.emit("redo")
    assert looking.state.channel == 3


def test_the_view_is_copied_from_the_menu_and_from_the_grid(shown: Grid, window: FakeWindow, grid: FakeGrid) -> None:
    window.command_requested.emit("copy-view")
    grid.copy_requested.emit()
    assert [told.args[0] is VIEW for told in window.copy_picture.mock_calls] == [True, True]


def test_next_and_previous_picture(shown: Grid, runner: FakeRunner, window: FakeWindow, tmp_path: Path) -> None:
    for name in ("1.png", "2.png", "3.png"):
        (tmp_path / name).write_bytes(b"")
    window.ask_folder.return_value = str(tmp_path)
    for name in ("open-folder", "next-picture", "previous-picture", "previous-picture"):
        window.command_requested.emit(name)
        runner.finish(slots.PICTURE, read("x", runner.jobs[slots.PICTURE].path))
    asked = [Path(request.path).name for request in runner.of(slots.PICTURE)]
    assert asked == ["1.png", "2.png", "1.png", "3.png"]


@pytest.mark.parametrize(
    ("name", "view", "method"),
    [
        ("full-screen", "window", "toggle_full_screen"),
        ("large-patterns", "window", "toggle_large_patterns"),
        ("shortcuts", "window", "show_shortcuts"),
        ("about", "window", "show_about"),
        ("search-layers", "tree", "focus_search"),
        ("generate", "panel", "generate"),
    ],
)
def test_what_a_view_can_do_by_itself_is_asked_of_it(
    request: pytest.FixtureRequest, presenter: CommandPresenter, window: FakeWindow, name: str, view: str, method: str
) -> None:
    window.command_requested.emit(name)
    asked: Mock = getattr(request.getfixturevalue(view), method)
    asked.assert_called_once_with()


def test_stop_stops_the_patterns(presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow) -> None:
    window.command_requested.emit("stop-patterns")
    assert runner.stop_asked == [slots.PATTERNS]


def test_the_chosen_channels_pattern_is_made_alone(
    shown: Grid, looking: Session, window: FakeWindow, panel: FakePanel
) -> None:
    looking.select_channels((1, 5))
    panel.told.reset_mock()
    window.command_requested.emit("generate-channel")
    assert looking.state.channels == (5,)
    assert panel.told.mock_calls[-2:] == [call.show_channels("5"), call.generate()]


def test_the_grids_menu_makes_a_pattern_of_the_channel_under_the_cursor(
    shown: Grid, looking: Session, grid: FakeGrid, panel: FakePanel
) -> None:
    panel.told.reset_mock()
    grid.channel_action_requested.emit("pattern", 6)
    assert looking.state.channels == (6,)
    assert panel.told.mock_calls[-2:] == [call.show_channels("6"), call.generate()]


def test_the_grids_menu_copies_the_channel_under_the_cursor(
    shown: Grid, window: FakeWindow, grid: FakeGrid, parts: dict[str, Any]
) -> None:
    grid.channel_action_requested.emit("copy", 6)
    (copied,) = window.copy_picture.mock_calls
    assert np.array_equal(copied.args[0], parts["grids"].channel_pixels(6))


def test_the_grids_menu_saves_the_channel_under_the_cursor_and_leaves_the_chosen_one(
    shown: Grid, looking: Session, runner: FakeRunner, window: FakeWindow, grid: FakeGrid
) -> None:
    window.ask_save.return_value = "/out/few-6.png"
    grid.channel_action_requested.emit("save", 6)
    (request,) = runner.of(slots.EXPORT)
    assert (request.path, request.channel) == ("/out/few-6.png", 6)
    window.ask_save.assert_called_once_with("few-6.png", arrays=False)
    assert looking.state.channels == (0,)


@pytest.mark.parametrize(
    ("name", "suggestion", "arrays", "kind"),
    [
        ("export-grid", "few.png", True, ExportGrid),
        ("export-view", "few-view.png", False, DescribeGrid),
        ("export-channel", "few-0.png", False, ExportGrid),
        ("export-patterns", "block-1-add-patterns.png", False, SavePng),
    ],
)
def test_an_export_is_suggested_a_safe_name_in_the_folder_of_the_last_time(
    shown: Grid,
    made: None,
    runner: FakeRunner,
    window: FakeWindow,
    settings: Settings,
    name: str,
    suggestion: str,
    arrays: bool,
    kind: type,
) -> None:
    window.ask_save.return_value = "/out/chosen.png"
    window.command_requested.emit(name)
    window.command_requested.emit(name)
    assert window.ask_save.mock_calls == [
        call(suggestion, arrays=arrays),
        call(str(Path("/out") / suggestion), arrays=arrays),
    ]
    assert isinstance(runner.jobs[slots.EXPORT], kind)
    assert settings.folder("export") == "/out"


def test_a_layers_name_is_made_safe_for_a_file(
    presenter: CommandPresenter, session: Session, runner: FakeRunner, window: FakeWindow
) -> None:
    odd = replace(NETWORK.layers[0], name="a/b:c*d e_f-g.h·图")
    session.open_network(replace(NETWORK, layers=(odd,), default_layer=odd.name))
    window.command_requested.emit("export-grid")
    window.ask_save.assert_called_once_with("a-b-c-d-e_f-g.h-图.png", arrays=True)


@pytest.mark.parametrize(
    ("name", "chosen", "written"),
    [
        ("export-grid", "/out/a", "/out/a.png"),
        ("export-grid", "/out/a.png", "/out/a.png"),
        ("export-grid", "/out/a.PNG", "/out/a.PNG"),
        ("export-grid", "/out/a.npz", "/out/a.npz"),
        ("export-grid", "/out/block1.add", "/out/block1.add.png"),
        ("export-channel", "/out/a.npz", "/out/a.npz.png"),
        ("export-channel", "/out.d/a", "/out.d/a.png"),
    ],
)
def test_a_name_without_a_known_ending_gets_png(
    shown: Grid, runner: FakeRunner, window: FakeWindow, name: str, chosen: str, written: str
) -> None:
    window.ask_save.return_value = chosen
    window.command_requested.emit(name)
    assert [request.path for request in runner.of(slots.EXPORT)] == [written]


def test_the_inspector_saves_the_chosen_channel(
    shown: Grid, looking: Session, runner: FakeRunner, window: FakeWindow, inspector_view: FakeInspector
) -> None:
    looking.select_channels((1, 5))
    window.ask_save.return_value = "/out/a.png"
    inspector_view.save_requested.emit()
    assert [request.channel for request in runner.of(slots.EXPORT)] == [5]


def test_the_panel_saves_the_patterns_on_the_screen(
    presenter: CommandPresenter, made: None, runner: FakeRunner, window: FakeWindow, panel: FakePanel
) -> None:
    window.ask_save.return_value = "/out/a.png"
    panel.export_requested.emit()
    assert runner.of(slots.EXPORT) == [SavePng("/out/a.png", PATTERNS[1], PATTERNS[0])]


def test_every_layer_is_exported_into_a_folder_that_is_remembered(
    shown: Grid, runner: FakeRunner, window: FakeWindow
) -> None:
    window.ask_folder.return_value = "/out/layers"
    window.command_requested.emit("export-layers")
    window.command_requested.emit("export-layers")
    assert window.ask_folder.mock_calls == [call(""), call("/out/layers")]
    (request,) = runner.of(slots.EXPORT_LAYERS)
    assert isinstance(request, ExportLayers)
    assert request.folder == "/out/layers"


def test_what_was_opened_lately_is_shown_from_the_start(
    settings: Settings, window: FakeWindow, request: pytest.FixtureRequest
) -> None:
    settings.add_recent_network(NETWORK.source)
    settings.add_recent_picture("/photos/cat.png")
    request.getfixturevalue("presenter")
    window.show_recent.assert_called_once_with((NETWORK.source,), ("/photos/cat.png",))


def test_a_network_is_recent_when_it_has_opened_and_not_before(
    presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow, parts: dict[str, Any]
) -> None:
    parts["networks"].open(NetworkSource("broken.keras"))
    runner.fail(slots.NETWORK, CnnvizError(message("No.")))
    parts["networks"].open(NETWORK.source)
    window.show_recent.assert_called_once_with((), ())
    runner.finish(slots.NETWORK, NETWORK)
    window.show_recent.assert_called_with((NETWORK.source,), ())


def test_a_picture_is_recent_when_it_was_read_from_a_file(
    presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow, picture: FakePicture
) -> None:
    picture.image_dropped.emit(b"png", "pasted.png")
    runner.finish(slots.PICTURE, read("pasted.png"))
    window.show_recent.assert_called_once_with((), ())
    picture.files_dropped.emit(["/photos/dog.png"])
    runner.finish(slots.PICTURE, DOG)
    window.show_recent.assert_called_with((), ("/photos/dog.png",))


def test_recent_things_are_opened_from_the_menu(
    presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow
) -> None:
    window.recent_network_chosen.emit(NETWORK.source)
    window.recent_picture_chosen.emit("/photos/cat.png")
    assert runner.submitted == [
        (slots.NETWORK, OpenNetwork(NETWORK.source)),
        (slots.PICTURE, ReadPicture(path="/photos/cat.png")),
    ]


def test_the_situation_follows_the_session(presenter: CommandPresenter, session: Session, window: FakeWindow) -> None:
    assert situation(window).state is session.state
    session.open_network(NETWORK)
    session.select_channels((3,))
    assert situation(window).state is session.state
    assert (situation(window).can_undo, situation(window).can_redo) == (True, False)
    session.undo()
    assert (situation(window).can_undo, situation(window).can_redo) == (False, True)


def test_the_situation_knows_when_there_is_a_grid(
    presenter: CommandPresenter, looking: Session, runner: FakeRunner, window: FakeWindow
) -> None:
    assert not situation(window).has_grid
    runner.finish(slots.GRID, answer(runner.jobs[slots.GRID]))
    assert situation(window).has_grid


def test_the_situation_knows_when_patterns_are_made_and_when_that_ends(
    shown: Grid, runner: FakeRunner, window: FakeWindow, panel: FakePanel
) -> None:
    for end in (
        lambda: runner.cancel(slots.PATTERNS),
        lambda: runner.fail(slots.PATTERNS, CnnvizError(message("No."))),
    ):
        panel.generate_requested.emit("0", PatternSettings())
        assert situation(window).makes_patterns
        end()
        assert not situation(window).makes_patterns
    assert not situation(window).has_patterns


def test_the_situation_knows_when_there_are_patterns(
    presenter: CommandPresenter, made: None, window: FakeWindow, parts: dict[str, Any]
) -> None:
    parts["patterns"].made.emit()
    assert situation(window).has_patterns


def test_the_situation_knows_when_several_pictures_came_together(
    shown: Grid, runner: FakeRunner, window: FakeWindow, picture: FakePicture
) -> None:
    picture.files_dropped.emit(["/photos/cat.png", "/photos/dog.png"])
    runner.finish(slots.PICTURE, replace(CAT))
    assert situation(window).has_several_pictures
    picture.files_dropped.emit(["/photos/dog.png"])
    runner.finish(slots.PICTURE, DOG)
    assert not situation(window).has_several_pictures


def test_the_next_picture_can_be_had_when_the_first_of_several_is_damaged(
    presenter: CommandPresenter, runner: FakeRunner, window: FakeWindow, picture: FakePicture
) -> None:
    picture.files_dropped.emit(["/photos/damaged.png", "/photos/dog.png"])
    runner.fail(slots.PICTURE, CnnvizError(message("Damaged.")))
    assert situation(window).has_several_pictures


def test_opening_the_network_that_is_open_leaves_nothing_to_undo_in_the_menu(
    shown: Grid, looking: Session, runner: FakeRunner, window: FakeWindow, parts: dict[str, Any]
) -> None:
    looking.select_layer("many")
    looking.select_layer("few")
    assert situation(window).can_undo
    parts["networks"].open(NETWORK.source)
    runner.finish(slots.NETWORK, NETWORK)
    assert not situation(window).can_undo

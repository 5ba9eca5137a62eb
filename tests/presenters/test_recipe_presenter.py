"""Pictures that remember: a dropped export brings its view back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock, create_autospec

import pytest
from presenters_fakes import CAT, DOG, FIXED, NETWORK, PAIR, FakeBar, FakePicture, FakeRunner, read

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS, PatternSettings
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.core.recipe import make_recipe
from cnnviz_gui.core.requests import OpenNetwork, ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
from cnnviz_gui.presenters.picture_presenter import PicturePresenter
from cnnviz_gui.presenters.recipe_presenter import RecipePresenter
from cnnviz_gui.session.state import Display

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.session.session import Session

SAMPLE = read("coffee.jpg", "/samples/coffee.jpg")
CODE = defaultdict(lambda: ("", ""), {"own.keras": ("/nets/layers.py", "abc")})
BACK = "The view of the recipe is back."


@pytest.fixture
def patterns() -> Mock:
    """The presenter of the pattern panel."""
    return create_autospec(PatternPresenter, instance=True)


@pytest.fixture
def presenter(session: Session, runner: FakeRunner, bar: FakeBar, patterns: Mock, owner: QObject) -> RecipePresenter:
    """The presenter, before anything is open."""
    return RecipePresenter(
        session, runner, bar, patterns, {"coffee.jpg": "/samples/coffee.jpg"}, CODE.__getitem__, owner
    )


def network_row(network: Network = NETWORK) -> dict[str, Any]:
    """The part of a recipe that says which network."""
    return {**asdict(network.source), "sha256": network.sha256}


def grid_recipe(picture: PictureRead = SAMPLE, network: Network = NETWORK, **changes: object) -> Recipe:
    """The recipe of a grid."""
    content: dict[str, Any] = {
        "network": network_row(network),
        "picture": {"name": picture.picture.name, "sha256": picture.picture.sha256, "path": picture.picture.path},
        "layer": "many",
        "size": [50, 33],
        "preprocessing": "tf",
        "scale": "signed",
        "sort": "mean",
        "per_row": 8,
        "aspect": 1.0,
        "chosen": 0,
        "channel": None,
        "colormap": "magma",
        "enlarge": 1,
    }
    return make_recipe("channels", **(content | changes))


def pattern_recipe(network: Network = NETWORK, settings: PatternSettings = PRESETS["tutorial"]) -> Recipe:
    """The recipe of patterns, of which the last was stopped."""
    return make_recipe(
        "patterns",
        network=network_row(network),
        layer="many",
        channels=[80, 81, 3],
        settings=asdict(settings),
        steps_done=[40, 40, 12],
        preprocessing="torch",
    )


def note(bar: FakeBar) -> str:
    """What was said last."""
    return bar.show_note.call_args.args[0]


def test_a_grids_network_and_picture_are_fetched_before_anything_changes(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner
) -> None:
    before = looking.state
    presenter.restore(grid_recipe())
    assert runner.submitted == [
        (slots.RECIPE_NETWORK, OpenNetwork(NETWORK.source)),
        (slots.RECIPE_PICTURE, ReadPicture(path="/samples/coffee.jpg")),
    ]
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    assert looking.state is before


@pytest.mark.parametrize("first", [slots.RECIPE_NETWORK, slots.RECIPE_PICTURE])
def test_the_whole_view_comes_back_whichever_part_is_there_first(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar, first: str
) -> None:
    results = {slots.RECIPE_NETWORK: NETWORK, slots.RECIPE_PICTURE: SAMPLE}
    presenter.restore(grid_recipe())
    runner.finish(first, results.pop(first))
    for slot, result in results.items():
        runner.finish(slot, result)
    state = looking.state
    assert (state.network, state.layer, state.picture) == (NETWORK, "many", SAMPLE)
    assert (state.size, state.preprocessing) == ((50, 33), "tf")
    assert state.display == Display(Scale.SIGNED, "magma", SortKey.MEAN, 8)
    assert state.channels == (0,)
    assert note(bar) == BACK


def test_bringing_a_view_of_the_open_network_back_is_one_step_that_can_be_undone(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner
) -> None:
    before = looking.state
    said = Mock()
    looking.changed.connect(lambda old, new: said(old, new))
    presenter.restore(grid_recipe())
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    runner.finish(slots.RECIPE_PICTURE, SAMPLE)
    assert said.call_count == 1
    looking.undo()
    assert looking.state == before


@pytest.mark.parametrize(
    ("changes", "channel"),
    [({"channel": 7}, 7), ({"sort": "likeness", "chosen": 9}, 9)],
    ids=["one channel", "likeness"],
)
def test_the_channel_that_the_picture_was_about_is_chosen(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, changes: dict[str, object], channel: int
) -> None:
    presenter.restore(grid_recipe(**changes))
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    runner.finish(slots.RECIPE_PICTURE, SAMPLE)
    assert looking.state.channels == (channel,)


def test_a_picture_that_is_on_the_screen_is_not_read_again(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.restore(grid_recipe(CAT))
    assert not runner.busy(slots.RECIPE_PICTURE)
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    assert (looking.state.picture, looking.state.layer) == (CAT, "many")
    assert note(bar) == BACK


def test_a_picture_is_looked_for_where_it_was(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, tmp_path: Path
) -> None:
    path = tmp_path / "coffee.jpg"
    path.write_bytes(b"coffee.jpg")
    presenter.restore(grid_recipe(read("coffee.jpg", str(path))))
    assert runner.of(slots.RECIPE_PICTURE) == [ReadPicture(path=str(path))]


def test_a_picture_that_is_nowhere_is_said_and_nothing_is_opened(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.restore(grid_recipe(DOG))
    what, hint, _ = bar.show_error.call_args.args
    assert "dog.png" in str(what)
    assert "Open the picture first" in str(hint)
    assert runner.submitted == []


@pytest.mark.parametrize("part", ["network", "picture"])
def test_a_network_or_a_picture_that_is_another_one_by_now_is_said(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar, part: str
) -> None:
    presenter.restore(grid_recipe())
    runner.finish(slots.RECIPE_NETWORK, replace(NETWORK, sha256="other") if part == "network" else NETWORK)
    runner.finish(slots.RECIPE_PICTURE, DOG if part == "picture" else SAMPLE)
    assert note(bar) == f"The view of the recipe is back, but this is not the same: the {part}."


@pytest.mark.parametrize("slot", [slots.RECIPE_NETWORK, slots.RECIPE_PICTURE])
def test_a_part_that_cannot_be_had_leaves_everything_as_it_was(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar, slot: str
) -> None:
    before = looking.state
    presenter.restore(grid_recipe())
    runner.fail(slot, CnnvizError(message("No.")))
    for other, result in ((slots.RECIPE_NETWORK, NETWORK), (slots.RECIPE_PICTURE, SAMPLE)):
        if other != slot:
            runner.finish(other, result)
    assert looking.state is before
    bar.show_note.assert_not_called()


@pytest.mark.parametrize(
    "recipe",
    [grid_recipe(size="large"), grid_recipe(scale="rainbow"), grid_recipe(per_row=None), grid_recipe(layer="absent")],
    ids=["size", "scale", "per_row", "layer"],
)
def test_a_damaged_recipe_is_said_and_changes_nothing(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar, recipe: Recipe
) -> None:
    before = looking.state
    presenter.restore(recipe)
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    runner.finish(slots.RECIPE_PICTURE, SAMPLE)
    assert looking.state is before
    assert bar.show_error.call_count == 1
    bar.show_note.assert_not_called()


@pytest.mark.parametrize(
    "recipe", [make_recipe("channels"), make_recipe("patterns"), make_recipe("channels", network=7)]
)
def test_a_recipe_without_a_network_is_said_at_once(
    presenter: RecipePresenter, runner: FakeRunner, bar: FakeBar, recipe: Recipe
) -> None:
    presenter.restore(recipe)
    assert bar.show_error.call_count == 1
    assert runner.submitted == []


def test_of_two_recipes_the_newer_comes_back(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner
) -> None:
    presenter.restore(grid_recipe(layer="vector"))
    presenter.restore(grid_recipe(CAT))
    assert not runner.busy(slots.RECIPE_PICTURE), "nobody waits for the first one's picture any more"
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    assert (looking.state.layer, looking.state.picture) == ("many", CAT)


def other_row(name: str, picture: PictureRead) -> dict[str, str]:
    """The part of a recipe that says which picture an input took."""
    about = picture.picture
    return {"input": name, "name": about.name, "sha256": about.sha256, "path": about.path}


def test_the_pictures_of_further_inputs_come_back_too(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar
) -> None:
    rows = [other_row("right", SAMPLE), other_row("third", CAT)]
    presenter.restore(grid_recipe(CAT, PAIR, other_pictures=rows))
    reading = slots.of_input(slots.RECIPE_OTHER, "right")
    assert runner.submitted[-2:] == [
        (slots.RECIPE_NETWORK, OpenNetwork(PAIR.source)),
        (reading, ReadPicture(path="/samples/coffee.jpg")),
    ]
    runner.finish(slots.RECIPE_NETWORK, PAIR)
    assert looking.state.network == NETWORK
    runner.finish(reading, SAMPLE)
    assert looking.state.network == PAIR
    assert looking.state.others == (("right", SAMPLE), ("third", CAT))
    assert note(bar) == BACK


def test_a_further_picture_that_is_another_one_by_now_is_said(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.restore(grid_recipe(CAT, PAIR, other_pictures=[other_row("right", SAMPLE)]))
    runner.finish(slots.RECIPE_NETWORK, PAIR)
    runner.finish(slots.of_input(slots.RECIPE_OTHER, "right"), DOG)
    assert note(bar) == "The view of the recipe is back, but this is not the same: the picture."


def test_a_recipe_opens_with_the_code_that_a_person_let_run_and_no_other(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner
) -> None:
    own = replace(NETWORK, source=NetworkSource("own.keras", classes="/attack.py", trusted="def"))
    presenter.restore(grid_recipe(CAT, own))
    source = NetworkSource("own.keras", classes="/nets/layers.py", trusted="abc")
    assert runner.of(slots.RECIPE_NETWORK) == [OpenNetwork(source)]


def test_patterns_bring_their_layer_settings_and_channels_back(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, patterns: Mock, bar: FakeBar
) -> None:
    presenter.restore(pattern_recipe())
    assert runner.submitted == [(slots.RECIPE_NETWORK, OpenNetwork(NETWORK.source))]
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    state = looking.state
    assert (state.layer, state.preprocessing, state.picture) == ("many", "torch", CAT)
    patterns.adopt.assert_called_once_with((80, 81, 3), PRESETS["tutorial"])
    assert note(bar) == BACK


def dream_recipe(picture: PictureRead = SAMPLE, written: str = "", objective: str = "layer") -> Recipe:
    """The recipe of patterns that need a picture."""
    about = picture.picture
    row = {"as": written, "name": about.name, "sha256": about.sha256, "path": about.path}
    settings = replace(PRESETS["deepdream"], objective=objective)
    return make_recipe(
        "patterns",
        network=network_row(),
        layer="many",
        channels=[0],
        settings=asdict(settings),
        preprocessing="torch",
        pictures=[row],
    )


def test_a_dream_brings_back_the_picture_that_it_began_with(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, patterns: Mock, bar: FakeBar
) -> None:
    presenter.restore(dream_recipe())
    assert runner.submitted == [
        (slots.RECIPE_NETWORK, OpenNetwork(NETWORK.source)),
        (slots.RECIPE_PICTURE, ReadPicture(path="/samples/coffee.jpg")),
    ]
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    assert looking.state.picture == CAT
    runner.finish(slots.RECIPE_PICTURE, SAMPLE)
    assert looking.state.picture == SAMPLE
    patterns.adopt.assert_called_once_with((0,), PRESETS["deepdream"])
    assert note(bar) == BACK
    looking.undo()
    assert looking.state.picture == CAT


def test_a_dream_of_a_picture_that_is_nowhere_asks_for_it(
    presenter: RecipePresenter, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.restore(dream_recipe(DOG))
    what, hint, _ = bar.show_error.call_args.args
    assert "dog.png" in str(what)
    assert "Open the picture first" in str(hint)
    assert runner.submitted == []


def test_a_dream_does_not_begin_with_a_picture_that_has_changed(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, patterns: Mock, bar: FakeBar
) -> None:
    before = looking.state
    presenter.restore(dream_recipe())
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    runner.finish(slots.RECIPE_PICTURE, replace(SAMPLE, picture=make_picture("coffee.jpg", b"painted over")))
    what, hint, _ = bar.show_error.call_args.args
    assert "coffee.jpg is another picture" in str(what)
    assert "as it was" in str(hint)
    assert looking.state is before
    patterns.adopt.assert_not_called()


@pytest.mark.parametrize("found", [SAMPLE, DOG], ids=["the same", "another"])
def test_a_picture_that_the_objective_names_is_compared_and_leaves_the_open_one(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, bar: FakeBar, found: PictureRead
) -> None:
    presenter.restore(dream_recipe(written="coffee", objective="caricature(coffee)"))
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    runner.finish(slots.of_input(slots.RECIPE_OTHER, "coffee"), found)
    assert looking.state.picture == CAT
    differs = "The view of the recipe is back, but this is not the same: the picture."
    assert note(bar) == (BACK if found is SAMPLE else differs)


def test_patterns_whose_objective_names_a_picture_that_is_gone_come_back_and_it_is_said(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner, patterns: Mock, bar: FakeBar
) -> None:
    presenter.restore(dream_recipe(DOG, "/photos/dog.png", 'caricature("/photos/dog.png")'))
    assert runner.submitted == [(slots.RECIPE_NETWORK, OpenNetwork(NETWORK.source))]
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    patterns.adopt.assert_called_once()
    assert note(bar) == "The view of the recipe is back, but this is not the same: the picture."


def test_patterns_of_another_network_bring_the_size_that_it_wants_and_a_channel_that_it_has(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner
) -> None:
    looking.choose_size((224, 224))
    looking.select_layer("many")
    looking.select_channels((95,))
    layers = (NETWORK.layers[0], replace(NETWORK.layers[1], shape=(None, None, 82)))
    other = replace(FIXED, layers=layers)
    presenter.restore(pattern_recipe(other))
    runner.finish(slots.RECIPE_NETWORK, other)
    assert (looking.state.size, looking.state.channels) == ((48, 48), (80,))


def test_patterns_of_the_open_network_leave_the_pictures_size(
    presenter: RecipePresenter, looking: Session, runner: FakeRunner
) -> None:
    looking.choose_size((64, 64))
    presenter.restore(pattern_recipe())
    runner.finish(slots.RECIPE_NETWORK, NETWORK)
    assert looking.state.size == (64, 64)


def test_a_picture_that_carries_a_recipe_is_a_view_and_not_a_picture_to_look_at(
    session: Session, runner: FakeRunner, picture: FakePicture, bar: FakeBar, owner: QObject
) -> None:
    pictures = PicturePresenter(session, runner, picture, bar, owner)
    found, shown = [], []
    pictures.recipe_found.connect(found.append)
    pictures.read.connect(shown.append)
    recipe = grid_recipe()
    picture.files_dropped.emit(["/out/grid.png"])
    runner.finish(slots.PICTURE, replace(read("grid.png", "/out/grid.png"), recipe=recipe))
    assert found == [recipe]
    assert shown == []
    assert session.state.picture is None

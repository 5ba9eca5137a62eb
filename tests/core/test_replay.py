"""A recipe becomes the request that it was made of; a damaged one is said to be."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.core.recipe import Recipe, make_recipe
from cnnviz_gui.core.replay import grid_request, pattern_requests, recipe_network, recipe_picture
from cnnviz_gui.core.requests import DrawGrid, ExportGrid, View

SOURCE = NetworkSource("keras:ResNet50", "none", False)
NETWORK = {**asdict(SOURCE), "sha256": "1234"}
PICTURE = make_picture("cat.jpg", b"data", "/photos/cat.jpg")
GRID = {
    "network": NETWORK,
    "layer": "conv1_conv",
    "picture": {"name": "cat.jpg", "sha256": PICTURE.sha256, "path": "/photos/cat.jpg"},
    "size": [500, 333],
    "preprocessing": "caffe",
    "scale": "signed",
    "sort": "likeness",
    "per_row": 8,
    "aspect": 1.5,
    "chosen": 3,
    "colormap": "magma",
    "channel": None,
    "enlarge": 2,
}
SETTINGS = replace(PRESETS["clear"], steps=9, seed=4)
PATTERNS = {
    "network": NETWORK,
    "layer": "conv1_conv",
    "channels": [4, 2, 7],
    "settings": asdict(SETTINGS),
    "preprocessing": "caffe",
}


def grid_recipe(**changes: object) -> Recipe:
    return make_recipe("channels", **{**GRID, **changes})


def patterns_recipe(**changes: object) -> Recipe:
    return make_recipe("patterns", **{**PATTERNS, **changes})


def test_a_grids_recipe_names_its_network_and_picture() -> None:
    assert recipe_network(grid_recipe()) == (SOURCE, "1234")
    assert recipe_picture(grid_recipe()) == ("cat.jpg", "/photos/cat.jpg", PICTURE.sha256)


def test_a_grids_recipe_becomes_its_export() -> None:
    view = View(SOURCE, "conv1_conv", PICTURE, (500, 333), "caffe")
    draw = DrawGrid(view, Scale.SIGNED, SortKey.LIKENESS, 8, 1.5, 3)
    assert grid_request(grid_recipe(), PICTURE, "a.png") == ExportGrid(draw, "magma", "a.png", None, 2)
    assert grid_request(grid_recipe(channel=5), PICTURE, "a.png").channel == 5


def test_a_patterns_recipe_becomes_one_request() -> None:
    assert pattern_requests(patterns_recipe()) == (MakePatterns(SOURCE, "conv1_conv", (4, 2, 7), SETTINGS, "caffe"),)


def test_patterns_that_were_stopped_become_a_request_for_each_number_of_steps() -> None:
    first, second = pattern_requests(patterns_recipe(steps_done=[9, 9, 5]))
    assert (first.channels, first.settings.steps) == ((4, 2), 9)
    assert (second.channels, second.settings.steps) == ((7,), 5)
    assert replace(second.settings, steps=9) == SETTINGS


def test_a_parameter_of_another_version_is_left_out() -> None:
    recipe = patterns_recipe(settings={**asdict(SETTINGS), "sparkle": 3})
    assert pattern_requests(recipe)[0].settings == SETTINGS


@pytest.mark.parametrize("field", [*GRID, *(f"picture.{name}" for name in GRID["picture"])])
def test_a_grids_recipe_without_a_field_is_damaged(field: str) -> None:
    outer, _, inner = field.partition(".")
    content = {**GRID, "picture": dict(GRID["picture"])}
    del (content[outer] if inner else content)[inner or outer]
    recipe = make_recipe("channels", **content)
    read = recipe_picture if outer == "picture" else lambda recipe: grid_request(recipe, PICTURE, "a.png")
    with pytest.raises(CnnvizError, match="The recipe is damaged or was made by another version") as caught:
        read(recipe)
    assert (inner or outer) in caught.value.details


@pytest.mark.parametrize(
    "changes",
    [
        {"size": [224]},
        {"size": [0, 224]},
        {"size": "224"},
        {"scale": "loud"},
        {"sort": 3},
        {"per_row": -1},
        {"enlarge": 0},
        {"channel": -2},
        {"chosen": -1},
        {"aspect": "wide"},
        {"per_row": float("inf")},
        {"network": []},
        {"network": "ResNet50"},
        {"network": None},
    ],
    ids=str,
)
def test_a_grids_recipe_with_a_wrong_value_is_damaged(changes: dict[str, object]) -> None:
    with pytest.raises(CnnvizError, match="The recipe is damaged"):
        grid_request(grid_recipe(**changes), PICTURE, "a.png")


@pytest.mark.parametrize(
    "changes",
    [
        {"channels": 3},
        {"channels": ["a"]},
        {"settings": None},
        {"settings": []},
        {"settings": {"size": "large"}},
        {"settings": {"steps": None}},
        {"settings": {"seed": float("inf")}},
        {"steps_done": [1]},
        {"steps_done": "abc"},
        {"network": {"name": "x"}},
    ],
    ids=str,
)
def test_a_patterns_recipe_with_a_wrong_value_is_damaged(changes: dict[str, object]) -> None:
    with pytest.raises(CnnvizError, match="The recipe is damaged"):
        pattern_requests(patterns_recipe(**changes))


@pytest.mark.parametrize("field", PATTERNS)
def test_a_patterns_recipe_without_a_field_is_damaged(field: str) -> None:
    content = {name: value for name, value in PATTERNS.items() if name != field}
    with pytest.raises(CnnvizError, match="The recipe is damaged"):
        pattern_requests(make_recipe("patterns", **content))

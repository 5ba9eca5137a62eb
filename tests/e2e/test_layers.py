"""Going to layers, and what is then on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from e2e_robot import run_commands, tutorial_mosaic
from PIL import Image
from PySide6.QtWidgets import QTreeView

from cnnviz_gui.core.colormap import color_table

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_robot import Robot
    from numpy.typing import NDArray

FRAME = 8
"""Pixels around a chosen tile that its frame may cover."""
LINES_FROM = 24
"""Screen pixels of a tile from which lines are drawn between tiles."""
COMPARED = ("block1a_dwconv", "block3b_expand_conv", "block5c_add", "top_conv")


@pytest.fixture(scope="session")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the console command makes of the cat: LAYER.npz and LAYER.png."""
    folder = tmp_path_factory.mktemp("computed")
    cat = ["channels", "efficientnet-lite0", "chelsea_cat"]
    names = [(layer, f"{layer}{suffix}") for layer in COMPARED for suffix in (".npz", ".png")]
    run_commands(*([*cat, "--layer", layer, "-o", str(folder / name)] for layer, name in names))
    return folder


def test_a_layer_is_found_by_typing_a_part_of_its_name_and_enter(robot: Robot) -> None:
    robot.search_layer("block3b_dw")

    robot.wait_for_grid("block3b_dwconv")
    robot.screenshot("layers-searched")
    assert robot.layer_in_tree == "block3b_dwconv"
    assert robot.title == "block3b_dwconv 28 x 28 x 240"
    assert robot.text("patternLayer") == "block3b_dwconv"


def test_a_search_that_finds_nothing_says_so_and_changes_nothing(robot: Robot) -> None:
    robot.search_layer("banana")

    robot.screenshot("layers-nothing-found")
    assert "banana" in robot.text("layerTreeEmpty")
    assert robot.title.startswith("block5c_add ")
    robot.press("Escape")
    assert robot.layer_in_tree == "block5c_add"


def test_layers_are_found_by_their_number_of_channels(robot: Robot) -> None:
    robot.search_layer(">=1280")

    robot.wait(lambda: not robot.title.startswith("block5c_add"))
    assert robot.wait_for_grid().values.shape[-1] >= 1280


def test_a_layer_in_a_closed_block_is_reached_by_clicking(robot: Robot) -> None:
    robot.click_layer("block2a_bn")

    robot.wait_for_grid("block2a_bn")
    assert robot.layer_in_tree == "block2a_bn"


def test_up_and_down_walk_the_layers_and_the_grid_follows(robot: Robot) -> None:
    robot.click_layer("block5c_project_conv")
    robot.wait_for_grid("block5c_project_conv")

    robot.press("Down")
    robot.wait_for_grid("block5c_project_bn")
    robot.press("Up", 2)

    robot.wait_for_grid("block5c_activation")
    assert robot.title == "block5c_activation 14 x 14 x 672"


def test_every_layer_is_shown_when_the_whole_tree_is_walked_with_the_down_key(robot: Robot) -> None:
    tree = robot.find("layerTreeView", QTreeView)
    network = robot.bench.session.state.network
    assert network is not None
    robot.click_layer(network.layers[0].name)
    robot.press("Home")
    robot.wait_for_grid(network.layers[0].name)
    shown = []
    described = []
    while True:
        name = robot.layer_in_tree
        if any(layer.name == name for layer in network.layers):
            grid = robot.wait_for_grid(name)
            layer = network.layer(name)
            shown.append(name)
            assert grid.values.shape[-1] == layer.channels
            assert np.isfinite(grid.values).all()
            if grid.is_vector:
                described.append(name)
                assert robot.title == f"{name} {layer.channels}"
                assert not robot.find("grid_scale").isEnabled()
            else:
                assert robot.title.startswith(f"{name} {' x '.join(map(str, grid.values.shape))}")
        before = tree.currentIndex()
        if tree.model().hasChildren(before) and not tree.isExpanded(before):
            robot.press("Right")
        robot.press("Down")
        if tree.currentIndex() == before:
            break
    robot.screenshot("layers-last-as-bars")
    assert shown == [layer.name for layer in network.layers]
    assert described
    assert robot.error == ""


@pytest.mark.parametrize("layer", COMPARED)
def test_the_grid_on_the_screen_has_the_colours_of_independently_computed_activations(
    robot: Robot, computed: Path, layer: str
) -> None:
    robot.search_layer(layer)
    grid = robot.wait_for_grid(layer)
    robot.click_channel(grid.tiling.order[0])
    robot.wait(lambda: robot.text("inspector_title") == "Channel 0")
    robot.click(robot.find("grid_one_to_one"))
    robot.screenshot(f"layers-one-to-one-{layer}")

    activations = np.load(computed / f"{layer}.npz")["activations"]
    exported = np.asarray(Image.open(computed / f"{layer}.png"))
    by_hand = color_table("viridis")[tutorial_mosaic(activations)]
    np.testing.assert_allclose(grid.values, activations, rtol=1e-4, atol=1e-4)
    np.testing.assert_array_equal(exported, by_hand)
    colours, area = seen_mosaic(robot)
    if grid.tiling.tile_width < LINES_FROM:
        readable = readable_pixels(robot)[area]
        np.testing.assert_array_equal(colours[readable], exported[area][readable])
    else:
        # Large tiles have numbers and lines over them.
        assert (colours == exported[area]).all(axis=-1).mean() > 0.85


def seen_mosaic(robot: Robot) -> tuple[NDArray[np.uint8], tuple[slice, slice]]:
    """The colours on the screen of what can be seen of the mosaic, and which part of it that is."""
    seen = robot.canvas.scene.viewport.seen()
    area = slice(int(seen.top()) + 1, int(seen.bottom()) - 1), slice(int(seen.left()) + 1, int(seen.right()) - 1)
    centres = robot.value_centres().reshape(*robot.grid.mosaic.shape, 2)[area]
    return robot.colours(robot.canvas, centres.reshape(-1, 2)).reshape(*centres.shape[:2], 3), area


def readable_pixels(robot: Robot) -> NDArray[np.bool_]:
    """Which pixels of the mosaic have nothing painted over them: no frame of what is chosen, no mark."""
    grid = robot.grid
    readable = np.ones(grid.mosaic.shape, bool)
    for channel in {*robot.bench.session.state.channels, *np.flatnonzero(grid.statistics.constant).tolist()}:
        place = grid.tiling.place_of(channel)
        assert place is not None
        top, left = grid.tiling.corner(place)
        bottom, right = top + grid.tiling.tile_height + FRAME, left + grid.tiling.tile_width + FRAME
        readable[max(top - FRAME, 0) : bottom, max(left - FRAME, 0) : right] = False
    return readable

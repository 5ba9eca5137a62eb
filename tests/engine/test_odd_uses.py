"""Further pictures, odd sizes, patterns and recipes of odd networks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from odd_builders import CLASSES, SIZE
from odd_networks import ODD_NETWORKS

from cnnviz_gui.cli import main
from cnnviz_gui.core import replay
from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.core.picture import picture_pixels
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.core.recipe import read_recipe
from cnnviz_gui.core.requests import DrawGrid, ExportGrid, LookAtPicture, OpenNetwork, View

if TYPE_CHECKING:
    from pathlib import Path

    from engine_cases import Asker

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import Picture

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


def opened(ask: Asker, name: str, folder: Path) -> tuple[NetworkSource, keras.Model, Network]:
    odd = ODD_NETWORKS[name]
    keras.utils.set_random_seed(3)
    model = odd.build()
    path = folder / "net.keras"
    model.save(path)
    source = NetworkSource(str(path), classes=str(CLASSES) if odd.classes else "")
    return source, model, ask(OpenNetwork(source))


def fed(picture: Picture, size: tuple[int, int], channels: int = 3) -> np.ndarray:
    return preprocessing("none").tensor(picture_pixels(picture, size), channels)[None]


def test_another_input_takes_a_picture_of_its_own(
    ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    source, model, network = opened(ask_small, "siamese", tmp_path)
    cat, coffee = photos["chelsea_cat"], photos["coffee"]
    assert [(given.name, given.takes_picture) for given in network.inputs] == [("left", True), ("right", True)]
    view = View(source, "same", cat, SIZE, "none", (("right", coffee),))
    grid = ask_small(DrawGrid(view))
    expected = np.asarray(model([fed(cat, SIZE), fed(coffee, SIZE)]))
    np.testing.assert_allclose(grid.values.ravel(), expected.ravel(), rtol=1e-4)
    alone = ask_small(DrawGrid(replace(view, others=())))
    np.testing.assert_allclose(
        alone.values.ravel(), np.asarray(model([fed(cat, SIZE), np.zeros((1, *SIZE, 3))])).ravel(), rtol=1e-4
    )
    shown = ask_small(DrawGrid(replace(view, layer="right")))
    assert (shown.values == fed(coffee, SIZE)[0]).all()


def test_another_input_of_a_size_and_channels_of_its_own(
    ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    source, _, network = opened(ask_small, "depth and colour", tmp_path)
    assert [(given.name, given.shape) for given in network.inputs] == [
        ("colour", (None, None, 3)),
        ("depth", (24, 24, 7)),
    ]
    coffee = photos["coffee"]
    grid = ask_small(DrawGrid(View(source, "depth", photos["chelsea_cat"], SIZE, "none", (("depth", coffee),))))
    assert (grid.values == fed(coffee, (24, 24), 7)[0]).all()


@pytest.mark.parametrize("name", ["left", "nothing"])
def test_an_input_that_takes_no_other_picture_is_named(
    name: str, ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    source, _, _ = opened(ask_small, "siamese", tmp_path)
    cat = photos["chelsea_cat"]
    with pytest.raises(CnnvizError, match=f"has no other input {name} that takes a picture. It has: right"):
        ask_small(DrawGrid(View(source, "same", cat, SIZE, "none", ((name, cat),))))


@pytest.mark.parametrize(
    ("name", "right", "wrong"), [("fixed height", (20, 33), (21, 33)), ("fixed width", (9, 30), (9, 31))]
)
def test_a_fixed_side_is_obeyed(
    name: str,
    right: tuple[int, int],
    wrong: tuple[int, int],
    ask_small: Asker,
    photos: dict[str, Picture],
    tmp_path: Path,
) -> None:
    source, _, network = opened(ask_small, name, tmp_path)
    assert network.input_size is None
    assert [side for side in network.fixed_sides if side] == [20 if name == "fixed height" else 30]
    ask_small(LookAtPicture(source, photos["chelsea_cat"], right, "none"))
    with pytest.raises(CnnvizError, match=f"Received: {wrong[0]} x {wrong[1]}"):
        ask_small(LookAtPicture(source, photos["chelsea_cat"], wrong, "none"))


def test_a_layer_that_does_not_fit_this_size_hides_no_other(
    ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    picture = keras.layers.Input((None, None, 3))
    down = keras.layers.UpSampling2D(name="up")(keras.layers.MaxPooling2D(name="down")(picture))
    path = tmp_path / "unet.keras"
    keras.Model(picture, keras.layers.Concatenate(name="joined")([picture, down])).save(path)
    view = View(NetworkSource(str(path)), "joined", photos["chelsea_cat"], (33, 32), "none")
    assert ask_small(DrawGrid(replace(view, size=(32, 32)))).values.shape == (32, 32, 6)
    assert ask_small(DrawGrid(replace(view, layer="up"))).values.shape == (32, 32, 3)
    with pytest.raises(CnnvizError, match="joined could not be computed for this picture"):
        ask_small(DrawGrid(view))


@pytest.mark.parametrize(
    ("name", "layer"),
    [
        ("nested", "outer/middle/core/conv"),
        ("shared", "tower/mix@2"),
        ("siamese", "tower/conv"),
        ("structured", "one"),
        ("one channel", "conv"),
        ("six channels", "norm"),
        ("fused", "by_name"),
        ("fused", "by_layer"),
        ("fused", "depthwise"),
        ("fused", "dense"),
        ("fused own", "conv"),
        ("mixed float16", "conv"),
        ("own layers", "block/first"),
        ("own layers", "closed"),
        ("bytes in batches of four", "conv"),
        ("bare operations", "conv"),
        ("film", "conv"),
        ("grey row", "conv"),
    ],
)
def test_patterns_of_odd_networks_move(name: str, layer: str, ask_small: Asker, tmp_path: Path) -> None:
    source, _, network = opened(ask_small, name, tmp_path)
    settings = replace(PRESETS["clear"], size=(network.input_size or (32, 32))[0], steps=2)
    patterns = ask_small(MakePatterns(source, layer, (0, 1), settings, "tf"))
    assert np.isfinite(patterns.images).all()
    assert patterns.images.shape[-1] == network.input_channels
    assert patterns.objective.shape == (2, 2)
    # A grey level is fed as a colour is: between -1 and 1.
    assert -1 <= patterns.images.min() < patterns.images.max() <= 1


@pytest.mark.parametrize(("name", "layer"), [("channels first", "scores"), ("channels first rarely", "top")])
def test_a_network_with_its_channels_first_computes_what_it_did(
    name: str, layer: str, ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    source, model, _ = opened(ask_small, name, tmp_path)
    cat = photos["chelsea_cat"]
    try:
        outputs = keras.tree.flatten(model(np.moveaxis(fed(cat, SIZE), -1, 1)))
    except Exception as error:  # noqa: BLE001
        pytest.skip(f"TensorFlow cannot run it on this machine: {error}")
    grid = ask_small(DrawGrid(View(source, layer, cat, SIZE, "none")))
    np.testing.assert_allclose(grid.values.ravel(), np.asarray(outputs[-1]).ravel(), rtol=1e-3)


def test_patterns_of_a_network_with_its_channels_first_move(ask_small: Asker, tmp_path: Path) -> None:
    first = {"data_format": "channels_first"}
    path = tmp_path / "first.h5"
    keras.Sequential(
        [
            keras.layers.Input((3, 32, 32)),
            keras.layers.Conv2D(4, 3, activation="relu", name="conv", **first),
            keras.layers.BatchNormalization(axis=1, name="norm"),
            keras.layers.Conv2D(5, 3, activation="relu", name="last", **first),
        ]
    ).save(path)
    settings = replace(PRESETS["tutorial"], size=32, steps=2)
    patterns = ask_small(MakePatterns(NetworkSource(str(path)), "last", (0, 4), settings, "none"))
    assert patterns.images.shape == (2, 32, 32, 3)
    assert (np.ptp(patterns.images, axis=(1, 2, 3)) > 0).all()


@pytest.mark.parametrize(("layer", "words"), [("by_name", "by_name before its"), ("by_layer", "by_layer before its")])
def test_a_fused_activation_is_split_off(layer: str, words: str, ask_small: Asker, tmp_path: Path) -> None:
    source, _, _ = opened(ask_small, "fused", tmp_path)
    settings = replace(PRESETS["clear"], size=32, steps=1, climb="preactivation")
    patterns = ask_small(MakePatterns(source, layer, (0,), settings, "none"))
    assert words in str(patterns.climbed) or "linear in the picture" in str(patterns.climbed)


def test_a_recipe_keeps_further_pictures_and_never_runs_classes(
    ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    source, _, _ = opened(ask_small, "siamese", tmp_path)
    named = replace(source, classes=str(CLASSES))
    cat, coffee = photos["chelsea_cat"], photos["coffee"]
    target = str(tmp_path / "out.png")
    view = View(named, "tower/conv", cat, SIZE, "none", (("right", coffee),))
    ask_small(ExportGrid(DrawGrid(view), "viridis", target))
    recipe = read_recipe(target)
    assert recipe is not None
    assert replay.recipe_others(recipe) == (("right", coffee.name, coffee.path, coffee.sha256),)
    assert replay.recipe_network(recipe)[0] == source
    request = replay.grid_request(recipe, cat, target, others=(("right", coffee),), classes=str(CLASSES))
    assert request.draw.view == view


def test_the_command_line_takes_further_pictures_and_classes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ask_small: Asker
) -> None:
    source, _, _ = opened(ask_small, "siamese", tmp_path)
    out = tmp_path / "out.npz"
    shared = ["--layer", "right", "--size", "32x40", "-o", str(out)]
    assert main(["channels", source.name, "chelsea_cat", "--input", "right=coffee", *shared]) == 0
    assert "The picture goes to the input left." in capsys.readouterr().err
    assert np.load(out)["activations"].any()
    assert main(["channels", source.name, "chelsea_cat", "--input", "wrong=coffee", *shared]) == 1
    assert "has no other input wrong" in capsys.readouterr().err
    source, _, _ = opened(ask_small, "own layers", tmp_path)
    assert main(["layers", source.name]) == 1
    assert "which is not part of Keras. Name the Python file that defines it" in capsys.readouterr().err
    assert main(["layers", source.name, "--classes", str(CLASSES)]) == 0
    assert "block/first" in capsys.readouterr().out

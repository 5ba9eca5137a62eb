"""Legitimate odd networks open by the command, with the channels that Keras gives them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from PIL import Image

# Makes the corpus of odd networks importable.
sys.path.insert(0, str(Path(__file__).parent / "engine"))

from odd_builders import CLASSES
from odd_networks import ODD_NETWORKS, channels_of

from cnnviz_gui import resources
from cnnviz_gui.cli import main
from cnnviz_gui.engine.engine import Engine
from cnnviz_gui.engine.pattern_store import PatternStore

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
OF_OWN_MODEL = {"conv": 6, "block/first": 6, "block/second": 6}
"""Keras knows nothing about what a model with code of its own calls."""
BLOCKS = {"block"}
"""Layers that are listed by what is inside them."""
SHOWN = {
    "fixed size": "conv",
    "channels first": "joined",
    "own layers": "closed",
}
"""A layer of each."""


@pytest.fixture(autouse=True)
def in_this_process(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Commands use the one engine, and stand in an empty folder."""
    monkeypatch.setattr("cnnviz_gui.cli.Engine", lambda: engine)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One engine for all commands of this file."""
    engine = Engine(PatternStore(None))
    yield engine
    engine.close()


def saved(name: str) -> tuple[keras.Model, list[str]]:
    """Builds and saves a network; returns it, and how a command names it."""
    odd = ODD_NETWORKS[name]
    keras.utils.set_random_seed(3)
    model = odd.build()
    model.save("odd.keras")
    return model, ["odd.keras", *(["--classes", str(CLASSES)] if odd.classes else [])]


def channels_last(name: str, model: keras.Model) -> keras.Model:
    twin = ODD_NETWORKS[name].twin
    return twin(model) if twin else model


def expected_channels(name: str, model: keras.Model) -> dict[str, int]:
    """The channels of every layer of a network that is not shown as a block of its own layers."""
    if name == "own model":
        return OF_OWN_MODEL
    own = {layer.name for layer in model.layers} - BLOCKS
    return {layer: count for layer, count in channels_of(channels_last(name, model)).items() if layer in own}


@pytest.mark.parametrize("name", ODD_NETWORKS)
def test_an_odd_network_s_layers_are_listed_with_the_channels_that_keras_gives_them(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    model, network = saved(name)
    expected = expected_channels(name, model)
    capsys.readouterr()

    assert main(["layers", *network, "--json"]) == 0

    said = capsys.readouterr()
    listed = {row["name"]: row["channels"] for row in json.loads(said.out)}
    assert expected
    assert {layer: listed.get(layer) for layer in expected} == expected
    for note in ODD_NETWORKS[name].notes:
        assert note in said.err


@pytest.mark.parametrize("name", SHOWN)
def test_an_odd_network_s_layer_is_exported_as_keras_computes_it(name: str) -> None:
    odd, layer = ODD_NETWORKS[name], SHOWN[name]
    model, network = saved(name)
    height, width = odd.size
    command = ["channels", network[0], "coffee", *network[1:], "--layer", layer, "--size", f"{height}x{width}"]

    assert main([*command, "--preprocessing", "none", "-o", "x.npz"]) == 0

    [photo] = [photo.path for photo in resources.sample_photos() if photo.name == "coffee"]
    with Image.open(photo) as image:
        fed = np.asarray(image.convert("RGB").resize((width, height), Image.Resampling.BILINEAR), np.float32)
    model = channels_last(name, model)
    part = keras.Model(model.inputs, model.get_layer(layer).output)
    expected = np.asarray(part([fed[None]], training=False))[0]
    with np.load("x.npz") as found:
        np.testing.assert_array_equal(found["input"], fed)
        assert found["activations"].shape == expected.shape
        error = np.abs(found["activations"] - expected).max()
    assert error <= odd.tolerance * np.abs(expected).max()

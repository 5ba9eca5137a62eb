"""Legitimate odd networks open, and every layer of theirs is what Keras computes."""

from __future__ import annotations

import fnmatch
import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import pytest
from keras.src.ops.operation import Operation
from odd_builders import CLASSES
from odd_networks import ODD_NETWORKS, Odd

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import picture_pixels
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.core.requests import DrawGrid, LookAtPicture, OpenNetwork, View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine_cases import Asker

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import Picture

CASES = [(name, suffix) for name, odd in ODD_NETWORKS.items() for suffix in odd.formats]


def saved(model: keras.Model, path: Path) -> Path:
    """Saves a network as its user would."""
    with warnings.catch_warnings():
        # Keras 3.15 converts its variables in a way that NumPy 2 would rather not see.
        warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)
        model.save(path)
    return path


def spied(model: keras.Model, inputs: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, np.ndarray]:  # noqa: ANN401
    """Calls a network with Keras alone; every output of every call inside it, under the name it should have."""
    found: dict[str, np.ndarray] = {}
    times: Counter[str] = Counter()
    path: list[str] = []
    plain = Operation.__call__

    def call(self: Any, *arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401
        path.append(self.name)
        outputs = plain(self, *arguments, **keywords)
        name = "/".join(path[1:])
        path.pop()
        times[name] += 1
        for place, output in enumerate(keras.tree.flatten(outputs)):
            unique = f"{name}@{times[name]}" if times[name] > 1 else name
            found[f"{unique}:{place}" if place else unique] = np.asarray(output)
        return outputs

    with monkeypatch.context() as patch:
        patch.setattr(Operation, "__call__", call)
        model(inputs, training=False)
    return found


def shown(output: np.ndarray, tokens: tuple[int, int, int] | None) -> np.ndarray:
    """How an output should be shown: (H, W, C)."""
    values = output[0] if output.ndim else output
    if values.dtype.kind in "OS":
        return np.full((1, 1, values.size), np.nan)
    if tokens is not None:
        rows, columns, first = tokens
        return values[first:].reshape(rows, columns, -1)
    if values.ndim == 3:
        return values
    if values.ndim < 2:
        return values.reshape(1, 1, -1)
    if values.ndim == 2:
        return values[:, None]
    return values[values.shape[0] // 2]


def open_odd(ask: Asker, odd: Odd, model: keras.Model, path: Path) -> tuple[NetworkSource, Network]:
    source = NetworkSource(str(saved(model, path)), classes=str(CLASSES) if odd.classes else "")
    return source, ask(OpenNetwork(source))


def fed_to(odd: Odd, picture: Picture) -> np.ndarray:
    return preprocessing("none").tensor(picture_pixels(picture, odd.size), odd.channels)[None]


def check_every_layer(
    ask: Asker,
    odd: Odd,
    network: Network,
    view: View,
    expected: Mapping[str, np.ndarray],
) -> set[str]:
    """Compares every layer with Keras' own output; returns the names of those that Keras did not call."""
    unknown = set()
    for layer in network.layers:
        grid = ask(DrawGrid(View(view.network, layer.name, view.picture, view.size, "none", view.others)))
        if layer.name not in expected:
            unknown.add(layer.name)
            continue
        output = expected[layer.name]
        is_known = output.ndim > 1 and layer.shape[-1] is not None
        assert layer.channels == (output.shape[-1] if is_known else 0), layer
        is_map = output.ndim == 3 and any(fnmatch.fnmatch(layer.name, glob) for glob in odd.maps)
        target = output[0, ..., None] if is_map else shown(output, odd.tokens.get(layer.name))
        assert grid.values.shape == target.shape, layer
        assert grid.values.dtype == np.float32
        if layer.name in odd.text:
            assert "text" in str(grid.described)
            continue
        target = target.astype(np.float64)
        scale = float(np.abs(target).max()) or 1.0
        np.testing.assert_allclose(grid.values, target, rtol=0, atol=odd.tolerance * scale, err_msg=layer.name)
    return unknown


@pytest.mark.parametrize(("name", "suffix"), CASES)
def test_every_layer_of_an_odd_network_is_what_keras_computes(
    name: str,
    suffix: str,
    ask_small: Asker,
    photos: dict[str, Picture],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    odd, picture = ODD_NETWORKS[name], photos["chelsea_cat"]
    keras.utils.set_random_seed(3)
    model = odd.build()
    source, network = open_odd(ask_small, odd, model, tmp_path / f"{name}.{suffix}")
    fed = fed_to(odd, picture)
    twin = odd.twin(model) if odd.twin else model
    expected = spied(twin, odd.inputs({"picture": fed}), monkeypatch)
    others = check_every_layer(ask_small, odd, network, View(source, "", picture, odd.size, "none"), expected)
    inputs = {layer.name for layer in network.layers if layer.type == "InputLayer"}
    assert inputs == {given.name for given in network.inputs}
    inserted = {one for one in others - inputs if any(fnmatch.fnmatch(one, glob) for glob in odd.inserted)}
    if name != "own model" and name != "own layers":
        assert others == inputs | inserted
    assert network.input_channels == odd.channels
    for said, part in zip(map(str, network.notes), odd.notes, strict=True):
        assert part in said
    assert keras.config.dtype_policy().name == "float32"
    assert keras.config.floatx() == "float32"
    look = ask_small(LookAtPicture(source, picture, odd.size, "none"))
    assert set(look.shapes) == {layer.name for layer in network.layers}

"""Keras' first ResNet50, whose weights are still around: other names of layers, another epsilon of batch norms."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cnnviz_gui.core.network import modern_layer_name
from cnnviz_gui.engine.runtime import keras
from cnnviz_gui.engine.weights_hdf5 import open_hdf5
from cnnviz_gui.engine.weights_layers import find_layers, read_layers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cnnviz_gui.engine.weights_layers import SavedLayer

EPSILON = 1e-3
"""Of its batch norms; keras.applications has 1.001e-5 today."""
_OLD_NAME = re.compile(r"(res|bn)\d[a-z]_branch\d[a-c]?")


def is_first_layout(saved: Iterable[SavedLayer]) -> bool:
    """Whether layers are those of the first ResNet50."""
    return any(_OLD_NAME.fullmatch(layer.name) for layer in saved)


def first_resnet50(path: Path) -> tuple[str, bool] | None:
    """Tells a file of the first ResNet50's weights by the names of its layers.

    Args:
        path: An HDF5 file that has passed the gate.

    Returns:
        ("ResNet50", with top), or None if it is another file.
    """
    with open_hdf5(path) as file:
        group = find_layers(file)
        names = set() if group is None else {layer.name for layer in read_layers(group)}
    return ("ResNet50", "fc1000" in names) if any(map(_OLD_NAME.fullmatch, names)) else None


def modern(saved: Iterable[SavedLayer]) -> list[SavedLayer]:
    """The same layers under today's names."""
    return [replace(layer, name=modern_layer_name(layer.name)) for layer in saved]


def set_epsilon(model: keras.Model) -> None:
    """Gives every batch norm the epsilon that the first ResNet50 was trained with.

    A layer reads it whenever it is called or traced, and saves it; only a function that was traced before keeps the
    old one, so call this before there is any.
    """
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.epsilon = EPSILON

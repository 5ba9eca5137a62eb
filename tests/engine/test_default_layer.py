"""A network opens on a layer that has something to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras
import pytest
from keras import layers

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.requests import OpenNetwork

if TYPE_CHECKING:
    from pathlib import Path

    from engine_cases import Asker

# TensorFlow's tensors and NumPy 2 disagree about an argument whenever Keras saves.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword")


def test_not_on_one_that_sees_only_an_input_that_is_fed_zeros(ask_small: Asker, tmp_path: Path) -> None:
    left = keras.Input((12, 12, 3), name="left")
    right = keras.Input((12, 12, 3), name="right")
    seen = layers.Conv2D(4, 3, name="seen")(left)
    blind = layers.Conv2D(4, 3, name="blind")(right)
    for number in range(4):
        blind = layers.Conv2D(4, 1, name=f"blind_{number}")(blind)
    model = keras.Model([left, right], layers.Concatenate(name="both")([seen, blind]))
    path = tmp_path / "two.keras"
    model.save(path)
    assert ask_small(OpenNetwork(NetworkSource(str(path)))).default_layer in {"seen", "both"}


def test_on_the_middle_one_that_is_a_picture(ask_small: Asker, tmp_path: Path) -> None:
    stack = [layers.Conv2D(4, 3, name=f"conv_{number}") for number in range(5)]
    model = keras.Sequential([keras.Input((24, 24, 3)), *stack, layers.Flatten(), layers.Dense(2)])
    path = tmp_path / "one.keras"
    model.save(path)
    assert ask_small(OpenNetwork(NetworkSource(str(path)))).default_layer == "conv_2"

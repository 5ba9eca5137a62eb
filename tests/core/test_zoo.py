"""What is said of keras.applications without importing Keras is what Keras says."""

from __future__ import annotations

import importlib
import inspect
import types

import numpy as np
import pytest

from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.core.zoo import APPLICATIONS, application

NOISE = np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)


def test_the_list_is_all_of_keras_applications() -> None:
    import keras

    constructors = {
        name
        for name, value in vars(keras.applications).items()
        if isinstance(value, types.FunctionType) and "include_top" in inspect.signature(value).parameters
    }
    assert set(APPLICATIONS) == constructors
    assert len(APPLICATIONS) == 40


@pytest.mark.parametrize("name", APPLICATIONS)
def test_a_networks_preprocessing_equals_its_own_preprocess_input(name: str) -> None:
    import keras

    build = getattr(keras.applications, name)
    module = importlib.import_module(build.__module__)
    expected = module.preprocess_input(NOISE.astype(np.float32))
    found = preprocessing(APPLICATIONS[name].preprocessing).tensor(NOISE)
    assert np.abs(found - expected).max() <= 1e-6 * np.abs(expected).max()
    # A network that scales its pictures itself gets them as they are.
    if "include_preprocessing" in inspect.signature(build).parameters:
        assert APPLICATIONS[name].preprocessing == "none"


def test_a_networks_size_is_the_one_it_is_built_for() -> None:
    import keras

    size = APPLICATIONS["MobileNet"].size
    assert keras.applications.MobileNet(weights=None, alpha=0.25).input_shape[1:] == (size, size, 3)


@pytest.mark.parametrize("name", ["ResNet50", "resnet50", "RESNET-50", "res_net 50"])
def test_a_network_is_found_in_any_spelling(name: str) -> None:
    assert application(name) is APPLICATIONS["ResNet50"]


def test_what_keras_does_not_have_is_not_found() -> None:
    assert application("AlexNet") is None

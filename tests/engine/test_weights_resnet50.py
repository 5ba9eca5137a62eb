"""The tutorial's own weights: the first Keras ResNet50, in the spelling of Keras 1 and of Keras 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import h5py
import numpy as np
import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import modern_layer_name
from cnnviz_gui.engine.runtime import keras, tf
from cnnviz_gui.engine.weights import load_weights_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIZE = 96
OLD_EPSILON = 1e-3
KERAS_1 = {
    "kernel": "W",
    "bias": "b",
    "moving_mean": "running_mean",
    "moving_variance": "running_std",
}
LAYERS = ("conv1", "bn_conv1", "res2a_branch2a", "bn2a_branch1", "res3b_branch2b", "bn4f_branch2c", "res5c_branch2a")


def first_resnet50(include_top: bool) -> keras.Model:
    """The network as it was first published, made of plain layers: its names, its epsilon, its strides."""
    layers = keras.layers

    def norm(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
        return layers.BatchNormalization(epsilon=OLD_EPSILON, name=name)(x)

    def block(x: keras.KerasTensor, name: str, filters: int, stride: int, shortcut: bool) -> keras.KerasTensor:
        y = layers.Conv2D(filters, 1, strides=stride, name=f"res{name}_branch2a")(x)
        y = layers.ReLU()(norm(y, f"bn{name}_branch2a"))
        y = layers.Conv2D(filters, 3, padding="same", name=f"res{name}_branch2b")(y)
        y = layers.ReLU()(norm(y, f"bn{name}_branch2b"))
        y = norm(layers.Conv2D(4 * filters, 1, name=f"res{name}_branch2c")(y), f"bn{name}_branch2c")
        if shortcut:
            x = layers.Conv2D(4 * filters, 1, strides=stride, name=f"res{name}_branch1")(x)
            x = norm(x, f"bn{name}_branch1")
        return layers.ReLU()(layers.Add()([y, x]))

    inputs = keras.Input((SIZE, SIZE, 3))
    x = layers.Conv2D(64, 7, strides=2, name="conv1")(layers.ZeroPadding2D(3)(inputs))
    x = layers.ReLU()(norm(x, "bn_conv1"))
    x = layers.MaxPooling2D(3, strides=2)(layers.ZeroPadding2D(1)(x))
    for stage, count in enumerate((3, 4, 6, 3), 2):
        for number, letter in enumerate("abcdef"[:count]):
            first = number == 0
            stride = 2 if first and stage > 2 else 1
            x = block(x, f"{stage}{letter}", 64 << (stage - 2), stride, shortcut=first)
    if include_top:
        x = layers.GlobalAveragePooling2D()(x)
        x = layers.Dense(1000, activation="softmax", name="fc1000")(x)
    return keras.Model(inputs, x)


def picture() -> NDArray[np.float32]:
    return np.random.default_rng(1).uniform(-120, 130, (1, SIZE, SIZE, 3)).astype(np.float32)


def bring_alive(model: keras.Model) -> None:
    """Random weights, with statistics of batch norms as a picture has them; small, so that epsilon matters."""
    rng = np.random.default_rng(2)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.gamma.assign(rng.uniform(0.5, 1.5, layer.gamma.shape))
            layer.beta.assign(rng.normal(0, 0.2, layer.beta.shape))
            # The statistics of one batch become those of the layer.
            layer.momentum = 0.0
        elif layer.weights:
            fan_in = np.prod(layer.kernel.shape[:-1])
            layer.kernel.assign(rng.normal(0, 0.1 / np.sqrt(fan_in), layer.kernel.shape))
            layer.bias.assign(rng.normal(0, 0.01, layer.bias.shape))
    model(picture(), training=True)


@pytest.fixture(scope="module")
def originals() -> dict[bool, keras.Model]:
    models = {include_top: first_resnet50(include_top) for include_top in (False, True)}
    bring_alive(models[True])
    for layer in models[False].layers:
        for variable, value in zip(
            layer.weights, models[True].get_layer(layer.name).weights if layer.weights else (), strict=True
        ):
            variable.assign(value)
    return models


def array_name(layer: str, variable: str, keras_version: int) -> str:
    if keras_version == 1:
        return f"{layer}_{KERAS_1.get(variable, variable)}"
    return f"{layer}/{variable}:0"


def write(model: keras.Model, path: Path, keras_version: int, *, listed: bool = True, theano: bool = False) -> Path:
    """Writes weights as Keras 1 or 2 did: a group a layer, arrays in the order kernel, bias or gamma, beta, ..."""
    weighted = [layer for layer in model.layers if layer.weights]
    with h5py.File(path, "w") as file:
        if listed:
            file.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        for layer in model.layers if listed else weighted:
            group = file.create_group(layer.name)
            variables = layer.trainable_weights + layer.non_trainable_weights
            names = [array_name(layer.name, variable.name, keras_version) for variable in variables]
            if listed:
                group.attrs["weight_names"] = [name.encode() for name in names]
            for name, variable in zip(names, variables, strict=True):
                value = tf.convert_to_tensor(variable).numpy()
                group[name] = value.transpose(3, 2, 0, 1) if theano and value.ndim == 4 else value
    return path


def outputs(model: keras.Model, names: list[str]) -> dict[str, NDArray[np.float32]]:
    part = keras.Model(model.inputs[0], [model.get_layer(name).output for name in names])
    values = [value.numpy() for value in part(picture(), training=False)]
    return dict(zip(names, values, strict=True))


def largest_difference(found: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    return float(np.abs(found - expected).max() / np.abs(expected).max())


@pytest.mark.parametrize("include_top", [False, True], ids=["notop", "top"])
@pytest.mark.parametrize(("keras_version", "listed"), [(1, True), (2, True), (1, False), (2, False)])
def test_first_layout_gives_the_activations_of_the_first_network(
    originals: dict[bool, keras.Model], tmp_path: Path, keras_version: int, listed: bool, include_top: bool
) -> None:
    original = originals[include_top]
    suffix = "" if include_top else "_notop"
    path = tmp_path / f"resnet50_weights_tf_dim_ordering_tf_kernels{suffix}.h5"
    write(original, path, keras_version, listed=listed)

    shape = {} if include_top else {"input_shape": (None, None, 3)}
    built = keras.applications.ResNet50(weights=None, include_top=include_top, **shape)
    if include_top:
        built = keras.applications.ResNet50(weights=None, input_shape=(SIZE, SIZE, 3))
    model = load_weights_file(built, path)

    names = [*LAYERS, *(["fc1000"] if include_top else [])]
    expected = outputs(original, names)
    found = outputs(model, [modern_layer_name(name) for name in names])
    for name in names:
        assert np.abs(expected[name]).max() > 1e-3, f"{name} is dead: nothing is tested"
        assert largest_difference(found[modern_layer_name(name)], expected[name]) < 1e-4, name


def test_epsilon_is_the_old_one_in_calls_and_gradients(originals: dict[bool, keras.Model], tmp_path: Path) -> None:
    path = write(originals[False], tmp_path / "old.h5", 2)
    untouched = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(None, None, 3))
    model = load_weights_file(untouched, path)

    def gradient(network: keras.Model, name: str) -> NDArray[np.float32]:
        part = keras.Model(network.inputs[0], network.get_layer(name).output)

        @tf.function
        def climb(pixels: tf.Tensor) -> tf.Tensor:
            with tf.GradientTape() as tape:
                tape.watch(pixels)
                mean = tf.reduce_mean(part(pixels, training=False)[..., 3])
            return tape.gradient(mean, pixels)

        found: NDArray[np.float32] = climb(tf.constant(picture())).numpy()
        return found

    expected = gradient(originals[False], "bn3b_branch2c")
    assert largest_difference(gradient(model, "conv3_block2_3_bn"), expected) < 1e-4
    # The same weights with today's epsilon are off by far more: the test above can fail.
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            assert layer.epsilon == OLD_EPSILON
            assert layer.get_config()["epsilon"] == OLD_EPSILON
            layer.epsilon = 1.001e-5
    assert largest_difference(gradient(model, "conv3_block2_3_bn"), expected) > 1e-2


def test_kernels_for_theano_are_refused(originals: dict[bool, keras.Model], tmp_path: Path) -> None:
    path = write(originals[False], tmp_path / "some.h5", 1, theano=True)
    model = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(None, None, 3))
    before = model.get_layer("conv1_conv").kernel.numpy()
    with pytest.raises(CnnvizError, match="made for Theano"):
        load_weights_file(model, path)
    np.testing.assert_array_equal(model.get_layer("conv1_conv").kernel.numpy(), before)


@pytest.mark.parametrize(
    ("file_has_top", "network_has_top", "words"),
    [
        (False, True, r"no weights for the top of ResNet50. Expected: weights of 107 layers. Received: of 106"),
        (True, False, r"a top, which ResNet50 was opened without. Expected: weights of 106 layers. Received: of 107"),
    ],
)
def test_top_and_no_top_are_told_apart(
    originals: dict[bool, keras.Model], tmp_path: Path, file_has_top: bool, network_has_top: bool, words: str
) -> None:
    path = write(originals[file_has_top], tmp_path / "old.h5", 1)
    model = keras.applications.ResNet50(weights=None, include_top=network_has_top)
    with pytest.raises(CnnvizError, match=words):
        load_weights_file(model, path, network="ResNet50")
    assert {layer.epsilon for layer in model.layers if hasattr(layer, "epsilon")} == {1.001e-5}


def test_first_layout_does_not_fit_another_network(originals: dict[bool, keras.Model], tmp_path: Path) -> None:
    path = write(originals[False], tmp_path / "old.h5", 1)
    model = keras.applications.MobileNet(weights=None, include_top=False, input_shape=(None, None, 3))
    with pytest.raises(CnnvizError, match=r"another network than MobileNet. Expected: weights of 54 layers"):
        load_weights_file(model, path, network="MobileNet")

"""The gate raises no false alarm: keras.applications and odd but honest networks, as Keras itself saves them."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from hostile_files import conv, sequential, write_h5, write_keras
from keras import layers, ops

from cnnviz_gui.engine.gate import check_network_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

APPLICATIONS = (
    "MobileNetV2",
    "MobileNetV3Small",
    "EfficientNetB0",
    "EfficientNetV2B0",
    "DenseNet121",
    "NASNetMobile",
    "ConvNeXtTiny",
    "ResNet50",
)


def save(model: keras.Model, path: Path) -> Path:
    """Saves a network; Keras 3.15 converts its variables in a way that NumPy 2 would rather not see."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.save_weights(path) if path.name.endswith(".weights.h5") else model.save(path)
    return path


@pytest.mark.parametrize("name", APPLICATIONS)
def test_an_application_passes_in_every_format(name: str, tmp_path: Path) -> None:
    model = getattr(keras.applications, name)(weights=None)
    expected = model.count_params()
    for ending in ("keras", "h5", "weights.h5"):
        path = save(model, tmp_path / f"network.{ending}")
        gated = check_network_file(path)
        assert gated.programs == ()
        assert gated.parameters == expected or ending == "weights.h5"
        assert gated.layers >= len(model.layers) - 1
        assert 8 * expected <= gated.forecast_bytes < 16 * expected + 300e6
        path.unlink()


def block(x: keras.KerasTensor, filters: int) -> keras.KerasTensor:
    x = layers.Conv2D(filters, 3, padding="same", activation="gelu", kernel_regularizer="l2")(x)
    return layers.PReLU(shared_axes=[1, 2])(layers.GroupNormalization(2)(x))


def nested() -> keras.Model:
    """Networks within networks, one of them shared and compiled."""
    source = keras.Input((None, None, 3))
    inner = keras.Model(source, block(source, 4))
    inner.compile("adam", "mse", metrics=[keras.metrics.AUC()])
    middle = keras.Sequential([keras.Input((None, None, 4)), layers.Conv2D(3, 1), inner])
    image = keras.Input((16, 16, 3))
    return keras.Model(image, middle(middle(inner(image))))


def deep() -> keras.Model:
    """Eighty networks, each within the next."""
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(3, 1)])
    for _ in range(80):
        model = keras.Sequential([keras.Input((8, 8, 3)), model])
    return model


def several() -> keras.Model:
    """Two inputs, three outputs, a shared layer, an input as a keyword."""
    first, second = keras.Input((8, 8, 3), name="a"), keras.Input((8, 8, 1), name="b")
    shared = layers.Conv2D(5, 3)
    joined = layers.Concatenate()([shared(first), shared(layers.Concatenate()([second] * 3))])
    attended = layers.MultiHeadAttention(2, 4)(joined, value=joined)
    return keras.Model({"a": first, "b": second}, [joined, attended, layers.GlobalMaxPooling2D()(joined)])


def operations() -> keras.Model:
    """Operations between layers, slices and constants."""
    image = keras.Input((16, 16, 3))
    x = ops.sin(image[:, 1:, ..., :2]) * 255 + np.ones((1, 1, 1, 2), "f4")
    x = keras.activations.relu(ops.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]]))
    x = layers.Activation("gelu")(ops.image.resize(x, (32, 32)))
    return keras.Model(image, layers.Dense(3, activation=keras.activations.mish)(ops.mean(x, axis=(1, 2))))


def recurrent() -> keras.Model:
    """Layers within layers."""
    model = keras.Sequential([keras.Input((4, 12, 12, 3)), layers.TimeDistributed(layers.Conv2D(4, 3))])
    model.add(layers.TimeDistributed(layers.Flatten()))
    model.add(layers.Bidirectional(layers.LSTM(6, return_sequences=True)))
    model.add(layers.RNN([layers.GRUCell(5), layers.LSTMCell(4)]))
    return model


def prepared() -> keras.Model:
    """Layers that prepare the picture."""
    model = keras.Sequential([keras.Input((20, 20, 3)), layers.Normalization(mean=[1, 2, 3], variance=[4, 5, 6])])
    for item in (layers.RandomFlip(seed=2**40), layers.RandomRotation(0.1), layers.Resizing(12, 12)):
        model.add(item)
    model.add(layers.Rescaling(1 / 255, offset=-1))
    model.add(layers.SpectralNormalization(layers.Conv2D(2, 3)))
    return model


def transposed() -> keras.Model:
    """Channels first, larger pictures, every kind of convolution."""
    model = keras.Sequential([keras.Input((3, 12, 12))])
    model.add(layers.Conv2DTranspose(4, 3, strides=2, data_format="channels_first", padding="same"))
    model.add(layers.SeparableConv2D(6, 3, data_format="channels_first", depth_multiplier=2))
    model.add(layers.Permute((2, 3, 1)))
    model.add(layers.Conv2D(8, 3, groups=2, dilation_rate=2))
    model.add(layers.ZeroPadding2D(((1, 0), (0, 1))))
    model.add(layers.Reshape((-1, 4)))
    model.add(layers.Conv1D(3, 2, padding="causal"))
    return model


def volumes() -> keras.Model:
    """Five dimensions."""
    model = keras.Sequential(
        [keras.Input((8, 8, 8, 1)), layers.Conv3D(3, 3), layers.MaxPooling3D(), layers.Flatten()]
    )
    model.add(layers.Dense(4))
    return model


def half() -> keras.Model:
    """Mixed precision, and numbers of two bytes."""
    policy = keras.DTypePolicy("mixed_float16")
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, dtype=policy)])
    model.add(layers.Conv2D(2, 1, dtype="bfloat16"))
    model.add(layers.BatchNormalization(dtype="float16"))
    return model


def words() -> keras.Model:
    """A vocabulary of words that look like paths."""
    text = keras.Input((), dtype="string")
    lookup = layers.StringLookup(vocabulary=["/", "http://a", "C:\\x", "~"], output_mode="one_hot")
    return keras.Model(text, layers.Dense(2)(lookup(text)))


def trained() -> keras.Model:
    """Trained with a loss of the author's own, and the optimizer's numbers saved beside."""

    def my_loss(true: object, guess: object) -> object:
        return ops.mean(ops.square(true - guess))

    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3), layers.GlobalAveragePooling2D()])
    model.compile("adam", my_loss, metrics=["mae"])
    model.fit(np.ones((2, 8, 8, 3)), np.ones((2, 4)), verbose=0)
    return model


def quantized() -> keras.Model:
    """Whole numbers of eight bits in the place of floats."""
    model = keras.Sequential([keras.Input((8,)), layers.Dense(16), layers.Dense(4)])
    model.quantize("int8")
    return model


HONEST = (
    nested,
    deep,
    several,
    operations,
    recurrent,
    prepared,
    transposed,
    volumes,
    half,
    words,
    trained,
    quantized,
)
EXACT = {nested, deep, transposed, volumes, half, trained}
ONLY_KERAS = {operations, quantized}
"""What Keras itself cannot read back from an .h5 file."""
APART = {nested}
"""What Keras makes two networks of when it reads an .h5 file."""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("build", HONEST)
def test_an_odd_network_passes(build: Callable[[], keras.Model], tmp_path: Path) -> None:
    model = build()
    for ending in ("keras", "weights.h5") if build in ONLY_KERAS else ("keras", "h5", "weights.h5"):
        gated = check_network_file(save(model, tmp_path / f"network.{ending}"))
        assert gated.programs == ()
        if build in EXACT and ending != "weights.h5" and not (build in APART and ending == "h5"):
            assert gated.parameters == model.count_params()


@pytest.mark.filterwarnings("ignore")
def test_a_layer_that_two_inner_networks_share_is_counted_once(tmp_path: Path) -> None:
    shared = layers.Conv2D(3, 3, padding="same", name="shared")
    image = keras.Input((8, 8, 3))
    source = keras.Input((8, 8, 3))
    first, second = keras.Model(source, shared(source)), keras.Model(source, layers.ReLU()(shared(source)))
    model = keras.Model(image, second(first(image)))
    assert check_network_file(save(model, tmp_path / "network.keras")).parameters == model.count_params()


def test_a_network_whose_description_stands_alone_passes(tmp_path: Path) -> None:
    model = several()
    path = tmp_path / "network.json"
    path.write_text(model.to_json())
    assert check_network_file(path).kind == "json"


def test_the_description_of_keras_2_passes(tmp_path: Path) -> None:
    """Tuples and shapes as objects, calls as lists with further arguments, no modules."""
    settings = {"name": "c", "filters": 4, "kernel_size": {"class_name": "__tuple__", "items": [3, 3]}, "groups": 1}
    shape = {"class_name": "TensorShape", "items": [None, 8, 8, 3]}
    zeros = {"class_name": "Zeros", "config": {}, "shared_object_id": 7}
    config = {
        "name": "model",
        "layers": [
            {"class_name": "InputLayer", "name": "i", "inbound_nodes": [], "config": {"batch_input_shape": shape}},
            {
                "class_name": "Conv2D",
                "name": "c",
                "config": {**settings, "bias_initializer": zeros},
                "inbound_nodes": [[["i", 0, 0, {}]], [["i", 0, 0, {"training": False}]]],
            },
            {"class_name": "Add", "name": "a", "config": {}, "inbound_nodes": [[["c", 0, 0, {}], ["c", 1, 0, {}]]]},
        ],
        "input_layers": [["i", 0, 0]],
        "output_layers": [["a", 0, 0]],
    }
    text = json.dumps({"class_name": "Functional", "config": config, "keras_version": "2.15.0"})
    gated = check_network_file(write_h5(tmp_path, text))
    assert (gated.parameters, gated.layers) == (112, 3)


def test_keras_opens_the_files_that_the_hostile_ones_are_changes_of(tmp_path: Path) -> None:
    for path in (write_keras(tmp_path), write_h5(tmp_path, sequential(conv()))):
        model = keras.models.load_model(path, compile=False, safe_mode=True)
        assert model.count_params() == 112

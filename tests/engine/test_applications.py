"""The networks of keras.applications: fed as each wants it, and exported as Keras computes them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import pytest
from keras import layers

from cnnviz_gui.core.network import LayerKind, NetworkSource
from cnnviz_gui.core.picture import picture_pixels
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.core.requests import DrawGrid, ExportGrid, OpenNetwork, View
from cnnviz_gui.core.zoo import APPLICATIONS
from cnnviz_gui.engine.opening import UNTRAINED_SEED
from cnnviz_gui.engine.preprocessing import application_called

if TYPE_CHECKING:
    from pathlib import Path

    from engine_cases import Asker

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import Picture

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

SIZE = (96, 128)
FAMILIES = (
    "ConvNeXtTiny",
    "DenseNet121",
    "EfficientNetB0",
    "MobileNetV2",
    "MobileNetV3Small",
    "ResNet50",
    "VGG16",
    "Xception",
)
"""One network of each family."""
MODEL_NAMES = {
    "convnext_tiny": "ConvNeXtTiny",
    "densenet121": "DenseNet121",
    "efficientnetb7": "EfficientNetB7",
    "efficientnetv2-b0": "EfficientNetV2B0",
    "efficientnetv2-s": "EfficientNetV2S",
    "inception_resnet_v2": "InceptionResNetV2",
    "inception_v3": "InceptionV3",
    "mobilenet_1.00_224": "MobileNet",
    "mobilenetv2_0.35_192": "MobileNetV2",
    "MobileNetV3Small": "MobileNetV3Small",
    "NASNet": "NASNetMobile",
    "resnet101v2": "ResNet101V2",
    "vgg19": "VGG19",
    "xception": "Xception",
}


def preprocess_input(name: str) -> Any:  # noqa: ANN401
    """The function of the module that a network comes from."""
    module = sys.modules[getattr(keras.applications, name).__module__]
    return module.preprocess_input


def pixels(picture: Picture, size: tuple[int, int] = SIZE) -> np.ndarray:
    return picture_pixels(picture, size).astype(np.float32)


@pytest.mark.parametrize("name", APPLICATIONS)
def test_what_is_fed_equals_the_networks_own_preprocess_input(name: str, photos: dict[str, Picture]) -> None:
    cat = photos["chelsea_cat"]
    expected = preprocess_input(name)(pixels(cat)[None])[0]
    found = preprocessing(APPLICATIONS[name].preprocessing).tensor(picture_pixels(cat, SIZE))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-6 * np.abs(expected).max())


@pytest.mark.parametrize("name", FAMILIES)
def test_three_layers_of_each_family_are_exported_as_keras_computes_them(
    name: str, ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    source = NetworkSource(f"keras:{name}", "none", include_top=False)
    network: Network = ask_small(OpenNetwork(source))
    cat = photos["chelsea_cat"]
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(UNTRAINED_SEED)
    model = getattr(keras.applications, name)(weights=None, include_top=False, input_shape=(None, None, 3))
    fed = preprocess_input(name)(pixels(cat)[None].copy())
    own = {layer.name for layer in model.layers}
    maps = [layer.name for layer in network.layers if layer.kind is LayerKind.MAPS and layer.name in own]
    wanted = (maps[3], maps[len(maps) // 2], maps[-1])
    outputs = keras.Model(model.inputs, [model.get_layer(layer).output for layer in wanted])([fed])
    for layer, output in zip(wanted, outputs, strict=True):
        target = tmp_path / "out.npz"
        view = View(source, layer, cat, SIZE, network.preprocessing)
        ask_small(ExportGrid(DrawGrid(view), "viridis", str(target)))
        with np.load(target) as arrays:
            np.testing.assert_allclose(arrays["input"], fed[0], rtol=0, atol=1e-4)
            expected = np.asarray(output)[0]
            largest = np.abs(expected).max()
            assert largest > 0
            np.testing.assert_allclose(arrays["activations"], expected, rtol=0, atol=1e-4 * largest)


@pytest.mark.parametrize(("model", "name"), MODEL_NAMES.items())
def test_a_saved_network_is_known_by_the_name_of_its_model(model: str, name: str) -> None:
    assert application_called(model) is APPLICATIONS[name]


@pytest.mark.parametrize("model", ["sequential", "mobilenet_of_mine", "functional_3", ""])
def test_another_name_is_not_known(model: str) -> None:
    assert application_called(model) is None


def opened(ask: Asker, model: keras.Model, path: Path) -> Network:
    model.save(path)
    network: Network = ask(OpenNetwork(NetworkSource(str(path))))
    return network


@pytest.mark.parametrize("suffix", ["keras", "h5"])
def test_a_saved_application_is_fed_as_its_family(suffix: str, ask_small: Asker, tmp_path: Path) -> None:
    model = keras.applications.MobileNetV2(weights=None, alpha=0.35, input_shape=(96, 96, 3), classes=10)
    network = opened(ask_small, model, tmp_path / f"mine.{suffix}")
    assert network.preprocessing == "tf"
    assert network.preprocessing_reason == "As keras.applications does for this network."


INSIDE = "As keras.applications does for the network inside it."
ITSELF = "The network scales its pictures itself."


def tiny(name: str) -> keras.Model:
    """A network with a name of keras.applications that does not scale its pictures."""
    return keras.Sequential([layers.Input((None, None, 3)), layers.Conv2D(2, 3, name=f"{name}_conv")], name=name)


def by_hand(picture: keras.KerasTensor) -> keras.KerasTensor:
    return picture / 127.5 - 1.0


@pytest.mark.parametrize(
    ("before", "style", "reason"),
    [
        ([], "caffe", INSIDE),
        ([layers.RandomFlip(), layers.ZeroPadding2D(1)], "caffe", INSIDE),
        ([layers.Rescaling(1 / 127.5, offset=-1.0)], "none", ITSELF),
        ([layers.RandomFlip(), layers.Normalization(mean=3.0, variance=2.0)], "none", ITSELF),
        ([by_hand], "none", ITSELF),
        ([lambda picture: picture[..., ::-1] - 103.9], "none", ITSELF),
        ([keras.Sequential([layers.Rescaling(1 / 255)], name="prepare")], "none", ITSELF),
        ([layers.Conv2D(3, 1)], "none", "A guess: the network does not say how its pictures were prepared."),
    ],
    ids=["nothing", "augmented", "rescaled", "normalised", "by hand", "as caffe", "nested", "something else"],
)
def test_preprocessing_is_found_in_front_of_a_nested_network(
    before: list[Any], style: str, reason: str, ask_small: Asker, tmp_path: Path
) -> None:
    picture = layers.Input((32, 32, 3))
    maps = picture
    for step in before:
        maps = step(maps)
    network = opened(ask_small, keras.Model(picture, tiny("resnet50")(maps)), tmp_path / "mine.keras")
    assert (network.preprocessing, network.preprocessing_reason) == (style, reason)


def test_preprocessing_inside_a_nested_first_model_is_found(ask_small: Asker, tmp_path: Path) -> None:
    inner = keras.Sequential(
        [layers.Input((None, None, 3)), layers.Rescaling(1 / 255, name="scale"), layers.Conv2D(2, 3)], name="resnet50"
    )
    outer = keras.Sequential([layers.Input((None, None, 3)), inner, layers.GlobalMaxPooling2D()])
    network = opened(ask_small, outer, tmp_path / "mine.keras")
    assert network.preprocessing_reason == ITSELF

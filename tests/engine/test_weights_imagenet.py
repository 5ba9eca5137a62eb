"""Networks with ImageNet weights are those that Keras builds itself; the weights here are generated."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cnnviz_gui.core import zoo_weights
from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.memory import machine_memory
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.zoo import APPLICATIONS
from cnnviz_gui.core.zoo_weights import STORAGE, WeightsFile, weights_file
from cnnviz_gui.engine.download import weights_folder
from cnnviz_gui.engine.opening import open_network
from cnnviz_gui.engine.runtime import keras, tf
from cnnviz_gui.engine.weights_imagenet import DEVIATIONS

if TYPE_CHECKING:
    from cnnviz_gui.engine.opening import Opened

# TensorFlow's tensors and NumPy 2 disagree about an argument whenever Keras saves.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword")
NETWORK = "EfficientNetB0"


def opened(source: NetworkSource) -> Opened:
    job = open_network(source, machine_memory())
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: Opened = end.value
            return result


def fill(model: keras.Model) -> keras.Model:
    rng = np.random.default_rng(5)
    for variable in model.weights:
        variable.assign(rng.uniform(0.2, 1, variable.shape))
    for layer in model.layers:
        if isinstance(layer, keras.layers.Normalization):
            # As in the published files.
            layer.adapt_mean.assign([0.485, 0.456, 0.406])
            layer.adapt_variance.assign(DEVIATIONS)
            layer.finalize_state()
    return model


def outputs(model: keras.Model, names: list[str]) -> list[Any]:
    part = keras.Model(model.inputs[0], [model.get_layer(name).output for name in names])
    picture = np.random.default_rng(6).uniform(0, 255, (1, 64, 64, 3)).astype(np.float32)
    return [value.numpy() for value in part(picture, training=False)]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A generated file in the place of the published one, with the checksum that the table has for it."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    weights_folder().mkdir()
    path = weights_folder() / "efficientnetb0_notop.h5"
    fill(keras.applications.EfficientNetB0(weights=None, include_top=False)).save(path)
    checksum = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    table = {(NETWORK, False): WeightsFile(NETWORK, False, path.name, path.name, checksum)}
    monkeypatch.setattr(zoo_weights, "WEIGHTS_FILES", table)
    return path


def test_efficientnet_is_the_one_that_keras_builds(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = opened(NetworkSource(f"keras:{NETWORK}", "imagenet", include_top=False)).model
    monkeypatch.setattr("keras.src.utils.file_utils.get_file", lambda *_, **__: str(published))
    keras.utils.clear_session()
    expected = keras.applications.EfficientNetB0(weights="imagenet", include_top=False, input_shape=(None, None, 3))
    assert [layer.name for layer in found.layers] == [layer.name for layer in expected.layers]
    assert [type(layer).__name__ for layer in found.layers].count("Rescaling") == 2
    names = ["rescaling_1", "stem_conv", "block3b_add", "top_activation"]
    for one, other in zip(outputs(found, names), outputs(expected, names), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["mine.h5", "mine.weights.h5", "mine.keras"])
def test_weights_that_go_back_to_imagenet_are_scaled_as_they_were_trained(tmp_path: Path, name: str) -> None:
    network = fill(keras.applications.EfficientNetB0(weights=None, include_top=False))
    (network.save_weights if name.endswith("weights.h5") else network.save)(tmp_path / name)
    model = opened(NetworkSource(f"keras:{NETWORK}", str(tmp_path / name), include_top=False)).model
    assert [type(layer).__name__ for layer in model.layers].count("Rescaling") == 2
    normalized, scaled = outputs(model, ["normalization", "rescaling_1"])
    np.testing.assert_allclose(scaled, normalized / np.sqrt(np.float32(DEVIATIONS)), rtol=1e-5)
    for one, other in zip(model.weights, network.weights, strict=True):
        np.testing.assert_array_equal(tf.convert_to_tensor(one).numpy(), tf.convert_to_tensor(other).numpy())


def test_other_weights_are_not_scaled(tmp_path: Path) -> None:
    network = keras.applications.EfficientNetB0(weights=None, include_top=False)
    network.save_weights(tmp_path / "mine.weights.h5")
    model = opened(NetworkSource(f"keras:{NETWORK}", str(tmp_path / "mine.weights.h5"), include_top=False)).model
    assert [type(layer).__name__ for layer in model.layers].count("Rescaling") == 1


def test_offline_is_said_before_memory_is_taken_for_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setenv("CNNVIZ_WEIGHTS_URL", "http://127.0.0.1:9")
    built = []
    build = keras.applications.VGG19
    monkeypatch.setattr(keras.applications, "VGG19", lambda **options: built.append(build(**options)) or built[-1])
    with pytest.raises(CnnvizError, match=r"vgg19_weights_tf_dim_ordering_tf_kernels_notop\.h5"):
        opened(NetworkSource("keras:VGG19", "imagenet", include_top=False))
    [model] = built
    assert [variable for variable in model.weights if variable._value is not None] == []


def test_layers_have_the_same_names_however_many_networks_were_opened() -> None:
    source = NetworkSource("keras:MobileNetV3Small", "none", include_top=False)
    first, second = opened(source).network, opened(source).network
    assert [layer.name for layer in first.layers] == [layer.name for layer in second.layers]
    assert first.sha256 == second.sha256


def test_a_network_that_is_open_goes_on_working_when_another_is_opened() -> None:
    source = NetworkSource("keras:MobileNetV3Small", "none", include_top=False)
    model = opened(source).model
    call = tf.function(lambda pixels: model(pixels, training=False))
    picture = tf.random.stateless_uniform((1, 64, 64, 3), (1, 2), 0, 255)
    before = call(picture).numpy()
    opened(source)
    np.testing.assert_array_equal(call(picture).numpy(), before)
    assert call(picture[:, :32]).shape[1:3] == (1, 2)


@pytest.mark.parametrize("include_top", [True, False])
@pytest.mark.parametrize("network", APPLICATIONS)
def test_the_table_is_what_keras_publishes(network: str, include_top: bool) -> None:
    wanted = weights_file(network, include_top=include_top)
    source = Path(keras.applications.__file__).parents[1] / "src" / "applications"
    code = "".join(path.read_text() for path in source.glob("*.py"))
    assert len(wanted.checksum) in {0, 32, 64}
    assert wanted.checksum in code
    # Only MobileNet and MobileNetV2 are published without.
    assert bool(wanted.checksum) == (network not in {"MobileNet", "MobileNetV2"})
    assert wanted.name.endswith(".h5")
    assert ("no" in wanted.name and "top" in wanted.name) != include_top
    joined = code.replace('"\n    "', "")
    assert f"{STORAGE}{wanted.url_path.rpartition('/')[0]}/" in joined

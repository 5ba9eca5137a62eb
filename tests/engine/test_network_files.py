"""What a network's files may be, and the one sentence where they cannot be opened."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import h5py
import keras
import numpy as np
import pytest
from keras import layers
from keras.src.applications import convnext, inception_resnet_v2
from odd_builders import CLASSES, SIZE, own, own_model

from cnnviz_gui.core.errors import CnnvizError, HoldsProgramError
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import picture_pixels
from cnnviz_gui.core.remedies import (
    CHOOSE_ARCHITECTURE,
    CHOOSE_CLASSES,
    CHOOSE_WEIGHTS,
    TRUST_AND_OPEN,
    RemedyKind,
    open_as_application,
    open_untrained,
)
from cnnviz_gui.core.requests import DescribeGrid, DrawGrid, OpenNetwork, ReadKernels, View
from cnnviz_gui.engine.custom_classes import load_classes
from cnnviz_gui.resources import DEFAULT_NETWORK, bundled_networks

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine_cases import Asker

    from cnnviz_gui.core.picture import Picture

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture
def plain() -> keras.Model:
    keras.utils.set_random_seed(5)
    return keras.Sequential([layers.Input((None, None, 3)), layers.Conv2D(4, 3, activation="relu", name="conv")])


def saved(model: keras.Model, path: Path) -> str:
    model.save(path)
    return str(path)


def refusal(ask: Asker, source: NetworkSource) -> CnnvizError:
    with pytest.raises(CnnvizError) as caught:
        ask(OpenNetwork(source))
    assert "Traceback" not in str(caught.value)
    return caught.value


def conv_of(ask: Asker, source: NetworkSource, picture: Picture) -> np.ndarray:
    ask(OpenNetwork(source))
    values: np.ndarray = ask(DrawGrid(View(source, "conv", picture, SIZE, "none"))).values
    return values


@pytest.mark.parametrize("architecture", ["json", "keras"])
@pytest.mark.parametrize("weights", ["w.weights.h5", "old.h5"])
def test_weights_beside_an_architecture(
    architecture: str,
    weights: str,
    plain: keras.Model,
    ask_small: Asker,
    photos: dict[str, Picture],
    tmp_path: Path,
) -> None:
    whole = saved(plain, tmp_path / "whole.keras")
    expected = conv_of(ask_small, NetworkSource(whole), photos["chelsea_cat"])
    file = tmp_path / weights
    if weights == "old.h5":
        import h5py
        from keras.src.legacy.saving.legacy_h5_format import save_weights_to_hdf5_group

        with h5py.File(file, "w") as group:
            save_weights_to_hdf5_group(group, plain)
    else:
        plain.save_weights(file)
    path = tmp_path / f"other.{architecture}"
    plain.get_layer("conv").kernel.assign(np.zeros((3, 3, 3, 4)))
    if architecture == "json":
        path.write_text(plain.to_json())
    else:
        saved(plain, path)
    source = NetworkSource(str(path), str(file))
    assert (conv_of(ask_small, source, photos["chelsea_cat"]) == expected).all()


def test_an_architecture_alone_opens_untrained_on_demand_only(
    plain: keras.Model, ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    path = tmp_path / "net.json"
    path.write_text(plain.to_json())
    error = refusal(ask_small, NetworkSource(str(path)))
    assert str(error.what) == "net.json holds a network's architecture without its weights."
    assert error.remedies == (CHOOSE_WEIGHTS.about(NetworkSource(str(path))), open_untrained(str(path)))
    values = conv_of(ask_small, NetworkSource(str(path), "none"), photos["chelsea_cat"])
    assert values.any()


@pytest.mark.parametrize("text", ["{", "[1, 2]", '{"a": 1}', "\udcff", '{"class_name": "Nothing", "config": {}}'])
def test_a_json_file_that_is_no_network_is_refused(text: str, ask_small: Asker, tmp_path: Path) -> None:
    path = tmp_path / "net.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    refusal(ask_small, NetworkSource(str(path), "none"))


@pytest.mark.parametrize("name", ["w.weights.h5", "old.h5"])
def test_weights_without_their_network_are_refused_with_the_way_out(
    name: str, plain: keras.Model, ask_small: Asker, tmp_path: Path
) -> None:
    plain.save_weights(tmp_path / "w.weights.h5")
    (tmp_path / "w.weights.h5").rename(tmp_path / name)
    error = refusal(ask_small, NetworkSource(str(tmp_path / name)))
    assert "holds weights without the network that they belong to" in str(error.what)
    assert "choose this file as its weights" in str(error.hint)
    assert error.remedies == (CHOOSE_ARCHITECTURE.about(NetworkSource(str(tmp_path / name))),)


@pytest.mark.parametrize(
    ("top", "layers_with_top"), [(True, ["conv1", "res2a_branch2a", "fc1000"]), (False, ["res2a_branch2a"])]
)
def test_the_tutorial_s_weights_are_known_by_what_is_in_them(
    top: bool, layers_with_top: list[str], ask_small: Asker, tmp_path: Path
) -> None:
    path = tmp_path / "downloaded.h5"
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = layers_with_top
        for name in layers_with_top:
            file.create_group(name).attrs["weight_names"] = [f"{name}_W"]
            file[name][f"{name}_W"] = np.zeros((1, 1, 2, 2), np.float32)
    error = refusal(ask_small, NetworkSource(str(path)))
    assert error.remedies[0] == open_as_application("ResNet50", str(path), include_top=top)
    assert [remedy.kind for remedy in error.remedies] == [RemedyKind.OPEN, RemedyKind.ARCHITECTURE]


def test_published_weights_are_known_by_their_name(plain: keras.Model, ask_small: Asker, tmp_path: Path) -> None:
    plain.save_weights(tmp_path / "w.weights.h5")
    path = tmp_path / "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5"
    (tmp_path / "w.weights.h5").rename(path)
    error = refusal(ask_small, NetworkSource(str(path)))
    assert error.remedies[0] == open_as_application("VGG16", str(path), include_top=False)


def test_the_bundled_network_takes_other_weights_too(ask_small: Asker, tmp_path: Path) -> None:
    bundled = keras.models.load_model(bundled_networks()[DEFAULT_NETWORK], compile=False)
    kernel = bundled.get_layer("stem_conv").kernel
    kernel.assign(kernel * 2)
    bundled.save_weights(tmp_path / "twice.weights.h5")
    source = NetworkSource(DEFAULT_NETWORK, str(tmp_path / "twice.weights.h5"))
    network = ask_small(OpenNetwork(source))
    plain = ask_small(OpenNetwork(NetworkSource(DEFAULT_NETWORK)))
    assert network.layers == plain.layers
    assert network.preprocessing == plain.preprocessing
    sources = (NetworkSource(DEFAULT_NETWORK), source)
    read = [ask_small(ReadKernels(which, "stem_conv", 0)) for which in sources]
    np.testing.assert_allclose(read[1].weights, read[0].weights * 2)


def test_a_saved_model_is_refused_with_the_way_out(ask_small: Asker, tmp_path: Path) -> None:
    (tmp_path / "saved_model.pb").touch()
    error = refusal(ask_small, NetworkSource(str(tmp_path)))
    assert "is a SavedModel" in str(error.what)
    assert "model.save('network.keras')" in str(error.hint)


def test_another_folder_is_no_network(ask_small: Asker, tmp_path: Path) -> None:
    assert "is a folder, not a network" in str(refusal(ask_small, NetworkSource(str(tmp_path))).what)


@pytest.mark.filterwarnings("ignore:You are saving a model that has not yet been built:UserWarning")
def test_a_network_without_a_known_input_is_refused_with_the_way_out(ask_small: Asker, tmp_path: Path) -> None:
    model = keras.Sequential([layers.Conv2D(4, 3), layers.Flatten()])
    error = refusal(ask_small, NetworkSource(saved(model, tmp_path / "unbuilt.keras")))
    assert str(error.what) == "unbuilt.keras was saved before the shape of its input was known, so it has no weights."
    assert "keras.Input(shape=...)" in str(error.hint)


def test_a_network_without_pictures_is_refused(ask_small: Asker, tmp_path: Path) -> None:
    given = layers.Input((5,), name="numbers"), layers.Input((20, 2), name="signal")
    model = keras.Model(
        list(given), layers.Concatenate()([given[0], layers.Flatten()(layers.Conv1D(2, 3)(given[1]))])
    )
    error = refusal(ask_small, NetworkSource(saved(model, tmp_path / "table.keras")))
    assert str(error.what) == "table.keras does not take pictures. Its inputs: numbers (5), signal (20 x 2)."


def test_a_model_whose_code_cannot_be_followed_is_refused(ask_small: Asker, tmp_path: Path) -> None:
    model = own("Untraceable")(name="mine")
    model(np.zeros((1, *SIZE, 3), np.float32))
    source = NetworkSource(saved(model, tmp_path / "mine.keras"), classes=str(CLASSES))
    error = refusal(ask_small, source)
    assert str(error.what) == "mine.keras runs code of its own in which layers cannot be told apart."
    assert "symbolic" in error.details


def test_a_model_with_code_of_its_own_takes_any_size_that_its_code_takes(ask_small: Asker, tmp_path: Path) -> None:
    source = NetworkSource(saved(own_model(), tmp_path / "mine.keras"), classes=str(CLASSES))
    network = ask_small(OpenNetwork(source))
    assert network.input_size is None
    assert {layer.name for layer in network.layers} >= {"conv", "block/first", "block/second", "pool", "head"}
    blocks = {layer.name: layer.block for layer in network.layers}
    assert blocks["block/first"] == ("block",)


@pytest.mark.parametrize("suffix", ["keras", "h5"])
@pytest.mark.parametrize("missing", ["Residual", "Opaque", "steep"])
def test_an_unknown_class_is_asked_for_by_its_name(
    suffix: str, missing: str, ask_small: Asker, tmp_path: Path
) -> None:
    activation = own("steep") if missing == "steep" else None
    added = [] if missing == "steep" else [own(missing)(3)]
    model = keras.Sequential([layers.Input((None, None, 3)), layers.Conv2D(3, 1, activation=activation), *added])
    path = saved(model, tmp_path / f"net.{suffix}")
    error = refusal(ask_small, NetworkSource(path))
    known_as = missing if missing == "Opaque" else f"odd>{missing}"
    assert str(error.what) == f"net.{suffix} needs {known_as}, which is not part of Keras."
    assert "Name the Python file that defines it" in str(error.hint)
    empty = tmp_path / "empty.py"
    empty.write_text("")
    error = refusal(ask_small, NetworkSource(path, classes=str(empty)))
    assert str(error.what) == f"net.{suffix} needs {known_as}, which is not part of Keras."
    assert error.remedies == (CHOOSE_CLASSES.about(NetworkSource(path, classes=str(empty))),)
    ask_small(OpenNetwork(NetworkSource(path, classes=str(CLASSES))))


def test_operations_in_an_h5_file_compute_what_they_did(
    ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    picture = layers.Input((16, 16, 3))
    maps = layers.Conv2D(3, 1)(picture)
    # Each name of a layer as the layer and as the operation, which are written alike.
    maps = layers.Add()([maps, picture]) + keras.ops.flip(picture, axis=-1) * 2.0
    maps = layers.Concatenate()([maps, keras.ops.concatenate([maps, picture], axis=-1)])
    maps = layers.Softmax()(keras.ops.softmax(1.0 - maps, axis=1) / 6.0)
    maps = keras.ops.reshape(layers.Reshape((8, 32, 9))(maps), (-1, 16, 16, 9))
    model = keras.Model(picture, layers.Conv2D(2, 3, name="conv")(keras.ops.relu6(maps)))
    path = saved(model, tmp_path / "net.h5")
    ask_small(OpenNetwork(NetworkSource(path)))
    view = View(NetworkSource(path), "conv", photos["chelsea_cat"], (16, 16), "none")
    values = ask_small(DrawGrid(view)).values
    expected = model(picture_pixels(photos["chelsea_cat"], (16, 16))[None].astype(np.float32)).numpy()[0]
    assert np.abs(values - expected).max() <= 1e-4 * np.abs(expected).max()


def test_h5_with_operations_that_keras_does_not_write_whole_is_refused_with_the_way_out(
    ask_small: Asker, tmp_path: Path
) -> None:
    picture = layers.Input((None, None, 3))
    path = saved(keras.Model(picture, picture[..., ::-1]), tmp_path / "net.h5")
    error = refusal(ask_small, NetworkSource(path))
    assert str(error.what) == "net.h5 was saved as .h5, which does not hold operations such as GetItem whole."


@pytest.mark.parametrize("name", ["net.KERAS", "net.Keras", "net.H5", "net.HDF5"])
def test_the_end_of_the_name_may_be_upper_case(
    name: str, ask_small: Asker, plain: keras.Model, tmp_path: Path
) -> None:
    path = saved(plain, tmp_path / ("net.keras" if "k" in name.lower() else "net.h5"))
    Path(path).rename(tmp_path / name)
    network = ask_small(OpenNetwork(NetworkSource(str(tmp_path / name))))
    assert [layer.name for layer in network.layers][-1] == "conv"
    assert network.sha256 == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


@pytest.mark.parametrize("suffix", ["keras", "h5"])
@pytest.mark.parametrize("kind", ["LayerScale", "StochasticDepth", "CustomScaleLayer"])
def test_layers_that_applications_define_for_themselves_open(
    kind: str, suffix: str, ask_small: Asker, tmp_path: Path
) -> None:
    picture = layers.Input((16, 16, 3))
    made = {
        "LayerScale": lambda: convnext.LayerScale(1e-6, 3, name="own")(picture),
        "StochasticDepth": lambda: convnext.StochasticDepth(0.2, name="own")(picture),
        "CustomScaleLayer": lambda: inception_resnet_v2.CustomScaleLayer(0.1, name="own")([picture, picture]),
    }[kind]()
    before = dict(keras.saving.get_custom_objects())
    network = ask_small(OpenNetwork(NetworkSource(saved(keras.Model(picture, made), tmp_path / f"net.{suffix}"))))
    assert network.layer("own").type == kind
    assert dict(keras.saving.get_custom_objects()) == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("mine.py", b"x = 1", "is a Python file, not a network. Open the network's own file"),
        ("net.pt", b"PK", "is a file of PyTorch, which Keras does not read."),
        ("net.txt", b"hello", "is not a network: .keras, .h5 and .json files are read."),
        ("folder/saved_model.pb", b"", "is a SavedModel"),
        ("folder/config.json", b"{}", "is a folder; a network is opened from one file. Zip what is in the folder"),
    ],
)
def test_what_is_no_network_is_told_apart(
    name: str, content: bytes, words: str, ask_small: Asker, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    network = path.parent if name.startswith("folder") else path
    assert words in str(refusal(ask_small, NetworkSource(str(network))))


@pytest.mark.parametrize("channel", [-1, 4, 99])
def test_kernels_of_a_channel_that_is_not_there_are_refused(
    channel: int, ask_small: Asker, plain: keras.Model, tmp_path: Path
) -> None:
    source = NetworkSource(saved(plain, tmp_path / "net.keras"))
    with pytest.raises(CnnvizError, match=rf"conv has 4 channels: 0 to 3. Received: {channel}"):
        ask_small(ReadKernels(source, "conv", channel))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import keras\n\nraise ValueError('no')\n", "The Python file mine.py stops with an error in line 3."),
        ("def f(:\n", "The Python file mine.py stops with an error in line 1."),
        ("import sys\nsys.exit(3)\n", "The Python file mine.py stops with an error in line 2."),
        ("import no_such_module_at_all\n", "mine.py needs the module no_such_module_at_all, which is not installed."),
    ],
)
def test_errors_in_a_file_of_classes_are_said(code: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(code)
    with pytest.raises(CnnvizError) as caught:
        load_classes(str(file))
    assert str(caught.value.what) == said
    assert "Traceback" in caught.value.details
    assert "Traceback" not in str(caught.value)


def test_a_missing_file_of_classes_is_said(tmp_path: Path) -> None:
    with pytest.raises(CnnvizError, match=r"gone\.py was not found"):
        load_classes(str(tmp_path / "gone.py"))


def test_a_file_of_classes_leaves_keras_and_python_as_they_were(tmp_path: Path) -> None:
    import sys

    (tmp_path / "beside_it_for_test.py").write_text("NUMBER = 7\n")
    file = tmp_path / "mine.py"
    file.write_text(
        "import keras\nfrom beside_it_for_test import NUMBER\n"
        "@keras.saving.register_keras_serializable('pack')\nclass A(keras.layers.Layer):\n    number = NUMBER\n"
    )
    before = dict(keras.saving.get_custom_objects()), list(sys.path)
    found = load_classes(str(file))
    assert (dict(keras.saving.get_custom_objects()), list(sys.path)) == before
    assert found["A"] is found["pack>A"]
    assert found["A"].number == 7
    del sys.modules["beside_it_for_test"]


def test_a_file_of_classes_changes_nothing_global_in_keras(
    ask_small: Asker, plain: keras.Model, tmp_path: Path
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "import keras\nkeras.config.set_floatx('float64')\nkeras.mixed_precision.set_global_policy('float16')"
    )
    ask_small(OpenNetwork(NetworkSource(saved(plain, tmp_path / "net.keras"), classes=str(file))))
    assert keras.config.floatx() == "float32"
    assert keras.config.dtype_policy().name == "float32"


def lambda_file(tmp_path: Path, suffix: str = "keras") -> Path:
    """A network that computes something with a Lambda layer."""
    picture = layers.Input((None, None, 3))
    made = layers.Conv2D(4, 3, name="conv")(layers.Lambda(keras.activations.sigmoid)(picture))
    return Path(saved(keras.Model(picture, made), tmp_path / f"net.{suffix}"))


@pytest.mark.parametrize("suffix", ["keras", "h5"])
def test_a_network_with_a_program_opens_when_its_file_is_trusted(
    suffix: str, ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    path = lambda_file(tmp_path, suffix)
    error = refusal(ask_small, NetworkSource(str(path)))
    assert isinstance(error, HoldsProgramError)
    assert error.can_be_trusted
    assert error.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    source = NetworkSource(str(path), trusted=error.sha256)
    assert error.remedies == (TRUST_AND_OPEN.about(source),)
    values = conv_of(ask_small, source, photos["chelsea_cat"])
    fed = picture_pixels(photos["chelsea_cat"], SIZE)[None].astype(np.float32)
    expected = keras.saving.load_model(path)(fed).numpy()[0]
    assert np.abs(values - expected).max() <= 1e-4 * np.abs(expected).max()
    recipe = ask_small(DescribeGrid(DrawGrid(View(source, "conv", photos["chelsea_cat"], SIZE, "none")), "viridis"))
    assert "trusted" not in recipe.content["network"]


def test_the_trust_in_a_file_ends_with_the_file(ask_small: Asker, tmp_path: Path) -> None:
    path = lambda_file(tmp_path)
    trusted = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes() + b" ")
    assert isinstance(refusal(ask_small, NetworkSource(str(path), trusted=trusted)), HoldsProgramError)


def test_a_lambda_of_a_function_in_the_users_own_file_opens(ask_small: Asker, tmp_path: Path) -> None:
    picture = layers.Input((None, None, 3))
    model = keras.Model(picture, layers.Conv2D(4, 3)(layers.Lambda(own("steep"), name="own")(picture)))
    path = saved(model, tmp_path / "net.keras")
    assert [remedy.kind for remedy in refusal(ask_small, NetworkSource(path)).remedies] == [RemedyKind.CLASSES]
    network = ask_small(OpenNetwork(NetworkSource(path, classes=str(CLASSES))))
    assert "own" in [layer.name for layer in network.layers]


@pytest.mark.parametrize("change", [lambda path: path.write_bytes(path.read_bytes()), lambda path: path.unlink()])
def test_a_file_that_is_changed_while_it_is_opened_is_refused(
    change: Callable[[Path], object],
    ask_small: Asker,
    plain: keras.Model,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = Path(saved(plain, tmp_path / "net.keras"))
    load = keras.models.load_model

    def load_and_change(*arguments: object, **options: object) -> keras.Model:
        model = load(*arguments, **options)
        change(path)
        return model

    monkeypatch.setattr(keras.models, "load_model", load_and_change)
    assert "was changed while it was being opened" in str(refusal(ask_small, NetworkSource(str(path))))

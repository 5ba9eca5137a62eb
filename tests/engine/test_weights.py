"""Files of weights of every kind, and of no kind."""

from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.engine.runtime import keras, tf
from cnnviz_gui.engine.weights import load_weights_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

# TensorFlow's tensors and NumPy 2 disagree about an argument whenever Keras saves.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept a copy keyword")


def network(*, top: bool = True, filters: int = 4, prefix: str = "") -> keras.Model:
    layers = keras.layers
    inputs = keras.Input((None, None, 3))
    x = layers.Conv2D(filters, 3, name=f"{prefix}first")(inputs)
    x = layers.BatchNormalization(name=f"{prefix}norm")(x)
    x = layers.DepthwiseConv2D(3, use_bias=False, name=f"{prefix}depth")(x)
    x = layers.SeparableConv2D(6, 3, name=f"{prefix}apart")(x)
    x = layers.Conv2D(5, 1, use_bias=False, name=f"{prefix}last")(x)
    if top:
        x = layers.GlobalAveragePooling2D()(x)
        x = layers.Dropout(0.5, name=f"{prefix}drop")(x)
        x = layers.Dense(7, name=f"{prefix}predictions")(x)
    model = keras.Model(inputs, x, name="small")
    rng = np.random.default_rng(3)
    for variable in model.weights:
        variable.assign(rng.uniform(0.1, 1, variable.shape))
    return model


def values(model: keras.Model) -> list[NDArray[Any]]:
    return [tf.convert_to_tensor(variable).numpy() for variable in model.weights]


def empty(model: keras.Model) -> keras.Model:
    for variable in model.weights:
        variable.assign(np.zeros(variable.shape))
    return model


def assert_loads(model: keras.Model, path: Path, like: keras.Model) -> None:
    assert load_weights_file(empty(model), path) is model
    for found, expected in zip(values(model), values(like), strict=True):
        np.testing.assert_array_equal(found, expected)


def write_legacy(
    model: keras.Model, path: Path, *, order: Callable[[list[Any]], list[Any]] = list, spell: str = "{layer}/{name}:0"
) -> Path:
    """As Keras 2's save_weights."""
    with h5py.File(path, "w") as file:
        layers = order(list(model.layers))
        file.attrs["layer_names"] = [layer.name.encode() for layer in layers]
        file.attrs["backend"] = b"tensorflow"
        for layer in layers:
            group = file.create_group(layer.name)
            variables = layer.trainable_weights + layer.non_trainable_weights
            names = [spell.format(layer=layer.name, name=variable.name) for variable in variables]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, variable in zip(names, variables, strict=True):
                group[name] = tf.convert_to_tensor(variable).numpy()
    return path


@pytest.mark.parametrize("name", ["net.weights.h5", "net.keras", "net.h5"])
def test_what_keras_saves_today_is_loaded(tmp_path: Path, name: str) -> None:
    saved = network()
    path = tmp_path / name
    if name.endswith(".weights.h5"):
        saved.save_weights(path)
    else:
        saved.save(path)
    assert_loads(network(), path, saved)


def test_a_file_is_known_by_its_content(tmp_path: Path) -> None:
    saved = network()
    saved.save_weights(tmp_path / "net.weights.h5")
    new = (tmp_path / "net.weights.h5").rename(tmp_path / "old.h5")
    assert_loads(network(), new, saved)
    assert_loads(network(), write_legacy(saved, tmp_path / "new.weights.h5"), saved)
    saved.save(tmp_path / "net.keras")
    assert_loads(network(), (tmp_path / "net.keras").rename(tmp_path / "net.zip"), saved)


def test_old_weights_are_loaded_by_name_in_any_order(tmp_path: Path) -> None:
    saved = network()
    path = write_legacy(saved, tmp_path / "old.h5", order=lambda layers: layers[::-1])
    assert_loads(network(), path, saved)


def test_old_weights_with_other_names_are_loaded_in_order(tmp_path: Path) -> None:
    saved = network(prefix="other_")
    assert_loads(network(), write_legacy(saved, tmp_path / "old.h5"), saved)


def test_old_weights_of_a_trained_network_are_loaded_without_its_optimizer(tmp_path: Path) -> None:
    saved = network()
    saved.compile("adam", "mse")
    saved.fit(np.ones((2, 12, 12, 3)), np.ones((2, 7)), verbose=0)
    saved.save(tmp_path / "net.h5")
    saved.save(tmp_path / "net.keras")
    assert_loads(network(), tmp_path / "net.h5", saved)
    assert_loads(network(), tmp_path / "net.keras", saved)


@pytest.mark.parametrize("kind", ["net.weights.h5", "net.keras", "net.h5", "legacy.h5"])
@pytest.mark.parametrize(
    ("file", "opened", "words"),
    [
        ({"top": False}, {}, "top"),
        ({}, {"top": False}, "top"),
        ({"filters": 5}, {}, r"Expected shape: 3 x 3 x 3 x 4. Received: 3 x 3 x 3 x 5"),
    ],
    ids=["lacks the top", "has a top", "other shapes"],
)
def test_what_does_not_fit_is_said_and_changes_nothing(
    tmp_path: Path, kind: str, file: dict[str, Any], opened: dict[str, Any], words: str
) -> None:
    saved, path = network(**file), tmp_path / kind
    if kind == "legacy.h5":
        write_legacy(saved, path)
    elif kind == "net.weights.h5":
        saved.save_weights(path)
    else:
        saved.save(path)
    model = network(**opened)
    before = values(model)
    with pytest.raises(CnnvizError, match=words) as caught:
        load_weights_file(model, path, network="Small Network")
    assert "Expected" in str(caught.value.what)
    assert "Received" in str(caught.value.what)
    assert path.name in str(caught.value.what)
    for now, then in zip(values(model), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_a_layer_with_another_number_of_arrays_is_named(tmp_path: Path) -> None:
    path = write_legacy(network(), tmp_path / "old.h5")
    with h5py.File(path, "a") as file:
        file["first"].attrs["weight_names"] = [b"first/kernel:0"]
    with pytest.raises(CnnvizError, match=r"layer first of Small. Expected: 2 arrays. Received: 1"):
        load_weights_file(network(), path, network="Small")


@pytest.mark.parametrize("name", ["some_weights_th_dim_ordering_tf_kernels.h5", "some_tf_dim_ordering_th_kernels.h5"])
def test_files_named_after_theano_are_refused(tmp_path: Path, name: str) -> None:
    path = write_legacy(network(), tmp_path / name)
    with pytest.raises(CnnvizError, match="made for Theano"):
        load_weights_file(network(), path)


def test_files_that_say_they_are_from_theano_are_refused(tmp_path: Path) -> None:
    path = write_legacy(network(), tmp_path / "old.h5")
    with h5py.File(path, "a") as file:
        file.attrs["backend"] = b"theano"
    with pytest.raises(CnnvizError, match="made for Theano"):
        load_weights_file(network(), path)


def soft_link(file: h5py.File) -> None:
    file["first/link"] = h5py.SoftLink("/norm")


def external_link(file: h5py.File) -> None:
    file["first/link"] = h5py.ExternalLink("elsewhere.h5", "/")


def external_data(file: h5py.File) -> None:
    del file["first/first/kernel:0"]
    file["first/first"].create_dataset(
        "kernel:0", (3, 3, 3, 4), "f4", external=[("/etc/passwd", 0, h5py.h5f.UNLIMITED)]
    )


def virtual_data(file: h5py.File) -> None:
    del file["first/first/kernel:0"]
    layout = h5py.VirtualLayout((3, 3, 3, 4), "f4")
    layout[:] = h5py.VirtualSource("elsewhere.h5", "x", (3, 3, 3, 4))
    file["first/first"].create_virtual_dataset("kernel:0", layout)


@pytest.mark.parametrize("trick", [soft_link, external_link, external_data, virtual_data])
def test_data_outside_the_file_is_refused(tmp_path: Path, trick: Callable[[h5py.File], None]) -> None:
    path = write_legacy(network(), tmp_path / "old.h5")
    with h5py.File(path, "a") as file:
        trick(file)
    with pytest.raises(CnnvizError, match="refers to other files or places"):
        load_weights_file(network(), path)


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    path = write_legacy(network(), tmp_path / "old.h5")
    with h5py.File(path, "a") as file:
        file["first/again"] = file["/"]
    with pytest.raises(CnnvizError, match="is not built the way Keras builds such files"):
        load_weights_file(network(), path)


def test_a_heap_that_hdf5_never_comes_back_from_is_refused(tmp_path: Path) -> None:
    path = write_legacy(network(), tmp_path / "old.h5")
    content = bytearray(path.read_bytes())
    heap = content.index(b"GCOL")
    # The heap's first text becomes a free block of no size.
    content[heap + 16 : heap + 32] = bytes(16)
    path.write_bytes(content)
    with pytest.raises(CnnvizError, match="is damaged or incomplete"):
        load_weights_file(network(), path)


def test_an_array_that_declares_gigabytes_is_not_read(tmp_path: Path) -> None:
    path = write_legacy(network(), tmp_path / "old.h5")
    with h5py.File(path, "a") as file:
        del file["first/first/kernel:0"]
        file["first/first"].create_dataset("kernel:0", (30000, 30000, 30, 4), "f4", chunks=(100, 100, 1, 4))
    with pytest.raises(CnnvizError, match="claims to hold 432 GB of numbers in 0 bytes"):
        load_weights_file(network(), path)


def test_a_keras_file_far_larger_than_the_network_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnnviz_gui.engine.weights_native._ROOM", 1000)
    with zipfile.ZipFile(tmp_path / "net.keras", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model.weights.h5", bytes(1_000_000))
    with pytest.raises(CnnvizError, match="far more weights than Small has"):
        load_weights_file(network(), tmp_path / "net.keras", network="Small")


def test_words_instead_of_numbers_are_refused(tmp_path: Path) -> None:
    path = write_legacy(network(), tmp_path / "old.h5")
    with h5py.File(path, "a") as file:
        del file["first/first/bias:0"]
        file["first/first"]["bias:0"] = np.array([b"a", b"b", b"c", b"d"])
    with pytest.raises(CnnvizError, match="holds something else than numbers"):
        load_weights_file(network(), path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.h5", b"", "is empty"),
        ("photo.h5", b"\x89PNG\r\n\x1a\n" + bytes(100), "is not a file of weights"),
        ("short.h5", b"\x89HDF\r\n\x1a\n" + bytes(20), "is damaged or incomplete"),
        ("short.keras", b"PK\x03\x04" + bytes(20), "is not a file of weights"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CnnvizError, match=words):
        load_weights_file(network(), tmp_path / name)


def test_files_without_weights_are_refused(tmp_path: Path) -> None:
    with h5py.File(tmp_path / "data.h5", "w") as file:
        file["measurements"] = np.arange(5)
    with zipfile.ZipFile(tmp_path / "config.keras", "w") as archive:
        archive.writestr("config.json", "{}")
    for name in ("data.h5", "config.keras"):
        with pytest.raises(CnnvizError, match="There are no weights in"):
            load_weights_file(network(), tmp_path / name)


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    saved = network()
    saved.save_weights(tmp_path / "net.weights.h5")
    content = (tmp_path / "net.weights.h5").read_bytes()
    (tmp_path / "net.weights.h5").write_bytes(content[: len(content) // 2])
    with pytest.raises(CnnvizError, match="is damaged or incomplete"):
        load_weights_file(network(), tmp_path / "net.weights.h5")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.h5")
    with pytest.raises(CnnvizError, match=r"pipe\.h5 is a device or a pipe"):
        load_weights_file(network(), tmp_path / "pipe.h5")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CnnvizError, match=r"none\.h5 was not found"):
        load_weights_file(network(), tmp_path / "none.h5")

"""The gate refuses every hostile file with a sentence, lets the valid ones pass, and leaves no trace."""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import socket
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hostile_files import (
    HOSTILE,
    conv,
    lambda_of,
    layer,
    sequential,
    unqualified,
    weights,
    write_h5,
    write_keras,
)

from cnnviz_gui.core.errors import CnnvizError, HoldsProgramError
from cnnviz_gui.engine import gate_hdf5
from cnnviz_gui.engine.gate import Gated, check_network_file

if TYPE_CHECKING:
    from collections.abc import Callable

    import h5py

BUDGET = 250_000
"""Calls of functions, and returns from them, for a file of 100 MB."""


def refused(path: Path, **options: object) -> str:
    """The sentence that a file is refused with."""
    with pytest.raises(CnnvizError) as caught:
        check_network_file(path, **options)  # type: ignore[arg-type]
    assert str(caught.value.what).endswith(".")
    return f"{caught.value} {caught.value.details}"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_sentence_and_leaves_no_trace(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, words = HOSTILE[name]
    path = build(tmp_path)
    monkeypatch.chdir(tmp_path)
    for connect in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, connect, lambda *_: pytest.fail("a connection was tried"))
    before = (path.read_bytes(), sorted(tmp_path.rglob("*")), dict(os.environ), sys.getrecursionlimit(), sys.path[:])

    sentence = refused(path)

    assert words in sentence
    assert before == (
        path.read_bytes(),
        sorted(tmp_path.rglob("*")),
        dict(os.environ),
        sys.getrecursionlimit(),
        sys.path[:],
    )


def test_the_corpus_holds_every_kind() -> None:
    assert len(HOSTILE) > 150


def test_the_valid_keras_file_passes(tmp_path: Path) -> None:
    path = write_keras(tmp_path)
    gated = check_network_file(path)
    forecast = 4 * (2 * 112 + 8 * 8 * 3 + 6 * 6 * 4) + len(weights())
    assert gated == Gated("keras", 112, 2, forecast, (), "3.15.1")


def test_the_valid_h5_file_passes(tmp_path: Path) -> None:
    assert check_network_file(write_h5(tmp_path)) == Gated("h5-model", 112, 2, 2240, (), "3.15.1")


def test_a_description_alone_passes(tmp_path: Path) -> None:
    path = tmp_path / "network.json"
    path.write_text(json.dumps(sequential(conv())))
    assert check_network_file(path) == Gated("json", 112, 2, 2240)


def test_the_end_of_the_name_may_be_upper_case(tmp_path: Path) -> None:
    assert check_network_file(write_keras(tmp_path).rename(tmp_path / "NETWORK.KERAS")).kind == "keras"
    assert check_network_file(write_h5(tmp_path).rename(tmp_path / "NETWORK.H5")).kind == "h5-model"


def test_an_archive_that_was_packed_again_passes(tmp_path: Path) -> None:
    path = tmp_path / "network.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("assets")
        archive.writestr("config.json", json.dumps(sequential(conv())))
        archive.writestr("model.weights.h5", weights())
        archive.writestr("assets/layers/string_lookup/vocabulary.txt", "a\nb\n")
    assert check_network_file(path).parameters == 112


def keras_1(file: h5py.File) -> None:
    file.attrs["layer_names"] = [b"convolution2d_1"]
    group = file.create_group("convolution2d_1")
    group.attrs["weight_names"] = [b"convolution2d_1_W", b"convolution2d_1_b"]
    group["convolution2d_1_W"] = np.ones((3, 3, 3, 4), "f4")
    group["convolution2d_1_b"] = np.zeros(4, "f4")


def keras_2(file: h5py.File) -> None:
    file.attrs["layer_names"] = np.array([b"conv"])
    file.attrs["keras_version"] = "2.15.0"
    file["conv/conv/kernel:0"] = np.ones((3, 3, 3, 4), "f4")
    file["conv/conv/bias:0"] = np.zeros(4, "f4")


def keras_3(file: h5py.File) -> None:
    file["layers/conv2d/vars/0"] = np.ones((3, 3, 3, 4), "f4")
    file["layers/conv2d/vars/1"] = np.zeros(4, "f4")
    file.create_group("vars")


@pytest.mark.parametrize("write", [keras_1, keras_2, keras_3])
def test_weights_of_every_keras_are_recognised(write: Callable[[h5py.File], None], tmp_path: Path) -> None:
    path = tmp_path / "network.weights.h5"
    path.write_bytes(weights({}, write))
    gated = check_network_file(path)
    assert (gated.kind, gated.parameters, gated.layers) == ("h5-weights", 112, 1)


# Programs


def digest(path: Path) -> str:
    """A file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_lambda_that_names_a_function_passes_only_when_the_file_is_trusted(tmp_path: Path) -> None:
    path = write_keras(tmp_path, sequential(lambda_of("square", "keras.ops"), conv()))
    with pytest.raises(HoldsProgramError, match="not run unasked") as caught:
        check_network_file(path)
    error = caught.value
    assert (error.programs, error.can_be_trusted) == (("Lambda (keras.ops.square)",), True)
    assert error.sha256 == digest(path)
    for trusted in (error.sha256, error.sha256.upper()):
        assert check_network_file(path, trusted=trusted).programs == error.programs


def test_trust_is_in_one_file_as_it_is(tmp_path: Path) -> None:
    path = write_keras(tmp_path, sequential(lambda_of("square", "keras.ops"), conv()))
    before = digest(path)
    write_keras(tmp_path, sequential(lambda_of("square", "keras.ops"), lambda_of("sin", "keras.ops"), conv()))
    assert "keras.ops.sin" in refused(path, trusted=before)


def test_trust_does_not_open_what_needs_safe_mode_switched_off(tmp_path: Path) -> None:
    path = HOSTILE["lambda_with_bytecode"][0](tmp_path)
    with pytest.raises(HoldsProgramError, match="never run") as caught:
        check_network_file(path, trusted=digest(path))
    assert not caught.value.can_be_trusted
    assert "the Python file that defines the class" in str(caught.value.hint)


def test_trust_does_not_reach_functions_outside_modelling(tmp_path: Path) -> None:
    path = write_keras(tmp_path, sequential(lambda_of("set_floatx", "keras.config"), conv()))
    assert "keras.config.set_floatx" in refused(path, trusted=digest(path))


def test_the_refusal_of_programs_crosses_the_pipe_whole(tmp_path: Path) -> None:
    path = write_keras(tmp_path, sequential(lambda_of("square", "keras.ops"), conv()))
    with pytest.raises(HoldsProgramError) as caught:
        check_network_file(path)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (type(copy), str(copy)) == (HoldsProgramError, str(caught.value))
    assert vars(copy) == vars(caught.value)
    assert copy.sha256 == digest(path)


def test_a_lambda_whose_function_the_user_supplies_is_no_program_of_the_file(tmp_path: Path) -> None:
    path = write_keras(tmp_path, sequential(lambda_of("mine", "__main__"), conv()))
    assert "needs mine, which is not part of Keras" in refused(path)
    assert check_network_file(path, custom={"mine"}).programs == ()


def test_classes_that_the_user_supplies_pass(tmp_path: Path) -> None:
    item = layer("Mine", "somewhere")
    item["registered_name"] = "Custom>Mine"
    path = write_keras(tmp_path, sequential(item, conv()))
    assert check_network_file(path, custom={"Custom>Mine"}).parameters is None
    assert check_network_file(path, custom={"Mine"}).layers == 3


# Paths


@pytest.mark.parametrize(
    "address",
    ["hf://user/network.keras", "gs://bucket/network.keras", "https://example.org/n.h5", "kaggle://a/b.keras"],
)
def test_an_address_is_refused(address: str) -> None:
    assert "is an address: only files on this machine are opened" in refused(Path(address))


def test_what_is_not_a_plain_file_is_refused(tmp_path: Path) -> None:
    assert "was not found" in refused(tmp_path / "missing.keras")
    assert "is a folder, not a network" in refused(tmp_path)
    (tmp_path / "empty.keras").touch()
    assert "is empty" in refused(tmp_path / "empty.keras")
    assert "too long" in refused(tmp_path / ("x" * 300 + ".keras"))
    assert "not a file name" in refused(Path("net\0work.keras"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, and there are no pipes with names")
def test_pipes_devices_and_circles_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.keras")
    assert "is a device or a pipe" in refused(tmp_path / "pipe.keras")
    assert "is a device or a pipe" in refused(Path("/dev/zero"))
    (tmp_path / "a.keras").symlink_to(tmp_path / "b.keras")
    (tmp_path / "b.keras").symlink_to(tmp_path / "a.keras")
    assert "is a link that leads to itself" in refused(tmp_path / "a.keras")
    (tmp_path / "link.keras").symlink_to(write_keras(tmp_path))
    assert check_network_file(tmp_path / "link.keras").kind == "keras"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_is_refused(tmp_path: Path) -> None:
    path = write_keras(tmp_path)
    path.chmod(0)
    assert "does not let you read" in refused(path)


def test_a_saved_model_is_said_to_be_opaque(tmp_path: Path) -> None:
    (tmp_path / "saved_model.pb").touch()
    assert "is a SavedModel" in refused(tmp_path)


def test_a_network_that_was_saved_as_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").touch()
    assert "Zip what is in the folder" in refused(tmp_path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("network.pt", "file of PyTorch"),
        ("network.onnx", "file of ONNX"),
        ("network.tflite", "file of TensorFlow Lite"),
        ("notes.txt", "is not a network"),
    ],
)
def test_other_files_are_told_apart(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"anything")
    assert words in refused(tmp_path / name)


def test_a_network_of_the_wrong_name_is_told_the_right_one(tmp_path: Path) -> None:
    assert "ends in .keras" in refused(write_keras(tmp_path).rename(tmp_path / "network.zip"))
    assert "ends in .h5" in refused(write_h5(tmp_path).rename(tmp_path / "network.dat"))


# Limits


def test_what_does_not_fit_into_the_memory_is_refused_with_numbers(tmp_path: Path) -> None:
    path = write_keras(tmp_path)
    needed = check_network_file(path).forecast_bytes
    assert check_network_file(path, memory_limit=needed)
    assert f"needs {needed / 1000:.1f} kB of memory" in refused(path, memory_limit=needed - 1)


def test_many_names_of_a_long_text_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def change(file: h5py.File) -> None:
        file.attrs["layer_names"] = ["a" * 1000] * 50
        file.attrs["long"] = "b" * 100_000

    path = write_h5(tmp_path, change=change)
    assert check_network_file(path)
    monkeypatch.setattr(gate_hdf5, "HDF5_NAMES_BYTES", 4_000_000)
    assert "50 names that could be the longest text" in refused(path)


def test_a_file_of_100_megabytes_takes_less_than_a_fifth_of_a_second(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many layers as ResNet-50 has, in both formats."""
    kernels = [np.random.default_rng(0).standard_normal((3, 3, 128, 128), "f4")] * 170
    layers = [conv(128, name=f"conv{index}", padding="same", use_bias=False) for index in range(len(kernels) + 1)]
    first = np.ones((3, 3, 3, 128), "f4")
    stored = {f"layers/conv2d_{i}/vars/0": kernel for i, kernel in enumerate([first, *kernels])}
    paths = [write_keras(tmp_path, sequential(*layers), weights(stored))]
    assert paths[0].stat().st_size > 100e6
    stored = {f"model_weights/conv{i}/conv{i}/kernel": kernel for i, kernel in enumerate([first, *kernels])}

    def name_layers(file: h5py.File) -> None:
        file["model_weights"].attrs["layer_names"] = [f"conv{index}" for index in range(len(layers))]

    paths.append(write_h5(tmp_path, sequential(*layers), stored, name_layers))
    for path in paths:
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            check_network_file(path)
        finally:
            sys.setprofile(None)
        with capsys.disabled():
            print(f"\n{path.name}, {path.stat().st_size / 1e6:.0f} MB: {calls} calls and returns")
        assert calls < BUDGET


def test_neither_keras_nor_tensorflow_is_imported(tmp_path: Path) -> None:
    path = write_keras(tmp_path)
    code = (
        "import sys, pathlib; from cnnviz_gui.engine.gate import check_network_file;"
        "check_network_file(pathlib.Path(sys.argv[1]));"
        "print(sorted({'keras', 'tensorflow', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_a_description_may_hold_large_numbers_that_are_not_sizes(tmp_path: Path) -> None:
    seeded = layer("Dropout", rate=0.5, seed=2**62)
    shared = conv(dtype={**sequential()["config"]["dtype"], "shared_object_id": 140_057_777_432_016})
    assert check_network_file(write_keras(tmp_path, sequential(seeded, shared))).parameters == 112


def test_what_the_network_was_trained_with_is_not_looked_at(tmp_path: Path) -> None:
    loss = {"module": "builtins", "class_name": "function", "config": "my_loss", "registered_name": "function"}
    path = write_keras(tmp_path, {**sequential(conv()), "compile_config": {"loss": loss}})
    assert check_network_file(path).kind == "keras"


def test_a_whole_network_of_an_old_keras_is_told_apart(tmp_path: Path) -> None:
    layers = unqualified([conv(batch_input_shape=[None, 8, 8, 3])])
    path = write_h5(tmp_path, json.dumps({"class_name": "Sequential", "config": layers}))
    assert "saved by an old Keras" in refused(path)
    old = sequential(layer("Convolution2D", nb_filter=4, nb_row=3, nb_col=3))
    assert "saved by an old Keras" in refused(write_h5(tmp_path, old))

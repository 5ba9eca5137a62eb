"""Network files that were made to do harm, to exhaust the machine, or that are merely broken.

Nothing here needs Keras: the files are put together by hand from `layer`, `sequential`, `write_keras` and `write_h5`,
which also make the valid file that every hostile one is a change of. `HOSTILE` maps a name to a function that writes
the file into a folder, and to words of the sentence with which it must be refused.
"""

from __future__ import annotations

import io
import itertools
import json
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Json = Any

FLOAT32 = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}
WEIGHTS = {"layers/conv2d/vars/0": np.ones((3, 3, 3, 4), "f4"), "layers/conv2d/vars/1": np.zeros(4, "f4")}
LEGACY_WEIGHTS = {
    "model_weights/conv/conv/kernel": np.ones((3, 3, 3, 4), "f4"),
    "model_weights/conv/conv/bias": np.zeros(4, "f4"),
}

HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {}


def hostile(words: str) -> Callable[[Callable[[Path], Path]], Callable[[Path], Path]]:
    """Adds a file to the corpus, with words of the sentence that refuses it."""

    def add(build: Callable[[Path], Path]) -> Callable[[Path], Path]:
        HOSTILE[build.__name__] = (build, words)
        return build

    return add


# What valid files are made of


def layer(class_name: str, module: str | None = "keras.layers", **config: Json) -> dict[str, Json]:
    """A layer as a .keras file describes it."""
    config.setdefault("name", class_name.lower())
    return {"module": module, "class_name": class_name, "config": config, "registered_name": None}


def conv(filters: Json = 4, **config: Json) -> dict[str, Json]:
    """The convolution of the valid network."""
    settings = {"name": "conv", "filters": filters, "kernel_size": [3, 3], "strides": [1, 1], "padding": "valid"}
    return layer("Conv2D", **{**settings, "activation": "relu", **config})


def image(*shape: Json) -> dict[str, Json]:
    """The input layer."""
    return layer("InputLayer", batch_shape=[None, *(shape or (8, 8, 3))], dtype="float32", name="image")


def sequential(*layers: Json, **more: Json) -> dict[str, Json]:
    """A network of layers in a row, under an input."""
    config = {"name": "network", "trainable": True, "dtype": FLOAT32, "layers": [image(), *layers]}
    return {"module": "keras", "class_name": "Sequential", "config": config, "registered_name": None, **more}


def unqualified(node: Json) -> Json:
    """The same description as an .h5 file has it."""
    if isinstance(node, dict):
        return {key: unqualified(value) for key, value in node.items() if key not in {"module", "registered_name"}}
    return [unqualified(item) for item in node] if isinstance(node, list) else node


def weights(arrays: dict[str, Any] | None = None, change: Callable[[h5py.File], None] | None = None) -> bytes:
    """An HDF5 file of numbers, in memory."""
    buffer = io.BytesIO()
    with h5py.File(buffer, "w") as file:
        for name, array in (WEIGHTS if arrays is None else arrays).items():
            file[name] = array
        if change:
            change(file)
    return buffer.getvalue()


def write_keras(folder: Path, config: Json = None, data: bytes | None = None, **more: bytes) -> Path:
    """Writes a .keras file; without arguments, a valid one."""
    path = folder / "network.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "metadata.json", json.dumps({"keras_version": "3.15.1", "date_saved": "2026-01-01@00:00:00"})
        )
        text = config if isinstance(config, bytes) else json.dumps(config or sequential(conv())).encode()
        archive.writestr("config.json", text)
        archive.writestr("model.weights.h5", weights() if data is None else data)
        for name, content in more.items():
            archive.writestr(name, content)
    return path


def write_h5(
    folder: Path,
    config: Json = None,
    arrays: dict[str, Any] | None = None,
    change: Callable[[h5py.File], None] | None = None,
) -> Path:
    """Writes a whole network as an .h5 file; without arguments, a valid one."""
    path = folder / "network.h5"
    with h5py.File(path, "w") as file:
        text = config if isinstance(config, str | bytes) else json.dumps(unqualified(config or sequential(conv())))
        file.attrs["model_config"] = text
        file.attrs["keras_version"] = "3.15.1"
        for name, array in (LEGACY_WEIGHTS if arrays is None else arrays).items():
            file[name] = array
        group = file.require_group("model_weights")
        group.attrs["layer_names"] = [b"conv"]
        if "conv" in group:
            group["conv"].attrs["weight_names"] = [b"conv/kernel", b"conv/bias"]
        if change:
            change(file)
    return path


def lambda_of(function: str, module: str) -> dict[str, Json]:
    """A Lambda layer that names a function instead of carrying its code."""
    named = {"module": module, "class_name": "function", "config": function, "registered_name": function}
    return layer("Lambda", function=named, arguments={})


def function(name: str, module: str) -> dict[str, Json]:
    """A function as a description names it."""
    return {"module": module, "class_name": "function", "config": name, "registered_name": name}


# Programs

CODE = {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None, "closure": None}}


@hostile("holds a program (Lambda (compiled Python))")
def lambda_with_bytecode(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("Lambda", function=CODE), conv()))


@hostile("holds a program (Lambda (compiled Python))")
def lambda_with_bytecode_h5(folder: Path) -> Path:
    return write_h5(folder, sequential(layer("Lambda", function=["4wEAAAA=", None, None]), conv()))


@hostile("holds a program (compiled Python)")
def bytecode_as_an_activation(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(activation=CODE)))


@hostile("holds a program (Lambda (compiled Python))")
def lambda_behind_a_second_class_name(folder: Path) -> Path:
    text = json.dumps(sequential(layer("Dropout", function=CODE, rate=0.5), conv()))
    return write_keras(folder, text.replace('"Dropout"', '"Dropout", "class_name": "Lambda"').encode())


@hostile("keras.config.set_floatx")
def lambda_that_sets_the_float_type(folder: Path) -> Path:
    return write_keras(folder, sequential(lambda_of("set_floatx", "keras.config"), conv()))


@hostile("keras.datasets.mnist.load_data")
def lambda_that_downloads_a_dataset(folder: Path) -> Path:
    return write_keras(folder, sequential(lambda_of("load_data", "keras.datasets.mnist"), conv()))


@hostile("keras.applications.resnet50.ResNet50")
def lambda_that_downloads_weights(folder: Path) -> Path:
    item = lambda_of("ResNet50", "keras.applications.resnet50")
    item["config"]["arguments"] = {"weights": "imagenet"}
    return write_keras(folder, sequential(item, conv()))


@hostile("keras.config.enable_unsafe_deserialization")
def activation_that_ends_safe_mode(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(activation=function("enable_unsafe_deserialization", "keras.config"))))


@hostile("needs system")
def activation_of_another_package(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(activation=function("system", "os"))))


@hostile("needs eval")
def activation_among_the_builtins(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(activation=function("eval", "builtins"))))


@hostile("needs deserialize")
def activation_that_deserializes(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(activation=function("deserialize", "builtins"))))


@hostile("keras.utils.get_file")
def initializer_that_fetches_a_file(folder: Path) -> Path:
    item = {"module": "keras.utils", "class_name": "get_file", "config": {"fname": "x"}, "registered_name": None}
    return write_keras(folder, sequential(conv(kernel_initializer=item)))


@hostile("keras.callbacks.ModelCheckpoint")
def callback_that_writes(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("ModelCheckpoint", "keras.callbacks"), conv()))


@hostile("needs Popen")
def class_of_the_standard_library(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("Popen", "subprocess", args=["true"]), conv()))


@hostile("keras.src.saving.saving_lib.DiskIOStore")
def class_inside_keras(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("DiskIOStore", "keras.src.saving.saving_lib"), conv()))


@hostile("needs Backbone")
def class_of_keras_hub(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("Backbone", "keras_hub.models"), conv()))


@hostile("needs Custom>Mine")
def class_of_the_author(folder: Path) -> Path:
    item = layer("Mine", "somewhere")
    item["registered_name"] = "Custom>Mine"
    return write_keras(folder, sequential(item, conv()))


@hostile("needs keras_export")
def function_among_the_layers_h5(folder: Path) -> Path:
    return write_h5(folder, sequential(layer("keras_export", path="x"), conv()))


@hostile("saved by Keras 2")
def network_of_keras_2(folder: Path) -> Path:
    config = sequential(conv())
    return write_keras(folder, {**config, "module": "keras.src.engine.sequential", "class_name": "Functional"})


@hostile("not built the way")
def typespec(folder: Path) -> Path:
    item = {"class_name": "__typespec__", "spec_name": "X", "module": "os", "config": [], "registered_name": None}
    return write_keras(folder, sequential(conv(bias_initializer=item)))


@hostile("needs TypeSpec")
def typespec_h5(folder: Path) -> Path:
    item = {"class_name": "TypeSpec", "type_spec": "tf.TensorSpec", "serialized": []}
    return write_h5(folder, sequential(conv(bias_initializer=item)))


@hostile("not built the way")
def array_of_huge_texts(folder: Path) -> Path:
    item = {"class_name": "__numpy__", "config": {"value": ["a"], "dtype": "S1000000000"}}
    return write_keras(folder, sequential(conv(bias_initializer=item)))


def _program(class_name: str) -> Callable[[Path], Path]:
    def build(folder: Path) -> Path:
        return write_keras(folder, sequential(layer(class_name), conv()))

    return build


for _name in ("TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer", "TFOpLambda", "SlicingOpLambda"):
    HOSTILE[f"program_{_name}"] = (_program(_name), f"holds a program ({_name}), which is never run")


# Files that Keras would read


@hostile("read the file /etc/passwd")
def vocabulary_of_an_absolute_path(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("StringLookup", vocabulary="/etc/passwd"), conv()))


@hostile("read the file words.txt")
def vocabulary_of_a_relative_path(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("TextVectorization", vocabulary="words.txt"), conv()))


@hostile("read the file gs://bucket/words")
def vocabulary_in_the_cloud(folder: Path) -> Path:
    return write_keras(folder, sequential(layer("IntegerLookup", vocabulary="gs://bucket/words"), conv()))


@hostile("read the file C:")
def path_of_windows_in_a_setting(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(kernel_initializer=r"C:\Users\x")))


@hostile("read the file ../../secret")
def path_upwards_in_a_setting(folder: Path) -> Path:
    return write_h5(folder, sequential(conv(kernel_initializer="../../secret")))


# More than any machine has


@hostile("describes a network of 905,820,000")
def dense_30000_by_30000(folder: Path) -> Path:
    layers = [layer("Flatten"), layer("Dense", units=30000), layer("Dense", units=30000, name="second")]
    return write_h5(folder, sequential(*layers))


@hostile("claims to hold 3.6 GB of numbers in 0 bytes")
def dataset_30000_by_30000(folder: Path) -> Path:
    def change(file: h5py.File) -> None:
        file.create_dataset("model_weights/dense/kernel", (30000, 30000), "f4", chunks=(100, 100))

    layers = [layer("Flatten"), layer("Dense", units=30000), layer("Dense", units=30000, name="second")]
    return write_h5(folder, sequential(*layers), change=change)


@hostile("gives filters as 100,000,000")
def conv_of_1e8_filters(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(10**8)))


@hostile("describes a network of 252,000,000 numbers")
def conv_of_9e6_filters(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(9 * 10**6)))


@hostile("describes a network of")
def build_config_of_another_size(folder: Path) -> Path:
    item = layer("Dense", units=10**6)
    item["build_config"] = {"input_shape": [None, 10**6]}
    return write_keras(folder, sequential(conv(), layer("Flatten"), item))


@hostile("of memory")
def transposed_conv_of_2e20_strides(folder: Path) -> Path:
    item = layer("Conv2DTranspose", filters=1, kernel_size=[3, 3], strides=2**20, padding="same")
    arrays = {**WEIGHTS, "layers/conv2d_transpose/vars/0": np.ones((3, 3, 1, 4), "f4"), "more": np.ones(9, "f4")}
    return write_keras(folder, sequential(conv(), item), weights(arrays))


@hostile("of memory")
def up_sampling(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(), layer("UpSampling2D", size=[10**6, 10**6])))


@hostile("of memory")
def zero_padding_h5(folder: Path) -> Path:
    return write_h5(folder, sequential(conv(), layer("ZeroPadding2D", padding=[[10**6, 0], [0, 10**6]])))


@hostile("of memory")
def batch_of_a_million(folder: Path) -> Path:
    config = sequential(conv())
    config["config"]["layers"][0]["config"]["batch_shape"] = [10**6, 512, 512, 3]
    return write_keras(folder, config)


@hostile("gives n as")
def repeat_vector(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(), layer("Flatten"), layer("RepeatVector", n=10**12)))


@hostile("gives max_tokens as")
def lookup_of_many_tokens(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(), layer("IntegerLookup", max_tokens=10**11)))


@hostile("more than 5,000 layers")
def activations_10000(folder: Path) -> Path:
    layers = [layer("Activation", activation="relu", name=f"a{index}") for index in range(10_000)]
    return write_keras(folder, sequential(conv(), *layers))


@hostile("more than 5,000 layers")
def activations_10000_h5(folder: Path) -> Path:
    layers = [layer("Activation", activation="relu", name=f"a{index}") for index in range(10_000)]
    return write_h5(folder, sequential(conv(), *layers))


def functional(*layers: Json, output: str) -> dict[str, Json]:
    """A network of layers that say what their inputs are."""
    config = {
        "name": "network",
        "layers": [{**image(), "name": "image", "inbound_nodes": []}, *layers],
        "input_layers": ["image", 0, 0],
        "output_layers": [output, 0, 0],
    }
    return {"module": "keras.src.models.functional", "class_name": "Functional", "config": config}


def called(item: dict[str, Json], name: str, *inputs: str, times: int = 1) -> dict[str, Json]:
    """A layer with its calls."""
    item = {**item, "name": name, "config": {**item["config"], "name": name}}
    tensors = [
        {
            "class_name": "__keras_tensor__",
            "config": {"shape": [None, 8, 8, 3], "dtype": "float32", "keras_history": [source, 0, 0]},
        }
        for source in inputs
    ]
    return {**item, "inbound_nodes": [{"args": tensors, "kwargs": {}}] * times}


@hostile("more than 20,000 times")
def shared_layer_called_30000_times(folder: Path) -> Path:
    item = called(layer("Activation", activation="relu"), "a", "image", times=30_000)
    return write_keras(folder, functional(item, output="a"))


@hostile("more than 20,000 times")
def networks_that_call_each_other_twice(folder: Path) -> Path:
    inner = functional(called(layer("Activation", activation="relu"), "a", "image"), output="a")
    for _ in range(25):
        inner = functional(called(inner, "a", "image", times=2), output="a")
    return write_keras(folder, inner)


@hostile("not connected")
def layers_in_a_circle(folder: Path) -> Path:
    first = called(layer("Activation", activation="relu"), "a", "b")
    second = called(layer("Activation", activation="relu"), "b", "a")
    return write_keras(folder, functional(first, second, output="b"))


@hostile("order that Keras takes hours")
def layers_in_the_reverse_order(folder: Path) -> Path:
    names = ["image", *(f"a{index}" for index in range(4_000))]
    layers = [
        called(layer("Activation", activation="relu"), name, before) for before, name in itertools.pairwise(names)
    ]
    return write_keras(folder, functional(*reversed(layers), output=names[-1]))


@hostile("nested too deep")
def networks_nested_1000_deep(folder: Path) -> Path:
    text = json.dumps(sequential(conv()))
    before, after = text.split(json.dumps(conv()))
    return write_keras(folder, (before * 1000 + json.dumps(conv()) + after * 1000).encode())


@hostile("nested too deep")
def networks_nested_110_deep(folder: Path) -> Path:
    config = sequential(conv())
    for _ in range(110):
        config = sequential(config)
    return write_keras(folder, config)


@hostile("nested too deep")
def brackets_100000_deep(folder: Path) -> Path:
    return write_keras(folder, b"[" * 100_000)


@hostile("nested too deep")
def brackets_in_a_setting_h5(folder: Path) -> Path:
    text = json.dumps(unqualified(sequential(conv())))
    return write_h5(folder, text.replace('"relu"', "[" * 500 + "]" * 500))


@hostile("holds 2,5")
def config_of_many_values(folder: Path) -> Path:
    return write_keras(folder, b'{"class_name": [' + b"0," * 2_500_000 + b"0]}")


@hostile("would unpack to 70.0 MB")
def config_bomb(folder: Path) -> Path:
    path = write_keras(folder)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("config.json", b" " * 70_000_000)
        archive.writestr("model.weights.h5", weights())
    return path


@hostile("would unpack to 4.2 GB")
def config_bomb_of_4_gigabytes(folder: Path) -> Path:
    path = write_keras(folder)
    return _patched_directory(path, b"config.json", 24, struct.pack("<I", 4_200_000_000), method=8)


@hostile("would unpack to 80.0 MB")
def weights_bomb(folder: Path) -> Path:
    path = folder / "network.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("config.json", json.dumps(sequential(conv())))
        archive.writestr("model.weights.h5", b"\0" * 80_000_000)
    return path


@hostile("would unpack to")
def assets_bomb(folder: Path) -> Path:
    path = write_keras(folder, **{"assets/layers/lookup/vocabulary.txt": b"x"})
    return _patched_directory(path, b"assets/layers/lookup/vocabulary.txt", 24, struct.pack("<I", 10**9), method=8)


# Descriptions of the wrong kind


@hostile("damaged")
def config_that_is_not_json(folder: Path) -> Path:
    return write_keras(folder, b"\x80\x04\x95 pickled")


@hostile("damaged")
def config_that_is_a_list(folder: Path) -> Path:
    return write_keras(folder, b"[1, 2]")


@hostile("damaged")
def config_that_is_cut(folder: Path) -> Path:
    return write_keras(folder, json.dumps(sequential(conv())).encode()[:-40])


@hostile("damaged")
def config_that_is_not_text(folder: Path) -> Path:
    return write_h5(folder, b"\xff\xfe\xff{}")


@hostile("damaged")
def whole_number_of_5000_digits(folder: Path) -> Path:
    text = json.dumps(sequential(conv(7777777)))
    return write_keras(folder, text.replace("7777777", "9" * 5000).encode())


WRONG: dict[str, Json] = {
    "nan": float("nan"),
    "infinity": float("inf"),
    "text": "4",
    "nothing": None,
    "negative": -4,
    "list": [4],
    "object": {},
    "fraction": 4.5,
}
for _name, _value in WRONG.items():

    def _wrong(folder: Path, value: Json = _value) -> Path:
        return write_keras(folder, sequential(conv(value)))

    HOSTILE[f"filters_that_are_{_name}"] = (_wrong, "is damaged: filters of a Conv2D layer is")

WRONG_LAYERS: dict[str, Json] = {
    "text": "conv",
    "number": 3,
    "list": [],
    "no_class": {},
    "class_number": {"class_name": 1},
}
for _name, _value in WRONG_LAYERS.items():

    def _wrong_layer(folder: Path, value: Json = _value) -> Path:
        return write_h5(folder, sequential(conv(), value))

    HOSTILE[f"layer_that_is_{_name}"] = (_wrong_layer, "damaged")


@hostile("damaged")
def layers_that_are_a_number(folder: Path) -> Path:
    config = sequential(conv())
    config["config"]["layers"] = 5
    return write_keras(folder, config)


@hostile("damaged")
def settings_that_are_a_text(folder: Path) -> Path:
    config = sequential(conv())
    return write_keras(folder, {**config, "config": "all"})


@hostile("damaged")
def kernel_of_four_numbers(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(kernel_size=[1, 2, 3, 4])))


@hostile("damaged")
def function_that_is_a_list(folder: Path) -> Path:
    item = {"module": "builtins", "class_name": "function", "config": ["relu"], "registered_name": None}
    return write_keras(folder, sequential(conv(activation=item)))


@hostile("not built the way")
def metric_of_a_million_classes(folder: Path) -> Path:
    metric = layer("MeanIoU", "keras.metrics", num_classes=10**6)
    inner = {**sequential(conv()), "compile_config": {"optimizer": "adam", "metrics": [metric]}}
    return write_keras(folder, sequential(inner))


@hostile("not built the way")
def name_of_two_million_letters(folder: Path) -> Path:
    return write_keras(folder, sequential(conv(name="x" * 2_000_000)))


# Archives


def _patched_directory(path: Path, member: bytes, offset: int, value: bytes, method: int | None = None) -> Path:
    """Writes over an entry of the directory, and of nothing else."""
    data = bytearray(path.read_bytes())
    entry = data.rfind(b"PK\x01\x02", 0, data.rfind(member))
    data[entry + offset : entry + offset + len(value)] = value
    if method is not None:
        data[entry + 10 : entry + 12] = struct.pack("<H", method)
    path.write_bytes(data)
    return path


MEMBERS = {
    "upwards": "../evil.py",
    "upwards_in_assets": "assets/../../evil.py",
    "absolute": "/tmp/evil.py",
    "backslash": "assets\\..\\evil.py",
    "drive": "C:evil.py",
    "code": "evil.py",
    "folder_of_another_name": "other/x.txt",
    "case": "CONFIG.JSON",
}
for _name, _member in MEMBERS.items():

    def _member_file(folder: Path, member: str = _member) -> Path:
        return write_keras(folder, **{member: b"x"})

    HOSTILE[f"member_{_name}"] = (_member_file, "not built the way")


@hostile("not built the way")
def member_with_a_zero_byte(folder: Path) -> Path:
    path = write_keras(folder, **{"assets/evil_py.txt": b"x"})
    path.write_bytes(path.read_bytes().replace(b"evil_py", b"evil\0py"))
    return path


@hostile("not built the way")
def two_configs(folder: Path) -> Path:
    path = write_keras(folder, **{"config.jsom": json.dumps(sequential(layer("Lambda"))).encode()})
    path.write_bytes(path.read_bytes().replace(b"config.jsom", b"config.json"))
    return path


@hostile("not built the way")
def another_name_in_the_local_header(folder: Path) -> Path:
    path = write_keras(folder)
    path.write_bytes(path.read_bytes().replace(b"model.weights.h5", b"model.weightz.h5", 1))
    return path


@hostile("encrypted")
def encrypted(folder: Path) -> Path:
    return _patched_directory(write_keras(folder), b"config.json", 8, struct.pack("<H", 1))


@hostile("not built the way")
def asset_that_is_a_link(folder: Path) -> Path:
    path = write_keras(folder)
    info = zipfile.ZipInfo("assets/link")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return path


@hostile("not built the way")
def compressed_by_bzip2(folder: Path) -> Path:
    path = write_keras(folder)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("assets/x", b"x" * 1000, zipfile.ZIP_BZIP2)
    return path


@hostile("not built the way")
def stored_size_that_lies(folder: Path) -> Path:
    return _patched_directory(write_keras(folder), b"model.weights.h5", 24, struct.pack("<I", 10**9))


@hostile("damaged")
def deflated_size_that_lies(folder: Path) -> Path:
    path = folder / "network.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("config.json", json.dumps(sequential(conv())))
        archive.writestr("model.weights.h5", weights())
    return _patched_directory(path, b"config.json", 24, struct.pack("<I", 10))


@hostile("damaged")
def member_beyond_the_end(folder: Path) -> Path:
    return _patched_directory(write_keras(folder), b"model.weights.h5", 42, struct.pack("<I", 2**31))


@hostile("damaged")
def checksum_that_is_wrong(folder: Path) -> Path:
    path = write_keras(folder)
    path.write_bytes(path.read_bytes().replace(b'"padding": "valid"', b'"padding": "vapid"'))
    return path


@hostile("not built the way")
def directory_of_3000_members(folder: Path) -> Path:
    return write_keras(folder, **{f"assets/{index}": b"" for index in range(3_000)})


@hostile("not built the way")
def directory_of_2_megabytes(folder: Path) -> Path:
    return write_keras(folder, **{f"assets/{index}{'x' * 60_000}": b"" for index in range(34)})


@hostile("weights as NumPy arrays")
def weights_of_numpy(folder: Path) -> Path:
    return write_keras(folder, **{"model.weights.npz": b"PK"})


@hostile("holds no config.json")
def no_config(folder: Path) -> Path:
    path = folder / "network.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model.weights.h5", weights())
    return path


@hostile("holds no weights")
def no_weights(folder: Path) -> Path:
    path = folder / "network.keras"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("config.json", json.dumps(sequential(conv())))
    return path


@hostile("holds no config.json")
def empty_archive(folder: Path) -> Path:
    path = folder / "network.keras"
    zipfile.ZipFile(path, "w").close()
    return path


@hostile("damaged")
def metadata_that_is_a_list(folder: Path) -> Path:
    path = folder / "network.keras"
    with zipfile.ZipFile(path, "w") as archive:
        for member, content in {"metadata.json": b"[]", "config.json": b"{}", "model.weights.h5": weights()}.items():
            archive.writestr(member, content)
    return path


# HDF5


def change_weights(words: str) -> Callable[[Callable[[h5py.File], None]], Callable[[h5py.File], None]]:
    """Adds a change of the weights to the corpus, once in a .keras file and once in an .h5 file."""

    def add(change: Callable[[h5py.File], None]) -> Callable[[h5py.File], None]:
        name = change.__name__
        HOSTILE[name] = (lambda folder: write_keras(folder, data=weights(change=change)), words)
        HOSTILE[f"{name}_h5"] = (lambda folder: write_h5(folder, change=change), words)
        return change

    return add


@change_weights("refers to other files")
def external_link(file: h5py.File) -> None:
    file["elsewhere"] = h5py.ExternalLink("/etc/secret.h5", "/")


@change_weights("refers to other files")
def soft_link(file: h5py.File) -> None:
    file["elsewhere"] = h5py.SoftLink("/layers")


@change_weights("refers to other files")
def external_storage(file: h5py.File) -> None:
    file.create_dataset("elsewhere", (4,), "u1", external=[("/etc/passwd", 0, 4)])


@change_weights("refers to other files")
def virtual_dataset(file: h5py.File) -> None:
    layout = h5py.VirtualLayout((4,), "f4")
    layout[:] = h5py.VirtualSource("/etc/secret.h5", "x", (4,))
    file.create_virtual_dataset("elsewhere", layout)


@change_weights("second name")
def group_within_itself(file: h5py.File) -> None:
    file["a/b/c"] = file["/"]


@change_weights("something else than numbers")
def references(file: h5py.File) -> None:
    file.create_dataset("references", (2,), h5py.ref_dtype)


@change_weights("something else than numbers")
def records(file: h5py.File) -> None:
    file.create_dataset("records", data=np.zeros(2, [("a", "f4"), ("b", "i4")]))


@change_weights("something else than numbers")
def lists_of_any_length(file: h5py.File) -> None:
    file.create_dataset("lists", (2,), h5py.vlen_dtype(np.float32))


@change_weights("something else than numbers")
def texts(file: h5py.File) -> None:
    file["texts"] = ["a", "b"]


@change_weights("something else than numbers")
def opaque_blocks(file: h5py.File) -> None:
    file["opaque"] = np.zeros(2, "V100")


@change_weights("not built the way")
def named_type(file: h5py.File) -> None:
    file["type"] = np.dtype("f4")


@change_weights("not built the way")
def attribute_of_references(file: h5py.File) -> None:
    file.attrs.create("references", [file.ref], dtype=h5py.ref_dtype)


@change_weights("not built the way")
def attribute_of_records(file: h5py.File) -> None:
    file.attrs["records"] = np.zeros(2, [("a", "f4"), ("b", "i4")])


@change_weights("numbers in 0 bytes")
def dataset_without_data(file: h5py.File) -> None:
    file.create_dataset("nothing", (10**6, 10**6), "f4", chunks=(1000, 1000))


@change_weights("numbers in 0 bytes")
def dataset_without_space(file: h5py.File) -> None:
    file.create_dataset("nothing", (1000, 1000), "f8")


@change_weights("numbers in")
def dataset_bomb(file: h5py.File) -> None:
    chunk = zlib.compress(bytes(2**24), 1)
    dataset = file.create_dataset("bomb", (64, 2**22), "f4", chunks=(1, 2**22), compression="gzip")
    for index in range(64):
        dataset.id.write_direct_chunk((index, 0), chunk)


@change_weights("not built the way")
def groups_within_300_groups(file: h5py.File) -> None:
    file.create_group("/".join("g" * 300))


@change_weights("not built the way")
def unknown_filter(file: h5py.File) -> None:
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk((4,))
    properties.set_filter(32015, h5py.h5z.FLAG_OPTIONAL, (1,))
    space = h5py.h5s.create_simple((4,))
    dataset = h5py.h5d.create(file.id, b"filtered", h5py.h5t.NATIVE_FLOAT, space, properties)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, np.zeros(4, "f4"))


@hostile("damaged")
def heap_that_hdf5_never_comes_back_from_h5(folder: Path) -> Path:
    path = write_h5(folder)
    data = bytearray(path.read_bytes())
    heap = data.find(b"GCOL")
    data[heap + 16 : heap + 32] = bytes(16)
    path.write_bytes(data)
    return path


@hostile("damaged")
def heap_beyond_the_end_h5(folder: Path) -> Path:
    path = write_h5(folder)
    data = bytearray(path.read_bytes())
    heap = data.find(b"GCOL")
    data[heap + 8 : heap + 16] = struct.pack("<Q", 2**40)
    path.write_bytes(data)
    return path


@hostile("not built the way")
def config_that_is_numbers_h5(folder: Path) -> Path:
    def change(file: h5py.File) -> None:
        file.attrs["model_config"] = [1, 2, 3]

    return write_h5(folder, change=change)


@hostile("not built the way")
def config_that_is_many_texts_h5(folder: Path) -> Path:
    def change(file: h5py.File) -> None:
        file.attrs["model_config"] = ["{}", "{}"]

    return write_h5(folder, change=change)


@hostile("holds no weights")
def network_without_weights_h5(folder: Path) -> Path:
    path = folder / "network.h5"
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(unqualified(sequential(conv())))
    return path


@hostile("not one that Keras wrote")
def data_of_something_else_h5(folder: Path) -> Path:
    path = folder / "measurements.h5"
    with h5py.File(path, "w") as file:
        file["temperature"] = np.ones(100)
    return path


@hostile("describes a network of 112 numbers, but holds 4")
def weights_that_are_missing_h5(folder: Path) -> Path:
    return write_h5(folder, arrays={"model_weights/conv/bias": np.zeros(4, "f4")})


@hostile("damaged")
def weights_that_are_not_hdf5(folder: Path) -> Path:
    return write_keras(folder, data=b"\x80\x04\x95 pickled")


@hostile("damaged")
def cut_weights(folder: Path) -> Path:
    return write_keras(folder, data=weights()[:1500])


@hostile("damaged")
def cut_h5(folder: Path) -> Path:
    path = write_h5(folder)
    path.write_bytes(path.read_bytes()[:-500])
    return path


@hostile("damaged")
def cut_keras(folder: Path) -> Path:
    path = write_keras(folder)
    path.write_bytes(path.read_bytes()[:-500])
    return path


@hostile("damaged")
def text_called_h5(folder: Path) -> Path:
    path = folder / "network.h5"
    path.write_text("<html>404 Not Found</html>")
    return path


@hostile("though its name ends in .keras")
def h5_called_keras(folder: Path) -> Path:
    return write_h5(folder).rename(folder / "network.keras")


@hostile("damaged")
def keras_called_h5(folder: Path) -> Path:
    return write_keras(folder).rename(folder / "network.h5")


@hostile("is not the description of a network")
def json_of_something_else(folder: Path) -> Path:
    path = folder / "settings.json"
    path.write_text('{"a": 1}')
    return path


@hostile("holds a program")
def json_with_a_program(folder: Path) -> Path:
    path = folder / "network.json"
    path.write_text(json.dumps(sequential(layer("Lambda", function=CODE))))
    return path

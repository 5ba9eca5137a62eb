"""The Keras half: build EfficientNet-Lite0, fill it, and save it so that equal weights give equal bytes."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import keras
import numpy as np

Arrays = Mapping[str, np.ndarray]


class Stage(NamedTuple):
    """One row of the architecture: `repeats` blocks, of which only the first strides and widens."""

    kernel: int
    repeats: int
    filters_in: int
    filters_out: int
    expand: int
    stride: int


STAGES = (
    Stage(3, 1, 32, 16, 1, 1),
    Stage(3, 2, 16, 24, 6, 2),
    Stage(5, 2, 24, 40, 6, 2),
    Stage(3, 3, 40, 80, 6, 2),
    Stage(5, 3, 80, 112, 6, 1),
    Stage(5, 4, 112, 192, 6, 2),
    Stage(3, 1, 192, 320, 6, 1),
)
BLOCK_NAMES = tuple(
    f"block{number}{'abcd'[repeat]}_" for number, stage in enumerate(STAGES, 1) for repeat in range(stage.repeats)
)
# The day the weights were published. The time of the conversion would make every run a different file.
DATE_SAVED = "2020-06-20@00:00:00"


def build() -> keras.Model:
    """Build the network with untrained weights.

    Layers are named as in keras.applications' EfficientNet. The input is RGB in 0..255, of any size
    (224 x 224 nominal); the output is the softmax over 1000 classes.
    """
    layers = keras.layers
    # No fixed size: the application shows pictures in their own.
    inputs = keras.Input((None, None, 3), name="input")
    x = layers.Rescaling(1 / 128, offset=-127 / 128, name="rescaling")(inputs)
    x = layers.Conv2D(32, 3, strides=2, padding="same", use_bias=False, name="stem_conv")(x)
    x = _normalise_and_rectify(x, "stem_")
    names = iter(BLOCK_NAMES)
    for stage in STAGES:
        for repeat in range(stage.repeats):
            first = repeat == 0
            x = _block(
                x,
                prefix=next(names),
                kernel=stage.kernel,
                filters_in=stage.filters_in if first else stage.filters_out,
                filters_out=stage.filters_out,
                expand=stage.expand,
                stride=stage.stride if first else 1,
            )
    x = layers.Conv2D(1280, 1, padding="same", use_bias=False, name="top_conv")(x)
    x = _normalise_and_rectify(x, "top_")
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    outputs = layers.Dense(1000, activation="softmax", name="predictions")(x)
    return keras.Model(inputs, outputs, name="efficientnet-lite0")


def _block(
    x: keras.KerasTensor,
    *,
    prefix: str,
    kernel: int,
    filters_in: int,
    filters_out: int,
    expand: int,
    stride: int,
) -> keras.KerasTensor:
    """Add one inverted residual block: widen, convolve each channel, narrow, add the input where it fits."""
    layers = keras.layers
    shortcut = x
    if expand != 1:
        wide = filters_in * expand
        x = layers.Conv2D(wide, 1, padding="same", use_bias=False, name=f"{prefix}expand_conv")(x)
        x = _normalise_and_rectify(x, f"{prefix}expand_")
    x = layers.DepthwiseConv2D(kernel, strides=stride, padding="same", use_bias=False, name=f"{prefix}dwconv")(x)
    x = _normalise_and_rectify(x, prefix)
    x = layers.Conv2D(filters_out, 1, padding="same", use_bias=False, name=f"{prefix}project_conv")(x)
    x = layers.BatchNormalization(epsilon=1e-3, name=f"{prefix}project_bn")(x)
    if stride == 1 and filters_in == filters_out:
        x = layers.Add(name=f"{prefix}add")([x, shortcut])
    return x


def _normalise_and_rectify(x: keras.KerasTensor, prefix: str) -> keras.KerasTensor:
    x = keras.layers.BatchNormalization(epsilon=1e-3, name=f"{prefix}bn")(x)
    return keras.layers.ReLU(max_value=6.0, name=f"{prefix}activation")(x)


def fill(model: keras.Model, arrays: Arrays) -> None:
    """Give the network its weights.

    Args:
        model: What `build` returned.
        arrays: The original arrays under their PyTorch names.

    Raises:
        ValueError: An array was left over, or a layer with weights got none.
    """
    weights = dict(_keras_weights(arrays))
    used = sum(len(values) for values in weights.values())
    needing = {layer.name for layer in model.layers if layer.weights}
    if needing != set(weights) or used != len(arrays):
        raise ValueError(
            "Expected every original array to have one place in the network, and every layer its arrays. "
            f"Received: {len(arrays)} arrays of which {used} were used, "
            f"and a difference in layers of {sorted(needing ^ set(weights))}"
        )
    for name, values in weights.items():
        model.get_layer(name).set_weights(values)


def _keras_weights(arrays: Arrays) -> list[tuple[str, list[np.ndarray]]]:
    """Pair every Keras layer with its arrays, in the layout and order that Keras expects."""

    def conv(name: str, origin: str) -> tuple[str, list[np.ndarray]]:
        return name, [arrays[f"{origin}.weight"].transpose(2, 3, 1, 0)]

    def norm(name: str, origin: str) -> tuple[str, list[np.ndarray]]:
        return name, [arrays[f"{origin}.{part}"] for part in ("weight", "bias", "running_mean", "running_var")]

    pairs = [conv("stem_conv", "_conv_stem"), norm("stem_bn", "_bn0")]
    for index, prefix in enumerate(BLOCK_NAMES):
        origin = f"_blocks.{index}."
        if f"{origin}_expand_conv.weight" in arrays:  # the first block does not widen
            pairs.append(conv(f"{prefix}expand_conv", f"{origin}_expand_conv"))
            pairs.append(norm(f"{prefix}expand_bn", f"{origin}_bn0"))
        depthwise = arrays[f"{origin}_depthwise_conv.weight"].transpose(2, 3, 0, 1)
        pairs.append((f"{prefix}dwconv", [depthwise]))
        pairs.append(norm(f"{prefix}bn", f"{origin}_bn1"))
        pairs.append(conv(f"{prefix}project_conv", f"{origin}_project_conv"))
        pairs.append(norm(f"{prefix}project_bn", f"{origin}_bn2"))
    pairs += [conv("top_conv", "_conv_head"), norm("top_bn", "_bn1")]
    pairs.append(("predictions", [arrays["_fc.weight"].T, arrays["_fc.bias"]]))
    return pairs


def save(model: keras.Model, path: Path) -> None:
    """Save the network as a `.keras` file whose bytes depend on nothing but the network and Keras' version.

    Args:
        model: The network.
        path: The file to write; its name ends in `.keras`.
    """
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in sorted(archive.namelist())}
    metadata = json.loads(members["metadata.json"])
    members["metadata.json"] = json.dumps(metadata | {"date_saved": DATE_SAVED}).encode()
    members["config.json"] = _renumber_shared_objects(members["config.json"].decode()).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # Unix, whatever the converting machine runs
            entry.external_attr = 0o644 << 16
            # Stored, as Keras does it: compression would save 7 % and depend on the zlib at hand.
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    path.write_bytes(buffer.getvalue())


def _renumber_shared_objects(config: str) -> str:
    """Number shared objects from 0 in the order they appear; Keras numbers them by their address in memory."""
    numbers: dict[str, int] = {}
    return re.sub(
        r'(?<="shared_object_id": )\d+',
        lambda match: str(numbers.setdefault(match[0], len(numbers))),
        config,
    )

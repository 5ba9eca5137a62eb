"""Makes the networks of `odd_networks`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from keras import layers, ops

if TYPE_CHECKING:
    from collections.abc import Callable

CLASSES = Path(__file__).with_name("odd_classes.py")
SIZE = (32, 40)
"""(height, width) that is fed where any size is taken; not square, that no axis is taken for another."""


def own(name: str) -> Any:  # noqa: ANN401
    """A class of `CLASSES`, not registered with Keras."""
    from cnnviz_gui.engine.custom_classes import load_classes

    return load_classes(str(CLASSES))[name]


def sequential() -> keras.Model:
    return keras.Sequential(
        [
            layers.Input((None, None, 3)),
            layers.Conv2D(5, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(20, 3, strides=2, padding="same", activation="gelu"),
            layers.GlobalMaxPooling2D(),
            layers.Dense(4, activation="softmax"),
        ]
    )


def sequential_without_input() -> keras.Model:
    model = keras.Sequential([layers.Conv2D(5, 3, activation="relu"), layers.Flatten(), layers.Dense(3)])
    model.build((None, *SIZE, 3))
    return model


def nested() -> keras.Model:
    core = keras.Sequential(
        [layers.Input((None, None, 4)), layers.Conv2D(4, 3, padding="same", name="conv")], name="core"
    )
    middle_input = layers.Input((None, None, 4))
    added = layers.Add(name="add")([layers.ReLU(name="relu")(core(middle_input)), middle_input])
    middle = keras.Model(middle_input, added, name="middle")
    outer = keras.Sequential([layers.Input((None, None, 8)), layers.Conv2D(4, 1, name="conv"), middle], name="outer")
    picture = layers.Input((None, None, 3))
    return keras.Model(picture, outer(layers.Conv2D(8, 3, name="conv")(picture)))


def shared() -> keras.Model:
    picture = layers.Input((None, None, 3))
    conv, tower = layers.Conv2D(3, 3, padding="same", name="conv"), keras.Sequential(name="tower")
    tower.add(layers.Input((None, None, 3)))
    tower.add(layers.Conv2D(3, 1, activation="tanh", name="mix"))
    return keras.Model(picture, [tower(conv(conv(picture))), tower(conv(picture))])


def several_outputs_of_a_layer() -> keras.Model:
    picture = layers.Input((*SIZE, 3))
    rows = layers.Reshape((SIZE[0], SIZE[1] * 3))(picture)
    sequence, hidden, cell = layers.LSTM(6, return_sequences=True, return_state=True, name="lstm")(rows)
    attended, scores = layers.MultiHeadAttention(2, 4, name="attention")(
        sequence, sequence, return_attention_scores=True
    )
    left, right = ops.split(picture, 2, axis=2)
    mixed = layers.Conv2D(4, 3, name="conv")(left - right)
    joined = layers.Concatenate(name="joined")([hidden, cell, layers.GlobalMaxPooling1D()(attended)])
    return keras.Model(picture, [joined, mixed, scores])


def structured() -> keras.Model:
    given = {"picture": layers.Input((None, None, 3), name="picture"), "age": layers.Input((2,), name="age")}
    maps = layers.Conv2D(6, 3, activation="relu", name="conv")(given["picture"])
    vector = layers.Concatenate(name="joined")([layers.GlobalAveragePooling2D(name="pool")(maps), given["age"]])
    return keras.Model(given, {"maps": maps, "pair": [layers.Dense(2, name="one")(vector), vector]})


def bare_operations() -> keras.Model:
    picture = layers.Input((None, None, 3))
    scaled = (picture / 127.5 - 1.0)[..., ::-1]
    maps = ops.relu(layers.Conv2D(6, 3, name="conv")(scaled)) ** 2
    mean = ops.mean(maps, axis=(1, 2), keepdims=True)
    return keras.Model(picture, ops.concatenate([maps * ops.sigmoid(mean), ops.sqrt(maps + 1.0)], axis=-1))


def picture_and_vectors() -> keras.Model:
    age = layers.Input((2,), name="age")
    words = layers.Input((7,), dtype="int32", name="words")
    picture = layers.Input((None, None, 3), name="photo")
    maps = layers.Conv2D(6, 3, activation="relu", name="conv")(picture)
    vector = layers.Concatenate(name="joined")(
        [
            layers.Dense(3, activation="relu", name="dense")(age),
            layers.Flatten(name="flat")(layers.Embedding(10, 2, name="embedding")(words)),
            layers.GlobalAveragePooling2D(name="pool")(maps),
        ]
    )
    return keras.Model(
        [age, words, picture], [layers.Dense(2, name="one")(vector), layers.Dense(1, name="two")(vector)]
    )


def siamese() -> keras.Model:
    tower = keras.Sequential(
        [layers.Input((None, None, 3)), layers.Conv2D(6, 3, name="conv"), layers.GlobalAveragePooling2D(name="pool")],
        name="tower",
    )
    left, right = layers.Input((None, None, 3), name="left"), layers.Input((None, None, 3), name="right")
    return keras.Model([left, right], layers.Dense(1, name="same")(ops.abs(tower(left) - tower(right))))


def depth_and_colour() -> keras.Model:
    depth, colour = layers.Input((24, 24, 7), name="depth"), layers.Input((None, None, 3), name="colour")
    a, b = layers.GlobalMaxPooling2D(name="a")(depth), layers.GlobalMaxPooling2D(name="b")(colour)
    return keras.Model([depth, colour], layers.Concatenate(name="both")([a, b]))


def channels(count: int, size: tuple[int | None, int | None] = (None, None)) -> Callable[[], keras.Model]:
    def build() -> keras.Model:
        return keras.Sequential(
            [
                layers.Input((*size, count)),
                layers.Conv2D(4, 3, activation="relu", name="conv"),
                layers.BatchNormalization(name="norm"),
                layers.GlobalAveragePooling2D(name="pool"),
            ]
        )

    return build


def grey_without_channels() -> keras.Model:
    return keras.Sequential(
        [
            layers.Input((28, 28)),
            layers.Rescaling(1 / 255, name="scale"),
            layers.Reshape((28, 28, 1), name="maps"),
            layers.Conv2D(4, 3, activation="relu", name="conv"),
            layers.Flatten(name="flat"),
            layers.Dense(10, name="scores"),
        ]
    )


def grey_row() -> keras.Model:
    return keras.Sequential(
        [layers.Input((784,)), layers.Reshape((28, 28, 1), name="maps"), layers.Conv2D(4, 3, name="conv")]
    )


def bytes_in_batches_of_four() -> keras.Model:
    picture = layers.Input((None, None, 3), batch_size=4, dtype="uint8", name="bytes")
    return keras.Model(picture, layers.Conv2D(4, 3, name="conv")(layers.Rescaling(1 / 255, name="scale")(picture)))


def fused() -> keras.Model:
    picture = layers.Input((None, None, 3))
    x = layers.Conv2D(6, 3, activation="relu", name="by_name")(picture)
    x = layers.DepthwiseConv2D(3, activation="silu", depth_multiplier=2, name="depthwise")(x)
    x = layers.SeparableConv2D(8, 3, activation=layers.LeakyReLU(negative_slope=0.3), name="by_layer")(x)
    x = layers.Conv2DTranspose(4, 2, strides=2, activation="tanh", name="transposed")(x)
    x = layers.Conv2D(5, 1, activation=keras.activations.hard_silu, name="by_function")(x)
    return keras.Model(picture, layers.Dense(3, activation="softmax", name="dense")(layers.GlobalMaxPooling2D()(x)))


def fused_own() -> keras.Model:
    return keras.Sequential(
        [layers.Input((None, None, 3)), layers.Conv2D(6, 3, activation=own("steep"), name="conv")]
    )


def ranks() -> keras.Model:
    picture = layers.Input((*SIZE, 3))
    film = layers.Reshape((4, 8, 40, 3), name="film")(picture)
    deep = layers.Conv3D(5, 3, activation="relu", name="conv3d")(film)
    rows = layers.TimeDistributed(layers.GlobalAveragePooling2D(), name="rows")(deep)
    sequence = layers.Conv1D(7, 2, name="conv1d")(rows)
    vector = layers.Flatten(name="flat")(sequence)
    one = layers.Reshape((1, 1, 7), name="one_position")(layers.GlobalMaxPooling1D(name="pool")(sequence))
    two = layers.Conv2D(2, 3, name="two")(picture)
    many = layers.Conv2D(2048, 1, name="many")(layers.AveragePooling2D(8, name="small")(picture))
    scalar = ops.mean(two, axis=(1, 2, 3))
    return keras.Model(picture, [vector, one, many, scalar])


def not_floats() -> keras.Model:
    picture = layers.Input((None, None, 3))
    maps = layers.Conv2D(4, 3, name="conv")(picture)
    label = layers.StringLookup(vocabulary=["cat", "dog", "emu"], invert=True, name="words")
    index = ops.argmax(layers.GlobalAveragePooling2D(name="pool")(maps), axis=-1)
    return keras.Model(picture, [ops.argmax(maps, axis=-1), maps > 0, label(ops.expand_dims(index, 1))])


def transformer() -> keras.Model:
    picture = layers.Input((32, 48, 3))
    x = layers.Conv2D(8, 8, strides=8, name="patches")(picture)
    x = layers.Reshape((-1, 8), name="tokens")(x)
    first = layers.Dense(8, name="first")(layers.Reshape((1, 8), name="a_token")(layers.GlobalMaxPooling1D()(x)))
    x = layers.Concatenate(axis=1, name="with_class")([first, x])
    y = layers.MultiHeadAttention(2, 4, name="attention")(x, x)
    x = layers.LayerNormalization(name="norm")(layers.Add(name="add")([x, y]))
    return keras.Model(picture, layers.Dense(3, name="scores")(x[:, 0]))


def film() -> keras.Model:
    return keras.Sequential(
        [
            layers.Input((6, None, None, 3), name="film"),
            layers.Conv3D(4, 3, activation="relu", name="conv"),
            layers.TimeDistributed(layers.Conv2D(5, 1), name="each"),
            layers.GlobalAveragePooling3D(name="pool"),
        ]
    )


def mixed(policy: str) -> Callable[[], keras.Model]:
    def build() -> keras.Model:
        before = keras.config.dtype_policy()
        keras.config.set_dtype_policy(policy)
        try:
            return keras.Sequential(
                [
                    layers.Input((None, None, 3)),
                    layers.Rescaling(1 / 255, name="scale"),
                    layers.Conv2D(6, 3, activation="relu", name="conv"),
                    layers.BatchNormalization(name="norm"),
                    layers.GlobalAveragePooling2D(name="pool"),
                    layers.Dense(3, dtype="float32", activation="softmax", name="scores"),
                ]
            )
        finally:
            keras.config.set_dtype_policy(before)

    return build


def own_layers() -> keras.Model:
    picture = layers.Input((None, None, 3))
    x = layers.Conv2D(6, 3, name="conv")(picture)
    x = own("Residual")(6, name="block")(x)
    return keras.Model(picture, own("Opaque")(4, name="closed")(x))


def own_model() -> keras.Model:
    model = own("Traceable")(name="mine")
    model(np.zeros((1, *SIZE, 3), np.float32))
    return model

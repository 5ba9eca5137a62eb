"""Legitimate odd networks: what people have beside a plain functional network for colour pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
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

Fed = dict[str, np.ndarray]


def only_picture(fed: Fed) -> Any:  # noqa: ANN401
    """What a network with one input is called on."""
    return fed["picture"]


@dataclass(frozen=True)
class Odd:
    """An odd network.

    Args:
        build: Makes it.
        inputs: From the picture as fed, (1, H, W, C), to what Keras is called on.
        size: (height, width) of the picture.
        channels: Of its picture.
        formats: What Keras can save it as and read again; .h5 holds no bare operations.
        classes: Whether it needs `CLASSES`.
        twin: A network that computes the same with the channels last, from the network; where Keras cannot be held
            against it.
        notes: Parts of what is said about it, in their order.
        tokens: (rows, columns, tokens in front) of the sequences that were maps, by layer.
        maps: Layers whose output is a map without an axis for channels.
        inserted: Layers that are shown and are not the network's own.
        text: Layers whose output is text.
        tolerance: Relative to a layer's largest value.
    """

    build: Callable[[], keras.Model]
    inputs: Callable[[Fed], Any] = only_picture
    size: tuple[int, int] = SIZE
    channels: int = 3
    formats: tuple[str, ...] = ("keras", "h5")
    classes: bool = False
    twin: Callable[[keras.Model], keras.Model] | None = None
    notes: tuple[str, ...] = ()
    tokens: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    maps: frozenset[str] = frozenset()
    inserted: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()
    tolerance: float = 1e-5


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


def first_or_last(order: str) -> keras.Model:
    """A network with its channels first or last; the same but for that, weights and names included."""
    axis = 1 if order == "channels_first" else -1
    shape = (3, *SIZE) if axis == 1 else (*SIZE, 3)
    shared_axes = [2, 3] if axis == 1 else [1, 2]
    with_order = {"data_format": order}
    picture = layers.Input(shape, name="picture")
    x = layers.Rescaling(1 / 127.5, offset=-1.0, name="scale")(picture)
    x = layers.ZeroPadding2D(1, name="pad", **with_order)(x)
    x = layers.Conv2D(8, 3, strides=2, name="conv", **with_order)(x)
    x = layers.BatchNormalization(axis=axis, name="norm")(x)
    x = layers.Activation("relu", name="relu")(x)
    y = layers.DepthwiseConv2D(3, padding="same", activation="relu6", name="depthwise", **with_order)(x)
    y = layers.SeparableConv2D(8, 3, padding="same", name="separable", **with_order)(y)
    y = layers.PReLU(shared_axes=shared_axes, alpha_initializer="random_uniform", name="prelu")(y)
    weight = layers.GlobalAveragePooling2D(keepdims=True, name="squeeze", **with_order)(y)
    weight = layers.Conv2D(8, 1, activation="sigmoid", name="excite", **with_order)(weight)
    x = layers.Add(name="add")([x, layers.Multiply(name="multiply")([y, weight])])
    pooled = layers.MaxPooling2D(2, name="max", **with_order)(x)
    average = layers.AveragePooling2D(2, name="average", **with_order)(x)
    x = layers.Concatenate(axis=axis, name="joined")([pooled, average])
    x = layers.UpSampling2D(name="up", **with_order)(x)
    x = layers.Cropping2D(((1, 0), (0, 1)), name="crop", **with_order)(x)
    x = layers.Conv2DTranspose(4, 3, strides=2, name="transposed", **with_order)(x)
    x = layers.LayerNormalization(axis=axis, name="layer_norm")(x)
    x = layers.Dropout(0.3, name="dropout")(x)
    top = layers.GlobalMaxPooling2D(name="top", **with_order)(x)
    small = layers.AveragePooling2D(8, name="small", **with_order)(x)
    if axis != 1:
        small = layers.Permute((3, 1, 2), name="order")(small)
    flat = layers.Flatten(name="flat")(small)
    return keras.Model(picture, layers.Dense(5, name="scores")(layers.Concatenate(name="both")([top, flat])))


def last_of_first(model: keras.Model) -> keras.Model:
    """The channels-last twin of `first_or_last`, with its weights."""
    twin = first_or_last("channels_last")
    for layer in model.layers:
        weights = layer.get_weights()
        if layer.name == "prelu":
            weights = [np.moveaxis(weights[0], 0, -1)]
        twin.get_layer(layer.name).set_weights(weights)
    return twin


def moved_by_hand(order: str) -> keras.Model:
    """A picture with its channels last that the network itself moves to the front for one layer."""
    picture = layers.Input((None, None, 3), name="picture")
    x = layers.Conv2D(4, 3, name="before")(picture)
    if order == "channels_first":
        x = layers.Permute((3, 1, 2), name="to_front")(x)
    return keras.Model(picture, layers.MaxPooling2D(name="pool", data_format=order)(x))


def moved_by_hand_last(model: keras.Model) -> keras.Model:
    """`moved_by_hand` with the layer itself taken for a channels-last one, and shown like that."""
    twin = moved_by_hand("channels_last")
    twin.get_layer("before").set_weights(model.get_layer("before").get_weights())
    return twin


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


def zeros(*shape: int, kind: str = "float32") -> np.ndarray:
    return np.zeros((1, *shape), kind)


ODD_NETWORKS: dict[str, Odd] = {
    "sequential": Odd(sequential),
    "sequential without input": Odd(sequential_without_input, notes=("32 x 40 only",)),
    "nested": Odd(nested),
    "shared": Odd(shared),
    "several outputs of a layer": Odd(several_outputs_of_a_layer, formats=("keras",), notes=("32 x 40 only",)),
    "structured": Odd(
        structured,
        lambda fed: {"picture": fed["picture"], "age": zeros(2)},
        notes=("goes to the input picture", "input age (2) is fed zeros"),
    ),
    "bare operations": Odd(bare_operations, formats=("keras",)),
    "picture and vectors": Odd(
        picture_and_vectors,
        lambda fed: [zeros(2), zeros(7, kind="int32"), fed["picture"]],
        notes=("goes to the input photo", "age (2) is fed zeros", "words (7) is fed zeros"),
    ),
    "siamese": Odd(
        siamese,
        formats=("keras",),
        inputs=lambda fed: [fed["picture"], fed.get("right", zeros(*SIZE, 3))],
        notes=("goes to the input left", "input right may take a picture of its own"),
    ),
    "depth and colour": Odd(
        depth_and_colour,
        lambda fed: [fed.get("depth", zeros(24, 24, 7)), fed["picture"]],
        notes=("goes to the input colour", "input depth may take a picture"),
    ),
    "one channel": Odd(channels(1), channels=1, notes=("turned to grey",)),
    "two channels": Odd(channels(2), channels=2, notes=("two channels",)),
    "four channels": Odd(channels(4), channels=4, notes=("takes 4 channels",)),
    "six channels": Odd(channels(6), channels=6, notes=("takes 6 channels",)),
    "fixed size": Odd(channels(3, (20, 30)), size=(20, 30), notes=("20 x 30 only",)),
    "fixed height": Odd(channels(3, (20, None)), size=(20, 50), notes=("20 pixels high, of any width",)),
    "fixed width": Odd(channels(3, (None, 30)), size=(50, 30), notes=("30 pixels wide, of any height",)),
    "grey without channels": Odd(
        grey_without_channels,
        lambda fed: fed["picture"][..., 0],
        size=(28, 28),
        channels=1,
        notes=("turned to grey", "28 x 28 only"),
        maps=frozenset({"scale"}),
        inserted=frozenset({"*_reshape"}),
    ),
    "grey row": Odd(
        grey_row,
        lambda fed: fed["picture"].reshape(1, 784),
        size=(28, 28),
        channels=1,
        notes=("turned to grey", "28 x 28 only"),
        inserted=frozenset({"*_reshape"}),
    ),
    "bytes in batches of four": Odd(
        bytes_in_batches_of_four, lambda fed: np.repeat(fed["picture"].astype(np.uint8), 4, axis=0)
    ),
    "fused": Odd(fused),
    "fused own": Odd(fused_own, classes=True),
    "channels first": Odd(
        lambda: first_or_last("channels_first"),
        twin=last_of_first,
        notes=("32 x 40 only", "made with the channels first"),
        inserted=frozenset({"small_channels_first"}),
        tolerance=1e-4,
    ),
    "moved by hand": Odd(
        lambda: moved_by_hand("channels_first"),
        twin=moved_by_hand_last,
        notes=("made with the channels first",),
        inserted=frozenset({"to_front", "to_front_channels_last"}),
    ),
    "ranks": Odd(ranks, formats=("keras",), notes=("32 x 40 only",)),
    "not floats": Odd(not_floats, formats=("keras",), maps=frozenset({"argmax*"}), text=frozenset({"words"})),
    "transformer": Odd(
        transformer,
        formats=("keras",),
        size=(32, 48),
        notes=("32 x 48 only",),
        tokens={
            "tokens": (4, 6, 0),
            "with_class": (4, 6, 1),
            "attention": (4, 6, 1),
            "add": (4, 6, 1),
            "norm": (4, 6, 1),
        },
    ),
    "film": Odd(
        film,
        lambda fed: np.repeat(fed["picture"][:, None], 6, axis=1),
        notes=("takes 6 pictures",),
        inserted=frozenset({"film_film"}),
    ),
    "mixed float16": Odd(mixed("mixed_float16"), notes=("computes in float16",), tolerance=2e-3),
    "mixed bfloat16": Odd(mixed("mixed_bfloat16"), notes=("computes in bfloat16",), tolerance=2e-2),
    "own layers": Odd(own_layers, classes=True, notes=("layers inside closed cannot be shown",)),
    "own model": Odd(own_model, classes=True, formats=("keras",)),
}

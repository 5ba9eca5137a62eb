"""Networks with the channels first, and the same with the channels last."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from odd_builders import SIZE, own


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


def first_or_last_rarely(order: str) -> keras.Model:
    """What is rare in a network with its channels first: three ranks, own functions, layers that cannot be moved."""
    axis = 1 if order == "channels_first" else -1
    shape = (3, *SIZE) if axis == 1 else (*SIZE, 3)
    with_order = {"data_format": order}
    picture = layers.Input(shape, name="picture")
    x = layers.Normalization(axis=axis, mean=[1.0, 2.0, 3.0], variance=[4.0, 5.0, 6.0], name="normal")(picture)
    x = layers.Conv2D(4, 3, activation=own("steep"), name="steep", **with_order)(x)
    x = layers.GroupNormalization(2, axis=axis, name="groups")(x)
    shared = layers.Conv2D(4, 3, padding="same", activation=layers.LeakyReLU(), name="shared", **with_order)
    x = shared(shared(x))
    x = layers.Conv2D(6, 1, groups=2, dilation_rate=1, name="grouped", **with_order)(x)
    x = layers.Softmax(axis=axis, name="softmax")(x)
    inner_input = layers.Input((6, None, None) if axis == 1 else (None, None, 6), name="inner_input")
    inner = keras.Model(inner_input, layers.Conv2D(2, 3, name="conv", **with_order)(inner_input), name="inner")
    x = inner(x)
    mean = layers.GlobalAveragePooling2D(name="mean", **with_order)(x)
    signal = layers.Reshape((1, 2) if axis != 1 else (2, 1), name=f"signal_{order}")(mean)
    signal = layers.Conv1D(3, 1, name="conv1d", **with_order)(signal)
    return keras.Model(picture, [x, layers.GlobalMaxPooling1D(name="top", **with_order)(signal)])


def last_of_first_rarely(model: keras.Model) -> keras.Model:
    """The channels-last twin of `first_or_last_rarely`, with its weights."""
    twin = first_or_last_rarely("channels_last")
    twin.set_weights(model.get_weights())
    return twin

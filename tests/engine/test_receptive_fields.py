"""What a position is said to see is what moves it: the support of the gradient."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import keras
    from engine_cases import Case

    from cnnviz_gui.core.network import Reach


def support(model: keras.Model, layer: str, position: tuple[int, int], size: tuple[int, int]) -> tuple[set, set]:
    """Rows and columns of a picture that one position of a layer depends on, found by differentiation."""
    import keras
    import tensorflow as tf

    network = keras.Model(model.inputs, model.get_layer(layer).output)
    seen = np.zeros(size, bool)
    rng = np.random.default_rng(0)
    # Where a ReLU is off or another pixel is a pool's maximum, one picture shows less than there is to see.
    for _ in range(3):
        picture = tf.constant(rng.uniform(0, 255, (1, *size, model.inputs[0].shape[-1])), tf.float32)
        with tf.GradientTape() as tape:
            tape.watch(picture)
            values = network(picture, training=False)[0, position[0], position[1]]
            # Weights of their own, so that nothing cancels out.
            total = tf.reduce_sum(values * tf.constant(rng.uniform(0.5, 1.5, values.shape), tf.float32))
        seen |= (tape.gradient(total, picture).numpy()[0] != 0).any(axis=-1)
    return set(np.flatnonzero(seen.any(axis=1)).tolist()), set(np.flatnonzero(seen.any(axis=0)).tolist())


def said(reach: Reach, index: int, length: int) -> tuple[int, int]:
    """First and last pixel that a position is said to see, inside the picture."""
    first = reach.start + index * reach.jump
    return max(int(first), 0), min(int(first + reach.size), length) - 1


def check(case: Case, layer: str, position: tuple[int, int], size: tuple[int, int]) -> None:
    field = case.network.layer(layer).receptive_field
    assert field is not None
    rows, columns = support(case.model, layer, position, size)
    assert (min(rows), max(rows)) == said(field.rows, position[0], size[0])
    assert (min(columns), max(columns)) == said(field.columns, position[1], size[1])


@pytest.mark.parametrize(
    ("layer", "position"),
    [
        ("stem_conv", (40, 20)),
        ("block1a_dwconv", (0, 0)),
        ("block2a_dwconv", (20, 30)),
        ("block2b_add", (28, 3)),
        ("block3a_project_bn", (14, 13)),
        ("block4a_project_bn", (7, 6)),
    ],
)
def test_positions_of_efficientnet_lite0_see_what_they_are_said_to(
    lite0: Case, layer: str, position: tuple[int, int]
) -> None:
    check(lite0, layer, position, (224, 224))


@pytest.mark.parametrize(
    ("layer", "position"),
    [
        ("conv1_conv", (30, 20)),
        ("pool1_pool", (20, 10)),
        ("conv2_block1_2_conv", (20, 21)),
        ("conv2_block3_out", (25, 20)),
        ("conv3_block1_1_conv", (10, 12)),
    ],
)
def test_positions_of_resnet50_see_what_they_are_said_to(
    resnet50: Case, layer: str, position: tuple[int, int]
) -> None:
    check(resnet50, layer, position, (160, 160))


def test_every_kind_of_window_is_followed(small: Callable[..., Case]) -> None:
    import keras

    layers = keras.layers
    case = small(
        [
            layers.Input((None, None, 2)),
            layers.Conv2D(4, (3, 5), padding="same", name="oblong"),
            layers.LeakyReLU(name="leaky"),
            layers.ZeroPadding2D(((2, 1), (0, 3)), name="padded"),
            layers.AveragePooling2D((2, 3), strides=(2, 1), name="pooled"),
            layers.DepthwiseConv2D(3, dilation_rate=2, name="dilated"),
            layers.BatchNormalization(name="norm"),
            layers.Cropping2D(((1, 0), (2, 1)), name="cropped"),
            layers.SeparableConv2D(3, 3, strides=2, name="separable"),
            layers.MaxPooling2D(2, name="halved"),
        ]
    )
    for layer in ("oblong", "leaky", "padded", "pooled", "dilated", "norm", "cropped", "separable", "halved"):
        check(case, layer, (2, 2), (48, 40))
    assert case.network.layer("oblong").receptive_field is not None


@pytest.mark.parametrize("kind", ["GroupNormalization", "LayerNormalization", "UnitNormalization", "Softmax"])
def test_where_a_position_sees_the_whole_picture_nothing_narrower_is_said(
    small: Callable[..., Case], kind: str
) -> None:
    import keras

    layers = keras.layers
    options = {"groups": 2} if kind == "GroupNormalization" else {"axis": [1, 2]}
    case = small(
        [
            layers.Input((16, 16, 4)),
            layers.Conv2D(4, 3, padding="same", name="conv"),
            layers.Rescaling(0.01, name="smaller"),
            getattr(layers, kind)(**options, name="norm"),
            layers.Conv2D(4, 3, padding="same", name="after"),
        ]
    )
    rows, columns = support(case.model, "norm", (3, 3), (16, 16))
    assert rows == columns == set(range(16))
    assert case.network.layer("norm").receptive_field is None
    assert case.network.layer("after").receptive_field is None


@pytest.mark.parametrize("kind", ["LayerNormalization", "UnitNormalization", "Softmax"])
def test_normalising_along_the_channels_sees_no_further(small: Callable[..., Case], kind: str) -> None:
    import keras

    layers = keras.layers
    case = small(
        [
            layers.Input((16, 16, 4)),
            layers.Conv2D(4, 3, padding="same", name="conv"),
            layers.Rescaling(0.01, name="smaller"),
            getattr(layers, kind)(name="norm"),
        ]
    )
    check(case, "norm", (3, 4), (16, 16))


def test_a_vector_has_no_receptive_field(lite0: Case) -> None:
    assert lite0.network.layer("predictions").receptive_field is None

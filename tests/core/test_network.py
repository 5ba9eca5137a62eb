"""Layers are found under today's names and under the tutorial's."""

from __future__ import annotations

import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import Layer, LayerKind, Network, NetworkSource, modern_layer_name

RESNET50_STAGES = {2: 3, 3: 4, 4: 6, 5: 3}


def old_and_new_names() -> list[tuple[str, str]]:
    """Every layer with weights of Keras' first ResNet50, with its name in keras.applications today."""
    names = [("conv1", "conv1_conv"), ("bn_conv1", "conv1_bn"), ("fc1000", "predictions")]
    for stage, count in RESNET50_STAGES.items():
        for block in range(1, count + 1):
            letter = "_abcdef"[block]
            branches = {"2a": 1, "2b": 2, "2c": 3}
            if block == 1:
                branches["1"] = 0
            for branch, number in branches.items():
                names.append((f"res{stage}{letter}_branch{branch}", f"conv{stage}_block{block}_{number}_conv"))
                names.append((f"bn{stage}{letter}_branch{branch}", f"conv{stage}_block{block}_{number}_bn"))
    return names


def network(*names: str) -> Network:
    layers = tuple(Layer(name, "Conv2D", (None, None, 8), 10, "float32") for name in names)
    source = NetworkSource("mine.keras")
    return Network(source, "mine", "0" * 64, layers, None, (224, 224), 3, "none", "", (), 10, names[0])


@pytest.mark.parametrize(("old", "new"), old_and_new_names())
def test_an_old_name_is_translated(old: str, new: str) -> None:
    assert modern_layer_name(old) == new


def test_every_translated_name_is_a_layer_of_todays_resnet50() -> None:
    import keras

    model = keras.applications.ResNet50(weights=None)
    today = {layer.name for layer in model.layers}
    assert {new for _, new in old_and_new_names()} <= today
    with_weights = {layer.name for layer in model.layers if layer.weights}
    assert with_weights == {new for _, new in old_and_new_names()}


@pytest.mark.parametrize("name", ["conv2_block1_1_conv", "block5c_add", "res2a_branch3", "res2A_branch2a", "", "bn2"])
def test_any_other_name_is_left_as_it_is(name: str) -> None:
    assert modern_layer_name(name) == name


def test_a_layer_is_found_by_either_name() -> None:
    resnet = network("conv1_conv", "conv4_block5_3_conv")
    assert resnet.layer("conv4_block5_3_conv").name == "conv4_block5_3_conv"
    assert resnet.layer("res4e_branch2c").name == "conv4_block5_3_conv"


def test_a_networks_own_layer_comes_before_an_old_name() -> None:
    assert network("conv1", "conv1_conv").layer("conv1").name == "conv1"


def test_a_layer_that_is_not_there_is_said_with_the_nearest_names() -> None:
    with pytest.raises(
        CnnvizError, match=r"mine has no layer called block5_cnv\. Did you mean: block5_conv"
    ) as caught:
        network("block1_conv", "block5_conv", "fc").layer("block5_cnv")
    assert "block5_cnv" in str(caught.value)


@pytest.mark.parametrize(
    ("shape", "kind", "channels"),
    [
        ((None, None, 64), LayerKind.MAPS, 64),
        ((1, 1, 2048), LayerKind.MAPS, 2048),
        ((1000,), LayerKind.VECTOR, 1000),
        ((None,), LayerKind.VECTOR, 0),
        ((16, 8), LayerKind.OTHER, 8),
        ((4, 5, 6, 7), LayerKind.OTHER, 7),
        ((), LayerKind.OTHER, 0),
    ],
)
def test_a_shape_says_what_a_layer_is_as_a_picture(
    shape: tuple[int | None, ...], kind: LayerKind, channels: int
) -> None:
    layer = Layer("a", "Dense", shape, 0, "float32")
    assert (layer.kind, layer.channels) == (kind, channels)


@pytest.mark.parametrize(
    ("name", "application"), [("keras:ResNet50", "ResNet50"), ("efficientnet-lite0", ""), ("/a/keras:b.keras", "")]
)
def test_a_source_knows_whether_it_is_of_keras_applications(name: str, application: str) -> None:
    assert NetworkSource(name).application == application

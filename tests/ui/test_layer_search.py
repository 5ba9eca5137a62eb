"""The language of the search field."""

from __future__ import annotations

import pytest

from cnnviz_gui.core.network import Layer
from cnnviz_gui.ui.layer_search import layer_query, old_layer_name


def _layer(name: str, type_name: str = "Conv2D", channels: int = 64, block: tuple[str, ...] = ()) -> Layer:
    return Layer(name, type_name, (14, 14, channels), parameters=0, dtype="float32", block=block)


STEM = _layer("conv1_conv", channels=64)
FIRST = _layer("conv2_block1_1_conv", channels=64, block=("conv2", "conv2_block1"))
FIRST_BN = _layer("conv2_block1_1_bn", "BatchNormalization", channels=64, block=("conv2", "conv2_block1"))
FIRST_RELU = _layer("conv2_block1_1_relu", "Activation", channels=64, block=("conv2", "conv2_block1"))
SECOND = _layer("conv2_block2_1_conv", channels=64, block=("conv2", "conv2_block2"))
WIDE = _layer("head", "Dense", channels=512)
DEPTHWISE = _layer("block5c_dwconv", "DepthwiseConv2D", channels=672, block=("block5", "block5c"))
POOL = _layer("squeeze", "GlobalAveragePooling2D", channels=320)
ALL = (STEM, FIRST, FIRST_BN, FIRST_RELU, SECOND, WIDE, DEPTHWISE, POOL)


def _found(text: str) -> list[str]:
    test = layer_query(text)
    return [layer.name for layer in ALL if test(layer, layer.channels)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", [layer.name for layer in ALL]),
        ("head", ["head"]),
        ("HEAD", ["head"]),
        ("block5c", ["block5c_dwconv"]),
        ("dense", ["head"]),
        ("type:conv", ["conv1_conv", "conv2_block1_1_conv", "conv2_block2_1_conv", "block5c_dwconv"]),
        ("depthwise", ["block5c_dwconv"]),
        ("pool", ["squeeze"]),
        ("type:bn", ["conv2_block1_1_bn"]),
        (">=512", ["head", "block5c_dwconv"]),
        (">= 512", ["head", "block5c_dwconv"]),
        (">512", ["block5c_dwconv"]),
        ("=320", ["squeeze"]),
        ("<64", []),
        ("<=64 relu", ["conv2_block1_1_relu"]),
        (">300 <600", ["head", "squeeze"]),
        ("conv2 block2", ["conv2_block2_1_conv"]),
        ("lstm", []),
    ],
)
def test_words_find_layers(text: str, names: list[str]) -> None:
    assert _found(text) == names


@pytest.mark.parametrize("length", range(len("res2a"), len("res2a_branch2a") + 1))
def test_an_old_name_finds_its_layer_at_every_letter(length: int) -> None:
    assert "conv2_block1_1_conv" in _found("res2a_branch2a"[:length])
    assert "conv2_block2_1_conv" not in _found("res2a_branch2a"[:length])


def test_a_whole_old_name_finds_one_layer() -> None:
    assert _found("res2a_branch2a") == ["conv2_block1_1_conv"]
    assert _found("bn2a_branch2a") == ["conv2_block1_1_bn"]
    assert "conv1_conv" in _found("conv1")


def test_part_of_an_old_name_finds_the_whole_block() -> None:
    assert _found("res2a") == ["conv2_block1_1_conv", "conv2_block1_1_relu"]


def test_old_names() -> None:
    assert old_layer_name("conv4_block5_3_conv") == "res4e_branch2c"
    assert old_layer_name("conv4_block5_out") == "res4e"
    assert old_layer_name("block5c_add") == ""


def test_a_layer_without_channels_has_no_channel_count() -> None:
    assert not layer_query("<10")(_layer("odd"), 0)

"""Blocks are the groups that a person sees in the names of layers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz_gui.engine.blocks import layer_blocks


def blocks(*names: str) -> dict[str, tuple[str, ...]]:
    return dict(zip(names, layer_blocks(list(names)), strict=True))


def test_a_stage_with_letters_holds_its_lettered_blocks() -> None:
    found = blocks(
        "stem_conv", "stem_bn", "block1a_bn", "block1a_add", "block1b_bn", "block1b_add", "top_conv", "top_bn"
    )
    assert found["block1a_bn"] == found["block1a_add"] == ("block1", "block1a")
    assert found["block1b_add"] == ("block1", "block1b")
    assert found["stem_conv"] == found["stem_bn"] == ("stem",)
    assert found["top_bn"] == ("top",)


def test_resnet_stages_hold_their_blocks() -> None:
    found = blocks("conv2_block1_1_conv", "conv2_block1_out", "conv2_block2_1_conv", "conv2_block2_out", "avg_pool")
    assert found["conv2_block1_1_conv"] == found["conv2_block1_out"] == ("conv2", "conv2_block1")
    assert found["conv2_block2_out"] == ("conv2", "conv2_block2")
    assert found["avg_pool"] == ()


def test_vgg_and_mobilenet_blocks_have_one_level() -> None:
    assert blocks("block1_conv1", "block1_conv2", "block1_pool")["block1_conv2"] == ("block1",)
    found = blocks("block_1_expand", "block_1_project", "block_2_expand", "block_2_project")
    assert found["block_1_project"] == ("block_1",)
    assert found["block_2_expand"] == ("block_2",)


def test_a_layer_that_shares_its_prefix_with_no_neighbour_is_in_no_block() -> None:
    assert set(blocks("input_layer", "flatten", "fc1", "fc2", "predictions").values()) == {()}


def test_layers_of_one_prefix_that_do_not_follow_one_another_are_not_one_block() -> None:
    assert layer_blocks(["block1_a", "other", "block1_b"]) == [(), (), ()]


@given(st.lists(st.text("ab1_", max_size=8)))
def test_any_names_have_blocks(names: list[str]) -> None:
    found = layer_blocks(names)
    assert len(found) == len(names)
    assert all(len(path) <= 2 for path in found)


@pytest.mark.parametrize("names", [[], ["conv"], ["", ""]])
def test_few_names_are_no_difficulty(names: list[str]) -> None:
    assert layer_blocks(names) == [()] * len(names)

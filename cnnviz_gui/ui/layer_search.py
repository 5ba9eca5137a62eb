"""The language of the layer tree's search field, as a plain function on layers."""

from __future__ import annotations

import operator
import re
from functools import cache
from typing import TYPE_CHECKING

from cnnviz_gui.core.network import modern_layer_name
from cnnviz_gui.ui.layer_types import layer_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.network import Layer

    Test = Callable[[Layer, int], bool]

_COUNT = re.compile(r"(>=|<=|>|<|=)\s*(\d{1,9})")
_COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}
_OLD_STAGES, _OLD_BLOCKS = "2345", "abcdefghijklmnopqrstuvwxyz"
_OLD_SINGLE = ("conv1", "bn_conv1", "fc1000")


def layer_query(text: str) -> Test:
    """Understands a search.

    Words are separated by blanks and all must hold. A word is a part of a layer's name, of a block's name, of
    its type ("conv", "pool", "bn"), or of its name in the source tutorial ("res2a_branch2a", also while it is
    still being typed). "type:conv" looks at the type alone. ">=512", "<32" and "=64" ask for a channel count.

    Args:
        text: As typed; capitals do not matter.

    Returns:
        A function of a layer and its present number of channels that says whether the layer is found.
    """
    tests: list[Test] = [_count_test(match[1], int(match[2])) for match in _COUNT.finditer(text)]
    tests.extend(_word_test(word) for word in _COUNT.sub(" ", text).lower().split())
    return lambda layer, channels: all(test(layer, channels) for test in tests)


def old_layer_name(name: str) -> str:
    """The name that a layer of ResNet50 had in Keras' first version, as far as it had one.

    Args:
        name: Such as "conv2_block1_1_conv".

    Returns:
        Such as "res2a_branch2a"; for other layers of such a block its beginning, "res2a"; else empty.
    """
    layers, blocks = _old_names()
    return layers.get(name) or blocks.get("_".join(name.split("_")[:2]), "")


def _count_test(comparison: str, count: int) -> Test:
    compare = _COMPARE[comparison]
    return lambda _, channels: channels > 0 and compare(channels, count)


def _word_test(word: str) -> Test:
    if word.startswith("type:"):
        kind = word.removeprefix("type:")
        return lambda layer, _: kind in _type_words(layer.type)
    return lambda layer, _: (
        word in layer.name.lower()
        or word in _type_words(layer.type)
        or word in old_layer_name(layer.name)
        or any(word in block.lower() for block in layer.block)
    )


@cache
def _type_words(type_name: str) -> str:
    return f"{type_name.lower()} {layer_look(type_name).words}"


@cache
def _old_names() -> tuple[dict[str, str], dict[str, str]]:
    """Today's name -> the old one, for layers and for blocks, from the one rule that `core` knows."""
    layers = {modern_layer_name(old): old for old in _OLD_SINGLE}
    blocks = {}
    for stage in _OLD_STAGES:
        for letter in _OLD_BLOCKS:
            for kind in ("res", "bn"):
                for branch in ("1", "2a", "2b", "2c"):
                    old = f"{kind}{stage}{letter}_branch{branch}"
                    layers[modern_layer_name(old)] = old
            first = modern_layer_name(f"res{stage}{letter}_branch1")
            blocks["_".join(first.split("_")[:2])] = f"res{stage}{letter}"
    return layers, blocks

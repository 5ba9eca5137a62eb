"""Blocks: groups of layers that share a name prefix."""

from __future__ import annotations

import re
from itertools import groupby

_STAGE_AND_LETTER = re.compile(r"(.*\d)[a-z]")


def layer_blocks(names: list[str]) -> list[tuple[str, ...]]:
    """Finds for every layer the blocks it lies in.

    A prefix ends with the first part of the name that holds a digit ("conv2_block1" in "conv2_block1_1_conv",
    "block_3" in "block_3_expand"), or with the first part where none does ("stem" in "stem_conv"). Layers that
    follow one another and share a prefix are a block; "block5c" lies in "block5".

    Args:
        names: Names in the order of computation.

    Returns:
        For each name its blocks, outermost first; at most two.
    """
    prefixes = [_prefixes(name) for name in names]
    shared: list[tuple[str, ...]] = [()] * len(names)
    for depth in (1, 2):
        start = 0
        for key, group in groupby(prefixes, key=lambda path: path[:depth]):
            length = len(list(group))
            if len(key) == depth and length > 1:
                for index in range(start, start + length):
                    if len(shared[index]) == depth - 1:
                        shared[index] = key
            start += length
    return shared


def _prefixes(name: str) -> tuple[str, ...]:
    parts = name.split("_")
    outer = _first_prefix(parts)
    if not outer or outer == len(parts):
        return ()
    first = "_".join(parts[:outer])
    match = _STAGE_AND_LETTER.fullmatch(first)
    if match is not None:
        return (match[1], first)
    inner = _first_prefix(parts[outer:])
    if not inner or outer + inner == len(parts) or parts[outer].isdigit():
        return (first,)
    has_digit = any(letter.isdigit() for letter in "_".join(parts[outer : outer + inner]))
    return (first, "_".join(parts[: outer + inner])) if has_digit else (first,)


def _first_prefix(parts: list[str]) -> int:
    """Number of leading parts up to the first one with a digit; 1 where there is none."""
    for index, part in enumerate(parts):
        if any(letter.isdigit() for letter in part):
            return index + 1
    return 1

"""What was compiled for a layer serves every job on it, and takes no more memory however often."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import keras
import numpy as np
import psutil
import pytest

from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.engine import ascent
from cnnviz_gui.engine.ascents import KEPT

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine_cases import Asker, Case

    from cnnviz_gui.core.pattern_requests import Patterns

TUTORIAL = replace(PRESETS["tutorial"], size=24, steps=3)
CLEAR = replace(PRESETS["clear"], size=24, steps=3)
GROWTH = 60_000_000
"""Bytes that nine repetitions may take: less than what one compiled step keeps, nine times."""


@pytest.fixture
def traced(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One entry for every step that was compiled."""
    made: list[None] = []
    transform = ascent.transform

    def counted(*arguments: object) -> object:
        made.append(None)
        return transform(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ascent, "transform", counted)
    return made


@pytest.fixture
def case(small: Callable[..., Case]) -> Case:
    layers = keras.layers
    return small(
        [layers.Input((None, None, 3)), *(layers.Conv2D(8, 3, activation="relu", name=f"conv{n}") for n in range(6))]
    )


def test_a_layer_is_compiled_once_for_all_channels_seeds_and_lengths(
    case: Case, ask_small: Asker, traced: list[None]
) -> None:
    def make(channels: tuple[int, ...], **changes: object) -> Patterns:
        request = MakePatterns(case.source, "conv2", channels, replace(CLEAR, **changes), "none")
        found: Patterns = ask_small(request)
        return found

    first = make((0, 1))
    assert len(traced) == 1
    again = make((5,), seed=7, steps=9, batch=3)
    ask_small.forget_climbs()
    same = make((1, 0))
    assert len(traced) == 1
    assert again.images.shape == (1, 24, 24, 3)
    assert (same.images[0] == first.images[1]).all()
    assert np.abs(make((0,), seed=7).images - first.images[:1]).max() > 1e-3
    make((0,), jitter=2)
    assert len(traced) == 2


def test_the_ascents_made_last_are_kept(case: Case, ask_small: Asker, traced: list[None]) -> None:
    def make(layer: int, seed: int) -> None:
        ask_small(MakePatterns(case.source, f"conv{layer}", (0,), replace(CLEAR, seed=seed), "none"))

    for layer in range(KEPT + 1):
        make(layer, 0)
    assert len(traced) == KEPT + 1
    make(KEPT, 1)
    assert len(traced) == KEPT + 1
    make(0, 1)
    assert len(traced) == KEPT + 2


def test_making_patterns_again_takes_no_more_memory(lite0: Case, ask: Asker) -> None:
    """More layers than are kept, so that each is compiled anew every time, nine times after three to warm up."""
    process = psutil.Process()
    layers = [layer.name for layer in lite0.network.layers if layer.parameters][: KEPT + 1]
    taken = []
    for number in range(12):
        for layer in layers:
            settings = replace(TUTORIAL, seed=number)
            ask(MakePatterns(lite0.source, layer, tuple(range(8)), settings, "none"))
        taken.append(process.memory_info().rss)
    assert taken[-1] - taken[2] < GROWTH

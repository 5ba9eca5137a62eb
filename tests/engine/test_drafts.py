"""Drafts in bfloat16 are made where they are faster, and say what they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tensorflow as tf

from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import Forecast, ForecastPatterns, MakePatterns, Preview
from cnnviz_gui.engine import drafts, processor
from cnnviz_gui.engine.rewriting import rewritten

if TYPE_CHECKING:
    from pathlib import Path

    from engine_cases import Asker, Case

    from cnnviz_gui.core.pattern_requests import Patterns

DRAFT = replace(PRESETS["tutorial"], preset="custom", size=48, steps=4, precision="bfloat16")
LAYER = "conv2_block2_1_conv"


def request_of(case: Case, layer: str = LAYER, **changes: object) -> MakePatterns:
    return MakePatterns(case.source, layer, (0, 3, 7, 9), replace(DRAFT, **changes), case.preprocessing)


@pytest.fixture
def gain(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What trying a draft finds, and a processor that has the instructions."""
    found = {"gain": 2.0, "tries": 0.0}

    def measured(*_: object) -> float:
        found["tries"] += 1
        return found["gain"]

    monkeypatch.setattr(drafts, "has_bfloat16", lambda: True)
    monkeypatch.setattr(drafts, "_measured_gain", measured)
    return found


def test_a_draft_is_another_picture_and_near_it_its_objective_is_reported_in_float32(
    ask: Asker, resnet50: Case, gain: dict[str, float]
) -> None:
    draft: Patterns = ask(request_of(resnet50, seed=11))
    full: Patterns = ask(request_of(resnet50, seed=11, precision="float32"))
    assert draft.recipe.content["settings"]["precision"] == "bfloat16"
    apart = np.abs(draft.images - full.images)
    assert 0 < apart.mean() < 0.5
    # Where rounding turns a rectifier over, single pixels are further apart.
    assert np.percentile(apart, 99.9) < 3
    assert apart.max() < 5
    # Half of bfloat16's last of eight binary digits is 2^-9; errors average out over a channel's positions.
    assert draft.objective[:, 0] == pytest.approx(full.objective[:, 0], rel=2**-6, abs=2**-6)
    assert (draft.objective[:, 0] != full.objective[:, 0]).any()
    values = resnet50.model.get_layer(LAYER).output
    network = tf.keras.Model(resnet50.model.input, values)
    clean = network(draft.images).numpy()
    for row, channel in enumerate(draft.channels):
        assert draft.score[row] == pytest.approx(clean[row, ..., channel].mean(), rel=1e-3, abs=1e-4)
    assert gain["tries"] == 1


def test_a_draft_that_gains_nothing_is_made_in_full_precision_and_said_so(
    ask: Asker, resnet50: Case, gain: dict[str, float]
) -> None:
    gain["gain"] = 1.01
    layer = "conv3_block1_1_conv"
    said: list[str] = []

    def watch(step: object) -> None:
        if isinstance(step, Preview) and step.note is not None:
            said.append(str(step.note))

    asked = request_of(resnet50, layer)
    assert forecast(ask, asked).no_draft is None
    made: Patterns = ask(asked, watch)
    full: Patterns = ask(request_of(resnet50, layer, precision="float32"))
    assert (made.images == full.images).all()
    assert made.recipe.content["settings"]["precision"] == "float32"
    assert f"On {layer} a draft is not faster than full precision." in said
    assert str(forecast(ask, asked).no_draft) == said[-1]
    ask(replace(asked, settings=replace(asked.settings, seed=5)))
    assert gain["tries"] == 1


def test_a_processor_without_the_instructions_makes_no_drafts(
    ask: Asker, resnet50: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "has_bfloat16", lambda: False)
    made: Patterns = ask(request_of(resnet50, seed=2))
    assert made.recipe.content["settings"]["precision"] == "float32"
    assert "no instructions for bfloat16" in str(forecast(ask, request_of(resnet50)).no_draft)


def test_trying_a_draft_compares_the_two_as_they_run(
    ask: Asker, resnet50: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "has_bfloat16", lambda: True)
    ask(request_of(resnet50, "conv3_block2_1_conv"))
    (found,) = [gain for key, gain in ask.calibration.gains.items() if "conv3_block2_1_conv" in key]
    assert 0.05 < found < 20


def test_only_convolutions_but_the_first_are_in_bfloat16(resnet50: Case, ask: Asker) -> None:
    graph = ask.opened(resnet50).graph
    target = graph.entry("conv3_block1_out").output
    draft = rewritten(graph, [target], is_draft=True)
    function = tf.function(draft).get_concrete_function(tf.TensorSpec([2, 48, 48, 3], tf.float32))
    kinds = [op.outputs[0].dtype for op in function.graph.get_operations() if op.type == "Conv2D"]
    assert kinds[0] == tf.float32
    assert set(kinds[1:]) == {tf.bfloat16}
    (values,) = draft(tf.random.stateless_uniform([2, 48, 48, 3], (1, 2), 0, 255))
    assert values.dtype == tf.float32


@pytest.mark.parametrize(
    ("text", "expected", "name"),
    [
        ("model name\t: Some CPU\nflags\t\t: fpu avx512f avx512_bf16\n\nflags: none", True, "Some CPU"),
        ("model name\t: Other CPU\nflags\t\t: fpu avx512f amx_bf16", True, "Other CPU"),
        ("model name\t: Old CPU\nflags\t\t: fpu avx2 avx512_bf16x", False, "Old CPU"),
        ("Features\t: fp asimd bf16 i8mm", True, None),
        ("", False, None),
    ],
)
def test_the_processor_is_known_by_what_linux_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, expected: bool, name: str | None
) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(text)
    monkeypatch.setattr(processor, "_INFORMATION", path)
    processor._fields.cache_clear()
    assert processor.has_bfloat16() is expected
    if name:
        assert processor.processor_name() == name
    processor._fields.cache_clear()


def test_where_linux_says_nothing_there_are_no_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor, "_INFORMATION", tmp_path / "nothing")
    processor._fields.cache_clear()
    assert not processor.has_bfloat16()
    processor._fields.cache_clear()


def forecast(ask: Asker, request: MakePatterns) -> Forecast:
    found: Forecast = ask(ForecastPatterns(request))
    return found

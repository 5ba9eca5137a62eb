"""Rectifiers let a gradient through only where they would block all of it, and then never the wrong way."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine_cases import Asker, Case

SETTINGS = replace(PRESETS["tutorial"], preset="custom", size=16, steps=10, climb="output")
DARK = -200.0
"""A bias that no picture in 0..255 overcomes, but one that grows for some steps does."""


def gradient(values: np.ndarray, above: np.ndarray, ceiling: float | None = None) -> tuple[np.ndarray, np.ndarray]:
    import tensorflow as tf

    from cnnviz_gui.engine.escape import redirected

    with tf.GradientTape() as tape:
        x = tf.constant(values, tf.float32)
        tape.watch(x)
        made = redirected(x, ceiling)
        total = tf.reduce_sum(made * tf.constant(above, tf.float32))
    return made.numpy(), tape.gradient(total, x).numpy()


def test_a_rectifier_that_passes_any_gradient_is_as_it_always_is() -> None:
    values = np.array([[-2.0, -1.0, 0.0, 3.0], [1.0, 2.0, -3.0, 4.0]])
    above = np.array([[1.0, -1.0, 1.0, 5.0], [1.0, -1.0, 1.0, -1.0]])
    made, found = gradient(values, above)
    assert made.tolist() == np.maximum(values, 0).tolist()
    assert found.tolist() == [[0, 0, 0, 5], [1, -1, 0, -1]]


def test_one_that_blocks_all_of_a_picture_lets_through_what_pushes_up() -> None:
    values = np.array([[-2.0, -1.0, 0.0], [-1.0, 2.0, 0.5]])
    above = np.array([[1.0, -1.0, 2.0], [1.0, 1.0, 1.0]])
    _, found = gradient(values, above)
    # The second picture has its own way out, and keeps to it.
    assert found.tolist() == [[1, 0, 2], [0, 1, 1]]


def test_with_a_ceiling_what_pushes_further_out_is_blocked_on_both_sides() -> None:
    values = np.array([[-2.0, -1.0, 7.0, 9.0]])
    above = np.array([[1.0, -1.0, 3.0, -4.0]])
    made, found = gradient(values, above, 6.0)
    assert made.tolist() == [[0, 0, 6, 6]]
    assert found.tolist() == [[1, 0, 0, -4]]
    inside = np.array([[-2.0, 3.0, 7.0, 9.0]])
    assert gradient(inside, above, 6.0)[1].tolist() == [[0, -1, 0, 0]]


def layers(kind: str) -> list[Any]:
    """A convolution whose bias keeps its rectifier off, written in three ways, and one behind it."""
    import keras

    make = keras.layers
    bias = keras.initializers.Constant(DARK)
    faint = keras.initializers.RandomUniform(-0.02, 0.02, seed=0)
    fused = {"relu": "relu", "relu6": "relu6"}.get(kind)
    rectifier = {"layer": [make.ReLU(name="off")], "layer6": [make.ReLU(6.0, name="off")]}.get(
        kind, [make.Activation("relu", name="off")] if kind == "activation" else []
    )
    return [
        make.Input((None, None, 3)),
        make.Conv2D(4, 3, kernel_initializer=faint, bias_initializer=bias, activation=fused, name="conv"),
        *rectifier,
        make.Conv2D(2, 3, name="behind"),
    ]


@pytest.mark.parametrize("kind", ["layer", "layer6", "activation", "relu", "relu6"])
@pytest.mark.parametrize("layer", ["behind", "off"])
def test_a_channel_behind_a_rectifier_that_is_off_is_found_by_escaping(
    small: Callable[..., Case], ask_small: Asker, kind: str, layer: str
) -> None:
    case = small(layers(kind))
    name = layer if layer in [made.name for made in case.model.layers] else "conv"
    settings = replace(SETTINGS, step_size=400.0)
    stuck = ask_small(MakePatterns(case.source, name, (0, 1), settings, "none"))
    assert np.ptp(stuck.objective, axis=1).tolist() == [0, 0]
    free = ask_small(MakePatterns(case.source, name, (0, 1), replace(settings, escape=8), "none"))
    # Not every channel behind has a way up; one at least leaves the dead start.
    assert (free.objective[:, -1] > free.objective[:, 0]).any()
    assert any(reason is None for reason in free.reasons)
    assert "let it through for 8 steps" in str(free.climbed)


def test_the_gradient_of_a_network_is_the_one_written_by_hand(small: Callable[..., Case]) -> None:
    import tensorflow as tf
    from test_objectives import opened

    from cnnviz_gui.engine.objectives import make_objective

    case = small(layers("relu"))
    request = MakePatterns(case.source, "behind", (0, 1), replace(SETTINGS, escape=8), "none")
    objective = make_objective(opened(case), request, 16)
    assert objective.escaping is not None
    pictures = np.random.default_rng(0).uniform(0, 255, (2, 16, 16, 3)).astype(np.float32)
    conv, behind = case.model.get_layer("conv"), case.model.get_layer("behind")

    def by_hand() -> np.ndarray:
        """Backwards through the second convolution, the rectifier that lets what pushes up pass, and the first."""
        ones = np.zeros((2, 12, 12, 2), np.float32)
        for row in range(2):
            ones[row, ..., row] = 1 / 144
        through = tf.nn.conv2d_transpose(ones, behind.kernel, (2, 14, 14, 4), 1, "VALID").numpy()
        return tf.nn.conv2d_transpose(np.maximum(through, 0), conv.kernel, (2, 16, 16, 3), 1, "VALID").numpy()

    with tf.GradientTape(persistent=True) as tape:
        x = tf.constant(pictures)
        tape.watch(x)
        given = objective.prepare((0, 1))
        plain = tf.reduce_sum(objective.score(x, *given))
        escaped = tf.reduce_sum(objective.escaping(x, *given))
    assert float(plain) == pytest.approx(float(escaped), rel=1e-5)
    blocked = tape.gradient(plain, x, unconnected_gradients="zero")
    assert not np.asarray(blocked).any()
    assert tape.gradient(escaped, x).numpy() == pytest.approx(by_hand(), abs=1e-6)

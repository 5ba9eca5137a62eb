"""Optimisers make the steps that their formulas say, and regularisers measure what theirs say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.pattern import PatternSettings

if TYPE_CHECKING:
    from cnnviz_gui.engine.ascent import Ascent

SIZE = 8
PLAIN = replace(PatternSettings(), size=SIZE, steps=5, image="pixel", jitter=0, rotate=0.0, scale=0.0)


def ascent(settings: PatternSettings) -> Ascent:
    """Climbs minus half the sum of the squared distances from 100: the gradient at x is 100 - x."""
    import tensorflow as tf

    from cnnviz_gui.engine.ascent import Ascent
    from cnnviz_gui.engine.objectives import Objective
    from cnnviz_gui.engine.parameterizations import pixel

    def score(images: tf.Tensor) -> tf.Tensor:
        return -0.5 * tf.reduce_sum(tf.square(images - 100), axis=[1, 2, 3])

    objective = Objective(lambda channels: (), (), score, message("a parabola"))
    return Ascent(objective, pixel(SIZE, 3, 0), settings)


def climbed(settings: PatternSettings) -> list[np.ndarray]:
    """The parameters of one picture before each step and after the last one."""
    made = ascent(settings)
    climb = made.begin([0])
    found = [np.asarray(climb.parameters, np.float64)]
    for number in range(settings.steps):
        climb, _, _ = made.step(climb, number)
        found.append(np.asarray(climb.parameters, np.float64))
    return found


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_sgd_steps_along_the_gradient_and_a_share_of_the_last_step(momentum: float) -> None:
    found = climbed(replace(PLAIN, optimizer="sgd", step_size=0.01, momentum=momentum))
    position, velocity = found[0], np.zeros_like(found[0])
    for seen in found[1:]:
        velocity = momentum * velocity + (100 - position)
        position = position + 0.01 * velocity
        assert seen == pytest.approx(position, rel=1e-5)


def test_the_normalized_step_is_as_long_as_its_size_says() -> None:
    found = climbed(replace(PLAIN, optimizer="normalized", step_size=0.5))
    for before, after in pairwise(found):
        assert np.sqrt(np.mean((after - before) ** 2)) == pytest.approx(0.5, rel=1e-4)


def test_adam_is_kerass_adam() -> None:
    import keras
    import tensorflow as tf

    settings = replace(PLAIN, optimizer="adam", step_size=0.3)
    found = climbed(settings)
    variable = keras.Variable(found[0].astype(np.float32))
    optimizer = keras.optimizers.Adam(0.3, epsilon=1e-8)
    for seen in found[1:]:
        optimizer.apply([-(100 - tf.convert_to_tensor(variable))], [variable])
        assert seen == pytest.approx(np.asarray(variable), rel=1e-4)


class TestPenalty:
    @staticmethod
    def measured(levels: np.ndarray, **weights: float) -> np.ndarray:
        import tensorflow as tf

        from cnnviz_gui.engine.regularizers import penalty

        return np.asarray(penalty(tf.constant(levels, tf.float32), replace(PLAIN, **weights)))

    def test_each_is_what_its_formula_says(self) -> None:
        levels = np.random.default_rng(0).random((2, 9, 9, 3))
        variation = np.abs(np.diff(levels, axis=1)).sum((1, 2, 3)) + np.abs(np.diff(levels, axis=2)).sum((1, 2, 3))
        assert self.measured(levels, total_variation=0.5) == pytest.approx(0.5 * variation, rel=1e-4)
        distance = np.sqrt(((levels - 0.5) ** 2).sum((1, 2, 3)))
        assert self.measured(levels, l2=2.0) == pytest.approx(2 * distance, rel=1e-4)
        taps = np.exp(-0.5 * np.arange(-2, 3) ** 2)
        taps /= taps.sum()
        around = np.pad(levels, [(0, 0), (2, 2), (2, 2), (0, 0)], mode="reflect")
        blurred = sum(
            taps[i] * taps[j] * around[:, i : i + 9, j : j + 9] for i in range(5) for j in range(5)
        )  # fmt: skip
        rough = ((levels - blurred) ** 2).sum((1, 2, 3)) / 2
        # The binomial taps are not quite the Gaussian's.
        assert self.measured(levels, blur=3.0) == pytest.approx(3 * rough, rel=0.05)

    def test_they_add_up(self) -> None:
        levels = np.random.default_rng(1).random((2, 9, 9, 3))
        together = self.measured(levels, total_variation=0.5, l2=2.0, blur=3.0)
        apart = sum(
            self.measured(levels, **{name: weight})
            for name, weight in {"total_variation": 0.5, "l2": 2.0, "blur": 3.0}.items()
        )
        assert together == pytest.approx(np.asarray(apart), rel=1e-5)

    def test_a_heavy_one_makes_a_smooth_picture_and_is_no_part_of_the_objective_shown(self) -> None:
        settings = replace(PLAIN, optimizer="normalized", step_size=1.0, steps=30)
        free, smooth = (climbed(replace(settings, total_variation=weight))[-1] for weight in (0.0, 1e6))

        def roughness(picture: np.ndarray) -> float:
            return float(np.abs(np.diff(picture, axis=1)).mean())

        assert roughness(smooth) < 0.7 * roughness(free)
        made = ascent(replace(settings, total_variation=1e6))
        start = made.begin([0])
        _, score, _ = made.step(start, 0)
        expected = -0.5 * ((np.asarray(start.parameters, np.float64) - 100) ** 2).sum()
        assert score == pytest.approx([expected], rel=1e-4)

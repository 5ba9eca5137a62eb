"""Patterns of the preset Tutorial are the tutorial's own, from the same noise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_mosaic import pattern_mosaic, pattern_tiling
from cnnviz_gui.core.pattern_requests import MakePatterns

if TYPE_CHECKING:
    from engine_cases import Asker, Case
    from numpy.typing import NDArray

    from cnnviz_gui.core.pattern_requests import Patterns

TUTORIAL = PRESETS["tutorial"]
STEPS = 40


def noise(channel: int, size: int = TUTORIAL.size, seed: int = 0) -> np.ndarray:
    """The start of a channel's pattern, as recipes define it: the tutorial's noise with a seed of its own."""
    return np.random.default_rng((seed, channel)).random((1, size, size, 3)) * 20 + 128.0


def make(ask: Asker, case: Case, layer: str, channels: tuple[int, ...], **changes: object) -> Patterns:
    settings = replace(TUTORIAL, **changes)
    patterns: Patterns = ask(MakePatterns(case.source, layer, channels, settings, case.preprocessing))
    return patterns


def assert_same_picture(found: np.ndarray, expected: np.ndarray) -> None:
    """Within 1e-3 of the range."""
    assert np.abs(found - expected).max() <= 1e-3 * np.ptp(expected)


def test_patterns_from_the_same_noise_are_the_tutorials_after_forty_steps(ask: Asker, resnet50: Case) -> None:
    import tutorial_port

    channels = (0, 5, 33, 63)
    patterns = make(ask, resnet50, "conv1", channels)
    assert patterns.steps == (STEPS,) * 4
    for row, channel in enumerate(channels):
        expected, losses = tutorial_port.generate_pattern(resnet50.model, "conv1_conv", channel, noise(channel))
        assert_same_picture(patterns.images[row], expected)
        grey = np.abs(patterns.pictures[row].astype(int) - tutorial_port.deprocess_image(expected))
        assert (grey <= 1).mean() >= 0.99
        assert patterns.objective[row] == pytest.approx(losses, abs=1e-3 * np.ptp(losses))


@pytest.mark.parametrize(
    ("layer", "old"), [("conv2_block1_1_conv", "res2a_branch2a"), ("conv2_block2_1_conv", "res2b_branch2a")]
)
def test_patterns_behind_a_relu_are_the_tutorials_as_far_as_rounding_lets_two_runs_agree(
    ask: Asker, resnet50: Case, layer: str, old: str
) -> None:
    """Once rounding has turned a ReLU or the maximum of a pool over, two right runs drift apart.

    Until then the pictures are equal. After forty steps they are no further apart than the tutorial's own pictures,
    begun from noise that differs by rounding alone, are from one another.
    """
    import tutorial_port

    channels = (0, 5, 21, 33, 48, 63)
    early = make(ask, resnet50, old, channels, steps=5)
    late = make(ask, resnet50, old, channels)
    apart_early, apart, apart_by_rounding = [], [], []
    for row, channel in enumerate(channels):
        start = noise(channel)
        rounded = start * (1 + np.random.default_rng(channel).uniform(-1, 1, start.shape) * 2**-22)
        after_five, _ = tutorial_port.generate_pattern(resnet50.model, layer, channel, start, 5)
        expected, losses = tutorial_port.generate_pattern(resnet50.model, layer, channel, start)
        neighbour, _ = tutorial_port.generate_pattern(resnet50.model, layer, channel, rounded)
        apart_early.append(np.abs(early.images[row] - after_five).max() / np.ptp(after_five))
        apart.append(np.sqrt(np.mean((late.images[row] - expected) ** 2)) / np.ptp(expected))
        apart_by_rounding.append(np.sqrt(np.mean((neighbour - expected) ** 2)) / np.ptp(expected))
        assert np.corrcoef(late.images[row].ravel(), expected.ravel())[0, 1] > 0.98
        assert late.objective[row] == pytest.approx(losses, rel=0.02, abs=0.02 * np.ptp(losses))
    assert np.median(apart_early) <= 1e-5
    assert max(apart_early) <= 0.05
    assert np.mean(apart) <= 4 * np.mean(apart_by_rounding) + 1e-3


def test_a_pattern_of_150_pixels_is_the_tutorials(ask: Asker, resnet50: Case) -> None:
    import tutorial_port

    patterns = make(ask, resnet50, "conv1_conv", (7,), size=150, seed=3)
    expected, _ = tutorial_port.generate_pattern(resnet50.model, "conv1_conv", 7, noise(7, 150, 3))
    assert_same_picture(patterns.images[0], expected)


@pytest.mark.parametrize("layer", ["conv1_conv", "conv2_block1_1_conv", "conv2_block2_1_conv", "conv4_block5_3_conv"])
def test_the_gradient_is_the_tutorials(ask: Asker, resnet50: Case, layer: str) -> None:
    """On the deep layer it may be the tutorial's at a picture that is a millionth away.

    A gradient is constant until a rectifier or the maximum of a pool turns over, and of some pictures a value is
    closer to that than the rounding of the convolutions that are computed with fewer products.
    """
    import tutorial_port

    def cosine(moved: NDArray[np.float64], gradient: NDArray[np.float64]) -> float:
        return float(moved @ gradient.ravel() / (np.linalg.norm(moved) * np.linalg.norm(gradient)))

    channels = (0, 17, 33, 300 if layer.startswith("conv4") else 63)
    one_step = make(ask, resnet50, layer, channels, steps=1)
    iterate = tutorial_port.iteration(resnet50.model, layer)
    there = []
    for row, channel in enumerate(channels):
        start = noise(channel)
        loss, gradient = iterate(start, channel)
        moved = (one_step.images[row].astype(np.float64) - start[0]).ravel()
        gradient = gradient.astype(np.float64)
        there.append(cosine(moved, gradient))
        found, seeds = there[-1], iter(range(16))
        while found <= 0.99999 and layer.startswith("conv4") and (seed := next(seeds, None)) is not None:
            near = start * (1 + np.random.default_rng(seed).uniform(-1, 1, start.shape) * 2**-20)
            found = cosine(moved, iterate(near, channel)[1].astype(np.float64))
        assert found > 0.99999
        length = np.sqrt(np.mean(gradient**2))
        assert np.sqrt(np.mean(moved**2)) == pytest.approx(length / (length + 1e-5), abs=1e-3)
        assert one_step.objective[row, 0] == pytest.approx(loss, rel=1e-3, abs=1e-4)
    assert np.median(there) > 0.9999999
    assert min(there) > 0.999


def test_a_deep_layers_patterns_climb_as_high_as_the_tutorials(ask: Asker, resnet50: Case) -> None:
    """In an untrained network rounding alone makes two right runs drift apart: heights are compared, not pixels."""
    import tutorial_port

    layer, channels = "conv4_block5_3_conv", (17, 300, 1023)
    patterns = make(ask, resnet50, layer, channels)
    iterate = tutorial_port.iteration(resnet50.model, layer)
    heights = []
    for row, channel in enumerate(channels):
        expected, _ = tutorial_port.generate_pattern(resnet50.model, layer, channel, noise(channel))
        height, _ = iterate(expected[None], channel)
        start, _ = iterate(noise(channel), channel)
        heights.append(height)
        assert height > start
        reached, _ = iterate(patterns.images[row][None], channel)
        assert patterns.score[row] == pytest.approx(reached, rel=1e-3)
    assert np.mean(patterns.score) == pytest.approx(np.mean(heights), rel=0.03)


def test_the_mosaic_of_64_filters_is_the_tutorials_pixel_for_pixel(ask: Asker, resnet50: Case) -> None:
    import tutorial_port

    channels = tuple(range(64))
    patterns = make(ask, resnet50, "conv1_conv", channels)
    mosaic = pattern_mosaic(patterns.pictures, channels, pattern_tiling(channels, 64, "tutorial"))
    shown = tutorial_port.mosaic_of_patterns([tutorial_port.deprocess_image(image) for image in patterns.images])
    assert mosaic.shape == (547, 547, 3)
    assert (mosaic == shown).all()
    made = [tutorial_port.generate_pattern(resnet50.model, "conv1_conv", n, noise(n))[0] for n in channels]
    whole = tutorial_port.mosaic_of_patterns([tutorial_port.deprocess_image(image) for image in made])
    assert (np.abs(mosaic - whole) <= 1).mean() >= 0.99


def test_the_start_is_noise_from_128_to_148_that_follows_the_seed(ask: Asker, resnet50: Case) -> None:
    first = make(ask, resnet50, "conv1_conv", (2,), steps=1, step_size=1e-6).images[0]
    assert first == pytest.approx(noise(2)[0], abs=1e-4)
    assert 128 <= first.min() < 128.1
    assert 147.9 < first.max() < 148.01
    other = make(ask, resnet50, "conv1_conv", (2,), steps=1, step_size=1e-6, seed=1).images[0]
    assert np.abs(first - other).max() > 1

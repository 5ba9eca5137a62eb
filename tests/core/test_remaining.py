"""The time that is left, against a clock that is moved by hand."""

from __future__ import annotations

import numpy as np
import pytest

from cnnviz_gui.core.remaining import Remaining


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def judged(seconds: list[float]) -> list[tuple[float, float | None]]:
    """What is judged after every unit of work that takes so many seconds: (really left, judged)."""
    clock = Clock()
    remaining = Remaining(clock)
    remaining.seconds(0, len(seconds))
    found = []
    for done, taken in enumerate(seconds, 1):
        clock.now += taken
        found.append((sum(seconds[done:]), remaining.seconds(done, len(seconds))))
    return found


def test_nothing_is_known_before_anything_was_done() -> None:
    clock = Clock()
    remaining = Remaining(clock)
    assert remaining.seconds(5, 10) is None
    clock.now += 7
    assert remaining.seconds(5, 10) is None


def test_work_at_an_even_pace_is_judged_exactly() -> None:
    for really, said in judged([0.5] * 100):
        assert said == pytest.approx(really)


@pytest.mark.parametrize("seed", range(5))
def test_after_a_tenth_of_the_work_the_time_left_is_right_within_a_fifth(seed: int) -> None:
    """Two batches of patterns: an odd beginning while pieces of several sizes are tried, noise, a gap between."""
    rng = np.random.default_rng(seed)
    steps = 0.12 * rng.lognormal(0, 0.25, 512)
    steps[:9] *= np.repeat([1.5, 2.0, 3.0], 3)
    steps[[255, 511]] += 0.4
    found = judged(steps.tolist())
    for really, said in found[51:-25]:
        assert said == pytest.approx(really, rel=0.2, abs=0.5)


def test_while_ways_to_go_are_tried_the_fastest_counts_and_then_they_are_forgotten() -> None:
    clock = Clock()
    remaining = Remaining(clock)
    remaining.seconds(1, 81, trying=True)
    trials = [0.5, 0.5, 0.6, 0.6, 0.6, 0.9, 0.8, 0.8]
    for done, taken in enumerate(trials, 2):
        clock.now += taken
        assert remaining.seconds(done, 81, trying=True) == pytest.approx(0.5 * (81 - done))
    for done in range(len(trials) + 2, 82):
        clock.now += 0.52
        assert remaining.seconds(done, 81) == pytest.approx(0.52 * (81 - done))


def test_a_machine_that_becomes_busy_is_noticed() -> None:
    found = judged([0.1] * 100 + [0.3] * 200)
    really, said = found[230]
    assert said == pytest.approx(really, rel=0.2)

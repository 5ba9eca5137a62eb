"""How a pattern stands among natural pictures."""

from __future__ import annotations

import numpy as np
import pytest

from cnnviz_gui.core.trust import Trust, trust

MEANS = np.array([-1, 0, 2, 4], np.float32)


@pytest.mark.parametrize(
    ("score", "beaten", "percentile", "ratio"),
    [(12, 4, 100, 3), (4, 3, 75, 1), (1, 2, 50, 0.25), (-2, 0, 0, None)],
)
def test_a_pattern_has_a_rank_and_a_ratio_to_the_best(
    score: float, beaten: int, percentile: float, ratio: float | None
) -> None:
    found = trust(score, MEANS)
    assert found == Trust(score, beaten, 4, ratio)
    assert found is not None
    assert found.percentile == percentile


def test_there_is_no_ratio_to_what_is_not_positive() -> None:
    found = trust(3, np.array([-1, 0], np.float32))
    assert found is not None
    assert (found.beaten, found.ratio) == (2, None)


@pytest.mark.parametrize(
    ("activation", "means"),
    [(1, []), (np.nan, [1]), (np.inf, [1]), (1, [np.nan, 1]), (1, [np.inf])],
)
def test_what_cannot_be_compared_is_not(activation: float, means: list[float]) -> None:
    assert trust(activation, np.array(means, np.float32)) is None

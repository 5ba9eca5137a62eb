"""Patterns beside natural pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from presenters_fakes import NETWORK, FakePanel, FakeRunner
from PySide6.QtCore import QObject, Signal

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.core.pattern_requests import MakePatterns, MeasureNatural, Natural, Patterns
from cnnviz_gui.core.recipe import make_recipe
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.kept_pattern import kept_of
from cnnviz_gui.presenters.natural_pictures import MOST, natural_pictures
from cnnviz_gui.presenters.pattern_trust import PatternTrust

if TYPE_CHECKING:
    from pathlib import Path

PICTURES = ("/a.png", "/b.png")


class FakePatterns(QObject):
    made = Signal()

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self.finished: Patterns | None = None

    def finish(self, *, objective: str = "channel") -> Patterns:
        """Two patterns were made."""
        settings = PatternSettings(size=8, steps=1, objective=objective)
        request = MakePatterns(NETWORK.source, "few", (2, 5), settings, "caffe")
        pictures = np.zeros((2, 8, 8, 3), np.uint8)
        self.finished = Patterns(
            request,
            (2, 5),
            (1, 1),
            pictures.astype(np.float32),
            pictures,
            np.zeros((2, 1), np.float32),
            np.array([6.0, -1.0], np.float32),
            (None, None),
            message("the mean"),
            make_recipe("patterns"),
        )
        self.made.emit()
        return self.finished


@pytest.fixture
def patterns(owner: QObject) -> FakePatterns:
    return FakePatterns(owner)


@pytest.fixture
def trust(runner: FakeRunner, patterns: FakePatterns, panel: FakePanel, owner: QObject) -> PatternTrust:
    return PatternTrust(runner, patterns, panel, lambda: PICTURES, owner)  # type: ignore[arg-type]


def measure(runner: FakeRunner, *rows: tuple[float, float]) -> None:
    """Natural pictures were measured: channel 2 and channel 5 on each."""
    scores = np.zeros((len(rows), 8), np.float32)
    scores[:, [2, 5]] = np.reshape(rows, (-1, 2))
    request = runner.jobs[slots.NATURAL]
    assert isinstance(request, MeasureNatural)
    runner.finish(slots.NATURAL, Natural(request, scores))


def test_natural_pictures_are_measured_when_patterns_were_made(
    trust: PatternTrust, patterns: FakePatterns, runner: FakeRunner, panel: FakePanel
) -> None:
    patterns.finish()
    assert runner.of(slots.NATURAL) == [MeasureNatural(NETWORK.source, "few", PICTURES, "caffe", "channel", 8)]
    panel.show_tips.assert_called_once_with({2: "mean activation 6", 5: "mean activation -1"})


def test_a_pattern_is_ranked_among_the_pictures(
    trust: PatternTrust, patterns: FakePatterns, runner: FakeRunner, panel: FakePanel
) -> None:
    made = patterns.finish()
    measure(runner, (1, -3), (2, 0), (1.5, -2))
    said = {
        2: "mean activation 6: beats all 3 pictures, 3 times the best",
        5: "mean activation -1: beats 2 of 3 pictures",
    }
    panel.show_tips.assert_called_with(said)
    assert [trust.said(kept_of(made, place)) for place in (0, 1)] == list(said.values())


def test_without_pictures_only_the_activation_is_known(
    trust: PatternTrust, patterns: FakePatterns, runner: FakeRunner
) -> None:
    made = patterns.finish()
    measure(runner)
    assert trust.said(kept_of(made, 0)) == "mean activation 6"


def test_an_objective_that_is_the_same_for_all_patterns_is_ranked_by_its_own_score(
    trust: PatternTrust, patterns: FakePatterns, runner: FakeRunner, panel: FakePanel
) -> None:
    made = patterns.finish(objective="layer")
    assert trust.said(kept_of(made, 0)) == "objective 6"
    request = runner.jobs[slots.NATURAL]
    assert request == MeasureNatural(NETWORK.source, "few", PICTURES, "caffe", "layer", 8)
    runner.finish(slots.NATURAL, Natural(request, np.array([[-2.0], [4.0]], np.float32)))
    said = "objective 6: beats all 2 pictures, 1.5 times the best"
    panel.show_tips.assert_called_with({2: said, 5: "objective -1: beats 1 of 2 pictures"})
    panel.show_rank.assert_called_once_with("1 of 2 beat each of 2 pictures")


@pytest.mark.parametrize(
    ("objective", "why"),
    [
        ("channel + diversity(100)", "diversity compares these patterns with each other"),
        ("caricature(coffee)", "a caricature is likeness to one of them"),
    ],
)
def test_what_no_picture_can_be_measured_by_says_so(
    trust: PatternTrust, patterns: FakePatterns, runner: FakeRunner, panel: FakePanel, objective: str, why: str
) -> None:
    made = patterns.finish(objective=objective)
    assert not runner.busy(slots.NATURAL)
    assert trust.said(kept_of(made, 0)) == f"No rank among pictures: {why}."
    panel.show_rank.assert_called_once_with(f"No rank among pictures: {why}.")


def test_the_users_own_pictures_come_first_and_the_samples_join_a_few(tmp_path: Path) -> None:
    own = [tmp_path / f"{number}.png" for number in range(60)]
    for path in own[:-1]:
        path.write_bytes(b"")
    samples = [str(tmp_path / "s.png")]
    paths = list(map(str, own))
    assert natural_pictures([], [], samples) == tuple(samples)
    assert natural_pictures(paths[:2], [paths[1], paths[3], paths[59]], samples) == (
        paths[0], paths[1], paths[3], *samples,
    )  # fmt: skip
    assert natural_pictures(paths[:3], paths[3:6], samples) == tuple(paths[:6])
    assert len(natural_pictures(paths, [], samples)) == MOST

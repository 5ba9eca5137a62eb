"""The first batch finds out how many pictures a core should compute at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.engine import calibration
from cnnviz_gui.engine.calibration import WHOLE, Choice, Pace, choices

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize(
    ("cores", "most", "expected"),
    [
        (2, 100, [(2, 32), (2, 16), (2, 8), (2, 4), (1, 32)]),
        (2, 16, [(2, 8), (2, 4), (1, 16)]),
        (2, 40, [(2, 16), (2, 8), (2, 4), (1, 32)]),
        (2, 8, [(2, 4), (1, 8)]),
        (2, 3, [(1, 2)]),
        (8, 20, [(5, 4), (1, 16)]),
        (8, 1000, [(8, 32), (8, 16), (8, 8), (8, 4), (1, 32)]),
        (1, 100, [(1, 32)]),
        (1, 5, [(1, 4)]),
    ],
)
def test_what_is_tried_fits_into_the_memory(cores: int, most: int, expected: list[tuple[int, int]]) -> None:
    found = choices(cores, most)
    assert [(choice.lanes, choice.most) for choice in found] == expected
    assert all(choice.pictures <= most for choice in found)


class Clock:
    """A step takes what the way of cutting says, and the first step of each way ten times as long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, seconds: Mapping[tuple[int, int], float]) -> None:
        self.now = 0.0
        self._seconds = seconds
        self._seen: set[tuple[int, int]] = set()
        monkeypatch.setattr(calibration.time, "perf_counter", lambda: self.now)

    def step(self, pace: Pace, count: int) -> tuple[int, int]:
        with pace.step(count) as (sizes, lanes):
            way = (lanes, max(sizes))
            self.now += self._seconds[way] * (1 if way in self._seen else 10)
            self._seen.add(way)
        return way


WAYS = (Choice(2, 16), Choice(2, 8), Choice(2, 4), Choice(1, 32))


def run(
    monkeypatch: pytest.MonkeyPatch, seconds: Mapping[tuple[int, int], float]
) -> tuple[list[tuple[int, int]], list[Choice]]:
    clock, found = Clock(monkeypatch, seconds), list[Choice]()
    pace = Pace(*WAYS, found=found.append)
    return [clock.step(pace, 32) for _ in range(20)], found


@pytest.mark.parametrize(
    ("seconds", "tried", "best"),
    [
        # Of smaller pieces, those behind the first that are slower are left out.
        ((3.0, 2.0, 2.5, 2.5), [(2, 16)] * 3 + [(2, 8)] * 3 + [(2, 4)] * 3 + [(1, 32)] * 3, (2, 8)),
        ((2.0, 2.5, 1.0, 2.5), [(2, 16)] * 3 + [(2, 8)] * 3 + [(1, 32)] * 3, (2, 16)),
        ((2.0, 2.5, 1.0, 1.5), [(2, 16)] * 3 + [(2, 8)] * 3 + [(1, 32)] * 3, (1, 32)),
        ((4.0, 3.0, 2.0, 2.5), [(2, 16)] * 3 + [(2, 8)] * 3 + [(2, 4)] * 3 + [(1, 32)] * 3, (2, 4)),
        # What is slower by far is tried for one step that counts.
        ((2.0, 3.0, 1.0, 2.7), [(2, 16)] * 3 + [(2, 8)] * 2 + [(1, 32)] * 2, (2, 16)),
    ],
)
def test_the_fastest_is_kept_after_some_were_tried(
    monkeypatch: pytest.MonkeyPatch,
    seconds: tuple[float, ...],
    tried: list[tuple[int, int]],
    best: tuple[int, int],
) -> None:
    costs = {(way.lanes, way.most): cost for way, cost in zip(WAYS, seconds, strict=True)}
    ways, found = run(monkeypatch, costs)
    assert ways == tried + [best] * (20 - len(tried))
    assert found == [Choice(*best, costs[best] / 32)]


def test_of_two_that_are_equally_fast_the_smaller_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found = run(monkeypatch, {(2, 16): 2.0, (2, 8): 2.05, (2, 4): 2.1, (1, 32): 2.0})
    assert [(choice.lanes, choice.most) for choice in found] == [(2, 8)]


def test_it_is_known_beforehand_whether_a_step_tries_something(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, {(2, 16): 1.0, (2, 8): 1.2, (1, 32): 1.2})
    pace = Pace(*WAYS)
    known = []
    for _ in range(12):
        assert not pace.tries(31)
        known.append(pace.tries(32))
        clock.step(pace, 32)
    assert known == [True] * 9 + [False] * 3
    assert not Pace(WHOLE).tries(32)


def test_a_batch_that_is_too_small_tries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch, {(2, 4): 1.0, (2, 16): 1.0, (2, 8): 1.0, (1, 32): 1.0})
    found = list[Choice]()
    pace = Pace(*WAYS, found=found.append)
    assert {clock.step(pace, 12) for _ in range(20)} == {(2, 4)}
    assert not found
    clock.step(pace, 32)
    alone = Pace(Choice(2, 16), found=found.append)
    assert {clock.step(alone, 32) for _ in range(20)} == {(2, 16)}
    assert not found


@pytest.mark.parametrize("count", [1, 3, 13, 64])
def test_what_belongs_together_is_not_cut(count: int) -> None:
    with Pace(WHOLE).step(count) as (sizes, lanes):
        assert (sizes, lanes) == ([count], 1)


@pytest.mark.parametrize(("seconds", "is_doubted"), [(0.7, True), (0.8, False), (5.0, False)])
def test_a_way_that_is_later_much_faster_is_worth_trying_anew(
    monkeypatch: pytest.MonkeyPatch, seconds: float, is_doubted: bool
) -> None:
    doubts: list[bool] = []
    clock = Clock(monkeypatch, {(1, 2): 2 * seconds})
    pace = Pace(Choice(1, 2, 1.0), doubted=lambda: doubts.append(True))
    # The first step takes ten times as long.
    for _ in range(2):
        clock.step(pace, 2)
    assert bool(doubts) is is_doubted

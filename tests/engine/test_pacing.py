"""How a batch is cut changes how fast its patterns are made, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.engine.ascent import Ascent
from cnnviz_gui.engine.calibration import Choice
from cnnviz_gui.engine.pacing import BATCH_SECONDS, batch_size, speed_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine_cases import Asker, Case

    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.engine.climb import Climb

DEEP = "conv4_block5_3_conv"
TUTORIAL = replace(PRESETS["tutorial"], size=64, steps=3)


def request_of(case: Case, count: int, **changes: object) -> MakePatterns:
    settings = replace(TUTORIAL, **changes)  # type: ignore[arg-type]
    return MakePatterns(case.source, DEEP, tuple(range(count)), settings, case.preprocessing)


@pytest.fixture
def calibrated(ask: Asker) -> Iterator[dict[str, Choice]]:
    """What the engine has found to be fastest, as it was before when the test has ended."""
    choices = ask.calibration.choices
    before = dict(choices)
    yield choices
    choices.clear()
    choices.update(before)


@pytest.mark.parametrize("count", [13, 22, 40])
def test_a_recipe_makes_the_same_pictures_bit_for_bit_whatever_was_found_to_be_fastest(
    resnet50: Case, ask: Asker, calibrated: dict[str, Choice], count: int
) -> None:
    request = request_of(resnet50, count)
    made: list[Patterns] = []
    # One piece at a time, two and three; large and small ones; in batches and all in one.
    for choice in (Choice(1, 32), Choice(1, 16), Choice(2, 8), Choice(2, 4), Choice(3, 8), Choice(2, 4, 1e-3)):
        calibrated[speed_key(request)] = choice
        ask.forget_climbs()
        made.append(ask(request))
    for other in made[1:]:
        assert (other.images == made[0].images).all()
        assert (other.objective == made[0].objective).all()


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        # Not known; as long as it takes; a little less than the next power of two needs; as much as it needs.
        (0.0, 8),
        (BATCH_SECONDS, 8),
        (BATCH_SECONDS / (3 * 31.9), 16),
        (BATCH_SECONDS / (3 * 32.1), 32),
    ],
)
def test_as_many_are_made_together_as_take_a_moment(
    resnet50: Case, ask: Asker, calibrated: dict[str, Choice], seconds: float, expected: int
) -> None:
    request, opened = request_of(resnet50, 64), ask.opened(resnet50)
    bench = ask.engine._bench
    assert bench is not None
    calibrated[speed_key(request)] = Choice(2, 4, seconds)
    assert batch_size(bench, opened, request) == expected
    asked = request_of(resnet50, 64, batch=5)
    calibrated[speed_key(asked)] = Choice(2, 4, seconds)
    assert batch_size(bench, opened, asked) == 5


@pytest.mark.parametrize(("before", "after"), [(1e-3, BATCH_SECONDS), (BATCH_SECONDS, 1e-3)])
def test_what_stood_still_goes_on_in_batches_of_another_size(
    resnet50: Case,
    ask: Asker,
    calibrated: dict[str, Choice],
    monkeypatch: pytest.MonkeyPatch,
    before: float,
    after: float,
) -> None:
    few, more = request_of(resnet50, 11, steps=2), request_of(resnet50, 11)
    ask.forget_climbs()
    whole: Patterns = ask(more)
    ask.forget_climbs()
    calibrated[speed_key(few)] = Choice(2, 4, before)
    ask(few)
    made: list[tuple[int, int]] = []
    step = Ascent.step

    def counted(self: Ascent, climb: Climb, number: int) -> object:
        made.append((number, climb.count))
        return step(self, climb, number)

    monkeypatch.setattr(Ascent, "step", counted)
    calibrated[speed_key(more)] = Choice(2, 4, after)
    gone_on: Patterns = ask(more)
    # All in one before, and eight at most after; the other way round what stood in two batches stays so.
    assert made == [(2, 8), (2, 3)]
    assert (gone_on.images == whole.images).all()
    assert (gone_on.objective == whole.objective).all()

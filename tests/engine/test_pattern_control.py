"""Patterns that are stopped, go on, are found again, or do not fit: always the picture of an uninterrupted run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tensorflow as tf
from engine_cases import Asker, same_patterns

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.film import FRAMES
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_reasons import PatternRemedy, Reason, remedies
from cnnviz_gui.core.pattern_requests import ForecastPatterns, MakePatterns, Preview
from cnnviz_gui.core.requests import STOP, Progress
from cnnviz_gui.engine import calibration, forecast, pacing
from cnnviz_gui.engine import patterns as engine_patterns
from cnnviz_gui.engine.ascent import Ascent
from cnnviz_gui.engine.calibration import TIMED_STEPS
from cnnviz_gui.engine.engine import Engine
from cnnviz_gui.engine.pattern_store import PatternStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from engine_cases import Case

    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import Patterns

CLEAR = replace(PRESETS["clear"], preset="custom", size=32, steps=20, batch=2)
PIXELS = replace(PRESETS["tutorial"], preset="custom", size=24, steps=20, batch=2)
CHANNELS = (0, 1, 2, 3, 4)


@pytest.fixture
def case(small: Callable[..., Case]) -> Case:
    import keras

    layers = keras.layers
    return small(
        [
            layers.Input((None, None, 3)),
            layers.Conv2D(6, 3, activation="relu", name="first"),
            layers.Conv2D(8, 3, name="second"),
        ]
    )


def stop_at(work: int) -> Callable[[Progress | Preview], object]:
    """Stops when so many steps of pictures are done."""
    return lambda step: STOP if (step.work_done if isinstance(step, Preview) else step.done) >= work else None


@pytest.fixture
def steps_made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Pictures of each step that is really computed."""
    made: list[int] = []
    step = Ascent.step

    def counted(self: Ascent, climb: object, number: int) -> object:
        made.append(number)
        return step(self, climb, number)  # type: ignore[arg-type]

    monkeypatch.setattr(Ascent, "step", counted)
    return made


def request_of(case: Case, settings: PatternSettings, channels: tuple[int, ...] = CHANNELS) -> MakePatterns:
    return MakePatterns(case.source, "second", channels, settings, case.preprocessing)


@pytest.mark.parametrize(
    ("batch", "expected"),
    [
        # Two pieces of four, and one of eight, are tried; what is too small to try anything settles.
        (8, [True] * 2 * (1 + TIMED_STEPS) + [False] * (20 - 2 * (1 + TIMED_STEPS))),
        (2, [True] * 12 + [False] * 68),
    ],
)
def test_the_first_previews_say_that_it_is_tried_out_how_to_go(
    case: Case, ask_small: Asker, monkeypatch: pytest.MonkeyPatch, batch: int, expected: list[bool]
) -> None:
    monkeypatch.setattr(engine_patterns, "PREVIEW_SECONDS", 0.0)
    monkeypatch.setattr(pacing, "lanes", lambda: 2)
    # Each is tried to the end, however long it takes.
    monkeypatch.setattr(calibration, "HOPELESS", float("inf"))
    said: list[bool] = []
    ask_small(
        request_of(case, replace(CLEAR, seed=77, batch=batch), tuple(range(8))),
        lambda step: said.append(step.trying) if isinstance(step, Preview) else None,
    )
    assert said == expected


@pytest.mark.parametrize("settings", [CLEAR, PIXELS], ids=["adam-fourier", "normalized-pixel"])
class TestContinue:
    def test_what_was_stopped_goes_on_bit_for_bit(
        self, case: Case, ask_small: Asker, steps_made: list[int], settings: PatternSettings
    ) -> None:
        request = request_of(case, settings)
        whole: Patterns = ask_small(request)
        ask_small.forget_climbs()
        # Two pictures of twenty steps are done, and of the next two thirteen.
        stopped: Patterns = ask_small(request, stop_at(2 * 20 + 2 * 13))
        assert stopped.steps == (20, 20, 13, 13)
        steps_made.clear()
        gone_on: Patterns = ask_small(request)
        assert steps_made == [*range(13, 20), *range(20)]
        assert same_patterns(gone_on, whole)
        assert gone_on.recipe == whole.recipe

    def test_more_steps_go_on_from_the_finished_ones(
        self, case: Case, ask_small: Asker, steps_made: list[int], settings: PatternSettings
    ) -> None:
        more = request_of(case, replace(settings, steps=30))
        whole: Patterns = ask_small(more)
        ask_small.forget_climbs()
        ask_small(request_of(case, settings))
        steps_made.clear()
        gone_on: Patterns = ask_small(more)
        assert steps_made == [*range(20, 30)] * 3
        assert same_patterns(gone_on, whole)

    def test_an_engine_that_was_restarted_ends_in_the_same_bytes(
        self, case: Case, ask_small: Asker, settings: PatternSettings
    ) -> None:
        request = request_of(case, settings)
        whole: Patterns = ask_small(request)
        ask_small.forget_climbs()
        ask_small(request, stop_at(2 * 20 + 2 * 13))
        other = Asker()
        assert same_patterns(other(request), whole)
        other.engine.close()

    def test_what_was_dropped_goes_on_too(
        self, case: Case, ask_small: Asker, steps_made: list[int], settings: PatternSettings
    ) -> None:
        request = request_of(case, settings)
        answer = ask_small.engine.answer(request)
        while len(steps_made) < 25:
            next(answer)
        answer.close()
        steps_made.clear()
        ask_small(request)
        assert steps_made == [*range(5, 20), *range(20)]

    def test_fewer_steps_are_not_what_went_further(
        self, case: Case, ask_small: Asker, settings: PatternSettings
    ) -> None:
        fewer = request_of(case, replace(settings, steps=7))
        alone: Patterns = ask_small(fewer)
        ask_small.forget_climbs()
        ask_small(request_of(case, settings))
        assert same_patterns(ask_small(fewer), alone)


class TestCache:
    @pytest.fixture
    def stored(self, tmp_path: Path) -> Iterator[Asker]:
        asker = Asker(Engine(PatternStore(tmp_path / "patterns")))
        yield asker
        asker.engine.close()

    @pytest.fixture
    def later(self, tmp_path: Path) -> Iterator[Asker]:
        """Another engine, after a restart, with the same folder."""
        asker = Asker(Engine(PatternStore(tmp_path / "patterns")))
        yield asker
        asker.engine.close()

    def test_a_finished_pattern_is_never_computed_twice(
        self, case: Case, stored: Asker, later: Asker, steps_made: list[int]
    ) -> None:
        first: Patterns = stored(request_of(case, CLEAR))
        assert first.cached == 0
        steps_made.clear()
        seen: list[Progress | Preview] = []
        again: Patterns = later(request_of(case, CLEAR), seen.append)
        assert steps_made == []
        assert same_patterns(again, first)
        assert (again.cached, again.recipe, again.climbed) == (5, first.recipe, first.climbed)
        assert again.score.tobytes() == first.score.tobytes()
        (preview,) = [step for step in seen if isinstance(step, Preview)]
        assert (preview.places, preview.done, preview.work_done, preview.work_found) == ((0, 1, 2, 3, 4), 5, 100, 100)
        assert not any("Preparing" in str(step.text) for step in seen if isinstance(step, Progress))

    def test_neither_the_name_of_the_preset_nor_the_batch_nor_the_others_matter(
        self, case: Case, stored: Asker, later: Asker, steps_made: list[int]
    ) -> None:
        stored(request_of(case, CLEAR))
        steps_made.clear()
        later(request_of(case, replace(CLEAR, preset="mine", batch=5), (4, 2)))
        assert steps_made == []

    @pytest.mark.parametrize(
        "change",
        [
            {"seed": 1},
            {"steps": 19},
            {"size": 40},
            {"step_size": 0.06},
            {"climb": "output"},
            {"jitter": 3},
            {"image": "pixel"},
            {"optimizer": "normalized"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_every_parameter_that_changes_the_picture_is_part_of_the_key(
        self, case: Case, stored: Asker, later: Asker, change: dict[str, object]
    ) -> None:
        stored(request_of(case, CLEAR, (0,)))
        assert later(request_of(case, replace(CLEAR, **change), (0,))).cached == 0  # type: ignore[arg-type]

    def test_preprocessing_layer_and_channel_are_part_of_the_key(
        self, case: Case, stored: Asker, later: Asker
    ) -> None:
        request = request_of(case, CLEAR, (0,))
        stored(request)
        for other in (
            replace(request, preprocessing="torch"),
            replace(request, layer="first"),
            replace(request, channels=(1,)),
        ):
            assert later(other).cached == 0

    def test_a_network_with_other_weights_is_another(
        self, case: Case, stored: Asker, later: Asker, small: Callable[..., Case]
    ) -> None:
        import keras

        stored(request_of(case, CLEAR, (0,)))
        layers = keras.layers
        changed = small(
            [layers.Input((None, None, 3)), layers.Conv2D(6, 3, name="first"), layers.Conv2D(8, 3, name="second")]
        )
        assert changed.source == case.source
        assert later(request_of(changed, CLEAR, (0,))).cached == 0

    def test_what_was_found_stands_among_what_is_made(
        self, case: Case, stored: Asker, later: Asker, steps_made: list[int]
    ) -> None:
        stored(request_of(case, CLEAR, (1, 3)))
        steps_made.clear()
        patterns: Patterns = later(request_of(case, CLEAR))
        assert len(steps_made) == 2 * 20
        assert (patterns.channels, patterns.cached) == (CHANNELS, 2)
        alone: Patterns = stored(request_of(case, CLEAR, (1, 3)))
        assert patterns.images[[1, 3]].tobytes() == alone.images.tobytes()

    def test_a_stopped_pattern_is_not_a_finished_one(self, case: Case, stored: Asker, later: Asker) -> None:
        stored(request_of(case, CLEAR), stop_at(2 * 20 + 2 * 13))
        assert later(request_of(case, CLEAR)).cached == 2

    def test_a_forecast_counts_what_is_there_already(self, case: Case, stored: Asker, later: Asker) -> None:
        stored(request_of(case, CLEAR, (0, 1)))
        request = request_of(case, CLEAR)
        some = later(ForecastPatterns(request))
        assert some.cached == 2
        stored(request)
        all_of_them = later(ForecastPatterns(request))
        assert (all_of_them.cached, all_of_them.seconds, all_of_them.memory_bytes) == (5, 0, 0)


class TestFilm:
    def test_every_pattern_has_pictures_of_its_way(self, case: Case, ask_small: Asker) -> None:
        request = replace(request_of(case, replace(PIXELS, steps=100)), frames=FRAMES)
        seen: list[Preview] = []
        patterns: Patterns = ask_small(request, lambda step: seen.append(step) if isinstance(step, Preview) else None)
        for row, film in enumerate(patterns.films):
            assert film is not None
            assert len(film.steps) == FRAMES
            assert (film.steps[0], film.steps[-1]) == (1, 100)
            assert film.pictures.shape == (FRAMES, 24, 24, 3)
            assert (film.pictures[-1] == patterns.pictures[row]).all()
        sent = [film.steps for preview in seen for film in preview.films[:1] if film and preview.places[0] == 0]
        first = patterns.films[0]
        assert first is not None
        assert tuple(step for steps in sent for step in steps) == first.steps

    def test_a_picture_of_the_way_is_the_pattern_of_so_many_steps(self, case: Case, ask_small: Asker) -> None:
        request = replace(request_of(case, PIXELS, (0, 1)), frames=FRAMES)
        patterns: Patterns = ask_small(request)
        fewer: Patterns = ask_small(request_of(case, replace(PIXELS, steps=9), (0, 1)))
        film = patterns.films[1]
        assert film is not None
        assert (film.at(9) == fewer.pictures[1]).all()

    def test_what_goes_on_keeps_the_pictures_of_before(self, case: Case, ask_small: Asker) -> None:
        request = replace(request_of(case, PIXELS, (0, 1)), frames=FRAMES)
        whole: Patterns = ask_small(request)
        ask_small.forget_climbs()
        ask_small(request, stop_at(2 * 13))
        gone_on: Patterns = ask_small(request)
        for one, other in zip(gone_on.films, whole.films, strict=True):
            assert one is not None
            assert other is not None
            assert one.steps == other.steps
            assert one.pictures.tobytes() == other.pictures.tobytes()

    def test_without_being_asked_for_none_are_kept(self, case: Case, ask_small: Asker) -> None:
        ask_small.forget_climbs()
        assert ask_small(request_of(case, PIXELS, (0,))).films == (None,)


class TestMemory:
    @pytest.fixture
    def room(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """The number of pictures for which there is memory, and after how many steps it becomes so."""
        room = [99, 0]
        step = Ascent.step

        def limited(self: Ascent, climb: object, number: int) -> object:
            if number >= room[1] and climb.parameters.shape[0] > room[0]:  # type: ignore[attr-defined]
                raise tf.errors.ResourceExhaustedError(None, None, "OOM when allocating tensor")
            return step(self, climb, number)  # type: ignore[arg-type]

        monkeypatch.setattr(Ascent, "step", limited)
        return room

    def test_a_batch_that_does_not_fit_is_halved_and_goes_on_from_where_it_was(
        self, case: Case, ask_small: Asker, room: list[int], steps_made: list[int]
    ) -> None:
        settings = replace(CLEAR, batch=4, seed=5)
        request = request_of(case, settings, (0, 1, 2, 3, 4, 5, 6))
        room[:] = [2, 13]
        seen: list[Progress | Preview] = []
        patterns: Patterns = ask_small(request, seen.append)
        assert patterns.steps == (20,) * 7
        # Four pictures to step 13, then twice two; then two, and one, from the start.
        assert steps_made == [*range(14), *range(13, 20), *range(13, 20), *range(20), *range(20)]
        said = [str(step.text) for step in seen if isinstance(step, Progress) and "at a time" in str(step.text)]
        assert said == ["The memory did not suffice: 2 at a time from here on."]
        notes = {str(step.note) for step in seen if isinstance(step, Preview) and step.note}
        assert notes == set(said)
        ask_small.forget_climbs()
        room[0] = 99
        alone: Patterns = ask_small(replace(request, settings=replace(settings, batch=2, step_size=0.05)))
        assert patterns.objective == pytest.approx(alone.objective, rel=1e-3, abs=1e-4)

    def test_the_next_request_begins_with_what_fits(
        self, case: Case, ask_small: Asker, room: list[int], steps_made: list[int]
    ) -> None:
        settings = replace(CLEAR, batch=4, size=33)
        room[:] = [1, 0]
        ask_small(request_of(case, settings, (0, 1, 2, 3)))
        steps_made.clear()
        ask_small(request_of(case, replace(settings, seed=1), (0, 1, 2, 3)))
        assert steps_made == [*range(20)] * 4

    def test_not_even_one_is_said_and_what_was_finished_is_not_lost(
        self, case: Case, ask_small: Asker, room: list[int], steps_made: list[int]
    ) -> None:
        settings = replace(CLEAR, batch=2, size=34)
        request = request_of(case, settings, (0, 1, 2))
        step = Ascent.step

        def run_out(progress: Progress | Preview) -> None:
            if isinstance(progress, Preview) and progress.done == 2:
                room[:] = [0, 3]

        with pytest.raises(CnnvizError, match="Not even one pattern of 34 x 34"):
            ask_small(request, run_out)
        assert step is Ascent.step
        room[0] = 99
        steps_made.clear()
        ask_small(request)
        assert steps_made == [*range(3, 20)]

    def test_what_cannot_fit_even_one_at_a_time_is_refused_with_numbers_before_it_starts(
        self, case: Case, ask_small: Asker, steps_made: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        request = request_of(case, replace(CLEAR, size=256, seed=77, batch=0), (0, 1, 2))
        # 254 x 254 x 6 and 252 x 252 x 8 numbers of four bytes, and the picture itself.
        outputs = 4 * (256 * 256 * 3 + 254 * 254 * 6 + 252 * 252 * 8)
        monkeypatch.setattr(forecast, "memory_left", lambda budget: outputs - 1)
        assert not ask_small(ForecastPatterns(request)).fits
        with pytest.raises(CnnvizError, match=r"256 pixels of second takes about 4\.4 MB of memory; 4\.4 MB of"):
            ask_small(request)
        assert steps_made == []

    def test_where_little_is_left_smaller_batches_are_chosen(
        self, case: Case, ask_small: Asker, monkeypatch: pytest.MonkeyPatch, steps_made: list[int]
    ) -> None:
        request = request_of(case, replace(CLEAR, size=256, seed=78, steps=2, batch=0), (0, 1, 2))
        outputs = 4 * (256 * 256 * 3 + 254 * 254 * 6 + 252 * 252 * 8)
        for module in (forecast, pacing):
            monkeypatch.setattr(module, "memory_left", lambda budget: 2 * outputs)
        assert ask_small(ForecastPatterns(request)).fits
        ask_small(request)
        assert steps_made == [0, 1] * 3

    def test_where_three_fit_two_are_computed_together_so_that_memory_changes_no_picture(
        self, case: Case, ask_small: Asker, monkeypatch: pytest.MonkeyPatch, steps_made: list[int]
    ) -> None:
        request = request_of(case, replace(CLEAR, size=256, seed=79, steps=2, batch=0), (0, 1, 2, 3, 4, 5))
        outputs = 4 * (256 * 256 * 3 + 254 * 254 * 6 + 252 * 252 * 8)
        for module in (forecast, pacing):
            monkeypatch.setattr(module, "memory_left", lambda budget: 3 * 2 * outputs)
        ask_small(request)
        assert steps_made == [0, 1] * 3


class TestGrey:
    """Reasons that no rectifier is to blame for."""

    def reason(self, small: Callable[..., Case], ask: Asker, layers: list[object], **settings: object) -> str | None:
        import keras

        case = small([keras.layers.Input((None, None, 3)), *layers])
        chosen = replace(PIXELS, size=16, steps=4, climb="output", **settings)  # type: ignore[arg-type]
        patterns: Patterns = ask(MakePatterns(case.source, case.model.layers[-1].name, (0,), chosen, "none"))
        return patterns.reasons[0]

    def test_infinite(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras

        layers = keras.layers
        assert self.reason(small, ask_small, [layers.Rescaling(3e38)]) == "infinite"

    @pytest.mark.parametrize("settings", [PIXELS, CLEAR], ids=["pixels", "fourier"])
    def test_a_gradient_that_is_no_number_leaves_the_picture_as_it_was(
        self, settings: PatternSettings, small: Callable[..., Case], ask_small: Asker
    ) -> None:
        """The root of a rectifier that is off: its slope is infinite, times the rectifier's of zero."""
        import keras

        layers, ops = keras.layers, keras.ops

        def close(model: keras.Model) -> None:
            conv = model.get_layer("conv")
            # Of every picture, levels from 0 to 255: the first channel's value is off, the second one's is not.
            conv.kernel.assign(np.full(conv.kernel.shape, (-1.0, 1.0, 1.0, 1.0)))
            conv.bias.assign(np.ones(4))

        picture = layers.Input((None, None, 3))
        rectified = layers.Conv2D(4, 3, activation="relu", name="conv")(picture)
        case = small(
            keras.Model(picture, layers.Activation("linear", name="roots")(ops.sqrt(rectified))), change=close
        )
        asked = replace(settings, size=16, steps=4, climb="output")
        patterns: Patterns = ask_small(MakePatterns(case.source, "roots", (0, 1), asked, "none"))
        start: Patterns = ask_small(
            MakePatterns(case.source, "roots", (0, 1), replace(asked, steps=1, step_size=1e-6), "none")
        )
        assert patterns.reasons == (Reason.NO_SLOPE, None)
        assert np.isfinite(patterns.objective).all()
        np.testing.assert_array_equal(patterns.pictures[0], start.pictures[0])
        assert (patterns.pictures[1] != start.pictures[1]).any()
        offered = remedies(Reason.NO_SLOPE, asked)
        assert PatternRemedy.PREACTIVATION in offered
        # A remedy that helps: before the rectifier there is a slope.
        helped: Patterns = ask_small(
            MakePatterns(case.source, "conv", (0,), replace(asked, climb="preactivation"), "none")
        )
        assert helped.reasons == (None,)

    def test_a_gradient_that_is_zero_at_the_start_only(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras

        layers = keras.layers
        # The start is 128 to 148 everywhere: at the upper end of the range.
        assert self.reason(small, ask_small, [layers.Activation("relu6")]) == "zero-gradient"

    def test_a_layer_without_a_derivative(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras

        layers = keras.layers
        # A threshold has the derivative zero wherever it has one.
        assert self.reason(small, ask_small, [layers.Activation("relu6"), layers.Discretization([3.0])]) == "blocked"

    def test_finite_patterns_have_no_reason(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras

        assert self.reason(small, ask_small, [keras.layers.Conv2D(2, 3)]) is None


def test_films_and_curves_do_not_grow_without_end(case: Case, ask_small: Asker) -> None:
    ask_small.forget_climbs()
    for steps in range(20, 140, 20):
        request = replace(request_of(case, replace(PIXELS, steps=steps), (0, 1)), frames=10)
        patterns: Patterns = ask_small(request)
    assert patterns.objective.shape == (2, 120)
    film = patterns.films[0]
    assert film is not None
    assert len(film.steps) <= 2 * 10
    assert np.diff(film.steps).min() > 0

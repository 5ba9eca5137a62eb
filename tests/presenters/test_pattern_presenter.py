"""The filter-pattern panel: from channels as typed to a mosaic that grows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from presenters_fakes import FIXED, NETWORK, OTHER, FakeBar, FakePanel, FakeRunner

from cnnviz_gui.core import remaining
from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.film import FRAMES, Film
from cnnviz_gui.core.mosaic import PATTERN_GAP
from cnnviz_gui.core.pattern import PRESETS, PatternSettings
from cnnviz_gui.core.pattern_reasons import PatternRemedy, Reason
from cnnviz_gui.core.pattern_requests import Forecast, ForecastPatterns, MakePatterns, Patterns, Preview
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.core.recipe import make_recipe
from cnnviz_gui.core.requests import Progress
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.kept_pattern import KeptPatterns
from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
from cnnviz_gui.session.state import Lens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QObject

    from cnnviz_gui.core.mosaic import Tiling
    from cnnviz_gui.session.session import Session

SMALL = PatternSettings(size=8, steps=10)
TUTORIAL = replace(PRESETS["tutorial"], size=8)
RECIPE = make_recipe("patterns", layer="many", network={"sha256": NETWORK.sha256})
OFF, BLOCKED = Reason.OFF, Reason.BLOCKED


@pytest.fixture
def presenter(
    session: Session, runner: FakeRunner, panel: FakePanel, bar: FakeBar, owner: QObject
) -> PatternPresenter:
    """The presenter, before anything is open."""
    return PatternPresenter(session, runner, panel, bar, owner)


@pytest.fixture
def many(presenter: PatternPresenter, looking: Session) -> Session:
    """The session at the layer of 96 channels."""
    looking.select_layer("many")
    return looking


def job(runner: FakeRunner) -> MakePatterns:
    """The running job."""
    request = runner.jobs[slots.PATTERNS]
    assert isinstance(request, MakePatterns)
    return request


def pictures(request: MakePatterns, places: Sequence[int]) -> NDArray[np.uint8]:
    """Patterns of one grey level each: place + 1, so that black is none of them."""
    size = request.settings.size
    levels = np.array(places, np.uint8) + 1
    return np.broadcast_to(levels[:, None, None, None], (len(levels), size, size, 3)).copy()


def preview(request: MakePatterns, first: int, count: int, step: int = 5, work_done: int = 0) -> Preview:
    """Some of the patterns, on the way."""
    made = pictures(request, range(first, first + count))
    objective = np.zeros((count, step), np.float32)
    return Preview(
        request, step, tuple(range(first, first + count)), made, objective, first, work_done, message("the mean")
    )


def patterns(
    request: MakePatterns,
    count: int | None = None,
    *,
    last: int | None = None,
    reasons: dict[int, Reason] | None = None,
) -> Patterns:
    """The first patterns of a request, or all; the last one with fewer steps where that is said."""
    channels = request.channels[:count]
    steps = [request.settings.steps] * len(channels)
    if last is not None:
        steps[-1] = last
    made = pictures(request, range(len(channels)))
    return Patterns(
        request,
        channels,
        tuple(steps),
        made.astype(np.float32),
        made,
        np.zeros((len(channels), request.settings.steps), np.float32),
        np.zeros(len(channels), np.float32),
        tuple((reasons or {}).get(channel) for channel in channels),
        message("the mean"),
        RECIPE,
    )


def places(mosaic: NDArray[np.uint8], size: int = 8) -> list[list[int]]:
    """The grey level in the middle of every tile of a mosaic, row by row."""
    return mosaic[size // 2 :: size + PATTERN_GAP, size // 2 :: size + PATTERN_GAP, 0].tolist()


def shown(panel: FakePanel) -> tuple[NDArray[np.uint8], Tiling]:
    """The mosaic on the screen."""
    mosaic, tiling = panel.show_mosaic.call_args.args
    return mosaic, tiling


def progress_text(panel: FakePanel) -> str:
    """The line of progress."""
    return panel.show_progress.call_args.args[0]


def test_patterns_fill_their_room_and_are_saved_eight_a_row(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.aspect_changed.emit(1.0)
    panel.generate_requested.emit("0-15", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    assert shown(panel)[1].per_row == 4
    panel.aspect_changed.emit(1.05)
    assert panel.show_mosaic.call_count == 1
    panel.aspect_changed.emit(0.25)
    assert shown(panel)[1].per_row == 2
    assert places(shown(panel)[0])[1] == [3, 4]
    assert presenter.mosaic is not None
    assert [row[0] for row in places(presenter.mosaic[0])] == [1, 9]


def test_patterns_are_seen_growing_when_the_engine_has_read_pictures_or_changed_the_precision(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    settings = replace(SMALL, objective="caricature(coffee)", precision="bfloat16")
    panel.generate_requested.emit("0", settings)
    asked = job(runner)
    read_by_engine = (*asked.pictures, ("coffee", make_picture("coffee.jpg", b"coffee")))
    made = replace(asked, pictures=read_by_engine, settings=replace(settings, precision="float32"))
    runner.advance(slots.PATTERNS, preview(made, 0, 1))
    assert places(shown(panel)[0]) == [[1]]
    runner.finish(slots.PATTERNS, patterns(made, last=5))
    panel.settings_changed.emit("0", settings)
    panel.show_action.assert_called_with("continue")


@pytest.mark.parametrize(
    ("objective", "typed", "names"),
    [
        ("channel", "3", {}),
        ("class", "cup", {2: "Class 2: cup"}),
        ("layer", "1", {1: "Start 1"}),
    ],
)
def test_patterns_are_called_what_they_are_of(
    presenter: PatternPresenter,
    many: Session,
    runner: FakeRunner,
    panel: FakePanel,
    objective: str,
    typed: str,
    names: dict[int, str],
) -> None:
    panel.generate_requested.emit(typed, replace(SMALL, objective=objective))
    panel.show_names.assert_called_once_with(names)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    panel.show_names.assert_called_with(names)


def test_at_first_the_settings_are_clear_and_there_is_no_layer(presenter: PatternPresenter, panel: FakePanel) -> None:
    panel.show_settings.assert_called_once_with(PRESETS["clear"])
    panel.show_layer.assert_called_once_with(None)
    assert presenter.mosaic is None


def test_a_layer_is_offered_with_its_first_64_channels_at_most(
    presenter: PatternPresenter, looking: Session, panel: FakePanel
) -> None:
    panel.show_layer.assert_called_with(NETWORK.layer("few"))
    panel.show_channels.assert_called_with("0-7")
    looking.select_layer("many")
    panel.show_channels.assert_called_with("0-63")


def test_a_layer_without_channels_leaves_the_field_alone(
    presenter: PatternPresenter, looking: Session, panel: FakePanel
) -> None:
    panel.told.reset_mock()
    looking.select_layer("unknown")
    panel.show_layer.assert_called_once_with(NETWORK.layer("unknown"))
    panel.show_channels.assert_not_called()


def test_what_was_typed_stays_while_only_channel_or_display_change(many: Session, panel: FakePanel) -> None:
    panel.told.reset_mock()
    many.select_channels((7,))
    many.choose_size((64, 64))
    assert panel.told.mock_calls == []


def test_the_request_says_the_channels_as_typed_and_every_setting(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    many.choose_preprocessing("torch")
    panel.generate_requested.emit("80, 0-2, 1", SMALL)
    assert runner.of(slots.PATTERNS) == [MakePatterns(NETWORK.source, "many", (80, 0, 1, 2), SMALL, "torch", FRAMES)]


def test_a_network_of_a_fixed_size_is_obeyed(
    presenter: PatternPresenter, session: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    session.open_network(FIXED)
    panel.generate_requested.emit("0", SMALL)
    assert job(runner).settings == replace(SMALL, size=48)
    runner.cancel(slots.PATTERNS)
    panel.generate_requested.emit("0", replace(SMALL, size=48, seed=7))
    assert job(runner).settings == replace(SMALL, size=48, seed=7)


@pytest.mark.parametrize("text", ["96", "3-1", "-1", "1.5", "one", "0-63; 80"])
def test_channels_that_cannot_be_read_are_an_error_in_words_and_no_job(
    many: Session, runner: FakeRunner, panel: FakePanel, bar: FakeBar, text: str
) -> None:
    panel.generate_requested.emit(text, SMALL)
    assert runner.of(slots.PATTERNS) == []
    what, _, _ = bar.show_error.call_args.args
    assert "Received: " in str(what)


def test_without_a_network_nothing_is_made(
    presenter: PatternPresenter, runner: FakeRunner, panel: FakePanel, bar: FakeBar
) -> None:
    panel.generate_requested.emit("0", SMALL)
    assert runner.submitted == []
    bar.show_error.assert_not_called()


def test_a_job_that_begins_turns_to_stop_and_forgets_the_old_reasons(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-3", SMALL)
    panel.show_running.assert_called_once_with(True)
    panel.show_reasons.assert_called_once_with([])
    text, objective, steps = panel.show_progress.call_args.args
    assert (text, objective.shape, steps) == ("Preparing…", (0, 0), 10)


def test_a_preview_is_placed_where_its_patterns_belong_and_the_others_stay_black(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-9", SMALL)
    runner.advance(slots.PATTERNS, preview(job(runner), 6, 3))
    mosaic, tiling = shown(panel)
    assert tiling.order == tuple(range(10))
    assert mosaic.shape == (2 * 8 + 5, 8 * 8 + 7 * 5, 3)
    assert places(mosaic) == [[0, 0, 0, 0, 0, 0, 7, 8], [9, 0, 0, 0, 0, 0, 0, 0]]


def test_patterns_of_an_earlier_preview_stay_where_they_are(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-3", SMALL)
    runner.advance(slots.PATTERNS, preview(job(runner), 0, 2))
    runner.advance(slots.PATTERNS, preview(job(runner), 2, 2))
    assert places(shown(panel)[0]) == [[1, 2, 3, 4]]


def test_the_tutorials_64_fill_columns_first(many: Session, runner: FakeRunner, panel: FakePanel) -> None:
    panel.generate_requested.emit("0-63", TUTORIAL)
    runner.advance(slots.PATTERNS, preview(job(runner), 0, 10))
    mosaic, tiling = shown(panel)
    found = places(mosaic)
    assert [row[0] for row in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [row[1] for row in found] == [9, 10, 0, 0, 0, 0, 0, 0]
    assert (tiling.order[0], tiling.order[1], tiling.order[8]) == (0, 8, 1)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    assert places(shown(panel)[0]) == [[1 + row + 8 * column for column in range(8)] for row in range(8)]


def test_other_numbers_of_the_tutorials_patterns_fill_rows_first(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-15", TUTORIAL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    assert places(shown(panel)[0])[0] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_preview_says_how_far_it_is_in_words_and_on_the_curve(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-9", SMALL)
    runner.advance(slots.PATTERNS, sent := preview(job(runner), 4, 3, step=5))
    text, objective, steps = panel.show_progress.call_args.args
    assert text == "Step 5 of 10, patterns 5 to 7 of 10\nClimbing the mean"
    assert objective is sent.objective
    assert steps == 10


def test_progress_between_previews_is_not_shown_in_the_panel(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0", SMALL)
    panel.told.reset_mock()
    runner.advance(slots.PATTERNS, Progress(1, 10, message("Step")))
    assert panel.told.mock_calls == []


def test_stop_asks_for_what_there_is(many: Session, runner: FakeRunner, panel: FakePanel) -> None:
    panel.generate_requested.emit("0-3", SMALL)
    panel.stop_requested.emit()
    assert runner.stop_asked == [slots.PATTERNS]


def test_stopped_patterns_are_kept_and_counted(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-9", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner), 3, last=4))
    assert progress_text(panel) == "Stopped: 3 patterns of many kept."
    assert places(shown(panel)[0]) == [[1, 2, 3]]
    assert presenter.pattern(NETWORK, "many", 2) is not None
    assert presenter.pattern(NETWORK, "many", 3) is None


def test_patterns_that_all_stopped_early_were_stopped(many: Session, runner: FakeRunner, panel: FakePanel) -> None:
    panel.generate_requested.emit("0-3", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner), last=9))
    assert progress_text(panel) == "Stopped: 4 patterns of many kept."


def test_finished_patterns_are_shown_known_and_said(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    said = []
    presenter.made.connect(lambda: said.append(presenter.mosaic))
    panel.generate_requested.emit("5, 90", SMALL)
    made = patterns(job(runner))
    runner.finish(slots.PATTERNS, made)
    panel.show_running.assert_called_with(False)
    assert progress_text(panel) == "2 patterns of many."
    found = presenter.pattern(NETWORK, "many", 90)
    assert found is not None
    assert np.array_equal(found.picture, made.pictures[1])
    assert presenter.mosaic is not None
    mosaic, recipe = presenter.mosaic
    assert np.array_equal(mosaic, shown(panel)[0])
    assert recipe is RECIPE
    assert said == [presenter.mosaic]


def test_patterns_belong_to_their_network_layer_and_channel(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("5", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    assert presenter.pattern(OTHER, "many", 5) is None
    assert presenter.pattern(NETWORK, "few", 5) is None
    assert presenter.pattern(NETWORK, "many", 4) is None


def test_of_two_patterns_of_a_channel_the_newer_is_known(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    for channels in ("5", "4, 5"):
        panel.generate_requested.emit(channels, SMALL)
        runner.finish(slots.PATTERNS, patterns(job(runner)))
    found = presenter.pattern(NETWORK, "many", 5)
    assert found is not None
    assert found.picture[0, 0, 0] == 2


def test_patterns_are_kept_in_a_bounded_number_of_bytes_and_alone(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-3", SMALL)
    made = patterns(job(runner))
    kept = KeptPatterns(3 * made.pictures[0].nbytes)
    kept.keep(made)
    found = [kept.find(NETWORK, "many", channel) for channel in range(4)]
    assert [pattern and pattern.channel for pattern in found] == [None, 1, 2, 3]
    # The others' pictures would stay with an array that they share.
    assert all(pattern is None or pattern.picture.base is None for pattern in found)


def test_a_reason_is_said_once_with_all_the_channels_it_holds_for(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-9", SMALL)
    reasons = {1: OFF, 2: OFF, 3: BLOCKED, 4: OFF}
    runner.finish(slots.PATTERNS, patterns(job(runner), reasons=reasons))
    ((rows,), _) = panel.show_reasons.call_args
    assert [(text, channels) for text, channels, _ in rows] == [
        (f"Channels 1-2, 4: {OFF.words}", (1, 2, 4)),
        (f"Channel 3: {BLOCKED.words}", (3,)),
    ]


def test_without_a_reason_none_is_said(many: Session, runner: FakeRunner, panel: FakePanel) -> None:
    panel.generate_requested.emit("0-1", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    panel.show_reasons.assert_called_with([])


def test_a_job_that_fails_or_is_cancelled_turns_back_to_generate_and_keeps_what_was_made(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-1", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    for end in (
        lambda: runner.fail(slots.PATTERNS, CnnvizError(message("No."))),
        lambda: runner.cancel(slots.PATTERNS),
    ):
        panel.generate_requested.emit("2-3", SMALL)
        panel.show_running.assert_called_with(True)
        end()
        panel.show_running.assert_called_with(False)
    assert presenter.pattern(NETWORK, "many", 0) is not None


def test_what_is_on_the_way_cannot_be_saved_as_finished(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-1", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    assert presenter.mosaic is not None
    panel.generate_requested.emit("2-3", SMALL)
    assert presenter.mosaic is None


def test_jobs_of_other_slots_do_not_touch_the_panel(many: Session, runner: FakeRunner, panel: FakePanel) -> None:
    panel.told.reset_mock()
    request = MakePatterns(NETWORK.source, "many", (0,), SMALL, "none")
    for slot in (slots.GRID, slots.EXPORT):
        runner.submit(slot, request)
        runner.advance(slot, preview(request, 0, 1))
        runner.finish(slot, patterns(request))
        runner.submit(slot, request)
        runner.fail(slot, CnnvizError(message("No.")))
    assert panel.told.mock_calls == []


def test_patterns_stay_on_the_screen_when_the_user_goes_to_another_layer(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-1", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    before = presenter.mosaic
    panel.show_mosaic.reset_mock()
    many.select_layer("few")
    panel.show_mosaic.assert_not_called()
    assert presenter.mosaic is before


def test_patterns_grow_on_while_the_user_goes_to_another_layer(
    presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("0-1", SMALL)
    many.select_layer("few")
    runner.advance(slots.PATTERNS, preview(job(runner), 0, 2))
    assert places(shown(panel)[0]) == [[1, 2]]
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    assert presenter.pattern(NETWORK, "many", 1) is not None


def test_a_clicked_pattern_goes_to_its_channel_and_is_shown_large(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("40-41", SMALL)
    runner.advance(slots.PATTERNS, preview(job(runner), 0, 2))
    panel.pattern_clicked.emit(41)
    assert (many.state.channels, many.state.lens) == ((41,), Lens.PATTERN)


def test_a_clicked_pattern_of_another_layer_goes_to_that_layer(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("5", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    many.select_layer("few")
    panel.pattern_clicked.emit(5)
    assert (many.state.layer, many.state.channels) == ("many", (5,))


def test_a_clicked_pattern_of_a_network_that_is_closed_goes_nowhere(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.generate_requested.emit("5", SMALL)
    runner.finish(slots.PATTERNS, patterns(job(runner)))
    many.open_network(OTHER)
    before = many.state
    panel.pattern_clicked.emit(5)
    assert many.state is before


def forecast(runner: FakeRunner) -> MakePatterns:
    """The patterns whose forecast is on its way."""
    request = runner.jobs[slots.FORECAST]
    assert isinstance(request, ForecastPatterns)
    return request.patterns


def answer_forecast(runner: FakeRunner, seconds: float, memory_bytes: int = 700_000_000) -> None:
    """Says what the patterns would take."""
    request = runner.jobs[slots.FORECAST]
    runner.finish(slots.FORECAST, Forecast(request, seconds, memory_bytes, False))


def test_what_patterns_take_is_forecast_as_soon_as_a_layer_is_chosen(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    assert forecast(runner) == MakePatterns(
        NETWORK.source, "many", tuple(range(64)), PRESETS["clear"], "caffe", FRAMES
    )
    panel.show_estimate.assert_not_called()
    answer_forecast(runner, 18.4)
    panel.show_estimate.assert_called_once_with("about 18 s, 0.7 GB")


@pytest.mark.parametrize("reason", ["", "This processor has no instructions for bfloat16."])
def test_where_a_draft_gains_nothing_none_is_offered_and_why_is_said(
    many: Session, runner: FakeRunner, panel: FakePanel, reason: str
) -> None:
    no_draft = message("This processor has no instructions for bfloat16.") if reason else None
    runner.finish(slots.FORECAST, Forecast(runner.jobs[slots.FORECAST], 1.0, 1, measured=False, no_draft=no_draft))
    panel.show_draft.assert_called_once_with(reason)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.01, "about 1 s, 0.7 GB"),
        (99, "about 99 s, 0.7 GB"),
        (100, "about 2 min, 0.7 GB"),
        (3600, "about 60 min, 0.7 GB"),
    ],
)
def test_a_forecast_is_said_in_seconds_or_minutes(
    many: Session, runner: FakeRunner, panel: FakePanel, seconds: float, words: str
) -> None:
    answer_forecast(runner, seconds)
    panel.show_estimate.assert_called_once_with(words)


def test_other_channels_or_settings_are_forecast_anew(many: Session, runner: FakeRunner, panel: FakePanel) -> None:
    panel.settings_changed.emit("0-9", SMALL)
    assert forecast(runner) == MakePatterns(NETWORK.source, "many", tuple(range(10)), SMALL, "caffe", FRAMES)
    answer_forecast(runner, 5)
    panel.show_estimate.assert_called_once_with("about 5 s, 0.7 GB")


def test_another_layer_is_forecast_with_the_settings_of_before(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    panel.settings_changed.emit("0-9", SMALL)
    many.select_layer("few")
    assert forecast(runner) == MakePatterns(NETWORK.source, "few", tuple(range(8)), SMALL, "caffe", FRAMES)


def test_a_forecast_obeys_a_fixed_size_as_the_patterns_will(
    presenter: PatternPresenter, session: Session, runner: FakeRunner
) -> None:
    session.open_network(FIXED)
    assert forecast(runner).settings.size == 48


def test_an_estimate_that_cannot_be_had_is_not_that_of_before(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    answer_forecast(runner, 5)
    panel.settings_changed.emit("0-9", SMALL)
    runner.fail(slots.FORECAST, CnnvizError(message("No.")))
    panel.show_estimate.assert_called_with("")


def test_a_layer_without_channels_has_no_estimate_not_even_a_late_one(
    many: Session, runner: FakeRunner, panel: FakePanel
) -> None:
    many.select_layer("unknown")
    panel.show_estimate.assert_called_with("")
    assert not runner.busy(slots.FORECAST)


def test_channels_that_cannot_be_read_have_no_estimate_and_are_no_error_while_they_are_typed(
    many: Session, runner: FakeRunner, panel: FakePanel, bar: FakeBar
) -> None:
    panel.settings_changed.emit("0-", SMALL)
    panel.show_estimate.assert_called_with("")
    assert not runner.busy(slots.FORECAST)
    bar.show_error.assert_not_called()


class TestQueue:
    def test_what_is_asked_for_meanwhile_waits_and_then_has_its_turn(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.generate_requested.emit("0-1", SMALL)
        panel.generate_requested.emit("2-3", SMALL)
        panel.generate_requested.emit("4", replace(SMALL, seed=7))
        assert job(runner).channels == (0, 1)
        lines = panel.show_waiting.call_args.args[0]
        assert lines == ["many, channels 2-3: 8 px, 10 steps", "many, channels 4: 8 px, 10 steps"]
        runner.finish(slots.PATTERNS, patterns(job(runner)))
        assert job(runner).channels == (2, 3)
        assert len(panel.show_waiting.call_args.args[0]) == 1
        runner.finish(slots.PATTERNS, patterns(job(runner)))
        assert (job(runner).channels, job(runner).settings.seed) == ((4,), 7)
        panel.show_waiting.assert_called_with([])

    def test_what_waits_is_of_the_layer_it_was_asked_for(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.generate_requested.emit("0-1", SMALL)
        panel.generate_requested.emit("2-3", SMALL)
        many.select_layer("few")
        runner.finish(slots.PATTERNS, patterns(job(runner)))
        assert job(runner).layer == "many"

    def test_the_same_again_does_not_wait_and_that_is_said(
        self, many: Session, runner: FakeRunner, panel: FakePanel, bar: FakeBar
    ) -> None:
        panel.generate_requested.emit("0-1", SMALL)
        panel.generate_requested.emit("0-1", SMALL)
        panel.generate_requested.emit("2", SMALL)
        panel.generate_requested.emit("2", SMALL)
        assert len(panel.show_waiting.call_args.args[0]) == 1
        assert bar.show_note.call_count == 2

    def test_one_that_fails_or_is_stopped_makes_room_for_the_next(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        for channels in ("0", "1", "2", "3"):
            panel.generate_requested.emit(channels, SMALL)
        runner.fail(slots.PATTERNS, CnnvizError(message("The engine stopped.")))
        assert job(runner).channels == (1,)
        runner.cancel(slots.PATTERNS)
        assert job(runner).channels == (2,)
        panel.stop_requested.emit()
        assert runner.stop_asked == [slots.PATTERNS]
        runner.finish(slots.PATTERNS, patterns(job(runner), last=4))
        assert job(runner).channels == (3,)

    def test_what_waits_can_be_taken_away(self, many: Session, runner: FakeRunner, panel: FakePanel) -> None:
        for channels in ("0", "1", "2", "3"):
            panel.generate_requested.emit(channels, SMALL)
        panel.waiting_removed.emit(1)
        assert [line.split(":")[0] for line in panel.show_waiting.call_args.args[0]] == [
            "many, channels 1",
            "many, channels 3",
        ]
        panel.waiting_cleared.emit()
        panel.show_waiting.assert_called_with([])
        runner.finish(slots.PATTERNS, patterns(job(runner)))
        assert not runner.busy(slots.PATTERNS)


class TestContinue:
    def action(self, panel: FakePanel) -> str:
        """What the button does."""
        return str(panel.show_action.call_args.args[0])

    def test_while_patterns_are_made_the_button_queues(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.settings_changed.emit("0-3", SMALL)
        assert self.action(panel) == "generate"
        panel.generate_requested.emit("0-3", SMALL)
        assert self.action(panel) == "queue"
        runner.finish(slots.PATTERNS, patterns(job(runner)))
        assert self.action(panel) == "generate"

    def test_what_was_stopped_is_gone_on_with(self, many: Session, runner: FakeRunner, panel: FakePanel) -> None:
        panel.generate_requested.emit("0-3", SMALL)
        runner.finish(slots.PATTERNS, patterns(job(runner), 2, last=4))
        assert self.action(panel) == "continue"
        for other in (replace(SMALL, seed=3), replace(SMALL, step_size=0.1), replace(SMALL, steps=9)):
            panel.settings_changed.emit("0-3", other)
            assert self.action(panel) == "generate"
        panel.settings_changed.emit("0-2", SMALL)
        assert self.action(panel) == "generate"
        for same in (SMALL, replace(SMALL, preset="custom", steps=30), replace(SMALL, batch=3)):
            panel.settings_changed.emit("0-3", same)
            assert self.action(panel) == "continue"
        many.select_layer("few")
        assert self.action(panel) == "generate"

    def test_finished_patterns_are_gone_on_with_for_more_steps(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.generate_requested.emit("0-3", SMALL)
        runner.finish(slots.PATTERNS, patterns(job(runner)))
        panel.settings_changed.emit("0-3", replace(SMALL, steps=11))
        assert self.action(panel) == "continue"

    def test_what_failed_on_the_way_is_gone_on_with(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.generate_requested.emit("0-3", SMALL)
        runner.advance(slots.PATTERNS, preview(job(runner), 0, 2))
        runner.fail(slots.PATTERNS, CnnvizError(message("The engine stopped.")))
        assert self.action(panel) == "continue"


def filmed(request: MakePatterns, count: int, steps: Sequence[int]) -> tuple[Film, ...]:
    """Films of patterns: at every step their grey level is 100 + the step, twice as small as the patterns."""
    size = request.settings.size // 2
    frames = np.stack([np.full((size, size, 3), 100 + step, np.uint8) for step in steps])
    return tuple(Film(tuple(steps), frames) for _ in range(count))


class TestLookingBack:
    def test_patterns_are_shown_as_they_were_and_exported_as_they_are(
        self, presenter: PatternPresenter, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.generate_requested.emit("0-2", SMALL)
        made = patterns(job(runner))
        runner.finish(slots.PATTERNS, replace(made, films=filmed(job(runner), 3, (1, 4, 10))))
        panel.show_steps.assert_called_with(10, 10)
        final = presenter.mosaic
        for step, seen in ((1, 101), (2, 101), (4, 104), (9, 104)):
            panel.step_chosen.emit(step)
            assert places(shown(panel)[0]) == [[seen] * 3]
            panel.show_steps.assert_called_with(10, step)
        assert presenter.mosaic is final
        panel.step_chosen.emit(10)
        assert places(shown(panel)[0]) == [[1, 2, 3]]

    def test_one_looks_back_while_patterns_grow_and_goes_on_doing_so_when_they_are_finished(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.generate_requested.emit("0-1", SMALL)
        panel.show_steps.assert_called_with(0, 0)
        for step in (1, 2, 3):
            films = filmed(job(runner), 2, (step,))
            runner.advance(slots.PATTERNS, replace(preview(job(runner), 0, 2, step), films=films))
            panel.show_steps.assert_called_with(step, step)
        panel.step_chosen.emit(2)
        assert places(shown(panel)[0]) == [[102, 102]]
        films = filmed(job(runner), 2, (4,))
        runner.advance(slots.PATTERNS, replace(preview(job(runner), 0, 2, 4), films=films))
        assert places(shown(panel)[0]) == [[102, 102]]
        panel.show_steps.assert_called_with(4, 2)
        made = replace(patterns(job(runner)), films=filmed(job(runner), 2, (1, 2, 10)))
        runner.finish(slots.PATTERNS, made)
        assert places(shown(panel)[0]) == [[102, 102]]
        panel.show_steps.assert_called_with(10, 2)

    def test_patterns_without_a_film_are_not_looked_back_at(
        self, many: Session, runner: FakeRunner, panel: FakePanel
    ) -> None:
        panel.generate_requested.emit("0-1", SMALL)
        runner.finish(slots.PATTERNS, patterns(job(runner)))
        panel.show_steps.assert_called_with(0, 0)
        panel.step_chosen.emit(3)
        assert places(shown(panel)[0]) == [[1, 2]]


class TestRemedies:
    @pytest.mark.parametrize(
        ("remedy", "change"),
        [
            (PatternRemedy.PREACTIVATION, {"preset": "custom", "climb": "preactivation"}),
            (PatternRemedy.ESCAPE, {"preset": "custom", "escape": 16}),
            (PatternRemedy.ANOTHER_SEED, {"seed": 1}),
        ],
    )
    def test_a_remedy_is_for_just_those_channels(
        self, many: Session, runner: FakeRunner, panel: FakePanel, remedy: PatternRemedy, change: dict[str, object]
    ) -> None:
        settings = replace(SMALL, climb="output")
        panel.generate_requested.emit("0-9", settings)
        first = job(runner)
        runner.finish(slots.PATTERNS, patterns(first, reasons={1: OFF, 4: OFF}))
        ((rows,), _) = panel.show_reasons.call_args
        ((_, channels, offered),) = rows
        assert remedy in offered
        panel.remedy_requested.emit(remedy, channels)
        expected = replace(first, channels=(1, 4), settings=replace(settings, **change))  # type: ignore[arg-type]
        assert job(runner) == expected

    def test_what_was_done_already_is_not_offered(self, many: Session, runner: FakeRunner, panel: FakePanel) -> None:
        panel.generate_requested.emit("0-9", replace(SMALL, climb="preactivation", escape=16))
        runner.finish(slots.PATTERNS, patterns(job(runner), reasons={1: OFF}))
        ((rows,), _) = panel.show_reasons.call_args
        assert rows[0][2] == (PatternRemedy.ANOTHER_SEED,)

    def test_the_kernel_is_shown_in_the_inspector(self, many: Session, runner: FakeRunner, panel: FakePanel) -> None:
        panel.generate_requested.emit("0-9", SMALL)
        runner.finish(slots.PATTERNS, patterns(job(runner), reasons={7: Reason.CONSTANT}))
        many.select_layer("few")
        panel.remedy_requested.emit(PatternRemedy.SHOW_KERNEL, (7,))
        state = many.state
        assert (state.layer, state.channels, state.lens) == ("many", (7,), Lens.KERNELS)


class TestCached:
    def test_patterns_from_the_cache_say_so(self, many: Session, runner: FakeRunner, panel: FakePanel) -> None:
        panel.generate_requested.emit("0-3", SMALL)
        runner.finish(slots.PATTERNS, replace(patterns(job(runner)), cached=4))
        assert progress_text(panel) == "4 patterns of many, from the cache."
        panel.generate_requested.emit("0-5", SMALL)
        runner.finish(slots.PATTERNS, replace(patterns(job(runner)), cached=4))
        assert progress_text(panel) == "6 patterns of many, 4 of them from the cache."

    def test_a_forecast_says_what_is_there_already(self, many: Session, runner: FakeRunner, panel: FakePanel) -> None:
        request = runner.jobs[slots.FORECAST]
        runner.finish(slots.FORECAST, Forecast(request, 0.0, 0, False, cached=64))
        panel.show_estimate.assert_called_with("at once: made before")
        panel.settings_changed.emit("0-9", SMALL)
        runner.finish(slots.FORECAST, Forecast(runner.jobs[slots.FORECAST], 18.0, 700_000_000, False, cached=4))
        panel.show_estimate.assert_called_with("about 18 s, 0.7 GB; 4 of 10 made before")

    def test_a_forecast_says_what_does_not_fit(self, many: Session, runner: FakeRunner, panel: FakePanel) -> None:
        request = runner.jobs[slots.FORECAST]
        runner.finish(slots.FORECAST, Forecast(request, 900.0, 9_000_000_000, False, fits=False))
        panel.show_estimate.assert_called_with("more than the engine's memory, 9.0 GB")

    def test_what_was_found_does_not_count_as_speed(
        self, many: Session, runner: FakeRunner, panel: FakePanel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = [100.0]
        monkeypatch.setattr(remaining.time, "monotonic", lambda: now[0])
        panel.generate_requested.emit("0-9", SMALL)
        for made, at in ((0, 100.0), (10, 101.0), (20, 102.0)):
            now[0] = at
            sent = replace(preview(job(runner), 5, 5, work_done=50 + made), work_found=50)
            runner.advance(slots.PATTERNS, sent)
        # Ten steps a second, and thirty of the fifty that were not found are left.
        assert "3 s left" in progress_text(panel)

"""Settings of patterns are checked, ranges of channels are read as people type them, mosaics are the book's."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.pattern import PRESETS, PatternSettings, check_settings, format_channels, limits, parse_channels
from cnnviz_gui.core.pattern_mosaic import pattern_mosaic, pattern_tiling

NUMBERS = (
    "size", "steps", "step_size", "seed", "momentum", "octaves", "escape", "pad", "jitter", "rotate", "scale",
    "jitter_after", "total_variation", "l2", "blur", "batch",
)  # fmt: skip


class TestSettings:
    def test_presets_are_the_tutorials_and_the_clear_ones(self) -> None:
        tutorial, clear = PRESETS["tutorial"], PRESETS["clear"]
        assert (tutorial.size, tutorial.steps, tutorial.step_size) == (64, 40, 1.0)
        assert (tutorial.image, tutorial.optimizer, tutorial.climb) == ("pixel", "normalized", "output")
        assert (tutorial.jitter, tutorial.rotate, tutorial.scale) == (0, 0, 0)
        assert (clear.size, clear.steps, clear.step_size) == (128, 256, 0.05)
        assert (clear.image, clear.optimizer, clear.climb) == ("fourier", "adam", "preactivation")
        assert min(clear.jitter, clear.rotate, clear.scale) > 0
        assert (PRESETS["deepdream"].objective, PRESETS["class"].objective) == ("layer", "class")
        for name, settings in PRESETS.items():
            assert settings.preset == name
            assert settings.precision == "float32"
            check_settings(settings)

    @pytest.mark.parametrize("name", NUMBERS)
    def test_a_number_is_allowed_up_to_its_limits_and_not_beyond(self, name: str) -> None:
        low, high = limits(name)
        kind = type(getattr(PatternSettings(), name))
        for value in (low, high):
            check_settings(replace(PatternSettings(), **{name: kind(value)}))
        for value in (low - 1, high + 1, float("nan"), float("inf")):
            with pytest.raises(CnnvizError, match=f"{name} must be from .* Received: {value}"):
                check_settings(replace(PatternSettings(), **{name: value}))

    @pytest.mark.parametrize("name", ["start", "image", "optimizer", "climb", "precision"])
    def test_a_choice_is_one_of_its_choices(self, name: str) -> None:
        with pytest.raises(CnnvizError, match=f"{name} must be one of .* Received: magic"):
            check_settings(replace(PatternSettings(), **{name: "magic"}))

    def test_every_parameter_but_the_presets_name_is_checked(self) -> None:
        assert {field.name for field in fields(PatternSettings)} == {
            "preset",
            "image",
            "optimizer",
            "objective",
            "start",
            "climb",
            "precision",
            *NUMBERS,
        }


class TestChannels:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("0-3, 8", (0, 1, 2, 3, 8)),
            ("0-3,8", (0, 1, 2, 3, 8)),
            (" 5 ", (5,)),
            ("1 2 3", (1, 2, 3)),
            ("2 - 4", (2, 3, 4)),
            ("4,2,4,2-3", (4, 2, 3)),
            ("9,", (9,)),
            ("1,,2", (1, 2)),
            ("", tuple(range(10))),
            ("ALL", tuple(range(10))),
        ],
    )
    def test_a_range_is_read_as_people_type_it(self, text: str, expected: tuple[int, ...]) -> None:
        assert parse_channels(text, 10) == expected

    @pytest.mark.parametrize("text", ["a", "1-", "-1", "1--2", "1-2-3", "1.5", ",", "1;2", "0x1"])
    def test_what_is_no_range_is_said(self, text: str) -> None:
        with pytest.raises(CnnvizError, match=r"Channels are written like 0-63, 80\. Received:"):
            parse_channels(text, 10)

    @pytest.mark.parametrize("text", ["10", "0-10", "5-3", "999999999"])
    def test_a_channel_that_the_layer_does_not_have_is_said(self, text: str) -> None:
        with pytest.raises(CnnvizError, match=f"This layer has 10 channels: 0 to 9. Received: {text}"):
            parse_channels(text, 10)

    @given(st.lists(st.integers(0, 300), unique=True, min_size=1))
    def test_channels_that_were_written_are_read_again(self, channels: list[int]) -> None:
        assert parse_channels(format_channels(tuple(channels)), 301) == tuple(channels)

    @given(st.sets(st.integers(0, 50), min_size=1))
    def test_runs_of_neighbours_are_written_as_ranges(self, channels: set[int]) -> None:
        text = format_channels(tuple(sorted(channels)))
        runs = sum(1 for channel in channels if channel - 1 not in channels)
        assert len(text.split(", ")) == runs

    @given(st.text(max_size=20))
    def test_any_text_is_channels_or_an_error_in_words(self, text: str) -> None:
        try:
            found = parse_channels(text, 12)
        except CnnvizError:
            return
        assert all(0 <= channel < 12 for channel in found)
        assert len(set(found)) == len(found) > 0


class TestPatternMosaic:
    def test_of_the_tutorials_64_patterns_filter_i_plus_8j_stands_at_row_i_column_j(self) -> None:
        channels = tuple(range(100, 164))
        tiling = pattern_tiling(channels, 4, "tutorial")
        assert (tiling.height, tiling.width, tiling.gap) == (8 * 4 + 7 * 5, 8 * 4 + 7 * 5, 5)
        for row in range(8):
            for column in range(8):
                cell = tiling.at(row * 9, column * 9)
                assert cell is not None
                assert cell.channel == 100 + row + 8 * column

    @pytest.mark.parametrize(
        ("count", "aspect", "per_row", "rows"), [(16, 1.5, 4, 4), (16, 6.0, 8, 2), (4, 0.3, 1, 4), (1, 2.0, 1, 1)]
    )
    def test_patterns_that_are_looked_at_fill_their_room(
        self, count: int, aspect: float, per_row: int, rows: int
    ) -> None:
        tiling = pattern_tiling(tuple(range(count)), 64, "clear", aspect)
        assert (tiling.per_row, tiling.rows) == (per_row, rows)

    def test_the_tutorials_mosaic_is_the_tutorials_in_any_room(self) -> None:
        channels = tuple(range(64))
        assert pattern_tiling(channels, 4, "tutorial", 3.0) == pattern_tiling(channels, 4, "tutorial")

    @pytest.mark.parametrize("count", [1, 5, 8, 13, 63, 64, 65])
    def test_otherwise_patterns_fill_rows_in_the_order_asked_for(self, count: int) -> None:
        channels = tuple(np.random.default_rng(0).permutation(count).tolist())
        preset = "clear" if count == 64 else "tutorial"
        assert pattern_tiling(channels, 4, preset).order == channels
        assert pattern_tiling(channels, 4, preset).per_row == min(8, count)

    def test_every_pattern_stands_at_its_channels_place_on_black(self) -> None:
        channels = (7, 3, 11, 0, 9, 1, 2, 4, 5, 6)
        pictures = np.random.default_rng(0).integers(1, 256, (10, 6, 6, 3), dtype=np.uint8)
        tiling = pattern_tiling(channels, 6, "clear")
        mosaic = pattern_mosaic(pictures, channels, tiling)
        expected = np.zeros((2 * 6 + 5, 8 * 6 + 7 * 5, 3), np.uint8)
        for index in range(10):
            top, left = index // 8 * 11, index % 8 * 11
            expected[top : top + 6, left : left + 6] = pictures[index]
        assert (mosaic == expected).all()

    def test_patterns_that_are_not_made_yet_are_black(self) -> None:
        channels = tuple(range(64))
        pictures = np.full((10, 6, 6, 3), 200, np.uint8)
        tiling = pattern_tiling(channels, 6, "tutorial")
        mosaic = pattern_mosaic(pictures, channels, tiling)
        for place, channel in enumerate(tiling.order):
            top, left = tiling.corner(place)
            assert (mosaic[top : top + 6, left : left + 6] == (200 if channel < 10 else 0)).all()

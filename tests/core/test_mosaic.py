"""Mosaics against plain loops: scales, orders, tiles and what lies at a pixel."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cnnviz_gui.core.mosaic import (
    Cell,
    Scale,
    SortKey,
    Tiling,
    channel_order,
    fitted_per_row,
    grey_levels,
    likeness,
    statistics,
    tile,
)

SHAPES = hnp.array_shapes(min_dims=3, max_dims=3, min_side=1, max_side=6)
FINITE = hnp.arrays(np.float32, SHAPES, elements=st.floats(-1e4, 1e4, width=32))
ANY_FINITE = hnp.arrays(np.float32, SHAPES, elements=st.floats(width=32, allow_nan=False, allow_infinity=False))
ANYTHING = hnp.arrays(np.float32, SHAPES, elements=st.floats(width=32))


def maps(height: int = 9, width: int = 7, channels: int = 24, *, seed: int = 0) -> np.ndarray:
    """Activations that differ in scale from channel to channel, as those of real layers do."""
    rng = np.random.default_rng(seed)
    spread = 10.0 ** rng.uniform(-3, 3, channels)
    return (rng.normal(0.3, 1, (height, width, channels)) * spread).astype(np.float32)


def in_levels(values: np.ndarray, scale: Scale) -> np.ndarray:
    return grey_levels(values, statistics(values), scale)


def assert_within_one(found: np.ndarray, expected: np.ndarray) -> None:
    difference = np.abs(found.astype(int) - expected.astype(int))
    assert difference.max() <= 1
    # Rounding may fall on either side of a whole number, as it does at a channel's maximum.
    assert (difference > 0).mean() < 0.03


class TestStatistics:
    def test_figures_of_every_channel_equal_numpy_in_double_precision(self) -> None:
        values = maps()
        values[values < 0] = 0
        stats = statistics(values)
        for channel in range(values.shape[-1]):
            one = values[..., channel].astype(np.float64)
            assert stats.mean[channel] == pytest.approx(one.mean(), rel=1e-6)
            assert stats.std[channel] == pytest.approx(one.std(), rel=1e-6)
            assert stats.minimum[channel] == one.min()
            assert stats.maximum[channel] == one.max()
            assert stats.zeros[channel] == pytest.approx(np.count_nonzero(one == 0) / one.size, rel=1e-6)

    def test_mean_of_many_positions_keeps_its_digits(self) -> None:
        values = np.full((1000, 1000, 1), 0.1, np.float32)
        values[0, 0] = 1000
        assert statistics(values).mean[0] == pytest.approx(values.astype(np.float64).mean(), rel=1e-7)

    def test_dead_is_zero_everywhere_and_constant_is_one_value_everywhere(self) -> None:
        values = np.zeros((3, 4, 5), np.float32)
        values[..., 1] = 7
        values[..., 2] = np.arange(12).reshape(3, 4)
        values[..., 3] = np.nan
        values[0, 0, 4] = np.inf
        stats = statistics(values)
        assert stats.dead.tolist() == [True, False, False, False, False]
        assert stats.constant.tolist() == [True, True, False, False, False]
        assert stats.finite.tolist() == [True, True, True, False, False]

    @given(ANYTHING)
    def test_no_figure_is_ever_nan(self, values: np.ndarray) -> None:
        stats = statistics(values)
        for figures in (stats.mean, stats.std, stats.minimum, stats.maximum, stats.zeros):
            assert not np.isnan(figures).any()
        assert (stats.finite == np.isfinite(values).all(axis=(0, 1))).all()


class TestGreyLevels:
    def test_tutorial_scale_equals_the_tutorials_lines_for_every_channel(self) -> None:
        values = maps()
        found = in_levels(values, Scale.TUTORIAL)
        for channel in range(values.shape[-1]):
            image = values[..., channel].copy()
            image -= image.mean()
            image /= image.std()
            image *= 64
            image += 128
            assert_within_one(found[..., channel], np.clip(image, 0, 255).astype("uint8"))

    def test_channel_scale_runs_from_each_channels_minimum_to_its_maximum(self) -> None:
        values = maps()
        found = in_levels(values, Scale.CHANNEL)
        for channel in range(values.shape[-1]):
            image = values[..., channel].astype(np.float64)
            expected = (image - image.min()) / (image.max() - image.min()) * 255
            assert_within_one(found[..., channel], expected.astype(np.uint8))
            assert found[..., channel].min() == 0
            assert found[..., channel].max() >= 254

    def test_layer_scale_runs_from_the_layers_minimum_to_its_maximum(self) -> None:
        values = maps()
        wide = values.astype(np.float64)
        expected = (wide - wide.min()) / (wide.max() - wide.min()) * 255
        assert_within_one(in_levels(values, Scale.LAYER), expected.astype(np.uint8))

    def test_signed_scale_puts_zero_in_the_middle_and_the_largest_magnitude_at_an_end(self) -> None:
        values = maps()
        values[0, 0, 0] = 0
        wide = values.astype(np.float64)
        found = in_levels(values, Scale.SIGNED)
        assert found[0, 0, 0] == 128
        assert_within_one(found, (wide / np.abs(wide).max() * 127 + 128).astype(np.uint8))
        place = np.unravel_index(np.abs(wide).argmax(), wide.shape)
        assert found[place] in ({255, 254} if wide[place] > 0 else {1, 0})

    @pytest.mark.parametrize("scale", Scale)
    def test_channels_without_contrast_stay_flat_and_leave_the_others_alone(self, scale: Scale) -> None:
        values = maps(channels=5)
        values[..., 1] = 0
        values[..., 2] = values[..., 0].mean()
        values[..., 3] = np.nan
        alone = np.delete(values, 3, axis=-1)
        found = in_levels(values, scale)
        for channel in (1, 2, 3):
            assert np.ptp(found[..., channel]) == 0
        assert (np.delete(found, 3, axis=-1) == in_levels(alone, scale)).all()

    def test_a_constant_channel_is_middle_grey_under_the_tutorials_scale(self) -> None:
        assert (in_levels(np.full((4, 4, 1), 3.25, np.float32), Scale.TUTORIAL) == 128).all()

    @pytest.mark.parametrize("scale", Scale)
    def test_one_infinite_value_spoils_its_own_channel_only(self, scale: Scale) -> None:
        values = maps(channels=4)
        values[0, 0, 2] = np.inf
        found = in_levels(values, scale)
        assert np.ptp(found[..., 2]) == 0
        assert np.ptp(found[..., np.abs(values).max(axis=(0, 1)).argsort()[-2]]) > 0

    @pytest.mark.parametrize("scale", Scale)
    @given(values=ANYTHING)
    def test_no_activation_whatever_makes_a_warning_or_a_nan(self, scale: Scale, values: np.ndarray) -> None:
        found = in_levels(values, scale)
        assert found.dtype == np.uint8
        assert found.shape == values.shape

    @given(ANY_FINITE)
    def test_a_larger_activation_of_a_channel_is_never_darker(self, values: np.ndarray) -> None:
        for scale in Scale:
            found = in_levels(values, scale)
            for channel in range(values.shape[-1]):
                order = values[..., channel].ravel().argsort()
                assert (np.diff(found[..., channel].ravel()[order].astype(int)) >= 0).all()


class TestOrder:
    def test_order_by_index_is_the_networks(self) -> None:
        values = maps()
        assert channel_order(values, statistics(values), SortKey.INDEX).tolist() == list(range(24))

    @pytest.mark.parametrize("key", [SortKey.MEAN, SortKey.MAXIMUM, SortKey.ZEROS, SortKey.LIKENESS])
    def test_order_is_from_large_to_small_and_ties_are_by_index(self, key: SortKey) -> None:
        values = np.maximum(maps(seed=3), 0)
        values[..., 5] = values[..., 17] = values[..., 9]
        figure = {
            SortKey.MEAN: lambda one: one.astype(np.float64).mean(),
            SortKey.MAXIMUM: lambda one: one.max(),
            SortKey.ZEROS: lambda one: (one == 0).mean(),
            SortKey.LIKENESS: lambda one: np.float32(np.corrcoef(one.ravel(), values[..., 9].ravel())[0, 1]),
        }[key]
        figures = [float(figure(values[..., channel])) for channel in range(24)]
        found = channel_order(values, statistics(values), key, 9).tolist()
        assert sorted(found) == list(range(24))
        in_order = [figures[channel] for channel in found]
        assert all(a >= b - 1e-6 * abs(b) for a, b in itertools.pairwise(in_order))
        twins = [channel for channel in found if channel in {5, 9, 17}]
        assert twins == [5, 9, 17]

    def test_likeness_is_the_pearson_correlation(self) -> None:
        values = maps()
        found = likeness(values, 3)
        expected = np.corrcoef(values.reshape(-1, 24).T.astype(np.float64))[3]
        assert found == pytest.approx(expected, abs=1e-6)
        assert found[3] == pytest.approx(1)

    def test_likeness_of_a_constant_channel_is_zero(self) -> None:
        values = maps(channels=3)
        values[..., 1] = 4
        assert likeness(values, 0)[1] == 0
        assert likeness(values, 1).tolist() == [0, 0, 0]

    @given(ANYTHING, st.sampled_from(SortKey), st.data())
    def test_any_activations_can_be_ordered_by_any_key(
        self, values: np.ndarray, key: SortKey, data: st.DataObject
    ) -> None:
        chosen = data.draw(st.integers(0, values.shape[-1] - 1))
        order = channel_order(values, statistics(values), key, chosen)
        assert sorted(order.tolist()) == list(range(values.shape[-1]))

    def test_a_channel_that_is_not_finite_does_not_spoil_the_likeness_of_the_others(self) -> None:
        values = maps(channels=4)
        clean = likeness(values, 0)
        values[0, 0, 2] = np.inf
        assert likeness(values, 0)[[0, 1, 3]] == pytest.approx(clean[[0, 1, 3]])
        assert likeness(values, 0)[2] == 0
        assert likeness(values, 2).tolist() == [0, 0, 0, 0]


TILINGS = st.builds(
    lambda count, height, width, per_row, gap, seed: Tiling(
        tuple(np.random.default_rng(seed).permutation(count).tolist()), height, width, per_row, gap
    ),
    st.integers(1, 40),
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(1, 20),
    st.integers(0, 5),
    st.integers(0, 9),
)


class TestTiles:
    @pytest.mark.parametrize("colour", [(), (3,)])
    @pytest.mark.parametrize(("count", "per_row"), [(1, 1), (3, 16), (16, 16), (24, 16), (40, 16), (64, 8), (7, 7)])
    def test_tiles_lie_where_a_plain_loop_puts_them(self, count: int, per_row: int, colour: tuple[int, ...]) -> None:
        gap, fill = 2, 9
        tiles = np.random.default_rng(0).integers(0, 256, (count, 5, 4, *colour), dtype=np.uint8)
        rows = math.ceil(count / per_row)
        expected = np.full((rows * 7 - gap, per_row * 6 - gap, *colour), fill, np.uint8)
        for index in range(count):
            top, left = index // per_row * 7, index % per_row * 6
            for y in range(5):
                for x in range(4):
                    expected[top + y, left + x] = tiles[index, y, x]
        assert (tile(tiles, per_row, gap, fill) == expected).all()

    @given(TILINGS)
    def test_every_pixel_of_a_mosaic_is_found_again_at_its_place(self, tiling: Tiling) -> None:
        count = len(tiling.order)
        names = np.arange(1, count * tiling.tile_height * tiling.tile_width + 1, dtype=np.int64)
        numbered = names.reshape(count, tiling.tile_height, tiling.tile_width)
        # A mosaic holds bytes, so the numbers are taken in two passes.
        low = tile((numbered % 256).astype(np.uint8)[list(tiling.order)], tiling.per_row, tiling.gap)
        high = tile((numbered // 256).astype(np.uint8)[list(tiling.order)], tiling.per_row, tiling.gap)
        mosaic = high.astype(np.int64) * 256 + low
        assert mosaic.shape == (tiling.height, tiling.width)
        for y in range(tiling.height):
            for x in range(tiling.width):
                cell = tiling.at(y + 0.5, x + 0.5)
                if cell is None:
                    assert mosaic[y, x] == 0
                else:
                    assert mosaic[y, x] == numbered[cell]

    @given(TILINGS)
    def test_corner_place_and_cell_agree(self, tiling: Tiling) -> None:
        for place, channel in enumerate(tiling.order):
            assert tiling.place_of(channel) == place
            top, left = tiling.corner(place)
            assert tiling.at(top, left) == Cell(channel, 0, 0)
            bottom, right = top + tiling.tile_height - 1, left + tiling.tile_width - 1
            assert tiling.at(bottom + 0.99, right + 0.99) == Cell(
                channel, tiling.tile_height - 1, tiling.tile_width - 1
            )
            if tiling.gap:
                assert tiling.at(bottom + 1, left) is None
                assert tiling.at(top, right + 1) is None

    @given(TILINGS, st.floats(-50, 400), st.floats(-50, 400))
    def test_a_point_outside_is_nothing(self, tiling: Tiling, y: float, x: float) -> None:
        cell = tiling.at(y, x)
        if not (0 <= y < tiling.height and 0 <= x < tiling.width):
            assert cell is None
        if cell is not None:
            top, left = tiling.corner(tiling.order.index(cell.channel))
            assert (top + cell.row, left + cell.column) == (int(y), int(x))

    def test_a_channel_that_is_not_shown_has_no_place(self) -> None:
        assert Tiling((4, 2), 3, 3, 16).place_of(3) is None


class TestFittedPerRow:
    @given(st.integers(1, 200), st.integers(1, 300), st.integers(1, 300), st.floats(0.2, 5))
    def test_no_other_number_a_row_makes_the_tiles_larger(
        self, count: int, height: int, width: int, aspect: float
    ) -> None:
        def zoom(columns: int) -> float:
            return min(aspect / (columns * width), 1 / (math.ceil(count / columns) * height))

        found = fitted_per_row(count, height, width, aspect)
        assert 1 <= found <= count
        assert zoom(found) == pytest.approx(max(zoom(columns) for columns in range(1, count + 1)))

    def test_square_tiles_fill_a_square_view_in_a_square(self) -> None:
        assert fitted_per_row(64, 14, 14, 1.0) == 8

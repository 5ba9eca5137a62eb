"""Transforms stay within their settings, go both ways, and move all pictures of a batch alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from cnnviz_gui.core.pattern import PatternSettings

SIZE = 33
STILL = replace(PatternSettings(), size=SIZE, jitter=0, rotate=0.0, scale=0.0)
STEPS = 64
GREY = 0.5


def transformed(images: np.ndarray, settings: PatternSettings, step: int) -> np.ndarray:
    import tensorflow as tf

    from cnnviz_gui.engine.transforms import transform

    seed = tf.constant([settings.seed, step])
    return np.asarray(transform(tf.constant(images, tf.float32), seed, settings, GREY))


def coordinates() -> np.ndarray:
    """A picture whose channels hold each pixel's own row and column, counted from the centre."""
    rows, columns = np.mgrid[0:SIZE, 0:SIZE] - (SIZE - 1) / 2
    return np.stack([rows, columns], -1)[None].astype(np.float32)


def turn_and_zoom(settings: PatternSettings, step: int) -> tuple[float, float]:
    """The angle in degrees and the factor of a step, measured on coordinates in the middle of the picture."""
    found = transformed(coordinates(), settings, step)[0]
    middle = slice(8, -8)
    before = coordinates()[0, middle, middle].reshape(-1, 2)
    after = found[middle, middle].reshape(-1, 2)
    matrix, *_ = np.linalg.lstsq(before, after, rcond=None)
    # A turn and a zoom about the centre, and nothing else.
    assert np.abs(before @ matrix - after).max() < 1e-3
    assert matrix[0, 0] == pytest.approx(matrix[1, 1], abs=1e-4)
    assert matrix[0, 1] == pytest.approx(-matrix[1, 0], abs=1e-4)
    return float(np.degrees(np.arctan2(matrix[0, 1], matrix[0, 0]))), float(np.hypot(matrix[0, 0], matrix[0, 1]))


def test_no_transform_leaves_the_pictures_alone() -> None:
    images = np.random.default_rng(0).random((2, SIZE, SIZE, 3), np.float32)
    assert (transformed(images, STILL, 3) == images).all()


def test_jitter_shifts_round_the_edge_by_every_number_of_pixels_up_to_its_limit() -> None:
    images = np.random.default_rng(0).random((2, SIZE, SIZE, 3), np.float32)
    seen = set()
    for step in range(STEPS):
        found = transformed(images, replace(STILL, jitter=2), step)
        shifts = [
            (dy, dx)
            for dy in range(-3, 4)
            for dx in range(-3, 4)
            if (np.roll(images, (dy, dx), axis=(1, 2)) == found).all()
        ]
        assert len(shifts) == 1
        seen.add(shifts[0])
    assert {dy for dy, _ in seen} == {dx for _, dx in seen} == {-2, -1, 0, 1, 2}


def test_turns_go_both_ways_up_to_their_limit() -> None:
    angles = [turn_and_zoom(replace(STILL, rotate=10.0), step) for step in range(STEPS)]
    assert all(abs(zoom - 1) < 1e-4 for _, zoom in angles)
    assert -10.01 < min(angle for angle, _ in angles) < -8
    assert 8 < max(angle for angle, _ in angles) < 10.01


def test_zooms_go_both_ways_up_to_their_limit() -> None:
    zooms = [turn_and_zoom(replace(STILL, scale=0.1), step) for step in range(STEPS)]
    assert all(abs(angle) < 0.01 for angle, _ in zooms)
    assert 1 / 1.101 < min(zoom for _, zoom in zooms) < 1 / 1.08
    assert 1.08 < max(zoom for _, zoom in zooms) < 1.101


def test_all_pictures_of_a_batch_are_moved_alike_and_by_seed_and_step_alone() -> None:
    settings = replace(STILL, jitter=4, rotate=10.0, scale=0.1)
    image = np.random.default_rng(0).random((1, SIZE, SIZE, 3), np.float32)
    found = transformed(image.repeat(3, axis=0), settings, 5)
    assert (found == found[:1]).all()
    assert (transformed(image, settings, 5) == found[:1]).all()
    assert (transformed(image, settings, 6) != found[:1]).any()
    assert (transformed(image, replace(settings, seed=1), 5) != found[:1]).any()


def test_a_transform_shows_no_border_of_another_colour() -> None:
    settings = replace(STILL, jitter=4, rotate=45.0, scale=0.5)
    for step in range(8):
        assert transformed(np.full((1, SIZE, SIZE, 3), 0.7), settings, step) == pytest.approx(0.7, abs=1e-6)


def test_a_border_is_grey_and_seen_as_far_as_the_moves_bring_it_into_sight() -> None:
    images = np.random.default_rng(0).random((1, SIZE, SIZE, 3), np.float32)
    seen = set()
    for step in range(STEPS):
        found = transformed(images, replace(STILL, jitter=3, pad=5), step)
        grey = found == GREY
        rows, columns = grey.all(axis=(0, 2, 3)), grey.all(axis=(0, 1, 3))
        assert max(rows.sum(), columns.sum()) <= 3
        shift = [
            (dy, dx)
            for dy in range(-3, 4)
            for dx in range(-3, 4)
            if (found[0] == np.pad(images[0], [(5, 5), (5, 5), (0, 0)], constant_values=GREY)[
                5 - dy : 5 - dy + SIZE, 5 - dx : 5 - dx + SIZE
            ]).all()
        ]  # fmt: skip
        assert len(shift) == 1
        seen.add(shift[0])
    assert len(seen) > 20


def test_a_second_shift_is_not_the_first_one_again() -> None:
    images = np.random.default_rng(0).random((1, SIZE, SIZE, 3), np.float32)
    before = transformed(images, replace(STILL, jitter=4), 7)
    after = transformed(images, replace(STILL, jitter_after=4), 7)
    both = transformed(images, replace(STILL, jitter=4, jitter_after=4), 7)
    assert (before != after).any()

    def shift(found: np.ndarray) -> tuple[int, int]:
        [found_at] = [
            (dy, dx)
            for dy in range(-8, 9)
            for dx in range(-8, 9)
            if (np.roll(images, (dy, dx), axis=(1, 2)) == found).all()
        ]
        return found_at

    assert shift(both) == tuple(np.add(shift(before), shift(after)))

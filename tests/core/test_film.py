"""How patterns grew: small pictures at some of their steps."""

from __future__ import annotations

import numpy as np
import pytest

from cnnviz_gui.core.film import FILM_BYTES, Film, frame_edge, frames_at, joined, kept_steps, shrunk


def film(*steps: int, edge: int = 4) -> Film:
    """Pictures whose grey level is their step."""
    return Film(steps, np.stack([np.full((edge, edge, 3), step, np.uint8) for step in steps]))


@pytest.mark.parametrize(
    ("steps", "frames"), [(1, 60), (40, 60), (60, 60), (61, 60), (256, 60), (100_000, 60), (9, 1)]
)
def test_steps_are_spread_evenly_with_the_last_among_them(steps: int, frames: int) -> None:
    kept = sorted(kept_steps(steps, frames))
    assert len(kept) == min(steps, frames)
    assert kept[0] == 1 or frames == 1
    assert kept[-1] == steps or frames == 1
    gaps = np.diff(kept)
    assert gaps.size == 0 or gaps.max() - gaps.min() <= 1


def test_none_are_kept_when_none_are_wanted() -> None:
    assert kept_steps(40, 0) == frozenset()


@pytest.mark.parametrize(("size", "patterns"), [(128, 1), (128, 64), (1024, 64), (64, 256), (512, 1)])
def test_all_pictures_together_are_bounded(size: int, patterns: int) -> None:
    edge = frame_edge(size, patterns, 60)
    assert edge <= size
    assert 3 * edge * edge * patterns * 60 <= FILM_BYTES
    assert edge == size or 3 * (edge + 1) ** 2 * patterns * 60 > FILM_BYTES


def test_one_pattern_is_kept_as_it_is() -> None:
    assert frame_edge(256, 1, 60) == 256


def test_pictures_are_averaged() -> None:
    pictures = np.zeros((2, 8, 8, 3), np.uint8)
    pictures[1, ::2] = 200
    small = shrunk(pictures, 4)
    assert small.shape == (2, 4, 4, 3)
    assert (small[0] == 0).all()
    assert (small[1] == 100).all()
    assert shrunk(pictures, 8) is pictures


@pytest.mark.parametrize(("step", "level"), [(0, 1), (1, 1), (4, 1), (5, 5), (99, 9)])
def test_a_step_shows_the_last_picture_before_it(step: int, level: int) -> None:
    assert (film(1, 5, 9).at(step) == level).all()


def test_films_that_follow_one_another_are_joined() -> None:
    whole = joined([film(1, 2), film(5)])
    assert whole.steps == (1, 2, 5)
    assert (whole.at(5) == 5).all()


def test_all_patterns_are_shown_as_they_were_and_those_without_a_film_as_they_are() -> None:
    finished = np.full((3, 8, 8, 3), 200, np.uint8)
    seen = frames_at({0: film(1, 5), 2: film(3, edge=8)}, 4, finished)
    assert [int(picture[5, 5, 0]) for picture in seen] == [1, 200, 3]
    assert seen.shape == finished.shape
    assert (finished == 200).all()


def test_a_film_is_packed_small_and_comes_back_nearly_the_same() -> None:
    rng = np.random.default_rng(0)
    rough = rng.integers(0, 256, (10, 4, 4, 3)).repeat(8, axis=1).repeat(8, axis=2).astype(np.uint8)
    whole = Film(tuple(range(1, 11)), rough)
    packed = whole.packed()
    assert packed.nbytes < rough.nbytes / 2
    back = Film.unpacked(whole.steps, packed)
    assert back.packed().tobytes() == packed.tobytes()
    assert back.steps == whole.steps
    assert back.pictures.shape == rough.shape
    assert np.abs(back.pictures.astype(int) - rough).mean() < 8


def test_something_else_is_not_unpacked() -> None:
    with pytest.raises(OSError, match="cannot identify"):
        Film.unpacked((1,), np.zeros(100, np.uint8))

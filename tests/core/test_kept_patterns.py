"""Patterns in a file: what comes out is what went in, or a sentence."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.film import Film
from cnnviz_gui.core.kept_patterns import read_patterns, write_patterns
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.core.pattern_reasons import Reason
from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns
from cnnviz_gui.core.recipe import make_recipe

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 9


def patterns() -> Patterns:
    """Two of three patterns: the second was stopped, and stayed grey."""
    numbers = np.random.default_rng(1)
    images = numbers.normal(size=(2, SIZE, SIZE, 3)).astype(np.float32)
    source = NetworkSource("/netze/网络.keras", "none", include_top=False, classes="own.py")
    inner = message("input")
    return Patterns(
        request=MakePatterns(source, "conv", (3, 1, 7), PatternSettings(size=SIZE, steps=5, seed=2**31 - 1), "tf", 3),
        channels=(3, 1),
        steps=(5, 2),
        images=images,
        pictures=numbers.integers(0, 256, (2, SIZE, SIZE, 3)).astype(np.uint8),
        objective=np.array([[1, 2, 3, 4, 5], [1, 2, np.nan, np.nan, np.nan]], np.float32),
        score=np.array([4.5, 0.0], np.float32),
        reasons=(None, Reason.OFF),
        climbed=message("the {place} of {layer}", place=inner, layer="conv"),
        recipe=make_recipe("patterns", network={"sha256": "abc"}, layer="conv"),
        films=(Film((0, 3, 5), np.full((3, 8, 8, 3), 77, np.uint8)), None),
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with patterns."""
    path = tmp_path / "patterns.npz"
    with path.open("wb") as opened:
        write_patterns(opened, patterns())
    return path


def test_patterns_come_back_as_they_were(file: Path) -> None:
    before, after = patterns(), read_patterns(file)
    for name in ("request", "channels", "steps", "reasons", "climbed", "recipe"):
        assert getattr(after, name) == getattr(before, name), name
    grown, none = after.films
    assert none is None
    assert grown is not None
    assert grown.steps == (0, 3, 5)
    # As JPEG.
    np.testing.assert_allclose(grown.pictures, 77, atol=3)
    assert grown.pictures.shape == (3, 8, 8, 3)
    for name in ("images", "pictures", "objective", "score"):
        was, now = getattr(before, name), getattr(after, name)
        assert now.dtype == was.dtype
        np.testing.assert_array_equal(now, was)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.95])
def test_a_file_that_was_cut_off_is_said_to_be_unreadable(file: Path, share: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(CnnvizError, match="patterns of the session could not be read"):
        read_patterns(file)


def test_every_damaged_byte_of_its_end_gives_patterns_or_a_sentence(file: Path) -> None:
    whole = file.read_bytes()
    for place in range(len(whole) - 400, len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(CnnvizError):
            assert read_patterns(file).channels == (3, 1)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CnnvizError) as raised:
        read_patterns(tmp_path / "none.npz")
    assert "FileNotFoundError" in raised.value.details


def test_pickled_objects_are_never_loaded(tmp_path: Path) -> None:
    path = tmp_path / "patterns.npz"
    np.savez(path, about=np.array([{"format": 1}], dtype=object))
    with pytest.raises(CnnvizError) as raised:
        read_patterns(path)
    assert "allow_pickle" in raised.value.details

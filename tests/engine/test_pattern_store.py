"""Finished patterns on the disk: found again, bounded, and never in the way."""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.film import Film
from cnnviz_gui.core.pattern_requests import (
    ClearPatternCache,
    LimitPatternCache,
    MeasurePatternCache,
    PatternCacheSize,
)
from cnnviz_gui.engine.engine import Engine
from cnnviz_gui.engine.pattern_store import LEFT_AFTER, MAGIC, PatternStore, StoredPattern

if TYPE_CHECKING:
    from cnnviz_gui.core.requests import Request


def key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def pattern(number: int, size: int = 16) -> StoredPattern:
    rng = np.random.default_rng(number)
    return StoredPattern(
        image=rng.random((size, size, 3), np.float32),
        picture=rng.integers(0, 256, (size, size, 3), np.uint8),
        objective=rng.random(7, np.float32),
        score=float(np.float32(number) / 3),
        reason="off" if number % 2 else "",
        climbed=message("the {what} of {layer}", what=message("output"), layer="层"),
        film=Film((1, 5), np.full((2, 8, 8, 3), number, np.uint8)) if number % 2 else None,
    )


def same(a: StoredPattern | None, b: StoredPattern) -> bool:
    return (
        a is not None
        and a.image.tobytes() == b.image.tobytes()
        and a.picture.tobytes() == b.picture.tobytes()
        and a.objective.tobytes() == b.objective.tobytes()
        and (a.score, a.reason, a.climbed) == (b.score, b.reason, b.climbed)
    )


@pytest.fixture
def store(tmp_path: Path) -> PatternStore:
    return PatternStore(tmp_path / "patterns")


def test_what_is_kept_is_found_bit_for_bit_by_another_process(store: PatternStore, tmp_path: Path) -> None:
    for number in (1, 2):
        assert not store.has(key(number))
        store.keep(key(number), pattern(number))
        assert store.has(key(number))
    other = PatternStore(tmp_path / "patterns")
    for number in (1, 2):
        assert same(other.find(key(number)), pattern(number))
    film = getattr(other.find(key(1)), "film", None)
    assert film is not None
    assert film.steps == (1, 5)
    assert np.abs(film.pictures.astype(int) - 1).max() <= 2
    assert other.find(key(3)) is None
    assert store.size().patterns == 2


def damaged(content: bytes) -> list[bytes]:
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    payload = b"no archive"
    return [
        b"",
        content[:100],
        content[:-1],
        bytes(flipped),
        b"PNG" + content,
        MAGIC + hashlib.sha256(payload).digest() + payload,
    ]


@pytest.mark.parametrize("kind", range(6))
def test_a_damaged_file_is_as_good_as_none_and_is_replaced(store: PatternStore, tmp_path: Path, kind: int) -> None:
    store.keep(key(1), pattern(1))
    (path,) = (tmp_path / "patterns").iterdir()
    path.write_bytes(damaged(path.read_bytes())[kind])
    assert store.find(key(1)) is None
    store.keep(key(1), pattern(1))
    assert same(store.find(key(1)), pattern(1))


def test_a_file_under_another_name_is_not_taken_for_that(store: PatternStore, tmp_path: Path) -> None:
    store.keep(key(1), pattern(1))
    (path,) = (tmp_path / "patterns").iterdir()
    path.rename(path.with_name(f"{key(2)}.pattern"))
    assert store.find(key(2)) is None


def test_the_patterns_used_longest_ago_go_first(store: PatternStore, tmp_path: Path) -> None:
    for number in range(6):
        store.keep(key(number), pattern(number))
        path = tmp_path / "patterns" / f"{key(number)}.pattern"
        os.utime(path, (1000 + number, 1000 + number))
    assert store.find(key(0)) is not None
    one = store.size().bytes / 6
    left = store.keep_within(round(3.5 * one))
    assert left.bytes <= 3.5 * one
    assert [number for number in range(6) if store.has(key(number))] == [0, 4, 5]
    for number in range(6, 30):
        store.keep(key(number), pattern(number))
        assert store.size().bytes <= 3.5 * one
    assert store.has(key(29))


def test_a_limit_of_nothing_keeps_nothing(store: PatternStore) -> None:
    store.keep(key(1), pattern(1))
    assert store.keep_within(0) == PatternCacheSize(0, 0)
    store.keep(key(2), pattern(2))
    assert store.size() == PatternCacheSize(0, 0)


def test_only_patterns_are_ever_removed(store: PatternStore, tmp_path: Path) -> None:
    store.keep(key(1), pattern(1))
    folder = tmp_path / "patterns"
    strangers = {folder / "notes.txt", folder / "abc.pattern", folder / f"{key(5)}.png"}
    for path in strangers:
        path.write_text("mine")
    (folder / f"{key(7)}.pattern").mkdir()
    (tmp_path / "precious").write_text("mine")
    (folder / f"{key(8)}.pattern").symlink_to(tmp_path / "precious")
    assert store.size().patterns == 1
    assert store.clear() == PatternCacheSize(0, 0)
    assert set(folder.iterdir()) == strangers | {folder / f"{key(7)}.pattern", folder / f"{key(8)}.pattern"}
    assert (tmp_path / "precious").read_text() == "mine"


def test_what_a_killed_process_left_is_swept_away_and_what_is_being_written_stays(
    store: PatternStore, tmp_path: Path
) -> None:
    store.keep(key(1), pattern(1))
    old, new = (tmp_path / "patterns" / f"{key(2)}-{name}.pattern.tmp" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    past = old.stat().st_mtime - LEFT_AFTER - 1
    os.utime(old, (past, past))
    store.keep_within(10**9)
    assert new.exists()
    assert not old.exists()


def test_a_folder_that_cannot_be_written_costs_one_log_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    store = PatternStore(tmp_path / "file" / "patterns")
    with caplog.at_level(logging.WARNING):
        for number in range(3):
            store.keep(key(number), pattern(number))
    assert len(caplog.records) == 1
    assert store.size() == PatternCacheSize(0, 0)


def test_a_full_disk_leaves_no_half_file(
    store: PatternStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store.keep(key(1), pattern(1))

    def full(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with caplog.at_level(logging.WARNING):
        store.keep(key(1), pattern(2))
        store.keep(key(3), pattern(3))
    monkeypatch.undo()
    assert same(store.find(key(1)), pattern(1))
    assert [path.suffix for path in (tmp_path / "patterns").iterdir()] == [".pattern"]
    assert "No space left" in caplog.text
    assert len(caplog.records) == 1


def test_the_cache_is_measured_limited_and_cleared_by_requests(store: PatternStore) -> None:
    engine = Engine(store)

    def ask(request: Request) -> object:
        answer = engine.answer(request)
        with pytest.raises(StopIteration) as end:
            next(answer)
        return end.value.value

    for number in range(4):
        store.keep(key(number), pattern(number))
    size = store.size()
    assert ask(MeasurePatternCache()) == size
    assert size.patterns == 4
    assert ask(LimitPatternCache(size.bytes // 2)) == store.size()
    assert 0 < store.size().patterns < 3
    assert ask(ClearPatternCache()) == PatternCacheSize(0, 0)
    # None of it has needed Keras.
    assert engine.device() == ""

"""What happens to what can be made again: finished patterns, and what was measured on the machine."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from e2e_fault import Fault, put_back
from e2e_fault_files import fill_disk, mount_disk
from e2e_states import HOME_LAYER, PATTERN, new_seed

from cnnviz_gui.engine.pattern_store import MAGIC, PatternStore
from cnnviz_gui.resources import calibration_folder, pattern_folder

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_states import Cell

RUBBISH = bytes(range(256)) * 20
NEWER = 99
KEPT = replace(PATTERN, seed=1_000_000)


def _make_kept(cell: Cell) -> None:
    """Makes two patterns, which are kept together with how fast they were made."""
    bench = cell.robot.bench
    bench.patterns.generate("0-1", KEPT)
    cell.robot.wait_until_idle()
    assert bench.patterns.finished is not None
    cell.patterns = bench.patterns.finished
    assert len(_kept_patterns()) == 2
    assert len(_measurements()) == 1


def _go_to_layer(cell: Cell) -> None:
    """Another network may have been opened in between."""
    cell.robot.bench.session.select_layer(HOME_LAYER)
    cell.robot.wait_for_grid(HOME_LAYER)


def _kept_patterns() -> list[Path]:
    return sorted(pattern_folder().glob("*.pattern"))


def _measurements() -> list[Path]:
    return sorted(calibration_folder().glob("calibration-*.json"))


def _spoil_cache(_cell: Cell) -> None:
    patterns = _kept_patterns()
    patterns[0].write_bytes(RUBBISH)
    patterns[1].write_bytes(patterns[1].read_bytes()[:-100])
    for path in _measurements():
        path.write_bytes(path.read_bytes()[:40])


def _renew_cache(_cell: Cell) -> None:
    for path in _kept_patterns():
        path.write_bytes(b"cnnviz pattern 9" + path.read_bytes()[len(MAGIC) :])
    for path in _measurements():
        path.write_text(json.dumps({"version": NEWER, "future": {}}))


def _make_kept_again(cell: Cell) -> None:
    """The same pictures, and their files are whole again."""
    bench, kept = cell.robot.bench, cell.patterns
    assert kept is not None
    _go_to_layer(cell)
    bench.patterns.generate("0-1", KEPT)
    cell.robot.wait_until_idle()
    made = bench.patterns.finished
    assert made is not None
    assert made is not kept
    np.testing.assert_array_equal(made.pictures, kept.pictures)
    store = PatternStore(pattern_folder())
    assert all(store.find(path.stem) is not None for path in _kept_patterns())
    assert all(json.loads(path.read_text())["version"] < NEWER for path in _measurements())


def _small_cache(cell: Cell) -> None:
    mount_disk(cell, calibration_folder())
    _make_kept(cell)


def _fill_cache(cell: Cell) -> None:
    fill_disk(cell, calibration_folder())


def _forbid_cache(cell: Cell) -> None:
    for folder in (pattern_folder(), calibration_folder()):
        folder.chmod(0o555)
        cell.undo.append(lambda folder=folder: folder.chmod(0o755))


def _make_unkept(cell: Cell) -> None:
    """Patterns that cannot be kept are made all the same, and nothing is left of their files."""
    bench, before = cell.robot.bench, cell.patterns
    _go_to_layer(cell)
    bench.patterns.generate("0-1", new_seed())
    cell.robot.wait_until_idle()
    assert bench.patterns.finished is not before
    assert len(_kept_patterns()) == 2
    folders = (pattern_folder(), calibration_folder())
    left = {path for folder in folders for path in folder.glob("*") if path.is_file() and path.name != "filler"}
    left -= {*_kept_patterns(), *_measurements()}
    assert not left, left


CACHE_FAULTS = (
    Fault("cache corrupted", _spoil_cache, prepare=_make_kept, meet=_make_kept_again),
    Fault("cache of a newer version", _renew_cache, prepare=_make_kept, meet=_make_kept_again),
    Fault("disk of the cache full", _fill_cache, prepare=_small_cache, meet=_make_unkept, mend=put_back),
    Fault("cache folder read-only", _forbid_cache, prepare=_make_kept, meet=_make_unkept, mend=put_back),
)

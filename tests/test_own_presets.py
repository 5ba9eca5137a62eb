"""Own presets are kept in a file of the user's, which survives whatever happens to it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.pattern import PRESETS, PatternSettings
from cnnviz_gui.own_presets import OwnPresets, find_preset

if TYPE_CHECKING:
    from pathlib import Path

DREAMY = replace(PRESETS["deepdream"], octaves=2, objective="layer - 0.5 * channel(3)", total_variation=0.25)


@pytest.fixture
def own(tmp_path: Path) -> OwnPresets:
    return OwnPresets(tmp_path / "folder" / "presets.json")


def test_what_was_saved_is_there_in_another_process(own: OwnPresets, tmp_path: Path) -> None:
    assert own.all() == {}
    saved = own.save("  My   dream ", DREAMY)
    assert saved == replace(DREAMY, preset="My dream")
    own.save("Kürbis", PatternSettings(size=64))
    again = OwnPresets(tmp_path / "folder" / "presets.json").all()
    assert again == {"My dream": saved, "Kürbis": PatternSettings(preset="Kürbis", size=64)}
    assert list(again) == ["My dream", "Kürbis"]


def test_a_preset_is_replaced_renamed_and_deleted(own: OwnPresets) -> None:
    own.save("one", DREAMY)
    own.save("two", DREAMY)
    own.save("one", replace(DREAMY, steps=7))
    assert own.all()["one"].steps == 7
    own.rename("one", "three")
    assert list(own.all()) == ["three", "two"]
    assert own.all()["three"].preset == "three"
    own.delete("two")
    assert list(own.all()) == ["three"]
    for forget in (lambda: own.delete("two"), lambda: own.rename("two", "four")):
        with pytest.raises(CnnvizError, match="There is no preset called two"):
            forget()


def test_a_name_that_is_taken_or_none_is_refused(own: OwnPresets) -> None:
    for name in ("", "  ", "a" * 61, "a\x00b"):
        with pytest.raises(CnnvizError, match="1 to 60 characters"):
            own.save(name, DREAMY)
    for name in ("clear", "Tutorial", "CUSTOM"):
        with pytest.raises(CnnvizError, match="is a preset of the application"):
            own.save(name, DREAMY)
    own.save("one", DREAMY)
    own.save("two", DREAMY)
    with pytest.raises(CnnvizError, match="There is a preset called two already"):
        own.rename("one", "two")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"cnnviz": 99, "presets": {}}',
        b'{"cnnviz": 1, "presets": [1]}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_set_aside_and_never_written_over(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "presets.json"
    path.write_bytes(content)
    own = OwnPresets(path)
    assert own.all() == {}
    assert own.problem is not None
    assert ("newer version" if b"99" in content else "damaged") in str(own.problem.what)
    assert str(path) in str(own.problem.hint)
    with pytest.raises(CnnvizError, match=r"presets (are damaged|were saved by a newer version)"):
        find_preset("mine", own)
    assert find_preset("clear", own) == PRESETS["clear"]
    assert path.read_bytes() == content
    own.save("new", DREAMY)
    assert list(own.all()) == ["new"]
    assert own.problem is None
    assert (tmp_path / "presets-aside-1.json").read_bytes() == content
    path.write_bytes(b"again")
    own.save("newer", DREAMY)
    assert (tmp_path / "presets-aside-2.json").read_bytes() == b"again"


def test_what_is_no_file_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "presets.json"
    path.mkdir()
    own = OwnPresets(path)
    assert own.all() == {}
    assert "is a folder" in str(own.problem)
    with pytest.raises(CnnvizError, match="is a folder"):
        own.save("new", DREAMY)
    assert path.is_dir()


def test_one_preset_that_cannot_be_read_hides_no_other(own: OwnPresets, tmp_path: Path) -> None:
    own.save("good", DREAMY)
    path = tmp_path / "folder" / "presets.json"
    content = json.loads(path.read_text())
    content["presets"]["bad"] = {"size": "huge"}
    content["presets"]["worse"] = {"size": 1}
    content["presets"]["newer"] = {"size": 64, "sparkle": 3}
    path.write_text(json.dumps(content))
    assert list(own.all()) == ["good", "newer"]
    # What this version cannot read is not lost by saving another.
    own.save("more", DREAMY)
    assert set(json.loads(path.read_text())["presets"]) == {"good", "bad", "worse", "newer", "more"}


def test_a_preset_is_found_by_its_name(own: OwnPresets) -> None:
    saved = own.save("mine", DREAMY)
    assert find_preset("mine", own) == saved
    assert find_preset("clear", own) == PRESETS["clear"]
    with pytest.raises(CnnvizError, match=r"There is no preset called yours\. Known: mine, tutorial, clear"):
        find_preset("yours", own)

"""A session as JSON: exact there and back, and whatever else stands in the file is refused in words."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS, PatternSettings
from cnnviz_gui.session.saved import SavedNetwork, SavedPicture, SavedSession, from_json, saved_session, to_json
from cnnviz_gui.session.state import Display, Lens, SessionState

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import PictureRead

SAVED = SavedSession(
    SavedNetwork(NetworkSource("/netze/网络.keras", "w.h5", include_top=False, classes="own.py"), "网络", "abc"),
    SavedPicture("猫.png", "def", "/bilder/猫.png"),
    SessionState(
        size=(500, 333),
        preprocessing="caffe",
        layer="block5c_add",
        channels=(3, 80, 37),
        position=(0, 13),
        display=Display(Scale.SIGNED, "magma", SortKey.LIKENESS, 0),
        lens=Lens.KERNELS,
    ),
    "0-63, 80",
    PatternSettings(preset="custom", size=96, seed=2**31 - 1, step_size=0.125),
    patterns=16,
    others=(("右", SavedPicture("狗.png", "ghi", "/bilder/狗.png")),),
)


def with_row(**changes: object) -> str:
    """The file with other values."""
    row: dict[str, Any] = json.loads(to_json(SAVED))
    return json.dumps(row | changes)


def test_every_field_comes_back() -> None:
    assert from_json(to_json(SAVED)) == SAVED
    assert from_json(to_json(replace(SAVED, closed=True))).closed is True


def test_whether_programs_may_run_is_not_kept() -> None:
    assert SAVED.network is not None
    trusting = replace(SAVED.network, source=replace(SAVED.network.source, trusted="abc"))
    assert from_json(to_json(replace(SAVED, network=trusting))) == SAVED


def test_a_session_of_an_older_version_has_no_further_pictures() -> None:
    row = json.loads(to_json(SAVED))
    del row["others"]
    assert from_json(json.dumps(row)) == replace(SAVED, others=())


def test_an_empty_session_comes_back_and_is_empty() -> None:
    empty = from_json(to_json(SavedSession()))
    assert empty == SavedSession()
    assert empty.is_empty
    assert not SAVED.is_empty


def test_what_is_saved_is_what_the_state_says(network: Network, make_read: Callable[[str], PictureRead]) -> None:
    state = SessionState(network, make_read("cat.png"), layer="few", channels=(7,), position=(2, 1))
    saved = saved_session(state, "0-3", PRESETS["tutorial"], 4)
    assert saved.network == SavedNetwork(network.source, "net", "abc")
    assert saved.picture is not None
    assert (saved.picture.name, saved.picture.path) == ("cat.png", "")
    assert replace(saved.view, network=state.network, picture=state.picture) == state
    assert (saved.typed, saved.settings, saved.patterns) == ("0-3", PRESETS["tutorial"], 4)


@pytest.mark.parametrize("version", [2, 99])
def test_a_newer_version_is_said_and_not_guessed_at(version: int) -> None:
    with pytest.raises(CnnvizError, match="newer version") as raised:
        from_json(with_row(**{"cnnviz-session": version}))
    assert "newest version" in str(raised.value.hint)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\x00\xff\xfe garbage",
        "not JSON",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        to_json(SAVED)[:-40],
        with_row(size=[224]),
        with_row(size=[0, 224]),
        with_row(size=[10**9, 224]),
        with_row(size="big"),
        with_row(channels=[-1]),
        with_row(channels=[1e400]),
        with_row(position=[1, 2, 3]),
        with_row(lens="telescope"),
        with_row(display={"scale": "tutorial"}),
        with_row(display=None),
        with_row(network={"source": {}, "title": "x"}),
        with_row(network=7),
        with_row(picture="cat.png"),
        with_row(panel={"channels": "", "settings": {"steps": "many"}}),
        with_row(panel={"channels": "", "settings": {"steps": 10**12}}),
        with_row(patterns=-1),
    ],
    ids=lambda text: repr(text[:30]),
)
def test_a_damaged_file_is_said(text: str | bytes) -> None:
    with pytest.raises(CnnvizError, match="damaged"):
        from_json(text)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=6))
def test_no_value_of_any_field_raises_anything_but_a_sentence(value: object) -> None:
    row = json.loads(to_json(SAVED))
    for key in row:
        # Any other exception fails.
        with suppress(CnnvizError):
            assert isinstance(from_json(json.dumps(row | {key: value})), SavedSession)


def test_fields_of_a_later_version_are_passed_over() -> None:
    row = json.loads(to_json(SAVED))
    row["network"]["source"]["revision"] = "main"
    row["panel"]["settings"]["glow"] = 3
    assert from_json(json.dumps(row | {"mood": "good"})) == SAVED

"""Objectives are read as people type them, written as they are read, and errors say where."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.objective import (
    KINDS,
    Objective,
    Term,
    compares_pictures,
    format_objective,
    pictures_named,
    takes_own_channel,
)
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern import PatternSettings, check_settings

_ARGUMENTS = {
    "channel": st.one_of(st.just(()), st.tuples(st.integers(0, 10**9))),
    "position": st.one_of(st.just(()), st.tuples(*[st.integers(0, 500)] * 2), st.tuples(*[st.integers(0, 500)] * 3)),
    "layer": st.just(()),
    "class": st.one_of(st.just(()), st.tuples(st.integers(0, 999)), st.tuples(st.text(min_size=1))),
    "direction": st.one_of(
        st.tuples(st.integers(0, 10**9)),
        st.tuples(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=9).map(tuple)),
        st.tuples(st.text(min_size=1)),
    ),
    "caricature": st.one_of(
        st.just(()), st.tuples(st.text(min_size=1)), st.tuples(st.text(min_size=1), st.floats(0.1, 8))
    ),
    "diversity": st.one_of(st.just(()), st.tuples(st.floats(0, 1e6))),
}
TERMS = st.sampled_from(KINDS).flatmap(
    lambda kind: st.builds(
        Term,
        st.just(kind),
        st.floats(-1e9, 1e9),
        st.one_of(st.just(""), st.sampled_from(["block3b_add", "inner/conv@2", "a b:1", 'odd"\\name', "7"])),
        _ARGUMENTS[kind],
    )
)


class TestReading:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("channel", (Term("channel"),)),
            (" - channel ", (Term("channel", -1.0),)),
            ("channel(17)", (Term("channel", arguments=(17,)),)),
            ("position(3, 4)", (Term("position", arguments=(3, 4)),)),
            ("layer", (Term("layer"),)),
            ("class(tea cup)", (Term("class", arguments=("tea cup",)),)),
            ("class(967)", (Term("class", arguments=(967,)),)),
            ('class("crane (bird), grey")', (Term("class", arguments=("crane (bird), grey",)),)),
            ("class(chair, folding)", (Term("class", arguments=("chair, folding",)),)),
            ("direction([1, -.5,2e1])", (Term("direction", arguments=((1.0, -0.5, 20.0),)),)),
            ("direction(my/file.npy)", (Term("direction", arguments=("my/file.npy",)),)),
            ("caricature(coffee, 4)", (Term("caricature", arguments=("coffee", 4)),)),
            (
                "channel - 0.5 * block3b_add:channel(4) + diversity(100)",
                (
                    Term("channel"),
                    Term("channel", -0.5, "block3b_add", (4,)),
                    Term("diversity", arguments=(100,)),
                ),
            ),
            ('"conv-1:1":layer', (Term("layer", layer="conv-1:1"),)),
            ("channel:channel", (Term("channel", layer="channel"),)),
        ],
    )
    def test_what_people_type_is_read(self, text: str, expected: Objective) -> None:
        assert parse_objective(text) == expected

    @pytest.mark.parametrize(
        ("text", "position", "expected", "received"),
        [
            ("", 1, "channel, position", "-"),
            ("kanal", 1, "channel, position", "kanal"),
            ("channel +", 10, "channel, position", "-"),
            ("channel channel", 9, "+ or -", "channel"),
            ("2 channel", 3, "*", "channel"),
            ("2 * 3", 5, "channel, position", "3"),
            ("+ channel", 1, "channel, position", "+ channel"),
            ("channel(1.5)", 8, "channel, channel(17)", "(1.5)"),
            ("channel(-1)", 8, "channel, channel(17)", "(-1)"),
            ("position(3)", 9, "position, position(3, 4)", "(3)"),
            ("direction", 10, "direction(7)", "-"),
            ("direction([1, x])", 15, "a number", "x])"),
            ("direction([1 2])", 14, ", or ]", "2])"),
            ("channel(17", 11, ", or )", "-"),
            ("channel()", 9, "a number, a name or a list", ")"),
            ("layer(3)", 6, "layer", "(3)"),
            ("1e999 * channel", 1, "a number", "1e999 * channel"),
            ("a:b", 3, "channel, position", "b"),
        ],
    )
    def test_an_error_says_where_and_what_was_expected(
        self, text: str, position: int, expected: str, received: str
    ) -> None:
        words = re.escape(f"not understood at character {position}. Expected: {expected}")
        with pytest.raises(CnnvizError, match=f"{words}.* Received: {re.escape(received)}$"):
            parse_objective(text)

    @given(st.lists(TERMS, min_size=1, max_size=5))
    def test_what_was_written_is_read_again(self, terms: list[Term]) -> None:
        assert parse_objective(format_objective(tuple(terms))) == tuple(terms)

    @given(st.text(alphabet='channelposit(),[]"\\*+-:.0159 e', max_size=40))
    def test_any_text_is_an_objective_or_an_error_in_words(self, text: str) -> None:
        try:
            found = parse_objective(text)
        except CnnvizError:
            return
        assert parse_objective(format_objective(found)) == found

    def test_settings_with_an_objective_that_is_none_are_refused(self) -> None:
        with pytest.raises(CnnvizError, match="not understood at character 1"):
            check_settings(PatternSettings(objective="magic"))

    def test_an_endless_objective_is_refused(self) -> None:
        with pytest.raises(CnnvizError, match="at most 64 terms"):
            parse_objective(" + ".join(["channel"] * 65))
        with pytest.raises(CnnvizError, match="at most 200000 characters"):
            parse_objective("channel" + " " * 200_000)


class TestWhatItNeeds:
    @pytest.mark.parametrize(
        ("text", "is_own"),
        [
            ("channel", True),
            ("channel(3) + 2 * position", True),
            ("class", True),
            ("position(1, 2)", True),
            ("position(1, 2, 3)", False),
            ("channel(3)", False),
            ("class(espresso)", False),
            ("layer", False),
            ("direction(7) + diversity", False),
        ],
    )
    def test_it_is_known_whether_an_objective_is_of_each_pictures_own_channel(self, text: str, is_own: bool) -> None:
        assert takes_own_channel(parse_objective(text)) == is_own

    def test_diversity_compares_pictures(self) -> None:
        assert compares_pictures(parse_objective("channel(3) + diversity"))
        assert not compares_pictures(parse_objective("channel(3)"))

    def test_the_pictures_of_caricatures_are_known(self) -> None:
        objective = parse_objective("caricature + caricature(coffee, 2) - caricature(coffee) + layer")
        assert pictures_named(objective) == ("", "coffee")

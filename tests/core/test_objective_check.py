"""Objectives are held against their network, and what patterns are asked for by is read as people type it."""

from __future__ import annotations

import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.objective import Numbering, Term, measured_channel, numbering
from cnnviz_gui.core.objective_check import check_objective, class_number, parse_chosen
from cnnviz_gui.core.objective_reader import parse_objective

NETWORK = Network(
    source=NetworkSource("classifier.keras"),
    title="classifier",
    sha256="0",
    layers=(
        Layer("conv1_conv", "Conv2D", (8, 8, 8), 0, "float32"),
        Layer("wide", "Conv2D", (8, 8, 20), 0, "float32"),
        Layer("classes", "Dense", (4,), 0, "float32"),
    ),
    input_size=None,
    nominal_size=(64, 64),
    input_channels=3,
    preprocessing="none",
    preprocessing_reason="",
    labels=("espresso", "echidna, spiny anteater", "crane", "Crane"),
    parameters=0,
    default_layer="wide",
)


def test_what_is_left_out_is_put_in() -> None:
    objective = parse_objective("channel - conv1:channel(3) + class(Spiny Anteater)")
    assert check_objective(objective, NETWORK, "wide") == (
        Term("channel", layer="wide"),
        Term("channel", -1.0, "conv1_conv", (3,)),
        Term("class", layer="classes", arguments=(1,)),
    )


@pytest.mark.parametrize(
    ("label", "number"), [("espresso", 0), ("ECHIDNA", 1), ("echidna, spiny anteater", 1), ("crane", 2), ("3", 3)]
)
def test_a_class_goes_by_each_of_its_names_and_by_its_number(label: str, number: int) -> None:
    assert class_number(NETWORK, label) == number


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("channel", "0-2, 19", ("wide", (0, 1, 2, 19))),
        ("conv1:channel", "7", ("wide", (7,))),
        ("class", "crane; 0-1; espresso", ("classes", (2, 0, 1))),
        ("class", "", ("classes", (0, 1, 2, 3))),
        ("layer", "0-2, 500", ("wide", (0, 1, 2, 500))),
    ],
)
def test_what_patterns_are_wanted_of_is_read(text: str, typed: str, expected: tuple[str, tuple[int, ...]]) -> None:
    assert parse_chosen(parse_objective(text), NETWORK, "wide", typed) == expected


@pytest.mark.parametrize(
    ("text", "typed"), [("channel", "20"), ("conv1:channel", "8"), ("class", "4"), ("class", "x")]
)
def test_what_is_not_there_is_said(text: str, typed: str) -> None:
    with pytest.raises(CnnvizError):
        parse_chosen(parse_objective(text), NETWORK, "wide", typed)


def test_it_is_known_what_numbers_are() -> None:
    kinds = {"channel + layer": Numbering.CHANNELS, "class": Numbering.CLASSES, "class(crane)": Numbering.STARTS}
    assert {text: numbering(parse_objective(text)) for text in kinds} == kinds


def test_the_channel_that_a_picture_is_of_is_known() -> None:
    for text, expected in {"channel": 5, "channel(3)": 3, "layer": None, "conv1:channel + position": 5}.items():
        assert measured_channel(check_objective(parse_objective(text), NETWORK, "wide"), "wide", 5) == expected

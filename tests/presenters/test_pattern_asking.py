"""What is in the panel becomes a request: of classes at the classifier, of dreams with the open picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.presenters.pattern_asking import pattern_request
from cnnviz_gui.session.state import SessionState

NETWORK = Network(
    source=NetworkSource("classifier.keras"),
    title="classifier",
    sha256="0",
    layers=(Layer("conv", "Conv2D", (8, 8, 8), 0, "float32"), Layer("classes", "Dense", (2,), 0, "float32")),
    input_size=None,
    nominal_size=(64, 64),
    input_channels=3,
    preprocessing="none",
    preprocessing_reason="",
    labels=("espresso", "daisy"),
    parameters=0,
    default_layer="conv",
)
PICTURE = PictureRead(make_picture("a.png", b"a"), 8, 8, np.zeros((8, 8, 3), np.uint8), ())
STATE = SessionState(network=NETWORK, layer="conv", picture=PICTURE)


def asked(state: SessionState, typed: str, preset: str) -> MakePatterns:
    request = pattern_request(state, typed, PRESETS[preset])
    assert isinstance(request, MakePatterns)
    return request


def test_classes_are_channels_of_the_classifier() -> None:
    request = asked(STATE, "daisy", "class")
    assert (request.layer, request.channels, request.pictures) == ("classes", (1,), ())


def test_a_dream_has_the_open_picture_and_without_one_begins_with_noise() -> None:
    assert asked(STATE, "0", "deepdream").pictures == (("", PICTURE.picture),)
    request = asked(replace(STATE, picture=None), "0", "deepdream")
    assert (request.settings.start, request.pictures) == ("noise", ())


def test_a_network_of_one_size_has_its_size_and_no_octaves() -> None:
    state = replace(STATE, network=replace(NETWORK, input_size=(64, 64)))
    settings = asked(state, "0", "deepdream").settings
    assert (settings.size, settings.octaves) == (64, 1)


def test_what_cannot_be_asked_for_is_an_error_in_words() -> None:
    assert isinstance(pattern_request(STATE, "9", PRESETS["clear"]), CnnvizError)
    assert isinstance(pattern_request(STATE, "0", replace(PRESETS["clear"], objective="kanal")), CnnvizError)
    assert pattern_request(SessionState(), "0", PRESETS["clear"]) is None

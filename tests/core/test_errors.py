"""Errors can be read, translated and sent to another process."""

from __future__ import annotations

import copy
import pickle

import pytest

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.requests import STOP


def test_a_message_is_its_sentence_with_the_values_filled_in() -> None:
    said = message("{network} has no layer called {name}.", network="ResNet50", name="convv1")
    assert str(said) == "ResNet50 has no layer called convv1."
    assert said.source == "{network} has no layer called {name}."


def test_a_translation_takes_the_values_in_its_own_order() -> None:
    said = message("{network} has no layer called {name}.", network="ResNet50", name="convv1")
    assert said.format("{name}: kein Layer von {network}") == "convv1: kein Layer von ResNet50"


def test_braces_in_a_value_are_only_text() -> None:
    assert (
        str(message("There is no network called {name}.", name="{x}{0}%s")) == "There is no network called {x}{0}%s."
    )


def test_equal_messages_are_equal_and_hashable() -> None:
    assert message("{a}", a=1) == message("{a}", a=1)
    assert len({message("{a}", a=1), message("{a}", a=1), message("{a}", a=2)}) == 2


def test_an_error_reads_as_what_and_what_to_do() -> None:
    assert str(CnnvizError(Message("It broke."), Message("Mend it."))) == "It broke. Mend it."
    assert str(CnnvizError(Message("It broke."))) == "It broke."


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_an_error_survives_the_way_to_another_process(protocol: int) -> None:
    error = CnnvizError(message("{n} broke.", n=3), Message("Mend it."), details="Traceback\nline")
    received = pickle.loads(pickle.dumps(error, protocol))
    assert type(received) is CnnvizError
    assert (received.what, received.hint, received.details) == (error.what, error.hint, error.details)
    assert str(received) == "3 broke. Mend it."


def test_a_kind_of_error_stays_that_kind() -> None:
    received = copy.copy(_Special(Message("Special."), details="why"))
    assert type(received) is _Special
    assert received.details == "why"


def test_stop_is_the_same_object_after_the_way_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(STOP)) is STOP


class _Special(CnnvizError):
    pass

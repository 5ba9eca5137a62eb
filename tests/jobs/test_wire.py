"""What crosses the pipe comes out as it went in."""

from __future__ import annotations

import multiprocessing
import threading

import numpy as np
import pytest

from cnnviz_gui.core.requests import STOP
from cnnviz_gui.jobs import wire
from cnnviz_gui.jobs.protocol import Unsendable


def travel(value: object) -> object:
    """Sends a value through a pipe and returns what comes out."""
    here, there = multiprocessing.Pipe()
    with here, there:
        sender = threading.Thread(target=wire.send, args=(here, wire.pack(value)))
        sender.start()
        received = wire.receive(there)
        sender.join()
        assert not there.poll()
    return received


@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (5,), (700, 800, 3)])
def test_an_array_arrives_as_it_was(shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).random(shape, np.float32)
    received = travel({"a": array, "b": [array[::2] if shape else array]})
    assert isinstance(received, dict)
    np.testing.assert_array_equal(received["a"], array)
    np.testing.assert_array_equal(received["b"][0], array[::2] if shape else array)
    assert received["a"].flags.writeable


def test_an_array_that_must_not_be_written_to_stays_so() -> None:
    array = np.zeros(9)
    array.flags.writeable = False
    received = travel(array)
    assert isinstance(received, np.ndarray)
    assert not received.flags.writeable


def test_stop_stays_the_same_object() -> None:
    assert travel(STOP) is STOP


def test_what_cannot_be_pickled_is_said_before_anything_is_sent() -> None:
    with pytest.raises(Unsendable, match="function"):
        wire.pack(lambda: None)


def test_a_closed_end_is_noticed() -> None:
    here, there = multiprocessing.Pipe()
    here.close()
    with there, pytest.raises(EOFError):
        wire.receive(there)

"""Memory that a job has left behind."""

from __future__ import annotations

import gc
import traceback
import weakref

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.engine.memory import let_frames_go

seen: list[weakref.ref[np.ndarray]] = []  # type: ignore[type-arg]


def fill() -> None:
    taken = np.ones(1000)
    seen.append(weakref.ref(taken))
    raise MemoryError


def explained() -> CnnvizError:
    try:
        try:
            fill()
        except MemoryError as error:
            raise CnnvizError(message("There is no memory left.")) from error
    except CnnvizError as error:
        return error


def test_what_an_exception_came_through_is_let_go_and_the_exception_says_as_much_as_before() -> None:
    error = explained()
    gc.collect()
    assert seen[-1]() is not None
    said = traceback.format_exception(error)
    let_frames_go(error)
    assert seen[-1]() is None
    assert traceback.format_exception(error) == said
    assert "in fill" in "".join(said)

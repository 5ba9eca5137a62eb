"""Garbage: collected by the thread of the window, never by another."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from cnnviz_gui.ui.garbage import Garbage, collect_if_due, set_aside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Knot:
    """Refers to itself, so that only the collector takes it away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collecting() -> Iterator[None]:
    """Python collects by itself, as in a process that has just begun."""
    gc.collect()
    gc.enable()
    yield
    gc.disable()


def tie_knots(threads: list[int], count: int = 1) -> None:
    for _ in range(count):
        weakref.finalize(Knot(), lambda: threads.append(threading.get_ident()))


def allocate_in_another_thread() -> list[list[object]]:
    """Allocates more than Python collects after, and returns it: what is freed again does not count."""
    made: list[list[object]] = []
    thread = threading.Thread(target=lambda: made.extend([] for _ in range(20 * gc.get_threshold()[0])))
    thread.start()
    thread.join()
    return made


@pytest.mark.usefixtures("collecting")
def test_another_thread_that_allocates_collects_nothing(qtbot: QtBot) -> None:
    threads: list[int] = []
    owner = QObject()
    Garbage(owner)
    tie_knots(threads)
    made = allocate_in_another_thread()
    assert threads == []
    assert made
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.get_ident()]
    assert not gc.isenabled()


@pytest.mark.usefixtures("collecting")
def test_without_it_another_thread_would() -> None:
    threads: list[int] = []
    tie_knots(threads)
    allocate_in_another_thread()
    assert threads
    assert threading.get_ident() not in threads


def test_nothing_is_collected_before_its_time() -> None:
    threads: list[int] = []
    gc.collect()
    tie_knots(threads)
    collect_if_due()
    assert threads == []
    gc.collect()
    assert threads == [threading.get_ident()]


def test_what_is_set_aside_is_not_looked_at_again() -> None:
    threads: list[int] = []
    gc.collect()
    tie_knots(threads)
    try:
        set_aside()
        gc.collect()
        assert threads == []
    finally:
        gc.unfreeze()
    gc.collect()
    assert threads == [threading.get_ident()]

"""What takes long is answered in a thread of its own, which is gone afterwards."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.engine.aftermath import clearing_up

if TYPE_CHECKING:
    from collections.abc import Generator

REQUEST = object()


class Job:
    """Takes down which thread made which of its steps, and what it was sent."""

    def __init__(self, error: Exception | None = None) -> None:
        self.threads: list[threading.Thread] = []
        self.sent: list[object] = []
        self._error = error

    def answer(self, request: object) -> Generator[int, object, str]:
        assert request is REQUEST
        try:
            for number in range(2):
                self.threads.append(threading.current_thread())
                self.sent.append((yield number))
            self.threads.append(threading.current_thread())
            if self._error is not None:
                raise self._error
            return "done"
        finally:
            self.threads.append(threading.current_thread())

    def was_in_one_thread_that_is_gone(self) -> bool:
        (thread,) = set(self.threads)
        return thread is not threading.current_thread() and not thread.is_alive()


def test_steps_are_made_in_one_thread_and_what_is_sent_and_returned_passes_through() -> None:
    job = Job()
    answer = clearing_up(job.answer)(REQUEST)
    assert next(answer) == 0
    assert job.threads[0].is_alive()
    assert answer.send("stop") == 1
    with pytest.raises(StopIteration) as end:
        answer.send(None)
    assert end.value.value == "done"
    assert job.sent == ["stop", None]
    assert len(job.threads) == 4
    assert job.was_in_one_thread_that_is_gone()


def test_an_error_passes_through() -> None:
    job = Job(MemoryError("no room"))
    with pytest.raises(MemoryError, match="no room"):
        list(clearing_up(job.answer)(REQUEST))
    assert job.was_in_one_thread_that_is_gone()


def test_a_job_that_is_given_up_ends_in_its_thread() -> None:
    job = Job()
    answer = clearing_up(job.answer)(REQUEST)
    next(answer)
    answer.close()
    assert len(job.threads) == 2
    assert job.was_in_one_thread_that_is_gone()


def test_a_job_that_never_began_is_given_up_and_does_nothing() -> None:
    job = Job()
    clearing_up(job.answer)(REQUEST).close()
    assert job.threads == []

"""What a job leaves behind, and how it is cleared away."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.memory import trim
from cnnviz_gui.engine.compiling import forget_kernels
from cnnviz_gui.engine.memory import let_frames_go

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import TypeVar

    from cnnviz_gui.core.requests import Request

    Yielded = TypeVar("Yielded")
    Returned = TypeVar("Returned")


def give_back() -> None:
    """Gives memory that is not used any more back to the system.

    Graphs of TensorFlow and Keras models hold each other in circles, which Python breaks up when it happens to look.
    Takes some tenths of a second.
    """
    gc.collect()
    forget_kernels()
    trim()


def clearing_up(
    handler: Callable[[Any], Generator[Yielded, object, Returned]],
) -> Callable[[Any], Generator[Yielded, object, Returned]]:
    """Answers in a thread of its own, and gives memory back afterwards.

    For what takes long anyway and leaves much behind: networks, graphs that were traced, and what oneDNN prepared,
    which TensorFlow keeps for each thread until that ends.
    """

    def answer(request: Request) -> Generator[Yielded, object, Returned]:
        try:
            result = yield from _in_a_thread(handler(request))
        except Exception as error:
            # What filled the memory hangs on the exception, and the next job needs it.
            let_frames_go(error)
            give_back()
            raise
        give_back()
        return result

    return answer


def _in_a_thread(answer: Generator[Yielded, object, Returned]) -> Generator[Yielded, object, Returned]:
    """The same generator, every step of which is made in one thread, which ends with it."""
    sent: object = None
    with ThreadPoolExecutor(1) as thread:
        try:
            while True:
                try:
                    value = thread.submit(answer.send, sent).result()
                except StopIteration as end:
                    result: Returned = end.value
                    return result
                sent = yield value
        finally:
            thread.submit(answer.close).result()

"""A batch in pieces, each computed by a core of its own.

TensorFlow spreads every single operation over the cores, and waits for all of them after each: on small maps most of
the time is waiting. A piece of the batch for each core needs to wait for nobody. Every piece is computed as a smaller
batch would be, so the pictures are the same up to the rounding that the size of a batch decides.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from cnnviz_gui.engine.runtime import device, tf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Piece = TypeVar("Piece")
Result = TypeVar("Result")

SMALLEST_PIECE = 4
"""A batch of fewer pictures is not cut further: one operation on all of them is as fast."""


def lanes() -> int:
    """How many pieces are computed at a time: one for each core; on a GPU one in all."""
    if device() == "GPU":
        return 1
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def power_of_two(count: int) -> int:
    """The largest power of two that is no larger than a count, and 1 at least.

    A picture is bit for bit the same in batches and pieces of 2, 4, 8, 16 and 32, so that how much memory is left and
    what was found to be fastest change nothing. In others it is rounded otherwise, and on a deep layer looks
    otherwise in the end.
    """
    return 1 << (max(count, 1).bit_length() - 1)


def piece_sizes(count: int, most: int, lanes: int) -> list[int]:
    """Cuts a batch into pieces that are powers of two, as many as keep all lanes busy.

    Args:
        count: Pictures in the batch.
        most: In a piece.
        lanes: Pieces computed at a time.

    Returns:
        The number of pictures in every piece, in falling order. Only the last of an odd count is a piece of 1.
    """
    sizes: list[int] = []
    while count:
        size = power_of_two(min(count, most, max(SMALLEST_PIECE, count // lanes)))
        # Full rounds of all lanes, and what does not fill a round in as few pieces as it needs.
        number = count // size // lanes * lanes or count // size
        sizes += [size] * number
        count -= size * number
    return sizes


def cut(tensors: Sequence[tf.Tensor], sizes: Sequence[int]) -> tuple[tuple[tf.Tensor, ...], ...]:
    """Cuts tensors with a row for each picture into pieces of some sizes: for each piece all its tensors."""
    if len(sizes) == 1:
        return (tuple(tensors),)
    return tuple(zip(*(tf.split(tensor, list(sizes)) for tensor in tensors), strict=True))


def joined(pieces: Sequence[tf.Tensor]) -> tf.Tensor:
    """Puts the pieces of a tensor together again."""
    return pieces[0] if len(pieces) == 1 else tf.concat(pieces, axis=0)


class _Helpers(threading.local):
    threads: ThreadPoolExecutor | None = None


_helpers = _Helpers()
"""Of the thread that asks."""


@contextmanager
def helped(helpers: int = 0) -> Iterator[None]:
    """Has the threads that help this one with `run` stay until the end of a block.

    TensorFlow prepares a convolution in every thread that comes upon it, and forgets that when the thread ends.

    Args:
        helpers: How many there are at most; by default one for each core but one.
    """
    before = _helpers.threads
    with ThreadPoolExecutor(helpers or max(1, lanes() - 1)) as _helpers.threads:
        try:
            yield
        finally:
            _helpers.threads = before


def run(function: Callable[[Piece], Result], pieces: Sequence[Piece], lanes: int) -> list[Result]:
    """Calls a function on every piece, on some of them at a time.

    Args:
        function: Spends its time outside of Python.
        pieces: Arguments.
        lanes: Threads, this one included; no more than there are (`helped`).

    Returns:
        The results in the order of the pieces.

    Raises:
        BaseException: The first that a call raised, when all have ended.
    """
    if _helpers.threads is None:
        with helped():
            return run(function, pieces, lanes)
    results: dict[int, Result] = {}
    errors: list[BaseException] = []
    waiting = list(enumerate(pieces))[::-1]

    def work() -> None:
        while not errors:
            try:
                place, piece = waiting.pop()
            except IndexError:
                # Another thread has taken the last piece.
                return
            try:
                results[place] = function(piece)
            # Whatever it is, it is raised below.
            except BaseException as error:  # noqa: BLE001
                errors.append(error)

    helping = [_helpers.threads.submit(work) for _ in range(min(lanes, len(pieces)) - 1)]
    work()
    wait(helping)
    if errors:
        raise errors[0]
    return [results[place] for place in range(len(pieces))]

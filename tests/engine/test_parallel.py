"""A batch in pieces makes the pictures that it makes in one."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnviz_gui.engine.parallel import SMALLEST_PIECE, cut, helped, joined, piece_sizes, power_of_two, run
from cnnviz_gui.engine.runtime import tf


@given(st.integers(1, 300), st.integers(2, 64), st.integers(1, 16))
def test_pieces_are_powers_of_two_and_no_larger_than_allowed(count: int, most: int, lanes: int) -> None:
    sizes = piece_sizes(count, most, lanes)
    assert sum(sizes) == count
    assert max(sizes) <= most
    assert {size.bit_count() for size in sizes} == {1}
    assert sizes == sorted(sizes, reverse=True)
    # Alone a picture is rounded otherwise, so only one that can have no company is.
    assert sizes.count(1) == count % 2


@pytest.mark.parametrize(
    ("count", "most", "lanes", "expected"),
    [
        (32, 16, 2, [16, 16]),
        (32, 8, 2, [8, 8, 8, 8]),
        (20, 16, 2, [8, 8, 4]),
        (24, 16, 2, [8, 8, 4, 4]),
        (33, 16, 2, [16, 16, 1]),
        (16, 16, 2, [8, 8]),
        (9, 16, 2, [4, 4, 1]),
        (16, 16, 8, [4, 4, 4, 4]),
        (40, 16, 3, [8, 8, 8, 4, 4, 4, 4]),
        (7, 16, 2, [4, 2, 1]),
        (1, 16, 2, [1]),
        (64, 64, 1, [64]),
        (3, 1, 2, [1, 1, 1]),
    ],
)
def test_all_cores_have_a_piece_unless_pieces_would_be_tiny(
    count: int, most: int, lanes: int, expected: list[int]
) -> None:
    assert piece_sizes(count, most, lanes) == expected
    assert SMALLEST_PIECE == 4


def test_what_was_cut_is_put_together_again() -> None:
    tensor = tf.reshape(tf.range(30), [10, 3])
    pieces = cut([tensor, tensor * 2], [4, 3, 3])
    assert [piece[0].shape[0] for piece in pieces] == [4, 3, 3]
    for place, whole in enumerate((tensor, tensor * 2)):
        assert (joined([piece[place] for piece in pieces]).numpy() == whole.numpy()).all()
    assert cut([tensor], [10])[0][0] is tensor


def test_pieces_run_at_the_same_time_and_results_keep_their_order() -> None:
    together = threading.Barrier(3, timeout=120)

    def meet(number: int) -> int:
        if number < 3:
            together.wait()
        return number * number

    with helped(2):
        assert run(meet, [0, 1, 2, 3, 4], 3) == [0, 1, 4, 9, 16]
    assert run(meet, [7], 3) == [49]


def test_the_threads_that_help_stay_for_a_block_and_no_longer() -> None:
    seen: set[threading.Thread] = set()

    def work(meeting: threading.Barrier) -> None:
        meeting.wait()
        seen.add(threading.current_thread())

    with helped(1):
        for _ in range(5):
            run(work, [threading.Barrier(2, timeout=120)] * 2, 2)
        (helper,) = seen - {threading.current_thread()}
        assert helper.is_alive()
    assert not helper.is_alive()


def test_an_error_in_any_piece_is_raised_when_all_have_ended() -> None:
    ended: list[int] = []

    def work(number: int) -> int:
        if number == 1:
            raise MemoryError("no room")
        ended.append(number)
        return number

    with pytest.raises(MemoryError, match="no room"):
        run(work, [0, 1], 2)
    assert ended in ([0], [])


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 1), (1, 1), (2, 2), (3, 2), (15, 8), (16, 16), (30, 16), (33, 32)]
)
def test_batches_are_powers_of_two(count: int, expected: int) -> None:
    assert power_of_two(count) == expected

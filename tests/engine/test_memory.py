"""Memory that a job has left behind."""

from __future__ import annotations

import gc
import subprocess
import sys
import traceback
import weakref

import numpy as np
import psutil
import pytest

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.engine.memory import is_exhausted, let_frames_go, memory_left

MUCH = 400_000_000
TAKEN_AND_GIVEN_BACK = f"""
import psutil
from cnnviz_gui.engine.aftermath import give_back
from cnnviz_gui.engine.runtime import tf

def resident():
    return psutil.Process().memory_info().rss

tf.reduce_sum(tf.ones(10))
before = resident()
taken = [tf.fill([1_000_000], 3.0) for _ in range({MUCH} // 4_000_000)]
print(resident() - before)
del taken
give_back()
print(resident() - before)
"""

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


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the C library decides")
def test_what_tensorflow_does_not_need_any_more_goes_back_to_the_system() -> None:
    # In a process of its own: TensorFlow chooses its allocator once.
    done = subprocess.run([sys.executable, "-c", TAKEN_AND_GIVEN_BACK], capture_output=True, text=True, check=True)
    most, rest = map(int, done.stdout.split())
    assert most > 0.9 * MUCH
    assert rest < 0.1 * MUCH


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts all memory that is written to")
def test_a_limit_of_the_system_counts_as_ours_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    memory = psutil.Process().memory_info()
    limits = [resource.RLIM_INFINITY, 0]
    monkeypatch.setattr(resource, "getrlimit", lambda _: tuple(limits))
    assert memory_left(memory.rss + 10**9) == pytest.approx(10**9, abs=10**8)
    limits[0] = memory.data + 5 * 10**8
    assert memory_left(memory.rss + 10**9) == pytest.approx(5 * 10**8, abs=10**8)
    limits[0] = memory.data // 2
    assert memory_left(memory.rss + 10**9) == 0


def test_tensorflows_words_for_too_little_memory_are_known() -> None:
    from tensorflow import errors

    unprepared = (
        "Operation received an exception:Status: 1, message: could not create a primitive, in file "
        "tensorflow/core/kernels/mkl/mkl_conv_ops.cc:1123"
    )
    assert is_exhausted(MemoryError())
    assert is_exhausted(errors.ResourceExhaustedError(None, None, "OOM when allocating tensor"))
    assert is_exhausted(errors.AbortedError(None, None, unprepared))
    assert not is_exhausted(errors.AbortedError(None, None, "Operation was aborted"))
    assert not is_exhausted(errors.InvalidArgumentError(None, None, "could not create a primitive"))

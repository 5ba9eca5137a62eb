"""How objects cross the pipe between the window and the engine.

Arrays travel beside the pickle (its protocol 5) and in small chunks: a thread that copies 100 MB at one go holds
Python's lock all the while, and the window stands still.

Both ends have one thread and a pipe holds little, so two ends that send much at the same time would wait for each
other for ever. Therefore only the engine's end sends whenever it likes. The window's end rings the bell, which is one
byte, and sends a command when the engine has answered `cnnviz_gui.jobs.protocol.Take` and listens.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cnnviz_gui.jobs.protocol import Unsendable

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from typing import Any

CHUNK = 1 << 18
BELL = b"!"


class Parcel(NamedTuple):
    """An object ready to be sent, without a copy of its arrays.

    Args:
        pickled: The object, without the memory of its arrays.
        buffers: That memory.
    """

    pickled: bytes
    buffers: tuple[memoryview, ...]


def pack(value: object) -> Parcel:
    """Pickles.

    Raises:
        Unsendable: It cannot be pickled.
    """
    buffers: list[memoryview] = []
    try:
        pickled = pickle.dumps(value, protocol=5, buffer_callback=lambda buffer: buffers.append(buffer.raw()))
    # Pickling runs the code of every object inside, which may raise anything.
    except Exception as error:
        raise Unsendable(f"A {type(value).__name__} cannot be pickled.") from error
    return Parcel(pickled, tuple(buffers))


def send(pipe: Connection[Any, Any], parcel: Parcel) -> None:
    """Sends a parcel; blocks until the other end has taken nearly all of it."""
    pipe.send_bytes(
        pickle.dumps([len(parcel.pickled), *((len(memory), memory.readonly) for memory in parcel.buffers)])
    )
    _send_memory(pipe, memoryview(parcel.pickled))
    for memory in parcel.buffers:
        _send_memory(pipe, memory)


def receive(pipe: Connection[Any, Any]) -> object:
    """Receives what `send` sends; blocks until it is there.

    Raises:
        EOFError: The other end is closed.
    """
    length, *buffers = pickle.loads(pipe.recv_bytes())
    pickled = _receive_memory(pipe, length)
    memories = []
    for size, readonly in buffers:
        memory = _receive_memory(pipe, size)
        memories.append(memory.toreadonly() if readonly else memory)
    return pickle.loads(pickled, buffers=memories)


def _send_memory(pipe: Connection[Any, Any], memory: memoryview) -> None:
    for start in range(0, len(memory), CHUNK):
        pipe.send_bytes(memory[start : start + CHUNK])


def _receive_memory(pipe: Connection[Any, Any], length: int) -> memoryview:
    # NumPy's memory is not zeroed first, which bytearray's is.
    memory = np.empty(length, np.uint8).data
    for start in range(0, length, CHUNK):
        pipe.recv_bytes_into(memory[start : start + CHUNK])
    return memory

"""A part of a file, read where it lies."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from typing_extensions import Buffer

BLOCK = 2**18


class Window(io.RawIOBase):
    """A stretch of an open file as a file of its own, for reading.

    Streaming a stored member out of a zip archive takes seconds for a large network, because every seek backward
    starts again; a mapping of it would end the process if the file were cut meanwhile.

    Args:
        file: Open without a buffer, or in memory.
        offset: Where the stretch begins.
        size: Its length in bytes.
    """

    def __init__(self, file: BinaryIO, offset: int, size: int) -> None:
        super().__init__()
        self._file = file
        self._offset = offset
        self._position = 0
        self.size = size

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be sought."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Moves the position."""
        base = (0, self._position, self.size)[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        """The position."""
        return self._position

    def readinto(self, buffer: Buffer) -> int:
        """Reads at the position."""
        view = memoryview(buffer).cast("B")
        count = max(0, min(len(view), self.size - self._position))
        if not count:
            return 0
        self._file.seek(self._offset + self._position)
        done: int = self._file.readinto(view[:count])  # type: ignore[attr-defined]
        self._position += done
        return done

    def read_at(self, offset: int, size: int) -> bytes:
        """Up to ``size`` bytes from an offset on."""
        self.seek(offset)
        return self.read(size)

    def occurrences(self, pattern: bytes) -> Iterator[int]:
        """Finds the offsets of a pattern."""
        block = bytearray(BLOCK)
        start = 0
        while start < self.size:
            self.seek(start)
            count = self.readinto(block)
            found = block.find(pattern, 0, count)
            while found >= 0:
                yield start + found
                found = block.find(pattern, found + 1, count)
            if count < len(pattern):
                return
            start += count - len(pattern) + 1

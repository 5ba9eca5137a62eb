"""A cache bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

V = TypeVar("V")


class ByteCache(Generic[V]):
    """Keeps the values used last, as many as fit into a number of bytes.

    Args:
        limit: Bytes.
        size: Measures a value in bytes.
        keeps_newest: Whether a value that is larger than all of that is kept alone instead of not at all.
    """

    def __init__(self, limit: int, size: Callable[[V], int], *, keeps_newest: bool = False) -> None:
        self._limit = limit
        self._size = size
        self._keeps_newest = keeps_newest
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self.bytes = 0

    def get(self, key: Hashable) -> V | None:
        """The value of a key, which thereby becomes the one used last, or None."""
        value = self._values.get(key)
        if value is not None:
            self._values.move_to_end(key)
        return value

    def put(self, key: Hashable, value: V) -> None:
        """Keeps a value, forgetting those not used for longest until it fits."""
        self.forget(lambda other: other == key)
        size = self._size(value)
        if size > self._limit and not self._keeps_newest:
            return
        self._values[key] = value
        self.bytes += size
        self._shrink()

    def keep_to(self, limit: int) -> None:
        """Keeps to another number of bytes from now on."""
        self._limit = limit
        self._shrink()

    def _shrink(self) -> None:
        while self.bytes > self._limit and len(self._values) > self._keeps_newest:
            _, old = self._values.popitem(last=False)
            self.bytes -= self._size(old)

    def forget(self, matches: Callable[[Hashable], bool]) -> None:
        """Forgets the values whose keys match."""
        for key in [key for key in self._values if matches(key)]:
            self.bytes -= self._size(self._values.pop(key))

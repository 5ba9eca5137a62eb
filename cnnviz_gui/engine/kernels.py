"""The kernels of a network's convolutions as compiled functions need them, each of them once in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import numpy as np
    from numpy.typing import NDArray


class Kernels:
    """Kernels that something compiled holds: what is compiled next takes the same, whatever its size and target."""

    def __init__(self) -> None:
        self._held: WeakValueDictionary[Hashable, tf.Tensor] = WeakValueDictionary()

    def find(self, key: Hashable, make: Callable[[], NDArray[np.float32]], kind: tf.DType) -> tf.Tensor:
        """Finds a kernel, or makes it.

        Args:
            key: Says which kernel it is, and how it was prepared.
            make: Makes it.
            kind: Of which type it is to be.

        Returns:
            An eager tensor, also where a function is being traced: as a part of the graph it would be copied with all
            its weights while that is optimised.
        """
        held = self._held.get((key, kind))
        if held is None:
            with tf.init_scope():
                held = self._held[key, kind] = tf.constant(make(), kind)
        return held

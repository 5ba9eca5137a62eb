"""A batch of pictures between two steps of gradient ascent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cnnviz_gui.engine.parallel import cut, joined

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.engine.runtime import tf


@dataclass(frozen=True, eq=False)
class Position:
    """Where a batch stands between two steps: all that the next step depends on, besides its number.

    Args:
        parameters: (N, ...) float32.
        first_moment: (N, ...) float32, the optimiser's.
        second_moment: (N, ...) float32.
    """

    parameters: NDArray[np.float32]
    first_moment: NDArray[np.float32]
    second_moment: NDArray[np.float32]

    @property
    def arrays(self) -> tuple[NDArray[np.float32], ...]:
        """All of it."""
        return self.parameters, self.first_moment, self.second_moment

    def rows(self, rows: slice) -> Position:
        """That of some of the pictures."""
        return Position(*(array[rows] for array in self.arrays))


@dataclass(frozen=True, eq=False)
class Climb:
    """A batch on its way, in pieces that are computed each by a core of its own.

    Args:
        pieces: For each piece the parameters, the optimiser's two moments, (n, ...) float32, and what the objective
            of every octave needs.
    """

    pieces: tuple[tuple[tf.Tensor, ...], ...]

    @classmethod
    def whole(
        cls, parameters: tf.Tensor, first_moment: tf.Tensor, second_moment: tf.Tensor, given: tuple[tf.Tensor, ...]
    ) -> Climb:
        """A batch that is not cut."""
        return cls(((parameters, first_moment, second_moment, *given),))

    @property
    def count(self) -> int:
        """Pictures."""
        return sum(piece[0].shape[0] for piece in self.pieces)

    @property
    def parameters(self) -> tf.Tensor:
        """(N, ...) float32, of the whole batch."""
        return joined([piece[0] for piece in self.pieces])

    @property
    def first_moment(self) -> tf.Tensor:
        """(N, ...) float32, of the whole batch."""
        return joined([piece[1] for piece in self.pieces])

    @property
    def second_moment(self) -> tf.Tensor:
        """(N, ...) float32, of the whole batch."""
        return joined([piece[2] for piece in self.pieces])

    def in_pieces(self, sizes: list[int]) -> Climb:
        """The same batch, cut into pieces of other sizes."""
        if sizes == [piece[0].shape[0] for piece in self.pieces]:
            return self
        return Climb(cut([joined(tensors) for tensors in zip(*self.pieces, strict=True)], sizes))

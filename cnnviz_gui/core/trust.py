"""How a pattern compares with natural pictures.

People predict what a channel does from natural pictures better than from synthetic ones (Borowski et al., Exemplary
Natural Images Explain CNN Activations Better than State-of-the-Art Feature Visualization, ICLR 2021): a pattern is
half the answer, and says most beside what real pictures reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Trust:
    """A pattern among natural pictures, by the mean of its channel over all positions.

    Args:
        activation: The channel's mean on the pattern.
        beaten: How many pictures the channel likes less than the pattern.
        pictures: How many pictures there are.
        ratio: The activation over the largest one on a picture; None where that is not positive.
    """

    activation: float
    beaten: int
    pictures: int
    ratio: float | None

    @property
    def percentile(self) -> float:
        """The share of the pictures that are beaten, from 0 to 100."""
        return 100 * self.beaten / self.pictures


def trust(activation: float, means: NDArray[np.float32]) -> Trust | None:
    """Compares a pattern with natural pictures.

    Args:
        activation: The channel's mean on the pattern.
        means: (P,) its mean on each picture.

    Returns:
        How it stands among them; None where there are none, or something is not finite.
    """
    if not len(means) or not np.isfinite(activation) or not np.isfinite(means).all():
        return None
    largest = float(means.max())
    ratio = activation / largest if largest > 0 else None
    return Trust(activation, int((means < activation).sum()), len(means), ratio)

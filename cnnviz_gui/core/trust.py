"""How a pattern compares with natural pictures.

People predict what a channel does from natural pictures better than from synthetic ones (Borowski et al., Exemplary
Natural Images Explain CNN Activations Better than State-of-the-Art Feature Visualization, ICLR 2021): a pattern is
half the answer, and says most beside what real pictures reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import Message, message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.objective import Objective


@dataclass(frozen=True)
class Trust:
    """A pattern among natural pictures, by what its objective reads on each.

    Args:
        score: On the pattern.
        beaten: How many pictures have a lower one.
        pictures: How many pictures there are.
        ratio: The score over the largest one on a picture; None where either is negative, or the largest zero.
    """

    score: float
    beaten: int
    pictures: int
    ratio: float | None

    @property
    def percentile(self) -> float:
        """The share of the pictures that are beaten, from 0 to 100."""
        return 100 * self.beaten / self.pictures


def trust(score: float, natural: NDArray[np.float32]) -> Trust | None:
    """Compares a pattern with natural pictures.

    Args:
        score: What the objective reads on the pattern.
        natural: (P,) what it reads on each picture.

    Returns:
        How it stands among them; None where there are none, or something is not finite.
    """
    if not len(natural) or not np.isfinite(score) or not np.isfinite(natural).all():
        return None
    largest = float(natural.max())
    ratio = score / largest if largest > 0 and score >= 0 else None
    return Trust(score, int((natural < score).sum()), len(natural), ratio)


def why_no_rank(objective: Objective) -> Message | None:
    """Why patterns of an objective have no rank among pictures; None where they have one."""
    kinds = {term.kind for term in objective}
    if "diversity" in kinds:
        return message("No rank among pictures: diversity compares these patterns with each other.")
    if "caricature" in kinds:
        return message("No rank among pictures: a caricature is likeness to one of them.")
    return None

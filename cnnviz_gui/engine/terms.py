"""The terms of an objective as they are computed: from a layer's values to one number a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.objective import Term
    from cnnviz_gui.engine.runtime import keras

TRACE = 0.01
FLOOR = 0.1
"""Of a caricature's cosine: below it the gradient would vanish; lucid's."""
_EPSILON = 1e-6


@dataclass(frozen=True, eq=False)
class Linear:
    """A term that is linear in a layer's values: their mean over positions, or those of one position, times a vector.

    Args:
        target: The symbolic tensor that the values are of.
        vectors: From the channels of a batch (N,) to (N, C) float32, the term's weight included.
        place: (row, column), or None for the mean over all positions.
        positive: Whether only what is positive counts, position by position; then it is not linear any more.
    """

    target: keras.KerasTensor
    vectors: Callable[[Sequence[int]], NDArray[np.float32]]
    place: tuple[int, int] | None = None
    positive: bool = False

    def score(self, values: tf.Tensor, vectors: tf.Tensor) -> tf.Tensor:
        """(N,) float32 of values (N, ..., C) and vectors (N, C)."""
        # A product with zeros and ones, since the gradient of a gather is a slow scatter.
        if self.positive:
            between = [1] * (len(values.shape) - 2)
            signs = tf.reshape(tf.sign(vectors), [-1, *between, vectors.shape[-1]])
            return tf.reduce_sum(means(positive_part(values * signs)) * tf.abs(vectors), axis=-1)
        pooled = means(values) if self.place is None else values[:, self.place[0], self.place[1]]
        return tf.reduce_sum(pooled * vectors, axis=-1)


@dataclass(frozen=True, eq=False)
class Other:
    """A term that is not linear.

    Args:
        target: The symbolic tensor that the values are of.
        measure: From values (N, ..., C) float32 to (N,) float32, the term's weight included.
    """

    target: keras.KerasTensor
    measure: Callable[[tf.Tensor], tf.Tensor]


def means(values: tf.Tensor) -> tf.Tensor:
    """Mean of every channel over its positions: (N, C) of (N, ..., C)."""
    return tf.reduce_mean(values, axis=list(range(1, len(values.shape) - 1)))


def positive_part(values: tf.Tensor) -> tf.Tensor:
    """The positive part, with a trace of gradient where a value is negative.

    A channel that is negative everywhere on the starting picture has no other way out: the optimisers that divide by
    the gradient's size make the same step of a small gradient as of a large one.
    """
    negative = TRACE * tf.minimum(values, 0.0)
    return tf.nn.relu(values) + (negative - tf.stop_gradient(negative))


def linear_term(term: Term, target: keras.KerasTensor, shape: tuple[int | None, ...]) -> Linear | None:
    """The term as a linear one, or None if it is another.

    Args:
        term: Checked against the network.
        target: What it is read off.
        shape: (..., C) of the target's values at the size of the pictures.

    Raises:
        CnnvizError: If the layer has no such position at this size.
    """
    count = shape[-1] or 0
    if term.kind in {"channel", "class", "position"}:
        fixed = term.channel
        place = place_of(term, shape) if term.kind == "position" else None
        return Linear(target, lambda channels: _one_hot(channels, fixed, count, term.weight), place)
    if term.kind == "direction":
        vector = direction_vector(term, count) * np.float32(term.weight)
        return Linear(target, lambda channels: np.repeat(vector[None], len(channels), axis=0))
    return None


def other_term(term: Term, target: keras.KerasTensor, caricatured: NDArray[np.float32] | None) -> Other:
    """The term as one that is not linear.

    Args:
        term: "layer", "caricature" or "diversity".
        target: What it is read off.
        caricatured: Of a caricature: the values of its picture, (..., C) float32.
    """
    weight = term.weight
    if term.kind == "layer":
        return Other(target, lambda values: weight * _mean_square(values))
    if term.kind == "diversity":
        factor = weight * (float(term.arguments[0]) if term.arguments else 1.0)  # type: ignore[arg-type]
        return Other(target, lambda values: factor * _diversity(values))
    assert caricatured is not None  # a caricature comes with its picture
    power = float(term.arguments[1]) if len(term.arguments) > 1 else 1.0  # type: ignore[arg-type]
    return Other(target, lambda values: weight * _likeness(values, caricatured, power))


def direction_vector(term: Term, count: int) -> NDArray[np.float32]:
    """The direction of a term, (count,) float32 of length 1: as listed, or random from its seed."""
    given = term.arguments[0]
    if isinstance(given, tuple):
        vector = np.array(given, np.float64)
    else:
        vector = np.random.default_rng((int(given), count)).standard_normal(count)
    length = float(np.linalg.norm(vector))
    if not length:
        raise CnnvizError(message("A direction of zeros leads nowhere."))
    made: NDArray[np.float32] = (vector / length).astype(np.float32)
    return made


def _one_hot(channels: Sequence[int], fixed: int | None, count: int, weight: float) -> NDArray[np.float32]:
    rows = np.zeros((len(channels), count), np.float32)
    rows[np.arange(len(channels)), list(channels) if fixed is None else fixed] = weight
    return rows


def place_of(term: Term, shape: tuple[int | None, ...]) -> tuple[int, int]:
    """(row, column) of a position in a layer's values of a shape (height, width, channels); the centre by default.

    Raises:
        CnnvizError: If the layer has no such position.
    """
    height, width = shape[0] or 0, shape[1] or 0
    if len(term.arguments) < 2:
        return height // 2, width // 2
    row, column = int(term.arguments[0]), int(term.arguments[1])  # type: ignore[arg-type]
    if row >= height or column >= width:
        raise CnnvizError(
            message(
                "{layer} has {height} x {width} positions at this size, counted from 0. Received: {row}, {column}.",
                layer=term.layer,
                height=height,
                width=width,
                row=row,
                column=column,
            ),
            message("Make the pattern larger, or choose another position."),
        )
    return row, column


def _mean_square(values: tf.Tensor) -> tf.Tensor:
    """Mordvintsev, Olah and Tyka, Inceptionism: Going Deeper into Neural Networks, 2015."""
    return tf.reduce_mean(tf.square(values), axis=list(range(1, len(values.shape))))


def _likeness(values: tf.Tensor, wanted: NDArray[np.float32], power: float) -> tf.Tensor:
    """The length of the values along those of a picture, times a power of the cosine between the two.

    As lucid's ``dot_compare`` over a whole layer; divided by the root of the number of values, so that it is of the
    size of one of them.
    """
    axes = list(range(1, len(values.shape)))
    length = float(np.linalg.norm(wanted))
    unit = tf.constant(wanted[None] / (length + _EPSILON))
    along = tf.reduce_sum(values * unit, axis=axes)
    size = tf.sqrt(tf.reduce_sum(tf.square(values), axis=axes) + _EPSILON)
    cosine = tf.maximum(along / size, FLOOR)
    return along / float(np.sqrt(wanted.size)) * tf.pow(cosine, power)


def _diversity(values: tf.Tensor) -> tf.Tensor:
    """Minus the likeness of a picture's Gram matrix to those of the others of its batch.

    Distill's Feature Visualization, diversity; summed over the batch it is lucid's ``-diversity``.
    """
    count = tf.shape(values)[0]
    maps = tf.reshape(values, [count, -1, values.shape[-1]])
    grams = tf.reshape(tf.matmul(maps, maps, transpose_a=True), [count, values.shape[-1] ** 2])
    units = tf.math.l2_normalize(grams, axis=1, epsilon=1e-10)
    alike = tf.matmul(units, units, transpose_b=True)
    return -(tf.reduce_sum(alike, axis=1) - tf.linalg.diag_part(alike)) / tf.cast(count, tf.float32)

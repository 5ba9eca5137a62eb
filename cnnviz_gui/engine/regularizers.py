"""Regularisers: what is subtracted from an objective because natural pictures have little of it.

As in lucid: sums over a picture's pixels and colours, with levels from 0 to 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern import PatternSettings

GREY = 0.5
_BINOMIAL = np.array([1, 4, 6, 4, 1], np.float32) / 16
"""Five taps of a Gaussian of standard deviation 1."""
_EPSILON = 1e-6
"""Under the root of a distance, which has no derivative at zero."""


def has_penalty(settings: PatternSettings) -> bool:
    """Whether any regulariser has a weight."""
    return bool(settings.total_variation or settings.l2 or settings.blur)


def penalty(levels: tf.Tensor, settings: PatternSettings) -> tf.Tensor:
    """The weighted sum of the regularisers.

    Args:
        levels: (N, S, S, C) float32 from 0 to 1.
        settings: Their ``total_variation``, ``l2`` and ``blur``.

    Returns:
        (N,) float32.
    """
    axes = [1, 2, 3]
    total = tf.zeros_like(levels[:, 0, 0, 0])
    if settings.total_variation:
        total += settings.total_variation * tf.image.total_variation(levels)
    if settings.l2:
        total += settings.l2 * tf.sqrt(_EPSILON + tf.reduce_sum(tf.square(levels - GREY), axis=axes))
    if settings.blur:
        rough = levels - tf.stop_gradient(_blurred(levels))
        total += settings.blur * 0.5 * tf.reduce_sum(tf.square(rough), axis=axes)
    return total


def _blurred(levels: tf.Tensor) -> tf.Tensor:
    """A Gaussian blur of standard deviation 1; beyond its edge a picture is mirrored."""
    colours = levels.shape[-1]
    kernel = np.repeat(np.outer(_BINOMIAL, _BINOMIAL)[:, :, None, None], colours, axis=2)
    around = tf.pad(levels, [[0, 0], [2, 2], [2, 2], [0, 0]], mode="REFLECT")
    return tf.nn.depthwise_conv2d(around, tf.constant(kernel), [1, 1, 1, 1], "VALID")

"""Transforms before each step, which keep patterns from being noise (Distill 2017, transformation robustness)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern import PatternSettings


def transform(images: tf.Tensor, seed: tf.Tensor, settings: PatternSettings) -> tf.Tensor:
    """Shifts, turns and scales all pictures of a batch alike.

    Beyond its edge a picture goes on periodically, as the spectrum that it is made of does, so no border of
    another colour is ever seen and patterns tile without a seam.

    Args:
        images: (N, S, S, C) float32.
        seed: (2,) int32: of the run and of the step; the same seed gives the same transform.
        settings: Their ``jitter``, ``rotate`` and ``scale``.

    Returns:
        (N, S, S, C) float32, interpolated bilinearly.
    """
    shifted = images
    if settings.jitter:
        shift = tf.random.stateless_uniform([2], seed, -settings.jitter, settings.jitter + 1, dtype=tf.int32)
        shifted = tf.roll(images, shift, axis=[1, 2])
    if not settings.rotate and not settings.scale:
        return shifted
    drawn = tf.random.stateless_uniform([2], seed + 1_000_003, -1.0, 1.0)
    angle = drawn[0] * (settings.rotate * math.pi / 180)
    zoom = tf.exp(drawn[1] * math.log1p(settings.scale))
    cosine, sine = tf.cos(angle) * zoom, tf.sin(angle) * zoom
    centre = (settings.size - 1) / 2
    # Maps an output point to the input point it is taken from, about the centre.
    matrix = tf.stack(
        [
            cosine, -sine, centre - cosine * centre + sine * centre,
            sine, cosine, centre - sine * centre - cosine * centre,
            0.0, 0.0,
        ]
    )[None]  # fmt: skip
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=shifted,
        transforms=matrix,
        output_shape=[settings.size, settings.size],
        interpolation="BILINEAR",
        fill_mode="WRAP",
        fill_value=0.0,
    )

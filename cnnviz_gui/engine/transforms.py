"""Transforms before each step, which keep patterns from being noise (Distill 2017, transformation robustness)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern import PatternSettings


def transform(images: tf.Tensor, seed: tf.Tensor, settings: PatternSettings, grey: float) -> tf.Tensor:
    """Pads, shifts, turns and scales, and shifts all pictures of a batch alike.

    Without a border a picture goes on periodically beyond its edge, as the spectrum that it is made of does, so
    nothing of another colour is ever seen and patterns tile without a seam. The result has the size of the picture in
    any case: of a border is seen what the moves bring into sight.

    Args:
        images: (N, S, S, C) float32.
        seed: (2,) int32: of the run and of the step; the same seed gives the same transform.
        settings: Their ``pad``, ``jitter``, ``rotate``, ``scale`` and ``jitter_after``.
        grey: Of the border.

    Returns:
        (N, S, S, C) float32, interpolated bilinearly.
    """
    moved = images
    pad = settings.pad
    if pad:
        moved = tf.pad(moved, [[0, 0], [pad, pad], [pad, pad], [0, 0]], constant_values=grey)
    moved = _shifted(moved, seed, settings.jitter)
    if settings.rotate or settings.scale:
        moved = _turned(moved, seed + 1_000_003, settings)
    moved = _shifted(moved, seed + 2_000_003, settings.jitter_after)
    return moved[:, pad:-pad, pad:-pad] if pad else moved


def _shifted(images: tf.Tensor, seed: tf.Tensor, most: int) -> tf.Tensor:
    if not most:
        return images
    shift = tf.random.stateless_uniform([2], seed, -most, most + 1, dtype=tf.int32)
    return tf.roll(images, shift, axis=[1, 2])


def _turned(images: tf.Tensor, seed: tf.Tensor, settings: PatternSettings) -> tf.Tensor:
    size = images.shape[1]
    drawn = tf.random.stateless_uniform([2], seed, -1.0, 1.0)
    angle = drawn[0] * (settings.rotate * math.pi / 180)
    zoom = tf.exp(drawn[1] * math.log1p(settings.scale))
    cosine, sine = tf.cos(angle) * zoom, tf.sin(angle) * zoom
    centre = (size - 1) / 2
    # Maps an output point to the input point it is taken from, about the centre.
    matrix = tf.stack(
        [
            cosine, -sine, centre - cosine * centre + sine * centre,
            sine, cosine, centre - sine * centre - cosine * centre,
            0.0, 0.0,
        ]
    )[None]  # fmt: skip
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=matrix,
        output_shape=[size, size],
        interpolation="BILINEAR",
        fill_mode="WRAP",
        fill_value=0.0,
    )

"""Parametrisations: what gradient ascent changes, and how it becomes the network's input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.preprocessing import PREPROCESSINGS
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.preprocessing import Preprocessing

NOISE_MEAN = 138.0
"""Of the tutorial's noise."""


@dataclass(frozen=True, eq=False)
class Parameterization:
    """A parametrisation of square pictures.

    Args:
        start: From channels (N,) to the parameters (N, ...) float32 that ascent begins with. The start of a channel
            depends on the seed and the channel alone, so a pattern does not depend on what else is made.
        image: From parameters to the pictures that transforms are applied to, (N, S, S, C).
        feed: From transformed pictures to what the network takes, (N, S, S, C).
        show: From `image`'s pictures as arrays to (N, S, S, 3) uint8.
        levels: From `image`'s pictures to levels that go from 0 to 1, which regularisers measure.
        grey: What grey is in `image`'s pictures.
    """

    start: Callable[[Sequence[int]], NDArray[np.float32]]
    image: Callable[[tf.Tensor], tf.Tensor]
    feed: Callable[[tf.Tensor], tf.Tensor]
    show: Callable[[NDArray[np.float32]], NDArray[np.uint8]]
    levels: Callable[[tf.Tensor], tf.Tensor] = tf.identity
    grey: float = 0.5


def pixel(size: int, colours: int, seed: int) -> Parameterization:
    """The network's input itself, begun as the tutorial does: noise uniform in [128, 148).

    Shown with the tutorial's contrast normalisation.
    """

    def start(channels: Sequence[int]) -> NDArray[np.float32]:
        noise = [np.random.default_rng((seed, channel)).random((size, size, colours)) for channel in channels]
        return (np.stack(noise) * 20 + 128).astype(np.float32)

    def show(images: NDArray[np.float32]) -> NDArray[np.uint8]:
        return np.stack([contrast_normalized(image) for image in images])

    def levels(images: tf.Tensor) -> tf.Tensor:
        return images / 255

    return Parameterization(start, tf.identity, tf.identity, show, levels, grey=NOISE_MEAN)


def contrast_normalized(image: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The tutorial's contrast normalisation: mean 0.5 and standard deviation 0.1 of full scale, clipped.

    Args:
        image: (S, S, C) float32.

    Returns:
        (S, S, 3) uint8.
    """
    if not np.isfinite(image).all():
        # It is shown grey.
        image = np.nan_to_num(image, posinf=0.0, neginf=0.0)
    centred = image - image.mean()
    levels = np.clip(centred / (centred.std() + 1e-5) * 0.1 + 0.5, 0, 1) * 255
    return as_rgb(levels.astype(np.uint8))


def painted(size: int, colours: int, preprocessing: Preprocessing, picture: NDArray[np.uint8]) -> Parameterization:
    """The levels of a picture, 0 to 255, which is what ascent begins with and paints on.

    Args:
        size: Edge length in pixels.
        colours: Channels of the network's input.
        preprocessing: From levels to what the network takes.
        picture: (S, S, 3) uint8.
    """
    begun = PREPROCESSINGS["none"].tensor(picture, colours)
    assert begun.shape == (size, size, colours)

    def start(channels: Sequence[int]) -> NDArray[np.float32]:
        return np.repeat(begun[None], len(channels), axis=0)

    def image(parameters: tf.Tensor) -> tf.Tensor:
        # What is lighter than white is white, and its gradient goes on all the same.
        outside = parameters - tf.clip_by_value(parameters, 0.0, 255.0)
        return parameters - tf.stop_gradient(outside)

    def levels(images: tf.Tensor) -> tf.Tensor:
        return images / 255

    def feed(images: tf.Tensor) -> tf.Tensor:
        return fed(images / 255, preprocessing)

    def show(images: NDArray[np.float32]) -> NDArray[np.uint8]:
        return shown(images / np.float32(255))

    return Parameterization(start, image, feed, show, levels, grey=127.5)


def fed(levels: tf.Tensor, preprocessing: Preprocessing) -> tf.Tensor:
    """What the network takes of pictures with levels from 0 to 1, (N, S, S, C)."""
    colours = levels.shape[-1]
    scale, offset = preprocessing.affine(colours)
    ordered = levels
    if preprocessing.bgr and colours >= 3:
        ordered = tf.concat([levels[..., 2::-1], levels[..., 3:]], axis=-1)
    return ordered * (255 * scale) + offset


def shown(levels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Pictures with levels from 0 to 1 as (N, S, S, 3) uint8."""
    return as_rgb(np.clip(np.nan_to_num(levels) * 255 + 0.5, 0, 255).astype(np.uint8))


def as_rgb(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Shows one channel as grey, and of more than three the first three."""
    count = pictures.shape[-1]
    if count == 3:
        return pictures
    return pictures[..., [0, 0, 0]] if count < 3 else pictures[..., :3]

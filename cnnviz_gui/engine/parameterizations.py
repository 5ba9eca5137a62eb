"""Parametrisations: what gradient ascent changes, and how it becomes the network's input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.preprocessing import Preprocessing

NOISE_MEAN = 138.0
"""Of the tutorial's noise."""
FOURIER_DEVIATION = 0.01
"""Standard deviation of the spectrum at the start; lucid's."""

# Square root of the covariance of ImageNet's colours (Olah, Mordvintsev and Schubert, Feature Visualization,
# Distill 2017), divided by its largest column norm.
_COLOR_CORRELATION = np.array([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]], np.float32)
_COLOR_CORRELATION /= np.linalg.norm(_COLOR_CORRELATION, axis=0).max()


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
    # A picture that is not finite is shown grey.
    finite = np.nan_to_num(image, posinf=0.0, neginf=0.0)
    centred = finite - finite.mean()
    levels = np.clip(centred / (centred.std() + 1e-5) * 0.1 + 0.5, 0, 1) * 255
    return _as_rgb(np.clip(levels, 0, 255).astype(np.uint8))


def fourier(size: int, colours: int, seed: int, preprocessing: Preprocessing) -> Parameterization:
    """A spectrum scaled by 1/f in decorrelated colours, squashed to 0..1 (lucid's ``fft_image``).

    Args:
        size: Edge length in pixels.
        colours: Channels of the network's input.
        seed: Of the start.
        preprocessing: From a picture in 0..255 to what the network takes.
    """
    frequencies = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    # Divided by the frequency, so that a step of the same size moves coarse shapes as much as natural pictures
    # have of them; lucid divides by 4 to begin within the straight part of the sigmoid.
    weight = (size / np.maximum(frequencies, 1 / size) / 4).astype(np.float32)
    shape = (colours, size, size // 2 + 1, 2)

    def start(channels: Sequence[int]) -> NDArray[np.float32]:
        noise = [np.random.default_rng((seed, channel)).standard_normal(shape) for channel in channels]
        return (np.stack(noise) * FOURIER_DEVIATION).astype(np.float32)

    def image(spectrum: tf.Tensor) -> tf.Tensor:
        scaled = tf.complex(spectrum[..., 0], spectrum[..., 1]) * tf.cast(weight, tf.complex64)
        planes = tf.signal.irfft2d(scaled, [size, size])
        picture = tf.transpose(planes, [0, 2, 3, 1])
        if colours == 3:
            picture = tf.einsum("nhwc,dc->nhwd", picture, tf.constant(_COLOR_CORRELATION))
        return tf.sigmoid(picture)

    def feed(picture: tf.Tensor) -> tf.Tensor:
        scale, offset = preprocessing.affine(colours)
        ordered = picture
        if preprocessing.bgr and colours >= 3:
            ordered = tf.concat([picture[..., 2::-1], picture[..., 3:]], axis=-1)
        return ordered * (255 * scale) + offset

    def show(images: NDArray[np.float32]) -> NDArray[np.uint8]:
        return _as_rgb(np.clip(np.nan_to_num(images) * 255 + 0.5, 0, 255).astype(np.uint8))

    return Parameterization(start, image, feed, show)


def _as_rgb(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Shows one channel as grey, and of more than three the first three."""
    count = pictures.shape[-1]
    if count == 3:
        return pictures
    return pictures[..., [0, 0, 0]] if count < 3 else pictures[..., :3]

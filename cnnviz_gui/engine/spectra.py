"""Parametrisations that are spectra: pictures made of frequencies, in colours independent of each other."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui import resources
from cnnviz_gui.engine.parameterizations import Parameterization, fed, shown
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.preprocessing import Preprocessing

FOURIER_DEVIATION = 0.01
"""Standard deviation of the spectrum at the start; lucid's."""
TURN = 4.0
"""Radians that a unit of MACO's parameters turns a phase: Adam's step of .05, which suits `fourier`, turns by .2."""
DARKEST = 0.02
"""Of a picture that ascent begins with: the sigmoid never gets to black."""

# Square root of the covariance of ImageNet's colours (Olah, Mordvintsev and Schubert, Feature Visualization,
# Distill 2017), divided by its largest column norm.
_COLOR_CORRELATION = np.array([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]], np.float32)
_COLOR_CORRELATION /= np.linalg.norm(_COLOR_CORRELATION, axis=0).max()


def fourier(
    size: int, colours: int, seed: int, preprocessing: Preprocessing, picture: NDArray[np.float32] | None = None
) -> Parameterization:
    """A spectrum scaled by 1/f in decorrelated colours, squashed to 0..1 (lucid's ``fft_image``).

    Args:
        size: Edge length in pixels.
        colours: Channels of the network's input.
        seed: Of the start.
        preprocessing: From a picture in 0..255 to what the network takes.
        picture: (S, S, C) with levels from 0 to 1 to begin with, or None for noise.
    """
    frequencies = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    # Divided by the frequency, so that a step of the same size moves coarse shapes as much as natural pictures
    # have of them; lucid divides by 4 to begin within the straight part of the sigmoid.
    weight = (size / np.maximum(frequencies, 1 / size) / 4).astype(np.float32)
    shape = (colours, size, size // 2 + 1, 2)

    def noise(channel: int) -> NDArray[np.float64]:
        return np.random.default_rng((seed, channel)).standard_normal(shape) * FOURIER_DEVIATION

    def begun(picture: NDArray[np.float32]) -> NDArray[np.float64]:
        spectrum = np.fft.rfft2(levels_to_planes(picture[None])[0]) / weight
        return np.stack([spectrum.real, spectrum.imag], axis=-1)

    def image(spectrum: tf.Tensor) -> tf.Tensor:
        scaled = tf.complex(spectrum[..., 0], spectrum[..., 1]) * tf.cast(weight, tf.complex64)
        return _planes_to_levels(tf.signal.irfft2d(scaled, [size, size]))

    return _spectral(_start(noise, begun, picture), image, preprocessing)


def maco(
    size: int, colours: int, seed: int, preprocessing: Preprocessing, picture: NDArray[np.float32] | None = None
) -> Parameterization:
    """The phases of a spectrum whose magnitudes stay those of natural pictures, in decorrelated colours.

    Fel et al., Unlocking Feature Visualization for Deeper Networks with MAgnitude Constrained Optimization, 2023. The
    magnitudes are the mean of those of the bundled photos, see `natural_magnitude`.

    Args:
        size: Edge length in pixels.
        colours: Channels of the network's input.
        seed: Of the start.
        preprocessing: From a picture in 0..255 to what the network takes.
        picture: (S, S, C) with levels from 0 to 1 whose phases to begin with, or None for random ones.
    """
    magnitude = natural_magnitude(size, colours)
    shape = (colours, size, size // 2 + 1)

    def noise(channel: int) -> NDArray[np.float64]:
        return np.random.default_rng((seed, channel)).uniform(-math.pi, math.pi, shape) / TURN

    def begun(picture: NDArray[np.float32]) -> NDArray[np.float64]:
        phases: NDArray[np.float64] = np.angle(np.fft.rfft2(levels_to_planes(picture[None])[0])) / TURN
        return phases

    def image(parameters: tf.Tensor) -> tf.Tensor:
        phases = parameters * TURN
        spectrum = tf.complex(tf.cos(phases) * magnitude, tf.sin(phases) * magnitude)
        return _planes_to_levels(tf.signal.irfft2d(spectrum, [size, size]))

    return _spectral(_start(noise, begun, picture), image, preprocessing)


def natural_magnitude(size: int, colours: int) -> NDArray[np.float32]:
    """Magnitudes of the spectrum of the bundled photos, which ``packaging/make_spectrum.py`` measures.

    Args:
        size: Edge length of the picture in pixels.
        colours: Its colours; those that are not three have the first one's, which is brightness.

    Returns:
        (colours, size, size // 2 + 1) float32, zero for the mean.
    """
    measured = _measured_magnitude()
    edge = measured.shape[1]
    # Interpolated between the frequencies that were measured; the lowest ones are as the lowest of those.
    lowest = 1 / edge
    rows, columns = np.fft.fftfreq(size), np.fft.rfftfreq(size)
    distance = np.hypot(rows[:, None], columns[None, :])
    stretch = np.maximum(lowest / np.maximum(distance, 1e-9), 1.0)
    row, column = rows[:, None] * stretch * edge, columns[None, :] * stretch * edge
    column = np.where(distance == 0, 1.0, column)
    top, left = np.floor(row).astype(int), np.minimum(np.floor(column).astype(int), edge // 2 - 1)
    below, right = row - top, column - left
    logs = np.log(np.maximum(measured, 1e-6))
    mixed = sum(
        logs[:, (top + y) % edge, left + x] * (below if y else 1 - below) * (right if x else 1 - right)
        for y in (0, 1)
        for x in (0, 1)
    )
    found = np.exp(mixed) * size
    found[:, 0, 0] = 0
    chosen = found if colours == 3 else np.repeat(found[:1], colours, axis=0)
    made: NDArray[np.float32] = chosen.astype(np.float32)
    return made


def levels_to_planes(levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """From levels (N, H, W, C) from 0 to 1 to what the sigmoid is taken of, (N, C, H, W), uncorrelated."""
    inside = np.clip(levels, DARKEST, 1 - DARKEST)
    unsquashed = np.log(inside / (1 - inside))
    if levels.shape[-1] == 3:
        unsquashed = unsquashed @ np.linalg.inv(_COLOR_CORRELATION).T
    planes: NDArray[np.float32] = np.moveaxis(unsquashed, -1, 1).astype(np.float32)
    return planes


def _planes_to_levels(planes: tf.Tensor) -> tf.Tensor:
    picture = tf.transpose(planes, [0, 2, 3, 1])
    if picture.shape[-1] == 3:
        picture = tf.einsum("nhwc,dc->nhwd", picture, tf.constant(_COLOR_CORRELATION))
    return tf.sigmoid(picture)


def _start(
    noise: Callable[[int], NDArray[np.float64]],
    begun: Callable[[NDArray[np.float32]], NDArray[np.float64]],
    picture: NDArray[np.float32] | None,
) -> Callable[[Sequence[int]], NDArray[np.float32]]:
    """Starts from noise, which is another one for every channel, or all from the same picture."""
    whole = None if picture is None else begun(picture)

    def start(channels: Sequence[int]) -> NDArray[np.float32]:
        return np.stack([noise(channel) if whole is None else whole for channel in channels]).astype(np.float32)

    return start


def _spectral(
    start: Callable[[Sequence[int]], NDArray[np.float32]],
    image: Callable[[tf.Tensor], tf.Tensor],
    preprocessing: Preprocessing,
) -> Parameterization:
    return Parameterization(start, image, lambda levels: fed(levels, preprocessing), shown)


@cache
def _measured_magnitude() -> NDArray[np.float32]:
    measured: NDArray[np.float32] = np.load(resources.resource_path("spectra", "natural.npy"), allow_pickle=False)
    return measured

"""Why a pattern stayed grey: found by trying other pictures on its channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.pattern_reasons import Reason
from cnnviz_gui.engine.objectives import channel_objective
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.engine.graph import Entry, Graph
    from cnnviz_gui.engine.pattern_batch import Batch

PROBES = 6


def reasons(
    graph: Graph,
    entry: Entry,
    batch: Batch,
    images: NDArray[np.float32],
    channels: Sequence[int | None],
    activation: NDArray[np.float32],
) -> tuple[Reason | None, ...]:
    """Why patterns stayed as they began.

    Args:
        graph: The network.
        entry: The call of the layer whose channels were climbed.
        batch: The patterns, finished or stopped.
        images: (n, S, S, C) float32: as the network takes them.
        channels: Each pattern's channel of the layer; None for one that is not of one channel.
        activation: (n,) mean activation of each pattern's channel on it.

    Returns:
        For each pattern a reason, or None where it did not stay grey.
    """
    values = np.column_stack([batch.objective, activation])
    found: list[Reason | None] = []
    for row, channel in enumerate(channels):
        looked_at = values[row] if channel is not None else values[row, :-1]
        if np.isnan(looked_at).any():
            found.append(Reason.NOT_FINITE)
        elif batch.is_infinite[row] or np.isinf(looked_at).any():
            found.append(Reason.INFINITE)
        elif batch.is_nan[row]:
            found.append(Reason.NO_SLOPE)
        elif batch.gradient[row] > 0 or not batch.steps:
            found.append(None)
        elif channel is None:
            found.append(Reason.ZERO_GRADIENT)
        else:
            found.append(_reason_for_no_gradient(graph, entry, channel, images[row]))
    return tuple(found)


def _reason_for_no_gradient(graph: Graph, entry: Entry, channel: int, start: NDArray[np.float32]) -> Reason:
    """Tells why no step had a gradient. Without one the picture is still the one it began with."""
    probes = _probes(start)
    values, gradient = _look(graph, entry, channel, probes)
    if not values.any():
        # Off whatever the picture. Before its activation function it may well follow the picture.
        before = channel_objective(graph, entry, "preactivation", start.shape[0])
        given = before.prepare([channel] * len(probes))
        scores = before.score(tf.convert_to_tensor(probes), *given).numpy()
        return Reason.OFF if np.ptp(scores) > 0 else Reason.CONSTANT
    if not values[0].any():
        return Reason.OFF
    if all((value == values[0].flat[0]).all() for value in values):
        return Reason.CONSTANT
    return Reason.ZERO_GRADIENT if gradient else Reason.BLOCKED


def _look(graph: Graph, entry: Entry, channel: int, probes: NDArray[np.float32]) -> tuple[NDArray[np.float32], bool]:
    """What a channel does with pictures, (n, ...), and whether any of them has a gradient of its mean."""
    values, has_gradient = zip(*(_look_at(graph, entry, channel, probe[None]) for probe in probes), strict=True)
    return np.concatenate(values), any(has_gradient)


def _look_at(
    graph: Graph, entry: Entry, channel: int, probe: NDArray[np.float32]
) -> tuple[NDArray[np.float32], bool]:
    """The same for one picture, (1, H, W, C): all that the network makes of it is kept for the gradient."""
    picture = tf.convert_to_tensor(probe)
    with tf.GradientTape() as tape:
        tape.watch(picture)
        values = tf.cast(graph.function([entry.output])([picture])[0], tf.float32)[..., channel]
        total = tf.reduce_sum(values)
    gradient = tape.gradient(total, picture)
    return values.numpy(), gradient is not None and bool(tf.reduce_any(gradient != 0))


def _probes(start: NDArray[np.float32]) -> NDArray[np.float32]:
    """The starting picture, and others of very different brightness and contrast: (PROBES, S, S, C) float32."""
    rng = np.random.default_rng(0)
    reach = float(np.abs(start).max()) or 1.0
    noise = rng.random((2, *start.shape)) * 2 - 1
    flat = np.ones_like(start) * reach
    return np.stack([start, -start, noise[0] * reach, (noise[1] > 0) * reach, flat, -flat]).astype(np.float32)

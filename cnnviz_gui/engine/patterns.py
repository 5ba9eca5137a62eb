"""Filter patterns: batches of gradient ascents, with previews, stops and a recipe."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.pattern import check_settings
from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns, Preview
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.core.requests import STOP, Progress
from cnnviz_gui.engine.ascent import Ascent, Climb
from cnnviz_gui.engine.forecast import batch_size, pace, speed_key
from cnnviz_gui.engine.objectives import channel_objective
from cnnviz_gui.engine.parameterizations import Parameterization, fourier, pixel
from cnnviz_gui.engine.runtime import tf
from cnnviz_gui.engine.workbench import network_recipe, recipe

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.network import Layer
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.engine.graph import Entry, Graph
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench

PREVIEW_SECONDS = 0.1


class _Batch:
    """One finished or stopped batch: pictures, curves and what the gradients were like."""

    def __init__(self, channels: Sequence[int], steps: int) -> None:
        self.channels = tuple(channels)
        self.steps = 0
        self.objective = np.full((len(channels), steps), np.nan, np.float32)
        self.gradient = np.zeros(len(channels), np.float32)
        self.images: NDArray[np.float32]
        self.pictures: NDArray[np.uint8]

    def add(self, score: NDArray[np.float32], rms: NDArray[np.float32]) -> None:
        self.objective[:, self.steps] = score
        self.gradient = np.maximum(self.gradient, np.nan_to_num(rms, nan=0.0, posinf=0.0))
        self.steps += 1


class _Clock:
    """Measures steps a second, without the first step, which is traced, and without what others do in between."""

    def __init__(self) -> None:
        self._seconds = 0.0
        self._steps = 0
        self._traced = False

    @contextmanager
    def step(self, pictures: int) -> Iterator[None]:
        """Times one step of a number of pictures."""
        begin = time.perf_counter()
        yield
        if self._traced:
            self._seconds += time.perf_counter() - begin
            self._steps += pictures
        self._traced = True

    @property
    def speed(self) -> float:
        """Steps times pictures a second; 0 while not known."""
        return self._steps / self._seconds if self._seconds else 0.0


def make_patterns(bench: Workbench, request: MakePatterns) -> Generator[Progress | Preview, object, Patterns]:
    """Makes patterns, batch by batch.

    Sent `STOP`, it returns the patterns made so far, those of the running batch with fewer steps.

    Raises:
        CnnvizError: If a parameter is out of range, the layer has no such channel, or its size does not fit.
    """
    settings = request.settings
    check_settings(settings)
    opened = yield from bench.open(request.network)
    layer = opened.network.layer(request.layer)
    _check(opened, layer, request)
    yield Progress(0, 0, message("Preparing {layer}", layer=layer.name))
    entry = opened.graph.entry(layer.name)
    objective = channel_objective(opened.graph, entry, settings.climb, settings.size)
    parameterization = _parameterization(opened, request)
    ascent = Ascent(objective, parameterization, settings, pace(bench, opened, request))
    size = batch_size(bench, opened, request)
    batches: list[_Batch] = []
    clock = _Clock()
    for first in range(0, len(request.channels), size):
        batch = _Batch(request.channels[first : first + size], settings.steps)
        stopped = yield from _climb(ascent, batch, request, first, objective.climbed, clock)
        if batch.steps:
            batches.append(batch)
        if stopped or not batch.steps:
            break
    if clock.speed:
        bench.speeds[speed_key(request)] = clock.speed
    return _collect(opened, entry, request, batches, objective.climbed)


def _climb(
    ascent: Ascent, batch: _Batch, request: MakePatterns, first: int, climbed: Message, clock: _Clock
) -> Generator[Progress | Preview, object, bool]:
    """Makes one batch; returns whether it was stopped."""
    steps = request.settings.steps
    climb = ascent.begin(batch.channels)
    shown = 0.0
    stopped = False
    while batch.steps < steps and not stopped:
        with clock.step(len(batch.channels)):
            climb, score, rms = ascent.step(climb, batch.steps)
        batch.add(score, rms)
        work = first * steps + len(batch.channels) * batch.steps
        if time.monotonic() - shown >= PREVIEW_SECONDS or batch.steps == steps:
            stopped = (yield _preview(ascent, climb, batch, request, first, work, climbed)) is STOP
            shown = time.monotonic()
        else:
            text = message("Step {step} of {steps}", step=batch.steps, steps=steps)
            stopped = (yield Progress(work, len(request.channels) * steps, text)) is STOP
    batch.images, batch.pictures = ascent.images(climb)
    return stopped


def _preview(
    ascent: Ascent, climb: Climb, batch: _Batch, request: MakePatterns, first: int, work: int, climbed: Message
) -> Preview:
    _, pictures = ascent.images(climb)
    return Preview(
        request=request,
        step=batch.steps,
        first=first,
        pictures=pictures,
        objective=batch.objective[:, : batch.steps].copy(),
        done=first + (len(batch.channels) if batch.steps == request.settings.steps else 0),
        work_done=work,
        climbed=climbed,
    )


def _check(opened: Opened, layer: Layer, request: MakePatterns) -> None:
    count = layer.channels
    wrong = [channel for channel in request.channels if not 0 <= channel < count]
    if wrong or not request.channels:
        raise CnnvizError(
            message(
                "{layer} has {count} channels: 0 to {last}. Received: {channels}.",
                layer=layer.name,
                count=count,
                last=count - 1,
                channels=", ".join(map(str, wrong)) or "-",
            )
        )
    size = request.settings.size
    fixed = opened.network.input_size
    if fixed is not None and fixed != (size, size):
        raise CnnvizError(
            message(
                "{network} takes pictures of {height} x {width} only, and patterns are squares of {size}.",
                network=opened.network.title,
                height=fixed[0],
                width=fixed[1],
                size=size,
            ),
            message("Set the size to {height}, or open the network without its top.", height=fixed[0]),
        )


def _parameterization(opened: Opened, request: MakePatterns) -> Parameterization:
    settings, colours = request.settings, opened.network.input_channels
    if settings.image == "pixel":
        return pixel(settings.size, colours, settings.seed)
    return fourier(settings.size, colours, settings.seed, preprocessing(request.preprocessing))


def _collect(
    opened: Opened, entry: Entry, request: MakePatterns, batches: list[_Batch], climbed: Message
) -> Patterns:
    channels = tuple(channel for batch in batches for channel in batch.channels)
    steps = tuple(batch.steps for batch in batches for _ in batch.channels)
    images = np.concatenate([batch.images for batch in batches])
    activation = _activation(opened.graph, entry, batches)
    reasons = tuple(
        _reason(gradient, activation, curve[:done])
        for gradient, activation, curve, done in zip(
            np.concatenate([batch.gradient for batch in batches]),
            activation,
            np.concatenate([batch.objective for batch in batches]),
            steps,
            strict=True,
        )
    )
    return Patterns(
        request=request,
        channels=channels,
        steps=steps,
        images=images,
        pictures=np.concatenate([batch.pictures for batch in batches]),
        objective=np.concatenate([batch.objective for batch in batches]),
        activation=activation,
        reasons=reasons,
        climbed=climbed,
        recipe=_recipe(opened, entry.name, request, channels, steps),
    )


def _activation(graph: Graph, entry: Entry, batches: list[_Batch]) -> NDArray[np.float32]:
    """Mean activation of each channel on its own pattern, at the layer's output, in a plain forward pass."""
    function = graph.function([entry.output])
    found: list[float] = []
    for batch in batches:
        values = tf.cast(function([tf.convert_to_tensor(batch.images)])[0], tf.float32).numpy()
        found.extend(float(values[row, ..., channel].mean()) for row, channel in enumerate(batch.channels))
    return np.array(found, np.float32)


def _reason(gradient: float, activation: float, curve: NDArray[np.float32]) -> Message | None:
    """Why a pattern stayed as it began, or None."""
    if not np.isfinite(activation) or not np.isfinite(curve).all():
        return message("The channel's activation is not finite.")
    if gradient > 0:
        return None
    if activation == 0:
        return message(
            "The channel is off everywhere on the starting picture, so there is no gradient to follow: "
            "climb the preactivation, or try another seed."
        )
    return message("The channel is constant: it does not depend on the picture.")


def _recipe(
    opened: Opened, layer: str, request: MakePatterns, channels: tuple[int, ...], steps: tuple[int, ...]
) -> Recipe:
    """Everything that determines the patterns; ``steps_done`` only where a stop cut them short."""
    stopped = {} if set(steps) == {request.settings.steps} else {"steps_done": list(steps)}
    return recipe(
        "patterns",
        network=network_recipe(opened),
        layer=layer,
        channels=list(channels),
        settings=asdict(request.settings),
        preprocessing=request.preprocessing,
        **stopped,
    )

"""Filter patterns: batches of gradient ascents, with previews, stops and a recipe.

What was made before is found (`pattern_store`), what stood still goes on (`Workbench.climbs`), and what does not fit
into the memory is made in smaller batches. Each of these gives the picture that an uninterrupted run gives.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.pattern import check_settings
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.core.requests import STOP, Progress
from cnnviz_gui.engine.ascent import Ascent
from cnnviz_gui.engine.forecast import batch_size, pace, speed_key
from cnnviz_gui.engine.objectives import channel_objective
from cnnviz_gui.engine.parameterizations import Parameterization, fourier, pixel
from cnnviz_gui.engine.pattern_batch import Recorder
from cnnviz_gui.engine.pattern_results import Results
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.network import Layer
    from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns, Preview
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.pattern_batch import Batch
    from cnnviz_gui.engine.workbench import Workbench

log = logging.getLogger(__name__)

PREVIEW_SECONDS = 0.1
EXHAUSTED = (tf.errors.ResourceExhaustedError, MemoryError)


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
        CnnvizError: If a parameter is out of range, the layer has no such channel, its size does not fit, or not even
            one pattern fits into the memory.
    """
    settings = request.settings
    check_settings(settings)
    opened = yield from bench.open(request.network)
    layer = opened.network.layer(request.layer)
    _check(opened, layer, request)
    size = batch_size(bench, opened, request)
    results = Results(bench, opened, layer.name, request)
    batches = results.find(size)
    if results.found:
        # What needs no computing is seen before what does is prepared.
        yield from results.previews()
    if batches:
        yield Progress(0, 0, message("Preparing {layer}", layer=layer.name))
        yield from _Making(bench, opened, request, results).run(batches)
    return results.patterns()


class _Making:
    """Makes the batches of a request that were not found."""

    def __init__(self, bench: Workbench, opened: Opened, request: MakePatterns, results: Results) -> None:
        self._bench = bench
        self._request = request
        self._results = results
        objective = channel_objective(opened.graph, results.entry, request.settings.climb, request.settings.size)
        results.climbed = objective.climbed
        parameterization = _parameterization(opened, request)
        self._ascent = Ascent(objective, parameterization, request.settings, pace(bench, opened, request))
        self._recorder = Recorder(request)
        self._clock = _Clock()
        self._note: Message | None = None

    def run(self, batches: list[Batch]) -> Generator[Progress | Preview, object, None]:
        """Makes batches, one after the other, until it is sent `STOP`."""
        waiting = deque(batches)
        stopped = False
        while waiting and not stopped:
            batch = waiting.popleft()
            try:
                stopped = yield from self._climb(batch)
            except EXHAUSTED as error:
                # A batch of which a step failed stands where it stood before that step.
                if len(batch.channels) == 1:
                    raise self._too_large(error) from error
                half = (len(batch.channels) + 1) // 2
                waiting = deque(part for whole in (batch, *waiting) for part in whole.parts(half))
                self._bench.largest_batches[speed_key(self._request)] = half
                self._note = message("The memory did not suffice: {count} at a time from here on.", count=half)
                log.warning("%s (%s)", self._note, error)
                yield Progress(self._results.work, self._results.total, self._note)
            if self._clock.speed:
                self._bench.speeds[speed_key(self._request)] = self._clock.speed

    def _climb(self, batch: Batch) -> Generator[Progress | Preview, object, bool]:
        """Makes one batch; returns whether it was stopped."""
        steps = self._request.settings.steps
        ascent, results, recorder = self._ascent, self._results, self._recorder
        recorder.begin(batch)
        climb = ascent.begin(batch.channels, batch.position)
        shown, stopped = 0.0, False
        try:
            while batch.steps < steps and not stopped:
                with self._clock.step(len(batch.channels)):
                    climb, score, rms = ascent.step(climb, batch.steps)
                batch.add(score, rms)
                is_due = time.monotonic() - shown >= PREVIEW_SECONDS or batch.steps == steps
                pictures = None
                if is_due or recorder.wants(batch.steps):
                    _, pictures = ascent.images(climb)
                if pictures is not None and recorder.wants(batch.steps):
                    recorder.keep(batch, pictures)
                if pictures is not None and is_due:
                    films = recorder.unsent(batch)
                    stopped = (yield results.preview(batch, pictures, films, self._note)) is STOP
                    shown = time.monotonic()
                else:
                    text = message("Step {step} of {steps}", step=batch.steps, steps=steps)
                    stopped = (yield Progress(results.work_with(batch), results.total, text)) is STOP
        finally:
            # Also where nobody waits any more: whoever asks again goes on from here.
            batch.position = ascent.position(climb)
            results.keep_climb(batch)
        if batch.steps:
            results.add(batch, *ascent.images(climb))
        return stopped

    def _too_large(self, error: BaseException) -> CnnvizError:
        settings = self._request.settings
        return CnnvizError(
            message(
                "Not even one pattern of {size} x {size} pixels fits into the memory that is left.",
                size=settings.size,
            ),
            message("Make the pattern smaller, choose an earlier layer, or close other programs."),
            details=str(error),
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

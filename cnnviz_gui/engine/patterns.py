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
from cnnviz_gui.core.requests import STOP, Progress
from cnnviz_gui.engine.aftermath import give_back
from cnnviz_gui.engine.drafts import draft_or_not
from cnnviz_gui.engine.forecast import check_memory
from cnnviz_gui.engine.memory import is_exhausted, let_frames_go
from cnnviz_gui.engine.pacing import batch_size, pace, speed_key
from cnnviz_gui.engine.parallel import helped, power_of_two
from cnnviz_gui.engine.pattern_batch import Recorder
from cnnviz_gui.engine.pattern_checks import checked_request
from cnnviz_gui.engine.pattern_keys import depends_on_batch
from cnnviz_gui.engine.pattern_results import Results
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns, Preview
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.pattern_batch import Batch
    from cnnviz_gui.engine.workbench import Workbench

log = logging.getLogger(__name__)

PREVIEW_SECONDS = 0.1
SETTLING_STEPS = 12
"""Steps that may be slower than those that follow, where nothing was measured before."""


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
    check_settings(request.settings)
    opened = yield from bench.open(request.network)
    layer = opened.network.layer(request.layer)
    request = checked_request(opened.network, layer, request)
    if request.settings.precision != "float32":
        check_memory(bench, opened, request)
        yield Progress(0, 0, message("Trying a draft of {layer}", layer=layer.name))
    request, no_draft = draft_or_not(bench, opened, request)
    size = batch_size(bench, opened, request)
    results = Results(bench, opened, layer.name, request)
    batches = results.find(size)
    if results.found:
        # What needs no computing is seen before what does is prepared.
        yield results.found_preview(with_films=bool(batches))
    if batches:
        check_memory(bench, opened, request)
        yield Progress(0, 0, message("Preparing {layer}", layer=layer.name))
        with helped():
            yield from _Making(bench, opened, request, results, no_draft).run(batches)
        bench.calibration.save()
    return results.patterns()


class _Making:
    """Makes the batches of a request that were not found."""

    def __init__(
        self, bench: Workbench, opened: Opened, request: MakePatterns, results: Results, note: Message | None
    ) -> None:
        self._bench = bench
        self._request = request
        self._results = results
        self._ascent = bench.ascents.find(opened, request, pace(bench, opened, request))
        results.climbed = self._ascent.climbed
        self._recorder = Recorder(request)
        self._clock = _Clock()
        self._note = note
        self._steps = 0

    def run(self, batches: list[Batch]) -> Generator[Progress | Preview, object, None]:
        """Makes batches, one after the other, until it is sent `STOP`."""
        waiting = deque(batches)
        stopped = False
        while waiting and not stopped:
            batch = waiting.popleft()
            try:
                stopped = yield from self._climb(batch)
            except (tf.errors.OpError, MemoryError) as error:
                if not is_exhausted(error):
                    raise
                # A batch of which a step failed stands where it stood before that step.
                if len(batch.channels) == 1 or depends_on_batch(self._request.settings):
                    raise self._too_large(error, len(batch.channels)) from error
                half = power_of_two((len(batch.channels) + 1) // 2)
                waiting = deque(part for whole in (batch, *waiting) for part in whole.parts(half))
                self._bench.largest_batches[speed_key(self._request)] = half
                self._note = message("The memory did not suffice: {count} at a time from here on.", count=half)
                log.warning("%s (%s)", self._note, error)
                # What filled the memory hangs on the exception, and the halves need it.
                let_frames_go(error)
                give_back()
                yield Progress(self._results.work, self._results.total, self._note)
            if self._clock.speed:
                self._bench.calibration.speeds[speed_key(self._request)] = self._clock.speed

    def _climb(self, batch: Batch) -> Generator[Progress | Preview, object, bool]:
        """Makes one batch; returns whether it was stopped."""
        steps = self._request.settings.steps
        ascent, results, recorder = self._ascent, self._results, self._recorder
        recorder.begin(batch)
        climb = ascent.begin(batch.channels, batch.position)
        shown, stopped, tried = 0.0, False, False
        try:
            while batch.steps < steps and not stopped:
                tried |= self._is_settling() or ascent.tries(len(batch.channels))
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
                    stopped = (yield results.preview(batch, pictures, films, self._note, trying=tried)) is STOP
                    shown, tried = time.monotonic(), False
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

    def _is_settling(self) -> bool:
        """Whether the step that is about to be made is one of the first, and it is not known how fast it goes."""
        self._steps += 1
        return self._steps <= SETTLING_STEPS and speed_key(self._request) not in self._bench.calibration.choices

    def _too_large(self, error: BaseException, together: int) -> CnnvizError:
        settings = self._request.settings
        if together > 1:
            return CnnvizError(
                message(
                    "{count} patterns of {size} x {size} pixels that are compared with each other do not fit into "
                    "the memory that is left.",
                    count=together,
                    size=settings.size,
                ),
                message("Make the batch or the pattern smaller, or close other programs."),
                details=str(error),
            )
        return CnnvizError(
            message(
                "Not even one pattern of {size} x {size} pixels fits into the memory that is left.",
                size=settings.size,
            ),
            message("Make the pattern smaller, choose an earlier layer, or close other programs."),
            details=str(error),
        )

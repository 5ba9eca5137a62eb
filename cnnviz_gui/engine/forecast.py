"""What patterns will take, before they are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.memory import size_text
from cnnviz_gui.core.pattern_requests import Forecast
from cnnviz_gui.engine.drafts import why_no_draft
from cnnviz_gui.engine.memory import memory_left
from cnnviz_gui.engine.pacing import batch_size, picture_bytes, speed_key, step_operations
from cnnviz_gui.engine.pattern_keys import PatternKeys, depends_on_batch

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.pattern_requests import ForecastPatterns, MakePatterns
    from cnnviz_gui.core.requests import Progress
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench

PREPARING_SECONDS = 2.0
"""Making and tracing the step of a layer that was not climbed before."""
OPERATIONS_PER_SECOND = 50e9
"""Until something was measured: what two cores reach on a network of middling layers."""


def forecast_patterns(bench: Workbench, request: ForecastPatterns) -> Generator[Progress, object, Forecast]:
    """Forecasts time and memory of a request for patterns."""
    patterns = request.patterns
    opened = yield from bench.open(patterns.network)
    settings = patterns.settings
    cached = _cached(bench, opened, patterns)
    left = len(patterns.channels) - cached
    work = left * settings.steps
    speed = bench.calibration.speeds.get(speed_key(patterns))
    seconds = 0.0
    if speed:
        seconds = work / speed
    elif work:
        seconds = PREPARING_SECONDS + work * step_operations(opened, patterns) / OPERATIONS_PER_SECOND
    batch = min(batch_size(bench, opened, patterns), left)
    memory = batch * picture_bytes(opened, patterns)
    fits = not left or _least_bytes(opened, patterns) <= memory_left(bench.memory_budget)
    return Forecast(request, seconds, memory, speed is not None, cached, fits, why_no_draft(bench, patterns))


def check_memory(bench: Workbench, opened: Opened, request: MakePatterns) -> None:
    """Refuses what is known not to fit, before it takes what the window and others need.

    Raises:
        CnnvizError: If not even one pattern at a time fits into what is left of the engine's memory.
    """
    needed, left = _least_bytes(opened, request), memory_left(bench.memory_budget)
    if needed > left:
        size = request.settings.size
        raise CnnvizError(
            message(
                "One pattern of {size} x {size} pixels of {layer} takes about {needed} of memory; "
                "{left} of {budget} are left.",
                size=size,
                layer=request.layer,
                needed=size_text(needed),
                left=size_text(left),
                budget=size_text(bench.memory_budget),
            ),
            message("Make it smaller, choose an earlier layer, or allow the engine more memory in Preferences."),
        )


def _least_bytes(opened: Opened, request: MakePatterns) -> int:
    """What one pattern takes at the very least: every layer's output, of which the backward pass makes use."""
    return picture_bytes(opened, request) // 2


def _cached(bench: Workbench, opened: Opened, request: MakePatterns) -> int:
    """How many of the patterns were made before."""
    if depends_on_batch(request.settings):
        return 0
    keys = PatternKeys(opened, opened.network.layer(request.layer).name, request)
    return sum(bench.store.has(keys.finished(channel, (channel,))) for channel in request.channels)

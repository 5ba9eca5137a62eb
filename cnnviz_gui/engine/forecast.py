"""What patterns will take, before they are made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.memory import size_text
from cnnviz_gui.core.objective_check import check_objective
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern_requests import Forecast
from cnnviz_gui.engine.activations import layer_shapes
from cnnviz_gui.engine.calibration import Choice, Pace, choices
from cnnviz_gui.engine.memory import memory_left
from cnnviz_gui.engine.parallel import lanes
from cnnviz_gui.engine.pattern_keys import PatternKeys, depends_on_batch

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.pattern_requests import ForecastPatterns, MakePatterns
    from cnnviz_gui.core.requests import Progress
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench

BATCH_BYTES = 700_000_000
"""Memory for the layers' outputs of one batch, gradients included."""
BUDGET_SHARE = 4
"""Of the engine's memory at most the fourth part, where that is less."""
STEP_OPERATIONS = 25e9
"""A core's share of a step: a quarter of a second or so, after which a preview can be seen and a stop is heard."""
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
    speed = bench.speeds.get(speed_key(patterns))
    seconds = 0.0
    if speed:
        seconds = work / speed
    elif work:
        seconds = PREPARING_SECONDS + work * _operations(opened, patterns) / OPERATIONS_PER_SECOND
    batch = min(batch_size(bench, opened, patterns), left)
    memory = batch * picture_bytes(opened, patterns)
    fits = not left or _least_bytes(opened, patterns) <= memory_left(bench.memory_budget)
    return Forecast(request, seconds, memory, speed is not None, cached, fits)


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


def speed_key(request: MakePatterns) -> tuple[object, ...]:
    """What the speed of an ascent depends on."""
    settings = request.settings
    turned = settings.rotate > 0 or settings.scale > 0
    kind = (settings.image, settings.optimizer, turned, settings.precision, settings.objective, settings.octaves)
    return (request.network, request.layer, settings.size, kind, settings.batch)


def pace(bench: Workbench, opened: Opened, request: MakePatterns) -> Pace:
    """How the batches of a request are cut: as was found to be fastest before, or trying."""
    key = speed_key(request)
    known = bench.choices.get(key)
    if known is not None:
        return Pace(known)

    def remember(choice: Choice) -> None:
        bench.choices[key] = choice

    return Pace(*choices(lanes(), _most(bench, opened, request)), found=remember)


def batch_size(bench: Workbench, opened: Opened, request: MakePatterns) -> int:
    """The batch that was asked for, or as many pictures as the cores compute at a time.

    Never more than is known to fit into the memory.
    """
    key = speed_key(request)
    known = bench.choices.get(key)
    tried = [known] if known else choices(lanes(), _most(bench, opened, request))
    size = request.settings.batch or max(choice.pictures for choice in tried)
    if not depends_on_batch(request.settings):
        fitting = memory_left(bench.memory_budget) // max(1, picture_bytes(opened, request))
        size = max(1, min(size, fitting))
    return min(size, bench.largest_batches.get(key, size))


def _most(bench: Workbench, opened: Opened, request: MakePatterns) -> int:
    """As many pictures as fit into the memory and do not make a step too long."""
    by_memory = min(BATCH_BYTES, bench.memory_budget // BUDGET_SHARE) // max(1, picture_bytes(opened, request))
    by_time = lanes() * STEP_OPERATIONS // max(1.0, _operations(opened, request))
    return request.settings.batch or max(1, min(by_memory, int(by_time)))


def picture_bytes(opened: Opened, request: MakePatterns) -> int:
    """Memory for one picture: the layers' outputs up to the target are kept, and there are as many gradients."""
    shapes = layer_shapes(opened, (request.settings.size, request.settings.size))
    names = [entry.name for entry in opened.graph.entries]
    below = names[: names.index(_last_layer(opened, request)) + 1]
    return 2 * 4 * sum(math.prod(n or 1 for n in shapes[name]) for name in below if name in shapes)


def _last_layer(opened: Opened, request: MakePatterns) -> str:
    """The last of the layers that the objective reads."""
    terms = check_objective(parse_objective(request.settings.objective), opened.network, request.layer)
    read = {term.layer for term in terms}
    return next(entry.name for entry in reversed(opened.graph.entries) if entry.name in read)


def _operations(opened: Opened, request: MakePatterns) -> float:
    """Floating-point operations of one step for one picture: the layers below the target, forwards and backwards."""
    size = request.settings.size
    shapes = layer_shapes(opened, (size, size))
    last = _last_layer(opened, request)
    products = 0.0
    for entry in opened.graph.entries:
        kernel = getattr(entry.operation, "kernel", None)
        if kernel is not None:
            positions = math.prod(n or 1 for n in shapes[entry.name][:-1])
            products += float(positions) * math.prod(kernel.shape)
        if entry.name == last:
            break
    # A product and a sum; once forwards, once for the gradient with respect to the input.
    return 4 * products

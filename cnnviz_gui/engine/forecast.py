"""What patterns will take, before they are made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.pattern_requests import Forecast
from cnnviz_gui.engine.activations import layer_shapes

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import ForecastPatterns, MakePatterns
    from cnnviz_gui.core.requests import Progress
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench

BATCH_BYTES = 700_000_000
"""Memory for the layers' outputs of one batch, gradients included."""
MAX_BATCH = 16
PREPARING_SECONDS = 2.0
"""Making and tracing the step of a layer that was not climbed before."""
OPERATIONS_PER_SECOND = 50e9
"""Until something was measured: what two cores reach on a network of middling layers."""


def forecast_patterns(bench: Workbench, request: ForecastPatterns) -> Generator[Progress, object, Forecast]:
    """Forecasts time and memory of a request for patterns."""
    patterns = request.patterns
    opened = yield from bench.open(patterns.network)
    settings = patterns.settings
    work = len(patterns.channels) * settings.steps
    speed = bench.speeds.get(speed_key(patterns))
    seconds = (
        work / speed if speed else PREPARING_SECONDS + work * _operations(opened, patterns) / OPERATIONS_PER_SECOND
    )
    batch = min(batch_size(opened, settings), len(patterns.channels))
    return Forecast(request, seconds, batch * picture_bytes(opened, settings), speed is not None)


def speed_key(request: MakePatterns) -> tuple[object, ...]:
    """What the speed of an ascent depends on."""
    settings = request.settings
    turned = settings.rotate > 0 or settings.scale > 0
    return (request.network, request.layer, settings.size, settings.image, settings.optimizer, turned, settings.batch)


def batch_size(opened: Opened, settings: PatternSettings) -> int:
    """The batch that was asked for, or as many pictures as fit into `BATCH_BYTES`, `MAX_BATCH` at most."""
    return settings.batch or int(np.clip(BATCH_BYTES // picture_bytes(opened, settings), 1, MAX_BATCH))


def picture_bytes(opened: Opened, settings: PatternSettings) -> int:
    """Memory for one picture: every layer's output is kept for the backward pass, which makes as many gradients."""
    shapes = layer_shapes(opened, (settings.size, settings.size))
    return 2 * 4 * sum(math.prod(n or 1 for n in shape) for shape in shapes.values())


def _operations(opened: Opened, request: MakePatterns) -> float:
    """Floating-point operations of one step for one picture: the layers below the target, forwards and backwards."""
    size = request.settings.size
    shapes = layer_shapes(opened, (size, size))
    products = 0.0
    for entry in opened.graph.entries:
        kernel = getattr(entry.operation, "kernel", None)
        if kernel is not None:
            positions = math.prod(n or 1 for n in shapes[entry.name][:-1])
            products += float(positions) * math.prod(kernel.shape)
        if entry.name == request.layer:
            break
    # A product and a sum; once forwards, once for the gradient with respect to the input.
    return 4 * products

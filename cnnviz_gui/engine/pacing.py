"""How large batches are, and how they are cut: within the memory, and as was found to be fastest."""

from __future__ import annotations

import math
from dataclasses import astuple
from typing import TYPE_CHECKING

from cnnviz_gui.core.objective_check import check_objective
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.engine.activations import layer_shapes
from cnnviz_gui.engine.calibration import Choice, Pace, choices
from cnnviz_gui.engine.memory import memory_left
from cnnviz_gui.engine.parallel import lanes, power_of_two
from cnnviz_gui.engine.pattern_keys import depends_on_batch

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench

BATCH_BYTES = 2_200_000_000
"""Memory for the layers' outputs of one batch, gradients included, by `picture_bytes`.

Enough for two cores to take 32 pictures of 64 pixels each, or 8 of 150, as deep as `conv4_block5_3_conv` of ResNet50;
TensorFlow takes a quarter of it there, since it keeps little more than what rectifiers let through.
"""
BUDGET_SHARE = 4
"""Of the engine's memory at most the fourth part, where that is less."""
STEP_OPERATIONS = 50e9
"""A core's share of a step: half a second or so, after which a preview can be seen and a stop is heard."""
BATCH_SECONDS = 1.5
"""Batches whose steps take no longer than this together are one: each takes time to begin and to be measured."""


def speed_key(request: MakePatterns) -> str:
    """What the speed of an ascent depends on."""
    settings = request.settings
    turned = settings.rotate > 0 or settings.scale > 0
    kind = (settings.image, settings.optimizer, turned, settings.precision, settings.objective, settings.octaves)
    return repr((astuple(request.network), request.layer, settings.size, kind, settings.batch))


def pace(bench: Workbench, opened: Opened, request: MakePatterns) -> Pace:
    """How the batches of a request are cut: as was found to be fastest before, or trying."""
    key = speed_key(request)
    known = bench.calibration.choices.get(key)
    if known is not None:
        # Whoever asks next tries anew.
        return Pace(known, doubted=lambda: bench.calibration.choices.pop(key, None))

    def remember(choice: Choice) -> None:
        bench.calibration.choices[key] = choice

    return Pace(*choices(lanes(), _most(bench, opened, request)), found=remember)


def first_choice(bench: Workbench, opened: Opened, request: MakePatterns) -> Choice:
    """How a batch is cut at first: as was found to be fastest, or as is likeliest to be."""
    known = bench.calibration.choices.get(speed_key(request))
    return known or choices(lanes(), _most(bench, opened, request))[0]


def batch_size(bench: Workbench, opened: Opened, request: MakePatterns) -> int:
    """The batch that was asked for, or as many pictures as the cores compute at a time, or in a moment.

    Never more than is known to fit into the memory.
    """
    choice = first_choice(bench, opened, request)
    at_a_time = min(choice.pictures, _most(bench, opened, request))
    in_a_moment = int(BATCH_SECONDS / (request.settings.steps * choice.seconds)) if choice.seconds else 0
    size = request.settings.batch or max(at_a_time, in_a_moment)
    if not depends_on_batch(request.settings):
        fitting = max(1, memory_left(bench.memory_budget) // max(1, picture_bytes(opened, request)))
        size = min(size, fitting) if request.settings.batch else power_of_two(min(size, fitting))
    return min(size, bench.largest_batches.get(speed_key(request), size))


def _most(bench: Workbench, opened: Opened, request: MakePatterns) -> int:
    """As many pictures as fit into the memory and do not make a step too long."""
    by_memory = min(BATCH_BYTES, bench.memory_budget // BUDGET_SHARE) // max(1, picture_bytes(opened, request))
    by_time = lanes() * STEP_OPERATIONS // max(1.0, step_operations(opened, request))
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


def step_operations(opened: Opened, request: MakePatterns) -> float:
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

"""Drafts in bfloat16: whether this machine makes any, and whether they are worth it for a layer."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from itertools import cycle, islice
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import Message, message
from cnnviz_gui.engine.calibration import Pace
from cnnviz_gui.engine.pacing import first_choice, speed_key
from cnnviz_gui.engine.parallel import helped
from cnnviz_gui.engine.processor import has_bfloat16
from cnnviz_gui.engine.runtime import device

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench

WORTHWHILE = 1.05
"""What is gained less than that is not worth another picture."""
ROUNDS = 3


def why_no_draft(bench: Workbench, request: MakePatterns) -> Message | None:
    """Why patterns of a request are not made as a draft; None where they are, or nobody knows yet."""
    if not has_bfloat16() and device() != "GPU":
        return message("This processor has no instructions for bfloat16.")
    gain = bench.calibration.gains.get(_gain_key(request))
    if gain is not None and gain < WORTHWHILE:
        return message("On {layer} a draft is not faster than full precision.", layer=request.layer)
    return None


def draft_or_not(bench: Workbench, opened: Opened, request: MakePatterns) -> tuple[MakePatterns, Message | None]:
    """A request as it is made: one for a draft that gains nothing is made in full precision.

    Returns:
        The request, and why it is not a draft, if it should have been one.
    """
    if request.settings.precision != "bfloat16":
        return request, None
    if why_no_draft(bench, request) is None and _gain_key(request) not in bench.calibration.gains:
        bench.calibration.gains[_gain_key(request)] = _measured_gain(bench, opened, request)
    reason = why_no_draft(bench, request)
    return (request, None) if reason is None else (_with_precision(request, "float32"), reason)


def _measured_gain(bench: Workbench, opened: Opened, request: MakePatterns) -> float:
    """How many times as fast a draft's step is: both are compiled, and take turns with the same pictures."""
    choice = first_choice(bench, opened, request)
    # A whole batch, however few are asked for: what is found is remembered for all jobs on the layer.
    channels = list(islice(cycle(request.channels), choice.pictures))
    seconds: dict[str, list[float]] = {"float32": [], "bfloat16": []}
    ascents = {name: bench.ascents.find(opened, _with_precision(request, name), Pace(choice)) for name in seconds}
    climbs = {name: ascent.begin(channels) for name, ascent in ascents.items()}
    with helped():
        for _ in range(1 + ROUNDS):
            for name, ascent in ascents.items():
                begin = time.perf_counter()
                ascent.step(climbs[name], 0)
                seconds[name].append(time.perf_counter() - begin)
    # The first step of each also chooses the processor's routines.
    full, draft = (statistics.median(seconds[name][1:]) for name in ("float32", "bfloat16"))
    return full / draft


def _gain_key(request: MakePatterns) -> str:
    return speed_key(_with_precision(request, "bfloat16"))


def _with_precision(request: MakePatterns, precision: str) -> MakePatterns:
    return replace(request, settings=replace(request.settings, precision=precision))

"""From a request to its ascent, and those that were made last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cnnviz_gui.engine.ascent import Ascent
from cnnviz_gui.engine.objectives import make_objective
from cnnviz_gui.engine.starts import make_parameterization

if TYPE_CHECKING:
    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.engine.calibration import Pace
    from cnnviz_gui.engine.opening import Opened

KEPT = 4
"""Compiled ascents that are kept. Each holds its part of the network's weights."""
OCTAVE = 1.4
"""How much larger an octave is than the one before; DeepDream's."""


class Ascents:
    """The ascents made last: one that was compiled for a layer serves every channel, seed and length."""

    def __init__(self) -> None:
        self._made: dict[MakePatterns, Ascent] = {}

    def find(self, opened: Opened, request: MakePatterns, pace: Pace) -> Ascent:
        """Makes the ascent of a request, or finds one that serves it.

        Raises:
            CnnvizError: As `make_ascent`.
        """
        settings = request.settings
        free = replace(settings, preset="", seed=0, steps=1, batch=0)
        key = replace(request, channels=(), settings=free)
        found = self._made.pop(key, None)
        if found is None:
            found = make_ascent(opened, request, pace)
        else:
            found = found.again(make_parameterization(opened.network, request), settings, pace)
        self._made[key] = found
        while len(self._made) > KEPT:
            del self._made[next(iter(self._made))]
        return found

    def forget(self, network: NetworkSource) -> None:
        """Forgets those of a network."""
        self._made = {key: ascent for key, ascent in self._made.items() if key.network != network}


def make_ascent(opened: Opened, request: MakePatterns, pace: Pace | None = None) -> Ascent:
    """Makes the ascent of a request.

    Args:
        opened: The network.
        request: The request.
        pace: How a batch is cut into pieces for the cores; whole by default.

    Raises:
        CnnvizError: If the network has not what the objective names, or a picture is missing.
    """
    settings = request.settings
    sizes = octave_sizes(settings)
    objectives = [make_objective(opened, request, size) for size in sizes]
    parameterization = make_parameterization(opened.network, request)
    smaller = list(zip(sizes[:-1], objectives[:-1], strict=True))
    return Ascent(objectives[-1], parameterization, settings, pace, smaller)


def octave_sizes(settings: PatternSettings) -> list[int]:
    """Edge lengths in pixels of the pictures that the network sees, from small to large, one an octave."""
    return [round(settings.size / OCTAVE**number) for number in reversed(range(settings.octaves))]

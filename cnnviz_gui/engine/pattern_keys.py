"""What determines a pattern, as a key: what has the same key is the same pattern."""

from __future__ import annotations

import hashlib
import json
import platform
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.objective import compares_pictures
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.engine.runtime import device
from cnnviz_gui.engine.workbench import versions

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.engine.opening import Opened

_NO_MATTER = ("preset", "batch")
"""Parameters that change no pattern: a name, and how many are computed together."""


def depends_on_batch(settings: PatternSettings) -> bool:
    """Whether a pattern depends on those that are made together with it."""
    return compares_pictures(parse_objective(settings.objective))


class PatternKeys:
    """The keys of a request's patterns.

    Args:
        opened: The network.
        layer: The layer's own name.
        request: The request.
    """

    def __init__(self, opened: Opened, layer: str, request: MakePatterns) -> None:
        settings = {name: value for name, value in asdict(request.settings).items() if name not in _NO_MATTER}
        self._steps = settings.pop("steps")
        self._in_octaves = request.settings.octaves > 1
        self._is_alone = not depends_on_batch(request.settings)
        common = {
            "network": opened.network.sha256,
            "classes": _digest(request.network.classes),
            "layer": layer,
            "settings": settings,
            "preprocessing": request.preprocessing,
            "pictures": [(name, picture.sha256) for name, picture in request.pictures],
            "versions": versions(),
            "machine": [platform.machine(), device()],
        }
        self._common = json.dumps(common, sort_keys=True, default=str)

    def finished(self, channel: int, together: tuple[int, ...]) -> str:
        """The key of a channel's finished pattern: 64 hexadecimal digits.

        Args:
            channel: The channel.
            together: The channels that are made together with it, itself included.
        """
        return self._key(channel, self._steps, () if self._is_alone else together)

    def climb(self, together: tuple[int, ...]) -> str:
        """The key of a batch on its way, however many steps it is to do."""
        # In octaves a step's size depends on how many there are in all.
        return self._key(*together, *([f"of {self._steps}"] if self._in_octaves else []))

    def _key(self, *parts: Any) -> str:  # noqa: ANN401 - whatever JSON holds
        return hashlib.sha256(json.dumps([self._common, *parts]).encode()).hexdigest()


def _digest(path: str) -> str:
    """Digest of the file with the network's own classes, which the network's own digest does not cover."""
    if not path:
        return ""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        # It was there when the network was opened. What was computed then is found by nobody later.
        return f"gone: {path}"

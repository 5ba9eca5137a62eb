"""What was measured on this machine, in a file of the user's cache, so that it is measured once."""

from __future__ import annotations

import json
import logging
from dataclasses import astuple
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.recipe import replace_file
from cnnviz_gui.engine.calibration import Choice
from cnnviz_gui.engine.parallel import lanes
from cnnviz_gui.engine.processor import processor_name
from cnnviz_gui.engine.runtime import tf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

log = logging.getLogger(__name__)

VERSION = 3
"""Counts up where the engine computes otherwise, and what was measured before says nothing any more."""
MOST = 2000
"""Entries of a kind that are kept, the newest."""


class Calibration:
    """What was measured, by `pacing.speed_key`.

    A file that is damaged or of a newer version is said in the log and not used. Every kind of machine that shares a
    home has a file of its own.

    Args:
        folder: Where it is remembered; None forgets it when the program ends.
    """

    def __init__(self, folder: Path | None = None) -> None:
        machine = f"{processor_name()}, {lanes()} lanes, TensorFlow {tf.__version__}"
        digest = sha256(machine.encode()).hexdigest()[:12]
        self._path = None if folder is None else folder / f"calibration-{digest}.json"
        self._machine = machine
        self.speeds: dict[str, float] = {}
        """Steps times pictures a second."""
        self.choices: dict[str, Choice] = {}
        """How batches are cut fastest."""
        self.gains: dict[str, float] = {}
        """How many times as fast a draft is."""
        self._read()

    def save(self) -> None:
        """Writes what is known, if that can be done."""
        if self._path is None:
            return
        content: dict[str, Any] = {"version": VERSION, "machine": self._machine}
        content["speeds"] = _newest(self.speeds)
        content["choices"] = {key: astuple(choice) for key, choice in _newest(self.choices).items()}
        content["gains"] = _newest(self.gains)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(str(self._path), lambda file: file.write(json.dumps(content, indent=1).encode()))
        except (OSError, CnnvizError) as error:
            log.warning("What was measured on this machine could not be kept: %s", error)

    def _read(self) -> None:
        if self._path is None:
            return
        try:
            content = json.loads(self._path.read_bytes())
            if content["version"] != VERSION:
                raise ValueError(f"version {content['version']}")
            speeds = _positive(content["speeds"])
            choices = {str(key): _choice(*row) for key, row in content["choices"].items()}
            gains = _positive(content["gains"])
        # Nothing was measured yet.
        except FileNotFoundError:
            return
        # A file that anybody may have written can be wrong in any way.
        except Exception as error:  # noqa: BLE001
            log.warning("What was measured on this machine before is not used (%s): %s", self._path.name, error)
            return
        self.speeds, self.choices, self.gains = speeds, choices, gains


def _newest(entries: Mapping[str, Any]) -> dict[str, Any]:
    return dict(list(entries.items())[-MOST:])


def _positive(entries: Mapping[str, Any]) -> dict[str, float]:
    found = {str(key): float(value) for key, value in entries.items()}
    if not all(0 < value < float("inf") for value in found.values()):
        raise ValueError("a number that is not positive")
    return found


def _choice(lanes: int, most: int, seconds: float) -> Choice:
    if not (1 <= int(lanes) <= 1024 and 1 <= int(most) <= 1024 and float(seconds) >= 0):
        raise ValueError("no way to cut a batch")
    return Choice(int(lanes), int(most), float(seconds))

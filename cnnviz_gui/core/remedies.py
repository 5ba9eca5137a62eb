"""What can be done at once about a network that did not open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.zoo_weights import WEIGHTS_FILES

if TYPE_CHECKING:
    from cnnviz_gui.core.errors import Message


class RemedyKind(StrEnum):
    """What kind of thing would help."""

    OPEN = "open"
    """Open the remedy's own source."""
    CLASSES = "classes"
    """Name the Python file with the network's own classes."""
    ARCHITECTURE = "architecture"
    """Choose the network that a file of weights belongs to."""
    WEIGHTS = "weights"
    """Choose the file of weights that belongs to an architecture."""
    TRUST = "trust"
    """Decide that the programs in the file may run."""


@dataclass(frozen=True)
class Remedy:
    """What a window can offer to do at once about a network that did not open; elsewhere the error's hint says it.

    Args:
        kind: What it is.
        label: For its button.
        source: What to open; else the network that did not open, or None where that is not known yet.
    """

    kind: RemedyKind
    label: Message
    source: NetworkSource | None = None

    def about(self, source: NetworkSource) -> Remedy:
        """The same for a network that did not open, if it does not name one."""
        return self if self.source else replace(self, source=source)


CHOOSE_CLASSES = Remedy(RemedyKind.CLASSES, message("Choose classes file…"))
CHOOSE_WEIGHTS = Remedy(RemedyKind.WEIGHTS, message("Choose its weights…"))
TRUST_AND_OPEN = Remedy(RemedyKind.TRUST, message("Trust and open…"))
CHOOSE_ARCHITECTURE = Remedy(RemedyKind.ARCHITECTURE, message("Choose its architecture…"))


def open_as_application(name: str, weights: str, *, include_top: bool) -> Remedy:
    """Opens a file of weights in the keras.applications network that it is known to belong to.

    Args:
        name: Of the network in keras.applications.
        weights: Path of the file.
        include_top: Whether it holds the weights of the classifying head.
    """
    label = message("Open as {network}", network=name)
    return Remedy(RemedyKind.OPEN, label, NetworkSource(f"keras:{name}", weights, include_top))


def open_untrained(architecture: str) -> Remedy:
    """Opens an architecture without its weights.

    Args:
        architecture: Path of the file.
    """
    return Remedy(RemedyKind.OPEN, message("Open untrained"), NetworkSource(architecture, "none"))


def published_as(file_name: str) -> tuple[str, bool] | None:
    """Which network's weights Keras publishes under a file name.

    Args:
        file_name: In any case; a browser's "(1)" for a second download does not matter.

    Returns:
        (name in keras.applications, with top), or None.
    """
    return _PUBLISHED.get(_SECOND_DOWNLOAD.sub("", file_name.lower()))


_SECOND_DOWNLOAD = re.compile(r" ?\(\d+\)(?=\.)")
_PUBLISHED = {file.name.lower(): key for key, file in WEIGHTS_FILES.items()}

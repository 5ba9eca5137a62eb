"""Which preprocessing a network wants: it says so itself, or its origin does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.zoo import APPLICATIONS, Application, application

if TYPE_CHECKING:
    from cnnviz_gui.engine.graph import Entry, Graph

_SCALING = frozenset({"Rescaling", "Normalization"})
_ARITHMETIC = frozenset({"Add", "Subtract", "Multiply", "Divide", "TrueDivide"})
_PASSING_ON = frozenset(
    {
        "InputLayer",
        "Identity",
        "Cast",
        "Resizing",
        "CenterCrop",
        "ZeroPadding2D",
        "Cropping2D",
        "Permute",
        "Reshape",
        "Dropout",
        "GaussianNoise",
        "GetItem",
        "Flip",
        "Concatenate",
        "Repeat",
        "Tile",
        "Pipeline",
    }
)
"""Layers behind which the picture is still the picture."""


def infer_preprocessing(graph: Graph, known: Application | None) -> tuple[str, str]:
    """Infers the preprocessing of a network.

    Args:
        graph: The network.
        known: What it is of keras.applications, or None.

    Returns:
        Name of the preprocessing, and the reason for it: a literal that the window translates.
    """
    scaling, first = _first_layers(graph)
    if scaling is not None:
        return "none", message("The network scales its pictures itself.").source
    if known is not None:
        return known.preprocessing, message("As keras.applications does for this network.").source
    for name in first.models if first is not None else ():
        inner = application_called(name)
        if inner is not None:
            return inner.preprocessing, message("As keras.applications does for the network inside it.").source
    return "none", message("A guess: the network does not say how its pictures were prepared.").source


def application_called(name: str) -> Application | None:
    """Finds the keras.applications network whose model has a name, such as "mobilenetv2_1.00_224"."""
    match = re.fullmatch(r"(mobilenet|mobilenetv2)_\d\.\d+_(\d+|rows)", name)
    if name == "NASNet":
        # Both NASNets have this name; they differ in size only, which each says itself.
        return APPLICATIONS["NASNetMobile"]
    return application(match[1] if match else name)


def _first_layers(graph: Graph) -> tuple[Entry | None, Entry | None]:
    """(what scales the picture, the first layer that makes something else of it); either may be missing."""
    pictures = {id(tensor) for tensor in graph.inputs}
    for entry in graph.entries:
        if not any(id(tensor) in pictures for tensor in entry.inputs):
            continue
        # Arithmetic with constants: ``x / 127.5 - 1`` written into the network.
        by_hand = entry.type in _ARITHMETIC and len(entry.inputs) == 1
        if entry.type in _SCALING or by_hand:
            return entry, None
        if entry.type not in _PASSING_ON and not entry.type.startswith(("Random", "Auto", "Aug")):
            return None, entry
        pictures.add(id(entry.output))
    return None, None

"""How much a network file may ask for before Keras sees it, and how that is said.

Every limit stands well above what keras.applications needs (its largest description has 1.1 MB, 1,041 layers and some
100,000 values; its largest network 350 million parameters) and below what makes Keras take minutes or gigabytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, Message, message
from cnnviz_gui.core.memory import size_text

if TYPE_CHECKING:
    from cnnviz_gui.core.remedies import Remedy

CONFIG_BYTES = 64 * 2**20
"""Of the JSON text."""
CONFIG_VALUES = 2_000_000
"""Commas and opening brackets in the JSON text, counted before it is parsed; a value takes some 100 bytes."""
CONFIG_DEPTH = 450
"""Brackets within brackets; a network within a network takes four."""
NETWORK_DEPTH = 100
"""Networks within networks."""
LAYERS = 5_000
"""Keras builds 5,000 layers in some twenty seconds and takes four times as long for twice as many."""
CALLS = 20_000
"""Calls of layers while the network is built; sharing can make them grow exponentially."""
TEXT_CHARACTERS = 1_000_000
"""In one string of the description."""
SIZE = 10_000_000
"""A whole number that is a size, in layers whose needs are not computed."""
CLASSES = 10_000
"""Classes or thresholds of a metric, which takes the square of it."""

MEMBERS = 2_000
DIRECTORY_BYTES = 1 << 20
"""Of the zip directory."""
ASSETS_BYTES = 512 * 2**20
"""Vocabularies beside the weights; Keras unpacks them to the disk."""
RATIO = 100
"""A compressed part may grow this much, if it grows beyond `RATIO_FLOOR`."""
RATIO_FLOOR = 64 * 2**20

HDF5_OBJECTS = 100_000
HDF5_DEPTH = 200
HDF5_ATTRIBUTES = 10_000
"""Of one object."""
HDF5_ATTRIBUTE_BYTES = 64 * 2**20
HDF5_NAMES_BYTES = 16 * 2**30
"""Names in one attribute times the longest text in the file: what reading them could take at worst."""


def refuse(
    what: Message, hint: Message = NO_MESSAGE, *, details: object = "", remedies: tuple[Remedy, ...] = ()
) -> NoReturn:
    """Raises the error that a file is not opened for.

    Args:
        what: Why, in one sentence.
        hint: What to do about it.
        details: Technical text, or the exception that says it.
        remedies: As in `CnnvizError`.

    Raises:
        CnnvizError: Always.
    """
    if isinstance(details, Exception):
        raise CnnvizError(what, hint, details=f"{type(details).__name__}: {details}"[:2000]) from details
    raise CnnvizError(what, hint, details=str(details)[:2000], remedies=remedies)


_SMALLER = message("Allow the engine more memory in Preferences, or save a part of the network.")


def refuse_memory(name: str, needed: int, limit: int, hint: Message = _SMALLER) -> NoReturn:
    """Refuses a network that takes more memory than is left.

    Args:
        name: What to call the file.
        needed: Bytes at least.
        limit: Bytes that are left.
        hint: What to do about it.

    Raises:
        CnnvizError: Always.
    """
    refuse(
        message(
            "{name} needs {needed} of memory; {limit} are left of what the engine is allowed.",
            name=name,
            needed=size_text(needed),
            limit=size_text(limit),
        ),
        hint,
        details=f"{needed} and {limit} bytes",
    )


def refuse_damaged(name: str, details: object = "") -> NoReturn:
    """Refuses a file that is cut off or overwritten.

    Raises:
        CnnvizError: Always.
    """
    refuse(
        message("{name} is damaged or incomplete.", name=name),
        message("Copy or download it again, or save the network again."),
        details=details,
    )


def refuse_crafted(name: str, details: object) -> NoReturn:
    """Refuses a file of a form that Keras does not write.

    Raises:
        CnnvizError: Always.
    """
    refuse(
        message("{name} is not built the way Keras builds such files, so it was not opened.", name=name),
        message("Save the network again with model.save('network.keras')."),
        details=details,
    )

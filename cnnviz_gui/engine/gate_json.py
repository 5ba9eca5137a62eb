"""From a network's description as text to values, within limits."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.memory import size_text
from cnnviz_gui.engine.gate_limits import CONFIG_BYTES, CONFIG_VALUES, refuse, refuse_damaged

DIGITS = 25
"""More than any whole number of 64 bits has."""


def parse_config(text: bytes | str, name: str) -> dict[str, Any]:
    """Parses the description of a network as Keras does.

    Args:
        text: JSON; bytes are decoded as ``json.loads`` does, which Keras uses.
        name: What to call the file in messages.

    Returns:
        The outermost object.

    Raises:
        CnnvizError: If it is too large, too deep, not JSON or not an object.
    """
    if len(text) > CONFIG_BYTES:
        refuse(
            message(
                "The description of the network in {name} has {size}; {limit} are allowed.",
                name=name,
                size=size_text(len(text)),
                limit=size_text(CONFIG_BYTES),
            ),
            message("The largest networks need 1 MB. The file may have been made to exhaust the memory."),
        )
    if isinstance(text, bytes):
        values = text.count(b",") + text.count(b"[") + text.count(b"{")
    else:
        values = text.count(",") + text.count("[") + text.count("{")
    if values > CONFIG_VALUES:
        refuse(
            message(
                "The description of the network in {name} holds {count} values; {limit} are allowed.",
                name=name,
                count=f"{values:,}",
                limit=f"{CONFIG_VALUES:,}",
            ),
            message("The file may have been made to exhaust the memory."),
        )
    try:
        config = json.loads(text, parse_int=_whole)
    except RecursionError as error:
        refuse_depth(name, error)
    except (ValueError, MemoryError) as error:
        refuse_damaged(name, error)
    if not isinstance(config, dict):
        refuse_damaged(name, f"The description is a {type(config).__name__}.")
    return config


def refuse_depth(name: str, details: object = "") -> NoReturn:
    """Refuses a description that is nested too deep.

    Raises:
        CnnvizError: Always.
    """
    refuse(
        message("The networks in {name} are nested too deep for Keras.", name=name),
        message("Save the inner networks one by one."),
        details=details,
    )


def _whole(digits: str) -> int:
    if len(digits) > DIGITS:
        text = f"a whole number of {len(digits)} digits"
        raise ValueError(text)
    return int(digits)

"""Whole numbers out of a layer's settings, which may hold anything."""

from __future__ import annotations

from typing import Any

Shape = tuple[int, ...]
"""A tensor's shape, batch first; sizes that a network leaves open stand at what is usual."""

USUAL_EDGE = {3: 224, 4: 224, 5: 32}
"""Edge of a picture, a sequence or a volume by the number of dimensions, where the network leaves it open."""


class MalformedError(ValueError):
    """A setting is not of the kind that Keras writes.

    Args:
        key: The setting.
        value: What it holds.
    """

    def __init__(self, key: str, value: object) -> None:
        super().__init__(f"{key}: {value!r}"[:300])
        self.key = key
        self.value = value


def whole(settings: dict[str, Any], key: str, default: int | None = None) -> int:
    """A setting that is a whole number, not negative.

    Raises:
        MalformedError: If it is not.
    """
    value = settings.get(key, default)
    if type(value) is float and value.is_integer():
        value = int(value)
    if type(value) is not int or value < 0:
        raise MalformedError(key, value)
    return value


def wholes(settings: dict[str, Any], key: str, count: int, default: int | None = None) -> Shape:
    """A setting of ``count`` whole numbers, or one that stands for all.

    Raises:
        MalformedError: If it is something else.
    """
    value = settings.get(key)
    if value is None and default is not None:
        value = default
    if type(value) is int and value >= 0:
        return (value,) * count
    items = unpacked(value)
    if items is None or len(items) not in {count, 1} or not all(type(item) is int and item >= 0 for item in items):
        raise MalformedError(key, value)
    return tuple(items) * (count // len(items))


def unpacked(value: object) -> list[Any] | None:
    """A list, also where Keras 2 wrapped a tuple or a shape into an object."""
    if isinstance(value, dict) and value.get("class_name") in ("__tuple__", "TensorShape"):
        value = value.get("items")
    return value if isinstance(value, list) else None


def shape_of(value: object) -> Shape | None:
    """A shape as it is written in a description: numbers, null where it is open."""
    items = unpacked(value)
    if (
        items is None
        or len(items) > 12
        or not all(item is None or (type(item) is int and item >= 0) for item in items)
    ):
        return None
    edge = USUAL_EDGE.get(len(items), 1)
    filled = [edge if item is None else item for item in items]
    if items and items[0] is None:
        filled[0] = 1
    if len(items) > 2 and items[-1] is None:
        filled[-1] = 3
    return tuple(filled)


def channels_first(settings: dict[str, Any]) -> bool:
    """Whether a layer's channels come before its rows."""
    return settings.get("data_format") == "channels_first"


def channels(shape: Shape | None, settings: dict[str, Any]) -> int:
    """Channels of a layer's input, 1 where they are not known."""
    if not shape or len(shape) < 2:
        return 1
    return shape[1] if channels_first(settings) else shape[-1]


def along(shape: Shape | None, axis: object) -> int:
    """Numbers along one axis or several, 1 where they are not known."""
    axes = unpacked(axis) if not isinstance(axis, int) else [axis]
    total = 1
    for index in axes or []:
        if shape and type(index) is int and -len(shape) <= index < len(shape):
            total *= shape[index]
    return total

"""HDF5 files from strangers: opened only when all that they hold lies in them."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any

import h5py

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.recipe import file_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_OBJECTS = 200_000
"""Groups and datasets; the largest network of keras.applications has some 4,000."""
MAX_ATTRIBUTE_BYTES = 1 << 24


@contextlib.contextmanager
def open_hdf5(path: Path) -> Iterator[Any]:
    """Opens an HDF5 file for reading.

    Args:
        path: The file.

    Yields:
        The `h5py.File`, closed at the end.

    Raises:
        CnnvizError: If it cannot be read, or points outside itself (links, external or virtual data).
    """
    try:
        file = h5py.File(path, "r", locking="best-effort")
    # h5py wraps what the library says in whatever class fits it.
    except (OSError, ValueError, RuntimeError) as error:
        raise _unreadable(path, error) from error
    with file:
        try:
            _refuse_strangeness(file, path.name)
            yield file
        except (OSError, KeyError, ValueError, RuntimeError, TypeError) as error:
            raise _unreadable(path, error) from error


def datasets(group: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - h5py has no types
    """All datasets below a group with their paths, each once, in the order of their names.

    Args:
        group: An `h5py.Group` of a file from `open_hdf5`.

    Yields:
        The path below the group, and the `h5py.Dataset`.
    """
    for path, item in _walk(group):
        if isinstance(item, h5py.Dataset):
            yield path, item


def strings(group: Any, name: str) -> list[str] | None:  # noqa: ANN401 - h5py has no types
    """Reads an attribute that holds a list of strings, which Keras cuts in parts where it is long.

    Args:
        group: An `h5py.Group`.
        name: Of the attribute; its parts are called NAME0, NAME1...

    Returns:
        The strings, or None if there is no such attribute.
    """
    if name in group.attrs:
        return _attribute(group, name)
    if f"{name}0" not in group.attrs:
        return None
    found: list[str] = []
    part = 0
    while f"{name}{part}" in group.attrs:
        found += _attribute(group, f"{name}{part}")
        part += 1
    return found


def _attribute(group: Any, name: str) -> list[str]:  # noqa: ANN401 - h5py has no types
    stored = group.attrs.get_id(name)
    if math.prod(stored.shape) * stored.dtype.itemsize > MAX_ATTRIBUTE_BYTES:
        raise ValueError(f"the attribute {name} is too large")
    value = group.attrs[name]
    items = [value] if isinstance(value, (str, bytes)) else list(value)
    if not all(isinstance(item, (str, bytes)) for item in items):
        raise ValueError(f"the attribute {name} holds no names")
    return [item.decode() if isinstance(item, bytes) else str(item) for item in items]


def _walk(group: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - h5py has no types
    """Every object once, though hard links may form circles."""
    seen = {_address(group)}
    left = [("", group)]
    while left:
        path, parent = left.pop()
        for name in parent:
            below = f"{path}{name}"
            link = parent.get(name, getlink=True)
            if not isinstance(link, h5py.HardLink):
                yield below, link
                continue
            item = parent[name]
            address = _address(item)
            if address in seen:
                continue
            seen.add(address)
            if len(seen) > MAX_OBJECTS:
                raise ValueError(f"more than {MAX_OBJECTS} objects")
            yield below, item
            if isinstance(item, h5py.Group):
                left.append((f"{below}/", item))


def _address(item: Any) -> int:  # noqa: ANN401 - h5py has no types
    return int(h5py.h5o.get_info(item.id).addr)


def _refuse_strangeness(file: Any, name: str) -> None:  # noqa: ANN401 - h5py has no types
    for path, item in _walk(file):
        if isinstance(item, h5py.Group):
            continue
        if not isinstance(item, h5py.Dataset) or item.external or item.is_virtual:
            raise CnnvizError(
                message("{name} points to data outside itself, which is not followed.", name=name),
                message("Save the weights again as one file with model.save_weights('name.weights.h5')."),
                details=f"{path}: {item!r}",
            )


def _unreadable(path: Path, error: Exception) -> CnnvizError:
    details = f"{type(error).__name__}: {error}"
    if isinstance(error, OSError) and error.errno:
        return CnnvizError(file_error(str(path), error), details=details)
    return CnnvizError(
        message("{name} could not be read as an HDF5 file.", name=path.name),
        message("It may be damaged or not copied to its end; get it once more."),
        details=details,
    )

"""HDF5 files from strangers: opened only when all that they hold lies in them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import h5py

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.core.recipe import file_error
from cnnviz_gui.engine.gate_hdf5 import HDF5_ERRORS, opened_hdf5, walk_hdf5
from cnnviz_gui.engine.gate_limits import refuse_damaged
from cnnviz_gui.engine.gate_path import unchanged
from cnnviz_gui.engine.gate_window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def open_hdf5(path: Path) -> Iterator[Any]:
    """Opens an HDF5 file for reading, after it has passed the gate.

    Args:
        path: The file.

    Yields:
        The `h5py.File`, closed at the end.

    Raises:
        CnnvizError: If it cannot be read, points outside itself, claims more than is stored in it, or is changed
            meanwhile.
    """
    with unchanged(path) as file:
        window = Window(file, 0, file.seek(0, 2))
        with opened_hdf5(window, path.name) as looked_at:
            walk_hdf5(looked_at, window, path.name, default_memory_budget(), texts=True)
        try:
            # h5py reads faster without Python between it and the file.
            with h5py.File(path, "r", locking="best-effort") as opened:
                yield opened
        except HDF5_ERRORS as error:
            if isinstance(error, OSError) and error.errno:
                raise CnnvizError(file_error(str(path), error), details=str(error)) from error
            refuse_damaged(path.name, error)


def datasets(group: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - h5py has no types
    """All datasets below a group with their paths.

    Args:
        group: An `h5py.Group` of a file from `open_hdf5`, which has no circles.

    Yields:
        The path below the group, and the `h5py.Dataset`.
    """
    left = [("", group)]
    while left:
        path, parent = left.pop()
        for name, item in parent.items():
            if isinstance(item, h5py.Group):
                left.append((f"{path}{name}/", item))
            else:
                yield f"{path}{name}", item


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
    value = group.attrs[name]
    items = [value] if isinstance(value, (str, bytes)) else list(value)
    if not all(isinstance(item, (str, bytes)) for item in items):
        raise ValueError(f"the attribute {name} holds no names")
    return [item.decode() if isinstance(item, bytes) else str(item) for item in items]

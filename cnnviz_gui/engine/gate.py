"""The gate: whether a network file may be given to Keras at all.

A network file is a program until shown otherwise. Everything here looks at the file without Keras or TensorFlow,
builds nothing and writes nothing; what passes is still only opened with ``safe_mode=True`` and ``compile=False``, in
a process that may die. The gate belongs into that process too: it relies on the HDF5 library for files that may be
malformed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.engine.gate_check import Check, Gated
from cnnviz_gui.engine.gate_path import open_local, refuse_unknown

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["Gated", "check_network_file", "check_open_file"]


def check_network_file(
    path: Path, *, trusted: str = "", custom: Collection[str] = (), memory_limit: int | None = None
) -> Gated:
    """Checks a network file before Keras sees it.

    Args:
        path: The file. The end of its name decides how it is read, upper case or lower, as with Keras.
        trusted: SHA-256 of the file, where a person has decided to trust the programs in it.
        custom: Classes and functions from a Python file that the user has named, as "Name" or "package>Name".
        memory_limit: How many bytes the network may take; by default what `core.memory` says.

    Returns:
        What it is and what it will take.

    Raises:
        HoldsProgramError: If it holds programs that are not trusted, or that nobody can trust.
        CnnvizError: If it must not be given to Keras for any other reason.
    """
    with open_local(path) as file:
        return check_open_file(file, path, trusted=trusted, custom=custom, memory_limit=memory_limit)


def check_open_file(
    file: BinaryIO, path: Path, *, trusted: str = "", custom: Collection[str] = (), memory_limit: int | None = None
) -> Gated:
    """Checks a network file that is open without a buffer, as `check_network_file` does."""
    limit = default_memory_budget() if memory_limit is None else memory_limit
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(8)
    suffix = path.suffix.lower()
    check = Check(file, size, path.name or str(path), trusted, custom, limit)
    if suffix == ".keras":
        return check.keras(start)
    if suffix in {".h5", ".hdf5"}:
        return check.hdf5()
    if suffix == ".json":
        return check.json()
    refuse_unknown(path, start)

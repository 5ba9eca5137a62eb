"""The gate: whether a network file may be given to Keras at all.

A network file is a program until shown otherwise. Everything here looks at the file without Keras or TensorFlow,
builds nothing and writes nothing; what passes is still only opened with ``safe_mode=True`` and ``compile=False``, in
a process that may die. The gate belongs into that process too: it relies on the HDF5 library for files that may be
malformed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.engine.gate_check import Check, Gated
from cnnviz_gui.engine.gate_path import open_local, refuse_unknown
from cnnviz_gui.engine.gate_programs import HoldsProgramError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

__all__ = ["Gated", "HoldsProgramError", "check_network_file"]


def check_network_file(
    path: Path,
    *,
    trusted: Collection[str] = (),
    custom: Collection[str] = (),
    memory_limit: int | None = None,
) -> Gated:
    """Checks a network file before Keras sees it.

    Args:
        path: The file. The end of its name decides how it is read, upper case or lower, as with Keras.
        trusted: Programs that a person has decided to trust for this very file, as `HoldsProgramError` named them.
        custom: Classes and functions from a Python file that the user has named, as "Name" or "package>Name".
        memory_limit: How many bytes the network may take; by default what `core.memory` says.

    Returns:
        What it is and what it will take.

    Raises:
        HoldsProgramError: If it holds programs that are not trusted, or that nobody can trust.
        CnnvizError: If it must not be given to Keras for any other reason.
    """
    name = path.name or str(path)
    limit = default_memory_budget() if memory_limit is None else memory_limit
    with open_local(path) as file:
        size = file.seek(0, 2)
        file.seek(0)
        start = file.read(8)
        suffix = path.suffix.lower()
        check = Check(file, size, name, trusted, custom, limit)
        if suffix == ".keras":
            return check.keras(start)
        if suffix in {".h5", ".hdf5"}:
            return check.hdf5()
        if suffix == ".json":
            return check.json()
        refuse_unknown(path, start)

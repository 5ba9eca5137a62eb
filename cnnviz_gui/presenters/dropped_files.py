"""What a person dropped: pictures, a network, its weights, its classes, or something else."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviz_gui.core.picture import SUFFIXES
from cnnviz_gui.core.remedies import published_as

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_FOLDER = 1000
_WHOLE = (".keras", ".json")
_HDF5 = (".h5", ".hdf5")
_FOREIGN = (
    ".bin", ".ckpt", ".mlmodel", ".npz", ".onnx", ".pb", ".pdparams", ".pkl", ".pt", ".pth", ".safetensors",
    ".tflite", ".yaml",
)  # fmt: skip
"""Networks of other programs: opening one says what is read instead."""


@dataclass(frozen=True)
class DroppedFiles:
    """Files that came together, by what they are.

    Args:
        network: A network or an architecture, or empty.
        weights: A file of weights that came beside it, or empty.
        classes: A Python file, or empty.
        pictures: All files that are none of these, and those in the folders.
        left: What there is no place for: further networks, weights and Python files.
        folders: Folders in which there is no picture.
    """

    network: str = ""
    weights: str = ""
    classes: str = ""
    pictures: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def sort_dropped(paths: Sequence[str]) -> DroppedFiles:
    """Tells what files are by their names alone; the case of the ending does not matter.

    A file of weights that comes alone is told as the network: opening it says what is lacking.
    """
    pictures: list[str] = []
    folders: list[str] = []
    networks: list[str] = []
    weights: list[str] = []
    python: list[str] = []
    for path in paths:
        suffix = Path(path).suffix.lower()
        if os.path.isdir(path):
            found = [] if _is_saved_model(path) else pictures_in(Path(path))
            pictures += found
            if not found:
                (networks if _is_saved_model(path) else folders).append(path)
        elif suffix in _HDF5 and _sounds_like_weights(path):
            weights.append(path)
        elif suffix in (*_WHOLE, *_HDF5, *_FOREIGN):
            networks.append(path)
        elif suffix == ".py":
            python.append(path)
        else:
            pictures.append(path)
    main = networks or weights[:1]
    beside = weights[:1] if networks else []
    left = [*main[1:], *weights[1:], *python[1:]]
    return DroppedFiles(
        "".join(main[:1]), "".join(beside), "".join(python[:1]), tuple(pictures), tuple(left), tuple(folders)
    )


def pictures_in(folder: Path) -> list[str]:
    """The pictures of a folder, not of those in it, in natural order ("2" before "10")."""
    try:
        names = [entry.name for entry in folder.iterdir() if entry.suffix.lower() in SUFFIXES and entry.is_file()]
    except OSError:
        # A folder that cannot be listed holds no picture that could be read; the caller says so.
        return []
    return [str(folder / name) for name in sorted(names, key=_natural)[:MAX_FOLDER]]


def _is_saved_model(path: str) -> bool:
    return os.path.exists(os.path.join(path, "saved_model.pb"))


def _sounds_like_weights(path: str) -> bool:
    name = Path(path).name.lower()
    return "weights" in name or published_as(name) is not None


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """As file managers do: numbers by their value and before letters."""
    parts = [part for part in re.split(r"(\d+)", name) if part]
    return [(False, int(part), "") if part.isdecimal() else (True, 0, part.lower()) for part in parts]

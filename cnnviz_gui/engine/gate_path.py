"""What lies at a path, before anything is read: a plain file on this machine, or a sentence."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.recipe import file_error
from cnnviz_gui.engine.gate_limits import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")
"""hf:// and the like; a Path has lost one of the slashes. A drive is one letter."""
HDF5 = b"\x89HDF\r\n\x1a\n"
BLOCK = 1 << 20
ZIP = b"PK\x03\x04"
FOREIGN = {
    ".pt": "PyTorch",
    ".pth": "PyTorch",
    ".ckpt": "PyTorch or TensorFlow 1",
    ".onnx": "ONNX",
    ".tflite": "TensorFlow Lite",
    ".pb": "TensorFlow",
    ".safetensors": "Safetensors",
    ".mlmodel": "Core ML",
    ".caffemodel": "Caffe",
    ".npz": "NumPy",
}


def open_local(path: Path) -> BinaryIO:
    """Opens a plain file without a buffer.

    Args:
        path: As the user gave it.

    Returns:
        The file, of at least one byte.

    Raises:
        CnnvizError: If it is an address, a folder, a device, a pipe, missing, empty or not readable.
    """
    name = path.name or str(path)
    if REMOTE.match(str(path)):
        refuse(
            message("{name} is an address: only files on this machine are opened.", name=str(path)),
            message("Download the file and open the copy."),
        )
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            refuse_folder(path)
        if not stat.S_ISREG(mode):
            refuse(message("{name} is a device or a pipe, not a file.", name=name))
        file = path.open("rb", buffering=0)
    except OSError as error:
        if error.errno == errno.ELOOP:
            refuse(message("{name} is a link that leads to itself.", name=name), details=error)
        refuse(file_error(str(path), error), details=error)
    except ValueError as error:
        refuse(message("{name} is not a file name.", name=repr(str(path))), details=error)
    if file.seek(0, 2) == 0:
        file.close()
        refuse(message("{name} is empty.", name=name), message("Copy or download it again."))
    return file


@contextlib.contextmanager
def unchanged(path: Path) -> Iterator[BinaryIO]:
    """Opens a plain file for as long as it is looked at and loaded, as `open_local` does.

    Keras opens it once more by its name. That this gives the same bytes is seen by what the system notes of the file:
    whatever writes into it or puts another one in its place changes that, and only the system's administrator could
    hide it.

    Yields:
        The file.

    Raises:
        CnnvizError: At the end, if it was changed meanwhile, and as `open_local`.
    """
    with open_local(path) as file:
        before = _noted(os.fstat(file.fileno()))
        yield file
        try:
            same = before == _noted(os.fstat(file.fileno())) == _noted(path.stat())
        except OSError:
            same = False
        if not same:
            refuse(
                message("{name} was changed while it was being opened.", name=path.name),
                message("Open it again when nothing writes to it any more."),
            )


def _noted(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def file_digest(file: BinaryIO) -> str:
    """SHA-256 of an open file from its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def refuse_folder(path: Path) -> NoReturn:
    """Says what a folder is and how its network can be opened.

    Raises:
        CnnvizError: Always.
    """
    if (path / "saved_model.pb").exists() or (path / "saved_model.pbtxt").exists():
        refuse(
            message("{name} is a SavedModel: one opaque program without layers to look into.", name=path.name),
            message("Where the network was made, save it as one file with model.save('network.keras')."),
        )
    if (path / "config.json").exists():
        refuse(
            message("{name} is a folder; a network is opened from one file.", name=path.name),
            message("Zip what is in the folder, and give the zip file a name that ends in .keras."),
        )
    refuse(
        message("{name} is a folder, not a network.", name=path.name), message("Choose a .keras or .h5 file in it.")
    )


def refuse_unknown(path: Path, start: bytes) -> NoReturn:
    """Says what a file is whose name does not end as a network's does.

    Args:
        path: The file.
        start: Its first bytes.

    Raises:
        CnnvizError: Always.
    """
    name = path.name
    if start.startswith(HDF5):
        refuse(
            message("{name} is an HDF5 file, but its name does not end in .h5.", name=name),
            message("If it is a network, give it a name that ends in .h5."),
        )
    if path.suffix.lower() == ".py":
        refuse(
            message("{name} is a Python file, not a network.", name=name),
            message("Open the network's own file, and name this one as the file with its classes."),
        )
    maker = FOREIGN.get(path.suffix.lower())
    if maker:
        refuse(
            message("{name} is a file of {maker}, which Keras does not read.", name=name, maker=maker),
            message("Convert the network, then save it with model.save('network.keras')."),
        )
    if start.startswith(ZIP):
        refuse(
            message("{name} is a zip file, but its name does not end in .keras.", name=name),
            message("If it is a network, give it a name that ends in .keras."),
        )
    refuse(
        message("{name} is not a network: .keras, .h5 and .json files are read.", name=name),
        message("Save the network with model.save('network.keras')."),
    )

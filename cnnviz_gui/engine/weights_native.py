"""Weights as Keras 3 writes them: `.weights.h5` files, and the same inside a `.keras` file."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import traceback
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.recipe import file_error
from cnnviz_gui.engine.weights_hdf5 import datasets
from cnnviz_gui.engine.weights_mismatch import explain_arrays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnnviz_gui.engine.runtime import keras

ROOTS = ("layers", "_layer_checkpoint_dependencies")
"""Where the layers lie; the second name was used before Keras 3."""
_MEMBER = "model.weights.h5"
_VARIABLE = re.compile(r".*\bvars/\d+")
_ROOM = 64_000_000


def is_native(file: Any) -> bool:  # noqa: ANN401 - h5py has no types
    """Whether an `h5py.File` has the layout of Keras 3."""
    return any(root in file for root in ROOTS) and "layer_names" not in file.attrs


def check_native(model: keras.Model, file: Any, name: str, network: str) -> None:  # noqa: ANN401 - h5py has no types
    """Compares the arrays of a file with those of a network, without reading them.

    Keras itself loads what has names that it knows and passes over the rest without a word.

    Args:
        model: The network.
        file: The `h5py.File`.
        name: What to call it.
        network: What to call the network.

    Raises:
        CnnvizError: If arrays are missing, left over, or of other shapes.
    """
    received = [
        tuple(data.shape)
        for root in ROOTS
        if root in file
        for path, data in datasets(file[root])
        # Dropout layers store the state of their random numbers.
        if _VARIABLE.fullmatch(path) and "seed_generator" not in path
    ]
    expected = [tuple(variable.shape) for variable in model.weights]
    if sorted(received) != sorted(expected):
        raise explain_arrays(name, model, network, expected=expected, received=received)


def load_native(model: keras.Model, path: Path, name: str, network: str) -> None:
    """Loads a file that `check_native` has seen.

    Args:
        model: The network.
        path: The file; with any suffix.
        name: What to call it.
        network: What to call the network.

    Raises:
        CnnvizError: If Keras does not take it.
    """
    try:
        with _suffixed(path) as fitting:
            model.load_weights(fitting)
    # Keras raises by turns ValueError, KeyError and what h5py raises.
    except Exception as error:
        raise CnnvizError(
            message("{name} does not hold weights that fit {network}.", name=name, network=network),
            message("Choose the network that the file was saved from."),
            details=traceback.format_exc(),
        ) from error


@contextlib.contextmanager
def _suffixed(path: Path) -> Iterator[Path]:
    """The file under a name that Keras takes for its own format; it looks at nothing else."""
    if path.name.endswith(".weights.h5"):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="cnnviz-") as folder:
        fitting = Path(folder, _MEMBER)
        try:
            os.link(path, fitting)
        except OSError:
            shutil.copyfile(path, fitting)
        yield fitting


@contextlib.contextmanager
def stored_weights(path: Path, model: keras.Model, network: str) -> Iterator[Path]:
    """Takes the weights out of a `.keras` file, into a file that is removed at the end.

    Args:
        path: The `.keras` file.
        model: The network; what is far larger than its weights is not unpacked.
        network: What to call it.

    Yields:
        A `.weights.h5` file.

    Raises:
        CnnvizError: If there are none, or they cannot be unpacked.
    """
    limit = 16 * model.count_params() + _ROOM
    with tempfile.TemporaryDirectory(prefix="cnnviz-") as folder:
        unpacked = Path(folder, _MEMBER)
        try:
            with zipfile.ZipFile(path) as archive:
                info = archive.getinfo(_MEMBER)
                if info.file_size > limit:
                    raise CnnvizError(
                        message(
                            "{name} holds far more weights than {network} has. Expected: up to {limit} MB. "
                            "Received: {size} MB.",
                            name=path.name,
                            network=network,
                            limit=limit // 1_000_000,
                            size=info.file_size // 1_000_000,
                        ),
                        message("Choose the network that the file was saved from."),
                    )
                # zipfile stops at the size that it has just been asked for, whatever follows in the file.
                with archive.open(info) as source, unpacked.open("wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
        except KeyError as error:
            raise CnnvizError(message("There are no weights in {name}.", name=path.name)) from error
        except OSError as error:
            raise CnnvizError(file_error(str(path), error), details=str(error)) from error
        except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, ValueError) as error:
            raise CnnvizError(
                message("{name} could not be read as a .keras file.", name=path.name),
                message("It may be damaged or not copied to its end; get it once more."),
                details=f"{type(error).__name__}: {error}",
            ) from error
        yield unpacked

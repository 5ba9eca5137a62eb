"""Reading networks from files."""

from __future__ import annotations

import contextlib
import errno
import json
import re
import shutil
import stat
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import h5py

from cnnviz_gui import resources
from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, Message, message
from cnnviz_gui.core.recipe import file_error
from cnnviz_gui.core.remedies import (
    CHOOSE_ARCHITECTURE,
    CHOOSE_CLASSES,
    CHOOSE_WEIGHTS,
    open_as_application,
    open_untrained,
    published_as,
)
from cnnviz_gui.engine.bare_names import bare_names
from cnnviz_gui.engine.custom_classes import load_classes
from cnnviz_gui.engine.custom_code import Unbuilt
from cnnviz_gui.engine.gate import check_open_file
from cnnviz_gui.engine.gate_path import file_digest, open_local, refuse_folder, refuse_unknown, unchanged
from cnnviz_gui.engine.inputs import NoPicture
from cnnviz_gui.engine.memory import exhausted, is_exhausted
from cnnviz_gui.engine.runtime import keras
from cnnviz_gui.engine.weights_resnet50 import first_resnet50

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.core.remedies import Remedy

_HDF5_SUFFIXES = (".h5", ".hdf5")
_UNKNOWN_CLASS = (
    re.compile(r"Could not locate (?:class|function) '([^']+)'"),
    re.compile(r"Unknown (?:layer|object|activation function|\w+): '?([^'.\s]+)"),
    re.compile(r"Could not interpret activation function identifier: ([^\s]+)"),
)


def check_file(source: NetworkSource) -> Path:
    """Finds a network's file.

    Raises:
        CnnvizError: If it is missing, a folder, or of a kind that is not read.
    """
    path = Path(source.name)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if error.errno not in {errno.ENOENT, errno.ENOTDIR}:
            raise CnnvizError(file_error(source.name, error), details=str(error)) from error
        mode = 0
    except ValueError:
        # No file has a name with such a letter.
        mode = 0
    if stat.S_ISDIR(mode):
        refuse_folder(path)
    if not stat.S_ISREG(mode):
        raise CnnvizError(
            message("There is no network called {name}.", name=source.name),
            message(
                "Use a .keras, .h5 or .json file, keras:NAME such as keras:ResNet50, or one of: {names}.",
                names=", ".join(resources.bundled_networks()),
            ),
        )
    if path.suffix.lower() not in {".keras", ".json", *_HDF5_SUFFIXES}:
        with open_local(path) as file:
            refuse_unknown(path, file.read(8))
    if path.suffix.lower() == ".json" and source.weights == "imagenet":
        raise CnnvizError(
            message("{name} holds a network's architecture without its weights.", name=path.name),
            message("Choose its weights file as well, or open it untrained with the weights none."),
            remedies=(CHOOSE_WEIGHTS, open_untrained(source.name)),
        )
    return path


def read_network(source: NetworkSource, path: Path, memory_limit: int) -> tuple[keras.Model, str]:
    """Reads a whole network, or its architecture from a .json file.

    Args:
        source: With the Python file of its own classes and the digest that is trusted, where there are such.
        path: The file.
        memory_limit: Bytes that it may take.

    Returns:
        The network, and the file's SHA-256.

    Raises:
        CnnvizError: If it cannot be read, or must not be.
    """
    own = load_classes(source.classes) if source.classes else {}
    try:
        with unchanged(path) as file:
            # A network's file is a program until shown otherwise: Keras sees only what has passed.
            check_open_file(file, path, trusted=source.trusted, custom=tuple(own), memory_limit=memory_limit)
            return _load(path, own), file_digest(file)
    except CnnvizError as error:
        missing = str(dict(error.what.values).get("what", ""))
        if path.suffix.lower() in _HDF5_SUFFIXES and _is_operation(missing):
            raise _holds_operation(path, missing, error.details) from error
        raise
    # Keras' deserialisation raises whatever the code of the layers raises.
    except Exception as error:
        raise unreadable(path, error) from error


def _load(path: Path, own: dict[str, Any]) -> keras.Model:
    """Has Keras load what has passed the gate."""
    if path.suffix.lower() == ".json":
        return _from_json(path, own)
    if path.suffix.lower() in _HDF5_SUFFIXES and not _has_architecture(path):
        raise _only_weights(path)
    with _spelled_as_keras_does(path) as spelled:
        objects = {**bare_names(), **own} if spelled.suffix in _HDF5_SUFFIXES else own
        return keras.models.load_model(spelled, custom_objects=objects, compile=False, safe_mode=True)


@contextlib.contextmanager
def _spelled_as_keras_does(path: Path) -> Iterator[Path]:
    """The same file under a name that ends in lower case: Keras takes one that ends in .KERAS for a SavedModel."""
    if path.suffix == path.suffix.lower():
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="cnnviz-") as folder:
        spelled = Path(folder) / f"network{path.suffix.lower()}"
        try:
            spelled.symlink_to(path.resolve())
        except OSError:
            # Not everybody may make links on Windows.
            shutil.copyfile(path, spelled)
        yield spelled


def _from_json(path: Path, own: dict[str, Any]) -> keras.Model:
    text = path.read_text("utf-8")
    config = json.loads(text)
    if not isinstance(config, dict) or "class_name" not in config:
        raise CnnvizError(
            message("{name} is not the architecture of a Keras network.", name=path.name),
            message("Write it with model.to_json()."),
        )
    return keras.models.model_from_json(text, custom_objects=own)


def _has_architecture(path: Path) -> bool:
    with h5py.File(path, "r") as file:
        return "model_config" in file.attrs


def _only_weights(path: Path) -> CnnvizError:
    return CnnvizError(
        message("{name} holds weights without the network that they belong to.", name=path.name),
        message("Open the network, a .keras or .json file or keras:NAME, and choose this file as its weights."),
        remedies=(*_known_architecture(path), CHOOSE_ARCHITECTURE),
    )


def _known_architecture(path: Path) -> tuple[Remedy, ...]:
    """The keras.applications network that a file of weights says it belongs to: by its name, or by its layers'."""
    known = published_as(path.name) or first_resnet50(path)
    return (open_as_application(known[0], str(path), include_top=known[1]),) if known else ()


def _holds_operation(path: Path, operation: str, details: str) -> CnnvizError:
    return CnnvizError(
        message(
            "{name} was saved as .h5, which does not hold operations such as {missing} whole.",
            name=path.name,
            missing=operation,
        ),
        message("Save the network where it was made with model.save('network.keras')."),
        details=details,
    )


def unreadable(path: Path, error: Exception) -> CnnvizError:
    """Says in words why a network's file could not be read.

    Args:
        path: The file.
        error: What Keras raised.
    """
    if is_exhausted(error):
        return exhausted(path.name, traceback.format_exc())
    what: Message = message("{name} could not be read as a Keras network.", name=path.name)
    remedies: tuple[Remedy, ...] = ()
    hint = message("It may be damaged, or need classes that are not part of Keras.")
    missing = _missing_class(str(error))
    if isinstance(error, OSError) and error.errno:
        what, hint = file_error(str(path), error), NO_MESSAGE
    elif "lambda" in str(error).lower():
        what = message("{name} holds a program (a Lambda layer), which is not run.", name=path.name)
        hint = message("Replace the Lambda layer by a layer class and save the network again.")
    elif missing:
        what = message("{name} needs {what}, which is not part of Keras.", name=path.name, what=missing)
        hint = message("Name the Python file that defines it, or save the network without it.")
        remedies = (CHOOSE_CLASSES,)
    return CnnvizError(what, hint, details=traceback.format_exc(), remedies=remedies)


def _missing_class(text: str) -> str:
    """Name of the class or function that Keras did not find, without the package it was registered in; or empty."""
    found = next((match for pattern in _UNKNOWN_CLASS if (match := pattern.search(text))), None)
    return found[1].rpartition(">")[2] if found else ""


def _is_operation(name: str) -> bool:
    """Whether a class is an operation written into a network as a call or a formula, not a layer."""
    modules = (keras.src.ops.numpy, keras.src.ops.nn, keras.src.ops.core)
    return name[:1].isupper() and (any(hasattr(module, name) for module in modules) or name.endswith("OpLambda"))


def unfollowed(title: str, error: ValueError) -> CnnvizError:
    """Says in words why a network that was read cannot be followed layer by layer."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, NoPicture):
        return CnnvizError(
            message("{name} does not take pictures. Its inputs: {shapes}.", name=title, shapes=error),
            message("Networks with an input of shape (height, width, channels) can be opened."),
            details=details,
        )
    if isinstance(error, Unbuilt):
        return CnnvizError(
            message("{name} was saved before the shape of its input was known, so it has no weights.", name=title),
            message("Put keras.Input(shape=...) first, or call it on one picture, and save it again."),
            details=details,
        )
    return CnnvizError(
        message("{name} runs code of its own in which layers cannot be told apart.", name=title),
        message("Networks made with keras.Sequential or the functional API always open."),
        details=details,
    )

"""A network's own classes, from a Python file that the user names."""

from __future__ import annotations

import hashlib
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.recipe import file_error
from cnnviz_gui.core.remedies import CHOOSE_CLASSES
from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Iterator


def load_classes(path: str) -> dict[str, Any]:
    """Runs a Python file and collects what a network may need from it.

    The file runs as a module with a private name, and Keras' own registry is as it was afterwards. Modules that
    lie beside it can be imported by it.

    Args:
        path: The file.

    Returns:
        Classes and functions that it defines by their names, and what it registered with Keras by the names it
        registered.

    Raises:
        CnnvizError: If the file cannot be read, or raises an error.
    """
    file = Path(path)
    try:
        code = file.read_bytes()
    except OSError as error:
        raise CnnvizError(file_error(path, error), details=str(error), remedies=(CHOOSE_CLASSES,)) from error
    module = ModuleType(f"_cnnviz_classes_{hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:16]}")
    module.__file__ = str(file)
    with _registry() as registered, _importable(module, file.resolve().parent):
        try:
            exec(compile(code, str(file), "exec", dont_inherit=True), module.__dict__)
        # Whatever the file does, including sys.exit(), ends in a sentence.
        except (Exception, SystemExit) as error:
            raise _broken(file, error) from error
    defined = {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, (type, FunctionType)) and value.__module__ == module.__name__
    }
    return {**defined, **registered}


@contextmanager
def _registry() -> Iterator[dict[str, Any]]:
    """Collects what is registered with Keras meanwhile, and puts its registry back."""
    everything = keras.saving.get_custom_objects()
    before = dict(everything)
    found: dict[str, Any] = {}
    try:
        yield found
        found.update({name: value for name, value in everything.items() if before.get(name) is not value})
    finally:
        everything.clear()
        everything.update(before)


@contextmanager
def _importable(module: ModuleType, folder: Path) -> Iterator[None]:
    """Lets a module be found by its name for as long as it lives, and those beside it while it runs."""
    sys.modules[module.__name__] = module
    # At the end: a file called "random.py" beside it must not take the place of Python's own.
    sys.path.append(str(folder))
    try:
        yield
    finally:
        if str(folder) in sys.path:
            sys.path.reverse()
            sys.path.remove(str(folder))
            sys.path.reverse()


def _broken(file: Path, error: BaseException) -> CnnvizError:
    line = error.lineno if isinstance(error, SyntaxError) else None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == str(file):
            line = frame.lineno
    details = traceback.format_exc()
    if isinstance(error, ModuleNotFoundError) and error.name:
        return CnnvizError(
            message("{name} needs the module {module}, which is not installed.", name=file.name, module=error.name),
            message("Put it beside the file, or install it where this application runs."),
            details=details,
            remedies=(CHOOSE_CLASSES,),
        )
    return CnnvizError(
        message("The Python file {name} stops with an error in line {line}.", name=file.name, line=line or "?"),
        message("It should define the network's classes and do nothing else."),
        details=details,
        remedies=(CHOOSE_CLASSES,),
    )

"""Recipes: everything that determines a result, as JSON inside the PNG that shows it."""

from __future__ import annotations

import errno
import json
import os
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from PIL import Image, PngImagePlugin, UnidentifiedImageError

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.unfinished import remove_unfinished, unfinished_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

CHUNK = "cnnviz-recipe"
"""Keyword of the PNG's iTXt chunk."""
FORMAT = 1


@dataclass(frozen=True)
class Recipe:
    """A recipe as its canonical JSON text, so that it is hashable and compares by content."""

    text: str

    @property
    def content(self) -> dict[str, Any]:
        """The recipe's fields."""
        content: dict[str, Any] = json.loads(self.text)
        return content


def make_recipe(kind: str, **content: Any) -> Recipe:  # noqa: ANN401 - whatever JSON holds
    """Makes a recipe.

    Args:
        kind: "channels" or "patterns".
        content: JSON values.
    """
    fields = {"cnnviz": FORMAT, "kind": kind, **content}
    return Recipe(json.dumps(fields, ensure_ascii=False, sort_keys=True, indent=1))


def read_recipe(path: str) -> Recipe | None:
    """Reads the recipe of a PNG file.

    Returns:
        The recipe, or None if it is a picture without one.

    Raises:
        CnnvizError: If the file cannot be read, or its recipe is damaged or of a newer format.
    """
    name = Path(path).name
    try:
        with Path(path).open("rb") as file:
            with warnings.catch_warnings():
                # Of sizes: no pixel is decoded here.
                warnings.simplefilter("ignore")
                Image.open(file, formats=("PNG",)).verify()
            file.seek(0)
            return recipe_of(file, name)
    except (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError) as error:
        raise CnnvizError(
            message("{name} is not a PNG file that can be read.", name=name), details=str(error)
        ) from error
    except OSError as error:
        raise CnnvizError(file_error(path, error), details=str(error)) from error


def recipe_of(file: IO[bytes], name: str) -> Recipe | None:
    """Reads the recipe of an encoded picture.

    Args:
        file: The encoded picture; of any format, only PNG carries recipes.
        name: What to call it in messages.

    Returns:
        The recipe, or None if it is a picture without one.

    Raises:
        CnnvizError: If the recipe is damaged or of a newer format.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=("PNG",)) as image:
                text = image.text.get(CHUNK) if isinstance(image, PngImagePlugin.PngImageFile) else None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        # Not a PNG, or one whose later frames, behind which text may stand, cannot be read.
        return None
    if text is None:
        return None
    recipe = Recipe(str(text))
    try:
        version = int(recipe.content["cnnviz"])
        str(recipe.content["kind"])
    except (ValueError, KeyError, TypeError) as error:
        raise CnnvizError(message("The recipe in {name} is damaged.", name=name), details=str(error)) from error
    if version > FORMAT:
        raise CnnvizError(
            message(
                "The recipe in {name} was made by a newer version (format {found}; this one reads up to {known}).",
                name=name,
                found=version,
                known=FORMAT,
            ),
            message("Install the newest version."),
        )
    return recipe


def save_png(path: str, pixels: NDArray[np.uint8], recipe: Recipe) -> None:
    """Writes a PNG with its recipe; an older file is replaced whole or stays as it was.

    Args:
        path: Where.
        pixels: (h, w) or (h, w, 3) uint8.
        recipe: Goes into the text chunk `CHUNK`.

    Raises:
        CnnvizError: If the folder is missing, read-only or full.
    """
    info = PngImagePlugin.PngInfo()
    info.add_itxt(CHUNK, recipe.text)
    info.add_itxt("Software", "cnnviz-gui")
    image = Image.fromarray(np.ascontiguousarray(pixels))
    replace_file(path, lambda file: image.save(file, format="PNG", pnginfo=info, compress_level=6))


def save_npz(path: str, **arrays: NDArray[Any]) -> None:
    """Writes named arrays as .npz, replacing an older file whole or not at all."""
    replace_file(path, lambda file: np.savez_compressed(file, allow_pickle=False, **arrays))


def replace_file(path: str, write: Callable[[Any], object]) -> None:
    """Writes a file beside its target and puts it in the target's place when it is whole and on the disk.

    Args:
        path: The target.
        write: Called with a binary file that can be written and sought.

    Raises:
        CnnvizError: If that cannot be done; the target is then as it was and nothing is left beside it.
    """
    target = Path(path)
    remove_unfinished(target.parent)
    try:
        with unfinished_file(target.parent) as (file, temporary):
            write(file)
            file.flush()
            os.fsync(file.fileno())
            # The file was made private; a saved picture gets the rights any new file would.
            umask = os.umask(0)
            os.umask(umask)
            temporary.chmod(0o666 & ~umask)
            if sys.platform == "win32":
                # It moves no file that is open.
                file.close()
            temporary.replace(target)
    except OSError as error:
        raise CnnvizError(file_error(path, error), details=str(error)) from error


def file_error(path: str, error: OSError) -> Message:
    """Says in words why a file could not be read or written."""
    name = Path(path).name or path
    folder = str(Path(path).parent)
    if error.errno in {errno.ENOENT, errno.ENOTDIR} and not os.path.isdir(folder):
        return message("There is no folder {folder}.", folder=folder)
    if error.errno == errno.ENOENT:
        return message("{name} was not found in {folder}.", name=name, folder=folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return message("{folder} does not let you read or write {name}.", name=name, folder=folder)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return message("The disk is full: {name} was not written.", name=name)
    if error.errno == errno.ENAMETOOLONG:
        return message("The file name is too long: {name}.", name=name)
    if error.errno == errno.EISDIR:
        return message("{name} is a folder, not a file.", name=name)
    return message("{name} could not be read or written: {reason}.", name=name, reason=error.strerror or error)

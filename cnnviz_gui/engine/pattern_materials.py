"""What an objective names outside of the network: pictures and files of numbers, put into the request."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui import resources
from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.objective import Objective, Term, format_objective, pictures_named, with_argument
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.engine.files import read_picture_file

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.core.picture import Picture

MOST_NUMBERS = 16_384


def with_materials(request: MakePatterns) -> MakePatterns:
    """Reads what the objective of a request names: sample photos, picture files, and directions in .npy files.

    Pictures that the request brings along already are not read again. The numbers of a direction take the place of
    its file's name, so that a recipe holds them.

    Raises:
        CnnvizError: If something is not there or cannot be read.
    """
    objective = parse_objective(request.settings.objective)
    read = _with_numbers(objective)
    settings = request.settings
    if read != objective:
        settings = replace(settings, objective=format_objective(read))
    known = {name for name, _ in request.pictures}
    missing = [name for name in pictures_named(read) if name and name not in known]
    pictures = (*request.pictures, *((name, _picture(name)) for name in missing))
    return replace(request, settings=settings, pictures=pictures)


def _with_numbers(objective: Objective) -> Objective:
    return tuple(
        with_argument(term, _numbers(str(term.arguments[0]))) if _names_file(term) else term for term in objective
    )


def _names_file(term: Term) -> bool:
    return term.kind == "direction" and isinstance(term.arguments[0], str)


def _numbers(path: str) -> tuple[float, ...]:
    """The numbers of a .npy file."""
    name = Path(path).name
    try:
        # Mapped, so that what a file claims to hold takes no memory.
        values = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise CnnvizError(
            message("The direction in {name} was not read: it is no .npy file of numbers.", name=name),
            message("Save it with numpy.save, one number for each channel of the layer."),
            details=f"{type(error).__name__}: {error}",
        ) from error
    if not isinstance(values, np.ndarray) or values.dtype.kind not in "fiu" or not 0 < values.size <= MOST_NUMBERS:
        raise CnnvizError(
            message("The direction in {name} was not read: it is no .npy file of numbers.", name=name),
            message("Save it with numpy.save, one number for each channel of the layer."),
        )
    flat = np.asarray(values, np.float32).ravel()
    if not np.isfinite(flat).all():
        raise CnnvizError(message("The direction in {name} holds numbers that are not finite.", name=name))
    # As short as a float32 can be written.
    return tuple(float(str(number)) for number in flat)


def _picture(name: str) -> Picture:
    """A sample photo by its name, or a picture file by its path."""
    samples = {photo.name: str(photo.path) for photo in resources.sample_photos()}
    if name not in samples and not os.path.isfile(name):
        raise CnnvizError(
            message("There is no picture called {name}.", name=name),
            message("Write the name of a sample photo, or the path of a picture file in double quotes."),
        )
    return read_picture_file(name if os.path.isfile(name) else samples[name])

"""Finished patterns in a file, so that a session can show them again without making them again."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.film import Film
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern_reasons import Reason
from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns
from cnnviz_gui.core.recipe import Recipe
from cnnviz_gui.core.replay import pattern_settings

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
_ABOUT = "about"
_ARRAYS = {"images": np.float32, "pictures": np.uint8, "objective": np.float32, "score": np.float32}


def write_patterns(file: IO[bytes], patterns: Patterns) -> None:
    """Writes patterns as an .npz file: their arrays, and all else as JSON under "about"."""
    job = patterns.request
    about = {
        "format": FORMAT,
        "network": asdict(job.network),
        "layer": job.layer,
        "asked": job.channels,
        "settings": asdict(job.settings),
        "preprocessing": job.preprocessing,
        "frames": job.frames,
        "films": [None if film is None else film.steps for film in patterns.films],
        "channels": patterns.channels,
        "steps": patterns.steps,
        "reasons": patterns.reasons,
        "climbed": _message_row(patterns.climbed),
        "recipe": patterns.recipe.text,
    }
    arrays = {name: getattr(patterns, name) for name in _ARRAYS}
    arrays |= {_film(place): film.packed() for place, film in enumerate(patterns.films) if film is not None}
    np.savez(file, allow_pickle=False, **{_ABOUT: np.array(json.dumps(about))}, **arrays)


def read_patterns(path: Path) -> Patterns:
    """Reads what `write_patterns` wrote.

    Raises:
        CnnvizError: If the file is missing, damaged, or of a newer format.
    """
    try:
        # Opened here: of a damaged file, NumPy would leave it open.
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            about: dict[str, Any] = json.loads(str(file[_ABOUT]))
            if about["format"] != FORMAT:
                raise ValueError(f"format {about['format']}")
            arrays: dict[str, Any] = {name: file[name].astype(kind, copy=False) for name, kind in _ARRAYS.items()}
            films = tuple(
                None if steps is None else Film.unpacked(tuple(int(step) for step in steps), file[_film(place)])
                for place, steps in enumerate(about.get("films", []))
            )
        channels = tuple(int(channel) for channel in about["channels"])
        size = int(about["settings"]["size"])
        pictures = (len(channels), size, size, 3)
        if not channels or arrays["pictures"].shape != pictures or len(arrays["objective"]) != len(channels):
            raise ValueError(f"{len(channels)} channels, pictures of shape {arrays['pictures'].shape}")
        job = MakePatterns(
            NetworkSource(**about["network"]),
            str(about["layer"]),
            tuple(int(channel) for channel in about["asked"]),
            pattern_settings(about["settings"]),
            str(about["preprocessing"]),
            frames=int(about.get("frames", 0)),
        )
        return Patterns(
            request=job,
            channels=channels,
            steps=tuple(int(count) for count in about["steps"]),
            reasons=tuple(None if name is None else Reason(name) for name in about["reasons"]),
            climbed=_message(about["climbed"]),
            recipe=Recipe(str(about["recipe"])),
            films=films,
            **arrays,
        )
    # A damaged file makes zipfile and NumPy raise anything.
    except Exception as error:
        raise CnnvizError(
            message("The patterns of the session could not be read."), details=f"{type(error).__name__}: {error}"
        ) from error


def _film(place: int) -> str:
    """Name of the array that holds the film of the pattern at a place."""
    return f"film-{place}"


def _message_row(text: Message) -> list[Any]:
    """A message as JSON: its source, and the name and value of each field, which may be a message itself."""
    values = [[name, _message_row(value) if isinstance(value, Message) else value] for name, value in text.values]
    return [text.source, values]


def _message(row: list[Any]) -> Message:
    source, values = row
    return Message(
        str(source),
        tuple((str(name), _message(value) if isinstance(value, list) else value) for name, value in values),
    )

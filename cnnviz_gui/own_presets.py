"""The user's own presets: a file of names and parameters in the folder of the user's settings.

The window and the console command read the same file. A file that was damaged is set aside, never written over.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from platformdirs import user_config_path

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.pattern import PRESETS, PatternSettings, check_settings
from cnnviz_gui.core.recipe import file_error, replace_file
from cnnviz_gui.core.replay import pattern_settings

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
CUSTOM = "custom"
LONGEST_NAME = 60
MOST_BYTES = 16_000_000


class _UnusableError(CnnvizError):
    """The file can be read, but what it holds cannot be used."""


class OwnPresets:
    """Presets by name, kept in a file.

    Args:
        path: The file; the user's own by default.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_config_path("cnnviz-gui", appauthor=False) / "presets.json"

    def all(self) -> dict[str, PatternSettings]:
        """The presets by name, in the order in which they were saved. What cannot be read is not among them."""
        try:
            rows = self._rows()
        except CnnvizError:
            # `problem` says it.
            return {}
        found = {}
        for name, row in rows.items():
            try:
                settings = replace(pattern_settings(row), preset=name)
                check_settings(settings)
            # Of one that another version wrote, or a person: the others are as good as before.
            except (CnnvizError, TypeError, ValueError, AttributeError, OverflowError):
                continue
            found[name] = settings
        return found

    def save(self, name: str, settings: PatternSettings) -> PatternSettings:
        """Saves parameters under a name; an older preset of that name is replaced.

        Returns:
            The settings as the preset of that name.

        Raises:
            CnnvizError: If it is no name for a preset, or the file cannot be written.
        """
        good = _checked_name(name)
        saved = replace(settings, preset=good)
        self._write({**self._kept_rows(), good: asdict(saved)})
        return saved

    def rename(self, old: str, new: str) -> None:
        """Gives a preset another name; its place among the others stays.

        Raises:
            CnnvizError: If there is none of the old name, the new one is taken or no name, or the file cannot be
                written.
        """
        good = _checked_name(new)
        rows = self._kept_rows()
        if old not in rows:
            raise _missing(old)
        if good != old and good in rows:
            raise CnnvizError(message("There is a preset called {name} already.", name=good))
        self._write({(good if name == old else name): row for name, row in rows.items()})

    def delete(self, name: str) -> None:
        """Removes a preset.

        Raises:
            CnnvizError: If there is none of that name, or the file cannot be written.
        """
        rows = self._kept_rows()
        if name not in rows:
            raise _missing(name)
        self._write({other: row for other, row in rows.items() if other != name})

    @property
    def problem(self) -> CnnvizError | None:
        """Why the presets that were saved cannot be read, or None."""
        try:
            self._rows()
        except CnnvizError as error:
            return error
        return None

    def _rows(self) -> dict[str, dict[str, object]]:
        """What the file holds, by name.

        Raises:
            CnnvizError: If it cannot be read, is damaged or of a newer version.
        """
        try:
            if self._path.stat().st_size > MOST_BYTES:
                raise ValueError(f"more than {MOST_BYTES} bytes")
            content = json.loads(self._path.read_text(encoding="utf-8"))
            version = int(content["cnnviz"])
            rows = {} if version > FORMAT else content["presets"]
            found = {str(name): dict(row) for name, row in rows.items()}
        except (FileNotFoundError, NotADirectoryError):
            # Nothing was ever kept. Where the folder is no folder, the settings say so.
            return {}
        except OSError as error:
            raise CnnvizError(file_error(str(self._path), error), details=str(error)) from error
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            raise _UnusableError(
                message("Your own presets are damaged and cannot be read."),
                message("{path} is set aside when you save a preset.", path=str(self._path)),
                details=f"{type(error).__name__}: {error}",
            ) from error
        if version > FORMAT:
            raise _UnusableError(
                message("Your own presets were saved by a newer version and cannot be read."),
                message("{path} is set aside when you save a preset.", path=str(self._path)),
            )
        return found

    def _kept_rows(self) -> dict[str, dict[str, object]]:
        """What the file holds; one that cannot be used is set aside first, for a person or a newer version."""
        try:
            return self._rows()
        except _UnusableError:
            number = 1
            while (aside := self._path.with_name(f"{self._path.stem}-aside-{number}.json")).exists():
                number += 1
            try:
                self._path.rename(aside)
            except OSError as error:
                raise CnnvizError(file_error(str(self._path), error), details=str(error)) from error
            return {}

    def _write(self, rows: dict[str, dict[str, object]]) -> None:
        text = json.dumps({"cnnviz": FORMAT, "presets": rows}, ensure_ascii=False, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CnnvizError(file_error(str(self._path), error), details=str(error)) from error
        replace_file(str(self._path), lambda file: file.write(text.encode()))


def find_preset(name: str, own: OwnPresets) -> PatternSettings:
    """A preset of the application or of the user, by its name.

    Raises:
        CnnvizError: If there is none; the message names them all, or says why one's own cannot be read.
    """
    known = {**own.all(), **PRESETS}
    if name not in known:
        if (problem := own.problem) is not None:
            raise problem
        raise CnnvizError(
            message("There is no preset called {name}. Known: {names}.", name=name, names=", ".join(known))
        )
    return known[name]


def _checked_name(name: str) -> str:
    good = " ".join(name.split())
    if not good or len(good) > LONGEST_NAME or not good.isprintable():
        raise CnnvizError(message("The name of a preset has 1 to {most} characters.", most=LONGEST_NAME))
    if good.casefold() in {*PRESETS, CUSTOM}:
        raise CnnvizError(
            message("{name} is a preset of the application.", name=good), message("Choose another name.")
        )
    return good


def _missing(name: str) -> CnnvizError:
    return CnnvizError(message("There is no preset called {name}.", name=name))

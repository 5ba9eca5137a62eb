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


class OwnPresets:
    """Presets by name, kept in a file.

    Args:
        path: The file; the user's own by default.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_config_path("cnnviz-gui", appauthor=False) / "presets.json"

    def all(self) -> dict[str, PatternSettings]:
        """The presets by name, in the order in which they were saved. What cannot be read is not among them."""
        rows = self._rows() or {}
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

    def _rows(self) -> dict[str, dict[str, object]] | None:
        """What the file holds, by name; None where it is damaged."""
        try:
            if self._path.stat().st_size > MOST_BYTES:
                return None
            content = json.loads(self._path.read_text(encoding="utf-8"))
            if content["cnnviz"] != FORMAT:
                return None
            return {str(name): dict(row) for name, row in content["presets"].items()}
        except FileNotFoundError:
            # Nothing was ever kept.
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            # Damaged in one way or another; whoever asked says so.
            return None

    def _kept_rows(self) -> dict[str, dict[str, object]]:
        """What the file holds; one that is damaged is set aside first, for a person to look at."""
        rows = self._rows()
        if rows is None:
            number = 1
            while (aside := self._path.with_name(f"{self._path.stem}-damaged-{number}.json")).exists():
                number += 1
            try:
                self._path.rename(aside)
            except OSError as error:
                raise CnnvizError(file_error(str(self._path), error), details=str(error)) from error
        return rows or {}

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
        CnnvizError: If there is none; the message names them all.
    """
    known = {**own.all(), **PRESETS}
    if name not in known:
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

"""From a recipe back to the requests that make its picture again."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.core.requests import DrawGrid, ExportGrid, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.core.requests import OtherPictures


def recipe_network(recipe: Recipe, classes: str = "", trusted: str = "") -> tuple[NetworkSource, str]:
    """The network of a recipe, and the SHA-256 that it had.

    Args:
        recipe: The recipe.
        classes: Path of a Python file with the network's own classes. It is run, so it comes from the user and never
            out of a recipe, which anyone may have made.
        trusted: SHA-256 of the network's file that the user trusts the programs of; likewise.
    """
    with _damage():
        row = dict(recipe.content["network"])
        source = NetworkSource(str(row["name"]), str(row["weights"]), bool(row["include_top"]), classes, trusted)
        return source, str(row["sha256"])


def recipe_picture(recipe: Recipe) -> tuple[str, str, str]:
    """(name, path, SHA-256) of the picture of a recipe of kind "channels"."""
    with _damage():
        row = recipe.content["picture"]
        return str(row["name"]), str(row["path"]), str(row["sha256"])


def recipe_others(recipe: Recipe) -> tuple[tuple[str, str, str, str], ...]:
    """(input, name, path, SHA-256) of the pictures that further inputs took."""
    with _damage():
        rows = [dict(row) for row in recipe.content.get("other_pictures", [])]
        return tuple((str(row["input"]), str(row["name"]), str(row["path"]), str(row["sha256"])) for row in rows)


def grid_request(
    recipe: Recipe, picture: Picture, path: str, *, others: OtherPictures = (), classes: str = "", trusted: str = ""
) -> ExportGrid:
    """The export that writes a recipe's grid again.

    Args:
        recipe: The recipe.
        picture: Its picture.
        path: Where to.
        others: The pictures of `recipe_others`.
        classes: As in `recipe_network`.
        trusted: Likewise.
    """
    source, _ = recipe_network(recipe, classes, trusted)
    with _damage():
        row = recipe.content
        height, width = (_at_least(1, number) for number in row["size"])
        draw = DrawGrid(
            View(source, str(row["layer"]), picture, (height, width), str(row["preprocessing"]), others),
            Scale(row["scale"]),
            SortKey(row["sort"]),
            _at_least(0, row["per_row"]),
            float(row["aspect"]),
            _at_least(0, row["chosen"]),
        )
        channel = None if row["channel"] is None else _at_least(0, row["channel"])
        return ExportGrid(draw, str(row["colormap"]), path, channel, _at_least(1, row["enlarge"]))


def recipe_pictures(recipe: Recipe) -> tuple[tuple[str, str, str, str], ...]:
    """(written, name, path, SHA-256) of the pictures of a recipe of kind "patterns"."""
    with _damage():
        rows = [dict(row) for row in recipe.content.get("pictures", [])]
        return tuple((str(row["as"]), str(row["name"]), str(row["path"]), str(row["sha256"])) for row in rows)


def pattern_requests(
    recipe: Recipe, classes: str = "", trusted: str = "", pictures: tuple[tuple[str, Picture], ...] = ()
) -> tuple[MakePatterns, ...]:
    """The requests that make a recipe's patterns again, in their order: more than one after a stop.

    Args:
        recipe: The recipe.
        classes: As in `recipe_network`.
        trusted: As in `recipe_network`.
        pictures: The pictures of `recipe_pictures`.
    """
    source, _ = recipe_network(recipe, classes, trusted)
    with _damage():
        row = recipe.content
        settings = pattern_settings(row["settings"])
        channels = [int(channel) for channel in row["channels"]]
        steps = [int(count) for count in row.get("steps_done", [settings.steps] * len(channels))]
        return tuple(
            MakePatterns(
                source,
                str(row["layer"]),
                tuple(channel for channel, _ in group),
                replace(settings, steps=count),
                str(row["preprocessing"]),
                pictures=pictures,
            )
            for count, group in groupby(zip(channels, steps, strict=True), key=lambda pair: pair[1])
        )


def pattern_settings(row: Mapping[str, Any]) -> PatternSettings:
    """Pattern settings out of JSON; what is not known is left out, and what is missing is as by default.

    Raises:
        TypeError: As `ValueError`.
        ValueError: If a value cannot be read as what its parameter holds.
    """
    known: dict[str, Any] = {field.name: field.default for field in fields(PatternSettings)}
    return PatternSettings(**{name: type(known[name])(value) for name, value in row.items() if name in known})


def _at_least(low: int, value: Any) -> int:  # noqa: ANN401 - whatever JSON holds
    number = int(value)
    if number < low:
        raise ValueError(f"Expected at least {low}. Received: {number}")
    return number


class _damage:
    """Turns what a damaged recipe raises into a sentence."""

    def __enter__(self) -> None:
        """Does nothing."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:  # noqa: ANN401
        """Explains errors of reading fields; lets others pass."""
        if isinstance(error, (KeyError, TypeError, ValueError, AttributeError, OverflowError)):
            raise CnnvizError(
                message("The recipe is damaged or was made by another version."),
                details=f"{type(error).__name__}: {error}",
            ) from error

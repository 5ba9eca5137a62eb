"""Pictures that remember: bringing back the view that a dropped export was made of."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.replay import (
    grid_request,
    pattern_requests,
    recipe_network,
    recipe_others,
    recipe_picture,
    recipe_pictures,
)
from cnnviz_gui.core.requests import OpenNetwork, ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.state import Display
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.views import JobBarView
    from cnnviz_gui.session.session import Session


_PICTURES = {slots.RECIPE_PICTURE, slots.RECIPE_OTHER}
Row = tuple[str, str, str]
"""Name, path and SHA-256 of a picture."""


class RecipePresenter(QObject):
    """Restores a recipe: its network, its pictures, the layer and how it was drawn; or its pattern settings.

    Nothing changes until all of it was found. A network or a picture that is not the recipe's is said so; patterns
    that began with a picture come back with that very picture or not at all, since they would grow into others.

    Args:
        samples: Path of every sample photo by its file name, for recipes that were made elsewhere.
        code_of: The code that a person has let run for a network, by its name: see `Settings.code_of`. A recipe,
            which anyone may have made, names none.
    """

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        bar: JobBarView,
        patterns: PatternPresenter,
        samples: Mapping[str, str],
        code_of: Callable[[str], tuple[str, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._bar = bar
        self._patterns = patterns
        self._samples = samples
        self._code_of = code_of
        self._recipe: Recipe | None = None
        self._code = ("", "")
        self._network: Network | None = None
        self._pictures: dict[str, PictureRead] = {}
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_ended)
        runner.stopped.connect(self._on_ended)

    @Slot(object)
    def restore(self, recipe: Recipe) -> None:
        """Brings back what a recipe describes."""
        try:
            plain, _ = recipe_network(recipe)
            classes, trusted = self._code_of(plain.name)
            source, _ = recipe_network(recipe, classes, trusted)
            found = {slot: self._find(*row) for slot, row in self._wanted(recipe).items()}
        except CnnvizError as error:
            self._bar.show_error(error.what, error.hint, error.details)
            return
        # The pictures of an older recipe must not come between.
        for slot in self._runner.running():
            if slots.kind_of(slot) in _PICTURES:
                self._runner.cancel(slot)
        self._recipe, self._code, self._network = recipe, (classes, trusted), None
        self._pictures = {slot: read for slot, read in found.items() if not isinstance(read, str)}
        self._runner.submit(slots.RECIPE_NETWORK, OpenNetwork(source))
        for slot, path in found.items():
            if isinstance(path, str):
                self._runner.submit(slot, ReadPicture(path=path))

    def _find(self, name: str, path: str, sha256: str) -> PictureRead | str:
        """A picture of the recipe if it is on the screen, else its path: where it was, or among the samples."""
        state = self._session.state
        for shown in (state.picture, *(read for _, read in state.others)):
            if shown is not None and shown.picture.sha256 == sha256:
                return shown
        if os.path.isfile(path):
            return path
        if name in self._samples:
            return self._samples[name]
        raise CnnvizError(
            message("The picture of the recipe, {name}, was not found.", name=name),
            message("Open the picture first, then drop the export again."),
        )

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request
        if slot == slots.RECIPE_NETWORK:
            self._network = result  # type: ignore[assignment]
        elif slots.kind_of(slot) in _PICTURES:
            self._pictures[slot] = result  # type: ignore[assignment]
        else:
            return
        if self._recipe is None or self._network is None or self._runner.busy(slots.RECIPE_NETWORK):
            return
        if self._pictures.keys() >= self._wanted(self._recipe).keys():
            recipe, self._recipe = self._recipe, None
            self._apply(recipe, self._network)

    @Slot(str, object)
    def _on_ended(self, slot: str, request: object, error: object = None) -> None:
        del request, error
        if slot == slots.RECIPE_NETWORK or slots.kind_of(slot) in _PICTURES:
            self._recipe = None

    def _apply(self, recipe: Recipe, network: Network) -> None:
        differs = [message("the network")] if recipe_network(recipe)[1] != network.sha256 else []
        try:
            if recipe.content["kind"] == "patterns":
                differs += self._apply_patterns(recipe, network)
            else:
                differs += self._apply_grid(recipe, network)
        except CnnvizError as error:
            self._bar.show_error(error.what, error.hint, error.details)
            return
        said = message("The view of the recipe is back.")
        if differs:
            names = ", ".join(words(part) for part in differs)
            said = message("The view of the recipe is back, but this is not the same: {names}.", names=names)
        self._bar.show_note(words(said))

    def _apply_patterns(self, recipe: Recipe, network: Network) -> list[Message]:
        requests = pattern_requests(recipe, *self._code)
        layer = network.layer(requests[0].layer).name
        channels = tuple(channel for request in requests for channel in request.channels)
        state = self._session.state
        begun = self._pictures.get(slots.RECIPE_PICTURE)
        if begun is not None and not self._is_same(recipe, slots.RECIPE_PICTURE):
            raise CnnvizError(
                message("{name} is another picture than the one these patterns began with.", name=begun.picture.name),
                message("Open the picture as it was, then drop the export again."),
            )
        # Patterns say nothing about the picture: it is squashed to what another network wants.
        size = state.size if network == state.network else network.input_size or network.nominal_size
        self._session.restore(
            network=network,
            layer=layer,
            preprocessing=requests[0].preprocessing,
            picture=begun or state.picture,
            size=size,
            channels=channels[:1],
        )
        self._patterns.adopt(channels, requests[0].settings)
        return self._differing(recipe)

    def _apply_grid(self, recipe: Recipe, network: Network) -> list[Message]:
        picture = self._pictures[slots.RECIPE_PICTURE]
        named = [
            (row[0], self._pictures[slots.of_input(slots.RECIPE_OTHER, row[0])]) for row in recipe_others(recipe)
        ]
        given = tuple((name, read.picture) for name, read in named)
        classes, trusted = self._code
        export = grid_request(recipe, picture.picture, "", others=given, classes=classes, trusted=trusted)
        draw, view = export.draw, export.draw.view
        self._session.restore(
            network=network,
            layer=network.layer(view.layer).name,
            preprocessing=view.preprocessing,
            picture=picture,
            others=tuple(named),
            size=view.size,
            display=Display(draw.scale, export.colormap, draw.sort, draw.per_row),
            channels=(draw.chosen if export.channel is None else export.channel,),
        )
        return self._differing(recipe)

    def _differing(self, recipe: Recipe) -> list[Message]:
        same = all(self._is_same(recipe, slot) for slot in _rows(recipe))
        return [] if same else [message("the picture")]

    def _is_same(self, recipe: Recipe, slot: str) -> bool:
        """Whether a picture was found and has the recipe's digest."""
        _, _, sha256 = _rows(recipe)[slot]
        return slot in self._pictures and self._pictures[slot].picture.sha256 == sha256

    def _wanted(self, recipe: Recipe) -> dict[str, Row]:
        """The pictures without which a recipe cannot be restored, by the slot that reads them.

        Those that an objective names by their paths are looked at where they are there: the objective can be changed.
        """
        rows = _rows(recipe)
        if recipe.content["kind"] != "patterns":
            return rows
        return {slot: row for slot, row in rows.items() if slot == slots.RECIPE_PICTURE or self._is_there(row)}

    def _is_there(self, row: Row) -> bool:
        name, path, _ = row
        return name in self._samples or os.path.isfile(path)


def _rows(recipe: Recipe) -> dict[str, Row]:
    """(name, path, SHA-256) of every picture of a recipe, by the slot that reads it."""
    if recipe.content["kind"] == "patterns":
        rows = recipe_pictures(recipe)
        return {
            slots.of_input(slots.RECIPE_OTHER, row[0]) if row[0] else slots.RECIPE_PICTURE: row[1:] for row in rows
        }
    others = {slots.of_input(slots.RECIPE_OTHER, row[0]): row[1:] for row in recipe_others(recipe)}
    return {slots.RECIPE_PICTURE: recipe_picture(recipe), **others}

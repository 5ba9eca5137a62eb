"""Pictures that remember: bringing back the view that a dropped export was made of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.replay import grid_request, pattern_requests, recipe_network, recipe_picture
from cnnviz_gui.core.requests import OpenNetwork, ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.state import Display
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.views import JobBarView
    from cnnviz_gui.session.session import Session


class RecipePresenter(QObject):
    """Restores a recipe: its network, its picture, the layer and how it was drawn; or its pattern settings.

    Nothing changes until all of it was found. A network or a picture that is not the recipe's is said so.

    Args:
        samples: Path of every sample photo by its file name, for recipes that were made elsewhere.
    """

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        bar: JobBarView,
        patterns: PatternPresenter,
        samples: Mapping[str, str],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._bar = bar
        self._patterns = patterns
        self._samples = samples
        self._recipe: Recipe | None = None
        self._network: Network | None = None
        self._picture: PictureRead | None = None
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_ended)
        runner.stopped.connect(self._on_ended)

    @Slot(object)
    def restore(self, recipe: Recipe) -> None:
        """Brings back what a recipe describes."""
        try:
            source, _ = recipe_network(recipe)
            path = "" if recipe.content["kind"] == "patterns" else self._picture_path(recipe)
        except CnnvizError as error:
            self._bar.show_error(error.what, error.hint, error.details)
            return
        # The picture of an older recipe must not come between.
        self._runner.cancel(slots.RECIPE_PICTURE)
        self._recipe, self._network, self._picture = recipe, None, None
        self._runner.submit(slots.RECIPE_NETWORK, OpenNetwork(source))
        if path:
            self._runner.submit(slots.RECIPE_PICTURE, ReadPicture(path=path))

    def _picture_path(self, recipe: Recipe) -> str:
        """Where the recipe's picture is: where it was, among the samples, or on the screen."""
        name, path, sha256 = recipe_picture(recipe)
        shown = self._session.state.picture
        if shown is not None and shown.picture.sha256 == sha256:
            return ""
        if path and Path(path).is_file():
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
        elif slot == slots.RECIPE_PICTURE:
            self._picture = result  # type: ignore[assignment]
        else:
            return
        waiting = self._runner.busy(slots.RECIPE_NETWORK) or self._runner.busy(slots.RECIPE_PICTURE)
        if self._recipe is not None and self._network is not None and not waiting:
            recipe, self._recipe = self._recipe, None
            self._apply(recipe, self._network)

    @Slot(str, object)
    def _on_ended(self, slot: str, request: object, error: object = None) -> None:
        del request, error
        if slot in {slots.RECIPE_NETWORK, slots.RECIPE_PICTURE}:
            self._recipe = None

    def _apply(self, recipe: Recipe, network: Network) -> None:
        differs = [message("the network")] if recipe_network(recipe)[1] != network.sha256 else []
        try:
            if recipe.content["kind"] == "patterns":
                self._apply_patterns(recipe, network)
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

    def _apply_patterns(self, recipe: Recipe, network: Network) -> None:
        requests = pattern_requests(recipe)
        layer = network.layer(requests[0].layer).name
        channels = tuple(channel for request in requests for channel in request.channels)
        state = self._session.state
        # Patterns say nothing about the picture: it is squashed to what another network wants.
        size = state.size if network == state.network else network.input_size or network.nominal_size
        self._session.restore(
            network=network,
            layer=layer,
            preprocessing=requests[0].preprocessing,
            size=size,
            channels=channels[:1],
        )
        self._patterns.adopt(channels, requests[0].settings)

    def _apply_grid(self, recipe: Recipe, network: Network) -> list[Message]:
        picture = self._picture or self._session.state.picture
        if picture is None:
            return []
        export = grid_request(recipe, picture.picture, "")
        draw, view = export.draw, export.draw.view
        self._session.restore(
            network=network,
            layer=network.layer(view.layer).name,
            preprocessing=view.preprocessing,
            picture=picture,
            size=view.size,
            display=Display(draw.scale, export.colormap, draw.sort, draw.per_row),
            channels=(draw.chosen if export.channel is None else export.channel,),
        )
        return [] if picture.picture.sha256 == recipe_picture(recipe)[2] else [message("the picture")]

"""From what is in the pattern panel to a request."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.film import FRAMES
from cnnviz_gui.core.objective import Numbering, numbering, pictures_named
from cnnviz_gui.core.objective_check import parse_chosen
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern_requests import MakePatterns

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.session.state import SessionState


def numbering_of(settings: PatternSettings) -> Numbering:
    """What patterns are asked for by; channels where the objective cannot be read."""
    try:
        return numbering(parse_objective(settings.objective))
    # What is wrong with it is said beside its field.
    except CnnvizError:
        return Numbering.CHANNELS


def pattern_request(state: SessionState, typed: str, settings: PatternSettings) -> MakePatterns | CnnvizError | None:
    """Makes the request for what is in the panel.

    Args:
        state: Where the user is.
        typed: Channels, classes or starts.
        settings: The parameters.

    Returns:
        The request, why there is none, or None where there is no layer to make patterns of.
    """
    layer = state.layer_info
    if state.network is None or layer is None:
        return None
    try:
        objective = parse_objective(settings.objective)
        name, chosen = parse_chosen(objective, state.network, layer.name, typed)
    except CnnvizError as error:
        return error
    fixed = state.network.input_size
    if fixed is not None and settings.size != fixed[0]:
        settings = replace(settings, size=fixed[0])
    if fixed is not None and settings.octaves > 1:
        settings = replace(settings, octaves=1)
    wants_picture = settings.start == "picture" or "" in pictures_named(objective)
    pictures = (("", state.picture.picture),) if wants_picture and state.picture is not None else ()
    if not pictures and settings.start == "picture":
        # A dream with no picture to dream of begins with noise.
        settings = replace(settings, start="noise")
    return MakePatterns(state.network.source, name, chosen, settings, state.preprocessing, FRAMES, pictures)


def goes_on_from(wanted: MakePatterns, stands: MakePatterns, steps: int) -> bool:
    """Whether patterns that are wanted go on where others stand, with so many steps at least."""
    asked = wanted.settings
    same = replace(stands.settings, preset=asked.preset, steps=asked.steps, batch=asked.batch)
    return asked.steps >= steps and replace(stands, settings=same, frames=wanted.frames) == wanted

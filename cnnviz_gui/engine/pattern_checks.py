"""What must be right about a request for patterns before anything is computed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.objective import compares_pictures
from cnnviz_gui.core.objective_check import check_objective
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern import check_settings
from cnnviz_gui.engine.pattern_materials import with_materials

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Layer, Network
    from cnnviz_gui.core.pattern_requests import MakePatterns

TOGETHER = 16
"""Pictures that are compared with each other when nobody says how many."""


def checked_request(network: Network, layer: Layer, request: MakePatterns) -> MakePatterns:
    """Checks a request against its network.

    Args:
        network: The network.
        layer: The layer of the request.
        request: The request.

    Returns:
        The request with everything that it names outside of the network read; where pictures of a batch are compared,
        with the size of the batch that was left open, since the pictures depend on it.

    Raises:
        CnnvizError: If a parameter is out of range, the network has not what the objective names, the layer has no
            such channel, the size does not fit, or a file cannot be read.
    """
    check_settings(request.settings)
    request = with_materials(request)
    settings = request.settings
    terms = check_objective(parse_objective(settings.objective), network, request.layer)
    own = [network.layer(term.layer) for term in terms if term.takes_own_channel]
    for climbed in own or [layer]:
        _check_channels(climbed, request.channels, any_number=not own)
    _check_size(network, settings.size, settings.octaves)
    if compares_pictures(terms) and not settings.batch:
        together = min(len(request.channels), TOGETHER)
        return replace(request, settings=replace(settings, batch=together))
    return request


def _check_channels(layer: Layer, channels: tuple[int, ...], *, any_number: bool) -> None:
    """Checks that a layer has channels; those that only tell starts apart may have any number."""
    wrong = [channel for channel in channels if channel < 0 or (channel >= layer.channels and not any_number)]
    if wrong or not channels:
        raise CnnvizError(
            message(
                "{layer} has {count} channels: 0 to {last}. Received: {channels}.",
                layer=layer.name,
                count=layer.channels,
                last=layer.channels - 1,
                channels=", ".join(map(str, wrong)) or "-",
            )
        )


def _check_size(network: Network, size: int, octaves: int) -> None:
    fixed = network.input_size
    if fixed is None:
        return
    if fixed != (size, size):
        raise CnnvizError(
            message(
                "{network} takes pictures of {height} x {width} only, and patterns are squares of {size}.",
                network=network.title,
                height=fixed[0],
                width=fixed[1],
                size=size,
            ),
            message("Set the size to {height}, or open the network without its top.", height=fixed[0])
            if fixed[0] == fixed[1]
            else message(
                "Its pictures are not square: save it with an input of (None, None, channels) for patterns."
            ),
        )
    if octaves > 1:
        raise CnnvizError(
            message(
                "{network} takes pictures of one size only, and every octave has another.", network=network.title
            ),
            message("Set octaves to 1, or open the network without its top."),
        )

"""Holding an objective against a network: every layer, channel and class that it names must be there."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.network import LayerKind
from cnnviz_gui.core.objective import Numbering, numbering
from cnnviz_gui.core.pattern import parse_channels

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Layer, Network
    from cnnviz_gui.core.objective import Objective, Term

NEAREST = 5
ANY_NUMBER = 1024


def check_objective(objective: Objective, network: Network, layer: str) -> Objective:
    """Checks an objective and puts in what it leaves out.

    Args:
        objective: As it was read.
        network: The network.
        layer: Name of the layer that patterns are made of.

    Returns:
        The same with a layer in every term, of a class the classifier, and with classes as their numbers.

    Raises:
        CnnvizError: If the network has no such layer, channel or class, or a layer is not fit for its term.
    """
    return tuple(_checked(term, network, layer) for term in objective)


def class_number(network: Network, label: str) -> int:
    """The channel of a class of the network.

    Args:
        network: The network.
        label: Its name, one of its names, or its number; letters may be large or small.

    Raises:
        CnnvizError: If there is none; the message names the nearest ones.
    """
    wanted = label.strip().casefold()
    if wanted.isascii() and wanted.isdecimal():
        return int(wanted)
    # Two classes of ImageNet are called crane: the first one is meant, the other one has its number. A label that
    # lists several names, as in "echidna, spiny anteater", goes by each of them.
    by_name: dict[str, int] = {}
    for number, label_of in enumerate(network.labels):
        for name in (label_of, *label_of.split(",")):
            by_name.setdefault(name.strip().casefold(), number)
    if wanted in by_name:
        return by_name[wanted]
    within = [number for name, number in by_name.items() if wanted and wanted in name]
    similar = [by_name[name] for name in difflib.get_close_matches(wanted, by_name, NEAREST, 0.0)]
    nearest = [network.labels[number] for number in dict.fromkeys([*within, *similar])][:NEAREST]
    raise CnnvizError(
        message("{network} has no class called {label}.", network=network.title, label=label),
        message("Did you mean: {names}?", names="; ".join(nearest))
        if nearest
        else message("Its classes have no names here: write the number of one."),
    )


def classifier(network: Network) -> Layer:
    """The layer whose channels are classes.

    Raises:
        CnnvizError: If the network tells no classes apart.
    """
    if network.classifier is None:
        raise CnnvizError(
            message("{network} is no classifier: it has no classes.", network=network.title),
            message("Open it with its top, or climb the channels of one of its layers."),
        )
    return network.layer(network.classifier)


def channels_to_choose(objective: Objective, network: Network, layer: str) -> int:
    """How many channels there are to make patterns of: all their numbers are less.

    Where an objective is the same for all pictures, numbers tell starts apart, and there are `ANY_NUMBER` of them.

    Args:
        objective: As it was read.
        network: The network.
        layer: Name of the layer that patterns are made of.

    Raises:
        CnnvizError: As `check_objective`.
    """
    checked = check_objective(objective, network, layer)
    counts = [network.layer(term.layer).channels for term in checked if term.takes_own_channel]
    return min(counts, default=ANY_NUMBER)


def parse_chosen(objective: Objective, network: Network, layer: str, text: str) -> tuple[str, tuple[int, ...]]:
    """Reads what patterns are wanted of, as people type it.

    Args:
        objective: As it was read.
        network: The network.
        layer: Name of the chosen layer.
        text: Channels or starts like "0-63, 80", or classes like "espresso; 281".

    Returns:
        The name of the layer that they are channels of, which of classes is the classifier, and the channels.

    Raises:
        CnnvizError: As `check_objective`, or if there is no such channel or class.
    """
    count = channels_to_choose(objective, network, layer)
    if numbering(objective) is not Numbering.CLASSES:
        return layer, parse_channels(text, count)
    found: dict[int, None] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        is_range = re.fullmatch(r"[\d\s,-]+", part)
        found.update(dict.fromkeys(parse_channels(part, count) if is_range else [class_number(network, part)]))
    return classifier(network).name, tuple(found) or parse_channels("", count)


def _checked(term: Term, network: Network, layer: str) -> Term:
    if term.kind == "class":
        return _checked_class(term, network)
    found = network.layer(term.layer or layer)
    _check_layer(term, found)
    return replace(term, layer=found.name)


def _checked_class(term: Term, network: Network) -> Term:
    found = network.layer(term.layer) if term.layer else classifier(network)
    arguments = term.arguments
    if arguments and isinstance(arguments[0], str):
        arguments = (class_number(network, arguments[0]),)
    checked = replace(term, layer=found.name, arguments=arguments)
    _check_layer(checked, found)
    return checked


def _check_layer(term: Term, layer: Layer) -> None:
    if not layer.channels:
        raise CnnvizError(message("{layer} has no channels to climb.", layer=layer.name))
    channel = term.channel
    if channel is not None and channel >= layer.channels:
        raise CnnvizError(
            message(
                "{layer} has {count} channels: 0 to {last}. Received: {channels}.",
                layer=layer.name,
                count=layer.channels,
                last=layer.channels - 1,
                channels=channel,
            )
        )
    if term.kind == "position" and layer.kind is not LayerKind.MAPS:
        raise CnnvizError(
            message("{layer} has no positions: its channels are single numbers.", layer=layer.name),
            message("Climb its channel instead."),
        )
    direction = term.arguments[0] if term.kind == "direction" else None
    if isinstance(direction, tuple) and len(direction) != layer.channels:
        raise CnnvizError(
            message(
                "A direction in {layer} has {count} numbers, one a channel. Received: {received}.",
                layer=layer.name,
                count=layer.channels,
                received=len(direction),
            )
        )

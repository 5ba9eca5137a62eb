"""The arguments of ``cnnviz patterns``: every parameter of a recipe under the recipe's name."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.objective import compares_pictures, takes_own_channel
from cnnviz_gui.core.objective_check import channels_to_choose, class_number, classifier
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern import CLIMBS, IMAGES, OPTIMIZERS, PRECISIONS, check_settings, parse_channels
from cnnviz_gui.own_presets import OwnPresets, find_preset

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.network import Layer, Network
    from cnnviz_gui.core.pattern import PatternSettings

DEFAULT_PATTERNS = 64
DEFAULT_COMPARED = 4
"""Pictures of an objective that compares them."""
TRANSFORMS: dict[str, Callable[[str], Any]] = {
    "pad": int, "jitter": int, "rotate": float, "scale": float, "jitter_after": int,
}  # fmt: skip
PLAIN = (
    "size", "steps", "step_size", "seed", "objective", "image", "optimizer", "momentum", "octaves", "climb", "escape",
    "total_variation", "l2", "blur", "precision", "batch",
)  # fmt: skip
"""Parameters that have an option of their own name."""


def add_patterns(parser: argparse.ArgumentParser) -> None:
    """Adds what says which patterns to make, and how."""
    parser.add_argument(
        "--layer",
        action="append",
        help="its name, also as in the tutorial (res2a_branch2a); of several, each has a file with its name; classes "
        "need none",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--channels", metavar="RANGE", help="such as 0-63,80 or all; default: the first 64")
    which.add_argument(
        "--class",
        dest="classes_wanted",
        action="append",
        default=[],
        metavar="LABEL",
        help="a class of the network by its name or number; may be given several times",
    )
    parser.add_argument(
        "--preset", type=_preset, default="tutorial",
        metavar="NAME", help="tutorial, clear, deepdream, class, or one of your own; default: tutorial",
    )  # fmt: skip
    how = parser.add_argument_group("parameters, in place of the preset's")
    how.add_argument(
        "--objective",
        type=_objective,
        metavar="TEXT",
        help="what is climbed: channel, position, layer, class(espresso), direction(7), caricature(coffee), or a sum "
        'such as "channel - 0.5 * block3b_add:channel(4) + diversity(100)"',
    )
    how.add_argument("--start", metavar="noise|PICTURE", help="what the first step begins with")
    how.add_argument("--image", choices=IMAGES, help="what is changed: pixels, a spectrum, or its phases alone")
    how.add_argument("--size", type=count_of, metavar="N", help="edge length in pixels")
    how.add_argument("--steps", type=count_of, metavar="N")
    how.add_argument("--octaves", type=count_of, metavar="N", help="sizes to go through, each 1.4 times the last")
    how.add_argument("--optimizer", choices=OPTIMIZERS)
    how.add_argument("--step-size", type=float, metavar="X")
    how.add_argument("--momentum", type=float, metavar="X", help="for sgd")
    how.add_argument("--climb", choices=CLIMBS, help="a layer's output, or what goes into its activation function")
    how.add_argument(
        "--escape",
        type=index_of,
        metavar="N",
        help="steps for which rectifiers let through what they all block",
    )
    how.add_argument(
        "--transforms",
        type=_transforms,
        metavar="LIST",
        help='before each step: any of pad=12,jitter=8,rotate=10,scale=.1,jitter_after=4; "none" first for no others',
    )
    how.add_argument("--total-variation", type=float, metavar="X", help="weight of what is subtracted for edges")
    how.add_argument("--l2", type=float, metavar="X", help="weight of what is subtracted for distance from grey")
    how.add_argument("--blur", type=float, metavar="X", help="weight of what is subtracted for fine detail")
    how.add_argument("--seed", type=index_of, metavar="N")
    how.add_argument("--precision", choices=PRECISIONS, help="bfloat16 is a draft, faster on some machines")
    how.add_argument("--batch", type=count_of, metavar="N", help="pictures computed together")
    parser.add_argument("--preprocessing", help="default: inferred")


def chosen_settings(options: argparse.Namespace) -> PatternSettings:
    """The preset with the parameters that were given in place of its own.

    Raises:
        CnnvizError: If a parameter is out of range.
    """
    settings: PatternSettings = options.preset
    given = {name: getattr(options, name) for name in PLAIN if getattr(options, name) is not None}
    given |= options.transforms or {}
    if options.classes_wanted and options.objective is None:
        given["objective"] = "class"
    if options.start is not None:
        given["start"] = "noise" if options.start == "noise" else "picture"
    elif settings.start == "picture":
        # A dream with no picture to dream of begins with noise.
        given["start"] = "noise"
    made = replace(settings, **given)
    check_settings(made)
    return made


def default_layer(network: Network, settings: PatternSettings) -> str:
    """The layer where none is named: the one that the objective names, which of a class is the classifier.

    Raises:
        CnnvizError: If the objective names none either.
    """
    objective = parse_objective(settings.objective)
    named = [term.layer or (classifier(network).name if term.kind == "class" else "") for term in objective]
    if not all(named):
        raise CnnvizError(message("Whose channels? Name a layer with --layer."))
    return named[0]


def chosen_channels(
    options: argparse.Namespace, network: Network, layer: Layer, settings: PatternSettings
) -> tuple[int, ...]:
    """The channels to make patterns of.

    Raises:
        CnnvizError: If the network has no such channel or class.
    """
    objective = parse_objective(settings.objective)
    count = channels_to_choose(objective, network, layer.name)
    if options.classes_wanted:
        return tuple(dict.fromkeys(class_number(network, label) for label in options.classes_wanted))
    if options.channels is not None:
        return parse_channels(options.channels, count)
    if takes_own_channel(objective):
        return tuple(range(min(DEFAULT_PATTERNS, count)))
    return tuple(range(DEFAULT_COMPARED if compares_pictures(objective) else 1))


def count_of(text: str) -> int:
    """A whole number that is not 0."""
    number = index_of(text)
    if not number:
        raise argparse.ArgumentTypeError("must be at least 1. Received: 0")
    return number


def index_of(text: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"\d{1,10}", text):
        raise argparse.ArgumentTypeError(f"must be a whole number. Received: {text}")
    return int(text)


def _preset(text: str) -> PatternSettings:
    try:
        return find_preset(text, OwnPresets())
    except CnnvizError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _objective(text: str) -> str:
    try:
        parse_objective(text)
    except CnnvizError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _transforms(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for number, part in enumerate(text.split(",")):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if name == "none" and not equals and number == 0:
            found = {known: kind("0") for known, kind in TRANSFORMS.items()}
            continue
        try:
            found[name] = TRANSFORMS[name](value)
        except (KeyError, ValueError) as error:
            known = ", ".join(TRANSFORMS)
            raise argparse.ArgumentTypeError(f"must be NAME=NUMBER with {known}. Received: {part}") from error
    return found

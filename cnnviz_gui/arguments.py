"""The arguments of the two commands."""

from __future__ import annotations

import argparse
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviz_gui import __version__, resources
from cnnviz_gui.core.mosaic import TUTORIAL_PER_ROW, Scale
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.preprocessing import PREPROCESSINGS
from cnnviz_gui.pattern_arguments import add_patterns, count_of, index_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cnnviz_gui.core.network import Size


def window_parser() -> argparse.ArgumentParser:
    """Makes the parser of the command that opens the window."""
    parser = argparse.ArgumentParser(prog="cnnviz-gui", description="Look inside convolutional networks.")
    parser.add_argument("network", nargs="?", metavar="NETWORK", default=resources.DEFAULT_NETWORK,
                        help="a bundled name, keras:NAME, or a path")  # fmt: skip
    parser.add_argument("image", nargs="?", metavar="IMAGE", help="a picture file")
    parser.add_argument("--weights", default="imagenet", metavar="imagenet|none|FILE", help="a file suits any path")
    parser.add_argument("--no-top", action="store_true", help="for keras: networks, without the classifying head")
    parser.add_argument("--classes", default="", metavar="FILE.py", help="Python file with the network's own classes")
    parser.add_argument("--trust", default="", metavar="SHA256", help="run the programs in the network's file")
    parser.add_argument("--version", action="version", version=f"cnnviz-gui {__version__}")
    return parser


def asked_source(options: argparse.Namespace) -> NetworkSource:
    """The network that the window's command line asks for; its files by paths that are the same everywhere."""
    source = NetworkSource(options.network, options.weights, not options.no_top, options.classes, options.trust)
    is_file = not source.application and source.name not in resources.bundled_networks()
    return replace(
        source,
        name=_absolute(source.name) if is_file else source.name,
        weights=_absolute(source.weights) if source.weights_file else source.weights,
        classes=_absolute(source.classes) if source.classes else "",
    )


def _absolute(path: str) -> str:
    """A window that is started somewhere else remembers its networks by these."""
    return str(Path(path).absolute()) if os.path.exists(path) else path


def command_parser(runs: Mapping[str, Callable[..., None]]) -> argparse.ArgumentParser:
    """Makes the parser of the console command.

    Args:
        runs: What each of its commands runs; the options' ``run``.
    """
    parser = argparse.ArgumentParser(
        prog="cnnviz", description="Look inside convolutional networks, without a window.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"cnnviz {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    layers = commands.add_parser("layers", help="list the layers of a network")
    add_network(layers)
    layers.add_argument("--json", action="store_true", help="as JSON")
    layers.set_defaults(run=runs["layers"])

    channels = commands.add_parser("channels", help="draw what every channel of a layer does with a picture")
    add_network(channels)
    channels.add_argument("image", metavar="IMAGE", help="a picture file, or the name of a sample photo")
    _add_inputs(channels)
    channels.add_argument("--layer", required=True, help="its name, also as in the tutorial (res2a_branch2a)")
    channels.add_argument("--size", type=_size, metavar="HEIGHTxWIDTH", help="default: the network's own")
    channels.add_argument("--preprocessing", choices=tuple(PREPROCESSINGS), help="default: inferred")
    channels.add_argument("--per-row", type=count_of, default=TUTORIAL_PER_ROW, metavar="N", help="channels a row")
    channels.add_argument("--scale", choices=[str(scale) for scale in Scale], default=str(Scale.TUTORIAL))
    channels.add_argument("--colormap", default="viridis", metavar="NAME", help="any Matplotlib colormap")
    channels.add_argument("--channel", type=index_of, metavar="N", help="only this channel (PNG)")
    channels.add_argument("--enlarge", type=count_of, default=1, metavar="N", help="pixels for each value (PNG)")
    _add_output(channels)
    channels.set_defaults(run=runs["channels"])

    patterns = commands.add_parser("patterns", help="draw what channels look for, by gradient ascent")
    add_network(patterns)
    add_patterns(patterns)
    _add_no_cache(patterns)
    _add_output(patterns)
    patterns.set_defaults(run=runs["patterns"])

    recipe = commands.add_parser("recipe", help="print the recipe of a PNG, or make its picture again")
    recipe.add_argument("file", metavar="FILE.png")
    recipe.add_argument("--run", dest="again", action="store_true", help="make the picture again")
    recipe.add_argument(
        "--image",
        action="append",
        default=[],
        metavar="IMAGE",
        help="the picture, where it is not where it was; several are told apart by their content",
    )
    _add_inputs(recipe)
    add_classes(recipe)
    _add_no_cache(recipe)
    recipe.add_argument("-o", "--output", type=_png, metavar="OUT.png", help="default: FILE-again.png")
    recipe.set_defaults(run=runs["recipe"])
    return parser


def add_network(parser: argparse.ArgumentParser) -> None:
    """Adds what names a network."""
    parser.add_argument(
        "network", metavar="NETWORK", help="a bundled name, keras:NAME, or a path: .keras, .h5, .json"
    )
    parser.add_argument("--weights", default="imagenet", metavar="imagenet|none|FILE", help="a file suits any path")
    parser.add_argument("--no-top", action="store_true", help="for keras: networks, without the classifying head")
    add_classes(parser)


def add_classes(parser: argparse.ArgumentParser) -> None:
    """Adds what says which code that is not Keras' own is run."""
    parser.add_argument(
        "--classes", default="", metavar="FILE.py", help="Python file with the network's own classes; it is run"
    )
    parser.add_argument(
        "--trust",
        default="",
        metavar="SHA256",
        help="run the programs in the network's file, which must have this digest; the error names it",
    )


def _add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        type=_input,
        metavar="NAME=IMAGE",
        help="a picture for another input of the network; may be given several times",
    )


def _add_no_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-cache", action="store_true", help="neither use nor keep finished patterns in the user's cache"
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", required=True, type=_output, metavar="OUT.png|OUT.npz")


def _size(text: str) -> Size:
    match = re.fullmatch(r"(\d{1,5})[xX](\d{1,5})", text)
    if match is None or not int(match[1]) or not int(match[2]):
        raise argparse.ArgumentTypeError(f"must be HEIGHTxWIDTH in pixels, such as 500x333. Received: {text}")
    return int(match[1]), int(match[2])


def _input(text: str) -> tuple[str, str]:
    name, equals, image = text.partition("=")
    if not name or not equals or not image:
        raise argparse.ArgumentTypeError(f"must be NAME=IMAGE. Received: {text}")
    return name, image


def _output(text: str) -> str:
    if Path(text).suffix.lower() not in {".png", ".npz"}:
        raise argparse.ArgumentTypeError(f"must end in .png or .npz. Received: {text}")
    return text


def _png(text: str) -> str:
    if Path(text).suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"must end in .png. Received: {text}")
    return text

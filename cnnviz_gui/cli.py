"""The console command ``cnnviz``: the window's work by script, with the same engine and the same recipes."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui import resources
from cnnviz_gui.arguments import command_parser
from cnnviz_gui.core import replay
from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.errors import CnnvizError, HoldsProgramError, message
from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.core.mosaic import Scale
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern_mosaic import pattern_mosaic, pattern_tiling
from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns, Preview
from cnnviz_gui.core.preprocessing import preprocessing
from cnnviz_gui.core.recipe import file_error, read_recipe, save_npz, save_png
from cnnviz_gui.core.remaining import Remaining
from cnnviz_gui.core.requests import DrawGrid, ExportGrid, OpenNetwork, Progress, ReadPicture, SetMemoryBudget, View
from cnnviz_gui.engine.engine import Engine
from cnnviz_gui.engine.pattern_store import PatternStore
from cnnviz_gui.pattern_arguments import chosen_channels, chosen_settings, default_layer
from cnnviz_gui.resources import keep_matplotlib_in

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from cnnviz_gui.core.network import Layer, Network
    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.core.requests import Request, Result

PROGRESS_SECONDS = 0.2
LOG_SECONDS = 10.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command.

    Args:
        arguments: Without the program's name; the process's own by default.

    Returns:
        0, or 1 after one clear line on standard error. Wrong usage exits with 2.
    """
    parser = command_parser({"layers": _layers, "channels": _channels, "patterns": _patterns, "recipe": _recipe})
    options = parser.parse_args(arguments)
    keep_matplotlib_in()
    runner = Runner(Engine(PatternStore(None)) if getattr(options, "no_cache", False) else Engine())
    try:
        runner.run(SetMemoryBudget(default_memory_budget()))
        options.run(runner, options)
        sys.stdout.flush()
    except CnnvizError as error:
        runner.end_line()
        print(f"cnnviz: {_line(error)}", file=sys.stderr)
        return 1
    except MemoryError:
        runner.end_line()
        print("cnnviz: there is not enough memory for this.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Who was reading, such as head, has seen enough. What is left must not be tried again when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        runner.end_line()
        print(f"cnnviz: {file_error(str(error.filename or ''), error)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        runner.end_line()
        print("cnnviz: stopped.", file=sys.stderr)
        return 130
    return 0


def _line(error: CnnvizError) -> str:
    """An error in one line, with the option that would help."""
    if isinstance(error, HoldsProgramError) and error.can_be_trusted:
        return f"{error} If you do: --trust {error.sha256}"
    return str(error)


class Runner:
    """Drives the engine's generators and shows their progress on standard error.

    On a terminal one line is written over and over; elsewhere a line comes every `LOG_SECONDS`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._line = False
        self._left: float | None = None
        self._previewed = False
        self._shown = time.monotonic()

    def run(self, request: Request) -> Result:
        """Runs a request to its result."""
        answer = self._engine.answer(request)
        remaining = Remaining()
        self._left = None
        self._previewed = False
        try:
            while True:
                self._show(next(answer), remaining)
        except StopIteration as end:
            self.end_line()
            return end.value

    def end_line(self) -> None:
        """Ends the line of progress, if there is one."""
        if self._line:
            print(file=sys.stderr)
            self._line = False

    def _show(self, step: Progress | Preview, remaining: Remaining) -> None:
        if isinstance(step, Preview):
            # Every one tells how fast it goes, whether or not it is shown; steps in between tell no more.
            self._previewed, found = True, step.work_found
            left = len(step.request.channels) * step.request.settings.steps - found
            self._left = remaining.seconds(step.work_done - found, left, trying=step.trying)
        elif step.total and not self._previewed:
            self._left = remaining.seconds(step.done, step.total)
        terminal = sys.stderr.isatty()
        now = time.monotonic()
        if now - self._shown < (PROGRESS_SECONDS if terminal else LOG_SECONDS):
            return
        self._shown = now
        if isinstance(step, Preview):
            done, total = step.work_done, len(step.request.channels) * step.request.settings.steps
            text = f"{step.request.layer}: step {step.step} of {step.request.settings.steps}"
        else:
            done, total, text = step.done, step.total, str(step.text)
        if self._left is not None and total:
            text += f", {100 * done // total} %, {self._left:.0f} s left"
        if terminal:
            print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
            self._line = True
        elif total:
            print(text, file=sys.stderr, flush=True)


def _source(options: argparse.Namespace) -> NetworkSource:
    return NetworkSource(options.network, options.weights, not options.no_top, options.classes, options.trust)


def _read_picture(runner: Runner, image: str) -> Picture:
    samples = {photo.name: str(photo.path) for photo in resources.sample_photos()}
    # Unlike pathlib's, this one does not raise for a name that is too long.
    path = image if os.path.exists(image) else samples.get(image, image)
    picture: Picture = runner.run(ReadPicture(path)).picture
    return picture


def _layers(runner: Runner, options: argparse.Namespace) -> None:
    network: Network = runner.run(OpenNetwork(_source(options)))
    _print_notes(network)
    if options.json:
        print(json.dumps([_layer_row(layer) for layer in network.layers], indent=1))
        return
    rows = [(layer.name, layer.type, _shape(layer), f"{layer.parameters:,}") for layer in network.layers]
    header = ("layer", "type", "shape", "parameters")
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(4)]
    for row in [header, *rows]:
        left = "  ".join(cell.ljust(width) for cell, width in zip(row[:3], widths[:3], strict=True))
        print(f"{left}  {row[3].rjust(widths[3])}")


def _print_notes(network: Network) -> None:
    """Says how the network is fed and shown where that is not as one would think."""
    for note in network.notes:
        print(f"{network.title}: {note}", file=sys.stderr)


def _layer_row(layer: Layer) -> dict[str, Any]:
    return {**asdict(layer), "kind": str(layer.kind), "channels": layer.channels}


def _shape(layer: Layer) -> str:
    return " x ".join("?" if length is None else str(length) for length in layer.shape)


def _channels(runner: Runner, options: argparse.Namespace) -> None:
    # What can be wrong is found before the network is loaded.
    color_table(options.colormap)
    picture = _read_picture(runner, options.image)
    others = tuple((name, _read_picture(runner, image)) for name, image in options.input)
    source = _source(options)
    network: Network = runner.run(OpenNetwork(source))
    _print_notes(network)
    view = View(
        source,
        network.layer(options.layer).name,
        picture,
        options.size or network.nominal_size,
        options.preprocessing or network.preprocessing,
        others,
    )
    draw = DrawGrid(view, Scale(options.scale), per_row=options.per_row)
    runner.run(ExportGrid(draw, options.colormap, options.output, options.channel, options.enlarge))


def _patterns(runner: Runner, options: argparse.Namespace) -> None:
    settings = chosen_settings(options)
    chosen = options.start not in {None, "noise"}
    pictures = (("", _read_picture(runner, options.start)),) if chosen else ()
    network: Network = runner.run(OpenNetwork(_source(options)))
    # What can be wrong is found before anything is made.
    layers = [network.layer(name) for name in options.layer or [default_layer(network, settings)]]
    wanted = [(layer, chosen_channels(options, network, layer, settings)) for layer in layers]
    known = preprocessing(options.preprocessing or network.preprocessing).name
    for layer, channels in wanted:
        request = MakePatterns(network.source, layer.name, channels, settings, known, pictures=pictures)
        _save_patterns(runner.run(request), _output_of(options.output, layer, len(layers)))


def _output_of(output: str, layer: Layer, count: int) -> str:
    """The file of a layer: of several, each has its name in that of its file."""
    path, name = Path(output), re.sub(r"[^\w.-]", "_", layer.name)
    return output if count == 1 else str(path.with_stem(f"{path.stem}-{name}"))


def _save_patterns(patterns: Patterns, output: str) -> None:
    for channel, reason in zip(patterns.channels, patterns.reasons, strict=True):
        if reason is not None:
            print(f"channel {channel}: {reason.words}", file=sys.stderr)
    if output.lower().endswith(".npz"):
        save_npz(output, patterns=patterns.pictures, objective=patterns.objective, images=patterns.images)
    else:
        _save_mosaic(output, [patterns], patterns.recipe)


def _save_mosaic(path: str, parts: list[Patterns], recipe: Recipe) -> None:
    """Writes patterns, made by one request or several, as the mosaic of their recipe."""
    channels = tuple(channel for part in parts for channel in part.channels)
    settings = parts[0].request.settings
    pictures = np.concatenate([part.pictures for part in parts])
    tiling = pattern_tiling(channels, settings.size, settings.preset)
    save_png(path, pattern_mosaic(pictures, channels, tiling), recipe)


def _recipe(runner: Runner, options: argparse.Namespace) -> None:
    recipe = read_recipe(options.file)
    if recipe is None:
        raise CnnvizError(message("{name} holds no recipe.", name=Path(options.file).name))
    if not options.again:
        print(recipe.text)
        return
    output = options.output or f"{Path(options.file).with_suffix('')}-again.png"
    source, sha256 = replay.recipe_network(recipe, options.classes, options.trust)
    network: Network = runner.run(OpenNetwork(source))
    if network.sha256 != sha256:
        print(f"cnnviz: {network.title} is not the network of the recipe; the picture will differ.", file=sys.stderr)
    if recipe.content["kind"] == "patterns":
        pictures = tuple(
            (row[0], _recipe_picture(runner, *row[1:], options.image)) for row in replay.recipe_pictures(recipe)
        )
        requests = replay.pattern_requests(recipe, options.classes, options.trust, pictures)
        parts = [runner.run(request) for request in requests]
        _save_mosaic(output, parts, recipe)
    else:
        picture = _recipe_picture(runner, *replay.recipe_picture(recipe), options.image)
        named = dict(options.input)
        others = tuple(
            (row[0], _recipe_picture(runner, *row[1:], [named[row[0]]] if row[0] in named else []))
            for row in replay.recipe_others(recipe)
        )
        code = {"classes": options.classes, "trusted": options.trust}
        runner.run(replay.grid_request(recipe, picture, output, others=others, **code))


def _recipe_picture(runner: Runner, name: str, path: str, sha256: str, images: Sequence[str]) -> Picture:
    """Finds a picture of a recipe: one of the files named, where it was, or the sample photo of that name."""
    places = images or [path if os.path.isfile(path) else Path(name).stem]
    pictures = [_read_picture(runner, place) for place in places]
    for picture in pictures:
        if picture.sha256 == sha256:
            return picture
    raise CnnvizError(
        message("{name} is not the picture of the recipe ({expected}).", name=pictures[0].name, expected=name),
        message("Name the right one with --image FILE."),
    )


if __name__ == "__main__":
    sys.exit(main())

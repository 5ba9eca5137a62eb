"""Grids: a layer's channels as one mosaic, drawn, described and written to files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.mosaic import Scale, Tiling, channel_order, fitted_per_row, grey_levels, statistics, tile
from cnnviz_gui.core.network import LayerKind
from cnnviz_gui.core.recipe import Recipe, save_npz, save_png
from cnnviz_gui.core.requests import Grid, Look, Progress
from cnnviz_gui.engine.activations import as_maps, input_tensor, layer_shapes
from cnnviz_gui.engine.tokens import find_tokens
from cnnviz_gui.engine.workbench import network_recipe, picture_recipe, recipe

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    from cnnviz_gui.core.requests import (
        DescribeGrid,
        DrawGrid,
        ExportGrid,
        ExportLayers,
        Kernels,
        LookAtPicture,
        ReadKernels,
    )
    from cnnviz_gui.engine.workbench import Workbench

Answer = "Generator[Progress, object, Any]"

TOP = 5


def draw_grid(bench: Workbench, request: DrawGrid) -> Generator[Progress, object, Grid]:
    """Computes a layer's activations and draws their mosaic."""
    opened = yield from bench.open(request.view.network)
    output = yield from bench.activations(request.view)
    entry = opened.graph.entry(opened.network.layer(request.view.layer).name)
    tokens = find_tokens(opened.graph, layer_shapes(opened, request.view.size), entry) if output.ndim == 2 else None
    values, is_vector, described = as_maps(output, tokens)
    if entry.name in opened.texts:
        described = message("The output is text, not numbers.")
    stats = statistics(values)
    scale = request.scale
    if values.shape[0] * values.shape[1] == 1 and scale in {Scale.TUTORIAL, Scale.CHANNEL}:
        # A channel of one position has no contrast of its own: only beside the others does it say something.
        scale = Scale.LAYER
        if not is_vector and described is None:
            described = message("One position a channel: shown on the scale of the whole layer.")
    order = channel_order(values, stats, request.sort, min(request.chosen, values.shape[-1] - 1))
    height, width, count = values.shape
    per_row = request.per_row or fitted_per_row(count, height, width, request.aspect)
    levels = grey_levels(values, stats, scale)
    mosaic = tile(np.moveaxis(levels, -1, 0)[order], per_row)
    tiling = Tiling(tuple(int(channel) for channel in order), height, width, per_row)
    return Grid(request, values, stats, mosaic, tiling, is_vector, described)


def look_at_picture(bench: Workbench, request: LookAtPicture) -> Generator[Progress, object, Look]:
    """Feeds a picture to a network: the range of its input, its layers' shapes and the likeliest classes."""
    from cnnviz_gui.core.requests import View

    opened = yield from bench.open(request.network)
    network = opened.network
    fed = input_tensor(opened, request.picture, request.size, request.preprocessing)
    classes: tuple[tuple[str, float], ...] = ()
    if network.labels:
        last = opened.graph.producer(opened.graph.outputs[0])
        assert last is not None  # labels are given only to networks whose output is a layer's
        view = View(request.network, last.name, request.picture, request.size, request.preprocessing, request.others)
        scores = yield from bench.activations(view)
        classes = _likeliest(_probabilities(scores), network.labels)
    return Look(request, float(fed.min()), float(fed.max()), layer_shapes(opened, request.size), classes)


def _probabilities(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Softmax of logits; scores that are probabilities already are left alone."""
    if scores.min() >= 0 and abs(float(scores.sum()) - 1) < 1e-3:
        return scores
    raised = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = raised / raised.sum()
    return shares


def _likeliest(shares: NDArray[np.float32], labels: tuple[str, ...]) -> tuple[tuple[str, float], ...]:
    return tuple((labels[index], float(shares[index])) for index in np.argsort(-shares, kind="stable")[:TOP])


def read_kernels(bench: Workbench, request: ReadKernels) -> Generator[Progress, object, Kernels]:
    """Reads the kernels of one filter of a convolution."""
    from cnnviz_gui.core.requests import Kernels

    opened = yield from bench.open(request.network)
    described = opened.network.layer(request.layer)
    if not 0 <= request.channel < max(described.channels, 1):
        raise CnnvizError(
            message(
                "{layer} has {count} channels: 0 to {last}. Received: {channels}.",
                layer=described.name,
                count=described.channels,
                last=described.channels - 1,
                channels=request.channel,
            )
        )
    layer = opened.graph.entry(described.name).operation
    kernel = getattr(layer, "kernel", None)
    weights = np.zeros((0, 0, 0), np.float32)
    if kernel is not None and len(kernel.shape) == 4:
        array = np.asarray(kernel, np.float32)
        if type(layer).__name__ == "DepthwiseConv2D":
            multiplier = array.shape[-1]
            weights = array[:, :, request.channel // multiplier, request.channel % multiplier, None]
        elif type(layer).__name__ == "Conv2DTranspose":
            weights = array[:, :, request.channel, :]
        else:
            weights = array[..., request.channel]
    bias = getattr(layer, "bias", None)
    return Kernels(request, weights, None if bias is None else float(np.asarray(bias)[request.channel]))


def describe_grid(bench: Workbench, request: DescribeGrid) -> Generator[Progress, object, Recipe]:
    """Makes the recipe of a grid."""
    return (yield from grid_recipe(bench, request.draw, request.colormap, channel=None, enlarge=1))


def grid_recipe(
    bench: Workbench, draw: DrawGrid, colormap: str, *, channel: int | None, enlarge: int
) -> Generator[Progress, object, Recipe]:
    """Everything that determines an exported grid."""
    view = draw.view
    opened = yield from bench.open(view.network)
    named = [{"input": name, **picture_recipe(picture)} for name, picture in view.others]
    others = {"other_pictures": named} if named else {}
    return recipe(
        "channels",
        network=network_recipe(opened),
        layer=opened.network.layer(view.layer).name,
        picture=picture_recipe(view.picture),
        **others,
        size=list(view.size),
        preprocessing=view.preprocessing,
        scale=str(draw.scale),
        sort=str(draw.sort),
        chosen=draw.chosen,
        per_row=draw.per_row,
        aspect=draw.aspect,
        colormap=colormap,
        channel=channel,
        enlarge=enlarge,
    )


def export_grid(bench: Workbench, request: ExportGrid) -> Generator[Progress, object, str]:
    """Writes a grid, or one channel of it, as PNG; or the raw activations as .npz."""
    suffix = Path(request.path).suffix.lower()
    if suffix not in {".png", ".npz"}:
        raise CnnvizError(
            message("Grids are written as .png or .npz. Received: {name}.", name=Path(request.path).name)
        )
    grid = yield from draw_grid(bench, request.draw)
    view = request.draw.view
    if suffix == ".npz":
        opened = yield from bench.open(view.network)
        fed = input_tensor(opened, view.picture, view.size, view.preprocessing)
        save_npz(request.path, activations=grid.values, input=fed)
        return request.path
    described = yield from grid_recipe(
        bench, request.draw, request.colormap, channel=request.channel, enlarge=request.enlarge
    )
    save_png(request.path, grid_pixels(grid, request.colormap, request.channel, request.enlarge), described)
    return request.path


def grid_pixels(grid: Grid, colormap: str, channel: int | None = None, enlarge: int = 1) -> NDArray[np.uint8]:
    """Colours a grid, or one channel of it, ``enlarge`` pixels for each value along each side."""
    levels = grid.mosaic
    if channel is not None:
        place = grid.tiling.place_of(channel)
        if place is None:
            raise CnnvizError(
                message(
                    "{layer} has {count} channels: 0 to {last}. Received: {channel}.",
                    layer=grid.request.view.layer,
                    count=len(grid.tiling.order),
                    last=len(grid.tiling.order) - 1,
                    channel=channel,
                )
            )
        top, left = grid.tiling.corner(place)
        levels = levels[top : top + grid.tiling.tile_height, left : left + grid.tiling.tile_width]
    return color_table(colormap)[levels.repeat(enlarge, axis=0).repeat(enlarge, axis=1)]


def export_layers(bench: Workbench, request: ExportLayers) -> Generator[Progress, object, tuple[str, ...]]:
    """Writes the mosaic of every layer with a picture into a folder, numbered in the order of computation."""
    opened = yield from bench.open(request.draw.view.network)
    layers = [layer for layer in opened.network.layers if layer.kind is LayerKind.MAPS]
    written: list[str] = []
    for number, layer in enumerate(layers):
        yield Progress(number, len(layers), message("Exporting {layer}", layer=layer.name))
        draw = replace(request.draw, view=replace(request.draw.view, layer=layer.name))
        path = Path(request.folder) / f"{number:03d}-{_file_name(layer.name)}.png"
        grid = yield from draw_grid(bench, draw)
        described = yield from grid_recipe(bench, draw, request.colormap, channel=None, enlarge=1)
        save_png(str(path), grid_pixels(grid, request.colormap), described)
        written.append(str(path))
    return tuple(written)


def _file_name(layer: str) -> str:
    """A layer's name as part of a file name; Keras also loads a layer called "..": nothing but these letters."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in layer)[:100]

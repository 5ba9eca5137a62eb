"""What can be asked of the engine, and what it answers.

A request is frozen and hashable, so it is its own cache key. The engine answers it with a generator: it yields
`Progress` and previews while it works and returns the result named in the request's docstring.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.mosaic import TUTORIAL_PER_ROW, Scale, SortKey, Statistics, Tiling
from cnnviz_gui.core.pattern_requests import (
    ClearPatternCache,
    ForecastPatterns,
    LimitPatternCache,
    MakePatterns,
    MeasureNatural,
    MeasurePatternCache,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.network import NetworkSource, Size
    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.recipe import Recipe

    OtherPictures = tuple[tuple[str, Picture], ...]
    """Names of inputs and their pictures."""


@dataclass(frozen=True)
class Progress:
    """How far a job is.

    Args:
        done: Units of work done.
        total: Units of work in all; 0 while not known.
        text: What is being done now.
    """

    done: int
    total: int
    text: Message


class _Stop:
    """The type of `STOP`; a class of its own so that it survives pickling as the same object."""

    def __reduce__(self) -> str:
        return "STOP"


STOP = _Stop()
"""Sent into a generator to ask it to return what it has; one that yields once more is closed instead."""


@dataclass(frozen=True)
class OpenNetwork:
    """Opens a network. Result: `cnnviz_gui.core.network.Network`."""

    source: NetworkSource


@dataclass(frozen=True)
class SetMemoryBudget:
    """Says how much memory the engine may take, in bytes; caches follow. Needs no Keras. Result: None."""

    memory_budget: int


@dataclass(frozen=True)
class ReadPicture:
    """Reads and decodes a picture from a file or from bytes. Result: `PictureRead`.

    Args:
        path: A file's path, or empty when ``data`` is given.
        name: What to call a picture that has no path.
        data: Encoded bytes, or empty when ``path`` is given.
    """

    path: str = ""
    name: str = ""
    data: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class View:
    """A layer of a network looking at a picture: what an activation depends on.

    Args:
        network: The network.
        layer: Name of the layer.
        picture: The picture.
        size: (height, width) in pixels that the picture is squashed to.
        preprocessing: Name of the preprocessing, see `cnnviz_gui.core.preprocessing`.
        others: (input, picture) for further inputs that take a picture of their own; all that are not named here
            are fed zeros.
    """

    network: NetworkSource
    layer: str
    picture: Picture
    size: Size
    preprocessing: str
    others: OtherPictures = ()


@dataclass(frozen=True)
class DrawGrid:
    """Computes a layer's activations and draws their mosaic. Result: `Grid`.

    Args:
        view: The layer and what it looks at.
        scale: How activations become grey levels.
        sort: Order of the channels.
        per_row: Channels a row; 0 fits them to ``aspect``.
        aspect: Width / height of the window's part that shows the mosaic.
        chosen: The channel that likeness is measured against.
    """

    view: View
    scale: Scale = Scale.TUTORIAL
    sort: SortKey = SortKey.INDEX
    per_row: int = TUTORIAL_PER_ROW
    aspect: float = 4 / 3
    chosen: int = 0


@dataclass(frozen=True, eq=False)
class Grid:
    """A layer's activations and their mosaic.

    Args:
        request: What it answers.
        values: (H, W, C) float32, or (1, 1, C) for a vector. Never written to.
        statistics: Of every channel.
        mosaic: (h, w) uint8 grey levels.
        tiling: Where which channel lies in it.
        is_vector: Whether the layer's output is a vector of C numbers (shown as bars, not as a mosaic).
        described: What a person should know when the output is not what it seems (5-D, sequence...), else None.
    """

    request: DrawGrid
    values: NDArray[np.float32]
    statistics: Statistics
    mosaic: NDArray[np.uint8]
    tiling: Tiling
    is_vector: bool
    described: Message | None = None


@dataclass(frozen=True)
class LookAtPicture:
    """Feeds a picture to a network, as a `View` does. Result: `Look`."""

    network: NetworkSource
    picture: Picture
    size: Size
    preprocessing: str
    others: OtherPictures = ()


@dataclass(frozen=True, eq=False)
class Look:
    """What a network makes of a picture.

    Args:
        request: What it answers.
        fed_minimum: Smallest value of the tensor as fed, after preprocessing.
        fed_maximum: Largest value of it.
        shapes: Output shape of every layer at this size, without the batch.
        classes: (label, probability) of the five likeliest classes, likeliest first; empty when not a classifier.
    """

    request: LookAtPicture
    fed_minimum: float
    fed_maximum: float
    shapes: dict[str, tuple[int | None, ...]]
    classes: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class ReadKernels:
    """Reads the kernels of one filter. Result: `Kernels`."""

    network: NetworkSource
    layer: str
    channel: int


@dataclass(frozen=True, eq=False)
class Kernels:
    """The kernels of one filter.

    Args:
        request: What it answers.
        weights: (h, w, input channels) float32; (h, w, 1) for a depthwise filter; empty when the layer has none.
        bias: The filter's bias, or None.
    """

    request: ReadKernels
    weights: NDArray[np.float32]
    bias: float | None


@dataclass(frozen=True)
class DescribeGrid:
    """Makes the recipe of a grid. Result: `Recipe`."""

    draw: DrawGrid
    colormap: str


@dataclass(frozen=True)
class SavePng:
    """Writes a picture as PNG with its recipe, never destroying an older file halfway. Result: the path.

    Args:
        path: Where.
        recipe: Written into the file as a text chunk.
        pixels: (h, w) or (h, w, 3) uint8. Not part of the request's equality.
    """

    path: str
    recipe: Recipe
    pixels: NDArray[np.uint8] = field(compare=False, repr=False)


@dataclass(frozen=True)
class ExportGrid:
    """Draws a grid and writes it as PNG, or the raw activations as .npz. Result: the path.

    Args:
        draw: The grid.
        colormap: A Matplotlib name.
        path: Ends in .png or .npz.
        channel: Only this channel, or None for all.
        enlarge: Pixels for each value along each side.
    """

    draw: DrawGrid
    colormap: str
    path: str
    channel: int | None = None
    enlarge: int = 1


@dataclass(frozen=True)
class ExportLayers:
    """Writes the mosaic of every layer with a picture into a folder. Yields `Progress`; result: the paths.

    Args:
        draw: Settings for all layers; its view's layer is not used.
        colormap: A Matplotlib name.
        folder: An existing folder.
    """

    draw: DrawGrid
    colormap: str
    folder: str


@dataclass(frozen=True)
class RemoveUnfinished:
    """Clears up after an export that could not: the process was ended while it wrote a file. Result: None.

    Args:
        folder: Where it wrote.
    """

    folder: str


Request = (
    OpenNetwork
    | SetMemoryBudget
    | ReadPicture
    | DrawGrid
    | LookAtPicture
    | ReadKernels
    | ForecastPatterns
    | MakePatterns
    | MeasureNatural
    | LimitPatternCache
    | MeasurePatternCache
    | ClearPatternCache
    | DescribeGrid
    | SavePng
    | ExportGrid
    | ExportLayers
    | RemoveUnfinished
)
Result = Any
"""What a request's docstring names."""

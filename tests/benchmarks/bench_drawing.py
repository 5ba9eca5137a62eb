"""Forward passes and mosaics: the engine's beside Keras' own and the tutorial's loop.

python bench_drawing.py
"""

from __future__ import annotations

import io
import statistics
import time
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tutorial_port
from bench_ours import SOURCES, run
from bench_process import serve
from PIL import Image

from cnnviz_gui.core.mosaic import Scale, grey_levels, tile
from cnnviz_gui.core.mosaic import statistics as channel_statistics
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.core.requests import DrawGrid, OpenNetwork, View

if TYPE_CHECKING:
    from collections.abc import Callable

LAYER = "conv4_block5_3_conv"
SIZES = ((224, 224), (500, 333))
MOSAICS = ((250, 167, 64), (56, 56, 256), (28, 28, 512), (7, 7, 2048))


def main() -> None:
    """Answers tasks."""
    kinds: dict[str, Callable[[int], list[dict[str, Any]]]] = {"forward": _forward, "mosaics": _mosaics}
    serve(lambda task: {"rows": kinds[task["kind"]](task["rounds"])})


def _alternated(rounds: int, **ways: Callable[[int], object]) -> dict[str, float]:
    """Median seconds of each way; the first call of each is not counted."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, way in ways.items():
            begin = time.perf_counter()
            way(number)
            found[name].append(time.perf_counter() - begin)
    return {name: statistics.median(seconds[1:]) for name, seconds in found.items()}


def _forward(rounds: int) -> list[dict[str, Any]]:
    source = SOURCES["ResNet50"]
    network = run(OpenNetwork(source))
    whole = keras.applications.ResNet50(weights=None, include_top=False)
    model = keras.Model(whole.inputs, whole.get_layer(LAYER).output)
    rows = []
    for size in SIZES:
        pixels = np.random.default_rng(0).integers(0, 255, (*size, 3), np.uint8)
        values = pixels[None].astype(np.float32)

        def ours(number: int, size: tuple[int, int] = size, pixels: np.ndarray = pixels) -> None:
            # Another picture every time: the engine remembers what it has computed.
            data = io.BytesIO()
            Image.fromarray(pixels ^ np.uint8(number)).save(data, "png", compress_level=0)
            picture = make_picture(f"{number}.png", data.getvalue())
            run(DrawGrid(View(source, LAYER, picture, size, network.preprocessing)))

        def called(_: int, values: np.ndarray = values) -> None:
            np.asarray(model(values, training=False))

        def predicted(_: int, values: np.ndarray = values) -> None:
            model.predict(values, verbose=0)

        found = _alternated(rounds, **{"ours, drawn": ours, "call": called, "predict": predicted})
        rows.append({"size": f"{size[0]} x {size[1]}", "seconds": found})
    return rows


def _mosaics(rounds: int) -> list[dict[str, Any]]:
    rows = []
    for shape in MOSAICS:
        values = np.random.default_rng(0).normal(size=shape).astype(np.float32)

        def ours(_: int, values: np.ndarray = values) -> None:
            levels = grey_levels(values, channel_statistics(values), Scale.TUTORIAL)
            tile(np.moveaxis(levels, -1, 0), tutorial_port.IMAGES_PER_ROW)

        def tutorial(_: int, values: np.ndarray = values) -> None:
            square = values[:, : values.shape[0]] if values.shape[1] > values.shape[0] else values
            tutorial_port.display_grid(square[None])

        found = _alternated(rounds, ours=ours, tutorial=tutorial)
        rows.append({"mosaic": f"{shape[2]} of {shape[0]} x {shape[1]}", "seconds": found})
    return rows


if __name__ == "__main__":
    main()

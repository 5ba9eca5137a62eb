"""What objectives read on natural pictures, to hold their patterns against."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.pattern_requests import Natural
from cnnviz_gui.core.requests import Progress
from cnnviz_gui.engine.activations import input_tensor
from cnnviz_gui.engine.files import read_picture_file
from cnnviz_gui.engine.runtime import tf
from cnnviz_gui.engine.scores import Scores

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    from cnnviz_gui.core.pattern_requests import MeasureNatural
    from cnnviz_gui.engine.graph import Entry
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench

log = logging.getLogger(__name__)


def measure_natural(bench: Workbench, request: MeasureNatural) -> Generator[Progress, object, Natural]:
    """Measures every picture once."""
    opened = yield from bench.open(request.network)
    layer = opened.network.layer(request.layer)
    scores = Scores(opened, layer.name, request.objective, request.size)
    how = (opened.network.sha256, layer.name, request.preprocessing, request.objective, request.size)
    found: list[NDArray[np.float32]] = []
    for number, path in enumerate(request.pictures):
        yield Progress(number, len(request.pictures), message("Looking at {name}", name=Path(path).name))
        try:
            stamp = Path(path).stat()
            key = (*how, path, stamp.st_mtime_ns, stamp.st_size)
            row = bench.natural.get(key)
            if row is None:
                row = _score(opened, scores, path, request.preprocessing)
                bench.natural.put(key, row)
            found.append(row)
        except (CnnvizError, OSError) as error:
            # A recent picture that is gone, or that the network cannot take.
            log.info("Not among the natural pictures: %s: %s", path, error)
    return Natural(request, np.stack(found) if found else np.zeros((0, 1), np.float32))


def _score(opened: Opened, scores: Scores, path: str, preprocessing: str) -> NDArray[np.float32]:
    network = opened.network
    picture = read_picture_file(path)
    fed = input_tensor(opened, picture, network.input_size or network.nominal_size, preprocessing)
    row: NDArray[np.float32] = scores.of(fed[None])[0]
    return row


def channel_means(opened: Opened, entry: Entry, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mean over positions of every channel of a layer's output, in a plain float32 forward pass.

    Args:
        opened: The network.
        entry: The layer's call.
        images: (N, H, W, C) float32, as the network takes them.

    Returns:
        (N, channels) float32.
    """
    values = tf.cast(opened.graph.function([entry.output])([tf.convert_to_tensor(images)])[0], tf.float32).numpy()
    positions = tuple(range(1, values.ndim - 1))
    return np.asarray(np.mean(values, axis=positions, dtype=np.float64), np.float32)

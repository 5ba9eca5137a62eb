"""What the engine's tests share: asking it, and a network beside its model as Keras alone opened it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import tensorflow as tf

from cnnviz_gui.core.requests import DrawGrid, View
from cnnviz_gui.engine.engine import Engine
from cnnviz_gui.engine.pattern_store import PatternStore

if TYPE_CHECKING:
    from collections.abc import Callable

    import keras

    from cnnviz_gui.core.network import Network, NetworkSource
    from cnnviz_gui.core.pattern_requests import Patterns, Preview
    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.requests import Grid, Progress, Request
    from cnnviz_gui.engine.calibration_store import Calibration
    from cnnviz_gui.engine.opening import Opened

    PixelReader = Callable[[str, tuple[int, int]], np.ndarray]


class Asker:
    """Asks an engine and waits for its answer.

    Args:
        engine: Which one; by default one that finds no patterns that were made before: they would be held against
            themselves.
    """

    def __init__(self, engine: Engine | None = None) -> None:
        self.engine = engine or Engine(PatternStore(None))

    @property
    def calibration(self) -> Calibration:
        """What the engine has measured."""
        bench = self.engine._bench
        assert bench is not None
        return bench.calibration

    def opened(self, case: Case) -> Opened:
        """A network as the engine holds it."""
        bench = self.engine._bench
        assert bench is not None
        opening = bench.open(case.source)
        while True:
            try:
                next(opening)
            except StopIteration as end:
                found: Opened = end.value
                return found

    def forget_climbs(self) -> None:
        """Forgets how far patterns have come, as a new engine would."""
        if self.engine._bench is not None:
            self.engine._bench.climbs.forget(lambda key: True)

    def forget_what_was_measured(self) -> None:
        """Forgets how fast patterns were and how many fitted into memory, as a new engine would."""
        if self.engine._bench is not None:
            for measured in (self.calibration.choices, self.calibration.speeds, self.engine._bench.largest_batches):
                measured.clear()

    def __call__(self, request: Request, watch: Callable[[Progress | Preview], object] | None = None) -> Any:  # noqa: ANN401
        """Answers a request.

        Args:
            request: What to ask.
            watch: Is shown every step, and returns what is sent into the answer.
        """
        answer = self.engine.answer(request)
        reply = None
        while True:
            try:
                step = answer.send(reply)
            except StopIteration as end:
                return end.value
            reply = watch(step) if watch else None

    def grid(self, case: Case, layer: str, picture: Picture, size: tuple[int, int], **draw: Any) -> Grid:  # noqa: ANN401
        """Draws a layer of a network."""
        grid: Grid = self(DrawGrid(View(case.source, layer, picture, size, case.preprocessing), **draw))
        return grid


@dataclass(frozen=True, eq=False)
class Case:
    """A network as the engine names it, and as Keras alone opened it."""

    source: NetworkSource
    model: keras.Model
    network: Network
    preprocessing: str


def same_patterns(a: Patterns, b: Patterns) -> bool:
    """Whether patterns are the same bit for bit."""
    return (
        a.images.tobytes() == b.images.tobytes()
        and a.pictures.tobytes() == b.pictures.tobytes()
        and a.objective.tobytes() == b.objective.tobytes()
    )


def bring_to_life(model: keras.Model, picture: np.ndarray) -> None:
    """Gives an untrained network kernels and batch-norm statistics with which no layer's activations collapse."""
    import keras

    rng = np.random.default_rng(0)
    norms = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    for layer in model.layers:
        if isinstance(layer, keras.layers.Conv2D):
            deviation = np.sqrt(2 / np.prod(layer.kernel.shape[:3]))
            layer.kernel.assign(rng.normal(0, deviation, layer.kernel.shape).astype(np.float32))
    for layer in norms:
        layer.momentum = 0.0
    # In training every layer is normalised by this picture's statistics, which become the layer's own.
    model(picture, training=True)
    for layer in norms:
        layer.momentum = 0.99


def assert_same_with_gradient(
    ours: Callable[[tf.Tensor], tf.Tensor], theirs: Callable[[tf.Tensor], tf.Tensor], value: tf.Tensor
) -> None:
    """Two functions give the same, and so do their gradients, where the cotangent is different everywhere."""
    made = []
    for function in (ours, theirs):
        with tf.GradientTape() as tape:
            tape.watch(value)
            output = function(value)
            score = tf.reduce_sum(output * tf.sin(output))
        made.append((output.numpy(), tape.gradient(score, value).numpy()))
    for our_values, their_values in zip(*made, strict=True):
        assert our_values.shape == their_values.shape
        assert np.abs(our_values - their_values).max() < 1e-4 * np.abs(their_values).max()

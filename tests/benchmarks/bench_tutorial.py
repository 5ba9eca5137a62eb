"""Contestants that call Keras as published scripts do: the tutorial's script and the example of keras.io.

python bench_tutorial.py tutorial|keras_io|keras_io_eager
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf
import tutorial_port
from bench_process import rate_of, serve

if TYPE_CHECKING:
    from collections.abc import Callable

NETWORK_FILE = Path(__file__).parents[2] / "resources" / "networks" / "efficientnet-lite0.keras"
STEPS = 40
MODELS: dict[str, keras.Model] = {}


def main() -> None:
    """Answers tasks."""
    kinds = {"tutorial": _tutorial, "keras_io": _keras_io, "keras_io_eager": _keras_io}
    run = kinds[sys.argv[1]]
    serve(run)


def _model(name: str) -> keras.Model:
    if name not in MODELS:
        MODELS[name] = (
            keras.applications.ResNet50(weights=None, include_top=False)
            if name == "ResNet50"
            else keras.models.load_model(NETWORK_FILE, compile=False)
        )
    return MODELS[name]


def _tutorial(task: dict[str, Any]) -> dict[str, Any]:
    """Whole filters: the script makes its function anew for every filter."""
    model, size = _model(task["network"]), task["size"]
    filters = iter(range(1_000_000))

    def pattern() -> int:
        tutorial_port.iteration.cache_clear()
        start = np.random.default_rng(0).random((1, size, size, 3)) * 20 + 128.0
        image, _ = tutorial_port.generate_pattern(model, task["layer"], next(filters), start, STEPS)
        tutorial_port.deprocess_image(image)
        return STEPS

    begin = time.perf_counter()
    return {"rate": rate_of(pattern, task["seconds"]), "seconds": time.perf_counter() - begin}


def _keras_io(task: dict[str, Any]) -> dict[str, Any]:
    """Whole filters of 40 steps; compiled as published, and anew for every filter, or eager."""
    size = task["size"]
    extractor = keras.Model(_model(task["network"]).inputs, _model(task["network"]).get_layer(task["layer"]).output)

    def ascend(img: tf.Tensor, filter_index: int, learning_rate: float) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(img)
            activation = extractor(img)
            loss = tf.reduce_mean(activation[:, :, :, filter_index])
        grads = tf.math.l2_normalize(tape.gradient(loss, img))
        return loss, img + learning_rate * grads

    steps = 8 if sys.argv[1] == "keras_io_eager" else STEPS
    step: Callable[..., Any] = ascend if sys.argv[1] == "keras_io_eager" else tf.function(ascend, autograph=False)
    filters = iter(range(1_000_000))

    def pattern() -> int:
        img = (tf.random.uniform((1, size, size, 3)) - 0.5) * 0.25
        index = next(filters)
        for _ in range(steps):
            _, img = step(img, index, 10.0)
        img.numpy()
        return steps

    return {"rate": rate_of(pattern, task["seconds"])}


if __name__ == "__main__":
    main()

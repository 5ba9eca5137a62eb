"""The contestants tf-keras-vis and xplique, which are written for Keras 2 and run on tf-keras.

    python bench_libraries.py tf_keras_vis|xplique

Regularizers and transforms are left out, so that a step is the tutorial's: one forward pass, one backward pass and an
optimiser.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ["TF_USE_LEGACY_KERAS"] = "1"

import numpy as np
import tensorflow as tf
import tf_keras
from bench_process import rate_of, serve

STEPS = 40
MODELS: dict[tuple[str, str, int], Any] = {}


def _model(task: dict[str, Any]) -> Any:  # noqa: ANN401
    """The network, of a fixed size, up to the layer."""
    key = (task["network"], task["layer"], task["size"])
    if key not in MODELS:
        shape = (task["size"], task["size"], 3)
        if task["network"] == "ResNet50":
            whole = tf_keras.applications.ResNet50(weights=None, include_top=False, input_shape=shape)
        else:
            sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))
            # The file that builds it is written for Keras 3, and names a type that Keras 2 has not.
            tf_keras.KerasTensor = tf.Tensor
            sys.modules["keras"] = tf_keras
            from efficientnet_lite0.network import build

            whole = build()
        MODELS[key] = tf_keras.Model(whole.inputs, whole.get_layer(task["layer"]).output)
    return MODELS[key]


def tf_keras_vis(task: dict[str, Any]) -> dict[str, Any]:
    """Whole calls of its `ActivationMaximization`."""
    from tf_keras_vis.activation_maximization import ActivationMaximization

    model, batch, size = _model(task), task["batch"], task["size"]
    maximization = ActivationMaximization(model, clone=False)
    steps = task.get("steps", STEPS)

    def score(output: tf.Tensor) -> list[tf.Tensor]:
        return [output[row, :, :, row] for row in range(batch)]

    def call() -> int:
        seed = tf.random.uniform((batch, size, size, 3), 128, 148)
        np.asarray(maximization(score, seed_input=seed, steps=steps, input_modifiers=[], regularizers=[]))
        return batch * steps

    return {"rate": rate_of(call, task["seconds"])}


def xplique(task: dict[str, Any]) -> dict[str, Any]:
    """Whole calls of its `optimize`, which makes its compiled step anew every time."""
    from xplique.features_visualizations import Objective, optimize

    model, batch, size = _model(task), task["batch"], task["size"]
    steps = task.get("steps", STEPS)

    def call() -> int:
        objective = Objective.channel(model, task["layer"], list(range(batch)))
        images, _ = optimize(
            objective,
            nb_steps=steps,
            use_fft=False,
            transformations=None,
            values_range=(0, 255),
            custom_shape=(size, size),
        )
        np.asarray(images[-1])
        return batch * steps

    return {"rate": rate_of(call, task["seconds"])}


if __name__ == "__main__":
    serve({"tf_keras_vis": tf_keras_vis, "xplique": xplique}[sys.argv[1]])

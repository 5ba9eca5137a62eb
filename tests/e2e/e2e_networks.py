"""A small program that saves networks for the window to open, and says what Keras itself knows about them.

Keras stays out of the process that works the window. Run with the folder to write to.
"""

from __future__ import annotations

import json
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "engine"))

import h5py
import keras
import numpy as np
import odd_builders
from keras import layers
from odd_networks import ODD_NETWORKS, Odd, channels_of

PLAIN = (
    "sequential", "nested", "shared", "several outputs of a layer", "structured", "picture and vectors", "siamese",
    "depth and colour", "one channel", "fixed size", "fixed height", "fused", "channels first", "ranks", "film",
    "transformer", "mixed float16",
)  # fmt: skip
OWN = ("own layers", "own model")


def save(model: keras.Model, name: str, folder: Path) -> dict[str, Any]:
    """Saves a network; its path and its channels."""
    path = folder / f"{name}.keras"
    model.save(path)
    twin = ODD_NETWORKS[name].twin if name in ODD_NETWORKS else None
    return {"path": str(path), "channels": channels_of(twin(model) if twin else model)}


def main(folder: Path) -> None:
    """Saves everything, and writes down what it is."""
    warnings.simplefilter("ignore")
    keras.utils.set_random_seed(3)
    everything = {**ODD_NETWORKS, "five channels": Odd(odd_builders.channels(5))}
    networks = {name: save(everything[name].build(), name, folder) for name in (*PLAIN, "five channels", *OWN)}
    classes = folder / "layers.py"
    shutil.copy(odd_builders.CLASSES, classes)
    plain = everything["fused"].build()
    (folder / "fused.json").write_text(plain.to_json())
    plain.save_weights(folder / "fused.weights.h5")
    picture = layers.Input((None, None, 3))
    program = layers.Lambda(keras.activations.sigmoid, name="program")(picture)
    program = keras.Model(picture, layers.Conv2D(4, 3, name="conv")(program))
    networks["program"] = save(program, "program", folder)
    with h5py.File(folder / "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5", "w") as file:
        file.attrs["layer_names"] = ["res2a_branch2a"]
        group = file.create_group("res2a_branch2a")
        group.attrs["weight_names"] = ["res2a_branch2a_W"]
        group["res2a_branch2a_W"] = np.zeros((1, 1, 2, 2), np.float32)
    saved_model = folder / "saved_model"
    saved_model.mkdir()
    (saved_model / "saved_model.pb").touch()
    (folder / "networks.json").write_text(json.dumps(networks))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

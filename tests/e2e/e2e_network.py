"""Makes a small network that does everything a large one does; run as a program, since it needs Keras."""

from __future__ import annotations

import sys

import keras
from keras import layers

if __name__ == "__main__":
    keras.utils.set_random_seed(0)
    picture = layers.Input((None, None, 3))
    x = layers.Conv2D(8, 3, padding="same", activation="relu", name="first")(picture)
    x = layers.Conv2D(12, 3, padding="same", activation="relu", name="second")(x)
    x = layers.MaxPooling2D(name="smaller")(x)
    x = layers.Conv2D(16, 3, padding="same", activation="relu", name="third")(x)
    # Behind a rectifier that is off, a root has a value and no slope.
    x = layers.Activation("linear", name="roots")(keras.ops.sqrt(x))
    x = layers.GlobalAveragePooling2D(name="mean")(x)
    keras.Model(picture, layers.Dense(10, activation="softmax", name="classes")(x), name="small").save(sys.argv[1])

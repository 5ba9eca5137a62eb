"""TensorFlow and Keras as this application needs them; importing this module imports them."""

from __future__ import annotations

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# A user's ~/.keras/keras.json may name another backend; everything here is written for TensorFlow.
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow as tf

__all__ = ["device", "keras", "settle", "tf"]


def settle() -> None:
    """Puts Keras' global settings to what the engine expects, whatever keras.json or a loaded file said."""
    keras.config.set_floatx("float32")
    keras.config.set_image_data_format("channels_last")
    keras.config.set_dtype_policy("float32")


def device() -> str:
    """What TensorFlow computes on: "GPU" or "CPU"."""
    return "GPU" if tf.config.list_physical_devices("GPU") else "CPU"


settle()

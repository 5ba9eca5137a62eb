"""TensorFlow and Keras as this application needs them; importing this module imports them."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import tempfile
from typing import TYPE_CHECKING

from cnnviz_gui.resources import library_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# A user's ~/.keras/keras.json may name another backend; everything here is written for TensorFlow.
os.environ["KERAS_BACKEND"] = "tensorflow"
# With oneDNN's own allocator the most that was ever used at a time stays taken for as long as the process lives.
# The system's makes steps 1 to 5 % slower, and everything goes back when a job is done.
os.environ.setdefault("TF_ONEDNN_USE_SYSTEM_ALLOCATOR", "1")
# oneDNN keeps the programs that it wrote for the last 1,024 forms of a convolution, and 200 are several networks.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "200")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps what native code writes on standard error while TensorFlow starts, unless that fails.

    Its log lines about CPU instructions and missing GPU drivers come before any level can be set.
    """
    sys.stderr.flush()
    with tempfile.TemporaryFile() as kept:
        real = os.dup(2)
        os.dup2(kept.fileno(), 2)
        try:
            yield
        except BaseException:
            kept.seek(0)
            os.write(real, kept.read())
            raise
        finally:
            os.dup2(real, 2)
            os.close(real)


@contextlib.contextmanager
def _kept_in() -> Iterator[None]:
    """Has Keras make its keras.json in our own folder: importing it must not write into the user's home.

    A person's own choice of a folder stands, and afterwards nothing is chosen: where downloaded weights lie is the
    same as ever.
    """
    if "KERAS_HOME" in os.environ:
        yield
        return
    os.environ["KERAS_HOME"] = str(library_folder("keras"))
    try:
        yield
    finally:
        del os.environ["KERAS_HOME"]


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Looks for no garbage meanwhile, and in what was made not afterwards either: it stays as long as the process.

    Importing makes a million objects and next to no garbage. Looking through them takes a quarter of the time of
    importing, and a sixth of a second each time from then on.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


with _quiet(), _kept_in(), _uncollected():
    import keras
    import tensorflow as tf
    from tensorflow.python.eager.context import context as eager_context
    from tensorflow.python.framework.ops import gradient_registry

    # Looks for devices, which writes lines of its own.
    tf.config.list_logical_devices()

# Looking for constants of a network that can be computed in advance finds none. Where weights are among them, that
# takes longer than everything else about a deep layer's first step.
tf.config.optimizer.set_experimental_options({"constant_folding": False})

__all__ = ["device", "eager_context", "gradient_registry", "keras", "settle", "tf"]


def settle() -> None:
    """Puts Keras' global settings to what the engine expects, whatever keras.json or a loaded file said."""
    keras.config.set_floatx("float32")
    keras.config.set_image_data_format("channels_last")
    keras.config.set_dtype_policy("float32")


def device() -> str:
    """What TensorFlow computes on: "GPU" or "CPU"."""
    return "GPU" if tf.config.list_physical_devices("GPU") else "CPU"


settle()

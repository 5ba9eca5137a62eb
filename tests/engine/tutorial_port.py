"""The tutorial's scripts, line by line, with Keras called directly: what the engine's answers are held against.

The scripts are those of *Deep Learning with Python* (Chollet, 2017), section 5.4. Only what Keras 3 no longer has is
replaced: ``K.gradients`` by a gradient tape, ``model.predict`` by a call. Names, loops and constants are theirs.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import keras
import numpy as np
import tensorflow as tf

if TYPE_CHECKING:
    from collections.abc import Callable

IMAGES_PER_ROW = 16


def activations_of(model: keras.Model, layer_names: list[str], img_tensor: np.ndarray) -> list[np.ndarray]:
    """What every named layer does with a picture, each (1, height, width, channels)."""
    layer_outputs = [model.get_layer(name).output for name in layer_names]
    activation_model = keras.Model(inputs=model.input, outputs=layer_outputs)
    activations = activation_model(img_tensor, training=False)
    # As predict does, a model of one output answers with that output alone.
    return [np.asarray(output) for output in (activations if len(layer_names) > 1 else [activations])]


def layers_with_pictures(model: keras.Model) -> list[str]:
    """Names of all layers with a four-dimensional output."""
    return [layer.name for layer in model.layers if len(layer.output.shape) == 4]


def standardized(channel_image: np.ndarray) -> np.ndarray:
    """One channel made presentable."""
    channel_image = channel_image.copy()
    channel_image -= channel_image.mean()
    channel_image /= channel_image.std()
    channel_image *= 64
    channel_image += 128
    return np.clip(channel_image, 0, 255).astype("uint8")


def display_grid(layer_activation: np.ndarray) -> np.ndarray:
    """The mosaic of a layer: complete rows of sixteen only.

    The tutorial takes the height for the width, too, and so fails for pictures that are not square.
    """
    n_features = layer_activation.shape[-1]
    height, width = layer_activation.shape[1:3]
    n_cols = n_features // IMAGES_PER_ROW
    grid = np.zeros((height * n_cols, IMAGES_PER_ROW * width))
    for col in range(n_cols):
        for row in range(IMAGES_PER_ROW):
            channel_image = standardized(layer_activation[0, :, :, col * IMAGES_PER_ROW + row])
            grid[col * height : (col + 1) * height, row * width : (row + 1) * width] = channel_image
    return grid


def deprocess_image(x: np.ndarray) -> np.ndarray:
    """A pattern made presentable."""
    x = x.copy()
    x -= x.mean()
    x /= x.std() + 1e-5
    x *= 0.1
    x += 0.5
    x = np.clip(x, 0, 1)
    x *= 255
    return np.clip(x, 0, 255).astype("uint8")


@functools.cache
def iteration(model: keras.Model, layer_name: str) -> Callable[[np.ndarray, int], tuple[float, np.ndarray]]:
    """What the tutorial calls ``iterate``: from a picture to the loss of a filter and its gradient."""
    network = keras.Model(model.input, model.get_layer(layer_name).output)

    @tf.function(autograph=False)
    def iterate(x: tf.Tensor, filter_index: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        with tf.GradientTape() as tape:
            tape.watch(x)
            layer_output = network(x, training=False)
            loss = tf.reduce_mean(layer_output[:, :, :, filter_index])
        return loss, tape.gradient(loss, x)

    def call(image: np.ndarray, filter_index: int) -> tuple[float, np.ndarray]:
        loss, grads = iterate(tf.convert_to_tensor(image, tf.float32), tf.constant(filter_index))
        return float(loss), grads.numpy()

    return call


def generate_pattern(
    model: keras.Model, layer_name: str, filter_index: int, start: np.ndarray, steps: int = 40
) -> tuple[np.ndarray, list[float]]:
    """Gradient ascent on a filter.

    Args:
        model: The network.
        layer_name: Whose filter.
        filter_index: Which filter.
        start: (1, size, size, 3): in the tutorial ``np.random.random((1, size, size, 3)) * 20 + 128.``.
        steps: In the tutorial 40.

    Returns:
        The picture (size, size, 3) before `deprocess_image`, and the loss before every step.
    """
    iterate = iteration(model, layer_name)
    input_img_data = start.astype(np.float64)
    step = 1.0
    losses = []
    for _ in range(steps):
        loss_value, grads_value = iterate(input_img_data, filter_index)
        grads_value = grads_value / (np.sqrt(np.mean(np.square(grads_value))) + 1e-5)
        input_img_data += grads_value * step
        losses.append(loss_value)
    return input_img_data[0], losses


def mosaic_of_patterns(filter_images: list[np.ndarray]) -> np.ndarray:
    """The 8 x 8 grid of filters 0 to 63 with black margins."""
    size = filter_images[0].shape[0]
    margin = 5
    results = np.zeros((8 * size + 7 * margin, 8 * size + 7 * margin, 3))
    for i in range(8):
        for j in range(8):
            filter_img = filter_images[i + (j * 8)]
            horizontal_start = i * size + i * margin
            horizontal_end = horizontal_start + size
            vertical_start = j * size + j * margin
            vertical_end = vertical_start + size
            results[horizontal_start:horizontal_end, vertical_start:vertical_end, :] = filter_img
    return results

"""What a person's own Python file beside a network looks like: layers, a model and a function."""

# People do not annotate such files.
# ruff: noqa: ANN001, ANN003, ANN201, ANN204
import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="odd")
class Residual(keras.layers.Layer):
    """Layers inside a layer, with code that works on symbolic tensors."""

    def __init__(self, filters, **options):
        super().__init__(**options)
        self.filters = filters
        self.first = keras.layers.Conv2D(filters, 3, padding="same", activation="relu", name="first")
        self.dropout = keras.layers.Dropout(0.5, name="dropout")
        self.second = keras.layers.Conv2D(filters, 1, name="second")

    def build(self, shape):
        self.first.build(shape)
        self.second.build((*shape[:-1], self.filters))
        self.built = True

    def call(self, inputs, training=None):
        return inputs + self.second(self.dropout(self.first(inputs), training=training))

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


class Opaque(keras.layers.Layer):
    """Layers inside a layer, with code that works on TensorFlow's tensors only. Not registered."""

    def __init__(self, filters, **options):
        super().__init__(**options)
        self.filters = filters
        self.inner = keras.layers.Conv2D(filters, 3, padding="same", name="inner")

    def build(self, shape):
        self.inner.build(shape)
        self.built = True

    def compute_output_shape(self, shape):
        return (*shape[:-1], self.filters)

    def call(self, inputs):
        return tf.nn.relu(tf.raw_ops.Abs(x=self.inner(inputs)))

    def get_config(self):
        return {**super().get_config(), "filters": self.filters}


@keras.saving.register_keras_serializable(package="odd")
class Traceable(keras.Model):
    """A model with code of its own that works on symbolic tensors."""

    def __init__(self, filters=6, **options):
        super().__init__(**options)
        self.filters = filters
        self.conv = keras.layers.Conv2D(filters, 3, strides=2, padding="same", activation="relu", name="conv")
        self.block = Residual(filters, name="block")
        self.pool = keras.layers.GlobalAveragePooling2D(name="pool")
        self.head = keras.layers.Dense(5, name="head")

    def call(self, inputs, training=None):
        features = self.block(self.conv(inputs), training=training)
        return {"scores": self.head(self.pool(features)), "features": features}

    def get_config(self):
        return {"name": self.name, "filters": self.filters}


@keras.saving.register_keras_serializable(package="odd")
class Untraceable(keras.Model):
    """A model with code of its own that works on TensorFlow's tensors only."""

    def __init__(self, **options):
        super().__init__(**options)
        self.conv = keras.layers.Conv2D(4, 3, name="conv")

    def call(self, inputs):
        return tf.raw_ops.Abs(x=self.conv(inputs))

    def get_config(self):
        return {"name": self.name}


@keras.saving.register_keras_serializable(package="odd")
def steep(x):
    """An activation function."""
    return keras.ops.relu(x) * 3.0

"""What an .h5 file names without its module, so that Keras does not find it or takes it for something else."""

from __future__ import annotations

from typing import Any

from cnnviz_gui.engine.gate_names import AMBIGUOUS, BARE_OPERATIONS, OPERATIONS
from cnnviz_gui.engine.runtime import keras

APPLICATION_LAYERS = {
    "CustomScaleLayer": keras.src.applications.inception_resnet_v2.CustomScaleLayer,
    "LayerScale": keras.src.applications.convnext.LayerScale,
    "StochasticDepth": keras.src.applications.convnext.StochasticDepth,
}
"""Layers that keras.applications defines for itself."""


def bare_names() -> dict[str, Any]:
    """Returns what an .h5 file may name by the class alone, to be given to Keras as custom objects."""
    found: dict[str, Any] = {}
    for module in OPERATIONS:
        space = _module(module)
        found.update({name: space[name] for name in (*BARE_OPERATIONS, *AMBIGUOUS) if name in space})
    either = {name: _either(getattr(keras.layers, name), found[name]) for name in AMBIGUOUS}
    return {**found, **either, **APPLICATION_LAYERS}


def _module(name: str) -> dict[str, Any]:
    found: Any = keras
    for part in name.split(".")[1:]:
        found = getattr(found, part)
    space: dict[str, Any] = vars(found)
    return space


def _either(layer: Any, operation: Any) -> type:  # noqa: ANN401 - Keras is not typed
    """Something that Keras can make both from: ``a + b`` is written as an "Add" as well as the layer is."""

    class Either:
        """Tells them apart by their settings: only a layer can be trainable."""

        @classmethod
        def from_config(cls, config: dict[str, Any]) -> Any:  # noqa: ANN401
            """Makes one of them from its settings."""
            return (layer if "trainable" in config else operation).from_config(config)

    return Either

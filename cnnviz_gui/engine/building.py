"""Building a network of keras.applications only if it fits into the memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import message
from cnnviz_gui.engine.gate_check import BYTES_PER_NUMBER
from cnnviz_gui.engine.gate_graph import forecast_network
from cnnviz_gui.engine.gate_limits import refuse_memory
from cnnviz_gui.engine.runtime import keras

if TYPE_CHECKING:
    from collections.abc import Callable


def build_within(
    memory_limit: int, build: Callable[[], keras.Model], name: str, *, copies: int, values: bool = True
) -> keras.Model:
    """Builds a network without taking memory for its weights, and then takes it if there is enough.

    Within Keras' stateless scope a variable has a shape and an initializer; its value is made when the scope is left.
    What it will be depends on the seed alone, so the network is the one that building it at once would give. Nobody
    has to keep a list of how large every network is.

    Args:
        memory_limit: Bytes that it may take.
        build: Makes the network with random weights.
        name: What to call it in messages.
        copies: Of every parameter at the worst moment: one, or two where values are read from a file as well.
        values: Whether to make them. Without, the network is good for nothing; only whether it fits is found out.

    Raises:
        CnnvizError: If it needs more memory.
    """
    with keras.StatelessScope() as scope:
        model = build()
        forecast = forecast_network(json.loads(model.to_json()), name)
        needed = BYTES_PER_NUMBER * (copies * forecast.parameters + forecast.peak)
        fits = needed <= memory_limit
        scope.initialize_variables = fits and values
    if not scope.initialize_variables:
        # Keras would make the values when any other such scope is left.
        keras.utils.clear_session(free_memory=False)
    if not fits:
        hint = message("Allow the engine more memory in Preferences, or open a smaller network.")
        refuse_memory(name, needed, memory_limit, hint)
    return model

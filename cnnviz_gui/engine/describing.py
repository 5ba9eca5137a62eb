"""From an opened network to its description."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cnnviz_gui import resources
from cnnviz_gui.core.errors import Message, message
from cnnviz_gui.core.network import Layer, LayerKind, Network, NetworkInput, NetworkSource
from cnnviz_gui.engine.inputs import takes_picture
from cnnviz_gui.engine.inspection import describe_layers
from cnnviz_gui.engine.preprocessing import infer_preprocessing

if TYPE_CHECKING:
    from cnnviz_gui.core.zoo import Application
    from cnnviz_gui.engine.graph import Graph
    from cnnviz_gui.engine.inputs import InputPlan

IMAGENET_CLASSES = 1000
USUAL_SIDE = 224


def title_of(source: NetworkSource) -> str:
    """A network's name for people."""
    return source.application or Path(source.name).name


def describe_network(
    graph: Graph, source: NetworkSource, *, sha256: str, known: Application | None, parameters: int
) -> Network:
    """Describes a network.

    Args:
        graph: Its calls.
        source: Where it came from.
        sha256: Digest of its file or its weights.
        known: What it is of keras.applications, or None.
        parameters: Number of its weights.
    """
    layers = describe_layers(graph)
    _, height, width, channels = graph.inputs[0].shape
    edge = known.size if known else USUAL_SIDE
    preprocessing, reason = infer_preprocessing(graph, known)
    output = tuple(graph.outputs[0].shape[1:])
    main, *others = graph.plans
    return Network(
        source=source,
        title=title_of(source),
        sha256=sha256,
        layers=layers,
        input_size=(height, width) if height and width else None,
        nominal_size=(height or edge, width or edge),
        input_channels=channels,
        preprocessing=preprocessing,
        preprocessing_reason=reason,
        labels=resources.bundled_labels(resources.DEFAULT_NETWORK) if output == (IMAGENET_CLASSES,) else (),
        parameters=parameters,
        default_layer=_default_layer(source, graph, layers),
        inputs=(NetworkInput(main.name, main.picture, takes_picture=True), *map(_other_input, others)),
        fixed_sides=(height, width),
        notes=(*graph.notes, *_precision_notes(layers)),
    )


def _other_input(plan: InputPlan) -> NetworkInput:
    takes = takes_picture(plan)
    return NetworkInput(plan.name, plan.picture if takes else tuple(plan.tensor.shape[1:]), takes_picture=takes)


def _precision_notes(layers: tuple[Layer, ...]) -> tuple[Message, ...]:
    types = {layer.dtype for layer in layers if layer.parameters}
    found = sorted(types & {"float16", "bfloat16", "float64"})
    if not found:
        return ()
    return (message("It computes in {types}; activations are shown as float32.", types=", ".join(found)),)


def _default_layer(source: NetworkSource, graph: Graph, layers: tuple[Layer, ...]) -> str:
    """The layer to open a network on: the middle one of those that see the picture at more than one position."""
    names = [layer.name for layer in layers]
    if source.name == resources.DEFAULT_NETWORK and resources.DEFAULT_LAYER in names:
        return resources.DEFAULT_LAYER
    seeing = _layers_that_see_the_picture(graph)
    maps = [
        layer.name
        for layer in layers
        if layer.kind is LayerKind.MAPS and layer.name in seeing and layer.shape[:2] != (1, 1)
    ]
    return maps[len(maps) // 2] if maps else names[-1]


def _layers_that_see_the_picture(graph: Graph) -> set[str]:
    """Names of the layers behind the picture; those behind further inputs alone are fed zeros at first."""
    seen = {id(tensor) for tensor in graph.inputs}
    names: set[str] = set()
    for entry in graph.entries:
        # A further input is called on the picture too, but only to know how many there are.
        if entry.type != "InputLayer" and any(id(tensor) in seen for tensor in entry.inputs):
            seen.add(id(entry.output))
            names.add(entry.name)
    return names

"""A network followed from its inputs to its outputs on paper: parameters, memory, calls."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from cnnviz_gui.core.errors import message
from cnnviz_gui.engine import gate_names as names
from cnnviz_gui.engine.gate_json import refuse_depth
from cnnviz_gui.engine.gate_limits import CALLS, NETWORK_DEPTH, refuse, refuse_damaged
from cnnviz_gui.engine.gate_names import words
from cnnviz_gui.engine.gate_references import references
from cnnviz_gui.engine.gate_shapes import output_shape
from cnnviz_gui.engine.gate_sizes import INEXACT, parameters
from cnnviz_gui.engine.gate_values import MalformedError, shape_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.engine.gate_references import Reference
    from cnnviz_gui.engine.gate_values import Shape

    Shapes = list[Shape | None]
    Made = dict[tuple[str, int], Shapes]

ATTEMPTS = 500_000
"""Tries to find a layer whose inputs are there; Keras tries as often, and slower."""
WRAPPERS = frozenset({"TimeDistributed", "Bidirectional", "SpectralNormalization"})
SAME = words(
    """
    Abs Absolute Add Clip Cos Divide Exp Log Maximum Minimum Mish Multiply Negative Power ReLU Relu Relu6
    Sigmoid Silu Sin Softmax Sqrt Square Subtract Tanh TrueDivide
    """
)
"""Operations whose output is as large as the largest input."""


@dataclass(frozen=True)
class Forecast:
    """What building a network and calling it once will take.

    Args:
        parameters: No more than Keras will make.
        exact: Whether it is their number.
        peak: Numbers in the inputs and the output of the layer that has most.
    """

    parameters: int
    exact: bool
    peak: int


def forecast_network(config: dict[str, Any], name: str) -> Forecast:
    """Follows a network on paper.

    Args:
        config: Its description, already walked through.
        name: What to call the file in messages.

    Raises:
        CnnvizError: If its layers do not connect, or would be called without end.
    """
    tracer = _Tracer(name)
    tracer.call(config, [], 0)
    return Forecast(tracer.parameters, tracer.exact, tracer.peak)


def refuse_old(name: str, details: str) -> NoReturn:
    """Refuses a whole network of Keras 1, or of one of the first Keras 2.

    Raises:
        CnnvizError: Always.
    """
    refuse(
        message("{name} was saved by an old Keras in a form that Keras 3 does not read.", name=name),
        message("Its weights can still be used: choose the network that they belong to beside it."),
        details=details,
    )


class _Tracer:
    """The counts while a network is followed; recursion goes one step per network within a network."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._calls = 0
        self._attempts = 0
        self._counted: dict[object, int] = {}
        self._shared: dict[int, object] = {}
        self._unshared: dict[tuple[object, str], object] = {}
        self.parameters = 0
        self.exact = True
        self.peak = 0

    def call(self, node: dict[str, Any], inputs: Shapes, depth: int) -> Shapes:
        """Calls a layer or a network; returns the shapes of its outputs."""
        self._calls += 1
        if self._calls > CALLS:
            refuse(
                message(
                    "{name} calls its layers more than {limit} times, which Keras takes hours to build.",
                    name=self._name,
                    limit=f"{CALLS:,}",
                ),
                message("Save a part of the network as a file of its own."),
            )
        if depth > NETWORK_DEPTH:
            refuse_depth(self._name, f"more than {NETWORK_DEPTH} networks within networks")
        settings = node.get("config")
        class_name = node.get("class_name")
        if not isinstance(class_name, str):
            refuse_damaged(self._name, f"a layer is {str(node)[:300]}")
        if isinstance(settings, list) and class_name == "Sequential":
            refuse_old(self._name, "The settings of a Sequential are a list.")
        if not isinstance(settings, dict):
            refuse_damaged(self._name, f"the settings of {class_name} are {str(settings)[:300]}")
        layers = settings.get("layers")
        if class_name in {"Functional", "Model"} or isinstance(settings.get("input_layers"), list | dict):
            return self._functional(settings, inputs, depth)
        if class_name == "Sequential":
            return self._sequential(settings, layers, inputs, depth)
        return [self._layer(node, class_name, settings, inputs, depth)]

    def _sequential(self, settings: dict[str, Any], layers: object, inputs: Shapes, depth: int) -> Shapes:
        shapes = inputs or [shape_of(settings.get("build_input_shape"))]
        for position, layer in enumerate(self._nodes(layers)):
            if position == 0 and (own := _own_input(layer)) and not inputs:
                shapes = [own]
            if layer.get("class_name") != "InputLayer":
                shapes = self.call(layer, shapes[:1], depth + 1)
        return shapes

    def _functional(self, settings: dict[str, Any], inputs: Shapes, depth: int) -> Shapes:
        layers = self._nodes(settings.get("layers"))
        given = {}
        for reference, shape in zip(references(settings.get("input_layers")), inputs, strict=False):
            given[reference.layer] = shape
        made: dict[tuple[str, int], Shapes] = {}
        waiting = []
        for layer in layers:
            name = layer.get("name")
            nodes = layer.get("inbound_nodes") or []
            if not isinstance(name, str) or not isinstance(nodes, list):
                refuse_damaged(self._name, f"a layer called {name!r} with the inputs {str(nodes)[:200]}")
            if layer.get("class_name") == "InputLayer":
                made[name, 0] = [given.get(name) or _own_input(layer)]
            elif nodes:
                waiting.append(_Waiting(name, layer, [list(references(entry)) for entry in nodes]))
            else:
                made[name, 0] = self.call(layer, [], depth + 1)
        self._call_all(waiting, made, depth)
        outputs = [_resolved([reference], made) for reference in references(settings.get("output_layers"))]
        return [shapes[0] if shapes else None for shapes in outputs]

    def _call_all(self, waiting: list[_Waiting], made: Made, depth: int) -> None:
        """Calls layers as their inputs become known, pass after pass, in the order in which Keras does."""
        while waiting:
            progress = False
            for entry in waiting:
                while entry.done < len(entry.calls):
                    self._attempts += 1
                    shapes = _resolved(entry.calls[entry.done], made)
                    if shapes is None:
                        break
                    made[entry.name, entry.done] = self.call(entry.layer, shapes, depth + 1)
                    entry.done += 1
                    progress = True
            waiting = [entry for entry in waiting if entry.done < len(entry.calls)]
            if waiting and not progress:
                refuse_damaged(self._name, f"not connected: {[entry.name for entry in waiting[:20]]}")
            if self._attempts > ATTEMPTS:
                refuse(
                    message("{name} lists its layers in an order that Keras takes hours to sort.", name=self._name),
                    message("Save the network again with model.save('network.keras')."),
                )

    def _nodes(self, layers: object) -> list[dict[str, Any]]:
        if not isinstance(layers, list) or not all(isinstance(layer, dict) for layer in layers):
            refuse_damaged(self._name, f"the list of layers is {str(layers)[:300]}")
        return layers

    def _layer(
        self, node: dict[str, Any], class_name: str, settings: dict[str, Any], inputs: Shapes, depth: int
    ) -> Shape | None:
        if _is_operation(node, class_name, settings):
            shape = output_shape(class_name, settings, inputs) if class_name in SAME else None
            self._note(inputs, shape)
            return shape
        if class_name not in names.LAYERS and class_name not in names.APPLICATION_LAYERS:
            self.exact = False
            return None
        try:
            return self._known_layer(node, class_name, settings, inputs, depth)
        except MalformedError as error:
            refuse(
                message(
                    "{name} is damaged: {key} of a {layer} layer is {value}.",
                    name=self._name,
                    key=error.key,
                    layer=class_name,
                    value=repr(error.value)[:80],
                ),
                message("Save the network again with model.save('network.keras')."),
                details=error,
            )

    def _known_layer(
        self, node: dict[str, Any], class_name: str, settings: dict[str, Any], inputs: Shapes, depth: int
    ) -> Shape | None:
        # Keras builds a layer for the shape that the description states for it, before it calls it.
        built = node.get("build_config") if "module" in node else None
        stated = shape_of(built.get("input_shape")) if isinstance(built, dict) else None
        shape = inputs[0] if inputs else None
        if class_name in WRAPPERS:
            return self._wrapper(class_name, settings, stated or shape, depth)
        self._count(node, parameters(class_name, settings, stated or shape))
        self.exact &= class_name not in INEXACT and bool(stated or shape)
        output = output_shape(class_name, settings, inputs)
        self._note(inputs, output)
        return output

    def _wrapper(self, class_name: str, settings: dict[str, Any], shape: Shape | None, depth: int) -> Shape | None:
        inner = settings.get("layer")
        if not isinstance(inner, dict):
            raise MalformedError("layer", inner)
        if class_name == "TimeDistributed":
            each = self.call(inner, [(shape[0], *shape[2:]) if shape and len(shape) > 2 else None], depth + 1)[0]
            output = (each[0], shape[1], *each[1:]) if each and shape else None
            self._note([shape], output)
            return output
        self.exact = False
        result = self.call(inner, [shape], depth + 1)[0]
        return None if class_name == "Bidirectional" else result

    def _note(self, inputs: Sequence[Shape | None], output: Shape | None) -> None:
        self.peak = max(self.peak, sum(math.prod(shape) for shape in (*inputs, output) if shape))

    def _count(self, node: dict[str, Any], count: int) -> None:
        """Counts a layer's parameters once, however often it is described: a shared one is, wherever it is used."""
        key = self._key(node)
        before = self._counted.get(key, 0)
        if count > before:
            self._counted[key] = count
            self.parameters += count - before

    def _key(self, node: dict[str, Any]) -> object:
        shared = node.get("shared_object_id")
        name = (node.get("class_name"), str(node.get("name") or node["config"].get("name")))
        if not isinstance(shared, int):
            self._unshared.setdefault(name, id(node))
            return id(node)
        if shared not in self._shared:
            # Keras 3 leaves the mark out where it describes a shared layer first.
            self._shared[shared] = self._unshared.pop(name, ("shared", shared))
        return self._shared[shared]


@dataclass
class _Waiting:
    """A layer and its calls, of which some are done."""

    name: str
    layer: dict[str, Any]
    calls: list[list[Reference]]
    done: int = 0


def _resolved(call: list[Reference], made: Made) -> Shapes | None:
    """Shapes of a call's inputs, or None if one of them is not there yet."""
    shapes: Shapes = []
    for reference in call:
        # To Keras 2 a network has been called once when it was made.
        outputs = made.get((reference.layer, reference.call), made.get((reference.layer, reference.call - 1)))
        if outputs is None:
            return None
        shape = outputs[reference.output] if 0 <= reference.output < len(outputs) else None
        shapes.append(shape or reference.shape)
    return shapes


def _is_operation(node: dict[str, Any], class_name: str, settings: dict[str, Any]) -> bool:
    """Whether something is an operation; where its module is left out, only a layer can be trainable."""
    module = node.get("module")
    if module:
        return module in names.OPERATIONS or module == "keras.src.activations.activations"
    if class_name in names.AMBIGUOUS:
        return "trainable" not in settings
    return class_name in names.BARE_OPERATIONS


def _own_input(layer: dict[str, Any]) -> Shape | None:
    """The shape that a layer states for its input, as an InputLayer and the first layer of a Sequential do."""
    settings = layer.get("config")
    if not isinstance(settings, dict):
        return None
    stated = settings.get("batch_shape") or settings.get("batch_input_shape")
    return shape_of(stated)

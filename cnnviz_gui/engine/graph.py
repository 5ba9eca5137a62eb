"""A network as a flat list of calls: nested models opened up, every call of a shared layer an entry of its own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import Message, message
from cnnviz_gui.engine.channels_last import has_channels_first
from cnnviz_gui.engine.computation import Computation
from cnnviz_gui.engine.inputs import InputPlan, OtherInput, feeding_notes, plan_inputs
from cnnviz_gui.engine.kernels import Kernels
from cnnviz_gui.engine.rebuilding import Rebuilder, is_fit
from cnnviz_gui.engine.tracing import trace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.engine.runtime import keras
    from cnnviz_gui.engine.tracing import Call


@dataclass(frozen=True, eq=False)
class Entry:
    """One output of one call of one layer.

    Args:
        name: Unique in the graph: the layer's own name, after those of the nested models it lies in ("inner/conv"),
            with "@2", "@3" for the second and third call of a shared layer, and with ":1", ":2" for the second and
            third output of a layer that has several.
        operation: The layer, or another Keras operation such as an addition written as ``x + y``.
        inputs: The symbolic tensors it was called on.
        output: The symbolic output.
        models: Names of the nested models it lies in, outermost first.
    """

    name: str
    operation: keras.Operation
    inputs: tuple[keras.KerasTensor, ...]
    output: keras.KerasTensor
    models: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The Keras class name."""
        return "InputLayer" if isinstance(self.operation, OtherInput) else type(self.operation).__name__


@dataclass(frozen=True, eq=False)
class Graph:
    """A network's calls in the order of computation, as a function of one picture.

    Args:
        inputs: The one symbolic input (N, H, W, C).
        outputs: The symbolic outputs.
        entries: The calls.
        plans: How the network's own inputs are fed, the one that takes the picture first.
        others: The inputs that may take a picture of their own, by their names.
        notes: What a person should know about how it is fed and followed.
        kernels: Those of its convolutions that something compiled holds.
    """

    inputs: tuple[keras.KerasTensor, ...]
    outputs: tuple[keras.KerasTensor, ...]
    entries: tuple[Entry, ...]
    plans: tuple[InputPlan, ...]
    others: Mapping[str, OtherInput] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()
    kernels: Kernels = field(default_factory=Kernels)

    def entry(self, name: str) -> Entry:
        """Finds a call by its name.

        Raises:
            KeyError: If there is none.
        """
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def producer(self, tensor: keras.KerasTensor) -> Entry | None:
        """The call that a tensor is the output of."""
        return next((entry for entry in self.entries if entry.output is tensor), None)

    def function(self, tensors: Sequence[keras.KerasTensor]) -> Computation:
        """A function from a list with the picture to the values of some of the tensors, as in inference."""
        return Computation(self.inputs, tensors)

    @contextmanager
    def feeding(self, pictures: Mapping[str, NDArray[np.float32]]) -> Iterator[None]:
        """While this lasts, functions that run eagerly feed these (H, W, C) pictures to inputs in `others`."""
        try:
            for name, picture in pictures.items():
                self.others[name].value = picture
            yield
        finally:
            for other in self.others.values():
                other.value = None


def graph_of(model: keras.Model) -> Graph:
    """Follows a model call by call.

    Args:
        model: Built; functional, Sequential, or with code that works on symbolic tensors. Models nested in it to any
            depth are opened up, and so are custom layers as far as their code can be followed.

    Returns:
        The graph. It shares the model's weights, except those of layers whose channels were moved.

    Raises:
        Unbuilt: If it was never built.
        Untraceable: If it is a custom model whose code cannot be followed.
        NoPicture: If it takes no picture.
    """
    traced = trace(model)
    plans = tuple(plan_inputs(traced))
    notes = [*feeding_notes(plans)]
    if has_channels_first(traced.calls):
        notes.append(message("It was made with the channels first; a copy with the channels last is shown."))
    if traced.closed:
        names = ", ".join(dict.fromkeys(traced.closed))
        notes.append(message("The layers inside {names} cannot be shown one by one.", names=names))
    others: Mapping[str, OtherInput] = {}
    if not is_fit(plans, traced.calls):
        rebuilder = Rebuilder(traced, plans)
        traced = rebuilder.rebuilt()
        others = rebuilder.others
    return Graph(traced.inputs, traced.outputs, _named(traced.calls), plans, others, tuple(notes))


def _named(calls: Sequence[Call]) -> tuple[Entry, ...]:
    """Gives every output of every call a name of its own."""
    taken: set[str] = set()
    entries = []
    for call in calls:
        plain = "/".join((*call.models, call.name or call.operation.name))
        name, number = plain, 1
        while name in taken:
            number += 1
            name = f"{plain}@{number}"
        for place, output in enumerate(call.outputs):
            unique = f"{name}:{place}" if place else name
            taken.add(unique)
            entries.append(Entry(unique, call.operation, call.inputs, output, call.models))
    return tuple(entries)

"""A network as a function of one picture (N, H, W, C): its inputs fed, its channels last."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cnnviz_gui.engine.channels_last import Mover, has_channels_first, split_activation
from cnnviz_gui.engine.inputs import Feed, InputPlan, OtherInput, adapt
from cnnviz_gui.engine.runtime import keras
from cnnviz_gui.engine.tracing import Call, Trace

if TYPE_CHECKING:
    from collections.abc import Sequence

PICTURE_TYPE = "float32"
UNKNOWN_CHANNELS = 3
_NOT_KEEPING_PLACES = frozenset({"Permute", "Reshape", "Transpose", "Moveaxis", "Swapaxes", "Flip", "Rot90"})


def is_fit(plans: Sequence[InputPlan], calls: Sequence[Call]) -> bool:
    """Whether a network is already a function of one picture."""
    main, *others = plans
    batch, *shape = main.tensor.shape
    is_plain = main.feed is Feed.MAPS and batch is None and shape[-1] and main.tensor.dtype == PICTURE_TYPE
    return bool(is_plain and not others and not has_channels_first(calls))


class Rebuilder:
    """Calls everything again, on a new picture.

    Every tensor of the network has up to two counterparts: as the network has it, and with the channels moved to the
    end. They are made from each other where something needs the one that is not there yet.

    Args:
        traced: The network.
        plans: How its inputs are fed, the one that takes the picture first.
    """

    def __init__(self, traced: Trace, plans: Sequence[InputPlan]) -> None:
        self._traced = traced
        self._plans = plans
        self._plain: dict[int, keras.KerasTensor] = {}
        self._moved: dict[int, keras.KerasTensor] = {}
        self._calls: list[Call] = []
        self._mover = Mover()
        self.others: dict[str, OtherInput] = {}

    def rebuilt(self) -> Trace:
        """The network as a function of one picture."""
        main, *others = self._plans
        height, width, count = main.picture
        picture = keras.Input((height, width, count or UNKNOWN_CHANNELS), dtype=PICTURE_TYPE, name=main.name)
        self._calls.append(Call(picture._keras_history.operation, (), {}, (picture,)))
        self._feed_picture(main, picture)
        for plan in others:
            self._feed_other(plan, picture)
        for call in self._traced.calls:
            if not all(id(output) in self._plain or id(output) in self._moved for output in call.outputs):
                self._repeat(call)
        outputs = tuple(self._shown(tensor) for tensor in self._traced.outputs)
        return Trace((picture,), outputs, self._calls, self._traced.closed)

    def _feed_picture(self, plan: InputPlan, picture: keras.KerasTensor) -> None:
        fed = picture
        for operation, made in adapt(plan, picture):
            self._calls.append(Call(operation, (fed,), {}, (made,)))
            fed = made
        (self._moved if plan.feed is Feed.CHANNELS_FIRST else self._plain)[id(plan.tensor)] = fed

    def _feed_other(self, plan: InputPlan, picture: keras.KerasTensor) -> None:
        is_moved = plan.feed is Feed.CHANNELS_FIRST
        is_picture = is_moved or plan.feed is Feed.MAPS
        shape = plan.picture if is_picture else tuple(plan.tensor.shape[1:])
        layer = OtherInput(shape, PICTURE_TYPE if is_picture else plan.tensor.dtype, plan.name)
        made = layer(picture)
        self._calls.append(Call(layer, (picture,), {}, (made,)))
        if is_picture:
            self.others[plan.name] = layer
        (self._moved if is_moved else self._plain)[id(plan.tensor)] = made

    def _shown(self, tensor: keras.KerasTensor) -> keras.KerasTensor:
        return self._moved.get(id(tensor), self._plain.get(id(tensor)))

    def _repeat(self, call: Call) -> None:
        any_moved = any(id(tensor) in self._moved for tensor in call.inputs)
        operation = self._mover.moved(call, call.inputs, any_moved=any_moved)
        if operation is None:
            self._repeat_as_it_was(call, any_moved=any_moved)
            return
        given = {id(tensor): self._with_channels_last(tensor) for tensor in call.inputs}
        arguments, keywords = _filled(call, given)
        operation = self._mover.built(call.operation, operation, arguments)
        made = tuple(keras.tree.flatten(operation(*arguments, **keywords)))
        activation = split_activation(call.operation)
        if activation is not None:
            self._activate_as_it_was(call, Call(operation, arguments, keywords, made, call.models), activation)
            return
        self._calls.append(Call(operation, arguments, keywords, made, call.models, call.name))
        for old, new in zip(call.outputs, made, strict=True):
            (self._moved if len(old.shape) > 2 else self._plain)[id(old)] = new

    def _activate_as_it_was(self, call: Call, linear: Call, activation: Any) -> None:  # noqa: ANN401
        """Applies the activation function of a moved layer with the channels first, where they were."""
        name = call.name or call.operation.name
        self._calls.append(replace(linear, name=f"{name}_linear"))
        first = self._permuted(linear.outputs[0], f"{name}_linear_channels_first", call.models, last=False)
        layer = keras.layers.Activation(activation, name=f"{call.operation.name}_channels_first")
        made = layer(first)
        self._calls.append(Call(layer, (first,), {}, (made,), call.models, f"{name}_channels_first"))
        self._plain[id(call.outputs[0])] = made
        self._moved[id(call.outputs[0])] = self._permuted(made, name, call.models, last=True)

    def _repeat_as_it_was(self, call: Call, *, any_moved: bool) -> None:
        arguments, keywords = _filled(call, {id(tensor): self._as_it_was(tensor) for tensor in call.inputs})
        made = tuple(keras.tree.flatten(call.operation(*arguments, **keywords)))
        self._plain.update({id(old): new for old, new in zip(call.outputs, made, strict=True)})
        ranks = {len(tensor.shape) for tensor in call.inputs}
        kind = type(call.operation).__name__
        is_still_first = any_moved and ranks == {len(made[0].shape)} and kind not in _NOT_KEEPING_PLACES
        name = call.name or call.operation.name
        named = f"{name}_channels_first" if is_still_first else call.name
        self._calls.append(Call(call.operation, arguments, keywords, made, call.models, named))
        if is_still_first:
            self._moved[id(call.outputs[0])] = self._permuted(made[0], name, call.models, last=True)

    def _with_channels_last(self, tensor: keras.KerasTensor) -> keras.KerasTensor:
        if id(tensor) not in self._moved:
            name = f"{tensor._keras_history.operation.name}_channels_last"
            self._moved[id(tensor)] = self._permuted(self._plain[id(tensor)], name, (), last=True)
        return self._moved[id(tensor)]

    def _as_it_was(self, tensor: keras.KerasTensor) -> keras.KerasTensor:
        if id(tensor) not in self._plain:
            name = f"{tensor._keras_history.operation.name}_channels_first"
            self._plain[id(tensor)] = self._permuted(self._moved[id(tensor)], name, (), last=False)
        return self._plain[id(tensor)]

    def _permuted(
        self, tensor: keras.KerasTensor, name: str, models: tuple[str, ...], *, last: bool
    ) -> keras.KerasTensor:
        rank = len(tensor.shape)
        places = (*range(2, rank), 1) if last else (rank - 1, *range(1, rank - 1))
        # A layer's name holds no slash, which is what the names of nested models are joined with.
        permute = keras.layers.Permute(places, name=name.replace("/", "_"))
        made = permute(tensor)
        self._calls.append(Call(permute, (tensor,), {}, (made,), models, name))
        return made


def _filled(call: Call, given: dict[int, keras.KerasTensor]) -> Any:  # noqa: ANN401 - arguments and keywords
    structure = (call.arguments, dict(call.keywords))
    return keras.tree.map_structure(lambda value: given.get(id(value), value), structure)

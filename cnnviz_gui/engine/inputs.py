"""How a network's inputs are fed: which one takes the picture, in what form, and what the others are given."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import Message, message
from cnnviz_gui.engine.channels_last import is_channels_first
from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.engine.tracing import Call, Trace

PICTURE_CHANNELS = (1, 3, 4)
SMALLEST_SIDE = 8
"""Anything smaller without an axis for channels is taken for a table, not for a picture."""
FILM_LENGTH = 8
"""Pictures in a film of any length."""
_SEQUENCE_WORDS = ("1D", "RNN", "LSTM", "GRU", "Bidirectional", "Attention", "TimeDistributed", "Embedding")


class Feed(Enum):
    """What an input is fed."""

    MAPS = auto()
    """(H, W, C): a picture."""
    CHANNELS_FIRST = auto()
    """(C, H, W): a picture whose channels are moved to the end."""
    GREY = auto()
    """(H, W): a grey picture without an axis for its one channel."""
    FILM = auto()
    """(D, H, W, C): the same picture D times."""
    ROW = auto()
    """(N,): a picture's values in a row, which the network's first layer makes a picture of again."""
    OTHER = auto()
    """Zeros."""


@dataclass(frozen=True, eq=False)
class InputPlan:
    """How one input is fed.

    Args:
        tensor: The input as the network has it.
        name: Its name.
        feed: What it is fed.
        picture: (height, width, channels) of the picture it takes, None where any size does; empty where none.
    """

    tensor: keras.KerasTensor
    name: str
    feed: Feed
    picture: tuple[int | None, ...] = ()


class OtherInput(keras.layers.Layer):  # type: ignore[misc]
    """Stands for an input that the picture does not go to: gives zeros, or for a while a picture of its own.

    Called on the picture, so that a network with several inputs is a function of the picture alone.

    Args:
        shape: What it gives, without the batch; None takes the picture's height and width, or 1.
        given: Type of the numbers.
        name: Of the input it stands for.
    """

    def __init__(self, shape: tuple[int | None, ...], given: str, name: str) -> None:
        super().__init__(name=name, trainable=False, autocast=False)
        self.shape = tuple(shape)
        self.given = given
        self.value: NDArray[np.float32] | None = None

    def compute_output_spec(self, picture: keras.KerasTensor) -> keras.KerasTensor:
        """Its shape for the symbolic picture."""
        return keras.KerasTensor((picture.shape[0], *self._lengths(picture.shape)), self.given)

    def call(self, picture: tf.Tensor) -> tf.Tensor:
        """Its value, once for every picture of the batch."""
        count = tf.shape(picture)[:1]
        if self.value is not None:
            return tf.repeat(tf.cast(self.value[None], self.given), count[0], axis=0)
        sides = tf.shape(picture)[1:3]
        shape = [
            length if isinstance(length, int) else sides[axis] if len(self.shape) == 3 and axis < 2 else 1
            for axis, length in enumerate(self.shape)
        ]
        return tf.zeros([count[0], *shape], self.given)

    def _lengths(self, picture: Sequence[int | None]) -> list[int | None]:
        is_maps = len(self.shape) == 3
        return [
            length or (picture[1 + axis] if is_maps and axis < 2 else 1) for axis, length in enumerate(self.shape)
        ]


class NoPicture(ValueError):
    """No input of a network takes a picture. Holds the inputs' shapes in words."""


def plan_inputs(traced: Trace) -> list[InputPlan]:
    """Decides how each input is fed; the one that takes the picture comes first.

    Raises:
        NoPicture: If none can take a picture.
    """
    plans = [_plan(tensor, traced.calls) for tensor in traced.inputs]
    for suits in (_takes_a_common_picture, takes_picture, _takes_something_of_a_picture):
        for plan in plans:
            if suits(plan):
                return [plan, *(other for other in plans if other is not plan)]
    raise NoPicture(", ".join(f"{plan.name} ({shape_words(plan.tensor.shape[1:])})" for plan in plans))


def takes_picture(plan: InputPlan) -> bool:
    """Whether a picture fits an input as it is."""
    return plan.feed in {Feed.MAPS, Feed.CHANNELS_FIRST}


def _takes_a_common_picture(plan: InputPlan) -> bool:
    return takes_picture(plan) and plan.picture[-1] in (*PICTURE_CHANNELS, None)


def _takes_something_of_a_picture(plan: InputPlan) -> bool:
    return plan.feed is not Feed.OTHER


def _plan(tensor: keras.KerasTensor, calls: Sequence[Call]) -> InputPlan:
    name = tensor._keras_history.operation.name
    shape = tuple(tensor.shape[1:])
    readers = [call for call in calls if any(given is tensor for given in call.inputs)]
    if len(shape) == 3:
        if is_channels_first(tensor, calls):
            return InputPlan(tensor, name, Feed.CHANNELS_FIRST, (shape[1], shape[2], shape[0]))
        return InputPlan(tensor, name, Feed.MAPS, shape)
    if len(shape) == 4 and not is_channels_first(tensor, calls):
        return InputPlan(tensor, name, Feed.FILM, shape[1:])
    is_sequence = any(word in type(call.operation).__name__ for call in readers for word in _SEQUENCE_WORDS)
    if len(shape) == 2 and min(length or 0 for length in shape) >= SMALLEST_SIDE and not is_sequence:
        return InputPlan(tensor, name, Feed.GREY, (*shape, 1))
    if len(shape) == 1 and len(readers) == 1:
        made = tuple(readers[0].outputs[0].shape[1:])
        is_picture = len(made) == 3 and None not in made and made[-1] in PICTURE_CHANNELS
        if is_picture and type(readers[0].operation).__name__ == "Reshape" and math.prod(made) == shape[0]:
            return InputPlan(tensor, name, Feed.ROW, made)
    return InputPlan(tensor, name, Feed.OTHER)


def adapt(plan: InputPlan, picture: keras.KerasTensor) -> list[tuple[Any, keras.KerasTensor]]:
    """Brings the picture into the form that an input takes.

    Args:
        plan: Of the input that takes the picture.
        picture: (N, H, W, C), symbolic.

    Returns:
        Operations and what they make, one after the other; none where the picture fits as it is.
    """
    shape = tuple(plan.tensor.shape[1:])
    if plan.feed in {Feed.GREY, Feed.ROW}:
        steps = [keras.layers.Reshape(shape, name=f"{plan.name}_reshape")]
    elif plan.feed is Feed.FILM:
        steps = [_Film(shape[0] or FILM_LENGTH, name=f"{plan.name}_film")]
    else:
        return []
    return [(step, step(picture)) for step in steps]


class _Film(keras.layers.Layer):  # type: ignore[misc]
    """The same picture several times: (N, H, W, C) to (N, D, H, W, C)."""

    def __init__(self, length: int, name: str) -> None:
        super().__init__(name=name, trainable=False)
        self.length = length

    def compute_output_spec(self, picture: keras.KerasTensor) -> keras.KerasTensor:
        return keras.KerasTensor((picture.shape[0], self.length, *picture.shape[1:]), picture.dtype)

    def call(self, picture: tf.Tensor) -> tf.Tensor:
        return tf.repeat(picture[:, None], self.length, axis=1)


def feeding_notes(plans: Sequence[InputPlan]) -> tuple[Message, ...]:
    """What a person should know about how a network is fed."""
    main, *others = plans
    height, width, count = main.picture
    notes = []
    if count == 1:
        notes.append(message("It takes one channel: pictures are turned to grey."))
    elif count == 2:
        notes.append(message("It takes two channels: each is fed the picture's grey levels."))
    elif count is not None and count > 3:
        notes.append(
            message(
                "It takes {count} channels: the first three are red, green and blue, all others the picture's "
                "grey levels.",
                count=count,
            )
        )
    if height and width:
        notes.append(message("It takes pictures of {height} x {width} only.", height=height, width=width))
    elif height:
        notes.append(message("It takes pictures that are {height} pixels high, of any width.", height=height))
    elif width:
        notes.append(message("It takes pictures that are {width} pixels wide, of any height.", width=width))
    if main.feed is Feed.FILM:
        length = main.tensor.shape[1] or FILM_LENGTH
        notes.append(message("It takes {count} pictures one after the other: it is fed the same one.", count=length))
    if others:
        notes.append(message("The picture goes to the input {name}.", name=main.name))
    return (*notes, *map(_other_note, others))


def _other_note(plan: InputPlan) -> Message:
    if takes_picture(plan):
        return message("The input {name} may take a picture of its own; without one it is fed zeros.", name=plan.name)
    shape = shape_words(plan.tensor.shape[1:])
    return message("The input {name} ({shape}) is fed zeros.", name=plan.name, shape=shape)


def shape_words(shape: Sequence[int | None]) -> str:
    """A shape for people: "8 x ? x 3"."""
    return " x ".join("?" if length is None else str(length) for length in shape)

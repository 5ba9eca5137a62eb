"""Legitimate odd networks: what people have beside a plain functional network for colour pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import odd_builders as make
import odd_channels_first as order
from odd_builders import SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Fed = dict[str, np.ndarray]


def only_picture(fed: Fed) -> Any:  # noqa: ANN401
    """What a network with one input is called on."""
    return fed["picture"]


@dataclass(frozen=True)
class Odd:
    """An odd network.

    Args:
        build: Makes it.
        inputs: From the picture as fed, (1, H, W, C), to what Keras is called on.
        size: (height, width) of the picture.
        channels: Of its picture.
        formats: What Keras can save it as and read again; .h5 holds no bare operations.
        classes: Whether it needs `CLASSES`.
        twin: A network that computes the same with the channels last, from the network; where Keras cannot be held
            against it.
        notes: Parts of what is said about it, in their order.
        tokens: (rows, columns, tokens in front) of the sequences that were maps, by layer.
        maps: Layers whose output is a map without an axis for channels.
        inserted: Layers that are shown and are not the network's own.
        text: Layers whose output is text.
        tolerance: Relative to a layer's largest value.
    """

    build: Callable[[], keras.Model]
    inputs: Callable[[Fed], Any] = only_picture
    size: tuple[int, int] = SIZE
    channels: int = 3
    formats: tuple[str, ...] = ("keras", "h5")
    classes: bool = False
    twin: Callable[[keras.Model], keras.Model] | None = None
    notes: tuple[str, ...] = ()
    tokens: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    maps: frozenset[str] = frozenset()
    inserted: frozenset[str] = frozenset()
    text: frozenset[str] = frozenset()
    tolerance: float = 1e-5


def channels_of(model: keras.Model) -> dict[str, int]:
    """The channels of every layer of the outermost network whose output is one tensor, as Keras builds it.

    Args:
        model: With the channels last.
    """
    return dict(_channels(model))


def _channels(model: keras.Model) -> Iterator[tuple[str, int]]:
    for layer in model.layers:
        nodes = layer._inbound_nodes
        shape = tuple(getattr(layer.output, "shape", ())) if len(nodes) == 1 else ()
        if len(shape) > 1 and not isinstance(layer, keras.Model) and isinstance(shape[-1], int):
            yield layer.name, shape[-1]


def zeros(*shape: int, kind: str = "float32") -> np.ndarray:
    return np.zeros((1, *shape), kind)


ODD_NETWORKS: dict[str, Odd] = {
    "sequential": Odd(make.sequential),
    "sequential without input": Odd(make.sequential_without_input, notes=("32 x 40 only",)),
    "nested": Odd(make.nested),
    "shared": Odd(make.shared),
    "several outputs of a layer": Odd(make.several_outputs_of_a_layer, formats=("keras",), notes=("32 x 40 only",)),
    "structured": Odd(
        make.structured,
        lambda fed: {"picture": fed["picture"], "age": zeros(2)},
        notes=("goes to the input picture", "input age (2) is fed zeros"),
    ),
    "bare operations": Odd(make.bare_operations, formats=("keras",)),
    "picture and vectors": Odd(
        make.picture_and_vectors,
        lambda fed: [zeros(2), zeros(7, kind="int32"), fed["picture"]],
        notes=("goes to the input photo", "age (2) is fed zeros", "words (7) is fed zeros"),
    ),
    "siamese": Odd(
        make.siamese,
        formats=("keras",),
        inputs=lambda fed: [fed["picture"], fed.get("right", zeros(*SIZE, 3))],
        notes=("goes to the input left", "input right may take a picture of its own"),
    ),
    "depth and colour": Odd(
        make.depth_and_colour,
        lambda fed: [fed.get("depth", zeros(24, 24, 7)), fed["picture"]],
        notes=("goes to the input colour", "input depth may take a picture"),
    ),
    "one channel": Odd(make.channels(1), channels=1, notes=("turned to grey",)),
    "two channels": Odd(make.channels(2), channels=2, notes=("two channels",)),
    "four channels": Odd(make.channels(4), channels=4, notes=("takes 4 channels",)),
    "six channels": Odd(make.channels(6), channels=6, notes=("takes 6 channels",)),
    "fixed size": Odd(make.channels(3, (20, 30)), size=(20, 30), notes=("20 x 30 only",)),
    "fixed height": Odd(make.channels(3, (20, None)), size=(20, 50), notes=("20 pixels high, of any width",)),
    "fixed width": Odd(make.channels(3, (None, 30)), size=(50, 30), notes=("30 pixels wide, of any height",)),
    "grey without channels": Odd(
        make.grey_without_channels,
        lambda fed: fed["picture"][..., 0],
        size=(28, 28),
        channels=1,
        notes=("turned to grey", "28 x 28 only"),
        maps=frozenset({"scale"}),
        inserted=frozenset({"*_reshape"}),
    ),
    "grey row": Odd(
        make.grey_row,
        lambda fed: fed["picture"].reshape(1, 784),
        size=(28, 28),
        channels=1,
        notes=("turned to grey", "28 x 28 only"),
        inserted=frozenset({"*_reshape"}),
    ),
    "bytes in batches of four": Odd(
        make.bytes_in_batches_of_four, lambda fed: np.repeat(fed["picture"].astype(np.uint8), 4, axis=0)
    ),
    "fused": Odd(make.fused),
    "fused own": Odd(make.fused_own, classes=True),
    "channels first": Odd(
        lambda: order.first_or_last("channels_first"),
        twin=order.last_of_first,
        notes=("32 x 40 only", "made with the channels first"),
        inserted=frozenset({"small_channels_first"}),
        tolerance=1e-4,
    ),
    "channels first rarely": Odd(
        lambda: order.first_or_last_rarely("channels_first"),
        twin=order.last_of_first_rarely,
        classes=True,
        notes=("32 x 40 only", "made with the channels first"),
        inserted=frozenset({"*_channels_first", "*_channels_last", "steep_linear"}),
        tolerance=1e-4,
    ),
    "moved by hand": Odd(
        lambda: order.moved_by_hand("channels_first"),
        twin=order.moved_by_hand_last,
        notes=("made with the channels first",),
        inserted=frozenset({"to_front", "to_front_channels_last"}),
    ),
    "ranks": Odd(make.ranks, formats=("keras",), notes=("32 x 40 only",)),
    "not floats": Odd(make.not_floats, formats=("keras",), maps=frozenset({"argmax*"}), text=frozenset({"words"})),
    "transformer": Odd(
        make.transformer,
        formats=("keras",),
        size=(32, 48),
        notes=("32 x 48 only",),
        tokens={
            "tokens": (4, 6, 0),
            "with_class": (4, 6, 1),
            "attention": (4, 6, 1),
            "add": (4, 6, 1),
            "norm": (4, 6, 1),
        },
    ),
    "film": Odd(
        make.film,
        lambda fed: np.repeat(fed["picture"][:, None], 6, axis=1),
        notes=("takes 6 pictures",),
        inserted=frozenset({"film_film"}),
    ),
    "mixed float16": Odd(make.mixed("mixed_float16"), notes=("computes in float16",), tolerance=2e-3),
    "mixed bfloat16": Odd(make.mixed("mixed_bfloat16"), notes=("computes in bfloat16",), tolerance=2e-2),
    "own layers": Odd(make.own_layers, classes=True, notes=("layers inside closed cannot be shown",)),
    "own model": Odd(make.own_model, classes=True, formats=("keras",)),
}

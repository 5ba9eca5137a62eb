"""Networks and their layers as a window or a script sees them: names, shapes and where they come from."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from cnnviz_gui.core.errors import CnnvizError, Message, message

Size = tuple[int, int]
"""(height, width) of a picture in pixels."""


@dataclass(frozen=True)
class NetworkSource:
    """Where a network comes from; hashable, so that it names a loaded network.

    Args:
        name: A bundled name ("efficientnet-lite0"), "keras:NAME" of keras.applications, or a file's path: a whole
            network (.keras, .h5) or its architecture alone (.json).
        weights: A weights file's path, or "none". "imagenet", which is for "keras:" networks, means the weights in
            the file itself where that is a whole network.
        include_top: For "keras:" networks: with or without the classifying head.
        classes: Path of a Python file with the network's own classes, or empty.
        trusted: SHA-256 of the file, where the user has decided to trust the programs in it, or empty.
    """

    name: str
    weights: str = "imagenet"
    include_top: bool = True
    classes: str = ""
    trusted: str = ""

    @property
    def application(self) -> str:
        """The keras.applications name, or empty."""
        return self.name.removeprefix("keras:") if self.name.startswith("keras:") else ""

    @property
    def weights_file(self) -> str:
        """Path of the weights file that was chosen beside it, or empty."""
        return "" if self.weights in {"imagenet", "none"} else self.weights


class LayerKind(StrEnum):
    """What a layer's output is as a picture."""

    MAPS = "maps"
    """(H, W, C): a picture for each channel."""
    VECTOR = "vector"
    """(C,): a number for each channel."""
    OTHER = "other"
    """Anything else: shown as far as it is a picture, else described."""


@dataclass(frozen=True)
class Reach:
    """What one position sees along one axis: pixels ``start + i * jump`` to ``start + i * jump + size``.

    Args:
        size: Pixels of the picture as fed.
        jump: Pixels between neighbouring positions.
        start: Where position 0 begins; negative where padding is seen.
    """

    size: float
    jump: float
    start: float


@dataclass(frozen=True)
class ReceptiveField:
    """The rectangle of the picture that one position can see.

    Args:
        rows: Along the picture's height.
        columns: Along its width.
    """

    rows: Reach
    columns: Reach


@dataclass(frozen=True)
class Layer:
    """One layer, or one call of a shared layer.

    Args:
        name: Its Keras name; unique in the network.
        type: Its Keras class name.
        shape: Output shape without the batch; None where it depends on the picture.
        parameters: Number of its weights.
        dtype: Float type it computes in.
        kernel_size: Of a convolution or pooling, else empty.
        strides: Of a convolution or pooling, else empty.
        activation: Name of a fused activation that is not linear, or empty.
        block: Names of the blocks it lies in, outermost first.
        receptive_field: Where known.
    """

    name: str
    type: str
    shape: tuple[int | None, ...]
    parameters: int
    dtype: str
    kernel_size: tuple[int, ...] = ()
    strides: tuple[int, ...] = ()
    activation: str = ""
    block: tuple[str, ...] = ()
    receptive_field: ReceptiveField | None = None

    @property
    def kind(self) -> LayerKind:
        """What its output is as a picture."""
        return {3: LayerKind.MAPS, 1: LayerKind.VECTOR}.get(len(self.shape), LayerKind.OTHER)

    @property
    def channels(self) -> int:
        """Number of channels: the last axis of the output; 0 where there is none or it is not known."""
        return (self.shape[-1] or 0) if self.shape else 0


@dataclass(frozen=True)
class NetworkInput:
    """One input of a network.

    Args:
        name: Its name; unique among the inputs.
        shape: Without the batch; None where any length does.
        takes_picture: Whether a picture can be fed to it; other inputs are fed zeros.
    """

    name: str
    shape: tuple[int | None, ...]
    takes_picture: bool


@dataclass(frozen=True)
class Network:
    """A loaded network's description.

    Args:
        source: Where it came from.
        title: Name for people.
        sha256: Digest of its file, or of its weights where there is no file.
        layers: All layers in the order of computation.
        input_size: (height, width) that it wants; None where any size does.
        nominal_size: (height, width) that it was made for.
        input_channels: Channels of its input.
        preprocessing: Name of the inferred preprocessing.
        preprocessing_reason: Why that one, for people (English key of a translation).
        labels: Class names when it is a classifier, else empty.
        parameters: Number of weights.
        default_layer: Layer to open it on.
        inputs: All inputs; the first one takes the picture, others may take one of their own.
        fixed_sides: (height, width) of the pictures, None for a side that may have any length.
        notes: What a person should know about how it is fed and shown.
    """

    source: NetworkSource
    title: str
    sha256: str
    layers: tuple[Layer, ...]
    input_size: Size | None
    nominal_size: Size
    input_channels: int
    preprocessing: str
    preprocessing_reason: str
    labels: tuple[str, ...]
    parameters: int
    default_layer: str
    inputs: tuple[NetworkInput, ...] = ()
    fixed_sides: tuple[int | None, int | None] = (None, None)
    notes: tuple[Message, ...] = ()

    def label_of(self, layer: str, channel: int) -> str:
        """Name of the class that a channel of the last layer stands for, or empty."""
        return self.labels[channel] if layer == self.layers[-1].name and channel < len(self.labels) else ""

    @property
    def classifier(self) -> str | None:
        """Name of the layer whose channels are classes: the last one, where it gives numbers and not maps."""
        last = self.layers[-1] if self.layers else None
        return last.name if last is not None and last.kind is LayerKind.VECTOR and last.channels > 1 else None

    @property
    def further_pictures(self) -> tuple[NetworkInput, ...]:
        """The inputs beside the first that may take a picture of their own."""
        return tuple(given for given in self.inputs[1:] if given.takes_picture)

    def allowed(self, size: Size) -> Size:
        """A (height, width) with the sides that are fixed as the network has them."""
        height, width = self.fixed_sides
        return height or size[0], width or size[1]

    def layer(self, name: str) -> Layer:
        """Finds a layer by its name, or by its name in the source tutorial ("res2a_branch2a").

        Raises:
            CnnvizError: If there is none; the message names the nearest ones.
        """
        by_name = {layer.name: layer for layer in self.layers}
        found = by_name.get(name) or by_name.get(modern_layer_name(name))
        if found is None:
            raise CnnvizError(
                message("{network} has no layer called {name}.", network=self.title, name=name),
                message("Did you mean: {names}?", names=", ".join(_nearest(name, list(by_name)))),
            )
        return found


_STAGE_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OLD_NAME = re.compile(r"(res|bn)(\d)([a-z])_branch(1|2a|2b|2c)")
_OLD_BRANCHES = {"1": "0", "2a": "1", "2b": "2", "2c": "3"}
_OLD_KINDS = {"res": "conv", "bn": "bn"}
_OLD_SINGLE = {"conv1": "conv1_conv", "bn_conv1": "conv1_bn", "fc1000": "predictions"}


def modern_layer_name(name: str) -> str:
    """Translates a layer name of Keras' first ResNet50 to today's.

    Stage N block L (a, b, c...) is ``convN_blockL``; branch2a, 2b, 2c are 1, 2, 3 and branch1 is 0.

    Args:
        name: Such as "res4e_branch2c"; any other name is returned as it is.

    Returns:
        Such as "conv4_block5_3_conv".
    """
    match = _OLD_NAME.fullmatch(name)
    if match is None:
        return _OLD_SINGLE.get(name, name)
    kind, stage, letter, branch = match.groups()
    block = _STAGE_LETTERS.index(letter) + 1
    return f"conv{stage}_block{block}_{_OLD_BRANCHES[branch]}_{_OLD_KINDS[kind]}"


def _nearest(name: str, names: list[str]) -> list[str]:
    return difflib.get_close_matches(name, names, n=3, cutoff=0.0)

"""What a layer does, told from its Keras class: the icon of its row and the words that find it."""

from __future__ import annotations

from typing import NamedTuple


class LayerLook(NamedTuple):
    """How a type of layer is shown and found.

    Args:
        icon: Name of its icon.
        words: What people call it, for the search, beside its class name.
    """

    icon: str
    words: str


_OTHER = LayerLook("layer-other", "other")

# The first row whose part is found in the class name holds, so the narrower ones come first.
_LOOKS = (
    ("input", LayerLook("layer-input", "input")),
    ("depthwise", LayerLook("layer-depthwise", "depthwise dw conv")),
    ("conv", LayerLook("layer-conv", "conv convolution")),
    ("batchnorm", LayerLook("layer-norm", "bn batch norm")),
    ("rescaling", LayerLook("layer-rescaling", "rescale preprocessing")),
    ("norm", LayerLook("layer-norm", "norm")),
    ("pool", LayerLook("layer-pool", "pool")),
    ("upsampling", LayerLook("layer-upsampling", "upsample resize")),
    ("padding", LayerLook("layer-pad", "pad")),
    ("cropping", LayerLook("layer-pad", "crop")),
    ("dropout", LayerLook("layer-dropout", "drop")),
    ("noise", LayerLook("layer-dropout", "noise")),
    ("dense", LayerLook("layer-dense", "dense fully connected fc")),
    ("flatten", LayerLook("layer-flatten", "flatten")),
    ("reshape", LayerLook("layer-flatten", "reshape")),
    ("permute", LayerLook("layer-flatten", "permute")),
    ("concat", LayerLook("layer-concat", "concat merge")),
    ("multiply", LayerLook("layer-multiply", "multiply merge")),
    ("subtract", LayerLook("layer-add", "subtract merge")),
    ("average", LayerLook("layer-add", "average merge")),
    ("add", LayerLook("layer-add", "add merge residual")),
    ("relu", LayerLook("layer-activation", "activation relu")),
    ("softmax", LayerLook("layer-activation", "activation softmax")),
    ("elu", LayerLook("layer-activation", "activation")),
    ("activation", LayerLook("layer-activation", "activation")),
)


def layer_look(type_name: str) -> LayerLook:
    """Finds how a layer of a Keras class is shown, for example "DepthwiseConv2D"."""
    lower = type_name.lower()
    return next((look for part, look in _LOOKS if part in lower), _OTHER)

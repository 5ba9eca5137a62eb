"""Between a picture in 0..255 and the tensor that a network takes: every known style is one affine map."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


@dataclass(frozen=True)
class Preprocessing:
    """``tensor = picture * scale + offset``, channel by channel, on RGB or on BGR.

    Args:
        name: As in recipes and on the command line.
        title: For people (English key of a translation).
        bgr: Whether the channels are reversed first; scale and offset are in the order of the result.
        scale: For each channel.
        offset: For each channel.
    """

    name: str
    title: str
    bgr: bool
    scale: tuple[float, float, float]
    offset: tuple[float, float, float]

    def tensor(self, picture: NDArray[np.uint8], channels: int = 3) -> NDArray[np.float32]:
        """Makes the tensor to feed: (H, W, channels) float32 of (H, W, 3) uint8 RGB.

        Fewer channels than three are the picture's grey levels (Rec. 601 luma, as Pillow's ``convert("L")``), and so
        are those beyond three.
        """
        scale, offset = self.affine(channels)
        colours = (picture[..., ::-1] if self.bgr else picture).astype(np.float32)
        if channels == 3:
            return colours * scale + offset
        grey = (picture.astype(np.float32) @ _LUMA)[..., None]
        planes = [grey] * channels if channels < 3 else [colours, *[grey] * (channels - 3)]
        return np.concatenate(planes, axis=-1) * scale + offset

    def affine(self, channels: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Scale and offset of each of a number of channels; those of grey levels are the means of the three."""
        if channels == 3:
            return np.array(self.scale, np.float32), np.array(self.offset, np.float32)
        grey_scale, grey_offset = sum(self.scale) / 3, sum(self.offset) / 3
        if channels < 3:
            return np.full(channels, grey_scale, np.float32), np.full(channels, grey_offset, np.float32)
        more = channels - 3
        scale, offset = (*self.scale, *[grey_scale] * more), (*self.offset, *[grey_offset] * more)
        return np.array(scale, np.float32), np.array(offset, np.float32)


Triple = tuple[float, float, float]


def _preprocessing(
    name: str, title: str, *, bgr: bool = False, scale: float | Triple = 1.0, offset: float | Triple = 0.0
) -> Preprocessing:
    def triple(value: float | Triple) -> Triple:
        return value if isinstance(value, tuple) else (value, value, value)

    return Preprocessing(name, title, bgr, triple(scale), triple(offset))


_MEAN, _STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

PREPROCESSINGS = MappingProxyType(
    {
        row.name: row
        for row in (
            _preprocessing("none", message("none (0 .. 255)").source),
            # keras.applications.imagenet_utils.preprocess_input, mode="caffe": BGR minus ImageNet's mean.
            _preprocessing(
                "caffe", message("caffe (BGR - mean)").source, bgr=True, offset=(-103.939, -116.779, -123.68)
            ),
            # The same, mode="tf".
            _preprocessing("tf", message("tf (-1 .. 1)").source, scale=1 / 127.5, offset=-1.0),
            # The same, mode="torch".
            _preprocessing(
                "torch",
                message("torch ((x / 255 - mean) / std)").source,
                scale=(1 / 255 / _STD[0], 1 / 255 / _STD[1], 1 / 255 / _STD[2]),
                offset=(-_MEAN[0] / _STD[0], -_MEAN[1] / _STD[1], -_MEAN[2] / _STD[2]),
            ),
            _preprocessing("tutorial", message("tutorial (x / 255)").source, scale=1 / 255),
        )
    }
)


def preprocessing(name: str) -> Preprocessing:
    """Finds a preprocessing by its name.

    Raises:
        CnnvizError: If there is none; the message names them all.
    """
    try:
        return PREPROCESSINGS[name]
    except KeyError:
        raise CnnvizError(
            message(
                "There is no preprocessing called {name}. Known: {names}.",
                name=name,
                names=", ".join(PREPROCESSINGS),
            )
        ) from None

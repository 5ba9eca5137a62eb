"""Pictures: from an encoded file to upright RGB pixels of the size a network takes."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.recipe import recipe_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.recipe import Recipe

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "JPEG2000")
SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".webp", ".avif", ".tif", ".tiff", ".bmp", ".gif", ".jp2", ".j2k",
)  # fmt: skip
MAX_PIXELS = 64_000_000


@dataclass(frozen=True)
class Picture:
    """An encoded picture, kept whole so that neither a moved nor a changed file can lose it.

    Args:
        name: What to call it (a file's name without its folder).
        sha256: Hex digest of ``data``; two pictures are equal when name and digest are.
        data: The encoded bytes.
        path: Where it came from, or empty when it was dropped or pasted as image data.
    """

    name: str
    sha256: str
    data: bytes = field(compare=False, repr=False)
    path: str = field(default="", compare=False)


@dataclass(frozen=True, eq=False)
class PictureRead:
    """A picture that was opened.

    Args:
        picture: The picture.
        height: Height of the upright picture in pixels.
        width: Width of the upright picture in pixels.
        thumbnail: (h, w, 3) uint8 RGB, at most `THUMBNAIL` pixels along its longer side.
        notes: What was done to the picture that a person should know.
        recipe: The recipe that it carries when it is one of our own exports, else None.
    """

    picture: Picture
    height: int
    width: int
    thumbnail: NDArray[np.uint8]
    notes: tuple[Message, ...]
    recipe: Recipe | None = None


THUMBNAIL = 640


def make_picture(name: str, data: bytes, path: str = "") -> Picture:
    """Makes a `Picture` of encoded bytes."""
    return Picture(name=name, sha256=hashlib.sha256(data).hexdigest(), data=data, path=path)


def read_picture(picture: Picture) -> PictureRead:
    """Decodes a picture and makes its thumbnail.

    Raises:
        CnnvizError: If it is not a picture, is truncated, or is larger than `MAX_PIXELS`.
    """
    image, notes = _decode(picture)
    width, height = image.size
    thumbnail = image.copy()
    thumbnail.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.BILINEAR)
    recipe = None
    try:
        recipe = recipe_of(io.BytesIO(picture.data), picture.name)
    except CnnvizError as error:
        # The picture is good all the same.
        notes = (*notes, error.what)
    return PictureRead(picture, height, width, np.asarray(thumbnail), notes, recipe)


def picture_pixels(picture: Picture, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Decodes a picture and squashes it to a size.

    Args:
        picture: The picture.
        size: (height, width) in pixels.

    Returns:
        (height, width, 3) uint8 RGB, bilinear when the size differs.

    Raises:
        CnnvizError: As `read_picture`.
    """
    image, _ = _decode(picture)
    height, width = size
    if image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.BILINEAR)
    return np.asarray(image)


def square_pixels(picture: Picture, size: int) -> NDArray[np.uint8]:
    """Decodes a picture and brings the largest square in its middle to a size.

    Args:
        picture: The picture.
        size: Edge length in pixels.

    Returns:
        (size, size, 3) uint8 RGB.

    Raises:
        CnnvizError: As `read_picture`.
    """
    image, _ = _decode(picture)
    edge = min(image.size)
    left, top = (image.width - edge) // 2, (image.height - edge) // 2
    square = image.crop((left, top, left + edge, top + edge))
    if edge != size:
        # Pillow averages over all the pixels that fall together.
        square = square.resize((size, size), Image.Resampling.BILINEAR)
    return np.asarray(square)


def _decode(picture: Picture) -> tuple[Image.Image, tuple[Message, ...]]:
    """Opens a picture as an upright RGB image, with notes on what was done to it."""
    notes: list[Message] = []
    try:
        # Pillow warns of oddities in files that it reads all the same, and of sizes that are checked below.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(io.BytesIO(picture.data), formats=FORMATS)
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise _too_large(picture, width, height)
            if getattr(image, "n_frames", 1) > 1:
                notes.append(message("First of {count} frames.", count=getattr(image, "n_frames", 1)))
            image.load()
            image = _to_rgb(ImageOps.exif_transpose(image), notes)
    except CnnvizError:
        raise
    except UnidentifiedImageError as error:
        raise CnnvizError(
            message("{name} is not a picture that can be read.", name=picture.name),
            message("Use a PNG, JPEG, WebP, AVIF, TIFF, BMP, GIF or JPEG 2000 file."),
            details=str(error),
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(picture, None, None) from error
    # A damaged file makes Pillow's readers raise anything: IndexError, struct.error, RuntimeError.
    except Exception as error:
        raise _damaged(picture, error) from error
    return image, tuple(notes)


def _too_large(picture: Picture, width: int | None, height: int | None) -> CnnvizError:
    limit = MAX_PIXELS // 1_000_000
    if width is None or height is None:
        what = message("{name} is too large: at most {limit} megapixels are read.", name=picture.name, limit=limit)
    else:
        what = message(
            "{name} is too large: at most {limit} megapixels are read. Received: {width} x {height}.",
            name=picture.name,
            limit=limit,
            width=width,
            height=height,
        )
    return CnnvizError(what, message("Make it smaller in an image editor first."))


def _damaged(picture: Picture, error: Exception) -> CnnvizError:
    return CnnvizError(
        message("{name} is damaged or incomplete and cannot be read.", name=picture.name),
        message("Try to save it again from the program that made it."),
        details=f"{type(error).__name__}: {error}",
    )


def _to_rgb(image: Image.Image, notes: list[Message]) -> Image.Image:
    """Converts any mode to RGB without clipping 16-bit grey or showing colours hidden under alpha."""
    if image.mode in {"I;16", "I;16B", "I;16L", "I", "F"}:
        values = np.asarray(image, dtype=np.float64)
        if image.mode.startswith("I;16") or (image.mode == "I" and values.min() >= 0 and values.max() <= 65535):
            scaled = values / 257.0
        else:
            finite = values[np.isfinite(values)]
            low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
            span = high - low
            scaled = np.nan_to_num((values - low) * (255.0 / span)) if span > 0 else np.zeros_like(values)
            notes.append(message("Scaled from {low:.4g} .. {high:.4g} to 0 .. 255.", low=low, high=high))
        return Image.fromarray(np.clip(scaled + 0.5, 0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        notes.append(message("Transparent parts are shown on white."))
        with_alpha = image.convert("RGBA")
        ground = Image.new("RGBA", with_alpha.size, (255, 255, 255, 255))
        return Image.alpha_composite(ground, with_alpha).convert("RGB")
    return image.convert("RGB")

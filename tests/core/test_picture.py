"""Pictures of every kind become upright RGB pixels; what cannot be read says so in words."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.picture import (
    FORMATS,
    MAX_PIXELS,
    THUMBNAIL,
    PictureRead,
    make_picture,
    picture_pixels,
    read_picture,
)

HEIGHT, WIDTH = 20, 30


def colours(height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    """A smooth picture whose corners all differ, so that no turn or flip of it looks like another."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([255 * x // width, 255 * y // height, 128 * (x + y) // (width + height)], -1).astype(np.uint8)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def read(data: bytes, name: str = "photo") -> PictureRead:
    return read_picture(make_picture(name, data))


def pixels(data: bytes, height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    return picture_pixels(make_picture("photo", data), (height, width))


def in_words(picture: PictureRead) -> str:
    return " ".join(map(str, picture.notes))


def png_header(width: int, height: int) -> bytes:
    """The start of a PNG that claims a size; of its pixels only some bytes follow."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100))


@functools.cache
def one_of_each_format() -> dict[str, bytes]:
    image = Image.fromarray(colours())
    files = {kind: encoded(image, kind) for kind in FORMATS}
    frames = [Image.fromarray(255 - colours()), Image.fromarray(colours() // 2)]
    for kind in ("GIF", "WEBP", "TIFF", "PNG", "AVIF"):
        files[f"animated {kind}"] = encoded(image, kind, save_all=True, append_images=frames)
    return files


class TestGoodPictures:
    @pytest.mark.parametrize("kind", FORMATS)
    def test_every_format_is_read(self, kind: str) -> None:
        data = one_of_each_format()[kind]
        found = read(data)
        assert (found.height, found.width) == (HEIGHT, WIDTH)
        assert found.picture.sha256 == hashlib.sha256(data).hexdigest()
        lossless = kind in {"PNG", "TIFF", "BMP", "JPEG2000"}
        tolerance = 0 if lossless else 25
        assert np.abs(pixels(data).astype(int) - colours()).max() <= tolerance

    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_exif_orientation_is_obeyed(self, orientation: int) -> None:
        stored = {
            1: lambda a: a,
            2: lambda a: a[:, ::-1],
            3: lambda a: a[::-1, ::-1],
            4: lambda a: a[::-1],
            5: lambda a: a.swapaxes(0, 1),
            6: lambda a: np.rot90(a, 1),
            7: lambda a: a[::-1, ::-1].swapaxes(0, 1),
            8: lambda a: np.rot90(a, -1),
        }[orientation](colours())
        exif = Image.Exif()
        exif[274] = orientation
        data = encoded(Image.fromarray(np.ascontiguousarray(stored)), "PNG", exif=exif)
        found = read(data)
        assert (found.height, found.width) == (HEIGHT, WIDTH)
        assert (found.thumbnail == colours()).all()
        assert (pixels(data) == colours()).all()

    def test_sixteen_bit_grey_is_scaled_and_not_clipped(self) -> None:
        values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
        expected = np.rint(values / 257).astype(np.uint8)
        for kind in ("PNG", "TIFF"):
            found = pixels(encoded(Image.fromarray(values), kind), 16, 16)
            assert (found == expected[..., None]).all()

    def test_big_endian_sixteen_bit_grey_is_the_same_picture(self) -> None:
        values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
        image = Image.frombytes("I;16B", (16, 16), values.astype(">u2").tobytes())
        found = pixels(encoded(image, "TIFF"), 16, 16)
        assert (found == np.rint(values / 257).astype(np.uint8)[..., None]).all()

    def test_float_tiff_is_scaled_from_its_range_and_says_so(self) -> None:
        values = np.linspace(-2.5, 7.5, 64, dtype=np.float32).reshape(8, 8)
        data = encoded(Image.fromarray(values), "TIFF")
        found = read(data)
        assert "-2.5" in in_words(found)
        assert "7.5" in in_words(found)
        assert (pixels(data, 8, 8)[..., 0] == np.floor((values + 2.5) * 25.5 + 0.5)).all()

    def test_a_float_tiff_with_holes_shows_them_black(self) -> None:
        values = np.linspace(0, 1, 64, dtype=np.float32).reshape(8, 8).copy()
        values[3, 3] = np.nan
        assert pixels(encoded(Image.fromarray(values), "TIFF"), 8, 8)[3, 3].tolist() == [0, 0, 0]

    @pytest.mark.parametrize("value", [0.0, 3.5, float("nan")])
    def test_a_float_tiff_of_one_value_is_flat(self, value: float) -> None:
        data = encoded(Image.fromarray(np.full((4, 4), value, np.float32)), "TIFF")
        assert np.ptp(pixels(data, 4, 4)) == 0

    def test_colours_hidden_under_alpha_are_not_shown(self) -> None:
        layered = np.dstack([colours(), np.full((HEIGHT, WIDTH), 255, np.uint8)])
        layered[:10, ..., 3] = 0
        layered[10, ..., 3] = 128
        data = encoded(Image.fromarray(layered), "PNG")
        found = pixels(data)
        assert (found[:10] == 255).all()
        assert (found[11:] == colours()[11:]).all()
        half = colours()[10].astype(float) * 128 / 255 + 255 * 127 / 255
        assert np.abs(found[10] - half).max() <= 1
        assert "white" in in_words(read(data))

    def test_grey_with_alpha_is_laid_on_white(self) -> None:
        image = Image.new("LA", (4, 4), (7, 0))
        image.putpixel((0, 0), (90, 255))
        found = pixels(encoded(image, "PNG"), 4, 4)
        assert found[0, 0].tolist() == [90, 90, 90]
        assert found[1, 1].tolist() == [255, 255, 255]

    def test_a_palettes_transparent_colour_is_laid_on_white(self) -> None:
        image = Image.new("P", (4, 4), 0)
        image.putpalette([10, 20, 30, 200, 100, 50])
        image.putpixel((0, 0), 1)
        found = pixels(encoded(image, "PNG", transparency=0), 4, 4)
        assert found[0, 0].tolist() == [200, 100, 50]
        assert found[1, 1].tolist() == [255, 255, 255]

    def test_a_palette_without_transparency_shows_its_colours(self) -> None:
        image = Image.new("P", (4, 4), 0)
        image.putpalette([10, 20, 30])
        found = read(encoded(image, "PNG"))
        assert (found.thumbnail == [10, 20, 30]).all()
        assert found.notes == ()

    def test_cmyk_is_converted(self) -> None:
        data = encoded(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "TIFF")
        assert np.abs(pixels(data, 8, 8).astype(int) - [255, 0, 0]).max() <= 1

    @pytest.mark.parametrize(("mode", "colour"), [("1", 1), ("L", 255), ("YCbCr", (255, 128, 128))])
    def test_other_modes_are_converted(self, mode: str, colour: int | tuple[int, ...]) -> None:
        kind = "TIFF" if mode != "YCbCr" else "JPEG"
        found = pixels(encoded(Image.new(mode, (8, 8), colour), kind), 8, 8)
        assert np.abs(found.astype(int) - 255).max() <= 2

    @pytest.mark.parametrize("kind", ["GIF", "WEBP", "TIFF", "PNG", "AVIF"])
    def test_of_an_animation_the_first_frame_is_taken_and_said_so(self, kind: str) -> None:
        data = one_of_each_format()[f"animated {kind}"]
        assert "First of 3 frames." in in_words(read(data))
        assert np.abs(pixels(data).astype(int) - colours()).mean() < 8

    def test_a_picture_of_one_pixel_is_read_and_enlarged(self) -> None:
        data = encoded(Image.new("RGB", (1, 1), (1, 2, 3)), "PNG")
        found = read(data)
        assert (found.height, found.width) == (1, 1)
        assert (pixels(data, 7, 5) == [1, 2, 3]).all()

    def test_a_picture_is_squashed_to_height_by_width_as_pillow_does(self) -> None:
        image = Image.fromarray(colours(60, 90))
        found = pixels(encoded(image, "PNG"), 50, 33)
        assert found.shape == (50, 33, 3)
        assert (found == np.asarray(image.resize((33, 50), Image.Resampling.BILINEAR))).all()

    def test_a_picture_of_the_right_size_is_not_resampled(self) -> None:
        noise = np.random.default_rng(0).integers(0, 256, (50, 33, 3), dtype=np.uint8)
        assert (pixels(encoded(Image.fromarray(noise), "PNG"), 50, 33) == noise).all()

    def test_a_thumbnail_keeps_the_shape_of_the_picture(self) -> None:
        found = read(encoded(Image.new("RGB", (2000, 500)), "JPEG"))
        assert found.thumbnail.shape == (THUMBNAIL // 4, THUMBNAIL, 3)
        assert (found.height, found.width) == (500, 2000)

    def test_a_colour_profile_does_not_hinder(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        data = encoded(Image.fromarray(colours()), "PNG", icc_profile=profile)
        assert (pixels(data) == colours()).all()


class TestBadPictures:
    @pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7", b"\x00" * 100, b"<svg xmlns='x'/>"])
    def test_what_is_no_picture_is_said_to_be_none(self, data: bytes) -> None:
        with pytest.raises(CnnvizError, match=r"notes\.txt is not a picture that can be read\. Use a PNG, JPEG"):
            read(data, "notes.txt")

    def test_a_format_that_is_not_allowed_is_not_read_although_pillow_could(self) -> None:
        with pytest.raises(CnnvizError, match="not a picture that can be read"):
            read(encoded(Image.fromarray(colours()), "PPM"))

    @pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "JPEG2000"])
    def test_a_truncated_file_is_an_error_wherever_it_ends(self, kind: str) -> None:
        data = one_of_each_format()[kind]
        # The last bytes of some formats are checksums and padding: without those all pixels are there.
        for end in range(1, len(data) - 24, 7):
            with pytest.raises(CnnvizError, match=r"not a picture|damaged or incomplete"):
                read(data[:end])

    def test_half_a_jpeg_is_damaged_and_what_to_do_is_said(self) -> None:
        data = one_of_each_format()["JPEG"]
        with pytest.raises(CnnvizError, match=r"cat\.jpg is damaged or incomplete.*Try to save it again") as caught:
            read(data[: len(data) // 2], "cat.jpg")
        assert caught.value.details

    @given(st.data())
    def test_damage_of_any_kind_is_an_error_in_words_or_a_picture(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(one_of_each_format())))
        bytes_ = bytearray(one_of_each_format()[name])
        for _ in range(data.draw(st.integers(1, 4))):
            # The first bytes say what everything is; there damage does most.
            place = data.draw(st.integers(0, min(len(bytes_), data.draw(st.sampled_from([60, 300, 10**6]))) - 1))
            bytes_[place] = data.draw(st.integers(0, 255))
        end = data.draw(st.one_of(st.none(), st.integers(0, len(bytes_))))
        with contextlib.suppress(CnnvizError):
            found = read(bytes(bytes_[:end]))
            assert found.thumbnail.dtype == np.uint8
            assert found.thumbnail.shape[-1] == 3

    @pytest.mark.parametrize(
        ("width", "height"), [(8001, 8000), (9500, 9500), (13_000, 13_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)]
    )
    def test_a_header_that_claims_too_much_is_refused_before_anything_is_decoded(
        self, width: int, height: int
    ) -> None:
        with pytest.raises(CnnvizError, match="huge is too large: at most 64 megapixels are read"):
            read(png_header(width, height), "huge")

    def test_the_largest_size_allowed_is_not_too_large(self) -> None:
        assert MAX_PIXELS == 8000 * 8000
        with pytest.raises(CnnvizError, match="damaged"):
            read(png_header(8000, 8000))


class TestEquality:
    def test_pictures_are_the_same_when_name_and_content_are(self) -> None:
        data = one_of_each_format()["PNG"]
        assert make_picture("a", data, "/here/a") == make_picture("a", data, "/there/a")
        assert hash(make_picture("a", data)) == hash(make_picture("a", data))
        assert make_picture("a", data) != make_picture("b", data)
        assert make_picture("a", data) != make_picture("a", data + b"x")

    def test_a_picture_does_not_print_its_bytes(self) -> None:
        assert len(repr(make_picture("a", b"x" * 10_000))) < 300

"""Recipes travel inside PNG files, and saving never destroys an older file."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import resource
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.picture import make_picture, read_picture
from cnnviz_gui.core.recipe import (
    CHUNK,
    FORMAT,
    Recipe,
    file_error,
    make_recipe,
    read_recipe,
    recipe_of,
    replace_file,
    save_npz,
    save_png,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PIXELS = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
RECIPE = make_recipe("channels", layer="conv1_conv", picture={"name": "Köche 咖啡.jpg"}, size=[224, 224])
OLD = b"an older file"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextlib.contextmanager
def as_a_plain_user() -> Iterator[None]:
    """Lets the rights of files hold for the superuser, too, whose tests these may be."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def png_with(text: str | None, *, at_the_end: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    if text is not None:
        info.add_itxt(CHUNK, text)
    file = io.BytesIO()
    Image.fromarray(PIXELS).save(file, "PNG", pnginfo=info)
    data = file.getvalue()
    if at_the_end:
        begin = data.index(b"iTXt") - 4
        length = int.from_bytes(data[begin : begin + 4], "big") + 12
        chunk, rest = data[begin : begin + length], data[:begin] + data[begin + length :]
        data = rest[:-12] + chunk + rest[-12:]
    return data


class TestRoundTrip:
    @given(
        st.dictionaries(
            st.text(min_size=1).filter(lambda name: name not in {"kind", "cnnviz"}),
            st.recursive(
                st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
                lambda children: st.lists(children) | st.dictionaries(st.text(), children),
                max_leaves=8,
            ),
            max_size=6,
        )
    )
    def test_any_content_is_read_as_it_was_made(self, content: dict[str, object]) -> None:
        assert make_recipe("channels", **content).content == {"cnnviz": FORMAT, "kind": "channels", **content}

    def test_the_order_of_fields_makes_no_difference(self) -> None:
        assert make_recipe("patterns", a=1, b=[2]) == make_recipe("patterns", b=[2], a=1)
        assert hash(make_recipe("patterns", a=1, b=[2])) == hash(make_recipe("patterns", b=[2], a=1))
        assert make_recipe("patterns", a=1) != make_recipe("patterns", a=2)

    @pytest.mark.parametrize("pixels", [PIXELS, PIXELS[..., 0], PIXELS[::2, ::-1]], ids=["rgb", "grey", "strided"])
    def test_a_png_holds_its_pixels_and_its_recipe(self, tmp_path: Path, pixels: np.ndarray) -> None:
        path = str(tmp_path / "Köche 咖啡.png")
        save_png(path, pixels, RECIPE)
        assert read_recipe(path) == RECIPE
        with Image.open(path) as image:
            assert (np.asarray(image) == pixels).all()
            assert image.info["Software"] == "cnnviz-gui"

    def test_a_long_recipe_fits(self, tmp_path: Path) -> None:
        recipe = make_recipe("patterns", channels=list(range(100_000)))
        save_png(str(tmp_path / "a.png"), PIXELS, recipe)
        assert read_recipe(str(tmp_path / "a.png")) == recipe

    def test_saving_twice_writes_the_same_bytes(self, tmp_path: Path) -> None:
        for name in ("a.png", "b.png"):
            save_png(str(tmp_path / name), PIXELS, RECIPE)
        assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()

    def test_a_recipe_behind_the_pixels_is_found(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(png_with(RECIPE.text, at_the_end=True))
        assert read_recipe(str(tmp_path / "a.png")) == RECIPE

    def test_an_export_that_is_opened_as_a_picture_brings_its_recipe(self) -> None:
        found = read_picture(make_picture("a.png", png_with(RECIPE.text)))
        assert found.recipe == RECIPE
        assert (found.thumbnail == PIXELS).all()

    def test_arrays_are_read_as_they_were_saved(self, tmp_path: Path) -> None:
        path = str(tmp_path / "a.npz")
        save_npz(path, activations=PIXELS.astype(np.float32) / 3, input=PIXELS)
        with np.load(path) as found:
            assert set(found) == {"activations", "input"}
            assert (found["activations"] == PIXELS.astype(np.float32) / 3).all()
            assert found["input"].dtype == np.uint8


class TestNoRecipe:
    def test_a_png_without_one_has_none(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(png_with(None))
        assert read_recipe(str(tmp_path / "a.png")) is None

    def test_another_format_has_none(self) -> None:
        file = io.BytesIO()
        Image.fromarray(PIXELS).save(file, "JPEG")
        assert recipe_of(io.BytesIO(file.getvalue()), "a.jpg") is None
        assert recipe_of(io.BytesIO(b"hello"), "a.txt") is None

    @pytest.mark.parametrize(
        "text", ["", "hello", "[]", "null", "3", '"a"', "{}", '{"cnnviz": 1}', '{"cnnviz": "x", "kind": "channels"}']
    )
    def test_a_damaged_recipe_is_said_and_the_picture_is_good_all_the_same(self, tmp_path: Path, text: str) -> None:
        data = png_with(text)
        (tmp_path / "a.png").write_bytes(data)
        with pytest.raises(CnnvizError, match=r"The recipe in a\.png is damaged\."):
            read_recipe(str(tmp_path / "a.png"))
        found = read_picture(make_picture("a.png", data))
        assert found.recipe is None
        assert [str(note) for note in found.notes] == ["The recipe in a.png is damaged."]
        assert (found.thumbnail == PIXELS).all()

    def test_a_recipe_of_a_newer_version_is_said(self, tmp_path: Path) -> None:
        data = png_with(json.dumps({"cnnviz": FORMAT + 1, "kind": "holograms"}))
        (tmp_path / "a.png").write_bytes(data)
        with pytest.raises(CnnvizError, match=r"made by a newer version \(format 2; this one reads up to 1\)"):
            read_recipe(str(tmp_path / "a.png"))
        assert "newer version" in str(read_picture(make_picture("a.png", data)).notes[0])

    def test_a_file_that_is_no_png_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(b"hello")
        with pytest.raises(CnnvizError, match=r"a\.png is not a PNG file that can be read\."):
            read_recipe(str(tmp_path / "a.png"))

    def test_a_damaged_png_is_said_wherever_the_damage_is(self, tmp_path: Path) -> None:
        data = png_with(RECIPE.text)
        for place in range(8, len(data) - 12, 97):
            broken = bytearray(data)
            broken[place] ^= 0xFF
            (tmp_path / "a.png").write_bytes(bytes(broken))
            with pytest.raises(CnnvizError):
                read_recipe(str(tmp_path / "a.png"))

    def test_a_png_that_claims_a_monstrous_size_is_said(self, tmp_path: Path) -> None:
        data = bytearray(png_with(None))
        data[16:24] = (200_000).to_bytes(4, "big") * 2
        (tmp_path / "a.png").write_bytes(bytes(data))
        with pytest.raises(CnnvizError, match="not a PNG file that can be read"):
            read_recipe(str(tmp_path / "a.png"))

    def test_a_file_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(CnnvizError, match=r"missing\.png was not found in"):
            read_recipe(str(tmp_path / "missing.png"))


class TestSaving:
    def test_an_older_file_is_replaced_whole_and_nothing_is_left_beside_it(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(OLD)
        save_png(str(tmp_path / "a.png"), PIXELS, RECIPE)
        assert [path.name for path in tmp_path.iterdir()] == ["a.png"]
        assert read_recipe(str(tmp_path / "a.png")) == RECIPE

    def test_a_write_that_ends_halfway_leaves_the_older_file(self, tmp_path: Path) -> None:
        path = tmp_path / "a.png"
        path.write_bytes(OLD)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        # The kernel stops the write after 2,000 bytes, as a full disk does.
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, limits[1]))
        try:
            with pytest.raises(CnnvizError, match=r"a\.png could not be read or written: File too large\."):
                save_png(str(path), PIXELS, RECIPE)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert path.read_bytes() == OLD
        assert [file.name for file in tmp_path.iterdir()] == ["a.png"]

    @pytest.mark.parametrize("when", ["write", "flush to the disk"])
    def test_a_full_disk_is_said_and_the_older_file_stays(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
    ) -> None:
        path = tmp_path / "a.npz"
        path.write_bytes(OLD)

        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        if when != "write":
            monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(CnnvizError, match=r"The disk is full: a\.npz was not written\."):
            replace_file(str(path), full if when == "write" else lambda file: file.write(b"new"))
        assert path.read_bytes() == OLD
        assert [file.name for file in tmp_path.iterdir()] == ["a.npz"]

    def test_an_error_of_another_kind_leaves_the_older_file_too(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").write_bytes(OLD)
        with pytest.raises(ZeroDivisionError):
            replace_file(str(tmp_path / "a.png"), lambda file: file.write(bytes([1 // 0])))
        assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.png", OLD)]

    def test_a_folder_that_may_not_be_written_to_is_said(self, folder: Path) -> None:
        (folder / "a.png").write_bytes(OLD)
        folder.chmod(0o555)
        with as_a_plain_user(), pytest.raises(CnnvizError, match=r"does not let you read or write a\.png\."):
            save_png(str(folder / "a.png"), PIXELS, RECIPE)
        folder.chmod(0o755)
        assert [(file.name, file.read_bytes()) for file in folder.iterdir()] == [("a.png", OLD)]

    def test_a_missing_folder_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(CnnvizError, match=r"There is no folder .*nowhere\."):
            save_png(str(tmp_path / "nowhere" / "a.png"), PIXELS, RECIPE)

    def test_a_folder_in_the_files_place_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "a.png").mkdir()
        with pytest.raises(CnnvizError, match=r"a\.png is a folder, not a file\."):
            save_png(str(tmp_path / "a.png"), PIXELS, RECIPE)
        assert [file.name for file in tmp_path.iterdir()] == ["a.png"]

    def test_a_name_that_is_too_long_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(CnnvizError, match="The file name is too long"):
            save_png(str(tmp_path / f"{'a' * 300}.png"), PIXELS, RECIPE)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(("umask", "expected"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
    def test_a_saved_file_has_the_rights_of_any_new_file(self, tmp_path: Path, umask: int, expected: int) -> None:
        before = os.umask(umask)
        try:
            save_png(str(tmp_path / "a.png"), PIXELS, RECIPE)
            assert os.umask(umask) == umask
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "a.png").stat().st_mode) == expected

    def test_other_errors_are_said_in_the_systems_words(self) -> None:
        said = file_error("/a/b.png", OSError(errno.EIO, "Input/output error"))
        assert str(said) == "b.png could not be read or written: Input/output error."


def test_a_recipe_is_its_canonical_text() -> None:
    assert Recipe(RECIPE.text) == RECIPE
    assert json.loads(RECIPE.text) == RECIPE.content

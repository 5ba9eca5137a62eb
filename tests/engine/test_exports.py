"""What is written is what was drawn, under names that are safe, and every recipe of it leads back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.mosaic import SortKey
from cnnviz_gui.core.recipe import read_recipe
from cnnviz_gui.core.replay import grid_request
from cnnviz_gui.core.requests import (
    DescribeGrid,
    DrawGrid,
    ExportGrid,
    ExportLayers,
    Progress,
    ReadPicture,
    SavePng,
    View,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine_cases import Asker, Case

    from cnnviz_gui.core.picture import Picture

PHOTO = "coffee"


def draw(case: Case, picture: Picture, layer: str = "block4c_add", **choices: object) -> DrawGrid:
    return DrawGrid(View(case.source, layer, picture, (64, 96), case.preprocessing), **choices)


def test_a_png_shows_the_grid_in_the_colormaps_colours(
    ask: Asker, lite0: Case, photos: dict[str, Picture], tmp_path: Path
) -> None:
    request = draw(lite0, photos[PHOTO], sort=SortKey.MEAN, per_row=12)
    path = ask(ExportGrid(request, "magma", str(tmp_path / "a.png"), enlarge=2))
    levels = ask(request).mosaic.repeat(2, axis=0).repeat(2, axis=1)
    with Image.open(path) as image:
        assert (np.asarray(image) == color_table("magma")[levels]).all()


def test_a_recipe_leads_back_to_the_same_file(
    ask: Asker, lite0: Case, photos: dict[str, Picture], tmp_path: Path
) -> None:
    request = draw(lite0, photos[PHOTO], sort=SortKey.LIKENESS, chosen=7, per_row=0, aspect=1.7)
    for channel in (None, 7):
        path = ask(ExportGrid(request, "viridis", str(tmp_path / "a.png"), channel))
        recipe = read_recipe(path)
        assert recipe is not None
        again = ask(grid_request(recipe, photos[PHOTO], str(tmp_path / "b.png")))
        assert Path(again).read_bytes() == Path(path).read_bytes()
    assert recipe.content["channel"] == 7


def test_the_recipe_of_a_view_is_that_of_its_export(
    ask: Asker, lite0: Case, photos: dict[str, Picture], tmp_path: Path
) -> None:
    request = draw(lite0, photos[PHOTO])
    recipe = ask(DescribeGrid(request, "viridis"))
    assert read_recipe(ask(ExportGrid(request, "viridis", str(tmp_path / "a.png")))) == recipe
    assert recipe.content["network"]["sha256"] == lite0.network.sha256
    assert recipe.content["picture"]["sha256"] == photos[PHOTO].sha256
    pixels = np.zeros((4, 4, 3), np.uint8)
    path = ask(SavePng(str(tmp_path / "c.png"), recipe, pixels))
    assert read_recipe(path) == recipe


def test_an_npz_holds_the_activations(ask: Asker, lite0: Case, photos: dict[str, Picture], tmp_path: Path) -> None:
    request = draw(lite0, photos[PHOTO])
    with np.load(ask(ExportGrid(request, "viridis", str(tmp_path / "a.npz")))) as found:
        assert (found["activations"] == ask(request).values).all()
        assert found["input"].shape == (64, 96, 3)


def test_a_vector_is_exported_too(ask: Asker, lite0: Case, photos: dict[str, Picture], tmp_path: Path) -> None:
    path = ask(ExportGrid(draw(lite0, photos[PHOTO], "predictions"), "viridis", str(tmp_path / "a.png")))
    with Image.open(path) as image:
        assert image.size == (16, 63)


def test_every_layer_with_a_picture_goes_into_a_folder(
    small: Callable[..., Case], ask_small: Asker, photos: dict[str, Picture], tmp_path: Path
) -> None:
    import keras

    layers = keras.layers
    case = small(
        [
            layers.Input((None, None, 3)),
            layers.Conv2D(4, 3, name=".."),
            layers.ReLU(name="a b:c"),
            layers.GlobalAveragePooling2D(name="mean"),
            layers.Dense(2, name="scores"),
        ]
    )
    folder = tmp_path / "out"
    folder.mkdir()
    steps: list[Progress] = []
    paths = ask_small(ExportLayers(draw(case, photos[PHOTO]), "viridis", str(folder)), steps.append)
    assert {Path(path).parent for path in paths} == {folder}
    assert [Path(path).name[4:] for path in paths][-2:] == ["--.png", "a-b-c.png"]
    assert sorted(paths) == list(paths) == sorted(map(str, folder.iterdir()))
    counted = [step.done for step in steps if step.total == len(paths)]
    assert counted == list(range(len(paths)))
    for path in paths:
        recipe = read_recipe(path)
        assert recipe is not None
        again = ask_small(grid_request(recipe, photos[PHOTO], str(tmp_path / "b.png")))
        assert Path(again).read_bytes() == Path(path).read_bytes()


@pytest.mark.parametrize("name", ["a.jpg", "a", "a.png.txt"])
def test_another_kind_of_file_is_refused(
    ask: Asker, lite0: Case, photos: dict[str, Picture], tmp_path: Path, name: str
) -> None:
    with pytest.raises(CnnvizError, match=r"written as \.png or \.npz"):
        ask(ExportGrid(draw(lite0, photos[PHOTO]), "viridis", str(tmp_path / name)))


class TestReadingPictures:
    def test_a_file_is_read_under_its_name(self, ask_small: Asker, tmp_path: Path) -> None:
        Image.new("RGB", (5, 4), (1, 2, 3)).save(tmp_path / "a.png")
        found = ask_small(ReadPicture(str(tmp_path / "a.png")))
        assert (found.picture.name, found.height, found.width) == ("a.png", 4, 5)
        assert found.picture.path == str((tmp_path / "a.png").resolve())

    def test_bytes_are_read_under_the_name_given(self, ask_small: Asker, tmp_path: Path) -> None:
        Image.new("RGB", (5, 4)).save(tmp_path / "a.png")
        found = ask_small(ReadPicture(name="pasted", data=(tmp_path / "a.png").read_bytes()))
        assert (found.picture.name, found.picture.path) == ("pasted", "")

    def test_a_file_larger_than_any_picture_is_not_read(
        self, ask_small: Asker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "big.png"
        with path.open("wb") as file:
            # A hole: it takes no room on the disk.
            file.truncate(600_000_000)
        monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
        with pytest.raises(CnnvizError, match=r"big\.png is too large for a picture: at most 512 MB .* 600 MB"):
            ask_small(ReadPicture(str(path)))

    def test_a_folder_and_a_missing_file_are_said(self, ask_small: Asker, tmp_path: Path) -> None:
        with pytest.raises(CnnvizError, match="is a folder, not a file"):
            ask_small(ReadPicture(str(tmp_path)))
        with pytest.raises(CnnvizError, match=r"none\.png was not found"):
            ask_small(ReadPicture(str(tmp_path / "none.png")))


def test_the_engine_reads_pictures_without_keras(tmp_path: Path) -> None:
    import subprocess
    import sys

    Image.new("RGB", (5, 4)).save(tmp_path / "a.png")
    code = (
        "import sys; from cnnviz_gui.engine.engine import Engine; from cnnviz_gui.core.requests import ReadPicture\n"
        f"answer = Engine().answer(ReadPicture({str(tmp_path / 'a.png')!r}))\n"
        "try: next(answer)\nexcept StopIteration as end: assert end.value.width == 5\n"
        "assert not {'keras', 'tensorflow', 'PySide6', 'matplotlib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

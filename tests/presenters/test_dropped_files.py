"""Files that come together are told apart by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.presenters.dropped_files import DroppedFiles, sort_dropped

if TYPE_CHECKING:
    from pathlib import Path

RESNET = "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["cat.png", "dog.JPG"], DroppedFiles(pictures=("cat.png", "dog.JPG"))),
        (["NET.KERAS"], DroppedFiles("NET.KERAS")),
        (["net.H5"], DroppedFiles("net.H5")),
        (["net.hdf5", "cat.png"], DroppedFiles("net.hdf5", pictures=("cat.png",))),
        (["net.json", "mine.weights.h5"], DroppedFiles("net.json", "mine.weights.h5")),
        (["mine.weights.h5", "net.json"], DroppedFiles("net.json", "mine.weights.h5")),
        (["mine.weights.h5"], DroppedFiles("mine.weights.h5")),
        ([RESNET], DroppedFiles(RESNET)),
        (["net.keras", "Layers.PY"], DroppedFiles("net.keras", classes="Layers.PY")),
        (["layers.py"], DroppedFiles(classes="layers.py")),
        (["a.keras", "b.keras", "x.py", "y.py"], DroppedFiles("a.keras", classes="x.py", left=("b.keras", "y.py"))),
        (["a.weights.h5", "b.weights.h5"], DroppedFiles("a.weights.h5", left=("b.weights.h5",))),
        (["net.pth"], DroppedFiles("net.pth")),
        (["notes.txt"], DroppedFiles(pictures=("notes.txt",))),
        (["no-ending"], DroppedFiles(pictures=("no-ending",))),
        (["long" * 2000 + ".png"], DroppedFiles(pictures=("long" * 2000 + ".png",))),
        (["a\0b.png"], DroppedFiles(pictures=("a\0b.png",))),
        ([], DroppedFiles()),
    ],
)
def test_files_by_their_names(names: list[str], expected: DroppedFiles) -> None:
    assert sort_dropped(names) == expected


def test_a_saved_model_is_a_network_and_not_a_folder_of_pictures(tmp_path: Path) -> None:
    (tmp_path / "saved_model.pb").touch()
    (tmp_path / "cat.png").touch()
    assert sort_dropped([str(tmp_path)]) == DroppedFiles(str(tmp_path))


def test_a_folder_is_its_pictures_and_one_without_is_said_to_have_none(tmp_path: Path) -> None:
    full, empty = tmp_path / "full", tmp_path / "empty"
    full.mkdir()
    empty.mkdir()
    (full / "cat.png").touch()
    (full / "net.keras").touch()
    dropped = sort_dropped([str(full), str(empty)])
    assert dropped == DroppedFiles(pictures=(str(full / "cat.png"),), folders=(str(empty),))

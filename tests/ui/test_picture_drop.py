"""What is taken out of dropped or pasted data."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.picture import make_picture, read_picture
from cnnviz_gui.ui.picture_drop import UNNAMED, dropped, may_be_dropped
from cnnviz_gui.ui.picture_size import parse_size, size_text

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def image(qapp: QApplication) -> QImage:
    image = QImage(5, 3, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 100, 50))
    return image


def test_files_and_folders_are_paths(tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.png")), QUrl.fromLocalFile(str(tmp_path))])
    assert may_be_dropped(mime)
    assert dropped(mime) == [str(tmp_path / "a b.png"), str(tmp_path)]


def test_a_browsers_picture_is_taken_as_png_with_its_pixels(image: QImage) -> None:
    mime = QMimeData()
    mime.setImageData(image)
    mime.setUrls([QUrl("https://example.org/photos/cat.jpg?size=2")])
    found = dropped(mime)
    assert isinstance(found, tuple)
    data, name = found
    assert name == "cat.png"
    read = read_picture(make_picture(name, data))
    assert (read.height, read.width) == (3, 5)
    assert read.thumbnail[1, 2].tolist() == [200, 100, 50]


def test_a_pasted_picture_has_a_name(image: QImage) -> None:
    mime = QMimeData()
    mime.setImageData(image)
    found = dropped(mime)
    assert isinstance(found, tuple)
    assert found[1] == UNNAMED


def test_a_file_wins_over_its_preview(tmp_path: Path, image: QImage) -> None:
    mime = QMimeData()
    mime.setImageData(image)
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    assert dropped(mime) == [str(tmp_path / "a.png")]


def test_an_address_alone_is_never_fetched() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("http://127.0.0.1:9/cat.png")])
    assert may_be_dropped(mime)
    assert dropped(mime) is None


def test_a_picture_written_out_in_its_address_is_taken() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("data:image/png;base64," + base64.b64encode(b"encoded").decode())])
    assert dropped(mime) == (b"encoded", UNNAMED)


def test_text_is_nothing() -> None:
    mime = QMimeData()
    mime.setText("a word")
    assert not may_be_dropped(mime)
    assert dropped(mime) is None


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("500 x 333", (500, 333)),
        ("500x333", (500, 333)),
        (" 500 X 333 ", (500, 333)),
        ("500 \u00d7 333", (500, 333)),
        ("500, 333", (500, 333)),
        ("224", (224, 224)),
        ("224 x 224 (network's own)", (224, 224)),
    ],
)
def test_sizes_are_read_as_height_and_width(text: str, size: tuple[int, int]) -> None:
    assert parse_size(text) == size
    assert parse_size(size_text(size)) == size


@pytest.mark.parametrize("text", ["", "big", "500 x", "x 500", "1 x 500", "500 x 99999", "-5 x 5", "5.5 x 300"])
def test_what_is_no_size_is_explained(text: str) -> None:
    with pytest.raises(CnnvizError):
        parse_size(text)

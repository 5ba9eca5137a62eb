"""The rows of a network's further inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from cnnviz_gui.core.network import NetworkInput
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.ui.picture_others import OtherInputs
from cnnviz_gui.ui.theme import LIGHT, palette_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Found = TypeVar("Found", bound=QWidget)
RIGHT = NetworkInput("right", (24, 16, 7), takes_picture=True)
FREE = NetworkInput("free", (None, None, 3), takes_picture=True)
RED = PictureRead(make_picture("red.png", b"red"), 20, 10, np.full((20, 10, 3), (255, 0, 0), np.uint8), ())


@pytest.fixture
def rows(qtbot: QtBot) -> OtherInputs:
    rows = OtherInputs()
    qtbot.addWidget(rows)
    rows.setPalette(palette_of(dark=False))
    rows.resize(300, 120)
    with qtbot.waitExposed(rows):
        rows.show_inputs([RIGHT, FREE], {"free": RED})
    return rows


@pytest.fixture
def heard(rows: OtherInputs) -> list[tuple[Any, ...]]:
    """Every signal that was emitted: its name, and its values."""
    heard: list[tuple[Any, ...]] = []
    for name in ("files_dropped", "image_dropped", "requested", "cleared"):
        getattr(rows, name).connect(lambda *values, name=name: heard.append((name, *values)))
    return heard


def part(rows: OtherInputs, given: str, kind: type[Found], name: str) -> Found:
    """A part of one input's row."""
    row = rows.findChild(QWidget, f"otherInput-{given}")
    found = row if name == "" else row.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def drag(row: QWidget, mime: QMimeData) -> None:
    """Drags something over a row."""
    enter = QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(row, enter)
    assert enter.isAccepted()


def drop(row: QWidget, mime: QMimeData) -> None:
    """Drags something over a row and lets it go."""
    drag(row, mime)
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(row, event)


def test_a_row_says_what_its_input_takes_and_what_it_is_fed(rows: OtherInputs) -> None:
    assert part(rows, "right", QLabel, "otherInputName").text() == "right  24 x 16 x 7"
    assert part(rows, "right", QLabel, "otherInputFed").text() == "zeros; drop a picture here"
    assert part(rows, "free", QLabel, "otherInputName").text() == "free  ? x ? x 3"
    assert part(rows, "free", QLabel, "otherInputFed").text() == "red.png"
    assert part(rows, "right", QWidget, "").accessibleDescription() == "It is fed zeros."


def test_a_picture_is_seen_small_in_its_proportions(rows: OtherInputs) -> None:
    image = part(rows, "free", QWidget, "").grab().toImage()
    reds = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).red() > 240 and image.pixelColor(x, y).green() < 20
    ]
    width = max(x for x, _ in reds) - min(x for x, _ in reds) + 1
    height = max(y for _, y in reds) - min(y for _, y in reds) + 1
    assert abs(height - 2 * width) <= 2


def test_a_network_without_further_inputs_has_no_rows(rows: OtherInputs) -> None:
    assert rows.isVisible()
    rows.show_inputs([], {})
    assert not rows.isVisible()


def test_files_and_pixels_are_for_the_row_they_were_dropped_on(
    rows: OtherInputs, heard: list[Any], tmp_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "cat.jpg"))])
    drop(part(rows, "free", QWidget, ""), mime)
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    pixels = QMimeData()
    pixels.setImageData(image)
    drop(part(rows, "right", QWidget, ""), pixels)
    assert heard[0] == ("files_dropped", "free", [str(tmp_path / "cat.jpg")])
    assert heard[1][:2] == ("image_dropped", "right")
    assert bytes(heard[1][2]).startswith(b"\x89PNG")


def test_an_address_alone_is_answered_in_words(rows: OtherInputs, heard: list[Any]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/dog.webp")])
    drop(part(rows, "right", QWidget, ""), mime)
    assert heard == []
    assert "address" in part(rows, "right", QLabel, "otherInputFed").text()


def test_a_row_lights_up_under_a_drag(rows: OtherInputs) -> None:
    row = part(rows, "right", QWidget, "")

    def edge() -> QColor:
        return row.grab().toImage().pixelColor(row.width() // 2, 1)

    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/cat.jpg")])
    dark = edge()
    drag(row, mime)
    assert edge() == QColor(LIGHT.accent)
    QApplication.sendEvent(row, QDragLeaveEvent())
    assert edge() == dark


def test_buttons_ask_and_clear(qtbot: QtBot, rows: OtherInputs, heard: list[Any]) -> None:
    qtbot.mouseClick(part(rows, "right", QToolButton, "otherInputChoose"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(part(rows, "free", QToolButton, "otherInputClear"), Qt.MouseButton.LeftButton)
    assert heard == [("requested", "right"), ("cleared", "free")]
    assert not part(rows, "right", QToolButton, "otherInputClear").isEnabled()

"""The picture panel: drops, sizes, preprocessing, classes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QPushButton, QWidget

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.core.requests import Look, LookAtPicture
from cnnviz_gui.resources import sample_photos
from cnnviz_gui.ui.picture_canvas import PictureCanvas
from cnnviz_gui.ui.picture_classes import ClassBars, probability_text
from cnnviz_gui.ui.picture_panel import PicturePanel
from cnnviz_gui.ui.theme import LIGHT, palette_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

Found = TypeVar("Found", bound=QWidget)

NETWORK = Network(
    NetworkSource("made-up"),
    "Made up",
    "0" * 64,
    (Layer("input", "InputLayer", (None, None, 3), 0, "float32"),),
    None,
    (224, 224),
    3,
    "caffe",
    "It was trained with caffe-style input.",
    ("cat", "dog"),
    0,
    "input",
)


@pytest.fixture
def panel(qtbot: QtBot) -> PicturePanel:
    panel = PicturePanel()
    qtbot.addWidget(panel)
    panel.setPalette(palette_of(dark=False))
    panel.resize(300, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


@pytest.fixture
def heard(panel: PicturePanel) -> list[tuple[str, Any]]:
    """Every signal that was emitted: its name, and its values."""
    heard: list[tuple[str, Any]] = []
    for name in (
        "files_dropped",
        "image_dropped",
        "open_requested",
        "paste_requested",
        "sample_chosen",
        "size_chosen",
        "preprocessing_chosen",
    ):
        getattr(panel, name).connect(lambda *values, name=name: heard.append((name, *values)))
    return heard


def _child(panel: PicturePanel, kind: type[Found], name: str) -> Found:
    found = panel.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def _picture(height: int = 300, width: int = 451) -> PictureRead:
    thumbnail = np.zeros((height, width, 3), np.uint8)
    thumbnail[..., 0] = 255
    return PictureRead(
        make_picture("cat.jpg", b"cat"), height, width, thumbnail, (message("First of {count} frames.", count=3),)
    )


def _drag(panel: PicturePanel, mime: QMimeData) -> bool:
    """Drags over the panel; whether it takes the drop."""
    enter = QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(panel, enter)
    return enter.isAccepted()


def _drop(panel: PicturePanel, mime: QMimeData) -> None:
    assert _drag(panel, mime)
    drop = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(panel, drop)


def test_dropped_files_are_passed_on_as_paths(panel: PicturePanel, heard: list[Any], tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "cat.jpg")), QUrl.fromLocalFile(str(tmp_path))])
    _drop(panel, mime)
    assert heard == [("files_dropped", [str(tmp_path / "cat.jpg"), str(tmp_path)])]


def test_a_picture_dropped_from_a_browser_is_passed_on_as_bytes(panel: PicturePanel, heard: list[Any]) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    mime = QMimeData()
    mime.setImageData(image)
    mime.setUrls([QUrl("https://example.org/dog.webp")])
    _drop(panel, mime)
    [(signal, data, name)] = heard
    assert (signal, name) == ("image_dropped", "dog.png")
    assert bytes(data).startswith(b"\x89PNG")


def test_an_address_alone_is_answered_in_words(panel: PicturePanel, heard: list[Any]) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/dog.webp")])
    _drop(panel, mime)
    assert heard == []
    notes = _child(panel, QLabel, "pictureNotes")
    assert notes.isVisible()
    assert "paste" in notes.text()


def test_text_is_not_taken(panel: PicturePanel) -> None:
    mime = QMimeData()
    mime.setText("a word")
    assert not _drag(panel, mime)


def test_the_picture_lights_up_under_a_drag(panel: PicturePanel) -> None:
    canvas = _child(panel, PictureCanvas, "pictureCanvas")
    dark = canvas.grab().toImage().pixelColor(canvas.width() // 2, 1)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/cat.jpg")])
    _drag(panel, mime)
    lit = canvas.grab().toImage().pixelColor(canvas.width() // 2, 1)
    assert lit.blue() > lit.red() + 60
    assert lit != dark
    QApplication.sendEvent(panel, QDragLeaveEvent())
    assert canvas.grab().toImage().pixelColor(canvas.width() // 2, 1) == dark


def test_buttons_ask(qtbot: QtBot, panel: PicturePanel, heard: list[Any]) -> None:
    for name in ("openPicture", "pastePicture"):
        qtbot.mouseClick(_child(panel, QPushButton, name), Qt.MouseButton.LeftButton)
    assert heard == [("open_requested",), ("paste_requested",)]


def test_samples_have_thumbnails_and_are_chosen_by_path(panel: PicturePanel, heard: list[Any]) -> None:
    photos = sample_photos()
    panel.show_samples([(photo.title, str(photo.path)) for photo in photos])
    menu = _child(panel, QMenu, "sampleMenu")
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == [photo.title for photo in photos]
    assert not any(action.icon().isNull() for action in menu.actions())
    menu.actions()[1].trigger()
    assert heard == [("sample_chosen", str(photos[1].path))]


def test_a_picture_is_shown_with_name_size_and_notes(panel: PicturePanel, heard: list[Any]) -> None:
    panel.show_picture(_picture())
    assert _child(panel, QLabel, "pictureName").text() == "cat.jpg"
    assert _child(panel, QLabel, "picturePixels").text() == "451 x 300"
    assert _child(panel, QLabel, "pictureNotes").text() == "First of 3 frames."
    assert heard == []


@pytest.mark.parametrize(("height", "width"), [(300, 451), (451, 300), (20, 600), (600, 20)])
def test_a_picture_keeps_its_proportions(panel: PicturePanel, height: int, width: int) -> None:
    panel.show_picture(_picture(height, width))
    canvas = _child(panel, PictureCanvas, "pictureCanvas")
    rect = canvas.picture_rect()
    assert canvas.rect().contains(rect.toRect())
    assert abs(rect.width() * height - rect.height() * width) <= max(height, width)
    inside = canvas.grab().toImage().pixelColor(rect.center().toPoint())
    assert (inside.red(), inside.green()) == (255, 0)


def test_the_receptive_field_is_a_box_on_the_picture(panel: PicturePanel) -> None:
    panel.show_picture(_picture())
    canvas = _child(panel, PictureCanvas, "pictureCanvas")
    rect = canvas.picture_rect()
    panel.show_receptive_field((0.25, 0.5, 0.5, 0.25))
    image = canvas.grab().toImage()
    y = round(rect.top() + 0.5 * rect.height())
    edge = image.pixelColor(round(rect.left() + 0.5 * rect.width()) + 1, y)
    assert edge.blue() > 100
    assert image.pixelColor(round(rect.left() + 0.62 * rect.width()), y).blue() == 0
    panel.show_receptive_field((-3.0, -3.0, 9.0, 9.0))
    border = canvas.grab().toImage().pixelColor(round(rect.left()) + 1, y)
    assert border.blue() > 100, "a field larger than the picture is its whole frame"
    panel.show_receptive_field(None)
    assert canvas.grab().toImage().pixelColor(round(rect.left()) + 1, y).blue() == 0


def _sizes(panel: PicturePanel) -> QComboBox:
    return _child(panel, QComboBox, "inputSize")


def _type_size(qtbot: QtBot, panel: PicturePanel, text: str, *, enter: bool = True) -> None:
    line = _sizes(panel).lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, text)
    if enter:
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_the_networks_the_tutorials_and_the_pictures_sizes_are_offered(panel: PicturePanel) -> None:
    panel.show_network(NETWORK)
    panel.show_picture(_picture())
    sizes = _sizes(panel)
    offered = [sizes.itemText(row) for row in range(sizes.count())]
    assert offered == ["224 x 224 (network's own)", "500 x 333 (tutorial's)", "300 x 451 (picture's own)"]


def test_showing_a_size_emits_nothing(panel: PicturePanel, heard: list[Any]) -> None:
    panel.show_network(NETWORK)
    panel.show_input((500, 333), "tutorial")
    assert _sizes(panel).currentText() == "500 x 333 (tutorial's)"
    assert _child(panel, QComboBox, "preprocessing").currentData() == "tutorial"
    panel.show_input((96, 128), "none")
    assert _sizes(panel).currentText() == "96 x 128"
    assert heard == []


def test_a_typed_size_is_height_and_width(qtbot: QtBot, panel: PicturePanel, heard: list[Any]) -> None:
    panel.show_network(NETWORK)
    _type_size(qtbot, panel, "500x333")
    assert heard == [("size_chosen", (500, 333))]
    _type_size(qtbot, panel, "500 x 333")
    assert len(heard) == 1, "the same size again is no choice"


def test_a_size_is_chosen_from_the_list(qtbot: QtBot, panel: PicturePanel, heard: list[Any]) -> None:
    panel.show_network(NETWORK)
    panel.show_input((224, 224), "caffe")
    qtbot.keyClick(_sizes(panel), Qt.Key.Key_Down)
    assert heard == [("size_chosen", (500, 333))]


def test_what_is_no_size_is_marked_and_not_emitted(qtbot: QtBot, panel: PicturePanel, heard: list[Any]) -> None:
    panel.show_network(NETWORK)
    _type_size(qtbot, panel, "500 by 333")
    problem = _child(panel, QLabel, "sizeProblem")
    assert problem.isVisible()
    assert _sizes(panel).property("invalid") is True
    assert heard == []
    _type_size(qtbot, panel, "96 x 64")
    assert not problem.isVisible()
    assert heard == [("size_chosen", (96, 64))]


def test_a_fixed_size_cannot_be_changed_and_says_so(panel: PicturePanel) -> None:
    panel.show_network(replace(NETWORK, nominal_size=(299, 299), fixed_sides=(299, 299)))
    panel.show_input((299, 299), "caffe")
    assert not _sizes(panel).isEnabled()
    assert _sizes(panel).currentText() == "299 x 299 (fixed)"
    assert "only" in _sizes(panel).toolTip()


def test_preprocessing_tells_its_reason(qtbot: QtBot, panel: PicturePanel, heard: list[Any]) -> None:
    panel.show_network(NETWORK)
    panel.show_input((224, 224), "caffe")
    reason = _child(panel, QLabel, "preprocessingReason")
    assert reason.text() == NETWORK.preprocessing_reason
    box = _child(panel, QComboBox, "preprocessing")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert heard == [("preprocessing_chosen", "tf")]
    assert reason.text() == "Your choice for this network; its own is caffe (BGR - mean)."
    own = _child(panel, QPushButton, "preprocessingOwn")
    qtbot.mouseClick(own, Qt.MouseButton.LeftButton)
    assert heard[1:] == [("preprocessing_chosen", "caffe")]
    assert reason.text() == NETWORK.preprocessing_reason
    assert not own.isVisible()


def test_what_a_person_should_know_about_the_network_stays_whatever_is_chosen(panel: PicturePanel) -> None:
    panel.show_network(replace(NETWORK, notes=(message("It is grey."), message("It is {what}.", what="small"))))
    for name in ("caffe", "tf"):
        panel.show_input((224, 224), name)
        assert _child(panel, QLabel, "networkNotes").text() == "It is grey. It is small."
    panel.show_network(NETWORK)
    assert not _child(panel, QLabel, "networkNotes").isVisible()


@pytest.mark.parametrize(
    ("sides", "offered", "typed", "allowed", "why"),
    [
        ((20, None), ["20 x 224 (network's own)", "20 x 30 (picture's proportions)"], "40 x 50", "20 x 50", "high"),
        ((None, 30), ["224 x 30 (network's own)", "20 x 30 (picture's proportions)"], "40 x 50", "40 x 30", "wide"),
        ((500, None), ["500 x 224 (network's own)", "500 x 333 (tutorial's)", "500 x 752 (picture's proportions)"],
         "300 x 451", "500 x 451", "high"),
    ],
)  # fmt: skip
def test_one_fixed_side_stays_and_says_why(
    qtbot: QtBot,
    panel: PicturePanel,
    heard: list[Any],
    sides: tuple[int | None, int | None],
    offered: list[str],
    typed: str,
    allowed: str,
    why: str,
) -> None:
    nominal = (sides[0] or 224, sides[1] or 224)
    panel.show_network(replace(NETWORK, nominal_size=nominal, fixed_sides=sides))
    panel.show_picture(_picture(300, 451))
    panel.show_input(nominal, "caffe")
    sizes = _sizes(panel)
    assert [sizes.itemText(row) for row in range(sizes.count())] == offered
    assert sizes.isEnabled()
    _type_size(qtbot, panel, typed)
    problem = _child(panel, QLabel, "sizeProblem")
    assert problem.isVisible()
    assert why in problem.text()
    assert heard == []
    _type_size(qtbot, panel, allowed)
    height, width = map(int, allowed.split(" x "))
    assert heard == [("size_chosen", (height, width))]
    assert not problem.isVisible()


def _look(classes: tuple[tuple[str, float], ...]) -> Look:
    request = LookAtPicture(NETWORK.source, make_picture("cat.jpg", b"cat"), (224, 224), "caffe")
    return Look(request, -1.0, 0.992, {}, classes)


def test_a_look_shows_range_and_classes(panel: PicturePanel) -> None:
    panel.show_network(NETWORK)
    panel.show_look(_look((("cat", 0.75), ("dog", 0.001))))
    assert _child(panel, QLabel, "fedRange").text() == "fed -1.00 .. 0.99"
    bars = _child(panel, ClassBars, "classBars")
    assert bars.accessibleDescription() == "cat 0.75, dog <0.01"
    image = bars.grab().toImage()
    accent, track = QColor(LIGHT.accent), QColor(LIGHT.hover)
    within, behind = image.pixelColor(bars.width() // 2, 3), image.pixelColor(round(bars.width() * 0.75), 3)
    assert abs(within.red() - accent.red()) < abs(within.red() - 255)
    assert behind == track


def test_bars_keep_their_place_while_the_answer_is_on_its_way(panel: PicturePanel) -> None:
    panel.show_network(NETWORK)
    panel.show_look(_look((("cat", 0.75), ("dog", 0.25))))
    bars = _child(panel, ClassBars, "classBars")
    height = bars.sizeHint().height()
    panel.show_look(None)
    assert bars.isVisible()
    assert bars.sizeHint().height() == height
    assert bars.accessibleDescription() == ""
    panel.show_network(replace(NETWORK, labels=()))
    assert not bars.isVisible(), "a network that is no classifier has no classes"


def test_probabilities_never_look_like_zero() -> None:
    assert [probability_text(share) for share in (1.0, 0.904, 0.005, 0.004, 0.0)] == [
        "1.00",
        "0.90",
        "0.01",
        "<0.01",
        "0.00",
    ]

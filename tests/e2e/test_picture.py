"""Pictures from everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e_screen import PHOTOS
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_robot import Robot


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def test_a_dropped_photo_is_shown_in_the_grid_and_recognised(robot: Robot) -> None:
    cat = robot.grid.values
    mime = files(PHOTOS["coffee"])

    robot.drop(robot.find("picturePanel"), mime)

    robot.wait(lambda: robot.text("pictureName") == "coffee.jpg")
    robot.wait_for_grid("block5c_add")
    robot.wait(lambda: robot.classes and robot.classes[0].startswith("espresso "))
    robot.screenshot("picture-dropped-coffee")
    assert (robot.grid.values != cat).any()
    assert robot.title == "block5c_add 14 x 14 x 112"


def test_a_photo_dropped_anywhere_on_the_window_is_taken(robot: Robot) -> None:
    mime = files(PHOTOS["flower"])

    robot.drop(robot.window, mime)

    robot.wait(lambda: robot.text("pictureName") == "flower.jpg")


def test_dropped_image_data_is_taken_as_it_is(robot: Robot) -> None:
    image = QImage(str(PHOTOS["coffee"]))
    mime = QMimeData()
    mime.setImageData(image)

    robot.drop(robot.find("picturePanel"), mime)

    robot.wait(lambda: robot.text("pictureName") == "picture.png")
    robot.wait(lambda: robot.classes and robot.classes[0].startswith("espresso "))
    robot.wait_for_grid("block5c_add")
    assert robot.text("picturePixels") == f"{image.width()} x {image.height()}"


def test_a_picture_dragged_from_a_browser_is_taken_and_its_address_only_names_it(robot: Robot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.invalid/photos/a-cup.jpg?size=large")])
    mime.setImageData(QImage(str(PHOTOS["coffee"])))

    robot.drop(robot.find("picturePanel"), mime)

    robot.wait(lambda: robot.text("pictureName") == "a-cup.png")
    robot.wait(lambda: robot.classes and robot.classes[0].startswith("espresso "))
    assert robot.error == ""


def test_an_address_without_a_picture_is_not_fetched_but_explained(robot: Robot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.invalid/photos/a-cup.jpg")])

    robot.drop(robot.find("picturePanel"), mime)

    robot.wait(lambda: "address" in robot.text("pictureNotes"))
    robot.screenshot("picture-address-only")
    assert robot.text("pictureName") == "chelsea_cat.jpg"


def test_of_several_dropped_photos_the_others_come_with_ctrl_right_and_left(robot: Robot) -> None:
    mime = files(PHOTOS["brick"], PHOTOS["coins"], PHOTOS["grass"])

    robot.drop(robot.find("picturePanel"), mime)
    robot.wait(lambda: robot.text("pictureName") == "brick.jpg")
    robot.press("Ctrl+Right")
    robot.wait(lambda: robot.text("pictureName") == "coins.jpg")
    robot.press("Ctrl+Left")
    robot.wait(lambda: robot.text("pictureName") == "brick.jpg")
    robot.press("Ctrl+Left")

    robot.wait(lambda: robot.text("pictureName") == "grass.jpg")


def test_a_copied_picture_is_pasted_with_ctrl_v(robot: Robot) -> None:
    QGuiApplication.clipboard().setImage(QImage(str(PHOTOS["coffee"])))

    robot.press("Ctrl+V")

    robot.wait(lambda: robot.classes and robot.classes[0].startswith("espresso "))


def test_a_photo_is_opened_by_typing_its_path(robot: Robot) -> None:
    robot.answer_path(lambda: robot.press("Ctrl+O"), PHOTOS["china_palace"], "picture-open-dialog")

    robot.wait(lambda: robot.text("pictureName") == "china_palace.jpg")
    robot.wait_for_grid("block5c_add")


def test_a_sample_is_chosen_from_the_menu_with_the_keyboard(robot: Robot) -> None:
    robot.click(robot.find("samplePicture"))
    robot.wait(lambda: QApplication.activePopupWidget() is not None)
    robot.screenshot("picture-samples")
    robot.press("Down", 2)
    robot.press("Return")

    robot.wait(lambda: robot.text("pictureName") == "coffee.jpg")


def test_a_damaged_photo_is_explained_in_one_sentence_and_the_old_one_stays(robot: Robot, tmp_path: Path) -> None:
    before = robot.grid
    damaged = tmp_path / "holiday.jpg"
    damaged.write_bytes(PHOTOS["coffee"].read_bytes()[:900])
    mime = files(damaged)

    robot.drop(robot.find("picturePanel"), mime)

    robot.wait(lambda: robot.error)
    robot.screenshot("picture-damaged")
    assert "holiday.jpg" in robot.error
    assert robot.find("jobError").height() < 3.5 * robot.find("jobErrorText").fontMetrics().height()
    assert "Traceback" not in robot.error
    assert "\n" not in robot.error
    assert robot.text("pictureName") == "chelsea_cat.jpg"
    assert robot.grid is before
    assert not robot.canvas.scene.stale_text
    robot.click(robot.find("jobErrorDetails"))
    robot.wait(lambda: robot.window.findChild(QDialog, "detailsDialog") is not None)
    dialog = robot.find("detailsDialog", QDialog)
    robot.wait(dialog.isActiveWindow)
    robot.screenshot("picture-damaged-details")
    assert robot.find("detailsWhat", QLabel).text() in robot.error
    assert robot.find("detailsText", QPlainTextEdit).toPlainText() != "There are no further details."
    robot.press("Escape")
    robot.wait(lambda: robot.window.findChild(QDialog, "detailsDialog") is None)


def test_an_error_goes_when_the_next_photo_can_be_read(robot: Robot, tmp_path: Path) -> None:
    text = tmp_path / "letter.png"
    text.write_text("Dear Sir or Madam")
    wrong, right = files(text), files(PHOTOS["coffee"])
    robot.drop(robot.find("picturePanel"), wrong)
    robot.wait(lambda: "letter.png" in robot.error)

    robot.drop(robot.find("picturePanel"), right)

    robot.wait(lambda: robot.text("pictureName") == "coffee.jpg")
    robot.wait(lambda: not robot.error)


def test_a_typed_size_is_what_the_network_sees(robot: Robot) -> None:
    robot.type_into("inputSize", "160")
    robot.press("Return")

    robot.wait_for_grid("block5c_add")
    robot.wait(lambda: robot.title == "block5c_add 10 x 10 x 112")
    robot.screenshot("picture-size-160")

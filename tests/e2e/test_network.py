"""Opening networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e_robot import rows_of
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QAbstractButton, QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QTreeView

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_robot import Robot


def open_resnet(robot: Robot) -> None:
    def reply(dialog: QDialog) -> None:
        search = dialog.findChild(QLineEdit, "applicationSearch")
        assert search is not None
        robot.click(search)
        robot.type("resnet50")
        for name, wanted in (("weightsNone", True), ("includeTop", False)):
            button = dialog.findChild(QAbstractButton, name)
            assert button is not None
            if button.isChecked() is not wanted:
                robot.tick(button)
            assert button.isChecked() is wanted
        robot.screenshot("network-applications-dialog")
        robot.press_button(dialog, QDialogButtonBox.StandardButton.Open)

    robot.answer(lambda: robot.press("Ctrl+K"), reply)


def test_resnet50_is_opened_from_the_dialog_and_shows_the_tutorial_s_first_layer(robot: Robot) -> None:
    open_resnet(robot)
    robot.wait(lambda: "ResNet50" in robot.window.windowTitle())
    robot.wait_for_grid()
    robot.screenshot("network-resnet50")
    names = [index.data() for index in rows_of(robot.find("layerTreeView", QTreeView))]
    assert "conv5_block3_out" in names
    assert "predictions" not in names
    assert robot.classes == []

    robot.search_layer("res2a_branch2a")
    robot.wait_for_grid("conv2_block1_1_conv")
    robot.type_into("inputSize", "500 x 333")
    robot.press("Return")

    robot.wait(lambda: robot.title == "conv2_block1_1_conv 125 x 84 x 64")
    robot.wait_until_idle()
    robot.screenshot("network-res2a-branch2a-500x333")
    assert robot.grid.tiling.per_row == 16
    assert robot.grid.mosaic.shape == (4 * 125, 16 * 84)
    assert robot.error == ""


def test_a_damaged_network_is_explained_in_one_sentence_and_the_old_one_stays(robot: Robot, tmp_path: Path) -> None:
    before, title = robot.grid, robot.window.windowTitle()
    damaged = tmp_path / "mine.keras"
    damaged.write_bytes(b"PK\x03\x04" + bytes(300))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(damaged))])

    robot.drop(robot.window, mime)

    robot.wait(lambda: robot.error)
    robot.screenshot("network-damaged")
    assert "mine.keras" in robot.error
    assert "Traceback" not in robot.error
    assert "\n" not in robot.error
    assert robot.window.windowTitle() == title
    assert robot.grid is before
    robot.click(robot.find("jobErrorDetails"))
    robot.wait(lambda: robot.window.findChild(QDialog, "detailsDialog") is not None)
    robot.wait(robot.find("detailsDialog", QDialog).isActiveWindow)
    robot.screenshot("network-damaged-details")
    details = robot.find("detailsText", QPlainTextEdit).toPlainText()
    assert details
    assert details != "There are no further details."
    robot.press("Escape")
    robot.search_layer("block4c_add")
    robot.wait_for_grid("block4c_add")


def test_a_network_that_is_not_there_is_explained(robot: Robot, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "gone.keras"))])

    robot.drop(robot.window, mime)

    robot.wait(lambda: "gone.keras" in robot.error)
    assert robot.title.startswith("block5c_add ")

"""Taking pictures away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from e2e_robot import run_commands
from e2e_screen import PHOTOS
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QMessageBox

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.network import LayerKind
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.recipe import read_recipe
from cnnviz_gui.presenters import slots

if TYPE_CHECKING:
    from pathlib import Path

    from e2e_robot import Robot


def test_the_exported_grid_is_the_picture_that_the_console_command_makes(robot: Robot, tmp_path: Path) -> None:
    exported, commanded = tmp_path / "grid.png", tmp_path / "commanded.png"

    robot.answer_path(lambda: robot.press("Ctrl+E"), exported, "export-dialog")

    robot.wait(exported.exists)
    robot.wait(lambda: "grid.png" in robot.note)
    robot.screenshot("export-saved")
    run_commands(["channels", "efficientnet-lite0", "chelsea_cat", "--layer", "block5c_add", "-o", str(commanded)])
    np.testing.assert_array_equal(np.asarray(Image.open(exported)), np.asarray(Image.open(commanded)))
    ours, theirs = read_recipe(str(exported)), read_recipe(str(commanded))
    assert ours is not None
    assert theirs is not None
    assert ours.content["layer"] == "block5c_add"
    differing = {key for key in ours.content if ours.content[key] != theirs.content[key]}
    # On a tiling of 16 a row the window's shape means nothing.
    assert differing <= {"aspect"}


def test_a_name_without_an_ending_becomes_a_png(robot: Robot, tmp_path: Path) -> None:
    robot.answer_path(lambda: robot.press("Ctrl+E"), tmp_path / "grid")

    robot.wait((tmp_path / "grid.png").exists)


def test_raw_activations_are_exported_by_typing_npz(robot: Robot, tmp_path: Path) -> None:
    exported = tmp_path / "cat.npz"

    robot.answer_path(lambda: robot.press("Ctrl+E"), exported)

    robot.wait(exported.exists)
    arrays = np.load(exported)
    np.testing.assert_array_equal(arrays["activations"], robot.grid.values)
    assert arrays["input"].shape == (224, 224, 3)


def test_an_older_file_is_replaced_only_when_that_is_confirmed(robot: Robot, tmp_path: Path) -> None:
    older = tmp_path / "grid.png"
    older.write_text("precious")

    def refuse() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.isActiveWindow():
            robot.screenshot("export-replace")
            timer.stop()
            robot.click(box.button(QMessageBox.StandardButton.No))

    timer = robot.every(20, refuse)

    def reply(dialog: QDialog) -> None:
        robot.type_path(dialog, older)
        robot.press("Return")
        robot.wait(dialog.isActiveWindow)
        robot.press("Escape")

    robot.answer(lambda: robot.press("Ctrl+E"), reply)

    assert older.read_text() == "precious"


def test_the_chosen_channel_is_exported_alone(robot: Robot, tmp_path: Path) -> None:
    exported = tmp_path / "channel.png"
    robot.click_channel(37)
    robot.wait(lambda: robot.text("inspector_title") == "Channel 37")

    robot.answer_path(lambda: robot.click(robot.find("inspector_save")), exported)

    robot.wait(exported.exists)
    top, left = robot.grid.tiling.corner(37)
    levels = robot.grid.mosaic[top : top + 14, left : left + 14]
    np.testing.assert_array_equal(np.asarray(Image.open(exported)), color_table("viridis")[levels])
    recipe = read_recipe(str(exported))
    assert recipe is not None
    assert recipe.content["channel"] == 37


def test_the_view_is_exported_with_title_and_colour_bar(robot: Robot, tmp_path: Path) -> None:
    exported = tmp_path / "view.png"

    robot.answer_path(lambda: robot.press("Ctrl+Shift+E"), exported)

    robot.wait(exported.exists)
    image = Image.open(exported)
    image.save(robot.next_path("export-view"))
    assert image.width > robot.canvas.width() * 0.8
    assert read_recipe(str(exported)) is not None


def test_every_layer_of_the_network_is_exported_into_a_folder(robot: Robot, tmp_path: Path) -> None:
    network = robot.bench.session.state.network
    assert network is not None
    with_pictures = [layer for layer in network.layers if layer.kind is LayerKind.MAPS]

    robot.answer_path(lambda: robot.choose_menu("F", "L"), tmp_path, "export-folder-dialog")

    robot.wait(lambda: robot.shows_job(slots.EXPORT_LAYERS))
    robot.screenshot("export-every-layer")
    robot.wait(lambda: not robot.bench.runner.busy(slots.EXPORT_LAYERS))
    robot.wait(lambda: robot.note)
    robot.screenshot("export-every-layer-saved")
    files = sorted(tmp_path.glob("*.png"))
    assert robot.note.startswith(f"Saved {len(with_pictures)} pictures")
    assert [file.stem.split("-", 1)[1] for file in files] == [layer.name for layer in with_pictures]
    recipe = read_recipe(str(files[5]))
    assert recipe is not None
    assert recipe.content["layer"] == with_pictures[5].name


def test_the_export_of_every_layer_can_be_stopped(robot: Robot, tmp_path: Path) -> None:
    robot.answer_path(lambda: robot.choose_menu("F", "L"), tmp_path)
    robot.wait(lambda: robot.shows_job(slots.EXPORT_LAYERS) and list(tmp_path.glob("*.png")))

    stop = robot.find(f"job-{slots.EXPORT_LAYERS}").findChild(QAbstractButton, "jobStop")
    assert stop is not None
    robot.click(stop)

    robot.wait(lambda: not robot.bench.runner.busy(slots.EXPORT_LAYERS))
    written = list(tmp_path.glob("*.png"))
    assert written
    assert all(read_recipe(str(path)) for path in written)
    assert robot.error == ""


def test_an_exported_grid_that_is_dropped_on_the_window_brings_its_view_back(robot: Robot, tmp_path: Path) -> None:
    exported = tmp_path / "view-of-coffee.png"
    photo, saved = QMimeData(), QMimeData()
    photo.setUrls([QUrl.fromLocalFile(str(PHOTOS["coffee"]))])
    saved.setUrls([QUrl.fromLocalFile(str(exported))])
    robot.drop(robot.window, photo)
    robot.wait(lambda: robot.text("pictureName") == "coffee.jpg")
    robot.click_layer("block3b_add")
    robot.wait_for_grid("block3b_add")
    robot.choose("grid_colormap", "magma")
    robot.choose("grid_scale", "Layer")
    robot.wait_for_grid("block3b_add")
    mosaic = robot.grid.mosaic
    robot.answer_path(lambda: robot.press("Ctrl+E"), exported)
    robot.wait(lambda: exported.name in robot.note)
    robot.go_home()

    robot.drop(robot.window, saved)

    robot.wait_for_grid("block3b_add")
    robot.wait(lambda: robot.text("pictureName") == "coffee.jpg")
    robot.wait(lambda: robot.find("grid_colormap", QComboBox).currentText() == "magma")
    robot.wait_for_grid("block3b_add")
    robot.screenshot("export-dropped-back")
    np.testing.assert_array_equal(robot.grid.mosaic, mosaic)
    assert robot.find("grid_scale", QComboBox).currentText() == "Layer"
    assert robot.layer_in_tree == "block3b_add"


def test_an_exported_dream_that_is_dropped_comes_back_with_the_picture_it_began_with(
    robot: Robot, tmp_path: Path
) -> None:
    exported = tmp_path / "dream.png"
    photo, saved = QMimeData(), QMimeData()
    photo.setUrls([QUrl.fromLocalFile(str(PHOTOS["coffee"]))])
    saved.setUrls([QUrl.fromLocalFile(str(exported))])
    settings = replace(PRESETS["deepdream"], preset="custom", size=32, steps=2, octaves=1)
    assert robot.text("pictureName") == "chelsea_cat.jpg"
    robot.bench.patterns.put("0", settings)
    robot.press("Ctrl+G")
    robot.wait(lambda: robot.bench.patterns.mosaic is not None and not robot.bench.runner.busy(slots.PATTERNS))
    robot.answer_path(lambda: robot.press("Ctrl+Shift+G"), exported)
    robot.wait(lambda: exported.name in robot.note)
    robot.drop(robot.window, photo)
    robot.wait(lambda: robot.text("pictureName") == "coffee.jpg")

    robot.drop(robot.window, saved)

    robot.wait(lambda: robot.text("pictureName") == "chelsea_cat.jpg")
    assert robot.bench.patterns.settings == settings
    assert robot.error == ""

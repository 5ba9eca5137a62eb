"""Legitimate odd networks open in the real window, and what they lack is offered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from e2e_robot import rows_of
from e2e_screen import PHOTOS
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QToolButton,
    QTreeView,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e_robot import Robot

    Networks = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files that `e2e_networks` writes, made by Keras in a process of its own."""
    folder = tmp_path_factory.mktemp("networks")
    program = Path(__file__).with_name("e2e_networks.py")
    done = subprocess.run([sys.executable, program, folder], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def networks(folder: Path) -> Networks:
    """What Keras knows about them."""
    found: Networks = json.loads((folder / "networks.json").read_text())
    return found


def drop(robot: Robot, target: QWidget, *paths: Path | str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    robot.drop(target, mime)


def tree(robot: Robot) -> dict[str, str]:
    """What stands in the two columns of the layer tree: the layers' names and their shapes."""
    rows = [
        index for index in rows_of(robot.find("layerTreeView", QTreeView)) if not index.model().hasChildren(index)
    ]
    return {str(index.data()): str(index.siblingAtColumn(1).data()) for index in rows}


def wait_for_network(robot: Robot, title: str) -> None:
    """Waits until a network is open and seen."""
    robot.wait(lambda: title in robot.window.windowTitle() or robot.error)
    assert robot.error == ""
    robot.wait_for_grid()
    robot.wait_until_idle()


def check_channels(robot: Robot, network: dict[str, Any]) -> None:
    """Every layer of the outermost network has the channels that Keras gives it; the grid shows all of its own."""
    shapes = tree(robot)
    seen = {name: int(shapes[name].split(" x ")[-1]) for name in network["channels"] if name in shapes}
    assert seen, shapes
    assert seen == {name: network["channels"][name] for name in seen}
    assert robot.grid.tiling.order == tuple(range(robot.grid.values.shape[-1]))
    layer = robot.bench.session.state.layer
    if layer in network["channels"]:
        assert robot.grid.values.shape[-1] == network["channels"][layer]
    assert np.isfinite(robot.grid.values).all()


def press_remedy(robot: Robot, text: str) -> None:
    """Presses a button beside the error."""
    buttons = [one for one in robot.find("jobError").findChildren(QPushButton) if one.isVisible()]
    [button] = [one for one in buttons if one.text() == text]
    robot.click(button)


def choose_path(robot: Robot, path: Path) -> Callable[[QDialog], None]:
    def reply(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        robot.type_path(dialog, path)
        robot.press("Return")

    return reply


def agree(robot: Robot, step: str, *said: str) -> Callable[[QDialog], None]:
    """Agrees to what must be meant, after having read it."""

    def reply(dialog: QDialog) -> None:
        text = f"{dialog.text()} {dialog.informativeText()}"  # type: ignore[attr-defined]
        for part in said:
            assert part in text
        robot.screenshot(step)
        yes = dialog.findChild(QAbstractButton, "confirmYes")
        assert yes is not None
        robot.click(yes)

    return reply


def test_odd_networks_open_one_after_another_with_the_right_channels(
    robot: Robot, folder: Path, networks: Networks
) -> None:
    plain = [name for name in networks if not name.startswith("own") and name != "program"]
    assert len(plain) == 18
    for name in plain:
        drop(robot, robot.window, networks[name]["path"])
        wait_for_network(robot, f"{name}.keras")
        check_channels(robot, networks[name])
        notes = robot.text("networkNotes")
        if name == "one channel":
            assert "turned to grey" in notes
        elif name == "five channels":
            assert "takes 5 channels" in notes
        elif name == "channels first":
            assert "channels first" in notes
        elif name == "fixed size":
            assert not robot.find("inputSize", QComboBox).isEnabled()
            assert robot.find("inputSize", QComboBox).currentText() == "20 x 30 (fixed)"
        elif name == "fixed height":
            robot.type_into("inputSize", "20 x 64")
            robot.press("Return")
            robot.wait(lambda: robot.bench.session.state.size == (20, 64))
            robot.type_into("inputSize", "40 x 64")
            robot.press("Return")
            assert "20 pixels high only" in robot.text("sizeProblem")
            robot.screenshot("network-fixed-height")
        elif name == "mixed float16":
            assert "computes in float16" in notes


def test_a_chosen_preprocessing_is_remembered_for_its_network_alone(robot: Robot, networks: Networks) -> None:
    drop(robot, robot.window, networks["sequential"]["path"])
    wait_for_network(robot, "sequential.keras")
    box = robot.find("preprocessing", QComboBox)
    own, plain = box.currentText(), robot.grid.values
    other = box.itemText(box.findData("tf" if box.currentData() != "tf" else "torch"))
    robot.choose("preprocessing", other)
    robot.wait(lambda: (robot.wait_for_grid().values != plain).any())
    chosen = robot.grid.values
    drop(robot, robot.window, networks["nested"]["path"])
    wait_for_network(robot, "nested.keras")
    assert box.currentText() == own

    drop(robot, robot.window, networks["sequential"]["path"])

    wait_for_network(robot, "sequential.keras")
    assert box.currentText() == other
    np.testing.assert_array_equal(robot.grid.values, chosen)
    robot.screenshot("network-preprocessing-remembered")
    robot.click(robot.find("preprocessingOwn"))
    robot.wait(lambda: np.array_equal(robot.wait_for_grid().values, plain))
    drop(robot, robot.window, networks["nested"]["path"])
    wait_for_network(robot, "nested.keras")
    drop(robot, robot.window, networks["sequential"]["path"])
    wait_for_network(robot, "sequential.keras")
    assert box.currentText() == own


def test_a_second_input_gets_a_picture_of_its_own_which_can_be_undone(robot: Robot, networks: Networks) -> None:
    drop(robot, robot.window, networks["siamese"]["path"])
    wait_for_network(robot, "siamese.keras")
    robot.search_layer("tower/conv@2")
    robot.wait_for_grid("tower/conv@2")
    zeros = robot.grid.values
    assert np.ptp(zeros, axis=(0, 1)).max() == 0, "every position sees zeros alone"

    drop(robot, robot.find("otherInput-right"), PHOTOS["coffee"])

    robot.wait(lambda: robot.find("otherInputFed").text() == "coffee.jpg")  # type: ignore[attr-defined]
    robot.wait(lambda: (robot.wait_for_grid().values != zeros).any())
    robot.screenshot("network-two-pictures")
    assert np.ptp(robot.grid.values, axis=(0, 1)).min() > 0
    robot.press("Ctrl+Z")
    robot.wait(lambda: np.array_equal(robot.wait_for_grid().values, zeros))
    robot.press("Ctrl+Shift+Z")
    robot.wait(lambda: (robot.wait_for_grid().values != zeros).any())
    robot.click(robot.find("otherInputClear", QToolButton))
    robot.wait(lambda: np.array_equal(robot.wait_for_grid().values, zeros))


def test_own_classes_are_asked_for_run_only_after_a_yes_and_remembered(
    robot: Robot, folder: Path, networks: Networks
) -> None:
    drop(robot, robot.window, networks["own layers"]["path"])
    robot.wait(lambda: "which is not part of Keras" in robot.error)
    robot.screenshot("network-own-classes-lacking")

    robot.answer(
        lambda: press_remedy(robot, "Choose classes file…"),
        choose_path(robot, folder / "layers.py"),
        agree(robot, "network-own-classes-question", "Run layers.py to open own layers.keras?", "is a program"),
    )

    wait_for_network(robot, "own layers.keras")
    check_channels(robot, networks["own layers"])
    drop(robot, robot.window, networks["own model"]["path"])
    robot.wait(lambda: "which is not part of Keras" in robot.error)
    robot.answer(
        lambda: drop(robot, robot.window, folder / "layers.py"),
        agree(robot, "network-own-classes-dropped", "Run layers.py to open own model.keras?"),
    )
    wait_for_network(robot, "own model.keras")
    assert {"conv", "block/first", "block/second"} <= tree(robot).keys()
    drop(robot, robot.window, networks["own layers"]["path"])
    wait_for_network(robot, "own layers.keras")


def test_weights_and_architecture_are_opened_together_or_the_other_is_asked_for(
    robot: Robot, folder: Path, networks: Networks
) -> None:
    drop(robot, robot.window, folder / "fused.json", folder / "fused.weights.h5")
    wait_for_network(robot, "fused.json")
    check_channels(robot, networks["fused"])
    drop(robot, robot.window, folder / "fused.weights.h5")
    robot.wait(lambda: "holds weights without the network" in robot.error)

    def reply(dialog: QDialog) -> None:
        line = dialog.findChild(QLineEdit, "partsNetwork")
        weights = dialog.findChild(QLineEdit, "partsWeights")
        assert line is not None
        assert weights is not None
        assert weights.text() == str(folder / "fused.weights.h5")
        robot.click(line)
        line.insert(networks["fused"]["path"])
        robot.screenshot("network-parts")
        robot.press_button(dialog, QDialogButtonBox.StandardButton.Open)

    robot.answer(lambda: press_remedy(robot, "Choose its architecture…"), reply)
    wait_for_network(robot, "fused.keras")
    check_channels(robot, networks["fused"])


def test_the_tutorial_s_weights_are_offered_as_what_they_are(robot: Robot, folder: Path) -> None:
    before = robot.window.windowTitle()
    drop(robot, robot.window, folder / "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5")
    robot.wait(lambda: "holds weights without the network" in robot.error)
    robot.screenshot("network-tutorial-weights")
    buttons = [one.text() for one in robot.find("jobError").findChildren(QPushButton) if one.isVisible()]
    assert buttons == ["Open as ResNet50", "Choose its architecture…"]
    # This file is cut to one layer, which is not enough to open; the whole one is opened by the engine's own tests.
    press_remedy(robot, "Open as ResNet50")
    robot.wait(lambda: "ResNet50" in robot.error)
    assert robot.window.windowTitle() == before


def test_a_program_in_a_file_runs_only_when_it_is_trusted_and_then_unasked(robot: Robot, networks: Networks) -> None:
    path = networks["program"]["path"]
    drop(robot, robot.window, path)
    robot.wait(lambda: "holds a program" in robot.error)
    assert "sigmoid" in robot.error
    robot.answer(
        lambda: press_remedy(robot, "Trust and open…"),
        agree(robot, "network-trust", "Run the programs in program.keras?", "whatever you can do"),
    )
    wait_for_network(robot, "program.keras")
    check_channels(robot, networks["program"])
    drop(robot, robot.window, networks["sequential"]["path"])
    wait_for_network(robot, "sequential.keras")
    drop(robot, robot.window, path)
    wait_for_network(robot, "program.keras")

    robot.choose_menu("N", "F")
    robot.wait(lambda: robot.note.startswith("Trusted files forgotten"))
    drop(robot, robot.window, networks["sequential"]["path"])
    wait_for_network(robot, "sequential.keras")
    drop(robot, robot.window, path)
    robot.wait(lambda: "holds a program" in robot.error)


def test_what_is_no_network_is_explained_and_nothing_is_lost(robot: Robot, folder: Path, tmp_path: Path) -> None:
    before, title = robot.grid, robot.window.windowTitle()
    drop(robot, robot.window, folder / "saved_model")
    robot.wait(lambda: "is a SavedModel" in robot.error)
    foreign = tmp_path / "net.PTH"
    foreign.write_bytes(b"PK")
    drop(robot, robot.window, foreign)
    robot.wait(lambda: "net.PTH is a file of PyTorch" in robot.error)
    empty = tmp_path / "empty"
    empty.mkdir()
    drop(robot, robot.window, empty)
    robot.wait(lambda: "There is no picture in empty" in robot.error)
    unknown = tmp_path / "notes.xyz"
    unknown.write_bytes(b"text")
    drop(robot, robot.window, unknown)
    robot.wait(lambda: "notes.xyz" in robot.error)
    drop(robot, robot.window, folder / "layers.py")
    robot.wait(lambda: "layers.py is a Python file" in robot.error)
    assert robot.grid is before
    assert robot.window.windowTitle() == title

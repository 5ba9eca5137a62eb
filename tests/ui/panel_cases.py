"""What the tests of the filter-pattern panel share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPushButton,
    QToolButton,
    QWidget,
)

from cnnviz_gui.core.mosaic import Tiling
from cnnviz_gui.core.network import Layer, Network, NetworkSource

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.ui.pattern_panel import PatternPanel

Found = TypeVar("Found", bound=QWidget)
LAYER = Layer("block5c_add", "Add", (14, 14, 112), 0, "float32")
CLASSIFIER = Network(
    source=NetworkSource("classifier.keras"),
    title="classifier",
    sha256="0",
    layers=(Layer("conv", "Conv2D", (8, 8, 8), 0, "float32"), Layer("classes", "Dense", (3,), 0, "float32")),
    input_size=None,
    nominal_size=(64, 64),
    input_channels=3,
    preprocessing="none",
    preprocessing_reason="",
    labels=("espresso", "daisy", "tabby"),
    parameters=0,
    default_layer="conv",
)


def child(panel: PatternPanel, kind: type[Found], name: str) -> Found:
    found = panel.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def generate_button(panel: PatternPanel) -> QPushButton:
    return child(panel, QPushButton, "patternGenerate")


def preset_box(panel: PatternPanel) -> QComboBox:
    return child(panel, QComboBox, "patternPreset")


def open_parameters(qtbot: QtBot, panel: PatternPanel) -> None:
    qtbot.mouseClick(child(panel, QToolButton, "patternParametersToggle"), Qt.MouseButton.LeftButton)


def type_channels(qtbot: QtBot, panel: PatternPanel, text: str) -> None:
    field = child(panel, QLineEdit, "patternChannels")
    field.selectAll()
    qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)


def show_mosaic(panel: PatternPanel) -> None:
    panel.show_mosaic(np.zeros((64, 133, 3), np.uint8), Tiling((4, 9), 64, 64, 2, 5))

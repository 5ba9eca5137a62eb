"""Matplotlib's look follows Qt's palette and font, with fonts that are really installed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from cnnviz_gui.ui.mpl_style import SURE_FAMILY, apply_style, installed_families, style_of
from cnnviz_gui.ui.theme import palette_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("dark", [False, True])
def test_colours_are_the_palettes(qtbot: QtBot, dark: bool) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    palette = palette_of(dark=dark)
    widget.setPalette(palette)
    style = style_of(widget)
    assert (style.background, style.base) == (palette.window().color().name(), palette.base().color().name())
    assert style.text == palette.windowText().color().name()


def test_every_family_is_installed(qtbot: QtBot) -> None:
    families = installed_families(QFont("A family that nobody has"))
    assert set(families) <= set(fontManager.get_font_names())
    assert SURE_FAMILY in families


def test_chinese_is_drawn_without_a_complaint(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    style = style_of(widget)
    if style.families == (SURE_FAMILY,):
        pytest.skip("no font with Chinese characters is installed")
    figure = Figure()
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_ylabel("激活")
    apply_style(axes, style)
    with caplog.at_level(logging.WARNING):
        canvas.draw()
    assert caplog.records == []


def test_a_font_in_pixels_has_a_size_too(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    font = QFont()
    font.setPixelSize(16)
    widget.setFont(font)
    assert style_of(widget).size == pytest.approx(16 * 72 / widget.logicalDpiY() * 0.9)

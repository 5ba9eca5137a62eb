"""The objective over the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from cnnviz_gui.ui.pattern_curve import PatternCurve
from cnnviz_gui.ui.theme import LIGHT, palette_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def curve(qtbot: QtBot) -> PatternCurve:
    curve = PatternCurve()
    qtbot.addWidget(curve)
    curve.setPalette(palette_of(dark=False))
    curve.resize(320, 92)
    return curve


def _accent_rows(image: QImage, x: int) -> list[int]:
    """Rows of a column that are the mean's colour or nearly so."""
    accent = QColor(LIGHT.accent)

    def near(colour: QColor) -> bool:
        return abs(colour.red() - accent.red()) < 60 and colour.blue() - colour.red() > 100

    return [y for y in range(image.height()) if near(image.pixelColor(x, y))]


def test_the_mean_rises_with_the_objective(curve: PatternCurve) -> None:
    curve.show_objective(np.linspace([0, 0], [8, 10], 100, axis=1).astype(np.float32), 100)
    image, plot = curve.grab().toImage(), curve.plot_rect()
    left = _accent_rows(image, round(plot.left() + 0.1 * plot.width()))
    right = _accent_rows(image, round(plot.left() + 0.9 * plot.width()))
    assert left
    assert right
    assert np.mean(right) < np.mean(left) - 0.5 * plot.height()


def test_what_is_not_done_is_left_free(curve: PatternCurve) -> None:
    curve.show_objective(np.linspace([0], [1], 50, axis=1).astype(np.float32), 100)
    image, plot = curve.grab().toImage(), curve.plot_rect()
    assert _accent_rows(image, round(plot.left() + 0.4 * plot.width()))
    assert not _accent_rows(image, round(plot.left() + 0.6 * plot.width()))
    assert "after 50 of 100" in curve.accessibleDescription()


def test_every_pattern_has_a_faint_line(curve: PatternCurve) -> None:
    flat = np.repeat(np.array([[0.0], [5.0], [10.0], [10.0]], np.float32), 40, axis=1)
    curve.show_objective(flat, 40)
    image, plot = curve.grab().toImage(), curve.plot_rect()
    ground = image.pixelColor(round(plot.center().x()), round(plot.top() + 0.25 * plot.height()))
    at_five = image.pixelColor(round(plot.left() + 0.7 * plot.width()), round(plot.center().y()))
    assert at_five != ground


@pytest.mark.parametrize(
    "objective",
    [
        np.zeros((3, 1), np.float32),
        np.full((2, 5), 7, np.float32),
        np.full((2, 5), np.nan, np.float32),
        np.array([[1, 2, np.nan], [3, np.inf, np.nan]], np.float32),
        np.random.default_rng(0).normal(size=(512, 2000)).astype(np.float32),
    ],
)
def test_odd_objectives_are_painted_without_a_warning(curve: PatternCurve, objective: np.ndarray) -> None:
    curve.show_objective(objective, 2000)
    assert not curve.isHidden()
    assert not curve.grab().isNull()


def test_without_a_step_there_is_no_curve(curve: PatternCurve) -> None:
    curve.show_objective(np.zeros((4, 0), np.float32), 256)
    assert curve.isHidden()
    assert not curve.grab().isNull()

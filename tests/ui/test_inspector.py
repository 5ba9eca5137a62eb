"""The inspector: true values, the grid's own colours, and a sentence where there is nothing to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QTabBar, QWidget

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.core.requests import Kernels, ReadKernels
from cnnviz_gui.session.state import Lens
from cnnviz_gui.ui.grid_scale import value_range
from cnnviz_gui.ui.histogram import Histogram
from cnnviz_gui.ui.inspector import Inspector
from cnnviz_gui.ui.inspector_panes import LevelsPane, OverlayPane, PicturesPane, _apart

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.requests import Grid

    MakeGrid = Callable[..., Grid]


@pytest.fixture
def view(qtbot: QtBot) -> Inspector:
    """An inspector on the screen."""
    widget = Inspector()
    widget.resize(340, 560)
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


@pytest.fixture
def picture() -> PictureRead:
    """A red picture, twice as wide as high."""
    red = np.zeros((40, 80, 3), np.uint8)
    red[..., 0] = 255
    return PictureRead(make_picture("red.png", b"red"), 40, 80, red, ())


def text(view: QWidget, name: str) -> str:
    """What a label says."""
    return view.findChild(QLabel, name).text()


def cell_color(pane: LevelsPane, row: int, column: int) -> tuple[int, ...]:
    """What is seen in the middle of a cell."""
    pane.grab()
    image = pane.grab().toImage()
    point = pane._viewport.to_screen(QRectF(column, row, 1, 1)).center() * image.devicePixelRatio()
    return image.pixelColor(point.toPoint()).getRgb()[:3]


def ramp() -> np.ndarray:
    """(4, 6, 3) values 0..71."""
    return np.arange(72, dtype=np.float32).reshape(4, 6, 3)


def test_the_channel_has_the_grids_colours(view: Inspector, make_grid: MakeGrid) -> None:
    grid = make_grid(ramp(), scale=Scale.LAYER, sort=SortKey.MEAN)
    view.show_channel(grid, 1, None, None, "magma")
    pane = view.findChild(LevelsPane, "inspector_channel")
    for row, column in ((0, 0), (2, 4), (3, 5)):
        level = int(ramp()[row, column, 1] * (255 / 71))
        assert cell_color(pane, row, column) == tuple(color_table("magma")[level].tolist())


def test_a_channel_that_stands_for_a_class_is_shown_with_its_name(view: Inspector, make_grid: MakeGrid) -> None:
    view.resize(700, 500)
    view.show_channel(make_grid(ramp()), 1, None, None, "magma", "tea cup")
    assert view.findChild(QLabel, "inspector_layer").text() == "tea cup   block5c_add"


@pytest.mark.parametrize(
    ("levels", "room", "kept"),
    [
        ((0, 12, 64, 128, 240, 255), 20, (0, 64, 128, 255)),
        ((0, 60, 70, 255), 20, (0, 60, 255)),
        ((0, 255), 300, (0, 255)),
        ((128,), 20, (128,)),
        ((), 20, ()),
    ],
)
def test_no_two_labels_of_a_colour_bar_touch(levels: tuple[int, ...], room: int, kept: tuple[int, ...]) -> None:
    ticks = [(float(level), str(level)) for level in levels]
    assert [tick[0] for tick in _apart(ticks, room)] == list(kept)


@pytest.mark.parametrize("scale", list(Scale))
def test_the_colour_bar_is_the_inverse_of_the_scale(make_grid: MakeGrid, scale: Scale) -> None:
    values = np.random.default_rng(0).normal(size=(9, 8, 6)).astype(np.float32)
    grid = make_grid(values, scale=scale, per_row=6)
    for channel in range(6):
        low, high = value_range(grid, channel)
        levels = grid.mosaic[:, channel * 8 : channel * 8 + 8].astype(float)
        inside = (levels > 0) & (levels < 255)
        shown = low + levels / 255 * (high - low)
        assert abs(shown - values[..., channel])[inside].max() <= (high - low) / 255


def test_a_constant_channel_has_one_value_on_its_bar(make_grid: MakeGrid) -> None:
    values = np.full((4, 4, 2), 1.5, np.float32)
    assert value_range(make_grid(values, scale=Scale.TUTORIAL), 0) == (1.5, 1.5)


def test_figures_and_the_positions_exact_value(view: Inspector, make_grid: MakeGrid) -> None:
    values = np.random.default_rng(1).normal(size=(5, 7, 4)).astype(np.float32)
    values[:3, :, 2] = 0
    view.show_channel(make_grid(values), 2, (4, 6), None, "viridis")
    assert text(view, "inspector_title") == "Channel 2"
    assert text(view, "inspector_layer") == "block5c_add"
    assert text(view, "inspector_zeros") == "60 %"
    assert text(view, "inspector_mean") == f"{values[..., 2].mean():.3g}"
    assert text(view, "inspector_maximum") == f"{values[..., 2].max():.3g}"
    assert text(view, "inspector_remark") == f"Row 4, column 6: {values[4, 6, 2]!s}"


@pytest.mark.parametrize(
    ("value", "remark"),
    [(0.0, "Zero everywhere"), (2.0, "The same value everywhere"), (np.nan, "Some values are infinite")],
)
def test_odd_channels_are_explained(view: Inspector, make_grid: MakeGrid, value: float, remark: str) -> None:
    values = ramp()
    values[..., 1] = value
    view.show_channel(make_grid(values), 1, None, None, "viridis")
    assert text(view, "inspector_remark").startswith(remark)
    view.grab()


def test_a_position_of_another_layer_is_not_shown(view: Inspector, make_grid: MakeGrid) -> None:
    view.show_channel(make_grid(ramp()), 1, (20, 20), None, "viridis")
    assert text(view, "inspector_remark") == ""


def test_hovering_the_channel_tells_the_exact_value(view: Inspector, make_grid: MakeGrid) -> None:
    values = np.random.default_rng(1).normal(size=(5, 7, 4)).astype(np.float32)
    view.show_channel(make_grid(values), 3, None, None, "viridis")
    pane = view.findChild(LevelsPane, "inspector_channel")
    pane.grab()
    point = pane._viewport.to_screen(QRectF(6, 2, 1, 1)).center()
    assert pane._tip(point) == f"row 2, column 6: {values[2, 6, 3]!s}"
    assert pane._tip(QPointF(-5, -5)) == ""


def test_a_vectors_channel_is_a_number(view: Inspector, make_grid: MakeGrid, picture: PictureRead) -> None:
    view.show_channel(make_grid(np.array([0.25, 0.125], np.float32)), 1, None, picture, "viridis")
    assert text(view, "inspector_number") == "0.125"
    assert view.findChild(QLabel, "inspector_number").isVisible()
    assert not view.findChild(Histogram).isVisible()
    view.show_lens(Lens.OVERLAY)
    assert "one number" in text(view, "inspector_overlay_nothing_text")


def test_the_overlay_lets_the_picture_through(view: Inspector, make_grid: MakeGrid, picture: PictureRead) -> None:
    view.show_channel(make_grid(ramp()), 0, None, picture, "gray")
    view.show_lens(Lens.OVERLAY)
    pane, opacity = view.findChild(OverlayPane), view.findChild(QSlider, "inspector_opacity")

    def middle() -> tuple[int, ...]:
        image = pane.grab().toImage()
        return image.pixelColor(image.rect().center()).getRgb()[:3]

    opacity.setValue(0)
    assert middle() == (255, 0, 0)
    opacity.setValue(100)
    red, green, blue = middle()
    assert red == green == blue
    opacity.setValue(50)
    assert middle() == pytest.approx(((red + 255) / 2, green / 2, blue / 2), abs=2)


def test_without_a_picture_the_overlay_says_so(view: Inspector, make_grid: MakeGrid) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    assert "no picture" in text(view, "inspector_overlay_nothing_text")


def kernels(shape: tuple[int, ...], bias: float | None = None) -> Kernels:
    """Kernels with one large weight, at (0, 1) of input channel 0."""
    weights = np.zeros(shape, np.float32)
    if weights.size:
        weights[0, 1, 0] = 0.5
    return Kernels(ReadKernels(NetworkSource("net"), "conv", 0), weights, bias)


def test_kernels_are_coloured_around_zero(view: Inspector, make_grid: MakeGrid) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    view.show_lens(Lens.KERNELS)
    view.show_kernels(kernels((3, 3, 20), 0.25), "")
    pane = view.findChild(LevelsPane, "inspector_kernel_mosaic")
    assert cell_color(pane, 0, 1) == tuple(color_table("RdBu_r")[255].tolist())
    assert cell_color(pane, 1, 1) == tuple(color_table("RdBu_r")[128].tolist())
    # Between two kernels is ground.
    assert cell_color(pane, 0, 3) == view.palette().window().color().getRgb()[:3]
    assert text(view, "inspector_kernel_caption") == "3 x 3, 20 input channels, bias 0.25"
    assert not view.findChild(PicturesPane, "inspector_kernel_colors").isVisible()


def test_kernels_of_three_channels_are_a_picture_too(view: Inspector, make_grid: MakeGrid) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    view.show_lens(Lens.KERNELS)
    view.show_kernels(kernels((3, 3, 3)), "")
    colors = view.findChild(PicturesPane, "inspector_kernel_colors")
    assert colors.isVisible()
    image = colors.grab().toImage()
    assert image.pixelColor(image.rect().center()).getRgb()[:3] == (128, 128, 128)


@pytest.mark.parametrize("shape", [(1, 1, 1280), (7, 7, 1), (1, 9, 4)])
def test_kernels_of_any_shape(view: Inspector, make_grid: MakeGrid, shape: tuple[int, ...]) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    view.show_lens(Lens.KERNELS)
    weights = np.zeros(shape, np.float32)
    view.show_kernels(Kernels(ReadKernels(NetworkSource("net"), "conv", 0), weights, None), "")
    view.grab()


def test_a_layer_without_kernels_says_why(view: Inspector) -> None:
    view.show_kernels(None, "This layer adds its inputs.")
    assert text(view, "inspector_kernels_nothing_text") == "This layer adds its inputs."


def test_a_pattern_is_a_picture_with_a_caption(view: Inspector, make_grid: MakeGrid) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    view.show_lens(Lens.PATTERN)
    view.show_pattern([np.full((16, 16, 3), (10, 200, 90), np.uint8)], "64 steps", can_reseed=True)
    image = view.findChild(PicturesPane, "inspector_pattern_picture").grab().toImage()
    assert image.pixelColor(image.rect().center()).getRgb()[:3] == (10, 200, 90)
    assert text(view, "inspector_pattern_caption") == "64 steps"
    view.show_pattern([], "Not made yet.", can_reseed=False)
    assert text(view, "inspector_pattern_nothing_text") == "Not made yet."


def test_patterns_from_several_seeds_stand_side_by_side(view: Inspector, make_grid: MakeGrid, qtbot: QtBot) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    view.show_lens(Lens.PATTERN)
    colours = [(200, 10, 10), (10, 200, 10), (10, 10, 200)]
    pictures = [np.full((16, 16, 3), colour, np.uint8) for colour in colours]
    view.show_pattern(pictures[:1], "seed 0", can_reseed=True)
    more = view.findChild(QPushButton, "inspector_pattern_seeds")
    with qtbot.waitSignal(view.seeds_requested):
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    view.show_pattern(pictures, "seeds 0 to 2", can_reseed=False)
    image = view.findChild(PicturesPane, "inspector_pattern_picture").grab().toImage()
    across = [image.pixelColor(round(image.width() * share), image.height() // 2) for share in (1 / 6, 1 / 2, 5 / 6)]
    assert [colour.getRgb()[:3] for colour in across] == colours
    assert more.isHidden()


def test_lenses_are_chosen_by_mouse_and_by_key(view: Inspector, make_grid: MakeGrid, qtbot: QtBot) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    tabs = view.findChild(QTabBar, "inspector_lens")
    with qtbot.waitSignal(view.lens_chosen) as chosen:
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert chosen.args == [Lens.KERNELS]
    with qtbot.waitSignal(view.lens_chosen) as chosen:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert chosen.args == [Lens.PATTERN]


def test_show_lens_emits_nothing(view: Inspector, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(view.lens_chosen):
        view.show_lens(Lens.PATTERN)
    assert view.findChild(QTabBar, "inspector_lens").currentIndex() == 3


def test_save_is_asked_for(view: Inspector, make_grid: MakeGrid, qtbot: QtBot) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    with qtbot.waitSignal(view.save_requested):
        qtbot.mouseClick(view.findChild(QPushButton, "inspector_save"), Qt.MouseButton.LeftButton)


def test_nothing_is_a_sentence(view: Inspector, make_grid: MakeGrid) -> None:
    view.show_channel(make_grid(ramp()), 0, None, None, "gray")
    view.show_nothing("Click a channel.")
    assert text(view, "inspector_nothing_text") == "Click a channel."
    assert not view.findChild(QTabBar, "inspector_lens").isVisible()


def test_what_can_be_used_has_an_accessible_name(view: Inspector, make_grid: MakeGrid) -> None:
    view.show_channel(make_grid(ramp()), 1, None, None, "gray")
    for name in ("inspector_lens", "inspector_channel", "inspector_opacity", "histogram", "inspector_mean"):
        assert view.findChild(QWidget, name).accessibleName(), name
    description = view.findChild(QWidget, "inspector_channel").accessibleDescription()
    assert description == "Channel 1, 4 x 6, from 1 to 70"


def test_the_histogram_counts_every_finite_value(qtbot: QtBot) -> None:
    histogram = Histogram()
    qtbot.addWidget(histogram)
    values = np.array([0, 0, 0, 0.5, 1, np.nan, np.inf], np.float32)
    histogram.show_values(values, list(range(256)), (0, 1), 0.5)
    assert histogram._counts.sum() == 5
    assert histogram._counts[0] == 3
    histogram.resize(200, histogram.sizeHint().height())
    accent = histogram.palette().accent().color().getRgb()[:3]
    image = histogram.grab().toImage()
    point = QPointF(100, 10) * image.devicePixelRatio()
    assert image.pixelColor(point.toPoint()).getRgb()[:3] == accent


@pytest.mark.parametrize("values", [[0, 0, 0], [np.nan, np.nan], [1e-30, 2e-30], [-3e38, 3e38]])
def test_the_histogram_takes_any_values(qtbot: QtBot, values: list[float]) -> None:
    histogram = Histogram()
    qtbot.addWidget(histogram)
    histogram.show_values(np.array(values, np.float32), [0xFF000000] * 256, (0, 1), float("nan"))
    histogram.grab()

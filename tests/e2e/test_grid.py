"""The channel grid: choosing, looking closer, showing it another way, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu, QTabBar

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.mosaic import Scale
from cnnviz_gui.ui.grid_scale import figure

if TYPE_CHECKING:
    from e2e_robot import Robot

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_a_clicked_channel_is_shown_in_the_inspector_with_its_own_figures(robot: Robot) -> None:
    robot.click_channel(37)

    robot.wait(lambda: robot.text("inspector_title") == "Channel 37")
    robot.screenshot("grid-channel-37")
    values = robot.grid.values[..., 37]
    assert robot.text("inspector_layer") == "block5c_add"
    assert robot.text("inspector_minimum") == figure(float(values.min()))
    assert robot.text("inspector_maximum") == figure(float(values.max()))
    assert robot.text("inspector_mean") == figure(float(values.mean()))


def test_a_second_click_chooses_the_position_under_the_mouse(robot: Robot) -> None:
    robot.click_channel(20)
    robot.hover_value(20, 3, 11)
    area = robot.tile(20)
    where = area.topLeft() + QPointF(11.5 * area.width() / 14, 3.5 * area.height() / 14)

    robot.click(robot.canvas, where)

    robot.wait(lambda: robot.text("inspector_remark"))
    robot.screenshot("grid-position")
    value = robot.grid.values[3, 11, 20]
    assert robot.text("inspector_remark").startswith("Row 3, column 11: ")
    np.testing.assert_allclose(float(robot.text("inspector_remark").split(": ")[1]), value, rtol=1e-4)


def test_ctrl_click_adds_a_channel_and_shift_click_a_range(robot: Robot) -> None:
    robot.click_channel(5)
    robot.click_channel(40, CTRL)
    robot.wait(lambda: robot.bench.session.state.channels == (5, 40))
    robot.click_channel(43, SHIFT)

    robot.wait(lambda: robot.text("inspector_title") == "Channel 43")
    robot.screenshot("grid-several-channels")
    assert set(robot.canvas.scene.channels) >= {40, 41, 42, 43}
    robot.click_channel(41, CTRL)
    robot.wait(lambda: 41 not in robot.canvas.scene.channels)


def test_arrow_keys_walk_from_channel_to_channel(robot: Robot) -> None:
    robot.click_channel(20)

    robot.press("Right")
    robot.press("Down")

    robot.wait(lambda: robot.text("inspector_title") == "Channel 37")


def test_the_line_below_says_the_exact_value_under_the_mouse(robot: Robot) -> None:
    robot.hover_value(50, 7, 2)

    robot.wait(lambda: robot.hover.startswith("channel 50 "))
    robot.screenshot("grid-hover")
    assert "row 7, column 2" in robot.hover
    np.testing.assert_allclose(float(robot.hover.split()[-1]), robot.grid.values[7, 2, 50], rtol=1e-4)


def test_another_colormap_recolours_the_screen_at_once(robot: Robot) -> None:
    robot.choose("grid_colormap", "magma")

    robot.screenshot("grid-magma")
    colours = robot.colours(robot.canvas, robot.value_centres())
    expected = color_table("magma")[robot.grid.mosaic.reshape(-1)]
    assert (colours == expected).all(axis=-1).mean() > 0.8


def test_a_colormap_is_found_by_typing_its_name(robot: Robot) -> None:
    robot.press("Alt+C")
    robot.wait(robot.find("grid_colormap").hasFocus)

    robot.type("plasma")

    robot.wait(lambda: robot.bench.session.state.display.colormap == "plasma")


def test_every_scale_can_be_chosen_and_changes_the_levels(robot: Robot) -> None:
    mosaics = [robot.grid.mosaic]
    for text, scale in (("Channel", Scale.CHANNEL), ("Layer", Scale.LAYER), ("Signed", Scale.SIGNED)):
        robot.choose("grid_scale", text)
        robot.wait(lambda scale=scale: robot.wait_for_grid().request.scale is scale)
        robot.screenshot(f"grid-scale-{text.lower()}")
        assert all((robot.grid.mosaic != other).any() for other in mosaics)
        mosaics.append(robot.grid.mosaic)


def test_channels_are_sorted_from_large_to_small(robot: Robot) -> None:
    robot.choose("grid_sort", "Maximum")

    robot.wait(lambda: robot.grid.tiling.order != tuple(range(112)))
    maxima = robot.grid.values.max(axis=(0, 1))[list(robot.grid.tiling.order)]
    assert (np.diff(maxima) <= 0).all()
    first = robot.grid.tiling.order[0]
    robot.click_channel(first)
    robot.wait(lambda: robot.text("inspector_title") == f"Channel {first}")
    robot.screenshot("grid-sorted-by-maximum")


def test_channels_like_the_chosen_one_come_first(robot: Robot) -> None:
    robot.click_channel(37)
    robot.choose("grid_sort", "Likeness")

    robot.wait(lambda: robot.grid.tiling.order[0] == 37)


def test_a_typed_number_of_channels_a_row_tiles_the_mosaic_anew(robot: Robot) -> None:
    robot.type_into("grid_per_row", "10")
    robot.press("Return")

    robot.wait(lambda: robot.grid.tiling.per_row == 10)
    robot.screenshot("grid-ten-a-row")
    assert robot.grid.tiling.rows == 12
    assert robot.grid.mosaic.shape == (12 * 14, 10 * 14)


def test_the_wheel_enlarges_at_the_mouse_and_a_double_click_fits_again(robot: Robot) -> None:
    viewport = robot.canvas.scene.viewport
    fitted = viewport.scale
    where = robot.tile(55).center()
    under = robot.canvas.scene.cell_at(where)

    robot.turn_wheel(robot.canvas, 5, where)

    assert viewport.scale > 1.5 * fitted
    assert robot.canvas.scene.cell_at(QPointF(where.toPoint())) == under
    robot.screenshot("grid-enlarged")
    robot.double_click(robot.canvas, robot.canvas.rect().center())
    assert viewport.scale == fitted
    assert viewport.fitted


def test_dragging_moves_the_mosaic_and_chooses_nothing(robot: Robot) -> None:
    viewport = robot.canvas.scene.viewport
    middle = robot.canvas.rect().center()
    robot.turn_wheel(robot.canvas, 6, middle)
    left, top = viewport.left, viewport.top

    robot.drag(robot.canvas, middle, middle + QPoint(-60, 35))

    assert (round(viewport.left - left), round(viewport.top - top)) == (-60, 35)
    assert robot.text("inspector_title") == "Channel 0"


def test_zooming_stays_when_another_layer_of_the_same_shape_is_shown(robot: Robot) -> None:
    robot.turn_wheel(robot.canvas, 5, robot.canvas.rect().center())
    scale = robot.canvas.scene.viewport.scale

    robot.search_layer("block5b_add")
    robot.wait_for_grid("block5b_add")

    assert robot.canvas.scene.viewport.scale == scale


def test_undo_and_redo_go_through_layers_channels_and_choices(robot: Robot) -> None:
    robot.click_layer("block4c_add")
    robot.wait_for_grid("block4c_add")
    robot.click_channel(9)
    robot.choose("grid_colormap", "gray")
    robot.click(robot.canvas, QPoint(2, 2))

    robot.press("Ctrl+Z")
    robot.wait(lambda: robot.bench.session.state.display.colormap == "viridis")
    robot.press("Ctrl+Z")
    robot.wait(lambda: robot.bench.session.state.channels == (0,))
    robot.press("Ctrl+Z")
    robot.wait_for_grid("block5c_add")
    robot.screenshot("grid-undone")
    assert robot.layer_in_tree == "block5c_add"
    robot.press("Ctrl+Shift+Z", 3)

    robot.wait_for_grid("block4c_add")
    assert robot.layer_in_tree == "block4c_add"
    assert robot.text("inspector_title") == "Channel 9"
    robot.screenshot("grid-redone")


def test_every_lens_of_the_inspector_shows_something(robot: Robot) -> None:
    robot.search_layer("block5c_expand_conv")
    robot.wait_for_grid("block5c_expand_conv")
    robot.click_channel(3)
    tabs = robot.find("inspector_lens", QTabBar)
    for number in range(tabs.count()):
        robot.click(tabs, tabs.tabRect(number).center())
        robot.wait_until_idle()
        robot.screenshot(f"inspector-{tabs.tabText(number).lower()}")
        assert tabs.currentIndex() == number
    assert robot.error == ""


def test_the_view_is_copied_with_ctrl_c(robot: Robot) -> None:
    QGuiApplication.clipboard().clear()

    robot.press("Ctrl+C")

    image: QImage = QGuiApplication.clipboard().image()
    assert image.width() > 500
    assert image.save(str(robot.next_path("grid-copied-view")))


def test_a_right_click_offers_what_can_be_done_with_the_channel(robot: Robot) -> None:
    QGuiApplication.clipboard().clear()
    robot.right_click(robot.canvas, robot.tile(12).center())
    robot.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    robot.screenshot("grid-context-menu")
    robot.press("Down")
    robot.press("Return")

    robot.wait(lambda: not QGuiApplication.clipboard().image().isNull())
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (14, 14)

"""The channel grid: display choices, states, accessibility, and the exported view."""

from __future__ import annotations

import dataclasses
import functools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QSpinBox, QToolButton, QWidget

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.errors import message
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.session.state import Display
from cnnviz_gui.ui.channel_grid import ChannelGrid
from cnnviz_gui.ui.theme import palette_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.requests import Grid
    from cnnviz_gui.ui.mosaic_canvas import MosaicCanvas

    MakeGrid = Callable[..., Grid]
    Probe = Any

NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def ramp(height: int, width: int, count: int) -> NDArray[np.float32]:
    """Channel c is c everywhere, but for its first position, which is 0.5: nothing is constant."""
    values = np.ones((height, width, count), np.float32) * np.arange(count, dtype=np.float32)
    values[0, 0] = 0.5
    return values


def hover_text(view: ChannelGrid) -> str:
    """The line below the canvas."""
    return view.findChild(QLabel, "grid_hover").text()


def table_color(name: str, level: int) -> tuple[int, ...]:
    """The colour of a grey level."""
    return tuple(color_table(name)[level].tolist())


def test_a_presenter_that_knows_more_replaces_the_hover_line(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.hovered.connect(lambda _cell: view.show_hover("espresso"))
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    qtbot.mouseMove(canvas, probe.center(3))
    assert hover_text(view) == "espresso"


def test_the_exported_view_is_the_view_that_is_seen(
    view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid
) -> None:
    values = np.random.default_rng(2).normal(size=(14, 14, 150)).astype(np.float32)
    view.show_grid(make_grid(values), "block5c_add   14 x 14 x 150")
    canvas.one_to_one()
    seen = canvas.grab().toImage().convertToFormat(canvas.grab().toImage().Format.Format_RGB888)
    exported = view.view_image()
    title = exported.shape[0] - seen.height()
    assert title > 0
    assert exported.dtype == np.uint8
    assert exported.shape == (seen.height() + title, seen.width(), 3)
    ratio = canvas.devicePixelRatioF()
    area = canvas.scene.viewport.to_screen(QRectF(0, 0, 16 * 14, 10 * 14))
    rect = QRectF(area.left() * ratio, area.top() * ratio, 16 * 14, 9 * 14).toRect()
    painted = np.array(
        [
            [seen.pixelColor(x, y).getRgb()[:3] for x in range(rect.left(), rect.right() + 1)]
            for y in range(rect.top(), rect.bottom() + 1)
        ]
    )
    drawn = exported[rect.top() + title : rect.bottom() + 1 + title, rect.left() : rect.right() + 1].astype(int)
    assert painted.shape == (126, 224, 3)
    assert abs(painted - drawn).max() <= 4


def test_what_is_made_ahead_is_not_drawn_again_for_the_first_grid(
    make_grid: MakeGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[int, int]] = []
    draw = FigureCanvasAgg.draw
    monkeypatch.setattr(
        FigureCanvasAgg, "draw", lambda canvas: (drawn.append(canvas.get_width_height()), draw(canvas))[1]
    )
    view = ChannelGrid()
    qtbot.addWidget(view)
    view.resize(800, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.make_ready()
    qtbot.waitUntil(lambda: bool(drawn))
    view.show_grid(make_grid(ramp(4, 4, 16), scale=Display().scale), "layer")
    canvas = view.findChild(QWidget, "mosaic_canvas")
    qtbot.waitUntil(canvas.isVisible)
    # What is to be drawn is drawn in the next turn, or with the picture of the view.
    QApplication.processEvents()
    view.grab()
    assert drawn == [(canvas.width(), canvas.height())]


def test_what_is_drawn_within_a_paint_is_painted_once(
    view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16), scale=Scale.TUTORIAL), "layer")
    qtbot.waitUntil(canvas.isVisible)
    QApplication.processEvents()
    painted: list[None] = []
    drawn: list[None] = []
    paint, draw = type(canvas).paint_view, FigureCanvasAgg.draw
    monkeypatch.setattr(type(canvas), "paint_view", lambda *args: (painted.append(None), paint(*args))[1])
    monkeypatch.setattr(FigureCanvasAgg, "draw", lambda *args: (drawn.append(None), draw(*args))[1])
    view.show_grid(make_grid(ramp(4, 4, 16), scale=Scale.LAYER), "layer")
    canvas.repaint()
    assert (len(drawn), len(painted)) == (1, 1)
    for _ in range(5):
        QApplication.processEvents()
    assert (len(drawn), len(painted)) == (1, 1)


def test_the_exported_bars_have_their_own_axes(view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid) -> None:
    view.show_grid(make_grid(np.linspace(0, 1, 1000, dtype=np.float32)), "probabilities")
    assert view.view_image().shape[1] == canvas.width() * canvas.devicePixelRatioF()


def test_show_display_emits_nothing(view: ChannelGrid, qtbot: QtBot) -> None:
    display = Display(scale=Scale.SIGNED, colormap="RdBu_r", sort=SortKey.ZEROS, per_row=0)
    with qtbot.assertNotEmitted(view.display_changed):
        view.show_display(display)
    assert view.findChild(QComboBox, "grid_colormap").currentText() == "RdBu_r"
    assert view.findChild(QSpinBox, "grid_per_row").text() == "fit"


def test_display_choices_are_emitted(view: ChannelGrid, make_grid: MakeGrid, qtbot: QtBot) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    with qtbot.waitSignal(view.display_changed) as changed:
        qtbot.keyClick(view.findChild(QComboBox, "grid_scale"), Qt.Key.Key_Down)
    assert changed.args == [Display(scale=Scale.CHANNEL)]
    with qtbot.waitSignal(view.display_changed) as changed:
        qtbot.keyClick(view.findChild(QComboBox, "grid_sort"), Qt.Key.Key_Down)
    assert changed.args == [Display(scale=Scale.CHANNEL, sort=SortKey.MEAN)]
    with qtbot.waitSignal(view.display_changed) as changed:
        qtbot.keyClicks(view.findChild(QComboBox, "grid_colormap"), "mag")
    assert changed.args[0].colormap == "magma"
    with qtbot.waitSignal(view.display_changed) as changed:
        qtbot.keyClick(view.findChild(QSpinBox, "grid_per_row"), Qt.Key.Key_Up)
    assert changed.args[0].per_row == 1


def test_sixteen_a_row_is_one_click_away_and_so_is_the_way_back(
    view: ChannelGrid, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    sixteen = view.findChild(QToolButton, "grid_sixteen")
    assert view.findChild(QSpinBox, "grid_per_row").text() == "fit"
    for per_row, checked in ((16, True), (0, False)):
        with qtbot.waitSignal(view.display_changed) as changed:
            qtbot.mouseClick(sixteen, LEFT)
        assert changed.args[0].per_row == per_row
        assert sixteen.isChecked() is checked
    view.show_display(Display(per_row=16))
    assert sixteen.isChecked()
    view.show_display(Display(per_row=17))
    assert not sixteen.isChecked()


def test_a_colormap_that_is_not_listed_is_shown_all_the_same(view: ChannelGrid) -> None:
    view.show_display(Display(colormap="viridis_r"))
    assert view.findChild(QComboBox, "grid_colormap").currentText() == "viridis_r"


def test_zoom_buttons(view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid, qtbot: QtBot) -> None:
    view.show_grid(make_grid(ramp(14, 14, 100)), "layer")
    qtbot.mouseClick(view.findChild(QToolButton, "grid_one_to_one"), LEFT)
    assert canvas.scene.viewport.scale == pytest.approx(1 / canvas.devicePixelRatioF())
    assert view.findChild(QLabel, "grid_zoom").text() == "100 %"
    qtbot.mouseClick(view.findChild(QToolButton, "grid_fit"), LEFT)
    assert canvas.scene.viewport.fitted


def test_resizing_tells_aspect(view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid, qtbot: QtBot) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    with qtbot.waitSignal(view.aspect_changed) as changed:
        view.resize(700, 420)
    assert changed.args[0] == pytest.approx(canvas.view_rect.width() / canvas.view_rect.height(), rel=0.02)


@pytest.mark.parametrize("width", [600, 420, 1400])
def test_no_control_is_cut_off_at_any_width(view: ChannelGrid, make_grid: MakeGrid, qtbot: QtBot, width: int) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "block5c_add   14 x 14 x 112")
    view.resize(width, 520)
    qtbot.waitUntil(lambda: view.width() == width)
    controls = [view.findChild(QWidget, name) for name in CONTROLS]
    header = controls[0].parentWidget().parentWidget()
    qtbot.waitUntil(lambda: header.height() == header.heightForWidth(width))
    for control in controls:
        place = QRectF(control.mapTo(view, QPoint()), control.size())
        assert QRectF(view.rect()).contains(place), control.objectName()
        assert control.width() >= control.minimumSizeHint().width()
        if control.objectName() in CHOICES:
            assert place.bottom() <= header.mapTo(view, QPoint(0, header.height())).y()


@pytest.mark.parametrize("width", [500, 784, 1400])
def test_the_mosaic_keeps_its_place_whatever_the_title_says(
    view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid, qtbot: QtBot, width: int
) -> None:
    title = view.findChild(QLabel, "grid_title")
    described = message("One position a channel: shown on the scale of the whole layer.")
    view.resize(width, 520)
    places = []
    for text, said in (("input", None), ("layer_" * 60, None), ("block5c_add   14 x 14 x 112", described)):
        view.show_grid(dataclasses.replace(make_grid(ramp(4, 4, 16)), described=said), text)
        qtbot.waitUntil(lambda text=text: title.text() == text)
        QApplication.processEvents()
        places.append(canvas.geometry().translated(canvas.parentWidget().mapTo(view, QPoint())))
        assert title.toolTip() == text
        assert QRectF(view.rect()).contains(QRectF(QPointF(title.mapTo(view, QPoint())), title.size()))
    assert places[0].height() > 300
    assert places == [places[0]] * 3


def test_a_long_title_ends_in_dots_and_a_short_one_does_not(
    view: ChannelGrid, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    title = view.findChild(QLabel, "grid_title")
    view.resize(500, 400)
    for text, elided in (("short", False), ("layer_" * 60, True)):
        view.show_grid(make_grid(ramp(4, 4, 16)), text)
        shown = functools.partial(QLabel.text, title)
        qtbot.waitUntil(lambda elided=elided, shown=shown: ("…" in shown()) == elided)
        assert elided or shown() == text


def test_where_there_is_little_room_the_title_stays_whole_and_the_rest_is_elided(
    view: ChannelGrid, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    title, said = view.findChild(QLabel, "grid_title"), view.findChild(QLabel, "grid_described")
    described = message("One position a channel: shown on the scale of the whole layer.")
    view.resize(500, 400)
    view.show_grid(dataclasses.replace(make_grid(ramp(4, 4, 16)), described=described), "block7a   1 x 1 x 1152")
    qtbot.waitUntil(lambda: "…" in QLabel.text(said))
    assert QLabel.text(title) == "block7a   1 x 1 x 1152"


def test_what_is_special_about_a_grid_stands_beside_its_title(view: ChannelGrid, make_grid: MakeGrid) -> None:
    said = view.findChild(QLabel, "grid_described")
    described = message("A sequence of {length} steps, each channel shown as a column.", length=12)
    view.show_grid(dataclasses.replace(make_grid(ramp(4, 4, 16)), described=described), "layer")
    assert said.text() == said.toolTip() == "A sequence of 12 steps, each channel shown as a column."
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    assert said.text() == ""


CHOICES = ("grid_scale", "grid_colormap", "grid_sort", "grid_per_row")
ZOOMS = ("grid_sixteen", "grid_fit", "grid_one_to_one")
CONTROLS = (*CHOICES, *ZOOMS)


def test_tab_goes_through_the_choices_to_the_canvas_and_the_zoom(view: ChannelGrid, make_grid: MakeGrid) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    chain, widget = [], view.nextInFocusChain()
    while widget is not view and widget is not None:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            chain.append(widget.objectName())
        widget = widget.nextInFocusChain()
    wanted = [name for name in chain if name in {*CONTROLS, "mosaic_canvas"}]
    assert wanted == [*CHOICES, "mosaic_canvas", *ZOOMS]


def test_everything_has_an_accessible_name(view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid) -> None:
    view.show_grid(make_grid(ramp(4, 6, 16)), "layer")
    view.show_selection((5,), None)
    for name in (*CONTROLS, "mosaic_canvas"):
        assert view.findChild(QWidget, name).accessibleName(), name
    assert canvas.accessibleName() == "Channels of block5c_add"
    assert canvas.accessibleDescription().startswith("16 channels of 4 x 6; chosen: channel 5, mean 4.8")


def test_stale_is_announced_only_when_it_lasts(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    view.show_stale(True)
    view.show_stale(False)
    view.show_stale(True)
    fresh = probe.color(probe.center(15, 2, 2))
    qtbot.waitUntil(lambda: canvas.scene.stale_text == "out of date")
    assert probe.color(probe.center(15, 2, 2)) != fresh
    view.show_stale(False)
    assert probe.color(probe.center(15, 2, 2)) == fresh


def test_nothing_is_a_sentence(view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid) -> None:
    view.show_nothing("Open a network to see its channels.")
    assert not canvas.isVisible()
    assert view.findChild(QLabel, "grid_empty_text").text() == "Open a network to see its channels."
    ratio = view.devicePixelRatioF()
    assert view.view_image().shape == (view.height() * ratio, view.width() * ratio, 3)
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    assert canvas.isVisible()


def test_the_menu_acts_on_the_channel_under_the_cursor(
    view: ChannelGrid, canvas: MosaicCanvas, make_grid: MakeGrid, qtbot: QtBot
) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    asked = []
    view.channel_action_requested.connect(lambda action, channel: asked.append((action, channel)))
    canvas.menu_requested.emit(9, canvas.mapToGlobal(QPoint(10, 10)))
    menu = view.findChild(QMenu, "grid_menu")
    for action in menu.actions():
        if action.text().startswith(("Copy this", "Save", "Make")):
            action.trigger()
    assert asked == [("copy", 9), ("save", 9), ("pattern", 9)]
    with qtbot.waitSignal(view.copy_requested):
        menu.actions()[-1].trigger()
    menu.close()


def test_a_failing_draw_is_reported(canvas: MosaicCanvas, monkeypatch: pytest.MonkeyPatch) -> None:
    reported = []
    monkeypatch.setattr("sys.excepthook", lambda *error: reported.append(error[0]))

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    # A hidden canvas knows its size once a picture of it was wanted, and draws from then on.
    canvas.grab()
    monkeypatch.setattr(canvas.figure, "draw", fail)
    canvas.draw()
    assert reported == [ZeroDivisionError]


@pytest.mark.parametrize("dark", [False, True])
def test_colours_follow_the_palette(
    view: ChannelGrid, canvas: MosaicCanvas, probe: Probe, make_grid: MakeGrid, dark: bool
) -> None:
    view.show_grid(make_grid(ramp(4, 4, 16)), "layer")
    palette = palette_of(dark=dark)
    view.setPalette(palette)
    assert probe.color(QPoint(1, 1)) == palette.window().color().getRgb()[:3]
    inside = canvas.view_rect.topLeft().toPoint() + QPoint(3, 3)
    assert probe.color(inside) == palette.base().color().getRgb()[:3]
    assert QColor(canvas.style_now.text) == palette.windowText().color()

"""The rows above the channel grid: what is shown, and the display choices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt import QFlowLayout

from cnnviz_gui.core.mosaic import TUTORIAL_PER_ROW, Scale, SortKey
from cnnviz_gui.session.state import Display
from cnnviz_gui.ui.channel_grid_colormaps import ColormapBox
from cnnviz_gui.ui.elided_words import ElidedWords
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.theme import dim, set_weight

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_PER_ROW = 512
MARGIN = 10


class ChannelGridHeader(QWidget):
    """A title, and below it the display choices, in a row that becomes two or three where it is narrow.

    Its height depends on its width alone: the mosaic below keeps its place whatever is shown.
    """

    display_changed = Signal(Display)
    fit_requested = Signal()
    one_to_one_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._display = Display()
        self._title = ElidedWords()
        self._title.setObjectName("grid_title")
        self._title.setElideMode(Qt.TextElideMode.ElideMiddle)
        set_weight(self._title, QFont.Weight.DemiBold)
        self._described = ElidedWords()
        self._described.setObjectName("grid_described")
        # What the title leaves free.
        self._described.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        dim(self._described)
        self._scale = _choice("grid_scale", self._scales())
        self._scale.setToolTip(self.tr("How activations become colours"))
        self._scale.setAccessibleName(self.tr("Scale"))
        self._colormap = ColormapBox()
        self._colormap.setObjectName("grid_colormap")
        self._colormap.setToolTip(self.tr("Colours; type a name to find it"))
        self._colormap.setAccessibleName(self.tr("Colour"))
        self._sort = _choice("grid_sort", self._sorts())
        self._sort.setToolTip(self.tr("Order of the channels, from large to small"))
        self._sort.setAccessibleName(self.tr("Sort"))
        self._per_row = QSpinBox()
        self._per_row.setObjectName("grid_per_row")
        self._per_row.setRange(0, MOST_PER_ROW)
        # 0 is what the display calls "fitted"; typing a number counts when it is finished.
        self._per_row.setSpecialValueText(self.tr("fit"))
        self._per_row.setKeyboardTracking(False)
        self._per_row.setToolTip(self.tr("Channels a row; the lowest is as many as fit the window best"))
        self._per_row.setAccessibleName(self.tr("Channels a row"))
        tip = self.tr("Sixteen channels a row, as in the tutorial; again: as many as fit the window best")
        self._sixteen = self._zoom_button("grid_sixteen", tip)
        self._sixteen.setText(self.tr("16 a row"))
        self._sixteen.setCheckable(True)
        self._fit = self._zoom_button("grid_fit", self.tr("Fit the mosaic to the window (0)"))
        self._fit.setIcon(icon("fit"))
        self._one = self._zoom_button("grid_one_to_one", self.tr("One screen pixel a value"))
        self._one.setText(self.tr("1:1"))
        self.zoom_buttons = _together(self._sixteen, self._fit, self._one)
        """16 a row, fit and 1:1, which stand beside the zoom factor below the mosaic."""
        self._lay_out()
        self._scale.activated.connect(self._on_scale_chosen)
        self._colormap.chosen.connect(self._on_colormap_chosen)
        self._sort.activated.connect(self._on_sort_chosen)
        self._per_row.valueChanged.connect(self._on_per_row_changed)
        self._sixteen.clicked.connect(self._on_sixteen_clicked)
        self._fit.clicked.connect(self.fit_requested)
        self._one.clicked.connect(self.one_to_one_requested)
        self.show_display(self._display)

    def show_title(self, title: str, described: str = "") -> None:
        """Says what is shown, and what is special about how it is shown."""
        for label, text in ((self._title, title), (self._described, described)):
            label.setText(text)
            label.setToolTip(text)

    def show_display(self, display: Display) -> None:
        """Shows display choices, without emitting anything."""
        self._display = display
        self._scale.setCurrentIndex(self._scale.findData(display.scale))
        self._colormap.show_colormap(display.colormap)
        self._sort.setCurrentIndex(self._sort.findData(display.sort))
        with QSignalBlocker(self._per_row):
            self._per_row.setValue(display.per_row)
        self._sixteen.setChecked(display.per_row == TUTORIAL_PER_ROW)

    def put_into_tab_order(self, canvas: QWidget) -> None:
        """Lets Tab go from the choices to the canvas and on to the zoom buttons below it."""
        QWidget.setTabOrder(self._per_row, canvas)
        QWidget.setTabOrder(canvas, self._sixteen)
        QWidget.setTabOrder(self._sixteen, self._fit)
        QWidget.setTabOrder(self._fit, self._one)

    def show_vector(self, is_vector: bool) -> None:
        """Disables what means nothing for bars."""
        for control in (self._scale, self._colormap, self._per_row, self._sixteen, self._one):
            control.setDisabled(is_vector)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(11)
        head.addWidget(self._title)
        head.addWidget(self._described, 1)
        groups = (
            _labelled(self.tr("Sca&le"), self._scale),
            _labelled(self.tr("&Colour"), self._colormap),
            _labelled(self.tr("S&ort"), self._sort),
            _labelled(self.tr("Per ro&w"), self._per_row),
        )
        flow = QFlowLayout()
        flow.setHorizontalSpacing(11)
        flow.setVerticalSpacing(4)
        # One height for all, so that they stand on one line.
        height = max(group.sizeHint().height() for group in groups)
        for group in groups:
            group.setMinimumHeight(height)
            flow.addWidget(group)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 6, MARGIN, 4)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(flow)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _zoom_button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _scales(self) -> Mapping[Scale, tuple[str, str]]:
        return {
            Scale.TUTORIAL: (self.tr("Tutorial"), self.tr("Each channel: two standard deviations around its mean")),
            Scale.CHANNEL: (self.tr("Channel"), self.tr("Each channel: from its minimum to its maximum")),
            Scale.LAYER: (self.tr("Layer"), self.tr("All channels alike: the layer's minimum to its maximum")),
            Scale.SIGNED: (self.tr("Signed"), self.tr("All channels alike: zero in the middle of the colours")),
        }

    def _sorts(self) -> Mapping[SortKey, tuple[str, str]]:
        return {
            SortKey.INDEX: (self.tr("Index"), self.tr("As the network numbers them")),
            SortKey.MEAN: (self.tr("Mean"), self.tr("By the mean of each channel")),
            SortKey.MAXIMUM: (self.tr("Maximum"), self.tr("By the largest value of each channel")),
            SortKey.ZEROS: (self.tr("Zeros"), self.tr("By the share of positions that are zero")),
            SortKey.LIKENESS: (self.tr("Likeness"), self.tr("By the correlation with the chosen channel")),
        }

    def _change(self, display: Display) -> None:
        if display != self._display:
            self._display = display
            self.display_changed.emit(display)

    def _on_scale_chosen(self) -> None:
        self._change(replace(self._display, scale=Scale(self._scale.currentData())))

    def _on_colormap_chosen(self, name: str) -> None:
        self._change(replace(self._display, colormap=name))

    def _on_sort_chosen(self) -> None:
        self._change(replace(self._display, sort=SortKey(self._sort.currentData())))

    def _on_sixteen_clicked(self, checked: bool) -> None:
        self._per_row.setValue(TUTORIAL_PER_ROW if checked else 0)

    def _on_per_row_changed(self, per_row: int) -> None:
        self._sixteen.setChecked(per_row == TUTORIAL_PER_ROW)
        self._change(replace(self._display, per_row=per_row))


def _choice(name: str, items: Mapping[Scale, tuple[str, str]] | Mapping[SortKey, tuple[str, str]]) -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    for value, (text, tip) in items.items():
        box.addItem(text, value.value)
        box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
    return box


def _labelled(text: str, control: QWidget) -> QWidget:
    label = QLabel(text)
    label.setBuddy(control)
    dim(label)
    return _together(label, control, spacing=5)


def _together(*widgets: QWidget, spacing: int = 2) -> QWidget:
    """Widgets that are not torn apart when the row is wrapped."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    return group

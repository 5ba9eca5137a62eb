"""The filter-pattern panel: the patterns, how they grow, and what they are to be made with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.pattern import PRESETS, parse_channels
from cnnviz_gui.session.wording import words
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.pattern_curve import PatternCurve
from cnnviz_gui.ui.pattern_mosaic import PatternMosaic
from cnnviz_gui.ui.pattern_settings import CUSTOM, PatternSettingsForm
from cnnviz_gui.ui.theme import dim, mark, set_weight

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.mosaic import Tiling
    from cnnviz_gui.core.network import Layer
    from cnnviz_gui.core.pattern import PatternSettings


class PatternPanel(QWidget):
    """Above, the patterns that are there; below, what the next ones are to be made with.

    The layer named below is the one that *Generate* would climb; the patterns above may be another layer's, and
    the line of progress says whose. While the channels cannot be read, the field says why and nothing starts.
    """

    generate_requested = Signal(str, object)
    settings_changed = Signal(str, object)
    stop_requested = Signal()
    export_requested = Signal()
    pattern_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternPanel")
        self._layer: Layer | None = None
        self._is_running = False
        self._mosaic = PatternMosaic()
        self._mosaic.pattern_clicked.connect(self.pattern_clicked)
        self._progress = QElidingLabel()
        self._progress.setObjectName("patternProgress")
        self._progress.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        dim(self._progress)
        self._export = self._make_export()
        self._curve = PatternCurve()
        self._reason = _make_line("patternReason")
        self._reason.setProperty("tone", "warning")
        self._reason_ground = QFrame()
        self._reason_ground.setProperty("ground", "warning")
        self._reason_ground.hide()
        self._layer_name = QElidingLabel()
        self._layer_name.setObjectName("patternLayer")
        self._layer_name.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._layer_name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_weight(self._layer_name, QFont.Weight.DemiBold)
        self._count = QLabel()
        self._count.setObjectName("patternChannelCount")
        dim(self._count)
        self._channels = self._make_channels()
        self._problem = _make_line("patternProblem")
        self._problem.setProperty("tone", "danger")
        self._preset = self._make_preset()
        self._form = PatternSettingsForm()
        self._form.changed.connect(self._on_parameter_changed)
        self._parameters = self._make_parameters()
        self._toggle = self._make_toggle()
        self._estimate = _make_line("patternEstimate")
        dim(self._estimate)
        self._generate = QPushButton(icon("generate", "highlighted"), self.tr("&Generate"))
        self._stop = QPushButton(icon("stop", "danger"), self.tr("&Stop"))
        self._dress_buttons()
        self._lay_out()
        self.show_layer(None)

    def _lay_out(self) -> None:
        progress = _row(6, (self._progress, 1), (self._export, 0))
        reason = QVBoxLayout(self._reason_ground)
        reason.setContentsMargins(8, 5, 8, 5)
        reason.addWidget(self._reason)
        self._reason.show()
        choices = QGridLayout()
        choices.setHorizontalSpacing(8)
        choices.setVerticalSpacing(4)
        choices.setColumnStretch(1, 1)
        for row, (text, field) in enumerate(
            ((self.tr("C&hannels"), self._channels), (self.tr("&Preset"), self._preset))
        ):
            label = QLabel(text)
            label.setBuddy(field)
            choices.addWidget(label, 2 * row, 0)
            choices.addWidget(field, 2 * row, 1)
        choices.addWidget(self._problem, 1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._mosaic, 3)
        layout.addLayout(progress)
        layout.addWidget(self._curve)
        layout.addWidget(self._reason_ground)
        layout.addLayout(_row(8, (self._layer_name, 1), (self._count, 0)))
        layout.addLayout(choices)
        layout.addWidget(self._toggle)
        layout.addWidget(self._parameters, 2)
        layout.addLayout(_row(8, (self._estimate, 1), (self._generate, 0), (self._stop, 0)))

    def _make_export(self) -> QToolButton:
        export = QToolButton()
        export.setObjectName("patternExport")
        export.setIcon(icon("export"))
        export.setText(self.tr("Export"))
        export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        export.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        export.setToolTip(self.tr("Save these patterns as a picture that remembers how it was made"))
        export.setAccessibleName(self.tr("Export the patterns"))
        export.setEnabled(False)
        export.clicked.connect(lambda: self.export_requested.emit())
        return export

    def _make_channels(self) -> QLineEdit:
        channels = QLineEdit()
        channels.setObjectName("patternChannels")
        channels.setAccessibleName(self.tr("Channels"))
        channels.setPlaceholderText(self.tr("all"))
        channels.setToolTip(self.tr("Channels to make patterns of, like 0-63, 80; empty or all for every one"))
        channels.textEdited.connect(self._on_channels_edited)
        channels.returnPressed.connect(self._on_generate_wanted)
        return channels

    def _make_preset(self) -> QComboBox:
        preset = QComboBox()
        preset.setObjectName("patternPreset")
        preset.setAccessibleName(self.tr("Preset"))
        preset.setToolTip(
            self.tr("Tutorial: exactly the source tutorial's.\nClear: larger and more natural shapes, slower.")
        )
        for name, title in (
            ("tutorial", self.tr("Tutorial")),
            ("clear", self.tr("Clear")),
            (CUSTOM, self.tr("Custom")),
        ):
            preset.addItem(title, name)
        model = preset.model()
        if isinstance(model, QStandardItemModel):
            # Custom is what changed parameters are, and nothing that one could turn to.
            model.item(preset.findData(CUSTOM)).setEnabled(False)
        preset.activated.connect(self._on_preset_activated)
        return preset

    def _make_parameters(self) -> QScrollArea:
        area = _FormArea()
        area.setObjectName("patternParameters")
        area.setWidget(self._form)
        area.hide()
        return area

    def _make_toggle(self) -> QToolButton:
        toggle = QToolButton()
        toggle.setObjectName("patternParametersToggle")
        toggle.setText(self.tr("Parameters"))
        toggle.setToolTip(self.tr("Show or hide every parameter"))
        toggle.setAccessibleName(self.tr("Parameters"))
        toggle.setIcon(icon("expand", "dim"))
        toggle.setIconSize(QSize(12, 12))
        toggle.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        toggle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        toggle.setCheckable(True)
        toggle.setProperty("disclosure", "true")
        toggle.toggled.connect(self._on_parameters_toggled)
        return toggle

    def _dress_buttons(self) -> None:
        self._generate.setObjectName("patternGenerate")
        self._generate.setProperty("primary", "true")
        self._generate.setToolTip(self.tr("Make the patterns of these channels"))
        self._generate.clicked.connect(self._on_generate_wanted)
        self._stop.setObjectName("patternStop")
        self._stop.setToolTip(self.tr("Stop and keep what there is"))
        self._stop.clicked.connect(lambda: self.stop_requested.emit())
        self._stop.hide()

    def show_layer(self, layer: Layer | None) -> None:
        """Says whose channels the patterns are of; None (or a layer without channels) disables Generate."""
        self._layer = layer
        if layer is None:
            self._layer_name.setText(self.tr("No layer is chosen"))
            self._count.clear()
        else:
            self._layer_name.setText(layer.name)
            self._layer_name.setToolTip(layer.name)
            count = self.tr("{count} channels") if layer.channels else self.tr("no channels")
            self._count.setText(count.format(count=layer.channels))
        self._check()
        self._mosaic.show_empty(self._invitation())

    def show_channels(self, text: str) -> None:
        """Puts channels into the field, as typed ("0-63, 80")."""
        self._channels.setText(text)
        self._check()

    def show_settings(self, settings: PatternSettings) -> None:
        """Sets every parameter, without emitting anything."""
        self._form.show_settings(settings)
        self._show_preset(settings.preset)

    def show_estimate(self, text: str) -> None:
        """Shows a line about time and memory beside the button."""
        self._estimate.setText(text)
        self._estimate.setVisible(bool(text))

    def show_running(self, running: bool) -> None:
        """Turns between Generate and Stop."""
        if running == self._is_running:
            return
        self._is_running = running
        appearing, leaving = (self._stop, self._generate) if running else (self._generate, self._stop)
        had_focus = leaving.hasFocus()
        self._check()
        appearing.show()
        leaving.hide()
        if had_focus:
            appearing.setFocus()

    def show_mosaic(self, pixels: NDArray[np.uint8], tiling: Tiling) -> None:
        """Shows the mosaic of patterns ((h, w, 3) uint8); the tiling says which channel lies where."""
        self._mosaic.show_mosaic(pixels, tiling)
        self._export.setEnabled(True)

    def show_progress(self, text: str, objective: NDArray[np.float32], steps: int) -> None:
        """Shows a line of words and plots the (n, done) objective over the steps."""
        self._progress.setText(text)
        self._progress.setToolTip(text)
        self._curve.show_objective(objective, steps)

    def show_reason(self, text: str) -> None:
        """Explains a pattern that stayed grey, or clears the explanation when empty."""
        self._reason.setText(text)
        self._reason_ground.setVisible(bool(text))

    @Slot(str)
    def _on_channels_edited(self, _text: str) -> None:
        if self._check():
            self._tell_change()

    @Slot(int)
    def _on_preset_activated(self, index: int) -> None:
        preset = PRESETS.get(self._preset.itemData(index))
        if preset is not None:
            # Another preset is no reason to lose the seed that one has come to like.
            before = self._form.settings()
            self._form.show_settings(replace(preset, seed=before.seed, batch=before.batch))
            self._tell_change()

    @Slot()
    def _on_parameter_changed(self) -> None:
        self._show_preset(self._form.settings().preset)
        self._tell_change()

    @Slot(bool)
    def _on_parameters_toggled(self, is_open: bool) -> None:
        self._toggle.setIcon(icon("collapse" if is_open else "expand", "dim"))
        self._parameters.setVisible(is_open)

    @Slot()
    def _on_generate_wanted(self) -> None:
        if self._check() and self._generate.isEnabled():
            self.generate_requested.emit(self._channels.text(), self._form.settings())

    def _tell_change(self) -> None:
        if self._problem.isHidden():
            self.settings_changed.emit(self._channels.text(), self._form.settings())

    def _check(self) -> bool:
        """Marks channels that cannot be read, says why, and lets Generate be pressed only when they can."""
        count = self._layer.channels if self._layer else 0
        problem = ""
        if count:
            try:
                parse_channels(self._channels.text(), count)
            except CnnvizError as error:
                problem = words(error.what)
        mark(self._channels, "invalid", bool(problem))
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        is_good = bool(count) and not problem
        self._generate.setEnabled(is_good and not self._is_running)
        return is_good

    def _show_preset(self, name: str) -> None:
        self._preset.setCurrentIndex(self._preset.findData(name if name in PRESETS else CUSTOM))

    def _invitation(self) -> str:
        if self._layer is None:
            return self.tr("Choose a layer to see what its channels look for.")
        if not self._layer.channels:
            return self.tr("This layer has no channels to make patterns of. Choose another one.")
        return self.tr("No patterns yet.\n\nChoose channels and press Generate: each channel's pattern grows here.")


class _FormArea(QScrollArea):
    """Scrolls the form where there is no room for all of it, and takes no more room than it needs."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(84)

    def sizeHint(self) -> QSize:
        form = self.widget()
        return form.sizeHint() if form is not None else super().sizeHint()


def _row(spacing: int, *parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
    return row


def _make_line(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label

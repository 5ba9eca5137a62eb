"""What the next patterns are to be made with: whose channels, which of them, a preset, and every parameter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
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
from cnnviz_gui.ui.pattern_settings import CUSTOM, PatternSettingsForm
from cnnviz_gui.ui.theme import dim, mark, set_weight
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Layer
    from cnnviz_gui.core.pattern import PatternSettings


class PatternChoices(QWidget):
    """Channels, preset and parameters. While the channels cannot be read, the field is marked and says why.

    ``changed`` is emitted when a person changed something, whether or not it can be used as it is.
    """

    changed = Signal()
    confirmed = Signal()
    parameters_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternChoices")
        self._layer: Layer | None = None
        self._layer_name = QElidingLabel()
        self._layer_name.setObjectName("patternLayer")
        self._layer_name.setTextFormat(Qt.TextFormat.PlainText)
        self._layer_name.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._layer_name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_weight(self._layer_name, QFont.Weight.DemiBold)
        self._count = QLabel()
        self._count.setObjectName("patternChannelCount")
        dim(self._count)
        self._channels = self._make_channels()
        self._problem = WrappedLabel("patternProblem")
        self._problem.setProperty("tone", "danger")
        self._problem.hide()
        self._preset = self._make_preset()
        self._form = PatternSettingsForm()
        self._form.changed.connect(self._on_parameter_changed)
        self._form.hide()
        self._toggle = self._make_toggle()
        self._lay_out()
        self._show_preset(self._form.settings().preset)
        self.show_layer(None)

    @property
    def text(self) -> str:
        """The channels as typed."""
        return self._channels.text()

    @property
    def settings(self) -> PatternSettings:
        """The parameters."""
        return self._form.settings()

    def show_layer(self, layer: Layer | None) -> None:
        """Says whose channels they are."""
        self._layer = layer
        self._layer_name.setText(layer.name if layer else self.tr("No layer is chosen"))
        self._layer_name.setToolTip(layer.name if layer else "")
        text = "" if layer is None else self.tr("{count} channels") if layer.channels else self.tr("no channels")
        self._count.setText(text.format(count=layer.channels if layer else 0))
        self.check()

    def show_channels(self, text: str) -> None:
        """Puts channels into the field."""
        self._channels.setText(text)
        self.check()

    def show_settings(self, settings: PatternSettings) -> None:
        """Sets every parameter and the preset, without emitting anything."""
        self._form.show_settings(settings)
        self._show_preset(settings.preset)

    def show_draft(self, reason: str) -> None:
        """Offers drafts in bfloat16, or says why there are none."""
        self._form.show_draft(reason)

    def check(self) -> bool:
        """Whether the layer has the channels that are typed; marks the field and says why, if not."""
        count = self._layer.channels if self._layer else 0
        problem = ""
        if count:
            try:
                parse_channels(self.text, count)
            except CnnvizError as error:
                problem = words(error.what)
        mark(self._channels, "invalid", bool(problem))
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        return bool(count) and not problem

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._layer_name, 1)
        head.addWidget(self._count)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column, (text, field) in enumerate(
            ((self.tr("Ch&annels"), self._channels), (self.tr("Prese&t"), self._preset))
        ):
            label = QLabel(text)
            label.setBuddy(field)
            grid.addWidget(label, 0, 2 * column)
            grid.addWidget(field, 0, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        grid.addWidget(self._problem, 1, 0, 1, 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(self._toggle)
        layout.addWidget(self._form)

    def _make_channels(self) -> QLineEdit:
        channels = QLineEdit()
        channels.setObjectName("patternChannels")
        channels.setMinimumWidth(56)
        channels.setAccessibleName(self.tr("Channels"))
        channels.setPlaceholderText(self.tr("all"))
        channels.setToolTip(self.tr("Channels to make patterns of, like 0-63, 80; empty or all for every one"))
        channels.textEdited.connect(self._on_channels_edited)
        channels.returnPressed.connect(self.confirmed)
        return channels

    def _make_preset(self) -> QComboBox:
        preset = QComboBox()
        preset.setObjectName("patternPreset")
        preset.setMinimumContentsLength(6)
        preset.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        preset.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        preset.setAccessibleName(self.tr("Preset"))
        preset.setToolTip(
            self.tr("Tutorial: exactly the source tutorial's.\nClear: larger and more natural shapes, slower.")
        )
        titles = (("tutorial", self.tr("Tutorial")), ("clear", self.tr("Clear")), (CUSTOM, self.tr("Custom")))
        for name, title in titles:
            preset.addItem(title, name)
        model = preset.model()
        if isinstance(model, QStandardItemModel):
            # Custom is what changed parameters are, and nothing that one could turn to.
            model.item(preset.findData(CUSTOM)).setEnabled(False)
        preset.activated.connect(self._on_preset_activated)
        return preset

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

    @Slot(str)
    def _on_channels_edited(self, _text: str) -> None:
        self.check()
        self.changed.emit()

    @Slot(int)
    def _on_preset_activated(self, index: int) -> None:
        preset = PRESETS.get(self._preset.itemData(index))
        if preset is not None:
            # Another preset is no reason to lose the seed that one has come to like.
            before = self._form.settings()
            self._form.show_settings(replace(preset, seed=before.seed, batch=before.batch))
            self.changed.emit()

    @Slot()
    def _on_parameter_changed(self) -> None:
        self._show_preset(self._form.settings().preset)
        self.changed.emit()

    @Slot(bool)
    def _on_parameters_toggled(self, is_open: bool) -> None:
        self._toggle.setIcon(icon("collapse" if is_open else "expand", "dim"))
        self._form.setVisible(is_open)
        self.parameters_toggled.emit(is_open)

    def _show_preset(self, name: str) -> None:
        self._preset.setCurrentIndex(self._preset.findData(name if name in PRESETS else CUSTOM))

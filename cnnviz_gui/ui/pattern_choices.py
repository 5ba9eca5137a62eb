"""What the next patterns are to be made with: whose channels, which of them, a preset, and every parameter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.objective import Numbering, numbering
from cnnviz_gui.core.objective_check import check_objective, parse_chosen
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern import parse_channels
from cnnviz_gui.session.wording import words
from cnnviz_gui.ui.disclosure import Disclosure
from cnnviz_gui.ui.pattern_classes import ClassCompleter
from cnnviz_gui.ui.pattern_presets import PresetField
from cnnviz_gui.ui.pattern_settings import PatternSettingsForm
from cnnviz_gui.ui.theme import dim, mark, set_weight
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Layer, Network
    from cnnviz_gui.core.pattern import PatternSettings


class PatternChoices(QWidget):
    """Channels and preset, and the parameters apart. While the channels cannot be read, the field says why.

    ``changed`` is emitted when a person changed something, whether or not it can be used as it is.
    """

    changed = Signal()
    confirmed = Signal()
    parameters_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternChoices")
        self._layer: Layer | None = None
        self._network: Network | None = None
        self._layer_name = QElidingLabel()
        self._layer_name.setObjectName("patternLayer")
        self._layer_name.setTextFormat(Qt.TextFormat.PlainText)
        self._layer_name.setElideMode(Qt.TextElideMode.ElideMiddle)
        self._layer_name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_weight(self._layer_name, QFont.Weight.DemiBold)
        self._count = QLabel()
        self._count.setObjectName("patternChannelCount")
        dim(self._count)
        self._numbering = Numbering.CHANNELS
        self._typed: dict[Numbering, str] = {}
        self._completer = ClassCompleter(self)
        # When the field has taken the name, which it does not count as typed.
        self._completer.activated.connect(self._on_class_taken, Qt.ConnectionType.QueuedConnection)
        self._caption = QLabel(self.tr("Ch&annels"))
        self._channels = self._make_channels()
        self._problem = WrappedLabel("patternProblem")
        self._problem.setProperty("tone", "danger")
        self._problem.hide()
        self._form = PatternSettingsForm()
        self._preset = PresetField(self._form.settings)
        self._form.own = self._preset.own
        self._preset.chosen.connect(self._on_preset_chosen)
        self._preset.saved.connect(self._on_preset_saved)
        self._form.changed.connect(self._on_parameter_changed)
        self._form.hide()
        self._toggle = self._make_toggle()
        self.parameters = QWidget()
        """Every parameter, to be placed where there is room: it is long when it is open."""
        self._lay_out()
        self._preset.show_preset(self._form.settings().preset)
        self.show_layer(None)

    @property
    def text(self) -> str:
        """The channels as typed."""
        return self._channels.text()

    @property
    def settings(self) -> PatternSettings:
        """The parameters."""
        return self._form.settings()

    def show_network(self, network: Network | None) -> None:
        """Says whose layers and classes there are."""
        self._network = network
        self._completer.setModel(QStringListModel(list(network.labels) if network else [], self._completer))
        self._show_heading()
        self.check()

    def show_layer(self, layer: Layer | None) -> None:
        """Says whose channels they are."""
        self._layer = layer
        self._typed.pop(Numbering.CHANNELS, None)
        self._show_heading()
        self.check()

    def _show_heading(self) -> None:
        """Names what the patterns are of: the chosen layer, or the network where they are of its classes."""
        layer, network = self._layer, self._network
        name = layer.name if layer else self.tr("No layer is chosen")
        text = "" if layer is None else self.tr("{count} channels") if layer.channels else self.tr("no channels")
        count = layer.channels if layer else 0
        if self._numbering is Numbering.CLASSES and network is not None and network.classifier is not None:
            name, text = network.title, self.tr("{count} classes")
            count = network.layer(network.classifier).channels
        self._layer_name.setText(name)
        self._layer_name.setToolTip(name)
        self._count.setText(text.format(count=count))

    def show_channels(self, text: str) -> None:
        """Puts channels into the field."""
        self._channels.setText(text)
        self.check()

    def show_settings(self, settings: PatternSettings) -> None:
        """Sets every parameter and the preset, without emitting anything."""
        self._form.show_settings(settings)
        self._preset.show_preset(settings.preset)
        self._suit_channels()

    def show_draft(self, reason: str) -> None:
        """Offers drafts in bfloat16, or says why there are none."""
        self._form.show_draft(reason)

    def check(self) -> bool:
        """Whether the objective and the channels that are typed can be used; marks what cannot, and says why."""
        layer = self._layer
        wrong_objective = wrong_channels = ""
        try:
            objective = parse_objective(self._form.objective)
            if self._network is not None and layer is not None and layer.channels:
                check_objective(objective, self._network, layer.name)
        except CnnvizError as error:
            wrong_objective = words(error.what)
        if layer is not None and layer.channels and not wrong_objective:
            try:
                if self._network is not None:
                    parse_chosen(objective, self._network, layer.name, self.text)
                elif numbering(objective) is Numbering.CHANNELS:
                    parse_channels(self.text, layer.channels)
            except CnnvizError as error:
                wrong_channels = " ".join(filter(None, (words(error.what), words(error.hint))))
        self._form.show_problem(wrong_objective)
        mark(self._channels, "invalid", bool(wrong_channels))
        self._problem.setText(wrong_channels)
        self._problem.setVisible(bool(wrong_channels))
        return layer is not None and bool(layer.channels) and not wrong_objective and not wrong_channels

    def wrong_parameter(self) -> QWidget | None:
        """What says which of the parameters is wrong, if one is."""
        label = self._form.problem
        return label if label.isVisibleTo(self.parameters) else None

    def _suit_channels(self) -> None:
        """Turns the field for channels into one for classes or starts, as the objective has it, and back."""
        try:
            wanted = numbering(parse_objective(self._form.objective))
        # Half-typed: `show_problem` says so beside the field.
        except CnnvizError:
            return
        if wanted is self._numbering:
            return
        self._typed[self._numbering] = self.text
        self._numbering = wanted
        self._show_heading()
        last = min(self._layer.channels, 64) - 1 if self._layer and self._layer.channels else 63
        self._channels.setText(self._typed.get(wanted, f"0-{last}" if wanted is Numbering.CHANNELS else "0"))
        self._caption.setText(
            {
                Numbering.CHANNELS: self.tr("Ch&annels"),
                Numbering.CLASSES: self.tr("Cl&asses"),
                Numbering.STARTS: self.tr("St&arts"),
            }[wanted]
        )
        tips = {
            Numbering.CHANNELS: self.tr("Channels to make patterns of, like 0-63, 80; empty or all for every one"),
            Numbering.CLASSES: self.tr("Classes by name or number, like espresso; daisy; 281"),
            Numbering.STARTS: self.tr("Numbers of starts, like 0-3: each is another picture of the same"),
        }
        self._channels.setToolTip(tips[wanted])
        self._channels.setAccessibleName(self._caption.text().replace("&", ""))
        self._channels.setCompleter(self._completer if wanted is Numbering.CLASSES else None)  # type: ignore[arg-type]

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._layer_name, 1)
        head.addWidget(self._count)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        captions = ((self._caption, self._channels), (QLabel(self.tr("Prese&t")), self._preset.list))
        for column, (label, field) in enumerate(captions):
            label.setBuddy(field)
            field = self._preset if field is self._preset.list else field
            grid.addWidget(label, 0, 2 * column)
            grid.addWidget(field, 0, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        grid.addWidget(self._problem, 1, 0, 1, 4)
        line = QFrame()
        line.setObjectName("patternLine")
        layout = _column(self)
        layout.addWidget(line)
        layout.addLayout(head)
        layout.addLayout(grid)
        parameters = _column(self.parameters)
        parameters.addWidget(self._toggle)
        parameters.addWidget(self._form)

    def _make_channels(self) -> QLineEdit:
        channels = QLineEdit()
        channels.setObjectName("patternChannels")
        channels.setMinimumWidth(56)
        channels.setAccessibleName(self.tr("Channels"))
        channels.setPlaceholderText(self.tr("all"))
        channels.setToolTip(self.tr("Channels to make patterns of, like 0-63, 80; empty or all for every one"))
        channels.textEdited.connect(self._on_channels_edited)
        channels.returnPressed.connect(self._on_return_pressed)
        return channels

    def _make_toggle(self) -> Disclosure:
        text = self.tr("Parameters")
        toggle = Disclosure("patternParametersToggle", text, self.tr("Show or hide every parameter"), text)
        toggle.toggled.connect(self._on_parameters_toggled)
        return toggle

    @Slot()
    def _on_return_pressed(self) -> None:
        # Return also takes the class that the completer offers.
        popup = self._completer.popup()
        if popup is None or not popup.isVisible():
            self.confirmed.emit()

    @Slot(str)
    def _on_channels_edited(self, _text: str) -> None:
        self.check()
        self.changed.emit()

    @Slot(str)
    def _on_class_taken(self, _name: str) -> None:
        self._on_channels_edited(self.text)

    @Slot(object)
    def _on_preset_chosen(self, preset: PatternSettings) -> None:
        # Another preset is no reason to lose the seed that one has come to like.
        before = self._form.settings()
        self._form.show_settings(replace(preset, seed=before.seed, batch=before.batch))
        self._suit_channels()
        self.check()
        self.changed.emit()

    @Slot(object)
    def _on_preset_saved(self, settings: PatternSettings) -> None:
        self._form.own = self._preset.own
        self._form.show_settings(settings)
        self._on_parameter_changed()

    @Slot()
    def _on_parameter_changed(self) -> None:
        self._preset.show_preset(self._form.settings().preset)
        self._suit_channels()
        self.check()
        self.changed.emit()

    @Slot(bool)
    def _on_parameters_toggled(self, is_open: bool) -> None:
        self._form.setVisible(is_open)
        self.parameters_toggled.emit(is_open)


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    return layout

"""The parameters of gradient ascent as a form."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.core.pattern import PRESETS, PatternSettings
from cnnviz_gui.own_presets import CUSTOM
from cnnviz_gui.ui.disclosure import Disclosure
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.pattern_fields import Field, FieldMaker, WheelGuard, show_value, value_of
from cnnviz_gui.ui.pattern_objective import ObjectiveField
from cnnviz_gui.ui.theme import dim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MORE = frozenset(
    {
        "octaves", "momentum", "escape", "precision", "batch", "pad", "jitter", "rotate", "scale", "jitter_after",
        "total_variation", "l2", "blur",
    }
)  # fmt: skip
"""Parameters that are folded away until they are wanted."""
_COLUMNS = 2
_NO_CHANGE_OF_PRESET = ("preset", "seed", "batch")
"""A preset with another seed is still that preset, and the batch changes only the speed."""


def preset_of(settings: PatternSettings, own: Mapping[str, PatternSettings] = MappingProxyType({})) -> str:
    """The preset that settings are, whatever their seed and batch; "custom" if they are none.

    Args:
        settings: The settings.
        own: The user's own presets by name.
    """
    same = {parameter: getattr(settings, parameter) for parameter in _NO_CHANGE_OF_PRESET}
    for name, preset in {**PRESETS, **own}.items():
        if replace(preset, **same) == settings:
            return name
    return CUSTOM


class PatternSettingsForm(QWidget):
    """One field a parameter; ``changed`` when a person changed one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternSettings")
        self._wheel_guard = WheelGuard(self)
        self._fields: dict[str, Field] = {}
        self._make = FieldMaker(self._on_changed)
        self.own: Mapping[str, PatternSettings] = {}
        """The user's own presets by name, which settings may amount to."""
        self._common, self._rest = _make_grid(), _make_grid()
        self._folded = QWidget()
        self._folded.setLayout(self._rest)
        self._folded.hide()
        self._more = self._make_more()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(4)
        self._objective = self._make_objective()
        layout.addWidget(self._objective)
        layout.addLayout(self._common)
        self._add_fields()
        # After the fields above them, also for the Tab key.
        layout.addWidget(self._more)
        layout.addWidget(self._folded)
        self.show_settings(PatternSettings())

    def settings(self) -> PatternSettings:
        """What the form says, with the preset that it amounts to."""
        values: dict[str, Any] = {name: value_of(field) for name, field in self._fields.items()}
        settings = PatternSettings(preset=CUSTOM, **values)
        return replace(settings, preset=preset_of(settings, self.own))

    def show_settings(self, settings: PatternSettings) -> None:
        """Sets every field, without emitting anything."""
        for parameter in fields(settings):
            field = self._fields.get(parameter.name)
            if field is None:
                continue
            show_value(field, getattr(settings, parameter.name))
        self._objective.show_kind()

    @property
    def objective(self) -> str:
        """The objective as typed."""
        return str(value_of(self._fields["objective"]))

    @property
    def problem(self) -> QWidget:
        """What says what is wrong with the objective."""
        return self._objective.problem

    def show_problem(self, problem: str) -> None:
        """Says what is wrong with the objective; nothing when empty."""
        self._objective.show_problem(problem)

    def show_draft(self, reason: str) -> None:
        """Offers drafts in bfloat16, or says why there are none.

        A draft that is chosen already, by a recipe of another machine, stays chosen.
        """
        field = self._fields["precision"]
        if isinstance(field, QComboBox) and isinstance(model := field.model(), QStandardItemModel):
            item = model.item(field.findData("bfloat16"))
            item.setEnabled(not reason)
            item.setToolTip(reason)
            field.setToolTip(f"{reason}\n{self._draft_tip}" if reason else self._draft_tip)

    def _add_fields(self) -> None:
        self._add(
            "size",
            self.tr("Size"),
            self.tr("Edge length of the square pattern in pixels"),
            self._make.whole(" px", step=16),
        )
        self._add("steps", self.tr("Steps"), self.tr("Steps of gradient ascent"), self._make.whole(step=10))
        tip = self.tr("Length of a step: in units of the network's input, or Adam's learning rate")
        self._add("step_size", self.tr("Step size"), tip, self._make.real())
        tip = self.tr("Of the random start and of the random shifts; the same seed gives the same picture")
        self._add("seed", self.tr("Seed"), tip, self._make.whole(), beside=self._make_dice())
        tip = self.tr("What the first step begins with: noise, or the picture that is open")
        choices = {"noise": self.tr("Noise"), "picture": self.tr("Picture")}
        self._add("start", self.tr("Start"), tip, self._make.choice(choices))
        tip = self.tr(
            "What is changed: the pixels themselves, or frequencies and decorrelated colours, which look natural"
        )
        choices = {"fourier": self.tr("Fourier"), "pixel": self.tr("Pixels"), "maco": self.tr("MACO")}
        self._add("image", self.tr("Image"), tip, self._make.choice(choices))
        tip = self.tr("How a gradient becomes a step")
        choices = {"adam": self.tr("Adam"), "normalized": self.tr("Normalized gradient"), "sgd": self.tr("Gradient")}
        self._add("optimizer", self.tr("Optimizer"), tip, self._make.choice(choices))
        tip = self.tr("What is made large: the layer's output, or what goes into its activation function")
        choices = {"preactivation": self.tr("Before activation"), "output": self.tr("Layer's output")}
        self._add("climb", self.tr("Climb"), tip, self._make.choice(choices))
        tip = self.tr("Pictures computed together; changes the speed, not the pictures")
        self._add("batch", self.tr("Batch"), tip, self._make.whole(zero=self.tr("automatic")))
        tip = self.tr(
            "A draft multiplies with 8 significant bits: faster on some networks, and another picture on some"
        )
        choices = {"float32": self.tr("Full (float32)"), "bfloat16": self.tr("Draft (bfloat16)")}
        self._add("precision", self.tr("Precision"), tip, self._make.choice(choices))
        self._draft_tip = self._fields["precision"].toolTip()
        tip = self.tr("Largest random shift before each step")
        self._add("jitter", self.tr("Jitter"), tip, self._make.whole(" px", prefix="\u00b1 ", zero=self.tr("none")))
        tip = self.tr("Largest random rotation before each step, in degrees")
        self._add(
            "rotate", self.tr("Rotation"), tip, self._make.real("\u00b0", prefix="\u00b1 ", zero=self.tr("none"))
        )
        tip = self.tr("Largest random enlargement or reduction before each step; 0.1 is a tenth")
        self._add("scale", self.tr("Scaling"), tip, self._make.real(prefix="\u00b1 ", zero=self.tr("none")))
        self._add_more()

    def _add_more(self) -> None:
        none = self.tr("none")
        tip = self.tr("With plain gradients: the share of the last step that is added to the next one")
        self._add("momentum", self.tr("Momentum"), tip, self._make.real(zero=none))
        tip = self.tr("Sizes gone through from small to large, each 1.4 times as large as the one before")
        self._add("octaves", self.tr("Octaves"), tip, self._make.whole())
        tip = self.tr("Steps at the beginning for which rectifiers that are off everywhere let gradients through")
        self._add("escape", self.tr("Escape"), tip, self._make.whole(zero=none))
        tip = self.tr("Width of a grey border that the random moves bring into sight; none goes on periodically")
        self._add("pad", self.tr("Border"), tip, self._make.whole(" px", zero=none))
        tip = self.tr("Largest random shift after rotation and scaling")
        self._add("jitter_after", self.tr("Jitter after"), tip, self._make.whole(" px", prefix="\u00b1 ", zero=none))
        tip = self.tr("Weight of a penalty on differences between neighbouring pixels")
        self._add("total_variation", self.tr("Total variation"), tip, self._make.real(zero=none))
        tip = self.tr("Weight of a penalty on the distance from grey")
        self._add("l2", self.tr("L2"), tip, self._make.real(zero=none))
        tip = self.tr("Weight of a penalty on what a blur would take away")
        self._add("blur", self.tr("Blur"), tip, self._make.real(zero=none))

    def _add(
        self,
        name: str,
        label: str,
        tip: str,
        make: Callable[[str], Field],
        beside: QWidget | None = None,
    ) -> None:
        """Puts a labelled field into the next place of the grid."""
        field = make(name)
        self._dress_field(field, name, label, tip)
        caption = QLabel(label)
        caption.setBuddy(field)
        caption.setToolTip(field.toolTip())
        dim(caption)
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(field, 1)
        if beside is not None:
            beside.setFixedHeight(field.sizeHint().height())
            line.addWidget(beside)
        grid, is_more = (self._rest, True) if name in MORE else (self._common, False)
        row, column = divmod(
            sum((known in MORE) == is_more for known in self._fields if known != "objective"), _COLUMNS
        )
        caption.setContentsMargins(0, 5 if row else 0, 0, 0)
        grid.addWidget(caption, 2 * row, column)
        grid.addLayout(line, 2 * row + 1, column)
        self._fields[name] = field

    def _dress_field(self, field: Field, name: str, label: str, tip: str) -> None:
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setToolTip(self.tr("{explanation}.\nIn recipes: {name}").format(explanation=tip, name=name))
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.setMinimumWidth(64)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self._wheel_guard)

    def _make_objective(self) -> ObjectiveField:
        text = QLineEdit()
        tip = self.tr(
            "What is climbed, such as channel, -channel, position, layer, class(espresso), direction(7), "
            "caricature(coffee), or a sum: channel - 0.5 * block3b_add:channel(4)"
        )
        self._dress_field(text, "objective", self.tr("Objective"), tip)
        self._fields["objective"] = text
        objective = ObjectiveField(text)
        objective.changed.connect(self._on_changed)
        return objective

    def _make_more(self) -> Disclosure:
        tip = self.tr("Random moves, octaves, penalties, and what else there is")
        more = Disclosure("patternMoreToggle", self.tr("More"), tip, self.tr("More parameters"))
        more.toggled.connect(self._folded.setVisible)
        return more

    def _make_dice(self) -> QToolButton:
        dice = QToolButton()
        dice.setObjectName("seedDice")
        dice.setIcon(icon("dice"))
        dice.setIconSize(QSize(20, 20))
        # The padding of other tool buttons would leave the dice hardly any room in the height of a field.
        dice.setProperty("tight", "true")
        dice.setToolTip(self.tr("Another seed"))
        dice.setAccessibleName(self.tr("Another seed"))
        dice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dice.clicked.connect(self._on_dice_clicked)
        return dice

    @Slot()
    def _on_dice_clicked(self) -> None:
        seed = self._fields["seed"]
        if isinstance(seed, QSpinBox):
            # Short enough to read out; never the seed that is there.
            seed.setValue((seed.value() + random.randrange(1, 100_000)) % 100_000)

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()


def _make_grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(2)
    for column in range(_COLUMNS):
        grid.setColumnStretch(column, 1)
    return grid

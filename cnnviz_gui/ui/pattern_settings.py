"""The parameters of gradient ascent as a form."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QWidget,
)

from cnnviz_gui.core.pattern import PRESETS, PatternSettings, limits
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.theme import dim

if TYPE_CHECKING:
    from collections.abc import Callable

Field = QSpinBox | QDoubleSpinBox | QComboBox | QLineEdit
CUSTOM = "custom"
_COLUMNS = 2
_NO_CHANGE_OF_PRESET = ("preset", "seed", "batch")
"""A preset with another seed is still that preset, and the batch changes only the speed."""


def preset_of(settings: PatternSettings) -> str:
    """The preset that settings are, whatever their seed and batch; "custom" if they are none."""
    for name, preset in PRESETS.items():
        same = {parameter: getattr(settings, parameter) for parameter in _NO_CHANGE_OF_PRESET}
        if replace(preset, **same) == settings:
            return name
    return CUSTOM


class PatternSettingsForm(QWidget):
    """One field a parameter; ``changed`` when a person changed one."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternSettings")
        self._wheel_guard = _WheelGuard(self)
        self._fields: dict[str, Field] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._add_fields()
        self.show_settings(PatternSettings())

    def settings(self) -> PatternSettings:
        """What the form says, with the preset that it amounts to."""
        values: dict[str, Any] = {name: _value_of(field) for name, field in self._fields.items()}
        settings = PatternSettings(preset=CUSTOM, **values)
        return replace(settings, preset=preset_of(settings))

    def show_settings(self, settings: PatternSettings) -> None:
        """Sets every field, without emitting anything."""
        for parameter in fields(settings):
            field = self._fields.get(parameter.name)
            if field is None:
                continue
            value = getattr(settings, parameter.name)
            blocked = field.blockSignals(True)
            if isinstance(field, QComboBox):
                field.setCurrentIndex(field.findData(value))
            elif isinstance(field, QLineEdit):
                field.setText(value)
            else:
                field.setValue(value)
            field.blockSignals(blocked)

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
            self._whole(" px", step=16),
        )
        self._add("steps", self.tr("Steps"), self.tr("Steps of gradient ascent"), self._whole(step=10))
        tip = self.tr("Length of a step: in units of the network's input, or Adam's learning rate")
        self._add("step_size", self.tr("Step size"), tip, self._real())
        tip = self.tr("Of the random start and of the random shifts; the same seed gives the same picture")
        self._add("seed", self.tr("Seed"), tip, self._whole(), beside=self._make_dice())
        tip = self.tr(
            "What is changed: the pixels themselves, or frequencies and decorrelated colours, which look natural"
        )
        choices = {"fourier": self.tr("Fourier"), "pixel": self.tr("Pixels"), "maco": self.tr("MACO")}
        self._add("image", self.tr("Image"), tip, self._choice(choices))
        tip = self.tr("How a gradient becomes a step")
        choices = {"adam": self.tr("Adam"), "normalized": self.tr("Normalized gradient"), "sgd": self.tr("Gradient")}
        self._add("optimizer", self.tr("Optimizer"), tip, self._choice(choices))
        tip = self.tr("What is made large: the layer's output, or what goes into its activation function")
        choices = {"preactivation": self.tr("Before activation"), "output": self.tr("Layer's output")}
        self._add("climb", self.tr("Climb"), tip, self._choice(choices))
        tip = self.tr("Pictures computed together; changes the speed, not the pictures")
        self._add("batch", self.tr("Batch"), tip, self._whole(zero=self.tr("automatic")))
        tip = self.tr(
            "A draft multiplies with 8 significant bits: faster on some networks, and another picture on some"
        )
        choices = {"float32": self.tr("Full (float32)"), "bfloat16": self.tr("Draft (bfloat16)")}
        self._add("precision", self.tr("Precision"), tip, self._choice(choices))
        self._draft_tip = self._fields["precision"].toolTip()
        tip = self.tr("Largest random shift before each step")
        self._add("jitter", self.tr("Jitter"), tip, self._whole(" px", prefix="\u00b1 ", zero=self.tr("none")))
        tip = self.tr("Largest random rotation before each step, in degrees")
        self._add("rotate", self.tr("Rotation"), tip, self._real("\u00b0", prefix="\u00b1 ", zero=self.tr("none")))
        tip = self.tr("Largest random enlargement or reduction before each step; 0.1 is a tenth")
        self._add("scale", self.tr("Scaling"), tip, self._real(prefix="\u00b1 ", zero=self.tr("none")))
        self._add_more()

    def _add_more(self) -> None:
        none = self.tr("none")
        tip = self.tr("What is climbed, such as channel, -channel, layer, position or class(espresso)")
        self._add("objective", self.tr("Objective"), tip, self._text())
        tip = self.tr("What the first step begins with: noise, or the picture that is open")
        choices = {"noise": self.tr("Noise"), "picture": self.tr("Picture")}
        self._add("start", self.tr("Start"), tip, self._choice(choices))
        tip = self.tr("With plain gradients: the share of the last step that is added to the next one")
        self._add("momentum", self.tr("Momentum"), tip, self._real(zero=none))
        tip = self.tr("Sizes gone through from small to large, each 1.4 times as large as the one before")
        self._add("octaves", self.tr("Octaves"), tip, self._whole())
        tip = self.tr("Steps at the beginning for which rectifiers that are off everywhere let gradients through")
        self._add("escape", self.tr("Escape"), tip, self._whole(zero=none))
        tip = self.tr("Width of a grey border that the random moves bring into sight; none goes on periodically")
        self._add("pad", self.tr("Border"), tip, self._whole(" px", zero=none))
        tip = self.tr("Largest random shift after rotation and scaling")
        self._add("jitter_after", self.tr("Jitter after"), tip, self._whole(" px", prefix="\u00b1 ", zero=none))
        tip = self.tr("Weight of a penalty on differences between neighbouring pixels")
        self._add("total_variation", self.tr("Total variation"), tip, self._real(zero=none))
        tip = self.tr("Weight of a penalty on the distance from grey")
        self._add("l2", self.tr("L2"), tip, self._real(zero=none))
        tip = self.tr("Weight of a penalty on what a blur would take away")
        self._add("blur", self.tr("Blur"), tip, self._real(zero=none))

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
        field.setObjectName(name)
        field.setAccessibleName(label)
        field.setToolTip(self.tr("{explanation}.\nIn recipes: {name}").format(explanation=tip, name=name))
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        field.setMinimumWidth(64)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self._wheel_guard)
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
        row, column = divmod(len(self._fields), _COLUMNS)
        caption.setContentsMargins(0, 5 if row else 0, 0, 0)
        self._grid.addWidget(caption, 2 * row, column)
        self._grid.addLayout(line, 2 * row + 1, column)
        self._fields[name] = field

    def _whole(
        self, suffix: str = "", *, prefix: str = "", zero: str = "", step: int = 1
    ) -> Callable[[str], QSpinBox]:
        def make(name: str) -> QSpinBox:
            field = QSpinBox()
            low, high = limits(name)
            field.setRange(int(low), int(high))
            field.setSingleStep(step)
            _dress(field, suffix, prefix, zero)
            field.valueChanged.connect(self._on_changed)
            return field

        return make

    def _real(self, suffix: str = "", *, prefix: str = "", zero: str = "") -> Callable[[str], QDoubleSpinBox]:
        def make(name: str) -> QDoubleSpinBox:
            field = _RealField()
            field.setDecimals(6)
            field.setRange(*limits(name))
            field.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
            _dress(field, suffix, prefix, zero)
            field.valueChanged.connect(self._on_changed)
            return field

        return make

    def _text(self) -> Callable[[str], QLineEdit]:
        def make(_name: str) -> QLineEdit:
            field = QLineEdit()
            field.textEdited.connect(self._on_changed)
            return field

        return make

    def _choice(self, titles: dict[str, str]) -> Callable[[str], QComboBox]:
        def make(_name: str) -> QComboBox:
            field = QComboBox()
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(6)
            for value, title in titles.items():
                field.addItem(title, value)
            field.currentIndexChanged.connect(self._on_changed)
            return field

        return make

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


class _RealField(QDoubleSpinBox):
    """Writes a number without the zeros behind it: 0.05, not 0.050000."""

    def textFromValue(self, value: float) -> str:
        return self.locale().toString(value, "g", 6)


class _WheelGuard(QObject):
    """Keeps the wheel from changing a field that one only scrolls past."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _dress(field: QSpinBox | QDoubleSpinBox, suffix: str, prefix: str, zero: str) -> None:
    field.setSuffix(suffix)
    field.setPrefix(prefix)
    field.setSpecialValueText(zero)
    # While a number is being typed its beginning is not meant.
    field.setKeyboardTracking(False)


def _value_of(field: Field) -> int | float | str:
    if isinstance(field, QComboBox):
        return str(field.currentData())
    if isinstance(field, QLineEdit):
        return field.text()
    # A button that takes no focus when it is clicked leaves what was typed uninterpreted.
    field.interpretText()
    return field.value()

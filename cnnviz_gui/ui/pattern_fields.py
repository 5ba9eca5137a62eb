"""Fields for the parameters of gradient ascent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from cnnviz_gui.core.pattern import limits

if TYPE_CHECKING:
    from collections.abc import Callable

Field = QSpinBox | QDoubleSpinBox | QComboBox | QLineEdit


class RealField(QDoubleSpinBox):
    """Writes a number without the zeros behind it: 0.05, not 0.050000."""

    def textFromValue(self, value: float) -> str:
        """Six digits at most."""
        return self.locale().toString(value, "g", 6)


class WheelGuard(QObject):
    """Keeps the wheel from changing a field that one only scrolls past."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the wheel pass where it is not meant."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class FieldMaker:
    """Makes fields for the parameters that its callables are given the names of.

    Args:
        changed: Called when a person changed one of them.
    """

    def __init__(self, changed: Callable[[], object]) -> None:
        self._changed = changed

    def whole(
        self, suffix: str = "", *, prefix: str = "", zero: str = "", step: int = 1
    ) -> Callable[[str], QSpinBox]:
        """For a whole number within its limits."""

        def make(name: str) -> QSpinBox:
            field = QSpinBox()
            low, high = limits(name)
            field.setRange(int(low), int(high))
            field.setSingleStep(step)
            _dress(field, suffix, prefix, zero)
            field.valueChanged.connect(self._changed)
            return field

        return make

    def real(self, suffix: str = "", *, prefix: str = "", zero: str = "") -> Callable[[str], QDoubleSpinBox]:
        """For a number within its limits."""

        def make(name: str) -> QDoubleSpinBox:
            field = RealField()
            field.setDecimals(6)
            field.setRange(*limits(name))
            field.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)
            _dress(field, suffix, prefix, zero)
            field.valueChanged.connect(self._changed)
            return field

        return make

    def choice(self, titles: dict[str, str]) -> Callable[[str], QComboBox]:
        """For one of some values, by their titles."""

        def make(_name: str) -> QComboBox:
            field = QComboBox()
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(6)
            for value, title in titles.items():
                field.addItem(title, value)
            field.currentIndexChanged.connect(self._changed)
            return field

        return make


def _dress(field: QSpinBox | QDoubleSpinBox, suffix: str, prefix: str, zero: str) -> None:
    """Gives a field of numbers what stands around them, and a word for its smallest one."""
    field.setSuffix(suffix)
    field.setPrefix(prefix)
    field.setSpecialValueText(zero)
    # While a number is being typed its beginning is not meant.
    field.setKeyboardTracking(False)


def show_value(field: Field, value: object) -> None:
    """Puts a value into a field, without emitting anything."""
    blocked = field.blockSignals(True)
    if isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))
    else:
        field.setValue(value)  # type: ignore[arg-type]
    field.blockSignals(blocked)


def value_of(field: Field) -> int | float | str:
    """What a field says."""
    if isinstance(field, QComboBox):
        return str(field.currentData())
    if isinstance(field, QLineEdit):
        return field.text()
    # A button that takes no focus when it is clicked leaves what was typed uninterpreted.
    field.interpretText()
    return field.value()

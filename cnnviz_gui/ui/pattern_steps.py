"""The steps that patterns have done, to look back at."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from cnnviz_gui.ui.theme import dim


class PatternSteps(QWidget):
    """A slider from the first step to the last one done, and which of them is shown.

    While patterns grow the last step moves on, and the handle with it unless someone looks back. Home and End go to
    the first and the last step, arrows by one, Page Up and Page Down by a tenth.
    """

    step_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternSteps")
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setObjectName("patternStep")
        self._slider.setAccessibleName(self.tr("Step that is looked back at"))
        self._slider.setToolTip(self.tr("Look back at how the patterns grew; the right end is how they are now"))
        self._slider.valueChanged.connect(self._on_value_changed)
        self._label = QLabel()
        self._label.setObjectName("patternStepLabel")
        self._label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        dim(self._label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._label)
        self.show_steps(0, 0)
        # It appears with the first patterns, and then stays: what is above must not jump.
        self.hide()

    def show_steps(self, last: int, step: int) -> None:
        """Offers the steps 1 to ``last``, and marks one, without emitting anything; 0 offers none."""
        with QSignalBlocker(self._slider):
            self._slider.setRange(1, max(last, 1))
            self._slider.setPageStep(max(last // 10, 1))
            self._slider.setValue(step)
        self._slider.setEnabled(last > 1)
        self._label.setText(self.tr("{step} of {last}").format(step=step, last=last) if last else "")
        # As wide as it will become, or the slider would shrink while patterns grow.
        widest = self.tr("{step} of {last}").format(step=max(last, 100), last=max(last, 100))
        self._label.setMinimumWidth(self._label.fontMetrics().horizontalAdvance(widest))
        if last:
            self.show()

    @Slot(int)
    def _on_value_changed(self, step: int) -> None:
        self._label.setText(self.tr("{step} of {last}").format(step=step, last=self._slider.maximum()))
        self.step_chosen.emit(step)

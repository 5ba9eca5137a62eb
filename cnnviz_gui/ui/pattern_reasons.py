"""Why patterns stayed grey, with what may help as buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from superqt import QFlowLayout

from cnnviz_gui.core.pattern_reasons import PatternRemedy
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Sequence


class PatternReasons(QFrame):
    """One sentence for each reason, and below it a button for each remedy, which is for just those channels."""

    remedy_requested = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternReasonGround")
        self.setProperty("ground", "warning")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(8, 5, 8, 6)
        self._layout.setSpacing(4)
        self._rows: list[QWidget] = []
        self._labels = {
            PatternRemedy.PREACTIVATION: (
                self.tr("Climb the preactivation"),
                self.tr("Make these patterns again, climbing what goes into the activation function"),
            ),
            PatternRemedy.ESCAPE: (
                self.tr("Let the gradient through at first"),
                self.tr("Make these patterns again; for the first 16 steps gradients pass rectifiers that are off"),
            ),
            PatternRemedy.ANOTHER_SEED: (
                self.tr("Another seed"),
                self.tr("Make these patterns again from another starting picture"),
            ),
            PatternRemedy.SHOW_KERNEL: (
                self.tr("Show the kernel"),
                self.tr("Go to the first of these channels and look at its kernel"),
            ),
        }
        self.hide()

    def show_reasons(self, rows: Sequence[tuple[str, tuple[int, ...], tuple[PatternRemedy, ...]]]) -> None:
        """Shows sentences, the channels they are about, and what may help them; nothing hides it."""
        for old in self._rows:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        for text, channels, remedies in rows:
            label = WrappedLabel("patternReason")
            label.setProperty("tone", "warning")
            label.setText(text)
            self._add(label)
            if remedies:
                self._add(self._make_buttons(channels, remedies))
        self.setVisible(bool(rows))

    def _add(self, row: QWidget) -> None:
        self._rows.append(row)
        self._layout.addWidget(row)

    def _make_buttons(self, channels: tuple[int, ...], remedies: tuple[PatternRemedy, ...]) -> QWidget:
        row = QWidget()
        row.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        flow = QFlowLayout(row)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.setSpacing(6)
        for remedy in remedies:
            text, tip = self._labels[remedy]
            button = QPushButton(text)
            button.setObjectName(f"patternRemedy-{remedy}")
            button.setToolTip(tip)
            button.clicked.connect(lambda _checked, remedy=remedy: self.remedy_requested.emit(remedy, channels))
            flow.addWidget(button)
        return row

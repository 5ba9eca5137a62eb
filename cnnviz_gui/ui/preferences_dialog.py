"""Edit > Preferences: what is chosen once and holds from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.core.memory import size_text
from cnnviz_gui.ui.theme import dim, set_weight
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from cnnviz_gui.session.preferences import Preferences

_GIGABYTE = 1_000_000_000
_INDENT = 16


class PreferencesDialog(QDialog):
    """Preferences in groups. Everything holds at once, so there is nothing to confirm.

    Theme and language are in the View menu, where they can be seen changing.
    """

    changed = Signal(object)
    """Preferences"""
    clear_patterns_requested = Signal()
    forget_recent_requested = Signal()
    forget_trusted_requested = Signal()
    log_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._shown: Preferences | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(20, 16, 20, 12)
        self._layout.setSpacing(4)
        self._goes_on = QCheckBox(self.tr("&Go on with the session that was closed last"))
        self._goes_on.setObjectName("goesOn")
        self._goes_on.toggled.connect(self._on_changed)
        self._group(self.tr("When the window starts"), self._goes_on)
        self._memory = self._gigabytes("memoryBudget", self.tr("Memory for the engine"))
        self._memory_note = self._note("memoryNote")
        self._default = self._button("defaultMemory", self.tr("&Default"))
        self._default.clicked.connect(self._on_default_clicked)
        self._group(
            self.tr("Memory"),
            self._line(self.tr("At &most for the engine"), self._memory, self._default),
            self._memory_note,
        )
        self._limit = self._gigabytes("patternLimit", self.tr("Disk space for finished patterns"))
        self._limit.setMinimum(0.0)
        self._limit.setSpecialValueText(self.tr("none"))
        self._patterns_note = self._note("patternsNote")
        self._clear = self._button("clearPatterns", self.tr("&Clear"))
        self._clear.setEnabled(False)
        self._clear.clicked.connect(lambda: self.clear_patterns_requested.emit())
        self._group(
            self.tr("Finished patterns"),
            self._line(self.tr("At most on the dis&k"), self._limit, self._clear),
            self._patterns_note,
        )
        self._forget = self._button("forgetRecent", self.tr("Forget &recent networks and pictures"))
        self._forget.clicked.connect(self._on_forget_clicked)
        self._distrust = self._button("forgetTrusted", self.tr("Forget &trusted files"))
        self._distrust.setToolTip(self.tr("Networks that hold programs ask again before they are opened"))
        self._distrust.clicked.connect(self._on_distrust_clicked)
        self._group(self.tr("Remembered"), self._row(self._forget, self._distrust))
        self._log_note = self._note("logNote")
        log = self._button("showLog", self.tr("Show &log"))
        log.clicked.connect(lambda: self.log_requested.emit())
        self._group(self.tr("Log"), self._log_note, self._row(log))
        self._layout.addSpacing(8)
        self._layout.addWidget(self._make_close())

    def sizeHint(self) -> QSize:
        """Wide enough for its sentences to stay on one line in most cases."""
        return QSize(max(super().sizeHint().width(), 500), super().sizeHint().height())

    def show_preferences(self, preferences: Preferences) -> None:
        """Shows what holds, without emitting anything."""
        self._shown = None
        self._goes_on.setChecked(preferences.goes_on)
        machine = preferences.machine_memory
        self._memory.setRange(
            preferences.least_memory / _GIGABYTE, max(machine, preferences.least_memory) / _GIGABYTE
        )
        self._memory.setValue(preferences.memory_budget / _GIGABYTE)
        said = self.tr("This machine has {total}. By default the engine may take {share}.")
        self._memory_note.setText(said.format(total=size_text(machine), share=size_text(preferences.default_memory)))
        self._limit.setValue(preferences.pattern_limit / _GIGABYTE)
        self._log_note.setText(preferences.log_folder)
        self._shown = preferences
        self._allow()

    def show_patterns(self, text: str, *, can_clear: bool) -> None:
        """Says what the finished patterns on the disk take, and whether there are any to clear."""
        self._patterns_note.setText(text)
        self._clear.setEnabled(can_clear)

    def _make_close(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        # The style's own cross is black, in the dark too.
        close.setIcon(QIcon())
        # Return ends what is typed into a field, and not the dialog.
        close.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        return buttons

    def _group(self, title: str, *parts: QWidget) -> None:
        heading = QLabel(title)
        set_weight(heading, QFont.Weight.DemiBold)
        if self._layout.count():
            self._layout.addSpacing(12)
        self._layout.addWidget(heading)
        body = QVBoxLayout()
        body.setContentsMargins(_INDENT, 2, 0, 0)
        body.setSpacing(4)
        for part in parts:
            body.addWidget(part)
        self._layout.addLayout(body)

    def _gigabytes(self, name: str, heard: str) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setObjectName(name)
        field.setAccessibleName(heard)
        field.setSuffix(" GB")
        field.setDecimals(1)
        field.setSingleStep(0.5)
        field.setMaximum(1000.0)
        field.setMinimumWidth(110)
        # Not while it is typed: 1 on the way to 16 is no choice.
        field.setKeyboardTracking(False)
        field.valueChanged.connect(self._on_changed)
        return field

    def _note(self, name: str) -> WrappedLabel:
        note = WrappedLabel(name)
        dim(note)
        return note

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _line(self, label: str, field: QWidget, button: QWidget) -> QWidget:
        caption = QLabel(label)
        caption.setBuddy(field)
        caption.setMinimumWidth(170)
        return self._row(caption, field, button)

    def _row(self, *parts: QWidget) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        return row

    def _allow(self) -> None:
        shown = self._shown
        self._default.setEnabled(shown is not None and shown.memory_budget != shown.default_memory)
        self._forget.setEnabled(shown is not None and shown.has_recent)
        self._distrust.setEnabled(shown is not None and shown.has_trusted)

    @Slot()
    def _on_changed(self) -> None:
        if self._shown is None:
            return
        memory = self._shown.memory_budget
        # What is shown is rounded: an amount that was not touched stays as it is.
        if self._memory.text() != self._memory.textFromValue(memory / _GIGABYTE) + self._memory.suffix():
            memory = round(self._memory.value() * _GIGABYTE)
        self._shown = self._shown.choosing(
            goes_on=self._goes_on.isChecked(),
            memory_budget=memory,
            pattern_limit=round(self._limit.value() * _GIGABYTE),
        )
        self._allow()
        self.changed.emit(self._shown)

    @Slot()
    def _on_default_clicked(self) -> None:
        if self._shown is not None:
            self.show_preferences(self._shown.choosing(memory_budget=self._shown.default_memory))
            self.changed.emit(self._shown)

    @Slot()
    def _on_forget_clicked(self) -> None:
        self._forget_all(has_recent=False)
        self.forget_recent_requested.emit()

    @Slot()
    def _on_distrust_clicked(self) -> None:
        self._forget_all(has_trusted=False)
        self.forget_trusted_requested.emit()

    def _forget_all(self, **has: bool) -> None:
        if self._shown is not None:
            self._shown = self._shown.choosing(**has)
        self._allow()

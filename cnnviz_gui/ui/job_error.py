"""What went wrong, in words, with what can be done about it at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from cnnviz_gui.core.remedies import RemedyKind
from cnnviz_gui.session.wording import words
from cnnviz_gui.ui.details_dialog import DetailsDialog
from cnnviz_gui.ui.icons import IconTone, icon
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from cnnviz_gui.core.remedies import Remedy

_SIGN = 16
_ICONS = {
    RemedyKind.OPEN: "network",
    RemedyKind.CLASSES: "code",
    RemedyKind.ARCHITECTURE: "network",
    RemedyKind.WEIGHTS: "open",
    RemedyKind.TRUST: "trust",
}


@dataclass(frozen=True)
class ShownError:
    """An error in words.

    Args:
        what: What went wrong.
        hint: What to do about it, or empty.
        details: Technical text.
        remedies: What can be done at once.
    """

    what: str
    hint: str
    details: str
    remedies: tuple[Remedy, ...] = ()


class ErrorRow(QFrame):
    """The newest error that is still true, with its remedies, *Details* and a cross to dismiss it.

    Errors are kept by the slot that they came from. One that is dismissed, or whose slot does well again, goes, and
    the one before it is seen again.
    """

    remedy_chosen = Signal(object)
    """Remedy"""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("jobError")
        self.setProperty("ground", "danger")
        self._errors: dict[str, ShownError] = {}
        self._buttons: list[QPushButton] = []
        self._what = WrappedLabel("jobErrorText")
        details = tool_button("jobErrorDetails", "details", self.tr("Show the technical details of this error"))
        details.setText(self.tr("Details"))
        details.clicked.connect(self._on_details_clicked)
        dismiss = tool_button("jobErrorDismiss", "close", self.tr("Dismiss this error"))
        dismiss.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        dismiss.clicked.connect(self._on_dismiss_clicked)
        self._remedies = QHBoxLayout()
        self._remedies.setSpacing(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 4, 3)
        row.setSpacing(8)
        row.addWidget(Sign("error", "danger"))
        row.addWidget(self._what, 1)
        row.addLayout(self._remedies)
        row.addWidget(details)
        row.addWidget(dismiss)
        self.hide()

    def show_error(self, slot: str, error: ShownError) -> None:
        """Shows an error; another one of the same slot goes for it."""
        self._errors.pop(slot, None)
        self._errors[slot] = error
        self._show_newest()

    def clear(self, slot: str) -> None:
        """Takes the error of a slot away."""
        if self._errors.pop(slot, None) is not None:
            self._show_newest()

    def clear_all(self) -> None:
        """Takes every error away."""
        self._errors.clear()
        self._show_newest()

    def _show_newest(self) -> None:
        for button in self._buttons:
            self._remedies.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        if not self._errors:
            self.hide()
            return
        error = list(self._errors.values())[-1]
        text = " ".join(part for part in (error.what, error.hint) if part)
        self._what.setText(text)
        self._what.setAccessibleName(text)
        for place, remedy in enumerate(error.remedies):
            button = self._make_button(place, remedy)
            self._buttons.append(button)
            self._remedies.addWidget(button)
        self.show()

    def _make_button(self, place: int, remedy: Remedy) -> QPushButton:
        text = words(remedy.label)
        button = QPushButton(icon(_ICONS[remedy.kind]), text)
        button.setObjectName(f"jobErrorRemedy{place}")
        button.setAccessibleName(text)
        button.clicked.connect(lambda: self.remedy_chosen.emit(remedy))
        return button

    @Slot()
    def _on_details_clicked(self) -> None:
        error = list(self._errors.values())[-1]
        DetailsDialog(error.what, error.hint, error.details, self.window()).show()

    @Slot()
    def _on_dismiss_clicked(self) -> None:
        seen = list(self._errors.values())[-1]
        # One mishap may have ended several jobs; what was read once need not be dismissed twice.
        self._errors = {slot: error for slot, error in self._errors.items() if error != seen}
        self._show_newest()


class Sign(QWidget):
    """A small icon that is painted anew with every theme, which a label's pixmap is not."""

    def __init__(self, icon_name: str, tone: IconTone) -> None:
        super().__init__()
        self._icon = icon(icon_name, tone)
        self.setFixedSize(_SIGN, _SIGN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The icon alone."""
        self._icon.paint(QPainter(self), self.rect())


def tool_button(name: str, icon_name: str, tip: str) -> QToolButton:
    """A small button with an icon and, if it gets one, a text."""
    button = QToolButton()
    button.setObjectName(name)
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(14, 14))
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button

"""What is climbed: one of the common objectives from a list, or any that is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from cnnviz_gui.ui.theme import dim, mark
from cnnviz_gui.ui.wrapped_label import WrappedLabel

TYPED = ""


class ObjectiveField(QWidget):
    """A list of common objectives above the text that they stand for; the text may be any.

    ``changed`` is emitted when a person changed the text, whether or not it is an objective.
    """

    changed = Signal()

    def __init__(self, text: QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = self._make_kinds()
        self._text = text
        text.textEdited.connect(self._on_edited)
        self.problem = WrappedLabel("patternObjectiveProblem")
        """Says what is wrong with the text."""
        self.problem.setProperty("tone", "danger")
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for caption, field in ((self.tr("Objective"), self._kinds), (self.tr("Formula"), text)):
            label = QLabel(caption)
            label.setBuddy(field)
            label.setToolTip(field.toolTip())
            dim(label)
            label.setContentsMargins(0, 5 if layout.count() else 0, 0, 0)
            layout.addWidget(label)
            layout.addWidget(field)
        layout.addWidget(self.problem)

    def show_kind(self) -> None:
        """Chooses in the list what the text says."""
        self._kinds.setCurrentIndex(max(0, self._kinds.findData(self._text.text().strip())))

    def show_problem(self, problem: str) -> None:
        """Marks the text and says what is wrong with it; nothing when empty."""
        mark(self._text, "invalid", bool(problem))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    def _make_kinds(self) -> QComboBox:
        kinds = QComboBox()
        kinds.setObjectName("objectiveKind")
        kinds.setAccessibleName(self.tr("Kind of objective"))
        kinds.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        kinds.setMinimumContentsLength(6)
        kinds.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        choices = (
            (self.tr("As typed below"), TYPED),
            (self.tr("Each channel"), "channel"),
            (self.tr("Each channel's opposite"), "-channel"),
            (self.tr("Each channel's centre"), "position"),
            (self.tr("The whole layer"), "layer"),
            (self.tr("Classes"), "class"),
            (self.tr("A random direction"), "direction(0)"),
            (self.tr("Likeness to the picture"), "caricature"),
            (self.tr("One channel, several ways"), "channel(0) + diversity(100)"),
        )
        for title, text in choices:
            kinds.addItem(title, text)
        kinds.activated.connect(self._on_kind_activated)
        return kinds

    @Slot(int)
    def _on_kind_activated(self, index: int) -> None:
        text = str(self._kinds.itemData(index))
        if text == TYPED:
            self._text.setFocus()
            return
        self._text.setText(text)
        self.changed.emit()

    @Slot(str)
    def _on_edited(self, _text: str) -> None:
        self.show_kind()
        self.changed.emit()

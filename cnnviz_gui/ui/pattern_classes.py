"""Finding classes by a part of their name while they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

MOST_OFFERED = 12


class ClassCompleter(QCompleter):
    """Completes the last of several names that are separated by semicolons; any part of a name finds it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(MOST_OFFERED)

    def splitPath(self, path: str) -> list[str]:
        """What is looked for: what stands behind the last semicolon."""
        return [path.rpartition(";")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole text with the class that was taken."""
        field = self.widget()
        before = field.text().rpartition(";")[0] if isinstance(field, QLineEdit) else ""
        name = super().pathFromIndex(index)
        return f"{before.strip()}; {name}" if before.strip() else name

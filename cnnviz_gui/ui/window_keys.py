"""The window's shortcuts, which a field of text must not swallow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QLineEdit

_EDITING = (
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
    QKeySequence.StandardKey.MoveToNextWord,
    QKeySequence.StandardKey.MoveToPreviousWord,
)


class WindowKeys(QObject):
    """Lets shortcuts of the window act while the cursor is in a field, except those that people edit with.

    On Linux, Qt's fields take Ctrl+E and Ctrl+K for themselves, as Emacs does.

    Args:
        shortcuts: Of the window, as in `QKeySequence`'s portable text.
        fields: The fields.
        parent: The owner.
    """

    def __init__(self, shortcuts: Iterable[str], fields: Iterable[QLineEdit], parent: QObject) -> None:
        super().__init__(parent)
        editing = [keys for standard in _EDITING for keys in QKeySequence.keyBindings(standard)]
        self._taken = [
            keys for keys in (QKeySequence(text) for text in shortcuts if "Ctrl+" in text) if keys not in editing
        ]
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tells the field that a key is not its own."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return super().eventFilter(watched, event)
        if QKeySequence(event.keyCombination()) in self._taken:
            event.ignore()
            return True
        return super().eventFilter(watched, event)

"""From a `Message` to words in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from cnnviz_gui.core.errors import Message

CONTEXT = "messages"
"""Translation context of every `message(...)` literal in the code."""


def words(text: Message) -> str:
    """Translates a message, and those among its values, and fills the values in; English without a translation."""
    if not text.source:
        return ""
    values = {name: words(value) if isinstance(value, Message) else value for name, value in text.values}
    return QCoreApplication.translate(CONTEXT, text.source).format(**values)

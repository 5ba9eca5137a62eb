"""From a `Message` to words in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from cnnviz_gui.core.errors import Message

CONTEXT = "messages"
"""Translation context of every `message(...)` literal in the code."""


def words(text: Message) -> str:
    """Translates a message and fills in its values; English where there is no translation."""
    return text.format(QCoreApplication.translate(CONTEXT, text.source)) if text.source else ""

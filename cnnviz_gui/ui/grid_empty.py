"""What stands where there is nothing to show: an icon and a sentence, quiet and centred."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.theme import dim


class EmptyState(QWidget):
    """A sentence under an icon, instead of a view that has nothing to show."""

    def __init__(self, name: str, icon_name: str, icon_size: int = 48) -> None:
        super().__init__()
        self.setObjectName(name)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._icon_name, self._icon_size = icon_name, icon_size
        self._sentence = QLabel()
        self._sentence.setObjectName(f"{name}_text")
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        dim(self._sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self._picture)
        column.addWidget(self._sentence)
        column.addStretch(3)

    def show_text(self, text: str) -> None:
        """Shows a sentence."""
        self._sentence.setText(text)
        self.setAccessibleName(text)
        self._draw_icon()

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._sentence.text()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icon again in the colours of another palette."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        self._picture.setPixmap(icon(self._icon_name, "dim").pixmap(self._icon_size, self._icon_size))

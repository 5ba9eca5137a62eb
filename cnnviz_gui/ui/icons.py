"""Icons: glyphs of QtAwesome's Phosphor font that take their colour from the palette while they are painted.

So an icon that was made once is right in light and dark, disabled, and on a selected row, without anyone
having to make it again when the theme changes.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Literal

import qtawesome
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap

from cnnviz_gui.resources import resource_path
from cnnviz_gui.ui.theme import tones_of

APP_ICON_SIZES = (16, 32, 48, 64, 128, 256)

ICONS = MappingProxyType(
    {
        "about": "info",
        "cancel": "x",
        "close": "x",
        "code": "code",
        "collapse": "caret-down",
        "copy": "copy",
        "details": "list-bullets",
        "dice": "dice-five",
        "enlarge": "arrows-out",
        "error": "warning-circle-fill",
        "expand": "caret-right",
        "export": "export",
        "fit": "frame-corners",
        "folder": "folder-simple",
        "generate": "play-fill",
        "help": "question",
        "info": "info",
        "memory": "cpu",
        "menu": "dots-three-vertical",
        "network": "tree-structure",
        "open": "folder-open",
        "parameters": "sliders-horizontal",
        "paste": "clipboard",
        "pattern": "sparkle",
        "picture": "image",
        "pin": "push-pin",
        "queue": "queue",
        "redo": "arrow-u-up-right",
        "sample": "image-square",
        "save": "floppy-disk",
        "search": "magnifying-glass",
        "settings": "gear-six",
        "sort": "sort-ascending",
        "stop": "stop-fill",
        "success": "check-circle",
        "trust": "shield-check",
        "undo": "arrow-u-up-left",
        "warning": "warning",
        "zoom-in": "magnifying-glass-plus",
        "zoom-out": "magnifying-glass-minus",
        # Layers, by what they do.
        "block": "stack",
        "layer-activation": "activity",
        "layer-add": "plus-circle",
        "layer-concat": "git-merge",
        "layer-conv": "grid-four",
        "layer-dense": "dots-nine",
        "layer-depthwise": "stack-simple",
        "layer-dropout": "drop-half",
        "layer-flatten": "rows",
        "layer-input": "sign-in",
        "layer-multiply": "x-circle",
        "layer-norm": "scales",
        "layer-other": "cube",
        "layer-pad": "frame-corners",
        "layer-pool": "arrows-in",
        "layer-rescaling": "plus-minus",
        "layer-upsampling": "arrows-out",
    }
)
"""What an icon means, and the Phosphor glyph that shows it."""

IconTone = Literal["text", "dim", "accent", "danger", "warning", "success", "highlighted"]


class _GlyphEngine(QIconEngine):
    """Paints one glyph in a colour that it asks the palette for at that moment."""

    def __init__(self, glyph: str, tone: IconTone) -> None:
        super().__init__()
        self._glyph = glyph
        self._tone = tone

    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._glyph, self._tone)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        painter.setFont(qtawesome.font("ph", round(rect.height() * 0.94)))
        painter.setPen(_colour(self._tone, mode))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, qtawesome.charmap(f"ph.{self._glyph}"))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


def _colour(tone: IconTone, mode: QIcon.Mode) -> QColor:
    palette = QGuiApplication.palette()
    if mode == QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    if mode == QIcon.Mode.Selected or tone == "highlighted":
        return palette.color(QPalette.ColorRole.HighlightedText)
    if tone == "text":
        return palette.color(QPalette.ColorRole.Text)
    if tone == "dim":
        return palette.color(QPalette.ColorRole.PlaceholderText)
    return QColor(getattr(tones_of(palette), tone))


def icon(name: str, tone: IconTone = "text") -> QIcon:
    """Makes an icon that follows the theme by itself.

    Args:
        name: What it means, one of `ICONS`.
        tone: Which of the theme's colours it takes.

    Returns:
        The icon.

    Raises:
        KeyError: If there is no icon of that name.
    """
    return QIcon(_GlyphEngine(ICONS[name], tone))


@cache
def app_icon() -> QIcon:
    """The application's own icon, for the windows and the task bar."""
    made = QIcon()
    for size in APP_ICON_SIZES:
        made.addFile(str(resource_path("icons", f"cnnviz-gui-{size}.png")), QSize(size, size))
    return made

"""Our own light and dark: palettes for Fusion, and the few colours and rules that a palette has no role for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from cnnviz_gui.ui.theme_rules import RULES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ThemeChoice = Literal["system", "light", "dark"]

_ALL = (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled)


@dataclass(frozen=True)
class Tones:
    """Colours with a meaning that QPalette has no role for, as "#rrggbb".

    Args:
        accent: Lines and marks that should be seen first.
        danger: Text and marks of errors.
        danger_soft: Ground under an error.
        warning: Text and marks of warnings.
        warning_soft: Ground under a warning.
        success: Text and marks of success.
        outline: Hairlines between parts.
        hover: Ground of a control under the cursor.
        pressed: Ground of a control that is pressed or switched on.
        handle: Scroll bars' handles.
    """

    accent: str
    danger: str
    danger_soft: str
    warning: str
    warning_soft: str
    success: str
    outline: str
    hover: str
    pressed: str
    handle: str


LIGHT = Tones(
    accent="#2563c9",
    danger="#b3261e",
    danger_soft="#fbe9e7",
    warning="#7a4d00",
    warning_soft="#fdf1d6",
    success="#1e7a3c",
    outline="#d3d6da",
    hover="#e3e5e8",
    pressed="#d5d9de",
    handle="#b9bec5",
)
DARK = Tones(
    accent="#5d9bf5",
    danger="#ff8f85",
    danger_soft="#43282a",
    warning="#f0c36a",
    warning_soft="#3b3325",
    success="#74c98d",
    outline="#3c4045",
    hover="#373b40",
    pressed="#42474d",
    handle="#555b63",
)

FIELD_WINDOW = "#777d86"
"""Fusion draws the outline of a field in this colour, made darker by 1.4."""

_ROLES = QPalette.ColorRole
_LIGHT_ROLES = {
    _ROLES.Window: "#f1f2f4",
    _ROLES.WindowText: "#1d2126",
    _ROLES.Base: "#ffffff",
    _ROLES.AlternateBase: "#f7f8f9",
    _ROLES.Text: "#1d2126",
    _ROLES.Button: "#f8f9fa",
    _ROLES.ButtonText: "#1d2126",
    _ROLES.BrightText: "#ffffff",
    _ROLES.PlaceholderText: "#646b74",
    _ROLES.ToolTipBase: "#ffffff",
    _ROLES.ToolTipText: "#1d2126",
    _ROLES.Highlight: "#2563c9",
    _ROLES.HighlightedText: "#ffffff",
    _ROLES.Accent: "#2563c9",
    _ROLES.Link: "#1f5fc4",
    _ROLES.LinkVisited: "#6b4fa8",
    _ROLES.Light: "#ffffff",
    _ROLES.Midlight: "#e6e8eb",
    _ROLES.Mid: "#c3c7cc",
    _ROLES.Dark: "#a2a7ae",
    _ROLES.Shadow: "#7d838b",
}
_LIGHT_DISABLED = {
    _ROLES.WindowText: "#9aa0a8",
    _ROLES.Text: "#9aa0a8",
    _ROLES.ButtonText: "#9aa0a8",
    _ROLES.PlaceholderText: "#b4b9c0",
    _ROLES.Base: "#f1f2f4",
    _ROLES.Highlight: "#c9ced5",
    _ROLES.HighlightedText: "#5f666e",
    _ROLES.Accent: "#b9c0c9",
}
_DARK_ROLES = {
    _ROLES.Window: "#26292c",
    _ROLES.WindowText: "#e2e5e9",
    _ROLES.Base: "#1c1e21",
    _ROLES.AlternateBase: "#222528",
    _ROLES.Text: "#e2e5e9",
    _ROLES.Button: "#34383c",
    _ROLES.ButtonText: "#e2e5e9",
    _ROLES.BrightText: "#ffffff",
    _ROLES.PlaceholderText: "#979da6",
    _ROLES.ToolTipBase: "#3a3e43",
    _ROLES.ToolTipText: "#eceef1",
    _ROLES.Highlight: "#2f66bd",
    _ROLES.HighlightedText: "#ffffff",
    _ROLES.Accent: "#4a8af0",
    _ROLES.Link: "#7fb2ff",
    _ROLES.LinkVisited: "#b79df0",
    _ROLES.Light: "#4a4f55",
    _ROLES.Midlight: "#3e4247",
    _ROLES.Mid: "#33373b",
    _ROLES.Dark: "#17191b",
    _ROLES.Shadow: "#0e0f10",
}
_DARK_DISABLED = {
    _ROLES.WindowText: "#6c727a",
    _ROLES.Text: "#6c727a",
    _ROLES.ButtonText: "#6c727a",
    _ROLES.PlaceholderText: "#565b62",
    _ROLES.Base: "#232629",
    _ROLES.Highlight: "#41464c",
    _ROLES.HighlightedText: "#a5abb3",
    _ROLES.Accent: "#4b5158",
}


def palette_of(*, dark: bool) -> QPalette:
    """Makes the light or the dark palette; every role is set in every group."""
    palette = QPalette()
    for role, colour in (_DARK_ROLES if dark else _LIGHT_ROLES).items():
        for group in _ALL:
            palette.setColor(group, role, QColor(colour))
    for role, colour in (_DARK_DISABLED if dark else _LIGHT_DISABLED).items():
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colour))
    return palette


def is_dark(palette: QPalette) -> bool:
    """Whether a palette draws light on dark."""
    return palette.window().color().lightness() < palette.windowText().color().lightness()


def tones_of(palette: QPalette) -> Tones:
    """The colours with a meaning that go with a palette."""
    return DARK if is_dark(palette) else LIGHT


def mark(widget: QWidget, name: str, value: object) -> None:
    """Sets a property that the stylesheet looks at ("invalid", "tone", "primary"), and styles the widget anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def dim(widget: QWidget) -> None:
    """Turns a label's text secondary: the placeholder's colour, whatever the theme."""
    widget.setForegroundRole(QPalette.ColorRole.PlaceholderText)


def set_weight(widget: QWidget, weight: QFont.Weight) -> None:
    """Sets the weight of a widget's font and nothing else of it."""
    font = widget.font()
    font.setWeight(weight)
    widget.setFont(font)


_FIELDS = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QPlainTextEdit")


def _field_palette(palette: QPalette) -> QPalette:
    """The palette of fields: in the dark, Fusion's outline, which is darker than the window, could not be seen."""
    fields = QPalette(palette)
    if is_dark(palette):
        fields.setColor(QPalette.ColorRole.Window, QColor(FIELD_WINDOW))
    return fields


def stylesheet_of(palette: QPalette) -> str:
    """The rules for what a palette does not reach: dock titles, slim scroll bars, tool buttons, marked widgets."""
    tones = tones_of(palette)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    return RULES.format(
        **vars(tones),
        window=palette.window().color().name(),
        base=palette.base().color().name(),
        text=palette.text().color().name(),
        tip=palette.toolTipBase().color().name(),
        tip_text=palette.toolTipText().color().name(),
        placeholder=palette.placeholderText().color().name(),
        highlight=palette.highlight().color().name(),
        highlighted=palette.highlightedText().color().name(),
        disabled=disabled.name(),
    )


class Theme(QObject):
    """The application's theme; one a `QApplication`, and its child.

    It applies the chosen palette. While the choice is "system" it follows the desktop between light and dark,
    and on a desktop that does not say which it is, it is light.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: ThemeChoice = "system"
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_colour_scheme_changed)

    def choose(self, choice: ThemeChoice) -> None:
        """Applies a choice."""
        self._choice = choice
        hints = self._app.styleHints()
        # Native title bars and file dialogs follow this where the platform can; our own palette does not need it.
        if choice == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if choice == "dark" else Qt.ColorScheme.Light)
        self._apply()

    @Slot()
    def _on_colour_scheme_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        system_is_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        palette = palette_of(dark=system_is_dark if self._choice == "system" else self._choice == "dark")
        stylesheet = stylesheet_of(palette)
        if self._app.palette() != palette:
            self._app.setPalette(palette)
            for kind in _FIELDS:
                # PySide6 takes a str, whatever its types say, and no bytes.
                QApplication.setPalette(_field_palette(palette), kind)  # type: ignore[arg-type]
        if self._app.styleSheet() != stylesheet:
            self._app.setStyleSheet(stylesheet)


def apply_theme(app: QApplication, choice: ThemeChoice) -> None:
    """Gives the application its look.

    Args:
        app: The application.
        choice: "light", "dark", or "system" to follow the desktop from now on.
    """
    theme = app.findChild(Theme)
    (theme if isinstance(theme, Theme) else Theme(app)).choose(choice)

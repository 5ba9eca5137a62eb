"""Our own light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cnnviz_gui.ui import theme
from cnnviz_gui.ui.theme import Theme, apply_theme, is_dark, mark, palette_of, stylesheet_of, tones_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, which afterwards looks as before, for the other tests' sake."""
    palette, style = QPalette(qapp.palette()), qapp.style().objectName()
    yield qapp
    for left in qapp.findChildren(Theme):
        shiboken6.delete(left)
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet("")
    qapp.setStyle(style)
    qapp.setPalette(palette)


@pytest.mark.parametrize("choice", ["light", "dark"])
@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QComboBox])
def test_the_outline_of_a_field_can_be_seen(
    app: QApplication, qtbot: QtBot, choice: theme.ThemeChoice, kind: type[QWidget]
) -> None:
    apply_theme(app, choice)
    around = QWidget()
    qtbot.addWidget(around)
    layout = QVBoxLayout(around)
    field = kind()
    layout.addWidget(field)
    layout.addWidget(QPushButton())
    with qtbot.waitExposed(around):
        around.show()
    around.setFocus()
    image = around.grab().toImage()
    place, ratio = field.geometry(), image.devicePixelRatio()
    column = [
        image.pixelColor(round((place.left() + 12) * ratio), round(y * ratio)).lightness()
        for y in range(place.top() - 4, place.top() + 8)
    ]
    ground, inside = column[0], column[-1]
    edge = max(column, key=lambda light: min(abs(light - ground), abs(light - inside)))
    assert min(abs(edge - ground), abs(edge - inside)) >= 20, column


def test_buttons_of_dialogs_have_no_icons_of_the_style_which_are_dark_in_the_dark(
    app: QApplication, qtbot: QtBot
) -> None:
    apply_theme(app, "dark")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    box.show()
    assert all(button.icon().isNull() for button in box.buttons())


def _luminance(palette: QPalette, role: QPalette.ColorRole, group: QPalette.ColorGroup) -> float:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    colour = palette.color(group, role)
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


@pytest.mark.parametrize("dark", [False, True])
def test_every_role_is_set_in_every_group(dark: bool) -> None:
    palette = palette_of(dark=dark)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
        for role in QPalette.ColorRole:
            if role not in (QPalette.ColorRole.NColorRoles, QPalette.ColorRole.NoRole):
                assert palette.isBrushSet(group, role), f"{role} is not set in {group}"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("WindowText", "Window"),
        ("Text", "Base"),
        ("ButtonText", "Button"),
        ("HighlightedText", "Highlight"),
        ("ToolTipText", "ToolTipBase"),
        ("PlaceholderText", "Base"),
        ("PlaceholderText", "Window"),
        ("Link", "Base"),
    ],
)
def test_text_can_be_read(dark: bool, text: str, ground: str) -> None:
    palette, active = palette_of(dark=dark), QPalette.ColorGroup.Active
    pair = [_luminance(palette, getattr(QPalette.ColorRole, role), active) for role in (text, ground)]
    assert (max(pair) + 0.05) / (min(pair) + 0.05) >= 4.5, "WCAG 2.2, level AA"


def test_dark_and_light_are_applied(app: QApplication) -> None:
    apply_theme(app, "dark")
    assert is_dark(app.palette())
    assert tones_of(app.palette()) is theme.DARK
    apply_theme(app, "light")
    assert not is_dark(app.palette())
    assert app.styleSheet() == stylesheet_of(palette_of(dark=False))


def test_the_application_has_one_theme(app: QApplication) -> None:
    apply_theme(app, "dark")
    apply_theme(app, "light")
    assert len(app.findChildren(Theme)) == 1


def test_system_follows_the_desktop(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    apply_theme(app, "system")
    hints = app.styleHints()
    scheme = Qt.ColorScheme.Dark
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: scheme)
    hints.colorSchemeChanged.emit(scheme)
    assert is_dark(app.palette())
    scheme = Qt.ColorScheme.Light
    hints.colorSchemeChanged.emit(scheme)
    assert not is_dark(app.palette())


def test_a_choice_does_not_follow_the_desktop(app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    apply_theme(app, "light")
    hints = app.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda _: Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert not is_dark(app.palette())


def test_a_mark_changes_the_look(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, "light")
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.show()
    mark(edit, "invalid", True)
    assert edit.grab().toImage().pixelColor(edit.width() // 2, 0).red() > 150
    label = QLabel("wrong")
    qtbot.addWidget(label)
    mark(label, "tone", "danger")
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == theme.LIGHT.danger

"""Icons that follow the theme by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QIcon, QPalette

from cnnviz_gui.ui.icons import APP_ICON_SIZES, ICONS, app_icon, icon
from cnnviz_gui.ui.theme import palette_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> Iterator[None]:
    before = QPalette(qapp.palette())
    qapp.setPalette(palette_of(dark=False))
    yield
    qapp.setPalette(before)


def _ink(made: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QColor:
    """Colour of the most opaque pixel."""
    image = made.pixmap(32, mode).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(pixels, key=QColor.alpha)


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_has_ink(name: str) -> None:
    assert _ink(icon(name)).alpha() > 150


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(KeyError):
        icon("unheard-of")


def test_an_icon_changes_with_the_theme(qapp: QApplication) -> None:
    made = icon("generate")
    assert _ink(made).lightness() < 80
    qapp.setPalette(palette_of(dark=True))
    assert _ink(made).lightness() > 180


def test_a_disabled_icon_is_pale(qapp: QApplication) -> None:
    wanted = qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert abs(_ink(icon("generate"), QIcon.Mode.Disabled).lightness() - wanted.lightness()) < 20


def test_a_copy_of_an_icon_still_paints() -> None:
    original = icon("stop")
    copy = QIcon(original)
    copy.addFile("")
    del original
    assert _ink(copy).alpha() > 150


def test_the_applications_icon_has_every_size() -> None:
    assert [size.width() for size in app_icon().availableSizes()] == list(APP_ICON_SIZES)

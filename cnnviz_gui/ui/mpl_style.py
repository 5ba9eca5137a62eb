"""Colours and fonts for Matplotlib, and for what is painted beside it, from a widget's palette and font."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from PySide6.QtWidgets import QWidget

CJK_FAMILIES = (
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "SimHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
"""Families with Chinese characters on macOS, Windows and Linux; those that are not installed are left out."""

SURE_FAMILY = "DejaVu Sans"
"""Ships with Matplotlib."""


@dataclass(frozen=True)
class Style:
    """What a figure looks like beside the widgets of a window; colours are "#rrggbb".

    Args:
        background: Around the axes: the window's colour.
        base: Inside the axes: the colour of lists and fields.
        text: Of words and figures.
        muted: Of what is less important.
        line: Of frames and tick marks.
        families: Fonts that are installed, in the order in which a character is looked for.
        size: Font size in points.
    """

    background: str
    base: str
    text: str
    muted: str
    line: str
    families: tuple[str, ...]
    size: float


def mix(color: QColor, other: QColor, share: float) -> QColor:
    """A colour between two, ``share`` (0..1) of the way to the other one; opaque."""
    keep = 1 - share
    return QColor.fromRgbF(
        color.redF() * keep + other.redF() * share,
        color.greenF() * keep + other.greenF() * share,
        color.blueF() * keep + other.blueF() * share,
    )


def muted_text(palette: QPalette) -> QColor:
    """The colour of words that are less important, readable in a dark and a light palette."""
    return mix(palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window), 0.35)


def frame_line(palette: QPalette) -> QColor:
    """The colour of a quiet line between a view and the window."""
    return mix(palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window), 0.72)


def small_font(font: QFont) -> QFont:
    """The font of numbers beside a picture."""
    small = QFont(font)
    if font.pointSizeF() > 0:
        small.setPointSizeF(max(font.pointSizeF() * 0.86, 6.0))
    else:
        small.setPixelSize(max(round(font.pixelSize() * 0.86), 8))
    return small


def style_of(widget: QWidget) -> Style:
    """The style that fits a widget's palette and font."""
    palette, font = widget.palette(), widget.font()
    points = font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() * 72 / widget.logicalDpiY()
    return Style(
        background=palette.color(QPalette.ColorRole.Window).name(),
        base=palette.color(QPalette.ColorRole.Base).name(),
        text=palette.color(QPalette.ColorRole.WindowText).name(),
        muted=muted_text(palette).name(),
        line=frame_line(palette).name(),
        families=installed_families(font),
        size=max(points * 0.9, 6.0),
    )


def installed_families(font: QFont) -> tuple[str, ...]:
    """The font's family, then ones with Chinese characters, as far as Matplotlib can find them."""
    known = _known_families()
    wanted = (QFontInfo(font).family(), *CJK_FAMILIES)
    # DejaVu Sans goes before the Chinese ones when the window's own font is unknown: they are wide in Latin.
    found = [family for family in dict.fromkeys(wanted) if family in known]
    place = 1 if found and found[0] == wanted[0] else 0
    return tuple(dict.fromkeys([*found[:place], SURE_FAMILY, *found[place:]]))


@functools.cache
def _known_families() -> frozenset[str]:
    from matplotlib.font_manager import fontManager

    return frozenset(fontManager.get_font_names())


def apply_style(axes: Axes, style: Style) -> None:
    """Gives axes, their ticks and labels, and the figure around them a style."""
    if axes.figure is not None:
        axes.figure.set_facecolor(style.background)
    axes.set_facecolor(style.base)
    for spine in axes.spines.values():
        spine.set_edgecolor(style.line)
        spine.set_linewidth(0.8)
    axes.tick_params(colors=style.line, labelcolor=style.text, labelsize=style.size, width=0.8, length=3, pad=3)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontfamily(list(style.families))
    for text in (axes.xaxis.label, axes.yaxis.label, axes.title):
        text.set_color(style.muted if text is not axes.title else style.text)
        text.set_fontfamily(list(style.families))
        text.set_fontsize(style.size)

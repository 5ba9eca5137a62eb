"""Lines that wrap are never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_layout_under_pressure_leaves_every_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label, other = WrappedLabel("line"), QWidget()
    layout = QVBoxLayout(holder)
    layout.addWidget(label)
    layout.addWidget(other, 1)
    other.setMinimumHeight(100)
    label.setText("Some words that need more than one line where there is little room. " * 3)
    holder.resize(400, 120)
    with qtbot.waitExposed(holder):
        holder.show()
    for width in (400, 180):
        holder.resize(width, 120)
        qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()) > label.fontMetrics().height())


def test_an_empty_line_is_one_line_high(qtbot: QtBot) -> None:
    label = WrappedLabel("line")
    qtbot.addWidget(label)
    label.setText("")
    assert label.minimumHeight() == label.fontMetrics().height()
    assert label.textFormat().name == "PlainText"

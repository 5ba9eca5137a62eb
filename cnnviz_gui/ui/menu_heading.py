"""A line in a menu that says what it is about."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QMenu, QWidgetAction

from cnnviz_gui.ui.theme import set_weight


def menu_heading(text: str, menu: QMenu) -> QWidgetAction:
    """Says what a menu is about. A section of Qt's sits on the menu's upper edge."""
    label = QLabel(text)
    label.setContentsMargins(10, 6, 10, 4)
    set_weight(label, QFont.Weight.DemiBold)
    heading = QWidgetAction(menu)
    heading.setText(text)
    heading.setDefaultWidget(label)
    heading.setEnabled(False)
    return heading

"""What a palette does not reach, as a Qt style sheet; `theme.stylesheet_of` puts the colours in."""

from __future__ import annotations

RULES = """
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolTip {{ background: {tip}; color: {tip_text}; border: 1px solid {outline}; padding: 3px 5px; }}
QDockWidget::title {{ background: {window}; padding: 6px 8px; text-align: left; }}
QFrame#patternLine {{ background: {outline}; min-height: 1px; max-height: 1px; border: none; }}
QMainWindow::separator {{ background: {outline}; width: 1px; height: 1px; margin: 2px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QTreeView QScrollBar, QPlainTextEdit QScrollBar {{ background: {base}; }}
QScrollBar::handle {{ background: {handle}; border-radius: 3px; margin: 2px 3px; }}
QScrollBar::handle:hover {{ background: {placeholder}; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; margin: 3px 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 3px; background: transparent; }}
QToolButton:hover, QToolButton:open {{ background: {hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {pressed}; }}
QToolButton:focus {{ border-color: {accent}; }}
QToolButton[popupMode="2"]::menu-indicator {{ image: none; width: 0; }}
QToolButton[tight="true"] {{ padding: 0 2px; }}
QToolButton[disclosure="true"] {{ padding: 3px 4px 3px 0; }}
QToolButton[disclosure="true"]:checked {{ background: transparent; }}
QToolButton[disclosure="true"]:hover {{ background: {hover}; }}
QPushButton[primary="true"] {{
    background: {highlight}; color: {highlighted}; border: 1px solid {highlight};
    border-radius: 4px; padding: 4px 14px; font-weight: 600;
}}
QPushButton[primary="true"]:hover {{ background: {accent}; border-color: {accent}; }}
QPushButton[primary="true"]:focus {{ border: 1px solid {text}; }}
QPushButton[primary="true"]:disabled {{ background: {hover}; color: {disabled}; border-color: {hover}; }}
QLineEdit[invalid="true"] {{
    border: 1px solid {danger}; border-radius: 3px; padding: 2px 3px; background: {danger_soft};
}}
QComboBox[invalid="true"] {{ color: {danger}; }}
QCheckBox::indicator:unchecked:enabled {{ border: 1px solid {handle}; background: {base}; }}
QLabel[tone="danger"] {{ color: {danger}; }}
QLabel[tone="warning"] {{ color: {warning}; }}
QLabel[tone="success"] {{ color: {success}; }}
QFrame[ground="danger"] {{ background: {danger_soft}; border-radius: 4px; }}
QFrame[ground="warning"] {{ background: {warning_soft}; border-radius: 4px; }}
"""

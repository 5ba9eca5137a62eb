"""The preferences as a person works them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QLabel, QPushButton

from cnnviz_gui.session.preferences import Preferences
from cnnviz_gui.ui.preferences_dialog import PreferencesDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HOLDS = Preferences(
    goes_on=False,
    memory_budget=9_876_543_210,
    default_memory=10_080_000_000,
    least_memory=1_500_000_000,
    machine_memory=16_800_000_000,
    pattern_limit=1_000_000_000,
    has_recent=True,
    has_trusted=True,
    log_folder="/home/anna/.local/state/cnnviz-gui/log",
)


@pytest.fixture
def dialog(qtbot: QtBot) -> PreferencesDialog:
    """The preferences on the screen."""
    dialog = PreferencesDialog()
    qtbot.addWidget(dialog)
    dialog.show_preferences(HOLDS)
    dialog.show()
    return dialog


@pytest.fixture
def chosen(dialog: PreferencesDialog) -> list[Preferences]:
    """What was chosen."""
    found: list[Preferences] = []
    dialog.changed.connect(found.append)
    return found


def test_what_holds_is_shown(dialog: PreferencesDialog, chosen: list[Preferences]) -> None:
    assert not dialog.findChild(QCheckBox, "goesOn").isChecked()
    assert dialog.findChild(QDoubleSpinBox, "memoryBudget").text() == "9.9 GB"
    note = dialog.findChild(QLabel, "memoryNote").text()
    assert note == "This machine has 16.8 GB. By default the engine may take 10.1 GB."
    assert dialog.findChild(QLabel, "logNote").text() == HOLDS.log_folder
    dialog.show_patterns("3 patterns are kept: 1.2 MB.", can_clear=True)
    assert dialog.findChild(QLabel, "patternsNote").text() == "3 patterns are kept: 1.2 MB."
    assert chosen == []


def test_a_choice_holds_at_once_and_leaves_the_others_exactly_as_they_were(
    dialog: PreferencesDialog, chosen: list[Preferences]
) -> None:
    dialog.findChild(QCheckBox, "goesOn").click()
    assert chosen == [HOLDS.choosing(goes_on=True)]
    dialog.findChild(QDoubleSpinBox, "patternLimit").setValue(0)
    assert chosen[1:] == [HOLDS.choosing(goes_on=True, pattern_limit=0)]
    assert dialog.findChild(QDoubleSpinBox, "patternLimit").text() == "none"


def test_memory_is_chosen_when_it_has_been_typed(
    dialog: PreferencesDialog, chosen: list[Preferences], qtbot: QtBot
) -> None:
    field = dialog.findChild(QDoubleSpinBox, "memoryBudget")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "12.5")
    assert chosen == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen == [HOLDS.choosing(memory_budget=12_500_000_000)]


@pytest.mark.parametrize(("typed", "expected"), [(0.1, 1_500_000_000), (900.0, 16_800_000_000)])
def test_no_more_than_there_is_and_no_less_than_the_engine_needs(
    dialog: PreferencesDialog, chosen: list[Preferences], typed: float, expected: int
) -> None:
    dialog.findChild(QDoubleSpinBox, "memoryBudget").setValue(typed)
    assert [one.memory_budget for one in chosen] == [expected]


def test_the_default_can_be_had_back(dialog: PreferencesDialog, chosen: list[Preferences]) -> None:
    button = dialog.findChild(QPushButton, "defaultMemory")
    button.click()
    assert [one.memory_budget for one in chosen] == [HOLDS.default_memory]
    assert not button.isEnabled()


def test_there_is_nothing_to_clear_or_to_forget_where_nothing_is_kept(dialog: PreferencesDialog) -> None:
    clear = dialog.findChild(QPushButton, "clearPatterns")
    assert not clear.isEnabled()
    dialog.show_patterns("1 pattern is kept.", can_clear=True)
    assert clear.isEnabled()
    for name, kept in (("forgetRecent", "has_recent"), ("forgetTrusted", "has_trusted")):
        dialog.show_preferences(HOLDS)
        button = dialog.findChild(QPushButton, name)
        button.click()
        assert not button.isEnabled()
        dialog.findChild(QCheckBox, "goesOn").click()
        assert not button.isEnabled()
        dialog.show_preferences(HOLDS.choosing(**{kept: False}))
        assert not button.isEnabled()


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("clearPatterns", "clear_patterns_requested"),
        ("forgetRecent", "forget_recent_requested"),
        ("forgetTrusted", "forget_trusted_requested"),
        ("showLog", "log_requested"),
    ],
)
def test_buttons_say_what_was_asked(dialog: PreferencesDialog, qtbot: QtBot, button: str, signal: str) -> None:
    dialog.show_patterns("", can_clear=True)
    with qtbot.waitSignal(getattr(dialog, signal)):
        dialog.findChild(QPushButton, button).click()

"""Messages in the user's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from cnnviz_gui.core.errors import NO_MESSAGE, message
from cnnviz_gui.session.wording import CONTEXT, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


class Translator(QTranslator):
    """Knows one sentence."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Translates it, and nothing else."""
        known = (CONTEXT, "Saved {name}.")
        return "已保存 {name}。" if (context, source) == known else source

    def isEmpty(self) -> bool:
        """It is not."""
        return False


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    """Some Chinese is spoken."""
    translator = Translator()
    QCoreApplication.installTranslator(translator)
    yield
    QCoreApplication.removeTranslator(translator)


def test_a_message_without_a_translation_is_english_with_its_values() -> None:
    assert words(message("Saved {count} pictures in {folder}.", count=3, folder="out")) == "Saved 3 pictures in out."


def test_no_message_is_no_words() -> None:
    assert words(NO_MESSAGE) == ""


@pytest.mark.usefixtures("chinese")
def test_a_translation_is_filled_with_the_messages_values() -> None:
    assert words(message("Saved {name}.", name="grid.png")) == "已保存 grid.png。"


def test_braces_in_a_value_are_not_fields() -> None:
    assert words(message("Saved {name}.", name="{name}.png")) == "Saved {name}.png."


@pytest.mark.usefixtures("chinese")
def test_a_message_among_the_values_is_translated_too() -> None:
    said = words(message("{doing}: too much memory.", doing=message("Saved {name}.", name="a.png")))
    assert said == "已保存 a.png。: too much memory."

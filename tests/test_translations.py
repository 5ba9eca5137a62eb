"""The Chinese texts: all there, compiled, with the values and the keys of the English ones, and on the screen."""

from __future__ import annotations

import importlib.util
import re
import shutil
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator

from cnnviz_gui import resources

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
TS = ROOT / "resources" / "translations" / "cnnviz_zh_CN.ts"
CHINESE = re.compile("[\u4e00-\u9fff]")
WITHOUT_CHINESE = {
    # Names, formulas and figures, alike in both languages.
    "1:1",
    "Adam",
    "ImageNet",
    "L2",
    "DeepDream",
    "MACO",
    "{name}  {height} x {width} x {channels}",
    "tf (-1 .. 1)",
    "{percent} %",
    "{step} of {last}",
    "{width} x {height}",
    "{index}  {label}: {value:.4g}",
    "Down, Up",
}
MNEMONIC = re.compile(r"&(?!&)(.)")


@dataclass(frozen=True)
class Text:
    """One text of a .ts file; unfinished ones have no Chinese."""

    context: str
    english: str
    chinese: str

    def __str__(self) -> str:
        return f"{self.context}: {self.english[:40]}"


def texts(path: Path) -> list[Text]:
    """All texts of a .ts file."""
    found = []
    for context in ET.parse(path).getroot().iter("context"):
        for entry in context.iter("message"):
            translation = entry.find("translation")
            assert translation is not None
            chinese = "" if translation.get("type") == "unfinished" else translation.text or ""
            found.append(Text(context.findtext("name", ""), entry.findtext("source", ""), chinese))
    return found


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """The translators' tool."""
    path = ROOT / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations_tool", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fields(text: str) -> list[tuple[str, str, str]]:
    """Name, conversion and format of every value, sorted."""
    parts = Formatter().parse(text)
    return sorted({(name, conversion or "", form or "") for _, name, form, conversion in parts if name is not None})


# The translators' files


def test_every_text_of_the_code_has_a_finished_translation(tool: ModuleType, tmp_path: Path) -> None:
    shutil.copy(TS, tmp_path)
    tool.update("zh_CN", tmp_path)
    unfinished = [str(text) for text in texts(tmp_path / TS.name) if not text.chinese]
    assert unfinished == [], "run: packaging/translations.py update, translate, packaging/translations.py release"


def test_every_text_is_in_the_context_that_is_asked_at_run_time() -> None:
    # `tr` as a bare name is collected without its class, and never found again.
    assert [str(text) for text in texts(TS) if not text.context] == []


def test_the_messages_of_the_engine_are_collected(tool: ModuleType) -> None:
    found = tool.messages()
    assert "{network} has no layer called {name}." in found
    assert "Saved {name}." in found
    assert found == sorted(set(found))


def test_a_message_that_cannot_be_collected_is_refused(tool: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("said = message(text)\n")
    with pytest.raises(ValueError, match=r"code\.py:1: message\(\) takes a literal"):
        tool.messages(tmp_path)


def test_the_compiled_file_gives_every_translation_of_the_translators_file() -> None:
    translator = QTranslator()
    assert translator.load(str(resources.resource_path("translations") / "cnnviz_zh_CN.qm"))
    stale = [
        str(text) for text in texts(TS) if translator.translate(text.context, text.english) != (text.chinese or None)
    ]
    assert stale == [], "run: packaging/translations.py release"


# The Chinese texts


def test_the_values_of_a_text_are_those_of_the_english_one() -> None:
    assert [str(text) for text in texts(TS) if fields(text.english) != fields(text.chinese)] == []


def test_a_text_with_a_mnemonic_has_the_same_one_in_brackets() -> None:
    wrong = []
    for text in texts(TS):
        wanted = [f"(&{key.upper()})" for key in MNEMONIC.findall(text.english)]
        if ";;" not in text.english and re.findall(r"\(&\w\)|&(?!&)", text.chinese) != wanted:
            wrong.append(str(text))
    assert wrong == []


def test_a_text_keeps_its_markup_its_line_breaks_and_its_file_endings() -> None:
    def kept(text: str) -> list[str]:
        # "<32" and ">=512" are examples of a search, not tags.
        return sorted(re.findall(r"</?[a-z]\w*>|\n|;;|\*\.\w+|https?://|'[\w.]+\.\w+'", text))

    assert [str(text) for text in texts(TS) if kept(text.english) != kept(text.chinese)] == []


def test_a_text_that_leads_to_a_dialog_or_goes_on_says_so() -> None:
    def ellipsis(text: str) -> bool:
        return text.rstrip().endswith(("…", "..."))

    assert [str(text) for text in texts(TS) if ellipsis(text.english) != ellipsis(text.chinese)] == []


def test_every_text_is_chinese_but_names_and_figures() -> None:
    english = {text.english for text in texts(TS) if not CHINESE.search(text.chinese)}
    assert english - WITHOUT_CHINESE == set()


def test_no_text_has_the_punctuation_of_english_sentences() -> None:
    # Code in brackets, such as a shape, keeps its own.
    narrow = re.compile("[\u4e00-\u9fff][,;:!?](?!\\d)|[\u4e00-\u9fff]\\.(?![\\w.])")
    found = [str(text) for text in texts(TS) if narrow.search(re.sub(r"\([^)]*\)", "", text.chinese))]
    assert found == []

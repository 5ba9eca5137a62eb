"""The window in Simplified Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QSettings, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialogButtonBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QSpinBox,
    QTabBar,
    QWidget,
)

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.mosaic import Scale
from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.core.preprocessing import PREPROCESSINGS
from cnnviz_gui.resources import sample_photos
from cnnviz_gui.session.wording import words
from cnnviz_gui.settings import Settings
from cnnviz_gui.ui.dialogs import ApplicationDialog
from cnnviz_gui.ui.language import spoken, translate
from cnnviz_gui.ui.main_window import MainWindow
from cnnviz_gui.ui.mpl_style import CJK_FAMILIES, installed_families

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.requests import Grid

CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH_WORD = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(
    # What is called alike in every language: programs, optimizers, preprocessings, languages, layers and files.
    r"cnnviz-gui|Adam|MACO|DeepDream|ImageNet|"
    r"English|caffe|torch|block5c_add|channel_grid|A network|cat\.png|tabby cat|Ctrl\+|Shift\+|"
    r"ResNet\w*|keras:\w+|imagenet|qt_spinbox_\w+|ScrollLeft|ScrollRight"
)


@pytest.fixture
def chinese(qapp: QApplication, tmp_path: Path) -> Iterator[None]:
    """Chinese is spoken, as the settings say."""
    store = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    store.setValue("window/language", "zh_CN")
    before = set(qapp.findChildren(QTranslator))
    translate(qapp, Settings(store).language)
    installed = set(qapp.findChildren(QTranslator)) - before
    assert len([one for one in installed if not one.isEmpty()]) == 2, "Qt's own texts, and ours"
    yield
    for translator in installed:
        qapp.removeTranslator(translator)
        translator.setParent(None)


@pytest.fixture
def window(qtbot: QtBot, chinese: None) -> MainWindow:
    """The window on the screen, before anything is open."""
    window = MainWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def shown(widget: QWidget) -> dict[str, list[str]]:
    """Every text of a window by its kind, in sight or not: what it says, its tool tips and what a reader hears."""
    found: dict[str, list[str]] = {"text": [], "tip": [], "heard": []}
    for part in [widget, *widget.findChildren(QWidget)]:
        found["tip"].append(part.toolTip())
        found["heard"] += [part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, QLabel | QAbstractButton):
            found["text"].append(part.text())
        elif isinstance(part, QComboBox):
            # The colormaps are Matplotlib's.
            named = "viridis" in [part.itemText(row) for row in range(part.count())]
            found["text"] += [] if named else [part.itemText(row) for row in range(part.count())]
        elif isinstance(part, QLineEdit):
            found["text"].append(part.placeholderText())
        elif isinstance(part, QSpinBox):
            found["text"].append(part.specialValueText())
        elif isinstance(part, QTabBar):
            found["text"] += [part.tabText(tab) for tab in range(part.count())]
            found["tip"] += [part.tabToolTip(tab) for tab in range(part.count())]
        elif isinstance(part, QMenu | QDockWidget):
            found["text"].append(part.title() if isinstance(part, QMenu) else part.windowTitle())
    for action in widget.findChildren(QAction):
        found["text"].append(action.text())
    return found


def not_chinese(texts: list[str]) -> list[str]:
    """The texts with English words in them and nothing Chinese."""
    return [text for text in texts if ENGLISH_WORD.search(NAMES.sub("", text)) and not CHINESE.search(text)]


# Starting


def test_menus_and_docks_are_chinese(window: MainWindow) -> None:
    titles = [entry.text() for entry in window.menuBar().actions()]
    assert titles == ["文件(&F)", "编辑(&E)", "视图(&V)", "网络(&N)", "模式图(&P)", "帮助(&H)"]
    docks = {dock.windowTitle() for dock in window.findChildren(QDockWidget)}
    assert docks == {"图片", "层", "检查器", "滤波器模式图"}


def test_no_text_of_the_window_has_stayed_english(window: MainWindow) -> None:
    found = shown(window)
    assert all(len(texts) > 20 for texts in found.values()), "nothing was looked at"
    assert {kind: not_chinese(texts) for kind, texts in found.items()} == {"text": [], "tip": [], "heard": []}


def test_no_text_has_stayed_english_when_there_is_something_to_see(
    window: MainWindow, make_grid: Callable[..., Grid]
) -> None:
    layer = Layer("block5c_add", "Add", (None, None, 20), 0, "float32")
    reason = message("The network scales its pictures itself.").source
    network = Network(
        NetworkSource("net"), "A network", "abc", (layer,), None, (224, 224), 3, "none", reason, ("tabby cat",), 1, ""
    )
    values = np.random.default_rng(0).normal(size=(4, 4, 20)).astype(np.float32)
    note = message("Transparent parts are shown on white.")
    picture = PictureRead(make_picture("cat.png", b"cat"), 8, 8, np.zeros((8, 8, 3), np.uint8), (note,))
    window.tree.show_network(network)
    window.tree.show_layer(layer.name)
    window.picture.show_network(network)
    window.picture.show_picture(picture)
    window.picture.show_input((224, 224), "none")
    window.patterns.show_layer(layer)
    window.grid.show_grid(make_grid(values), "block5c_add")
    window.show_recent([NetworkSource("keras:ResNet50", "imagenet", False)], ["/photos/cat.png"])
    window.bar.show_job("grid", words(message("Computing activations")), 0.5, 5000)
    window.bar.show_engine("ready", 10**9, "CPU")
    window.bar.show_error(message("{name} is empty.", name="cat.png"), message("Choose a larger size."), "")
    assert {kind: not_chinese(texts) for kind, texts in shown(window).items()} == {"text": [], "tip": [], "heard": []}


def test_the_list_of_shortcuts_has_no_mnemonics(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    window.show_shortcuts()
    (text,) = told
    assert ">打开图片<" in text
    assert not re.search(r"&\w|\([A-Z]\)|…", text)


@pytest.mark.parametrize("scale", Scale)
def test_the_exported_view_has_a_glyph_for_every_character(
    window: MainWindow, make_grid: Callable[..., Grid], scale: Scale
) -> None:
    if not set(CJK_FAMILIES) & set(installed_families(window.font())):
        pytest.skip("no font with Chinese characters")
    values = np.random.default_rng(0).normal(size=(4, 4, 20)).astype(np.float32)
    window.grid.show_grid(make_grid(values, scale=scale), "block5c_add   4 x 4 x 20")
    # Matplotlib warns of a glyph that no font has, and warnings are errors here.
    assert window.grid.view_image().any()


# What Qt, the engine and the core say


def test_dialogs_are_chinese_down_to_qts_own_buttons(qtbot: QtBot, chinese: None) -> None:
    dialog = ApplicationDialog()
    qtbot.addWidget(dialog)
    cancel = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Cancel)
    assert cancel.text().startswith("取消")
    assert dialog.windowTitle() == "从 keras.applications 打开"
    assert {kind: not_chinese(texts) for kind, texts in shown(dialog).items()} == {"text": [], "tip": [], "heard": []}


def test_a_message_is_chinese_with_its_values(chinese: None) -> None:
    said = message("{network} has no layer called {name}.", network="ResNet50", name="conv9")
    assert words(said) == "ResNet50 没有名为 conv9 的层。"
    assert str(said) == "ResNet50 has no layer called conv9.", "the log and the command line stay English"


def test_photos_and_preprocessings_have_chinese_names(chinese: None) -> None:
    assert all(CHINESE.search(words(message(photo.title))) for photo in sample_photos())
    titles = {name: words(message(row.title)) for name, row in PREPROCESSINGS.items()}
    assert titles["none"] == "无 (0 .. 255)"
    assert titles["tutorial"] == "教程 (x / 255)"


# Which language


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["zh-Hans-CN", "zh-CN", "zh-Hans", "zh"], "zh_CN"),
        (["zh-Hans-SG", "zh-SG"], "zh_CN"),
        (["de-DE", "zh-CN"], "zh_CN"),
        (["en-US", "zh-CN"], "en_US"),
        (["zh-Hant-TW", "zh-TW", "zh-Hant", "zh", "en-GB"], "zh_CN"),
        (["de-DE"], "en_US"),
        (["C"], "en_US"),
        ([], "en_US"),
    ],
)
def test_the_system_language_is_the_first_that_the_window_speaks(wanted: list[str], expected: str) -> None:
    assert spoken(wanted).name() == expected


def test_english_loads_no_chinese(qapp: QApplication) -> None:
    before = set(qapp.findChildren(QTranslator))
    translate(qapp, "en")
    installed = set(qapp.findChildren(QTranslator)) - before
    try:
        assert qapp.translate("actions", "&File") == "&File"
        assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"
    finally:
        for translator in installed:
            qapp.removeTranslator(translator)
            translator.setParent(None)

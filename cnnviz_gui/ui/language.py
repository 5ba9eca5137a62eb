"""The language that the window speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator

from cnnviz_gui import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication


def translate(app: QApplication, language: str) -> None:
    """Installs Qt's own translation and ours; English needs none."""
    locale = spoken(QLocale.system().uiLanguages()) if language == "system" else QLocale(language)
    ours = str(resources.resource_path("translations"))
    for name, folder in (
        ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        ("cnnviz", ours),
    ):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)


def spoken(wanted: Sequence[str]) -> QLocale:
    """The first of a person's languages that the window speaks, or English.

    `QTranslator.load` would go past English, which has no file, to a language that is wanted less.
    """
    for name in wanted:
        locale = QLocale(name)
        if locale.language() == QLocale.Language.English:
            break
        if locale.script() == QLocale.Script.SimplifiedHanScript:
            return QLocale("zh_CN")
    return QLocale("en")

"""Saving the settings, and saying so when that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from cnnviz_gui.presenters.views import JobBarView
    from cnnviz_gui.settings import Settings


_SETTINGS = "settings"
"""Stands for the settings among the slots whose error is shown."""


class SavingPresenter(QObject):
    """Saves the settings after every change, those of one moment together.

    When that fails it is said once, until it works again.
    """

    def __init__(self, settings: Settings, bar: JobBarView, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._bar = bar
        self._failed = False
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timeout)
        settings.on_change = self._timer.start

    @Slot()
    def _on_timeout(self) -> None:
        error = self._settings.save()
        if error is None:
            self._bar.clear_error(_SETTINGS)
        elif not self._failed:
            self._bar.show_error(error.what, error.hint, error.details, slot=_SETTINGS)
        self._failed = error is not None

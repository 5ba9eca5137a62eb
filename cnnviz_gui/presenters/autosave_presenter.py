"""Saving the session by itself, so that no crash can lose it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from cnnviz_gui.core.errors import CnnvizError, message

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.views import JobBarView
    from cnnviz_gui.session.keeper import SessionKeeper
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState

AUTOSAVE_MS = 500
"""At most so much of the user's work is lost with the window."""

log = logging.getLogger(__name__)


class AutosavePresenter(QObject):
    """Saves the session soon after anything in it has changed, and once more when the window closes.

    The window only hands over what it has, which is immutable; writing is the keeper's work. That the session cannot
    be saved, because the disk is full perhaps, is said once, and again only after it could be saved in between.

    Args:
        session: What the user is looking at.
        patterns: What stands in the pattern panel.
        keeper: Writes it.
        bar: Says what went wrong.
        parent: The owner.
        delay_ms: How long changes are gathered before they are saved together.
    """

    def __init__(
        self,
        session: Session,
        patterns: PatternPresenter,
        keeper: SessionKeeper,
        bar: JobBarView,
        parent: QObject,
        *,
        delay_ms: int = AUTOSAVE_MS,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._patterns = patterns
        self._keeper = keeper
        self._bar = bar
        self._has_failed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self._on_time_up)
        session.changed.connect(self._on_anything)
        patterns.made.connect(self._on_anything)
        patterns.chosen.connect(self._on_anything)
        keeper.failed.connect(self._on_failed)
        keeper.saved.connect(self._on_saved)

    def close(self) -> None:
        """Saves the session as one that was closed; nothing is saved any more afterwards."""
        self._timer.stop()
        self._keeper.close(*self._now())

    def save(self) -> None:
        """Saves at once what there is."""
        self._timer.stop()
        self._keeper.save(*self._now())

    def _now(self) -> tuple[SessionState, str, PatternSettings, Patterns | None]:
        patterns = self._patterns
        return self._session.state, patterns.typed, patterns.settings, patterns.finished

    @Slot()
    def _on_anything(self) -> None:
        # Not started anew by every change: somebody who walks on and on through the layers is saved, too.
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _on_time_up(self) -> None:
        self._keeper.save(*self._now())

    @Slot()
    def _on_saved(self) -> None:
        self._has_failed = False

    @Slot(object)
    def _on_failed(self, error: CnnvizError) -> None:
        log.warning("The session is not saved: %s %s", error, error.details)
        if not self._has_failed:
            self._has_failed = True
            hint = message("A crash would lose what you are looking at. {reason}", reason=str(error.what))
            self._bar.show_error(message("The session cannot be saved."), hint, error.details)

"""Patterns that are asked for while others are being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.presenters import slots

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.jobs.runner import JobRunner


class PatternQueue(QObject):
    """Has one request for patterns answered after the other.

    It lives in the window, so that what waits is not lost when the engine ends. What fails is not tried again: the
    next one's turn comes.
    """

    changed = Signal()
    """Something waits that did not, or the other way round."""

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self.waiting: tuple[MakePatterns, ...] = ()
        """What waits, the next one first."""

    def ask(self, request: MakePatterns) -> bool:
        """Has patterns made, now or when those that are being made and those that wait are done.

        Returns:
            Whether they will be made because of this: not where just these are on their way already.
        """
        if not self._runner.busy(slots.PATTERNS):
            self._runner.submit(slots.PATTERNS, request)
            return True
        if request in (self._runner.running().get(slots.PATTERNS), *self.waiting):
            return False
        self._wait((*self.waiting, request))
        return True

    def go_on(self) -> None:
        """The patterns that were being made are done, or will not be: the next one's turn."""
        if self.waiting and not self._runner.busy(slots.PATTERNS):
            first, *rest = self.waiting
            self._wait(tuple(rest))
            self._runner.submit(slots.PATTERNS, first)

    @Slot(int)
    def remove(self, place: int) -> None:
        """Takes one away that waits; a place that is not there any more is none."""
        self._wait(self.waiting[:place] + self.waiting[place + 1 :])

    @Slot()
    def clear(self) -> None:
        """Takes away all that wait."""
        self._wait(())

    def _wait(self, waiting: tuple[MakePatterns, ...]) -> None:
        if waiting != self.waiting:
            self.waiting = waiting
            self.changed.emit()

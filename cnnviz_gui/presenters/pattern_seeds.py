"""The same channel's pattern from other seeds, beside the one that there is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.kept_pattern import KeptPattern, kept_of

if TYPE_CHECKING:
    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.jobs.runner import JobRunner

OTHER_SEEDS = 2
KEPT = 256


class PatternSeeds(QObject):
    """Makes a pattern from the seeds that follow its own: what they have in common is the channel's, not the noise's.

    They have a slot of their own, beside the patterns of the panel, and are made one after the other.
    """

    changed = Signal()
    """One more is there."""

    def __init__(self, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._made: dict[MakePatterns, KeptPattern] = {}
        self._wanted: tuple[MakePatterns, ...] = ()
        runner.finished.connect(self._on_finished)

    def others(self, pattern: KeptPattern) -> list[KeptPattern]:
        """The patterns from other seeds that are there."""
        return [self._made[request] for request in _requests(pattern) if request in self._made]

    def can_make(self, pattern: KeptPattern) -> bool:
        """Whether there are other seeds to try."""
        return len(self.others(pattern)) < OTHER_SEEDS

    def make(self, pattern: KeptPattern) -> None:
        """Makes those that are not there."""
        self._wanted = tuple(request for request in _requests(pattern) if request not in self._made)
        self._next()

    def _next(self) -> None:
        if self._wanted:
            self._runner.submit(slots.SEEDS, self._wanted[0])

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        if slot != slots.SEEDS or not isinstance(request, MakePatterns):
            return
        patterns: Patterns = result  # type: ignore[assignment]
        if min(patterns.steps) < request.settings.steps:
            # Stopped: half a pattern cannot be compared, and the next one is not wanted either.
            self._wanted = ()
            return
        self._made[request] = kept_of(patterns, 0)
        while len(self._made) > KEPT:
            del self._made[next(iter(self._made))]
        self._wanted = tuple(other for other in self._wanted if other != request)
        self.changed.emit()
        self._next()


def _requests(pattern: KeptPattern) -> list[MakePatterns]:
    alone = replace(pattern.request, channels=(pattern.channel,), frames=0)
    seed = pattern.request.settings.seed
    seeds = ((seed + more) % 2**31 for more in range(1, OTHER_SEEDS + 1))
    return [replace(alone, settings=replace(alone.settings, seed=other, batch=0)) for other in seeds]

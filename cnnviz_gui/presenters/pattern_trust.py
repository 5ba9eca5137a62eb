"""How patterns do at what they climbed, compared with natural pictures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern_requests import MeasureNatural
from cnnviz_gui.core.trust import trust, why_no_rank
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.kept_pattern import KeptPattern, kept_of
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.pattern_requests import MakePatterns, Natural, Patterns
    from cnnviz_gui.core.trust import Trust
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.pattern_view import PatternPanelView

KEPT_LAYERS = 64


class PatternTrust(QObject):
    """Measures natural pictures when patterns were made, and says how the patterns compare, or why they cannot be.

    Args:
        runner: Measures.
        patterns: Whose patterns.
        view: Shows what is known in its tooltips.
        pictures: Paths of the pictures to compare with.
        parent: The owner.
    """

    known = Signal()
    """Natural pictures were measured: `said` knows more."""

    def __init__(
        self,
        runner: JobRunner,
        patterns: PatternPresenter,
        view: PatternPanelView,
        pictures: Callable[[], tuple[str, ...]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._patterns = patterns
        self._view = view
        self._pictures = pictures
        self._natural: dict[MeasureNatural, Natural] = {}
        """By the request without its pictures."""
        patterns.made.connect(self._on_made)
        runner.finished.connect(self._on_finished)

    def said(self, pattern: KeptPattern) -> str:
        """What is known of a pattern, in a line; empty when that is nothing."""
        reason = _why_no_rank(pattern.request)
        if reason is not None:
            return words(reason)
        reached = words(_reached(pattern))
        found = self._found(pattern)
        return reached if found is None else words(_words(found, reached))

    def _found(self, pattern: KeptPattern) -> Trust | None:
        natural = self._natural.get(_measured(pattern.request))
        return None if natural is None else trust(pattern.score, natural.of(pattern.channel))

    @Slot()
    def _on_made(self) -> None:
        patterns = self._patterns.finished
        if patterns is None:
            return
        self._show(patterns)
        if _why_no_rank(patterns.request) is None:
            self._runner.submit(slots.NATURAL, replace(_measured(patterns.request), pictures=self._pictures()))

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        if slot != slots.NATURAL or not isinstance(request, MeasureNatural):
            return
        self._natural[replace(request, pictures=())] = result  # type: ignore[assignment]
        while len(self._natural) > KEPT_LAYERS:
            del self._natural[next(iter(self._natural))]
        if self._patterns.finished is not None:
            self._show(self._patterns.finished)
        self.known.emit()

    def _show(self, patterns: Patterns) -> None:
        kept = [kept_of(patterns, place) for place in range(len(patterns.channels))]
        self._view.show_tips({pattern.channel: self.said(pattern) for pattern in kept})
        reason = _why_no_rank(patterns.request)
        found = [trust for trust in map(self._found, kept) if trust is not None]
        if reason is not None or len(kept) == 1:
            self._view.show_rank(self.said(kept[0]))
        elif found:
            self._view.show_rank(words(_summary(found)))


def _measured(job: MakePatterns) -> MeasureNatural:
    """What natural pictures are measured by, for patterns of a request."""
    settings = job.settings
    return MeasureNatural(job.network, job.layer, (), job.preprocessing, settings.objective, settings.size)


def _why_no_rank(job: MakePatterns) -> Message | None:
    return why_no_rank(parse_objective(job.settings.objective))


def _reached(pattern: KeptPattern) -> Message:
    if pattern.request.settings.objective == "channel":
        return message("mean activation {score:.3g}", score=pattern.score)
    return message("objective {score:.3g}", score=pattern.score)


def _words(found: Trust, reached: str) -> Message:
    beats = message(
        "{reached}: beats {beaten} of {count} pictures", reached=reached, beaten=found.beaten, count=found.pictures
    )
    if found.beaten == found.pictures:
        beats = message("{reached}: beats all {count} pictures", reached=reached, count=found.pictures)
    if found.ratio is None:
        return beats
    return message("{beats}, {ratio:.2g} times the best", beats=words(beats), ratio=found.ratio)


def _summary(found: Sequence[Trust]) -> Message:
    best = sum(trust.beaten == trust.pictures for trust in found)
    return message(
        "{count} of {all} beat each of {pictures} pictures", count=best, all=len(found), pictures=found[0].pictures
    )

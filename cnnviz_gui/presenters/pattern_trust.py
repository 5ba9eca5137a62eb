"""How much a channel likes its pattern, compared with natural pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.pattern_requests import MeasureNatural
from cnnviz_gui.core.trust import trust
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.kept_pattern import KeptPattern, kept_of
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.pattern_requests import Natural, Patterns
    from cnnviz_gui.core.trust import Trust
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.pattern_view import PatternPanelView

KEPT_LAYERS = 64


class PatternTrust(QObject):
    """Measures natural pictures when patterns were made, and says how the patterns compare.

    Only patterns that climb their own channel's mean are compared: that is what is measured.

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
        self._natural: dict[tuple[object, ...], Natural] = {}
        patterns.made.connect(self._on_made)
        runner.finished.connect(self._on_finished)

    def said(self, pattern: KeptPattern) -> str:
        """What is known of a pattern, in a line; empty when that is nothing."""
        job = pattern.request
        if job.settings.objective != "channel":
            return ""
        natural = self._natural.get((job.network, job.layer, job.preprocessing))
        found = None if natural is None else trust(pattern.activation, natural.means[:, pattern.channel])
        alone = message("mean activation {activation:.3g}", activation=pattern.activation)
        return words(alone if found is None else _words(found))

    @Slot()
    def _on_made(self) -> None:
        patterns = self._patterns.finished
        if patterns is None:
            return
        job = patterns.request
        self._show(patterns)
        if job.settings.objective == "channel":
            pictures = self._pictures()
            self._runner.submit(slots.NATURAL, MeasureNatural(job.network, job.layer, pictures, job.preprocessing))

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        if slot != slots.NATURAL or not isinstance(request, MeasureNatural):
            return
        self._natural[request.network, request.layer, request.preprocessing] = result  # type: ignore[assignment]
        while len(self._natural) > KEPT_LAYERS:
            del self._natural[next(iter(self._natural))]
        if self._patterns.finished is not None:
            self._show(self._patterns.finished)
        self.known.emit()

    def _show(self, patterns: Patterns) -> None:
        kept = (kept_of(patterns, place) for place in range(len(patterns.channels)))
        self._view.show_tips({pattern.channel: self.said(pattern) for pattern in kept})


def _words(found: Trust) -> Message:
    beats = message(
        "mean activation {activation:.3g}: beats {beaten} of {count} pictures",
        activation=found.activation,
        beaten=found.beaten,
        count=found.pictures,
    )
    if found.beaten == found.pictures:
        beats = message(
            "mean activation {activation:.3g}: beats all {count} pictures",
            activation=found.activation,
            count=found.pictures,
        )
    if found.ratio is None:
        return beats
    return message("{beats}, {ratio:.2g} times the best", beats=words(beats), ratio=found.ratio)

"""The job bar: every job that runs, and everything that went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.pattern_requests import Preview
from cnnviz_gui.core.remaining import Remaining
from cnnviz_gui.core.requests import Progress
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from cnnviz_gui.jobs.protocol import EngineStatus
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.pattern_queue import PatternQueue
    from cnnviz_gui.presenters.views import JobBarView

_NAMES = {
    slots.NETWORK: message("Opening the network"),
    slots.REOPEN: message("Opening the network again"),
    slots.PICTURE: message("Reading the picture"),
    slots.GRID: message("Computing activations"),
    slots.RECIPE_NETWORK: message("Opening the recipe's network"),
    slots.RECIPE_PICTURE: message("Reading the recipe's picture"),
    slots.RESTORE_NETWORK: message("Opening the session's network"),
    slots.RESTORE_PICTURE: message("Reading the session's picture"),
    slots.RESTORE_OTHER: message("Reading the session's picture"),
    slots.OTHER_PICTURE: message("Reading the picture"),
    slots.RECIPE_OTHER: message("Reading the recipe's picture"),
    slots.PATTERNS: message("Making patterns"),
    slots.SEEDS: message("Making patterns from other seeds"),
    slots.EXPORT: message("Saving"),
    slots.EXPORT_LAYERS: message("Exporting every layer"),
}
_ENGINE = "engine"
"""Stands for the engine itself among the slots whose error is shown."""


class JobPresenter(QObject):
    """Shows the runner's jobs with their progress and the time they still need, and its failures in words.

    Jobs that only follow from another (what the network makes of a picture, an estimate, kernels) are not shown.
    An error stays until it is dismissed or until a job of the same slot succeeds; the engine's own until
    the engine is ready.
    """

    def __init__(
        self, runner: JobRunner, bar: JobBarView, parent: QObject, queue: PatternQueue | None = None
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._bar = bar
        self._queue = queue
        self._remaining: dict[str, Remaining] = {}
        self._engine_reason: CnnvizError | None = None
        runner.started.connect(self._on_started)
        runner.advanced.connect(self._on_advanced)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.stopped.connect(self._on_stopped)
        runner.engine_changed.connect(self._on_engine_changed)
        bar.stop_requested.connect(runner.stop)
        self._on_engine_changed(runner.status)

    @Slot(str, object)
    def _on_started(self, slot: str, request: object) -> None:
        del request
        self._remaining[slot] = Remaining()
        name = _NAMES.get(slots.kind_of(slot))
        if name is not None:
            self._bar.show_job(slot, words(name), None, None)

    @Slot(str, object, object)
    def _on_advanced(self, slot: str, request: object, value: object) -> None:
        del request
        if isinstance(value, Preview):
            job = value.request
            total = len(job.channels) * job.settings.steps
            text = message(
                "Patterns of {layer}: {done} of {count}", layer=job.layer, done=value.done, count=len(job.channels)
            )
            if self._queue is not None and self._queue.waiting:
                text = message("{progress}, {count} waiting", progress=words(text), count=len(self._queue.waiting))
            self._show(slot, text, value.work_done, total, value.work_found, trying=value.trying)
        elif isinstance(value, Progress) and slots.kind_of(slot) in _NAMES and slot != slots.PATTERNS:
            self._show(slot, value.text, value.done, value.total)

    def _show(self, slot: str, text: Message, done: int, total: int, found: int = 0, *, trying: bool = False) -> None:
        # What was done before the job began says nothing about how fast the rest is done.
        remaining = self._remaining.setdefault(slot, Remaining()).seconds(done - found, total - found, trying=trying)
        self._bar.show_job(slot, words(text), done / total if total else None, remaining)

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request, result
        self._bar.clear_job(slot)
        self._bar.clear_error(slot)

    @Slot(str, object, object)
    def _on_failed(self, slot: str, request: object, error: CnnvizError) -> None:
        del request
        self._bar.clear_job(slot)
        if slot in {slots.FORECAST, slots.NATURAL}:
            # Nobody asked for it: what is wrong is said when the patterns themselves are wanted.
            return
        self._bar.show_error(error.what, error.hint, error.details, error.remedies, slot=slot)

    @Slot(str, object)
    def _on_stopped(self, slot: str, request: object) -> None:
        del request
        self._bar.clear_job(slot)

    @Slot(object)
    def _on_engine_changed(self, status: EngineStatus) -> None:
        self._bar.show_engine(status.state, status.memory_bytes, status.device)
        reason = status.reason if status.state == "failed" else None
        if reason is not None and reason is not self._engine_reason:
            # The status comes anew with every change of the engine's memory; a dismissed error must not.
            self._bar.show_error(reason.what, reason.hint, reason.details, slot=_ENGINE)
        elif status.state == "ready":
            self._bar.clear_error(_ENGINE)
        self._engine_reason = reason

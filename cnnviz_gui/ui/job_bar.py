"""The job bar at the bottom: what runs, how far, what went wrong, what was saved, and how the engine is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from cnnviz_gui.core.errors import NO_MESSAGE, Message
from cnnviz_gui.session.wording import words
from cnnviz_gui.ui.elided_words import ElidedWords
from cnnviz_gui.ui.job_error import ErrorRow, ShownError, Sign, tool_button
from cnnviz_gui.ui.theme import dim

if TYPE_CHECKING:
    from cnnviz_gui.core.remedies import Remedy

SHOW_AFTER_MS, NOTE_MS = 300, 6000
_TEXT_WIDTH, _TIME_WIDTH = 230, 84
_SHARES = 1000
_GIGABYTE = 1_000_000_000


class JobBar(QWidget):
    """The jobs side by side, an error above them, the engine at the right.

    The bar keeps its height whatever runs, so that nothing above it moves when a job begins.

    A job that ends within 300 ms is never seen, so that quick ones do not flicker. A note of success goes by
    itself after six seconds; an error stays until it is dismissed or taken away.
    """

    stop_requested = Signal(str)
    remedy_chosen = Signal(object)

    def __init__(
        self, parent: QWidget | None = None, *, show_after_ms: int = SHOW_AFTER_MS, note_ms: int = NOTE_MS
    ) -> None:
        super().__init__(parent)
        self.setObjectName("jobBar")
        self._show_after_ms = show_after_ms
        self._jobs: dict[str, _Job] = {}
        self._error = ErrorRow()
        self._error.remedy_chosen.connect(self.remedy_chosen)
        self._note = _Note()
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._note_timer.setInterval(note_ms)
        self._note_timer.timeout.connect(self._note.hide)
        self._engine = QLabel()
        self._engine.setObjectName("engineState")
        self._engine.setAccessibleName(self.tr("Engine"))
        dim(self._engine)
        self._row = QHBoxLayout()
        self._row.setSpacing(24)
        self._row.addWidget(self._note)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addLayout(self._row)
        below.addStretch(1)
        below.addWidget(self._engine)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 2)
        layout.setSpacing(2)
        layout.addWidget(self._error)
        layout.addLayout(below)
        # As tall as a job.
        self._engine.setMinimumHeight(tool_button("", "stop", "").sizeHint().height())

    def show_job(self, slot: str, text: str, fraction: float | None, remaining_seconds: float | None) -> None:
        """Shows a running job; fraction None while its end is not known."""
        job = self._jobs.get(slot)
        if job is None:
            job = self._jobs[slot] = _Job()
            # Made late: making a row takes longer than most jobs.
            QTimer.singleShot(self._show_after_ms, self, lambda: self._make_row(slot, job))
        job.state = text, fraction, self._time_left(remaining_seconds)
        if job.row is not None:
            job.row.show_state(*job.state)

    def _make_row(self, slot: str, job: _Job) -> None:
        if self._jobs.get(slot) is not job:
            return
        job.row = _JobRow(slot, self)
        job.row.stop_requested.connect(self.stop_requested)
        job.row.show_state(*job.state)
        self._row.addWidget(job.row)

    def clear_job(self, slot: str) -> None:
        """Forgets a job that ended."""
        job = self._jobs.pop(slot, None)
        if job is not None and job.row is not None:
            job.row.hide()
            job.row.deleteLater()

    def show_error(
        self, what: Message, hint: Message, details: str, remedies: tuple[Remedy, ...] = (), *, slot: str = ""
    ) -> None:
        """Shows an error in words until it is dismissed or another job of its slot succeeds."""
        shown_hint = words(hint) if hint != NO_MESSAGE else ""
        self._error.show_error(slot, ShownError(words(what), shown_hint, details, remedies))

    def show_note(self, text: str) -> None:
        """Shows a short note of success ("Saved grid.png.") that goes by itself."""
        self._note.show_text(text)
        self._note_timer.start()

    def clear_error(self, slot: str) -> None:
        """Takes the error of a slot away."""
        self._error.clear(slot)

    def clear_errors(self) -> None:
        """Takes every error away."""
        self._error.clear_all()

    def show_engine(self, state: str, memory_bytes: int, device: str) -> None:
        """Shows the engine's state ("starting", "ready", "restarting", "failed"), memory and device."""
        waiting = {
            "starting": self.tr("engine starting…"),
            "restarting": self.tr("engine restarting…"),
            "failed": self.tr("engine failed"),
        }
        if state in waiting:
            self._engine.setText(waiting[state])
        else:
            text = self.tr("engine {gigabytes:.1f} GB  {device}")
            self._engine.setText(text.format(gigabytes=memory_bytes / _GIGABYTE, device=device))
        self._engine.setToolTip(self.tr("The process that computes: its memory, and what it computes on"))

    def _time_left(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        whole = max(1, round(seconds))
        if whole < 60:
            return self.tr("{seconds} s left").format(seconds=whole)
        minutes = round(whole / 60)
        if minutes < 60:
            return self.tr("{minutes} min left").format(minutes=minutes)
        return self.tr("{hours} h {minutes} min left").format(hours=minutes // 60, minutes=minutes % 60)


@dataclass
class _Job:
    """A running job: its words, how far it is (None: not known) and the time left, and its row once it has one."""

    state: tuple[str, float | None, str] = ("", None, "")
    row: _JobRow | None = None


class _JobRow(QWidget):
    """A running job: words, bar, time, Stop."""

    stop_requested = Signal(str)

    def __init__(self, slot: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"job-{slot}")
        self._slot = slot
        self._text = ElidedWords()
        self._text.setObjectName("jobText")
        # A count that gets a digit more must not push the bar about.
        self._text.setMinimumWidth(_TEXT_WIDTH)
        self._bar = QProgressBar()
        self._bar.setObjectName("jobProgress")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._bar.setMinimumWidth(60)
        self._bar.setMaximumWidth(260)
        self._left = QLabel()
        self._left.setObjectName("jobTimeLeft")
        self._left.setMinimumWidth(_TIME_WIDTH)
        dim(self._left)
        self._stop = tool_button(
            "jobStop", "stop", self.tr("Stop this job; what is done is kept where that is possible")
        )
        self._stop.setText(self.tr("Stop"))
        self._stop.clicked.connect(self._on_stop_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self._text)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._left)
        layout.addWidget(self._stop)

    def show_state(self, text: str, fraction: float | None, time_left: str) -> None:
        """Shows how far it is."""
        self._text.setText(text)
        self._bar.setAccessibleName(text)
        self._stop.setAccessibleName(self.tr("Stop: {job}").format(job=text))
        self._left.setText(time_left)
        # Qt's bar would paint itself at once, and with it all that waits to be painted together.
        self._bar.setUpdatesEnabled(False)
        if fraction is None:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, _SHARES)
            self._bar.setValue(round(min(max(fraction, 0.0), 1.0) * _SHARES))
        self._bar.setUpdatesEnabled(True)

    @Slot()
    def _on_stop_clicked(self) -> None:
        self.stop_requested.emit(self._slot)


class _Note(QWidget):
    """A sentence of success; elided where there is no room, and whole in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("jobNote")
        self._label = ElidedWords()
        self._label.setObjectName("jobNoteText")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Sign("success", "success"))
        row.addWidget(self._label)
        row.addStretch(1)
        self.hide()

    def show_text(self, text: str) -> None:
        """Shows itself with a sentence."""
        self._label.setText(text)
        self._label.setToolTip(text)
        self._label.setAccessibleName(text)
        self.show()

"""The job bar: jobs, errors, notes, the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from cnnviz_gui.core.errors import NO_MESSAGE, message
from cnnviz_gui.core.remedies import CHOOSE_ARCHITECTURE, open_as_application
from cnnviz_gui.ui.details_dialog import DetailsDialog
from cnnviz_gui.ui.job_bar import JobBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

Found = TypeVar("Found", bound=QWidget)


def _bar(qtbot: QtBot, show_after_ms: int = 0, note_ms: int = 60_000) -> JobBar:
    bar = JobBar(show_after_ms=show_after_ms, note_ms=note_ms)
    qtbot.addWidget(bar)
    bar.resize(900, 40)
    with qtbot.waitExposed(bar):
        bar.show()
    return bar


@pytest.fixture
def bar(qtbot: QtBot) -> JobBar:
    return _bar(qtbot)


def _child(parent: QWidget, kind: type[Found], name: str) -> Found:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def _row(qtbot: QtBot, bar: JobBar, slot: str) -> QWidget:
    # A row is made once the job is worth seeing.
    qtbot.waitUntil(lambda: bar.findChild(QWidget, f"job-{slot}") is not None)
    row = _child(bar, QWidget, f"job-{slot}")
    qtbot.waitUntil(row.isVisible)
    return row


def test_a_job_is_shown_with_words_progress_and_time(qtbot: QtBot, bar: JobBar) -> None:
    bar.show_job("patterns", "Patterns of block5c_add 12 of 64", 0.25, 17.6)
    row = _row(qtbot, bar, "patterns")
    assert _child(row, QLabel, "jobText").text() == "Patterns of block5c_add 12 of 64"
    progress = _child(row, QProgressBar, "jobProgress")
    assert progress.value() / progress.maximum() == 0.25
    assert _child(row, QLabel, "jobTimeLeft").text() == "18 s left"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (0.2, "1 s left"),
        (59.2, "59 s left"),
        (60, "1 min left"),
        (130, "2 min left"),
        (3900, "1 h 5 min left"),
    ],
)
def test_time_is_told_in_words(qtbot: QtBot, bar: JobBar, seconds: float | None, text: str) -> None:
    bar.show_job("patterns", "Patterns", 0.1, seconds)
    assert _child(_row(qtbot, bar, "patterns"), QLabel, "jobTimeLeft").text() == text


def test_an_unknown_end_is_a_busy_bar(qtbot: QtBot, bar: JobBar) -> None:
    bar.show_job("network", "Opening ResNet50", None, None)
    progress = _child(_row(qtbot, bar, "network"), QProgressBar, "jobProgress")
    assert progress.maximum() == 0
    bar.show_job("network", "Opening ResNet50", 0.5, None)
    assert progress.maximum() > 0


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees every event and stops none."""
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_progress_is_painted_with_everything_else_and_not_at_once(qtbot: QtBot, bar: JobBar) -> None:
    bar.show_job("patterns", "Patterns", 0.1, None)
    progress = _child(_row(qtbot, bar, "patterns"), QProgressBar, "jobProgress")
    qtbot.waitUntil(lambda: progress.value() == 100)
    QApplication.processEvents()
    paints = Paints()
    progress.installEventFilter(paints)
    for share in range(20, 90):
        bar.show_job("patterns", "Patterns", share / 100, None)
    assert paints.count == 0
    qtbot.waitUntil(lambda: paints.count > 0)
    assert progress.value() == 890


def test_jobs_stand_side_by_side_in_a_bar_of_one_height_and_stop_names_its_slot(qtbot: QtBot, bar: JobBar) -> None:
    stopped: list[str] = []
    bar.stop_requested.connect(stopped.append)
    height = bar.sizeHint().height()
    bar.show_job("network", "Opening", None, None)
    bar.show_job("patterns", "Patterns", 0.1, None)
    first, second = _row(qtbot, bar, "network"), _row(qtbot, bar, "patterns")
    qtbot.waitUntil(lambda: second.x() > first.x())
    assert bar.sizeHint().height() == height
    stop = _child(second, QToolButton, "jobStop")
    assert stop.accessibleName() == "Stop: Patterns"
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    assert stopped == ["patterns"]


def test_a_quick_job_is_never_seen(qtbot: QtBot) -> None:
    bar = _bar(qtbot, show_after_ms=100)
    bar.show_job("activations", "Activations", 0.1, None)
    bar.show_job("network", "Opening", 0.1, None)
    bar.show_job("activations", "Activations", 0.9, None)
    assert bar.findChild(QWidget, "job-activations") is None
    bar.clear_job("activations")
    # The other one has run for as long as it takes to be seen.
    _row(qtbot, bar, "network")
    assert bar.findChild(QWidget, "job-activations") is None


def test_a_job_that_follows_a_quick_one_in_its_slot_has_one_row(qtbot: QtBot) -> None:
    bar = _bar(qtbot, show_after_ms=50)
    bar.show_job("activations", "Activations", 0.1, None)
    bar.clear_job("activations")
    bar.show_job("activations", "Activations of the next", 0.2, None)
    bar.show_job("network", "Opening", 0.1, None)
    # The last of the three that waited.
    _row(qtbot, bar, "network")
    rows = bar.findChildren(QWidget, "job-activations")
    assert [_child(row, QLabel, "jobText").text() for row in rows] == ["Activations of the next"]


def test_an_ended_job_is_forgotten(qtbot: QtBot, bar: JobBar) -> None:
    bar.show_job("patterns", "Patterns", 0.1, None)
    row = _row(qtbot, bar, "patterns")
    bar.clear_job("patterns")
    assert not row.isVisible()
    bar.clear_job("patterns")
    bar.clear_job("never seen")


def test_a_job_leaves_the_bar_as_tall_as_it_was(qtbot: QtBot, bar: JobBar) -> None:
    before = bar.sizeHint().height()
    bar.show_job("patterns", "Patterns", 0.1, None)
    _row(qtbot, bar, "patterns")
    assert bar.sizeHint().height() == before


def test_an_error_stays_until_it_is_dismissed(qtbot: QtBot, bar: JobBar) -> None:
    bar.show_error(message("{name} is damaged.", name="cat.tiff"), message("Save it again."), "OSError")
    error = _child(bar, QFrame, "jobError")
    assert error.isVisible()
    assert _child(error, QLabel, "jobErrorText").text() == "cat.tiff is damaged. Save it again."
    bar.show_note("Saved.")
    assert error.isVisible()
    qtbot.mouseClick(_child(error, QToolButton, "jobErrorDismiss"), Qt.MouseButton.LeftButton)
    assert not error.isVisible()


def _error_text(bar: JobBar) -> str:
    label = _child(bar, QLabel, "jobErrorText")
    return label.text() if label.isVisible() else ""


def test_an_error_is_taken_away_by_its_own_slot_only(bar: JobBar) -> None:
    bar.show_error(message("The network failed."), NO_MESSAGE, "", slot="network")
    bar.show_error(message("From elsewhere."), NO_MESSAGE, "")
    bar.clear_error("picture")
    assert _error_text(bar) == "From elsewhere."
    bar.clear_error("network")
    assert _error_text(bar) == "From elsewhere."
    bar.clear_error("")
    assert _error_text(bar) == ""


def test_below_an_error_that_goes_the_one_before_is_seen_again(qtbot: QtBot, bar: JobBar) -> None:
    bar.show_error(message("The network failed."), NO_MESSAGE, "", slot="network")
    bar.show_error(message("The picture failed."), NO_MESSAGE, "", slot="picture")
    assert _error_text(bar) == "The picture failed."
    bar.clear_error("picture")
    assert _error_text(bar) == "The network failed."
    qtbot.mouseClick(_child(bar, QToolButton, "jobErrorDismiss"), Qt.MouseButton.LeftButton)
    assert _error_text(bar) == ""


def test_one_mishap_that_ended_several_jobs_is_dismissed_once(qtbot: QtBot, bar: JobBar) -> None:
    for slot in ("patterns", "look", "activations"):
        bar.show_error(message("The engine stopped."), NO_MESSAGE, "", slot=slot)
    qtbot.mouseClick(_child(bar, QToolButton, "jobErrorDismiss"), Qt.MouseButton.LeftButton)
    assert _error_text(bar) == ""


def test_what_can_be_done_about_an_error_stands_beside_it(qtbot: QtBot, bar: JobBar) -> None:
    remedies = (open_as_application("VGG16", "w.h5", include_top=True), CHOOSE_ARCHITECTURE)
    bar.show_error(message("Only weights."), NO_MESSAGE, "", remedies, slot="network")
    texts = [_child(bar, QPushButton, f"jobErrorRemedy{place}").text() for place in range(2)]
    assert texts == ["Open as VGG16", "Choose its architecture…"]
    with qtbot.waitSignal(bar.remedy_chosen) as chosen:
        qtbot.mouseClick(_child(bar, QPushButton, "jobErrorRemedy0"), Qt.MouseButton.LeftButton)
    assert chosen.args == [remedies[0]]
    bar.show_error(message("Another."), NO_MESSAGE, "", slot="network")
    assert [button for button in bar.findChildren(QPushButton) if button.isVisible()] == []


def test_details_open_on_demand(qtbot: QtBot, bar: JobBar) -> None:
    bar.show_error(message("It failed."), NO_MESSAGE, "Traceback: the end")
    qtbot.mouseClick(_child(bar, QToolButton, "jobErrorDetails"), Qt.MouseButton.LeftButton)
    [dialog] = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, DetailsDialog)]
    assert _child(dialog, QPlainTextEdit, "detailsText").toPlainText() == "Traceback: the end"
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_a_note_goes_by_itself(qtbot: QtBot) -> None:
    bar = _bar(qtbot, note_ms=1)
    note = _child(bar, QWidget, "jobNote")
    bar.show_note("Saved grid.png.")
    assert _child(note, QLabel, "jobNoteText").text() == "Saved grid.png."
    qtbot.waitUntil(note.isHidden)


def test_the_engine_is_described(bar: JobBar) -> None:
    engine = _child(bar, QLabel, "engineState")
    bar.show_engine("starting", 0, "")
    assert engine.text() == "engine starting…"
    bar.show_engine("ready", 912_000_000, "CPU")
    assert engine.text() == "engine 0.9 GB  CPU"
    bar.show_engine("failed", 0, "")
    assert engine.text() == "engine failed"


def test_a_long_text_does_not_widen_the_window(qtbot: QtBot, bar: JobBar) -> None:
    narrow = bar.minimumSizeHint().width()
    bar.show_job("patterns", "Patterns of " + "a_very_long_name_" * 20, 0.1, 20)
    bar.show_error(message("x" * 400), NO_MESSAGE, "")
    bar.show_note("y" * 400)
    _row(qtbot, bar, "patterns")
    assert bar.minimumSizeHint().width() <= max(narrow, 620)

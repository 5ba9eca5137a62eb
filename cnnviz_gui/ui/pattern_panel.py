"""The filter-pattern panel: the patterns, how they grow, and what they are to be made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from cnnviz_gui.ui.elided_lines import ElidedLines
from cnnviz_gui.ui.icons import icon
from cnnviz_gui.ui.pattern_choices import PatternChoices
from cnnviz_gui.ui.pattern_curve import PatternCurve
from cnnviz_gui.ui.pattern_mosaic import PatternMosaic
from cnnviz_gui.ui.pattern_reasons import PatternReasons
from cnnviz_gui.ui.pattern_steps import PatternSteps
from cnnviz_gui.ui.pattern_waiting import PatternWaiting
from cnnviz_gui.ui.scrolled import Scrolled
from cnnviz_gui.ui.theme import dim, mark
from cnnviz_gui.ui.wrapped_label import WrappedLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.mosaic import Tiling
    from cnnviz_gui.core.network import Layer, Network
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_reasons import PatternRemedy

_LOWEST = 150
"""Pixels that the part which scrolls never goes below."""
_TIGHT, _ROOMY = 112, 220
"""The smallest height of the patterns, without and with the parameters."""


class PatternPanel(QWidget):
    """Above, the patterns that are there; below, what the next ones are to be made with.

    The layer named below is the one that *Generate* would climb; the patterns above may be another layer's, and
    the line of progress says whose. What cannot be used as it is, is not emitted.
    """

    generate_requested = Signal(str, object)
    settings_changed = Signal(str, object)
    stop_requested = Signal()
    export_requested = Signal()
    pattern_clicked = Signal(int)
    step_chosen = Signal(int)
    remedy_requested = Signal(object, object)
    waiting_removed = Signal(int)
    waiting_cleared = Signal()
    aspect_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patternPanel")
        self._is_running = False
        self._mosaic = PatternMosaic()
        self._mosaic.setMinimumHeight(_TIGHT)
        self._mosaic.pattern_clicked.connect(self.pattern_clicked)
        self._mosaic.aspect_changed.connect(self.aspect_changed)
        self._progress = ElidedLines("patternProgress")
        self._rank = ElidedLines("patternRank")
        self._rank.hide()
        for said in (self._progress, self._rank):
            dim(said)
        self._export = self._make_export()
        self._curve = PatternCurve()
        self._steps = PatternSteps()
        self._steps.step_chosen.connect(self.step_chosen)
        self._reasons = PatternReasons()
        self._reasons.remedy_requested.connect(self.remedy_requested)
        self._waiting = PatternWaiting()
        self._waiting.removed.connect(self.waiting_removed)
        self._waiting.cleared.connect(self.waiting_cleared)
        self._choices = PatternChoices()
        self._choices.changed.connect(self._on_choices_changed)
        self._choices.confirmed.connect(self._on_generate_wanted)
        self._choices.parameters_toggled.connect(self._on_parameters_toggled)
        self._estimate = WrappedLabel("patternEstimate")
        dim(self._estimate)
        self._generate = QPushButton(icon("generate", "highlighted"), self.tr("&Generate"))
        self._stop = QPushButton(icon("stop", "danger"), self.tr("&Stop"))
        self._dress_buttons()
        self._lay_out()
        self.show_layer(None)

    def _lay_out(self) -> None:
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(8, 8, 8, 2)
        inner.setSpacing(6)
        inner.addWidget(self._mosaic, 1)
        inner.addWidget(self._steps)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._progress)
        said.addWidget(self._rank)
        row = _row((self._waiting, 0), (self._export, 0))
        row.insertLayout(0, said, 1)
        inner.addLayout(row)
        for widget in (self._curve, self._reasons, self._choices.parameters):
            inner.addWidget(widget)
        self._scrolled = Scrolled(column, _LOWEST)
        below = QVBoxLayout()
        below.setContentsMargins(8, 0, 8, 0)
        below.setSpacing(6)
        below.addWidget(self._choices)
        below.addLayout(_row((self._estimate, 1), (self._generate, 0), (self._stop, 0)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        layout.addWidget(self._scrolled, 1)
        # Outside what scrolls: what the next patterns are of, Generate and Stop are always in sight.
        layout.addLayout(below)

    def _make_export(self) -> QToolButton:
        export = QToolButton()
        export.setObjectName("patternExport")
        export.setIcon(icon("export"))
        export.setText(self.tr("Export…"))
        export.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        export.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        export.setToolTip(self.tr("Save these patterns as a picture that remembers how it was made"))
        export.setAccessibleName(self.tr("Export the patterns"))
        export.setEnabled(False)
        export.clicked.connect(lambda: self.export_requested.emit())
        return export

    def _dress_buttons(self) -> None:
        self._generate.setObjectName("patternGenerate")
        self._generate.setProperty("primary", "true")
        self._generate.clicked.connect(self._on_generate_wanted)
        self._stop.setObjectName("patternStop")
        self._stop.setToolTip(self.tr("Stop and keep what there is"))
        self._stop.clicked.connect(lambda: self.stop_requested.emit())
        self._stop.hide()
        self.show_action("generate")

    def generate(self) -> None:
        """Does what the Generate button does, when it can be pressed."""
        self._generate.click()

    def show_network(self, network: Network | None) -> None:
        """Says which layers and classes an objective may name."""
        self._choices.show_network(network)
        self._allow()

    def show_layer(self, layer: Layer | None) -> None:
        """Says whose channels the patterns are of; None (or a layer without channels) disables Generate."""
        self._choices.show_layer(layer)
        self._allow()
        if layer is None:
            self._mosaic.show_empty(self.tr("Choose a layer to see what its channels look for."))
        elif not layer.channels:
            self._mosaic.show_empty(self.tr("This layer has no channels to make patterns of. Choose another one."))
        else:
            self._mosaic.show_empty(
                self.tr("No patterns yet.\n\nChoose channels and press Generate: each channel's pattern grows here.")
            )

    def show_channels(self, text: str) -> None:
        """Puts channels into the field, as typed ("0-63, 80")."""
        self._choices.show_channels(text)
        self._allow()

    def show_settings(self, settings: PatternSettings) -> None:
        """Sets every parameter, without emitting anything."""
        self._choices.show_settings(settings)

    def show_estimate(self, text: str) -> None:
        """Shows a line about time and memory beside the button, if it still is about what stands in the fields."""
        self._estimate.setText(text if self._generate.isEnabled() else "")

    def show_draft(self, reason: str) -> None:
        """Offers drafts in bfloat16, or says why there are none."""
        self._choices.show_draft(reason)

    def show_running(self, running: bool) -> None:
        """Shows Stop while patterns are made."""
        if running == self._is_running:
            return
        self._is_running = running
        if running:
            had_focus = self._generate.hasFocus()
            self._stop.show()
            # What is on the way is not finished, and only what is finished can be saved.
            self._export.setEnabled(False)
            self._scrolled.verticalScrollBar().setValue(0)
            if had_focus:
                self._stop.setFocus()
        else:
            if self._stop.hasFocus():
                # Before it goes, or Qt passes the focus on to whatever comes next.
                self._generate.setFocus()
            self._stop.hide()

    def show_action(self, action: str) -> None:
        """Says what the button does: make patterns, go on with those that stand still, or have them wait."""
        text, tip = {
            "generate": (self.tr("&Generate"), self.tr("Make the patterns of these channels")),
            "continue": (self.tr("&Continue"), self.tr("Go on from where these patterns stand")),
            "queue": (
                self.tr("&Queue"),
                self.tr("Make these patterns after those that are being made"),
            ),
        }[action]
        self._generate.setText(text)
        self._generate.setToolTip(tip)
        mark(self._generate, "primary", "false" if action == "queue" else "true")
        self._generate.setIcon(icon("queue", "text") if action == "queue" else icon("generate", "highlighted"))

    def show_waiting(self, waiting: Sequence[str]) -> None:
        """Lists what waits, the next one first."""
        self._waiting.show_waiting(waiting)

    def show_steps(self, last: int, step: int) -> None:
        """Says which of the steps 1 to ``last`` the mosaic shows, without emitting anything; 0 for none to choose."""
        self._steps.show_steps(last, step)
        self._curve.show_step(step if step < last else None)

    def show_tips(self, tips: Mapping[int, str]) -> None:
        """Says what is known of channels' patterns, for their tooltips."""
        self._mosaic.show_tips(tips)

    def show_names(self, names: Mapping[int, str]) -> None:
        """Says what patterns are called that are not of channels, but of classes or starts."""
        self._mosaic.show_names(names)

    def show_mosaic(self, pixels: NDArray[np.uint8], tiling: Tiling) -> None:
        """Shows the mosaic of patterns ((h, w, 3) uint8); the tiling says which channel lies where."""
        self._mosaic.show_mosaic(pixels, tiling)
        self._export.setEnabled(not self._is_running)

    def show_progress(self, text: str, objective: NDArray[np.float32], steps: int) -> None:
        """Shows a line of words and plots the (n, done) objective over the steps."""
        self._progress.show_text(text)
        self.show_rank("")
        self._curve.show_objective(objective, steps)

    def show_rank(self, text: str) -> None:
        """Says below the progress how finished patterns rank among pictures, or why they do not."""
        self._rank.show_text(text)
        self._rank.setVisible(bool(text))

    def show_reasons(self, rows: Sequence[tuple[str, tuple[int, ...], tuple[PatternRemedy, ...]]]) -> None:
        """Explains patterns that stayed grey: sentences, the channels they are about, and what may help them."""
        self._reasons.show_reasons(rows)

    @Slot(bool)
    def _on_parameters_toggled(self, is_open: bool) -> None:
        # Where one scrolls in any case, the patterns need not be smaller than what is seen at a time.
        roomy = max(_TIGHT, min(_ROOMY, self._scrolled.viewport().height() - 16))
        self._mosaic.setMinimumHeight(roomy if is_open else _TIGHT)
        if not is_open:
            return
        # After the layouts have made room for them.
        QTimer.singleShot(0, self, self._scroll_to_parameters)

    def _scroll_to_problem(self) -> None:
        problem = self._choices.wrong_parameter()
        if problem is not None:
            self._scrolled.ensureWidgetVisible(problem, 0, 0)

    def _scroll_to_parameters(self) -> None:
        bar = self._scrolled.verticalScrollBar()
        bar.setValue(min(bar.maximum(), self._choices.parameters.y()))

    @Slot()
    def _on_choices_changed(self) -> None:
        if self._allow():
            self.settings_changed.emit(self._choices.text, self._choices.settings)
        else:
            # It was about something else.
            self._estimate.setText("")

    @Slot()
    def _on_generate_wanted(self) -> None:
        if self._allow():
            self.generate_requested.emit(self._choices.text, self._choices.settings)

    def _allow(self) -> bool:
        """Lets Generate be pressed only when the choices can be used; whether they can."""
        is_good = self._choices.check()
        if not is_good:
            # What is wrong may stand below what is seen of the part that scrolls.
            QTimer.singleShot(0, self, self._scroll_to_problem)
        self._generate.setEnabled(is_good)
        return is_good


def _row(*parts: tuple[QWidget, int]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget, stretch in parts:
        row.addWidget(widget, stretch)
    return row

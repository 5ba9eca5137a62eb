"""The filter-pattern panel: from channels as typed to a live mosaic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.film import FRAMES
from cnnviz_gui.core.objective import Numbering
from cnnviz_gui.core.pattern import PRESETS, format_channels
from cnnviz_gui.core.pattern_reasons import PatternRemedy, remedied
from cnnviz_gui.core.pattern_requests import ForecastPatterns, MakePatterns, Preview
from cnnviz_gui.core.remaining import Remaining
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.kept_pattern import KeptPattern, KeptPatterns
from cnnviz_gui.presenters.pattern_asking import goes_on_from, numbering_of, pattern_request
from cnnviz_gui.presenters.pattern_queue import PatternQueue
from cnnviz_gui.presenters.pattern_screen import PatternScreen
from cnnviz_gui.presenters.pattern_words import (
    finished_words,
    forecast_words,
    grey_rows,
    growing_words,
    pattern_names,
    waiting_words,
)
from cnnviz_gui.session.state import Lens
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import Forecast, Patterns
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.pattern_view import PatternPanelView
    from cnnviz_gui.presenters.views import JobBarView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState

FIRST_CHANNELS = 64


class PatternPresenter(QObject):
    """Has patterns made, one request after the other, and shows them while they grow.

    Stop keeps what there is, and the same request goes on from there. Patterns belong to the layer they were made of:
    going to another layer leaves them on the screen, under their own layer's name, until new ones are made.
    """

    made = Signal()
    """Patterns were finished or stopped: `pattern`, `mosaic` and `finished` know them."""
    chosen = Signal()
    """`typed` or `settings` changed."""

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        view: PatternPanelView,
        bar: JobBarView,
        parent: QObject,
        queue: PatternQueue | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._view = view
        self._bar = bar
        self._queue = queue or PatternQueue(runner, self)
        self._screen = PatternScreen(view)
        self._remaining = Remaining()
        self._kept = KeptPatterns()
        self.typed = ""
        """Channels as they stand in the panel."""
        self.settings = PRESETS["clear"]
        """What the panel says that patterns are made with."""
        self.finished: Patterns | None = None
        """The patterns that were finished last: on the screen, unless newer ones grow there."""
        self.mosaic: tuple[NDArray[np.uint8], Recipe] | None = None
        """The finished mosaic on the screen, (h, w, 3) uint8, and its recipe."""
        self._stands: tuple[MakePatterns, int] | None = None
        """Patterns that can be gone on with, and how many steps they must at least be asked for."""
        session.changed.connect(self._on_changed)
        runner.started.connect(self._on_started)
        runner.advanced.connect(self._on_advanced)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_ended)
        runner.stopped.connect(self._on_ended)
        self._queue.changed.connect(self._on_queue_changed)
        view.generate_requested.connect(self.generate)
        view.settings_changed.connect(self._on_settings_changed)
        view.stop_requested.connect(self.stop)
        view.pattern_clicked.connect(self._on_pattern_clicked)
        view.step_chosen.connect(self._on_step_chosen)
        view.remedy_requested.connect(self._on_remedy_requested)
        view.waiting_removed.connect(self._queue.remove)
        view.waiting_cleared.connect(self._queue.clear)
        view.show_settings(self.settings)
        view.show_layer(None)

    def pattern(self, network: Network, layer: str, channel: int) -> KeptPattern | None:
        """The newest pattern of a channel, or None."""
        return self._kept.find(network, layer, channel)

    def adopt(self, channels: tuple[int, ...], settings: PatternSettings) -> None:
        """Puts channels and settings into the panel, as if they had been typed there."""
        self.put(format_channels(channels), settings)

    def put(self, typed: str, settings: PatternSettings) -> None:
        """Puts channels as they were typed, and settings, into the panel."""
        self._view.show_settings(settings)
        self._view.show_channels(typed)
        self._on_settings_changed(typed, settings)

    @Slot(str, object)
    def generate(self, channels: str, settings: PatternSettings) -> None:
        """Makes patterns of channels of the present layer, now or after those that are being made."""
        self.typed, self.settings = channels, settings
        self.chosen.emit()
        request = self._request(channels, settings)
        if isinstance(request, CnnvizError):
            self._bar.show_error(request.what, request.hint, request.details)
        elif request is not None:
            self._ask(request)

    @Slot()
    def stop(self) -> None:
        """Stops, keeping what there is."""
        self._runner.stop(slots.PATTERNS)

    def _ask(self, request: MakePatterns) -> None:
        if not self._queue.ask(request):
            self._bar.show_note(words(message("Just these patterns are on their way already.")))

    def _request(self, channels: str, settings: PatternSettings) -> MakePatterns | CnnvizError | None:
        return pattern_request(self._session.state, channels, settings)

    @Slot(object, object)
    def _on_changed(self, old: SessionState, new: SessionState) -> None:
        if new.network != old.network:
            self._view.show_network(new.network)
        if (new.network, new.layer) != (old.network, old.layer):
            layer = new.layer_info
            self._view.show_layer(layer)
            if layer is not None and layer.channels:
                if numbering_of(self.settings) is Numbering.CHANNELS or not self.typed:
                    first = format_channels(tuple(range(min(FIRST_CHANNELS, layer.channels))))
                    self._view.show_channels(first)
                    self._on_settings_changed(first, self.settings)
                else:
                    self._on_settings_changed(self.typed, self.settings)
            else:
                self._forget_estimate()

    @Slot(str, object)
    def _on_settings_changed(self, channels: str, settings: PatternSettings) -> None:
        self.typed, self.settings = channels, settings
        self.chosen.emit()
        request = self._request(channels, settings)
        if isinstance(request, MakePatterns):
            self._runner.submit(slots.FORECAST, ForecastPatterns(request))
        else:
            self._forget_estimate()
        self._show_action()

    def _name(self, job: MakePatterns) -> None:
        network = self._session.state.network
        self._view.show_names(pattern_names(job, network.labels if network else ()))

    def _forget_estimate(self) -> None:
        self._runner.cancel(slots.FORECAST)
        self._view.show_estimate("")

    def _show_action(self) -> None:
        """Says what the button would do with what is in the panel."""
        if self._runner.busy(slots.PATTERNS):
            self._view.show_action("queue")
            return
        request = self._request(self.typed, self.settings)
        goes_on = (
            isinstance(request, MakePatterns) and self._stands is not None and goes_on_from(request, *self._stands)
        )
        self._view.show_action("continue" if goes_on else "generate")

    @Slot(str, object)
    def _on_started(self, slot: str, request: object) -> None:
        if slot != slots.PATTERNS:
            return
        job: MakePatterns = request  # type: ignore[assignment]
        # What is on the screen from here on is not finished, and cannot be saved.
        self.mosaic = None
        self._remaining = Remaining()
        self._view.show_running(True)
        self._view.show_reasons([])
        self._view.show_tips({})
        self._name(job)
        self._view.show_progress(self.tr("Preparing…"), np.zeros((0, 0), np.float32), job.settings.steps)
        self._screen.begin(job)
        self._show_action()

    @Slot(str, object, object)
    def _on_advanced(self, slot: str, request: object, value: object) -> None:
        if slot != slots.PATTERNS or not isinstance(value, Preview):
            return
        # As it was asked for: the engine's own may name the pictures it read, or another precision.
        job: MakePatterns = request  # type: ignore[assignment]
        self._stands = (job, job.settings.steps)
        self._screen.advance(job, value)
        # What was made before says nothing about how fast the rest is made.
        total = len(job.channels) * job.settings.steps - value.work_found
        left = self._remaining.seconds(value.work_done - value.work_found, total, trying=value.trying)
        self._view.show_progress(growing_words(value, left), value.objective, job.settings.steps)

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        if slot == slots.FORECAST:
            forecast: Forecast = result  # type: ignore[assignment]
            self._view.show_estimate(forecast_words(forecast))
            self._view.show_draft("" if forecast.no_draft is None else words(forecast.no_draft))
        if slot == slots.PATTERNS:
            self.show(result, request)  # type: ignore[arg-type]
            self._go_on()

    def show(self, patterns: Patterns, asked: MakePatterns | None = None) -> None:
        """Shows finished patterns; ``asked`` is the request as it was asked for, by default as it was made."""
        job = asked or patterns.request
        if numbering_of(job.settings) is not Numbering.STARTS:
            # Those are of no channel.
            self._kept.keep(patterns)
        is_whole = len(patterns.channels) == len(job.channels) and min(patterns.steps) == job.settings.steps
        self._stands = (job, job.settings.steps + is_whole)
        self._view.show_running(False)
        self.mosaic, self.finished = (self._screen.show(patterns), patterns.recipe), patterns
        self._view.show_progress(finished_words(patterns), patterns.objective, job.settings.steps)
        self._view.show_reasons(grey_rows(patterns))
        self._name(patterns.request)
        self._show_action()
        self.made.emit()

    @Slot(str, object, object)
    def _on_ended(self, slot: str, request: object, error: object = None) -> None:
        del request, error
        if slot == slots.PATTERNS:
            self._view.show_running(False)
            self._show_action()
            self._go_on()
        elif slot == slots.FORECAST:
            self._view.show_estimate("")

    def _go_on(self) -> None:
        self._queue.go_on()
        if not self._runner.busy(slots.PATTERNS) and self.typed:
            # What was made in between need not be made again.
            self._on_settings_changed(self.typed, self.settings)

    @Slot()
    def _on_queue_changed(self) -> None:
        self._view.show_waiting([waiting_words(request) for request in self._queue.waiting])

    @Slot(int)
    def _on_step_chosen(self, step: int) -> None:
        self._screen.look_back(step)

    @Slot(int)
    def _on_pattern_clicked(self, channel: int) -> None:
        shown = self._screen.shown
        if shown is not None and self._go_to(shown, channel):
            self._session.look_through(Lens.PATTERN)

    def _go_to(self, job: MakePatterns, channel: int) -> bool:
        """Goes to a channel of patterns, which may be another layer's than the present one."""
        network = self._session.state.network
        is_alike = numbering_of(job.settings) is Numbering.STARTS
        if network is None or network.source != job.network or is_alike:
            return False
        self._session.select_layer(job.layer)
        self._session.select_channels((channel,))
        return True

    @Slot(object, object)
    def _on_remedy_requested(self, remedy: PatternRemedy, channels: tuple[int, ...]) -> None:
        if self.finished is None:
            return
        job = self.finished.request
        if remedy is not PatternRemedy.SHOW_KERNEL:
            self._ask(replace(job, channels=channels, settings=remedied(job.settings, remedy), frames=FRAMES))
        elif self._go_to(job, channels[0]):
            self._session.look_through(Lens.KERNELS)

"""The filter-pattern panel: from channels as typed to a live mosaic."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.pattern import PRESETS, format_channels, parse_channels
from cnnviz_gui.core.pattern_mosaic import pattern_mosaic, pattern_tiling
from cnnviz_gui.core.pattern_requests import Forecast, ForecastPatterns, MakePatterns, Patterns, Preview
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.state import Lens
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.mosaic import Tiling
    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.views import JobBarView, PatternPanelView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState

FIRST_CHANNELS = 64
KEPT_PATTERNS = 4096
"""Patterns kept for the inspector; 128 px each, they take 200 MB."""


class PatternPresenter(QObject):
    """Has patterns made, and shows them while they grow.

    Stop keeps what there is. Patterns belong to the layer they were made of: going to another layer leaves them on
    the screen, under their own layer's name, until new ones are made.
    """

    made = Signal()
    """Patterns were finished or stopped: `pattern`, `mosaic` and `finished` know them."""
    chosen = Signal()
    """`typed` or `settings` changed."""

    def __init__(
        self, session: Session, runner: JobRunner, view: PatternPanelView, bar: JobBarView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._view = view
        self._bar = bar
        self._patterns: dict[tuple[str, str, int], NDArray[np.uint8]] = {}
        self.typed = ""
        """Channels as they stand in the panel."""
        self.settings = PRESETS["clear"]
        """What the panel says that patterns are made with."""
        self.finished: Patterns | None = None
        """The patterns that were finished last: on the screen, unless newer ones grow there."""
        self._shown: MakePatterns | None = None
        self._growing: NDArray[np.uint8] | None = None
        self._tiling: Tiling | None = None
        self.mosaic: tuple[NDArray[np.uint8], Recipe] | None = None
        """The finished mosaic on the screen, (h, w, 3) uint8, and its recipe."""
        session.changed.connect(self._on_changed)
        runner.started.connect(self._on_started)
        runner.advanced.connect(self._on_advanced)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_ended)
        runner.stopped.connect(self._on_ended)
        view.generate_requested.connect(self.generate)
        view.settings_changed.connect(self._on_settings_changed)
        view.stop_requested.connect(self.stop)
        view.pattern_clicked.connect(self._on_pattern_clicked)
        view.show_settings(self.settings)
        view.show_layer(None)

    def pattern(self, network: Network, layer: str, channel: int) -> NDArray[np.uint8] | None:
        """The newest pattern of a channel, (S, S, 3) uint8, or None."""
        return self._patterns.get((network.sha256, layer, channel))

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
        """Makes patterns of channels of the present layer."""
        self.typed, self.settings = channels, settings
        self.chosen.emit()
        request = self._request(channels, settings)
        if isinstance(request, CnnvizError):
            self._bar.show_error(request.what, request.hint, request.details)
        elif request is not None:
            self._runner.submit(slots.PATTERNS, request)

    @Slot()
    def stop(self) -> None:
        """Stops, keeping what there is."""
        self._runner.stop(slots.PATTERNS)

    def _request(self, channels: str, settings: PatternSettings) -> MakePatterns | CnnvizError | None:
        state = self._session.state
        layer = state.layer_info
        if state.network is None or layer is None:
            return None
        try:
            chosen = parse_channels(channels, layer.channels)
        except CnnvizError as error:
            return error
        fixed = state.network.input_size
        if fixed is not None and settings.size != fixed[0]:
            settings = replace(settings, size=fixed[0])
        return MakePatterns(state.network.source, layer.name, chosen, settings, state.preprocessing)

    @Slot(object, object)
    def _on_changed(self, old: SessionState, new: SessionState) -> None:
        if (new.network, new.layer) != (old.network, old.layer):
            layer = new.layer_info
            self._view.show_layer(layer)
            if layer is not None and layer.channels:
                first = format_channels(tuple(range(min(FIRST_CHANNELS, layer.channels))))
                self._view.show_channels(first)
                self._on_settings_changed(first, self.settings)
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

    def _forget_estimate(self) -> None:
        self._runner.cancel(slots.FORECAST)
        self._view.show_estimate("")

    def _show_forecast(self, forecast: Forecast) -> None:
        gigabytes = forecast.memory_bytes / 1e9
        seconds = max(forecast.seconds, 1.0)
        said = message("about {seconds:.0f} s, {gigabytes:.1f} GB", seconds=seconds, gigabytes=gigabytes)
        if seconds >= 100:
            said = message("about {minutes:.0f} min, {gigabytes:.1f} GB", minutes=seconds / 60, gigabytes=gigabytes)
        self._view.show_estimate(words(said))

    @Slot(str, object)
    def _on_started(self, slot: str, request: object) -> None:
        if slot != slots.PATTERNS:
            return
        job: MakePatterns = request  # type: ignore[assignment]
        size = job.settings.size
        # What is on the screen from here on is not finished, and cannot be saved.
        self.mosaic = None
        self._growing = np.zeros((len(job.channels), size, size, 3), np.uint8)
        self._tiling = pattern_tiling(job.channels, size, job.settings.preset)
        self._view.show_running(True)
        self._view.show_reason("")
        self._view.show_progress(self.tr("Preparing…"), np.zeros((0, 0), np.float32), job.settings.steps)

    @Slot(str, object, object)
    def _on_advanced(self, slot: str, request: object, value: object) -> None:
        if slot != slots.PATTERNS or not isinstance(value, Preview):
            return
        job = value.request
        if self._growing is None or self._tiling is None:
            return
        self._shown = job
        self._growing[list(value.places)] = value.pictures
        self._view.show_mosaic(pattern_mosaic(self._growing, job.channels, self._tiling), self._tiling)
        said = message(
            "Step {step} of {steps}, patterns {first} to {last} of {count}\nClimbing {climbed}",
            first=min(value.places) + 1,
            last=max(value.places) + 1,
            count=len(job.channels),
            step=value.step,
            steps=job.settings.steps,
            climbed=words(value.climbed),
        )
        self._view.show_progress(words(said), value.objective, job.settings.steps)

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request
        if slot == slots.FORECAST:
            forecast: Forecast = result  # type: ignore[assignment]
            self._show_forecast(forecast)
        if slot == slots.PATTERNS:
            self.show(result)  # type: ignore[arg-type]

    def show(self, patterns: Patterns) -> None:
        """Shows finished patterns."""
        job = patterns.request
        sha256 = str(patterns.recipe.content["network"]["sha256"])
        for channel, picture in zip(patterns.channels, patterns.pictures, strict=True):
            self._patterns[sha256, job.layer, channel] = picture
        while len(self._patterns) > KEPT_PATTERNS:
            del self._patterns[next(iter(self._patterns))]
        tiling = pattern_tiling(patterns.channels, job.settings.size, job.settings.preset)
        mosaic = pattern_mosaic(patterns.pictures, patterns.channels, tiling)
        self._shown, self.mosaic, self.finished = job, (mosaic, patterns.recipe), patterns
        self._view.show_running(False)
        self._view.show_mosaic(mosaic, tiling)
        stopped = len(patterns.channels) < len(job.channels) or min(patterns.steps) < job.settings.steps
        count = len(patterns.channels)
        if stopped and count == 1:
            said = message("Stopped: 1 pattern of {layer} kept.", layer=job.layer)
        elif stopped:
            said = message("Stopped: {count} patterns of {layer} kept.", count=count, layer=job.layer)
        elif count == 1:
            said = message("1 pattern of {layer}.", layer=job.layer)
        else:
            said = message("{count} patterns of {layer}.", count=count, layer=job.layer)
        self._view.show_progress(words(said), patterns.objective, job.settings.steps)
        self._view.show_reason(_reasons(patterns))
        self.made.emit()

    @Slot(str, object, object)
    def _on_ended(self, slot: str, request: object, error: object = None) -> None:
        del request, error
        if slot == slots.PATTERNS:
            self._view.show_running(False)
        elif slot == slots.FORECAST:
            self._view.show_estimate("")

    @Slot(int)
    def _on_pattern_clicked(self, channel: int) -> None:
        network = self._session.state.network
        if self._shown is not None and network is not None and network.source == self._shown.network:
            # The patterns on the screen may be another layer's than the present one.
            self._session.select_layer(self._shown.layer)
            self._session.select_channels((channel,))
            self._session.look_through(Lens.PATTERN)


def _reasons(patterns: Patterns) -> str:
    """Why patterns stayed grey: each reason once, with the channels it holds for."""
    found: dict[str, list[int]] = {}
    for channel, reason in zip(patterns.channels, patterns.reasons, strict=True):
        if reason is not None:
            found.setdefault(words(reason.words), []).append(channel)
    rows = (
        message("Channels {channels}: {reason}", channels=format_channels(tuple(channels)), reason=reason)
        for reason, channels in found.items()
    )
    return "\n".join(words(row) for row in rows)

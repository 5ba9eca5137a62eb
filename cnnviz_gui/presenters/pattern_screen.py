"""The patterns on the screen: growing, finished, or as they were after fewer steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.film import Film, frames_at, joined
from cnnviz_gui.core.pattern_mosaic import pattern_mosaic, pattern_tiling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.mosaic import Tiling
    from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns, Preview
    from cnnviz_gui.presenters.pattern_view import PatternPanelView


class PatternScreen:
    """Draws the mosaic, and looks back at earlier steps while someone wants to.

    They lie as they fill their room best. What one looks back at is made of small pictures; what is taken away is
    always what is finished, eight a row.
    """

    def __init__(self, view: PatternPanelView) -> None:
        self._view = view
        self.shown: MakePatterns | None = None
        """Whose patterns are on the screen: at the beginning of a job still those of the one before."""
        self._job: MakePatterns | None = None
        self._channels: tuple[int, ...] = ()
        self._pictures: NDArray[np.uint8] = np.zeros((0, 1, 1, 3), np.uint8)
        self._films: dict[int, Film] = {}
        self._aspect: float | None = None
        self._tiling = pattern_tiling((), 1, "")
        self._done = 0
        self._step: int | None = None
        view.aspect_changed.connect(self.fit)

    def fit(self, aspect: float) -> None:
        """The room for the patterns has another width / height."""
        self._aspect = aspect
        if self._job is None:
            return
        tiling = self._fitted(self._job)
        if tiling != self._tiling:
            self._tiling = tiling
            if self.shown == self._job:
                self._draw()

    def begin(self, job: MakePatterns) -> None:
        """Patterns are about to be made: nothing is to be seen of them yet."""
        size = job.settings.size
        self._set(job, job.channels, np.zeros((len(job.channels), size, size, 3), np.uint8))
        self._view.show_steps(0, 0)

    def advance(self, job: MakePatterns, preview: Preview) -> None:
        """Patterns have grown, those of a job as it was begun."""
        if job != self._job:
            return
        places = list(preview.places)
        self._pictures[places] = preview.pictures
        for place, film in zip(places, preview.films, strict=False):
            if film is not None:
                known = self._films.get(place)
                self._films[place] = film if known is None else joined([known, film])
        self._done = max(self._done, preview.step)
        self._draw()

    def show(self, patterns: Patterns) -> NDArray[np.uint8]:
        """Shows finished patterns; returns their mosaic, (h, w, 3) uint8."""
        step = self._step
        self._set(patterns.request, patterns.channels, patterns.pictures)
        films = enumerate(patterns.films)
        self._films = {place: film for place, film in films if film is not None}
        self._done = max(patterns.steps)
        if step is not None and self._films:
            # Who looks back goes on looking back.
            self._step = step
        self._draw()
        saved = pattern_tiling(self._channels, patterns.pictures.shape[1], patterns.request.settings.preset)
        return pattern_mosaic(patterns.pictures, self._channels, saved)

    def look_back(self, step: int) -> None:
        """Shows all patterns as they were after so many steps; from the last one on, as they are."""
        if self._films:
            self._step = step if step < self._done else None
            self._draw()

    def _set(self, job: MakePatterns, channels: Sequence[int], pictures: NDArray[np.uint8]) -> None:
        self._job = job
        self._channels = tuple(channels)
        self._pictures = pictures
        self._films = {}
        self._tiling = self._fitted(job)
        self._done, self._step = 0, None

    def _fitted(self, job: MakePatterns) -> Tiling:
        return pattern_tiling(self._channels, self._pictures.shape[1], job.settings.preset, self._aspect)

    def _draw(self) -> None:
        """Draws what is to be seen."""
        pictures = self._pictures
        if self._step is not None:
            pictures = frames_at(self._films, self._step, self._pictures)
        self._view.show_mosaic(pattern_mosaic(pictures, self._channels, self._tiling), self._tiling)
        self.shown = self._job
        last = self._done if self._films else 0
        self._view.show_steps(last, last if self._step is None else self._step)

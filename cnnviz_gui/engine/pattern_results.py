"""The patterns of a request: those found, those made, and what is known of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import NO_MESSAGE
from cnnviz_gui.core.objective import measured_channel
from cnnviz_gui.core.objective_check import check_objective
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.core.pattern_reasons import Reason
from cnnviz_gui.core.pattern_requests import Patterns, Preview
from cnnviz_gui.core.trust import why_no_rank
from cnnviz_gui.engine.grey import reasons
from cnnviz_gui.engine.natural import channel_means
from cnnviz_gui.engine.pattern_batch import Batch, films
from cnnviz_gui.engine.pattern_keys import PatternKeys, depends_on_batch
from cnnviz_gui.engine.pattern_store import StoredPattern
from cnnviz_gui.engine.scores import Scores
from cnnviz_gui.engine.workbench import network_recipe, pictures_recipe, recipe

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.film import Film
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.core.recipe import Recipe
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.workbench import Workbench


class Results:
    """Collects the patterns of a request.

    Args:
        bench: Where finished patterns and batches that stood still are kept.
        opened: The network.
        layer: The layer's own name.
        request: The request.
    """

    def __init__(self, bench: Workbench, opened: Opened, layer: str, request: MakePatterns) -> None:
        self.entry = opened.graph.entry(layer)
        self.climbed: Message = NO_MESSAGE
        self.found = 0
        self.total = len(request.channels) * request.settings.steps
        self.work = 0
        self._bench = bench
        self._opened = opened
        self._request = request
        objective = parse_objective(request.settings.objective)
        self._objective = check_objective(objective, opened.network, layer)
        self._keys = PatternKeys(opened, layer, request)
        self._rows: dict[int, StoredPattern] = {}
        self._chunks: dict[int, tuple[int, ...]] = {}
        self._work_found = 0

    def find(self, size: int) -> list[Batch]:
        """Finds the patterns that were made before; returns the batches of the others, those that stood still there.

        Args:
            size: Of a batch, at most.
        """
        channels = self._request.channels
        places = list(range(len(channels)))
        if depends_on_batch(self._request.settings):
            missing = [chunk for chunk in _chunks(places, size) if not self._find_all(chunk)]
            batches = [self._stood(chunk) or self._begun(chunk) for chunk in missing]
        else:
            batches = self._cut([place for place in places if not self._find_all([place])], size)
        self.work = self._work_found = self.found * self._request.settings.steps
        self._work_found += sum(batch.steps * len(batch.channels) for batch in batches)
        return batches

    def _find_all(self, chunk: list[int]) -> bool:
        """Finds the patterns of a batch that were made before, or none of them."""
        channels = self._channels(chunk)
        found: dict[int, StoredPattern] = {}
        for place, channel in zip(chunk, channels, strict=True):
            row = self._bench.store.find(self._keys.finished(channel, channels))
            if row is None or len(row.objective) != self._request.settings.steps:
                return False
            found[place] = row
        self._rows |= found
        self.found += len(found)
        self.climbed = next(iter(found.values())).climbed
        return True

    def _cut(self, left: list[int], size: int) -> list[Batch]:
        """Batches of a size at most. What stood still may have been in larger or smaller ones."""
        batches: list[Batch] = []
        while left:
            lengths = {size, len(left), *(1 << power for power in range(len(left).bit_length()))}
            stood = [batch for length in lengths if (batch := self._stood(left[:length]))]
            batch = max(stood, key=lambda batch: (batch.steps, len(batch.places)), default=self._begun(left[:size]))
            batches += batch.parts(size)
            left = left[len(batch.places) :]
        return batches

    def _begun(self, places: list[int]) -> Batch:
        """A batch at its start."""
        return Batch(tuple(places), self._channels(places))

    def _stood(self, places: list[int]) -> Batch | None:
        """A batch where it stood, if it is no further than it is to go."""
        stood = self._bench.climbs.get(self._keys.climb(self._channels(places)))
        return stood.at(tuple(places)) if stood is not None and stood.steps <= self._request.settings.steps else None

    def _channels(self, places: list[int]) -> tuple[int, ...]:
        return tuple(self._request.channels[place] for place in places)

    def work_with(self, batch: Batch) -> int:
        """Steps times pictures done, those of a batch on its way included."""
        return self.work + len(batch.channels) * batch.steps

    def found_preview(self, *, with_films: bool) -> Preview:
        """All that was found.

        Args:
            with_films: Whether to send how they grew along, which the result does too.
        """
        places = tuple(sorted(self._rows))
        rows = [self._rows[place] for place in places]
        return Preview(
            request=self._request,
            step=self._request.settings.steps,
            places=places,
            pictures=np.stack([row.picture for row in rows]),
            objective=np.stack([row.objective for row in rows]),
            done=self.found,
            work_done=self.work,
            work_found=self._work_found,
            climbed=self.climbed,
            films=tuple(row.film for row in rows) if with_films else (),
        )

    def preview(
        self,
        batch: Batch,
        pictures: NDArray[np.uint8],
        kept: tuple[Film | None, ...],
        note: Message | None,
        *,
        trying: bool,
    ) -> Preview:
        """A batch on its way."""
        is_done = batch.steps == self._request.settings.steps
        return Preview(
            request=self._request,
            step=batch.steps,
            places=batch.places,
            pictures=pictures,
            objective=batch.objective,
            done=len(self._rows) + (len(batch.channels) if is_done else 0),
            work_done=self.work_with(batch),
            work_found=self._work_found,
            climbed=self.climbed,
            films=kept,
            note=note,
            trying=trying,
        )

    def keep_climb(self, batch: Batch) -> None:
        """Keeps where a batch stands, for whoever asks for more steps of it."""
        self._bench.climbs.put(self._keys.climb(batch.channels), batch)

    def add(self, batch: Batch, images: NDArray[np.float32], pictures: NDArray[np.uint8]) -> None:
        """Adds a batch that is finished or was stopped.

        Args:
            batch: The batch.
            images: (n, S, S, C) float32: its pictures as the network takes them.
            pictures: (n, S, S, 3) uint8: as shown.
        """
        measured = [self._measured(channel) for channel in batch.channels]
        all_means = channel_means(self._opened, self.entry, images)
        means = [
            np.nan if channel is None else row[channel] for row, channel in zip(all_means, measured, strict=True)
        ]
        grey = reasons(self._opened.graph, self.entry, batch, images, measured, np.array(means, np.float32))
        scores = self._scores(batch, images, all_means)
        kept = films(batch.frame_steps, batch.frames, len(batch.channels))
        objective = batch.objective
        self.work += len(batch.channels) * batch.steps
        for row, (place, channel) in enumerate(zip(batch.places, batch.channels, strict=True)):
            made = StoredPattern(
                image=images[row],
                picture=pictures[row],
                objective=objective[row],
                score=float(scores[row]),
                reason=grey[row] or "",
                climbed=self.climbed,
                film=kept[row],
            )
            self._rows[place] = made
            if batch.steps == self._request.settings.steps:
                self._bench.store.keep(self._keys.finished(channel, batch.channels), made)

    def _scores(self, batch: Batch, images: NDArray[np.float32], means: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,) what the objective reads on each picture of a batch; NaN where that says nothing.

        Args:
            batch: The batch.
            images: (n, S, S, C) float32: its pictures as the network takes them.
            means: (n, channels) the means of the layer's channels on them, which most objectives read.
        """
        if why_no_rank(self._objective) is not None:
            return np.full(len(batch.channels), np.nan, np.float32)
        settings, table = self._request.settings, means
        if settings.objective != "channel":
            table = Scores(self._opened, self.entry.name, settings.objective, settings.size).of(images)
        return table[range(len(table)), batch.channels if table.shape[1] > 1 else 0]

    def _measured(self, channel: int) -> int | None:
        """The channel of the layer whose activation a pattern has, or None where it is not of one channel."""
        return measured_channel(self._objective, self.entry.name, channel)

    def patterns(self) -> Patterns:
        """All of them, in the order of the request."""
        places = sorted(self._rows)
        rows = [self._rows[place] for place in places]
        channels = self._channels(places)
        steps = tuple(len(row.objective) for row in rows)
        objective = np.full((len(rows), self._request.settings.steps), np.nan, np.float32)
        for line, row in zip(objective, rows, strict=True):
            line[: len(row.objective)] = row.objective
        return Patterns(
            request=self._request,
            channels=channels,
            steps=steps,
            images=np.stack([row.image for row in rows]),
            pictures=np.stack([row.picture for row in rows]),
            objective=objective,
            score=np.array([row.score for row in rows], np.float32),
            reasons=tuple(Reason(row.reason) if row.reason else None for row in rows),
            climbed=self.climbed,
            recipe=self._recipe(channels, steps),
            films=tuple(row.film for row in rows),
            cached=self.found,
        )

    def _recipe(self, channels: tuple[int, ...], steps: tuple[int, ...]) -> Recipe:
        """Everything that determines the patterns; ``steps_done`` only where a stop cut them short."""
        stopped = {} if set(steps) == {self._request.settings.steps} else {"steps_done": list(steps)}
        return recipe(
            "patterns",
            network=network_recipe(self._opened),
            layer=self.entry.name,
            channels=list(channels),
            settings=asdict(self._request.settings),
            preprocessing=self._request.preprocessing,
            **pictures_recipe(self._request.pictures),
            **stopped,
        )


def _chunks(places: list[int], size: int) -> list[list[int]]:
    return [places[first : first + size] for first in range(0, len(places), size)]

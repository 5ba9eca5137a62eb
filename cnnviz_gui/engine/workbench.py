"""The loaded networks and the caches: what the engine's answers are made of."""

from __future__ import annotations

import platform
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui import __version__
from cnnviz_gui.core.byte_cache import ByteCache
from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.core.recipe import Recipe, make_recipe
from cnnviz_gui.engine.activations import compute_layers
from cnnviz_gui.engine.ascents import Ascents
from cnnviz_gui.engine.calibration_store import Calibration
from cnnviz_gui.engine.memory import memory_left
from cnnviz_gui.engine.opening import Opened, open_network
from cnnviz_gui.engine.pattern_store import PatternStore
from cnnviz_gui.engine.runtime import keras, tf

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.network import NetworkSource
    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.requests import Progress, View
    from cnnviz_gui.engine.pattern_batch import Batch

ACTIVATIONS_BYTES = 768_000_000
ACTIVATIONS_SHARE = 8
"""Of the memory budget at most the eighth part, where that is less."""
CLIMBS_BYTES = 256_000_000
CLIMBS_SHARE = 50
"""All of `CLIMBS_BYTES` from a budget of 13 GB on. The newest is kept in any case: whoever stopped may go on."""
NATURAL_BYTES = 16_000_000
OPEN_NETWORKS = 2
"""The open network, and the one before it until the new one has proved good."""


class Workbench:
    """Opens networks once, and keeps activations and climbs within a share of the memory budget.

    Args:
        memory_budget: Bytes that the process may take; by default a share of the machine's memory.
        store: Where finished patterns are kept; by default nowhere.
        calibration: What was measured on this machine; by default nothing.
    """

    def __init__(
        self,
        memory_budget: int | None = None,
        store: PatternStore | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.store = store or PatternStore(None)
        self.climbs: ByteCache[Batch] = ByteCache(CLIMBS_BYTES, lambda batch: batch.nbytes, keeps_newest=True)
        """Batches of patterns that stood still or were finished, by `pattern_keys.PatternKeys.climb`."""
        self.natural: ByteCache[NDArray[np.float32]] = ByteCache(NATURAL_BYTES, lambda means: means.nbytes)
        """What objectives read on natural pictures, see `natural`."""
        self.largest_batches: dict[str, int] = {}
        """Sizes of batches that did not fail where larger ones did, by `pacing.speed_key`."""
        self.calibration = calibration or Calibration()
        """What was measured on this machine."""
        self.ascents = Ascents()
        """Compiled ascents."""
        self._networks: dict[NetworkSource, Opened] = {}
        self._stamps: dict[NetworkSource, tuple[object, ...]] = {}
        self._activations: ByteCache[NDArray[np.float32]] = ByteCache(ACTIVATIONS_BYTES, lambda values: values.nbytes)
        self.memory_budget = default_memory_budget() if memory_budget is None else memory_budget

    @property
    def memory_budget(self) -> int:
        """Bytes that the process may take."""
        return self._memory_budget

    @memory_budget.setter
    def memory_budget(self, memory_budget: int) -> None:
        self._memory_budget = memory_budget
        self._activations.keep_to(min(ACTIVATIONS_BYTES, memory_budget // ACTIVATIONS_SHARE))
        self.climbs.keep_to(min(CLIMBS_BYTES, memory_budget // CLIMBS_SHARE))

    def open(self, source: NetworkSource) -> Generator[Progress, object, Opened]:
        """Opens a network, or finds it open already."""
        opened = self._networks.pop(source, None)
        if opened is None:
            return (yield from self._load(source))
        self._networks[source] = opened
        return opened

    def open_anew(self, source: NetworkSource) -> Generator[Progress, object, Opened]:
        """Opens a network; one that is open already is read again if its files have changed since."""
        if source in self._networks and self._stamps[source] != _stamp(source):
            return (yield from self._load(source))
        return (yield from self.open(source))

    def _load(self, source: NetworkSource) -> Generator[Progress, object, Opened]:
        """Opens a network beside the one that was used last, which stays whatever comes of it."""
        self._keep(OPEN_NETWORKS - 1)
        self._activations.forget(lambda key: True)
        stamp = _stamp(source)
        opened = yield from open_network(source, memory_left(self.memory_budget))
        if source in self._networks:
            self._forget(source)
        self._networks[source] = opened
        self._stamps[source] = stamp
        # Another one may have been opened meanwhile.
        self._keep(OPEN_NETWORKS)
        return opened

    def _keep(self, count: int) -> None:
        """Keeps the networks used last and lets go of the others."""
        while len(self._networks) > count:
            self._forget(next(iter(self._networks)))

    def _forget(self, source: NetworkSource) -> None:
        del self._networks[source]
        del self._stamps[source]
        self.ascents.forget(source)
        self._activations.forget(lambda key: isinstance(key, tuple) and key[0] == source)

    def activations(self, view: View) -> Generator[Progress, object, NDArray[np.float32]]:
        """The output of the view's layer, without the batch, float32; never write to it.

        Raises:
            CnnvizError: If the network cannot be opened, has no such layer, or wants another size.
        """
        opened = yield from self.open(view.network)
        # The layer may be spelled as in the tutorial.
        layer = opened.network.layer(view.layer).name
        others = tuple((name, picture.sha256) for name, picture in view.others)
        key = (view.network, view.picture.sha256, view.size, view.preprocessing, others)
        found = self._activations.get((*key, layer))
        if found is None:
            computed = compute_layers(opened, replace(view, layer=layer))
            for name, values in computed.items():
                values.setflags(write=False)
                self._activations.put((*key, name), values)
            found = computed[layer]
        return found


def _stamp(source: NetworkSource) -> tuple[object, ...]:
    """When the files of a network were last written, and how large they are."""
    stamps: list[object] = []
    for name in (source.name, source.weights, source.classes):
        try:
            status = Path(name).stat()
        except OSError:
            # Not a file, or gone: opening it will say so.
            stamps.append(None)
        else:
            stamps.append((status.st_mtime_ns, status.st_size))
    return tuple(stamps)


def network_recipe(opened: Opened) -> dict[str, Any]:
    """The part of a recipe that says which network."""
    row = {**asdict(opened.network.source), "sha256": opened.network.sha256}
    # Whom somebody trusts is no part of how a picture is made, and must not come out of one.
    del row["trusted"]
    if not row["classes"]:
        del row["classes"]
    return row


def picture_recipe(picture: Picture) -> dict[str, Any]:
    """The part of a recipe that says which picture."""
    return {"name": picture.name, "sha256": picture.sha256, "path": picture.path}


def pictures_recipe(pictures: Sequence[tuple[str, Picture]]) -> dict[str, Any]:
    """The part of a recipe that says which pictures patterns were made with; nothing where there are none."""
    rows = [{"as": name, **picture_recipe(picture)} for name, picture in pictures]
    return {"pictures": rows} if rows else {}


def recipe(kind: str, **content: Any) -> Recipe:  # noqa: ANN401 - whatever JSON holds
    """Makes a recipe with the versions of everything that computes."""
    return make_recipe(kind, versions=versions(), **content)


def versions() -> dict[str, str]:
    """Versions of everything that computes."""
    return {
        "cnnviz-gui": __version__,
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
        "python": platform.python_version(),
    }

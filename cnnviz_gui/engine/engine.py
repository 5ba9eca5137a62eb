"""The engine: from a request to the generator that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cnnviz_gui import resources
from cnnviz_gui.core import pattern_requests, requests
from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.engine import files
from cnnviz_gui.engine.memory import limit_memory
from cnnviz_gui.engine.pattern_store import PatternStore

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.pattern_requests import Preview
    from cnnviz_gui.core.requests import Progress, Request, Result
    from cnnviz_gui.engine.workbench import Workbench

    Answer = Generator[Progress | Preview, object, Result]
    CacheAnswer = Generator[Progress, object, pattern_requests.PatternCacheSize]


class Engine:
    """Answers requests; owns the loaded networks and the caches.

    Importing this module imports neither Keras nor TensorFlow: pictures are read while those are still on the way.

    Args:
        store: Where finished patterns are kept; by default in the user's cache, and what was measured on this
            machine beside it. Who brings a store of their own begins to measure anew.
    """

    def __init__(self, store: PatternStore | None = None) -> None:
        self._bench: Workbench | None = None
        self._memory_budget = default_memory_budget()
        self._calibration_folder = resources.calibration_folder() if store is None else None
        self._store = store or PatternStore(resources.pattern_folder())
        self._handlers: dict[type, Callable[[Any], Answer]] = {
            requests.SetMemoryBudget: self._set_memory_budget,
            requests.ReadPicture: files.answer_read_picture,
            requests.SavePng: files.answer_save_png,
            requests.RemoveUnfinished: files.answer_remove_unfinished,
            pattern_requests.LimitPatternCache: self._limit_cache,
            pattern_requests.MeasurePatternCache: self._measure_cache,
            pattern_requests.ClearPatternCache: self._clear_cache,
        }

    def warm_up(self) -> None:
        """Imports Keras and TensorFlow, which takes seconds."""
        if self._bench is None:
            self._bench = self._make_bench()

    def answer(self, request: Request) -> Answer:
        """Answers a request.

        Returns:
            A generator that yields `Progress` and `Preview` and returns the result that the request names.

        Raises:
            CnnvizError: From the generator, when something can be explained.
        """
        if type(request) not in self._handlers:
            self.warm_up()
        return self._handlers[type(request)](request)

    def device(self) -> str:
        """What is computed on: "CPU" or "GPU"; empty before Keras was needed."""
        if self._bench is None:
            return ""
        from cnnviz_gui.engine.runtime import device

        return device()

    def close(self) -> None:
        """Lets everything go."""
        self._bench = None

    def _set_memory_budget(self, request: requests.SetMemoryBudget) -> Generator[Progress, object, None]:
        yield from ()
        self._memory_budget = request.memory_budget
        if self._bench is not None:
            self._bench.memory_budget = request.memory_budget
        limit_memory(request.memory_budget)

    def _limit_cache(self, request: pattern_requests.LimitPatternCache) -> CacheAnswer:
        yield from ()
        return self._store.keep_within(request.limit)

    def _measure_cache(self, request: pattern_requests.MeasurePatternCache) -> CacheAnswer:
        yield from ()
        return self._store.size()

    def _clear_cache(self, request: pattern_requests.ClearPatternCache) -> CacheAnswer:
        yield from ()
        return self._store.clear()

    def _make_bench(self) -> Workbench:
        from cnnviz_gui.engine import forecast, grids, natural, patterns
        from cnnviz_gui.engine.aftermath import clearing_up
        from cnnviz_gui.engine.calibration_store import Calibration
        from cnnviz_gui.engine.workbench import Workbench

        bench = Workbench(self._memory_budget, self._store, Calibration(self._calibration_folder))

        def on_bench(handler: Callable[[Workbench, Any], Answer]) -> Callable[[Any], Answer]:
            return lambda request: handler(bench, request)

        def open_network(bench: Workbench, request: requests.OpenNetwork) -> Generator[Progress, object, Network]:
            opened = yield from bench.open_anew(request.source)
            return opened.network

        self._handlers |= {
            requests.OpenNetwork: clearing_up(on_bench(open_network)),
            requests.DrawGrid: on_bench(grids.draw_grid),
            requests.LookAtPicture: on_bench(grids.look_at_picture),
            requests.ReadKernels: on_bench(grids.read_kernels),
            requests.DescribeGrid: on_bench(grids.describe_grid),
            requests.ExportGrid: on_bench(grids.export_grid),
            requests.ExportLayers: on_bench(grids.export_layers),
            pattern_requests.ForecastPatterns: on_bench(forecast.forecast_patterns),
            pattern_requests.MakePatterns: clearing_up(on_bench(patterns.make_patterns)),
            pattern_requests.MeasureNatural: on_bench(natural.measure_natural),
        }
        return bench

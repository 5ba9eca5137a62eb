"""The contestant that is measured against the others: the engine's own patterns, and what the machine can do.

    python bench_ours.py

Answers tasks of four kinds: "patterns" (steps times pictures a second of a job that was traced before), "peak"
(the rate of a product of large matrices), "operations" (what a step needs), and "memory".
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import psutil
from bench_process import rate_of, serve

from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns, Preview
from cnnviz_gui.core.requests import OpenNetwork
from cnnviz_gui.engine.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from cnnviz_gui.core.requests import Request
    from cnnviz_gui.engine.opening import Opened

SOURCES = {
    "ResNet50": NetworkSource("keras:ResNet50", "none", include_top=False),
    "EfficientNet-Lite0": NetworkSource("efficientnet-lite0"),
}
MATRIX = 2048
ENGINE = Engine()


def main() -> None:
    """Answers tasks."""
    kinds: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "patterns": _patterns,
        "peak": _peak,
        "operations": _operations,
        "memory": _memory,
    }
    serve(lambda task: kinds[task["kind"]](task))


def ended(work: Generator[Any, object, Any], watch: Callable[[Any], None] | None = None) -> Any:  # noqa: ANN401
    """What a generator returns in the end; what it yields on its way is watched."""
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            return end.value
        if watch:
            watch(step)


def run(request: Request, watch: Callable[[Any], None] | None = None) -> Any:  # noqa: ANN401
    return ended(ENGINE.answer(request), watch)


def opened(network: str) -> Opened:
    """A network of `SOURCES` as the engine has it."""
    from cnnviz_gui.engine.workbench import Workbench

    found: Opened = ended(Workbench().open(SOURCES[network]))
    return found


def request_of(task: dict[str, Any]) -> MakePatterns:
    """The request for patterns that a task stands for."""
    source = SOURCES[task["network"]]
    changes = {name: task[name] for name in ("size", "steps", "batch", "precision", "seed") if name in task}
    settings = replace(PRESETS[task.get("preset", "tutorial")], **changes)
    network = run(OpenNetwork(source))
    layer = network.layer(task["layer"])
    channels = tuple(range(min(task.get("channels", 64), layer.channels)))
    return MakePatterns(source, layer.name, channels, settings, network.preprocessing)


def _patterns(task: dict[str, Any]) -> dict[str, Any]:
    request = request_of(task)
    begin = time.perf_counter()
    first: list[float] = []

    def watch(step: object) -> None:
        if isinstance(step, Preview) and not first:
            first.append(time.perf_counter() - begin)

    made = run(request, watch)
    passed = time.perf_counter() - begin
    if made.cached or made.request.settings.precision != request.settings.precision:
        return {"error": f"{made.cached} found, made in {made.request.settings.precision}"}
    work = len(request.channels) * request.settings.steps
    return {"rate": work / passed, "seconds": passed, "preview": first[0]}


def _peak(task: dict[str, Any]) -> dict[str, Any]:
    from cnnviz_gui.engine.runtime import tf

    matrix = tf.random.stateless_uniform((MATRIX, MATRIX), (1, 2))

    def run() -> int:
        tf.linalg.matmul(matrix, matrix).numpy()
        return 2 * MATRIX**3

    run()
    return {"rate": rate_of(run, task["seconds"])}


def _operations(task: dict[str, Any]) -> dict[str, Any]:
    """What one step of one picture needs: every product and sum of the convolutions, forwards and backwards."""
    from bench_operations import needed_operations

    return {"operations": needed_operations(opened(task["network"]), task["layer"], task["size"])}


def _memory(task: dict[str, Any]) -> dict[str, Any]:
    """What the process takes, and what of it is kept on purpose: where patterns stand, for going on."""
    del task
    bench = ENGINE._bench
    return {"bytes": psutil.Process().memory_info().rss, "kept": bench.climbs.bytes if bench else 0}


if __name__ == "__main__":
    main()

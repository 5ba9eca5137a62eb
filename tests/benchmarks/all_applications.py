"""Opens every network of keras.applications without weights and lists its layers.

    python tests/benchmarks/all_applications.py [NAME ...]

Needs 6 GB of memory for the largest ones. Prints one line for each network, and exits with 1 if one did not open, a
layer could not be listed, its own name was not recognised, or a count was wrong.
"""

from __future__ import annotations

import gc
import sys
import time

import psutil

from cnnviz_gui.core.memory import machine_memory
from cnnviz_gui.core.network import LayerKind, NetworkSource
from cnnviz_gui.core.zoo import APPLICATIONS, Application
from cnnviz_gui.engine.activations import layer_shapes
from cnnviz_gui.engine.opening import Opened, open_network
from cnnviz_gui.engine.preprocessing import application_called
from cnnviz_gui.engine.runtime import keras


def main(names: list[str]) -> int:
    """Opens the named networks, or all."""
    failed = [name for name in names or APPLICATIONS if not _check(APPLICATIONS[name])]
    print(f"{len(names or APPLICATIONS) - len(failed)} of {len(names or APPLICATIONS)} networks are right.")
    for name in failed:
        print(f"Not right: {name}")
    return 1 if failed else 0


def _check(known: Application) -> bool:
    begin = time.perf_counter()
    opened = _open(NetworkSource(f"keras:{known.name}", "none"))
    seconds = time.perf_counter() - begin
    network = opened.network
    shapes = layer_shapes(opened, network.input_size or network.nominal_size)
    unlisted = [layer.name for layer in opened.model.layers if layer.name not in shapes and not _is_model(layer)]
    maps = [layer for layer in network.layers if layer.kind is LayerKind.MAPS]
    uncounted = [layer.name for layer in maps if layer.channels != shapes[layer.name][-1]]
    recognised = application_called(opened.model.name)
    same_family = recognised is not None and recognised.preprocessing == known.preprocessing
    memory = psutil.Process().memory_info().rss / 1e9
    print(
        f"{known.name:18} {seconds:5.1f} s  {len(network.layers):4} layers  {network.parameters:11,} parameters  "
        f"{network.preprocessing:5}  {memory:.1f} GB  {network.default_layer}",
        flush=True,
    )
    right = not unlisted and not uncounted and same_family and network.preprocessing == known.preprocessing
    if not right:
        print(f"  unlisted {unlisted}, uncounted {uncounted}, name {opened.model.name}: {recognised}", flush=True)
    del opened, network, maps
    keras.utils.clear_session()
    gc.collect()
    return right


def _open(source: NetworkSource) -> Opened:
    opening = open_network(source, machine_memory())
    while True:
        try:
            next(opening)
        except StopIteration as end:
            opened: Opened = end.value
            return opened


def _is_model(layer: keras.Layer) -> bool:
    return isinstance(layer, keras.Model)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

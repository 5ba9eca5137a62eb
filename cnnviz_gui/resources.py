"""Where the bundled networks, labels and photos lie, and the user's cache. Nothing else builds a path to them."""

import csv
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from platformdirs import user_cache_path, user_log_path

from cnnviz_gui.core.errors import message

DEFAULT_NETWORK = "efficientnet-lite0"
DEFAULT_PHOTO = "chelsea_cat"
DEFAULT_LAYER = "block5c_add"

_PACKAGE = "cnnviz_gui._resources"
_LABELS_OF_NETWORK = {"efficientnet-lite0": "imagenet-classes"}
# In the order a person meets them: first the photos with one clear subject, then the textures.
_PHOTO_TITLES = {
    "chelsea_cat": message("Chelsea the cat").source,
    "coffee": message("Coffee cup").source,
    "flower": message("Flower").source,
    "china_palace": message("Chinese palace").source,
    "rocket": message("Rocket").source,
    "coins": message("Coins").source,
    "retina": message("Human retina").source,
    "hubble": message("Hubble deep field").source,
    "brick": message("Brick wall").source,
    "grass": message("Grass").source,
}


@dataclass(frozen=True)
class SamplePhoto:
    """A bundled photo.

    Args:
        name: What it is called in settings and on the command line, for example "coffee".
        path: The file.
        title: What a person reads, for example "Coffee cup" (English key of a translation).
        licence: Licence and author, for example "CC0, photographer Stefan van der Walt".
    """

    name: str
    path: Path
    title: str
    licence: str


def resource_path(*parts: str) -> Path:
    """Finds a bundled file or folder.

    Args:
        parts: Its path inside the resources, for example ``"photos", "coffee.jpg"``.

    Returns:
        The path, whether or not something lies there.
    """
    try:
        root = Path(str(files(_PACKAGE)))
    except ModuleNotFoundError:
        # Only an installation maps the folder into the package. In a bare checkout it lies beside it.
        root = Path(__file__).resolve().parent.parent / "resources"
    return root.joinpath(*parts)


def library_folder(name: str) -> Path:
    """The folder in the user's cache where a library may keep what it would otherwise put into the user's home."""
    return user_cache_path("cnnviz-gui", appauthor=False) / name


def keep_matplotlib_in() -> None:
    """Has Matplotlib keep its list of fonts in our own folder; to be called before it is imported.

    A person's own choice of a folder stands.
    """
    os.environ.setdefault("MPLCONFIGDIR", str(library_folder("matplotlib")))


def log_file() -> Path:
    """The file that the window and its engine write their log to, whether or not it is there."""
    return user_log_path("cnnviz-gui", appauthor=False) / "cnnviz-gui.log"


def calibration_folder() -> Path:
    """The folder in the user's cache where what was measured on this machine is kept."""
    return user_cache_path("cnnviz-gui", appauthor=False)


def pattern_folder() -> Path:
    """The folder in the user's cache where finished patterns are kept, whether or not it is there."""
    return user_cache_path("cnnviz-gui", appauthor=False) / "patterns"


def bundled_networks() -> dict[str, Path]:
    """Lists the networks that ship with the application.

    Returns:
        Name ("efficientnet-lite0") and file of each.
    """
    return {path.stem: path for path in sorted(resource_path("networks").glob("*.keras"))}


def bundled_labels(name: str) -> tuple[str, ...]:
    """Reads the names of the classes a network tells apart.

    Args:
        name: A bundled network, or a list of labels such as "imagenet-classes", which serves any network
            trained on ImageNet's 1000 classes.

    Returns:
        One name a class, in the order of the network's outputs.

    Raises:
        ValueError: No labels go by that name.
    """
    known = {path.stem: path for path in resource_path("networks").glob("*-classes.txt")}
    path = known.get(_LABELS_OF_NETWORK.get(name, name))
    if path is None:
        expected = ", ".join(sorted({*known, *_LABELS_OF_NETWORK}))
        raise ValueError(f"Expected the name of a bundled network or list of labels: {expected}. Received: {name}")
    return tuple(path.read_text(encoding="utf-8").splitlines())


def sample_photos() -> tuple[SamplePhoto, ...]:
    """Lists the bundled photos, in the order to show them.

    Returns:
        The photos; the one named `DEFAULT_PHOTO` is among them.
    """
    with resource_path("photos", "LICENSES.tsv").open(encoding="utf-8", newline="") as table:
        licences = {row["file"]: row["licence"] for row in csv.DictReader(table, delimiter="\t")}
    return tuple(
        SamplePhoto(name, resource_path("photos", f"{name}.jpg"), title, licences[f"{name}.jpg"])
        for name, title in _PHOTO_TITLES.items()
    )

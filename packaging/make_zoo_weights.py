"""Print the table of `cnnviz_gui/core/zoo_weights.py`: the ImageNet weights that the installed Keras would download.

    python packaging/make_zoo_weights.py

Every constructor of keras.applications is called with and without its top, and the function that it downloads with is
replaced by one that writes down what it was asked for. Nothing is downloaded. It takes some minutes. The table goes
between the quotes of ``_TABLE``.
"""

from __future__ import annotations

import os
import sys
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
from keras.src.utils import file_utils

from cnnviz_gui.core.zoo import APPLICATIONS
from cnnviz_gui.core.zoo_weights import STORAGE


class Asked(Exception):
    """Carries what Keras asked for out of its constructor."""

    def __init__(self, name: str, origin: str, checksum: str | None) -> None:
        super().__init__(name, origin, checksum)
        self.name = name
        self.origin = origin
        self.checksum = checksum or "-"


def get_file(name: str, origin: str, *, cache_subdir: str, file_hash: str | None = None) -> None:
    """Stands in for Keras' function of this name."""
    assert cache_subdir == "models"
    raise Asked(name, origin, file_hash)


def asked_for(network: str, include_top: bool) -> Asked:
    """What Keras asks for when it builds a network with ImageNet weights."""
    keras.backend.clear_session()
    try:
        getattr(keras.applications, network)(weights="imagenet", include_top=include_top)
    except Asked as asked:
        return asked
    sys.exit(f"{network} asked for nothing.")


def main() -> None:
    """Prints the table."""
    warnings.simplefilter("ignore")
    file_utils.get_file = get_file
    for network in APPLICATIONS:
        files = [asked_for(network, include_top) for include_top in (True, False)]
        folders = {asked.origin.rpartition("/")[0] + "/" for asked in files}
        if len(folders) != 1 or not all(folder.startswith(STORAGE) for folder in folders):
            sys.exit(f"{network} asked for files in {folders}.")
        print(network, folders.pop().removeprefix(STORAGE))
        for asked in files:
            served = asked.origin.rpartition("/")[2]
            print(" ", asked.name, asked.checksum, *([] if served == asked.name else [served]), flush=True)


if __name__ == "__main__":
    main()

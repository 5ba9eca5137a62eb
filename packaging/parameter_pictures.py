"""Makes the small pictures of docs/patterns.md that show what each parameter does.

    python packaging/parameter_pictures.py [ROW ...]

Every picture is made by `cnnviz patterns`, whose command is printed, and holds its recipe. Takes some minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cnnviz_gui.cli import main as cnnviz

FOLDER = Path(__file__).parents[1] / "docs" / "images" / "parameters"
NETWORK = ("efficientnet-lite0", "--no-cache")
CLEAR = ("--layer", "block5c_add", "--channels", "2,3", "--preset", "clear", "--size", "96")
DREAM = ("--layer", "block4b_add", "--preset", "deepdream", "--start", "chelsea_cat", "--size", "128")

ROWS: dict[str, dict[str, tuple[str, ...]]] = {
    "image": {
        "pixel": (*CLEAR, "--image", "pixel", "--optimizer", "normalized", "--step-size", "1"),
        "fourier": CLEAR,
        "maco": (*CLEAR, "--image", "maco"),
    },
    "transforms": {
        "none": (*CLEAR, "--transforms", "none"),
        "jitter": (*CLEAR, "--transforms", "none,jitter=8"),
        "clear": CLEAR,
        "strong": (*CLEAR, "--transforms", "jitter=16,rotate=30,scale=.3"),
    },
    "regularisers": {
        "none": CLEAR,
        "total-variation": (*CLEAR, "--total-variation", ".003"),
        "l2": (*CLEAR, "--l2", ".2"),
        "blur": (*CLEAR, "--blur", "1"),
    },
    "octaves": {
        "1": (*DREAM, "--octaves", "1"),
        "2": (*DREAM, "--octaves", "2"),
        "4": (*DREAM, "--octaves", "4"),
    },
    "optimizer": {
        "adam": CLEAR,
        "normalized": (*CLEAR, "--optimizer", "normalized", "--step-size", ".02"),
        "sgd": (*CLEAR, "--optimizer", "sgd", "--step-size", ".1", "--momentum", ".9"),
    },
    "objective": {
        "channel": CLEAR,
        "negative": (*CLEAR, "--objective=-channel"),
        "position": (*CLEAR, "--objective", "position"),
        "layer": (*CLEAR, "--channels", "0,1", "--objective", "layer"),
        "direction": (*CLEAR, "--channels", "0,1", "--objective", "direction(7)"),
        "diversity": (*CLEAR, "--channels", "0,1", "--objective", "channel(3) + diversity(100)"),
        "caricature": (*CLEAR, "--channels", "0,1", "--objective", "caricature(chelsea_cat, 2)"),
        "class": ("--preset", "class", "--class", "daisy", "--class", "espresso", "--size", "96"),
    },
}  # fmt: skip


def main(names: list[str]) -> int:
    """Makes the rows that are named, or all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for row in names or ROWS:
        for name, options in ROWS[row].items():
            path = FOLDER / f"{row}-{name}.png"
            command = ["patterns", *NETWORK, *options, "-o", str(path)]
            print("cnnviz", *command, flush=True)
            status = cnnviz(command)
            if status:
                return status
            print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

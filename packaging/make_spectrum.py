"""Measures the mean spectrum of the bundled photos, which MACO patterns take their magnitudes from.

    python packaging/make_spectrum.py

writes ``resources/spectra/natural.npy``: (3, 64, 33) float32, for each of three decorrelated colours the root of
the mean power of `CROPS` crops of `SIZE` pixels of every photo, at its own size and at half of it, divided by the
length of a crop. Rows are frequencies in the order of ``numpy.fft.fftfreq``, columns those of ``rfftfreq``. Every
photo counts together with its mirror image. There is no spectrum of ImageNet to download: what Fel et al. (2023) took
from a million photos comes here from ten.

The same photos give the same file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from cnnviz_gui import resources
from cnnviz_gui.engine.spectra import levels_to_planes

SIZE = 64
CROPS = 64


def main() -> None:
    """Writes the file."""
    rng = np.random.default_rng(0)
    window = np.sqrt(np.outer(np.hanning(SIZE + 2)[1:-1], np.hanning(SIZE + 2)[1:-1]))
    window /= np.sqrt((window**2).mean())
    powers = []
    for photo in resources.sample_photos():
        with Image.open(photo.path) as image:
            whole = image.convert("RGB")
        half = whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.BOX)
        crops = []
        for source in (whole, half):
            levels = np.asarray(source, np.float64) / 255
            for _ in range(CROPS):
                row = int(rng.integers(levels.shape[0] - SIZE + 1))
                column = int(rng.integers(levels.shape[1] - SIZE + 1))
                crops.append(levels[row : row + SIZE, column : column + SIZE])
        planes = levels_to_planes(np.stack(crops).astype(np.float32)).astype(np.float64)
        planes -= planes.mean(axis=(2, 3), keepdims=True)
        powers.append((np.abs(np.fft.rfft2(planes * window)) ** 2).mean(axis=0))
    power = np.mean(powers, axis=0)
    mirrored = power[:, -np.arange(SIZE) % SIZE]
    magnitude = np.sqrt((power + mirrored) / 2) / SIZE
    magnitude[:, 0, 0] = 0
    target = resources.resource_path("spectra", "natural.npy")
    np.save(target, magnitude.astype(np.float32))
    print(f"{target}: {magnitude.shape}, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()

"""How a pattern grew: small pictures of it at some of its steps."""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import isqrt
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

FRAMES = 60
"""Steps of which pictures are kept, at most."""
FILM_BYTES = 48_000_000
"""Of all pictures of all patterns of one request."""
SMALLEST = 16
QUALITY = 90


@dataclass(frozen=True, eq=False)
class Film:
    """Pictures of one pattern on the way.

    Args:
        steps: (K,) steps that were done, ascending.
        pictures: (K, t, t, 3) uint8.
        read_from: The JPEG that they were read from: packed a second time they would lose a second time.
    """

    steps: tuple[int, ...]
    pictures: NDArray[np.uint8]
    read_from: NDArray[np.uint8] | None = None

    def at(self, step: int) -> NDArray[np.uint8]:
        """The picture after so many steps, (t, t, 3): that of the last kept step before, else of the first one."""
        place = int(np.searchsorted(self.steps, step, side="right")) - 1
        picture: NDArray[np.uint8] = self.pictures[max(place, 0)]
        return picture

    def packed(self) -> NDArray[np.uint8]:
        """The pictures one below the other as a JPEG, (bytes,) uint8."""
        if self.read_from is not None:
            return self.read_from
        strip = Image.fromarray(self.pictures.reshape(-1, *self.pictures.shape[2:]))
        buffer = io.BytesIO()
        strip.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
        return np.frombuffer(buffer.getvalue(), np.uint8)

    @classmethod
    def unpacked(cls, steps: tuple[int, ...], packed: NDArray[np.uint8]) -> Film:
        """Reads what `packed` made.

        Raises:
            ValueError: If it is something else.
            OSError: If it is no JPEG.
        """
        with Image.open(io.BytesIO(packed.tobytes()), formats=("JPEG",)) as image:
            strip = np.asarray(image.convert("RGB"))
        edge = strip.shape[1]
        return cls(steps, strip.reshape(len(steps), edge, edge, 3), packed)


def kept_steps(steps: int, frames: int) -> frozenset[int]:
    """The steps whose pictures are kept: evenly spread, the first and the last among them.

    Args:
        steps: Steps of the whole climb.
        frames: How many to keep at most; 0 for none.
    """
    if not frames:
        return frozenset()
    return frozenset(np.linspace(1, steps, min(frames, steps)).round().astype(int).tolist())


def frame_edge(size: int, patterns: int, frames: int) -> int:
    """Edge length of the kept pictures in pixels, so that all together stay within `FILM_BYTES`.

    Args:
        size: Edge length of the patterns.
        patterns: How many patterns.
        frames: Pictures kept of each.
    """
    fitting = isqrt(FILM_BYTES // (3 * max(patterns, 1) * max(frames, 1)))
    return min(size, max(fitting, SMALLEST))


def shrunk(pictures: NDArray[np.uint8], edge: int) -> NDArray[np.uint8]:
    """Averages (n, S, S, 3) pictures down to (n, edge, edge, 3)."""
    if pictures.shape[1] <= edge:
        return pictures
    small = (Image.fromarray(picture).resize((edge, edge), Image.Resampling.BOX) for picture in pictures)
    return np.stack([np.asarray(picture) for picture in small])


def frames_at(films: Mapping[int, Film], step: int, finished: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """All patterns of a request as they were after so many steps.

    Args:
        films: By place in the request.
        step: Steps done.
        finished: (N, S, S, 3) uint8: what is shown of those that have no film.

    Returns:
        (N, S, S, 3) uint8, enlarged from the small pictures.
    """
    size = finished.shape[1]
    shown = finished.copy()
    for place, film in films.items():
        picture = film.at(step)
        nearest = np.arange(size) * picture.shape[0] // size
        shown[place] = picture[nearest][:, nearest]
    return shown


def joined(films: Sequence[Film]) -> Film:
    """One film of several of the same pattern that follow one another."""
    return Film(
        tuple(step for film in films for step in film.steps), np.concatenate([film.pictures for film in films])
    )

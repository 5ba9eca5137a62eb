"""Finished patterns on the disk, so that none is computed twice."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import os
import re
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.core.errors import Message
from cnnviz_gui.core.film import Film
from cnnviz_gui.core.pattern_requests import PATTERN_LIMIT, PatternCacheSize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

SUFFIX = ".pattern"
MAGIC = b"cnnviz pattern 2"
LEFT_AFTER = 3600.0
"""Seconds after which a file that was not written to its end belongs to nobody any more."""
_NAME = re.compile(rf"[0-9a-f]{{64}}{re.escape(SUFFIX)}")
_DIGEST = hashlib.sha256().digest_size


@dataclass(frozen=True, eq=False)
class StoredPattern:
    """One finished pattern.

    Args:
        image: (S, S, C) float32: as the network takes it.
        picture: (S, S, 3) uint8: as shown.
        objective: (steps,) float32: the objective before each step.
        score: What the objective reads on it, or NaN: see `Patterns`.
        reason: Name of the reason why it stayed grey, or empty.
        climbed: What was climbed, in words.
        film: How it grew, or None.
    """

    image: NDArray[np.float32]
    picture: NDArray[np.uint8]
    objective: NDArray[np.float32]
    score: float
    reason: str
    climbed: Message
    film: Film | None = None


class PatternStore:
    """A folder with one file for each finished pattern, named by the digest of everything that determines it.

    A file is written beside its place and put there when it is whole. One that is damaged, or that lies under a name
    it was not written for, is as good as none, and is replaced. When the files take more than the limit, those used
    longest ago go first. A folder that cannot be read or written is said once in the log and costs nothing else.
    Several processes may use the same folder.

    Args:
        folder: Made when the first pattern is kept; None keeps nothing.
        limit: Bytes; 0 keeps nothing.
    """

    def __init__(self, folder: Path | None, limit: int = PATTERN_LIMIT) -> None:
        self._folder = folder
        self._limit = limit
        self._bytes: int | None = None
        self._complained = False

    def has(self, key: str) -> bool:
        """Whether a pattern seems to be there."""
        return self._folder is not None and (self._folder / f"{key}{SUFFIX}").is_file()

    def find(self, key: str) -> StoredPattern | None:
        """The pattern of a key, which thereby becomes the one used last, or None."""
        if self._folder is None:
            return None
        path = self._folder / f"{key}{SUFFIX}"
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            # It was never made.
            return None
        except OSError as error:
            self._complain("read", error)
            return None
        try:
            found = _unpack(content, key)
        # A file that anybody may have written can be wrong in any way.
        except Exception as error:  # noqa: BLE001
            log.warning("The stored pattern %s is not used: %s", path.name, error)
            return None
        # Of a folder that is read-only nothing is ever removed.
        with suppress(OSError):
            os.utime(path)
        return found

    def keep(self, key: str, pattern: StoredPattern) -> None:
        """Keeps a pattern, if that can be done."""
        if self._folder is None or not self._limit:
            return
        content = _pack(key, pattern)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write(self._folder / f"{key}{SUFFIX}", content)
        except OSError as error:
            self._complain("write", error)
            return
        self._complained = False
        if self._bytes is not None:
            self._bytes += len(content)
        if self._bytes is None or self._bytes > self._limit:
            self._trim()

    def keep_within(self, limit: int) -> PatternCacheSize:
        """Keeps within another number of bytes from now on."""
        self._limit = limit
        self._trim()
        return self.size()

    def clear(self) -> PatternCacheSize:
        """Removes every stored pattern, and nothing else."""
        for path, _ in self._files():
            _remove(path)
        self._bytes = None
        return self.size()

    def size(self) -> PatternCacheSize:
        """How many patterns there are, and their bytes."""
        sizes = [status.st_size for _, status in self._files()]
        return PatternCacheSize(len(sizes), sum(sizes))

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        if self._folder is None:
            return
        try:
            entries = list(os.scandir(self._folder))
        except FileNotFoundError:
            # Nothing was ever kept.
            return
        except OSError as error:
            self._complain("read", error)
            return
        for entry in entries:
            # Another process may have removed it in between.
            with suppress(OSError):
                if _NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    yield Path(entry.path), entry.stat(follow_symlinks=False)

    def _trim(self) -> None:
        """Removes the files used longest ago until the rest takes nine tenths of the limit."""
        files = sorted(self._files(), key=lambda file: file[1].st_mtime_ns)
        total = sum(status.st_size for _, status in files)
        if total > self._limit:
            for path, status in files:
                if total <= 0.9 * self._limit:
                    break
                if _remove(path):
                    total -= status.st_size
        self._bytes = total
        self._sweep()

    def _sweep(self) -> None:
        """Removes what a process left that was ended while it wrote."""
        if self._folder is None:
            return
        for path in self._folder.glob(f"*{SUFFIX}.tmp"):
            # Another process may have finished it or removed it in between.
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > LEFT_AFTER:
                    path.unlink()

    def _complain(self, done: str, error: OSError) -> None:
        if not self._complained:
            self._complained = True
            log.warning("Could not %s the stored patterns: %s", done, error)


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}-", suffix=f"{SUFFIX}.tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        # The first error counts.
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
        raise


def _remove(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("Could not remove a stored pattern: %s", error)
        return False
    return True


def _pack(key: str, pattern: StoredPattern) -> bytes:
    said = {"key": key, "reason": pattern.reason, "climbed": _written(pattern.climbed)}
    arrays: dict[str, Any] = {
        "said": np.frombuffer(json.dumps(said).encode(), np.uint8),
        "image": pattern.image,
        "picture": pattern.picture,
        "objective": pattern.objective,
        "score": np.float32(pattern.score),
    }
    if pattern.film is not None:
        arrays |= {"steps": np.array(pattern.film.steps, np.int32), "film": pattern.film.packed()}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    payload = buffer.getvalue()
    return MAGIC + hashlib.sha256(payload).digest() + payload


def _unpack(content: bytes, key: str) -> StoredPattern:
    start = len(MAGIC) + _DIGEST
    payload = content[start:]
    if not content.startswith(MAGIC) or hashlib.sha256(payload).digest() != content[len(MAGIC) : start]:
        raise ValueError("it is damaged, or no stored pattern")
    with np.load(io.BytesIO(payload), allow_pickle=False) as arrays:
        said = json.loads(arrays["said"].tobytes())
        if said["key"] != key:
            raise ValueError("it is another pattern's")
        film = None
        if "film" in arrays:
            film = Film.unpacked(tuple(arrays["steps"].tolist()), arrays["film"])
        return StoredPattern(
            image=arrays["image"],
            picture=arrays["picture"],
            objective=arrays["objective"],
            score=float(arrays["score"]),
            reason=str(said["reason"]),
            climbed=_read(said["climbed"]),
            film=film,
        )


def _written(said: Message) -> dict[str, Any]:
    """A message as JSON; its values may be messages too."""
    values = [[name, _written(value) if isinstance(value, Message) else value] for name, value in said.values]
    return {"source": said.source, "values": values}


def _read(row: dict[str, Any]) -> Message:
    values = ((str(name), _read(value) if isinstance(value, dict) else value) for name, value in row["values"])
    return Message(str(row["source"]), tuple(values))

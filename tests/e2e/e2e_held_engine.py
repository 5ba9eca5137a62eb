"""The real engine, which can be held at a moment of its work, so that something can happen to it just then.

`HeldEngine` runs in the engine's process in the place of `Engine` and computes the same with the same code. At each
of the moments of `MOMENTS` it looks whether it is to be held there; `Hold` is the test's end of that.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil

from cnnviz_gui.core import recipe
from cnnviz_gui.engine.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from cnnviz_gui.engine.ascent import Ascent
    from cnnviz_gui.engine.climb import Climb
    from cnnviz_gui.engine.workbench import Workbench

VARIABLE = "CNNVIZ_TEST_HOLD"
ENGINE = "e2e_held_engine:HeldEngine"
MOMENTS = ("importing", "opening", "tracing", "activations", "pattern step 1", "pattern middle", "export")
IMPORTED_HALFWAY = "keras.src.layers"
ROOM = 256 << 20
"""Bytes that a process may still grow by when its memory is made short."""


class Hold:
    """The test's end: says where to hold, waits for it, and gives orders to what is held.

    Only the first process that comes to the moment is held, and only once.

    Args:
        folder: Where the two ends write to each other.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hold, self._reached, self._order = (folder / name for name in ("hold", "reached", "order"))

    def arm(self, moment: str) -> None:
        """Has the engine held the next time it comes to a moment."""
        for path in (self._reached, self._order):
            path.unlink(missing_ok=True)
        _write(self._hold, moment)

    @property
    def pid(self) -> int | None:
        """The process that is held, or was."""
        text = _read(self._reached)
        return int(text) if text else None

    def order(self, name: str) -> None:
        """Has what is held do something: one of `_ORDERS`."""
        _write(self._order, name)

    @property
    def is_obeyed(self) -> bool:
        """Whether the last order has been taken."""
        return not self._order.exists()

    def release(self) -> None:
        """Lets it go on."""
        self._hold.unlink(missing_ok=True)


class HeldEngine(Engine):
    """Answers as `Engine` does, and can be held."""

    def __init__(self) -> None:
        super().__init__()
        heed_permissions()
        sys.meta_path.insert(0, _Importing())
        replace_file = recipe.replace_file

        def held_replace_file(path: str, write: Callable[[Any], object]) -> None:
            replace_file(path, lambda file: _write_in_halves(file, write))

        recipe.replace_file = held_replace_file

    def _make_bench(self) -> Workbench:
        bench = super()._make_bench()
        from cnnviz_gui.engine import ascent, opening, workbench

        _pause_before(opening, "read_network", "opening")
        # Python code of a step runs only while it is traced.
        _pause_before(ascent, "transform", "tracing")
        _pause_before(workbench, "compute_layers", "activations")
        step = ascent.Ascent.step
        ascent.Ascent.step = lambda *arguments: _held_step(step, *arguments)
        return bench


def _held_step(
    step: Callable[[Ascent, Climb, int], tuple[Any, ...]], ascent: Ascent, climb: Climb, number: int
) -> tuple[Any, ...]:
    made = step(ascent, climb, number)
    _pause("pattern step 1" if number == 0 else "")
    _pause("pattern middle" if number + 1 == ascent._settings.steps // 2 else "")
    return made


def _write_in_halves(file: Any, write: Callable[[Any], object]) -> None:  # noqa: ANN401
    whole = BytesIO()
    write(whole)
    half = len(whole.getvalue()) // 2
    file.write(whole.getvalue()[:half])
    file.flush()
    _pause("export")
    file.write(whole.getvalue()[half:])


class _Importing:
    """Sees every import; finds nothing itself."""

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == IMPORTED_HALFWAY:
            _pause("importing")
        return None


def _pause_before(module: ModuleType, name: str, moment: str) -> None:
    real = getattr(module, name)

    def paused(*arguments: Any, **keywords: Any) -> Any:  # noqa: ANN401
        _pause(moment)
        return real(*arguments, **keywords)

    setattr(module, name, paused)


def _pause(moment: str) -> None:
    """Waits while it is to be held here."""
    folder = Path(os.environ[VARIABLE])
    hold, reached, order = folder / "hold", folder / "reached", folder / "order"
    if not moment or _read(hold) != moment or reached.exists():
        return
    _write(reached, str(os.getpid()))
    while hold.exists():
        name = _read(order)
        if name:
            order.unlink()
            _ORDERS[name]()
        time.sleep(0.005)


def _eat_memory() -> None:
    """Wants more memory than there is."""
    soft = psutil.Process().memory_info().data + ROOM
    resource.setrlimit(resource.RLIMIT_DATA, (soft, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    _grow()


def _grow() -> None:
    """Takes more and more memory."""
    eaten = []
    while True:
        eaten.append(np.ones(16 << 20, np.uint8))


_ORDERS: dict[str, Callable[[], None]] = {"eat memory": _eat_memory, "grow": _grow}


def heed_permissions() -> Callable[[], None]:
    """Has the rights of files hold for this thread although root may read and write everything; returns the way back.

    It gives up two of root's capabilities for as long (see capabilities(7)); for anybody else it does nothing.
    """
    if os.geteuid() != 0:
        return lambda: None
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    rights = (ctypes.c_uint32 * 6)()
    libc.capget(header, rights)
    kept = rights[0]
    override, read_and_search = 1 << 1, 1 << 2
    rights[0] &= ~(override | read_and_search)
    libc.capset(header, rights)

    def back() -> None:
        rights[0] = kept
        libc.capset(header, rights)

    return back


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""


def _write(path: Path, text: str) -> None:
    """Writes so that a reader sees all or nothing."""
    beside = path.with_suffix(".new")
    beside.write_text(text)
    beside.replace(path)

"""A virtual screen for a process of its own: on a shared one, windows would take each other's keyboard."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = "1600x1000x24"


@contextlib.contextmanager
def virtual_screen() -> Iterator[None]:
    """Starts a screen, the first that is free, and makes it the one of this process and those that it starts."""
    reading, writing = os.pipe()
    with open(reading, encoding="ascii") as number:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        display = number.readline().strip()
    if not display:
        raise RuntimeError(f"Xvfb did not start; it ended with status {server.wait()}")
    os.environ["DISPLAY"] = f":{display}"
    os.environ.pop("XAUTHORITY", None)
    try:
        yield
    finally:
        server.terminate()
        server.wait()

"""What the two processes say to each other, and what an engine is.

A *job* is a number given to one request in one *slot*. Commands go to the engine process; events come back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.errors import CnnvizError
    from cnnviz_gui.core.pattern_requests import Preview
    from cnnviz_gui.core.requests import Progress, Request, Result

    Answer = Generator[Progress | Preview, object, Result]


class Engine(Protocol):
    """What answers requests."""

    def answer(self, request: Request) -> Answer:
        """Returns a generator that yields how far it is and returns the result."""

    def warm_up(self) -> None:
        """Does what takes long and will be needed anyway."""

    def device(self) -> str:
        """Returns what it computes on, or nothing while that is not known. Asked about once a second."""

    def close(self) -> None:
        """Lets go of what the engine holds outside the process."""


class Unsendable(Exception):
    """A value cannot be pickled. Raised before anything of it was sent."""


@dataclass(frozen=True)
class Submit:
    """Start a job; it replaces the one that runs in the slot."""

    job: int
    slot: str
    request: Request


@dataclass(frozen=True)
class Cancel:
    """End the slot's job, whatever it has."""

    slot: str


@dataclass(frozen=True)
class Stop:
    """Ask the slot's job for what it has."""

    slot: str


Command = Submit | Cancel | Stop


@dataclass(frozen=True)
class Started:
    """The job's first step is about to be made: if the process dies from here on, this job may be why."""

    job: int


@dataclass(frozen=True)
class Advanced:
    """The job is further."""

    job: int
    value: Progress | Preview


@dataclass(frozen=True)
class Finished:
    """The job has its result, a partial one if it was asked to stop."""

    job: int
    result: Result


@dataclass(frozen=True)
class Failed:
    """The job raised an error."""

    job: int
    error: CnnvizError


@dataclass(frozen=True)
class Stopped:
    """The job was asked to stop and had nothing to give."""

    job: int


@dataclass(frozen=True)
class Dropped:
    """The job was cancelled or replaced. Nobody waits for this; it is for the record."""

    job: int


@dataclass(frozen=True)
class Alive:
    """The process is well.

    Args:
        memory_bytes: Its resident memory.
        device: What the engine computes on, or empty while not known.
        ready: Whether the engine has warmed up.
    """

    memory_bytes: int
    device: str
    ready: bool


@dataclass(frozen=True)
class Unready:
    """The engine could not be made or could not warm up."""

    error: CnnvizError


@dataclass(frozen=True)
class Take:
    """The process listens: the next command may be sent. See `cnnviz_gui.jobs.wire`."""


@dataclass(frozen=True)
class Died:
    """The process is dead. Said by the side that survived.

    Args:
        error: What happened, in plain words.
        pause: Seconds until the next start; more than 0 after it has died too often.
    """

    error: CnnvizError
    pause: float


@dataclass(frozen=True)
class Restarted:
    """A new process runs. It knows nothing of the old one's jobs and networks."""


JobEvent = Started | Advanced | Finished | Failed | Stopped | Dropped
Event = JobEvent | Alive | Unready | Take | Died | Restarted


@dataclass(frozen=True)
class EngineStatus:
    """How the engine is, for the status bar.

    Args:
        state: "failed" means that it died too often, or could not warm up; see ``reason``.
        memory_bytes: Resident memory of its process; 0 while not known.
        device: What it computes on, or empty while not known.
        reason: Why it is restarting or failed.
    """

    state: Literal["starting", "ready", "restarting", "failed"]
    memory_bytes: int = 0
    device: str = ""
    reason: CnnvizError | None = None

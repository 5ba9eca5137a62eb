"""What went wrong with a job or with the engine process, in plain words."""

from __future__ import annotations

import signal
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, Message, message
from cnnviz_gui.core.memory import size_text
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.core.requests import DrawGrid, OpenNetwork

if TYPE_CHECKING:
    from cnnviz_gui.core.requests import Request

OUT_OF_MEMORY = ("MemoryError", "ResourceExhaustedError")
"""Python's own word for it, and TensorFlow's."""
COMPUTING = message("Computing")
STARTS_AGAIN = message("It starts again by itself. What is already on the screen stays.")


def unforeseen(error: BaseException) -> CnnvizError:
    """Explains an exception that nobody expected. Its traceback is kept as text: frames would hold arrays."""
    if type(error).__name__ in OUT_OF_MEMORY:
        what = message("There is not enough memory for this.")
        hint = message("Ask for something smaller, or allow the engine more memory in Preferences.")
    else:
        what, hint = message("Something went wrong that was not foreseen."), NO_MESSAGE
    return CnnvizError(what, hint, details="".join(traceback.format_exception(error)))


def unsendable(error: BaseException) -> CnnvizError:
    """Explains that a request or a result cannot travel between the processes."""
    what = message("The data could not be passed between the window and the engine.")
    return CnnvizError(what, details="".join(traceback.format_exception(error)))


def died(
    exitcode: int | None, *, doing: Request | None = None, notes: str = "", pause: float = 0.0, deaths: int = 0
) -> CnnvizError:
    """Explains the engine process's death.

    Args:
        exitcode: As `multiprocessing.Process.exitcode` tells it.
        doing: What it was in the middle of.
        notes: What it said before it died.
        pause: Seconds until it is started again.
        deaths: How often it died in the last minute.
    """
    what = message("The engine stopped unexpectedly (out of memory, or a crash in a native library).")
    if name := _name(doing):
        what = message(
            "{doing}: the engine stopped unexpectedly (out of memory, or a crash in a native library).", doing=name
        )
    details = "\n".join(text for text in (_ending(exitcode), notes) if text)
    return CnnvizError(what, _rest(pause, deaths, STARTS_AGAIN), details=details)


def too_much_memory(doing: Request | None, memory: int, budget: int) -> CnnvizError:
    """Explains that the engine process was ended because it took too much memory.

    Args:
        doing: What it was in the middle of.
        memory: Bytes that it took.
        budget: Bytes that it was allowed.
    """
    what = message(
        "{doing}: {used} of memory were used and {budget} are allowed, so the engine was ended.",
        doing=_name(doing) or COMPUTING,
        used=size_text(memory),
        budget=size_text(budget),
    )
    hint = message("Ask for something smaller, or allow the engine more memory in Preferences.")
    return CnnvizError(what, hint, details=f"{memory} of {budget} bytes")


def silent(doing: Request | None, seconds: float) -> CnnvizError:
    """Explains that the engine process was ended because it gave no sign of life.

    Args:
        doing: What it was in the middle of.
        seconds: How long it was waited for.
    """
    what = message(
        "{doing}: no sign of life for {seconds} seconds, so the engine was ended.",
        doing=_name(doing) or COMPUTING,
        seconds=round(seconds),
    )
    return CnnvizError(what, STARTS_AGAIN)


def again(error: CnnvizError, *, pause: float, deaths: int) -> CnnvizError:
    """The same error, with a word about the pause where there is one; as in `died`."""
    return CnnvizError(error.what, _rest(pause, deaths, error.hint), details=error.details)


def ended() -> CnnvizError:
    """Explains that the engine process was ended on purpose while a job ran."""
    return CnnvizError(message("The engine was ended before this was done."), STARTS_AGAIN)


def _name(request: Request | None) -> Message | None:
    """What the engine was in the middle of, in words."""
    match request:
        case OpenNetwork(source):
            return message("Opening {name}", name=Path(source.name).name)
        case MakePatterns(layer=layer):
            return message("Making patterns of {layer}", layer=layer)
        case DrawGrid(view=view):
            return message("Computing activations of {layer}", layer=view.layer)
    return None


def _rest(pause: float, deaths: int, hint: Message) -> Message:
    if pause <= 0:
        return hint
    return message(
        "It stopped {deaths} times in a row and will be started again in {seconds} seconds.",
        deaths=deaths,
        seconds=round(pause),
    )


def _ending(exitcode: int | None) -> str:
    if exitcode is None:
        return "The process was not there to be asked for its exit code."
    if exitcode < 0:
        try:
            return f"Ended by signal {-exitcode} ({signal.Signals(-exitcode).name})."
        except ValueError:
            # A signal without a name, such as a real-time one.
            return f"Ended by signal {-exitcode}."
    return f"Exit code {exitcode}."

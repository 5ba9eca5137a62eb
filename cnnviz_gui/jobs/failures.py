"""What went wrong with a job or with the engine process, in plain words."""

from __future__ import annotations

import signal
import traceback

from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, message

STARTS_AGAIN = message("It starts again by itself. What is already on the screen stays.")


def unforeseen(error: BaseException) -> CnnvizError:
    """Explains an exception that nobody expected. Its traceback is kept as text: frames would hold arrays."""
    if isinstance(error, MemoryError):
        what = message("There is not enough memory for this.")
        hint = message("Close other programs, or ask for something smaller.")
    else:
        what, hint = message("Something went wrong that was not foreseen."), NO_MESSAGE
    return CnnvizError(what, hint, details="".join(traceback.format_exception(error)))


def unsendable(error: BaseException) -> CnnvizError:
    """Explains that a request or a result cannot travel between the processes."""
    what = message("The data could not be passed between the window and the engine.")
    return CnnvizError(what, details="".join(traceback.format_exception(error)))


def died(exitcode: int | None, *, notes: str = "", pause: float = 0.0, deaths: int = 0) -> CnnvizError:
    """Explains the engine process's death.

    Args:
        exitcode: As `multiprocessing.Process.exitcode` tells it.
        notes: What it said before it died.
        pause: Seconds until it is started again.
        deaths: How often it died in the last minute.
    """
    what = message("The engine stopped unexpectedly (out of memory, or a crash in a native library).")
    hint = STARTS_AGAIN
    if pause > 0:
        hint = message(
            "It stopped {deaths} times in a row and will be started again in {seconds} seconds.",
            deaths=deaths,
            seconds=round(pause),
        )
    return CnnvizError(what, hint, details="\n".join(text for text in (_ending(exitcode), notes) if text))


def ended() -> CnnvizError:
    """Explains that the engine process was ended on purpose while a job ran."""
    return CnnvizError(message("The engine was ended before this was done."), STARTS_AGAIN)


def _ending(exitcode: int | None) -> str:
    if exitcode is None:
        return "The process was not there to be asked for its exit code."
    if exitcode < 0:
        try:
            return f"Ended by signal {-exitcode} ({signal.Signals(-exitcode).name})."
        except ValueError:
            return f"Ended by signal {-exitcode}."
    return f"Exit code {exitcode}."

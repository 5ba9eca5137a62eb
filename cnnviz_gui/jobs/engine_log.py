"""What the engine's process has to say, in the window's log file."""

from __future__ import annotations

import logging

from cnnviz_gui.resources import log_file


class EngineLog(logging.Handler):
    """Adds records to the window's log file, which it opens anew for each: the window may have rotated it.

    Where there is no such file, as where there is no window, they go to standard error.
    """

    def emit(self, record: logging.LogRecord) -> None:
        """Writes a record."""
        line = self.format(record)
        try:
            # Not made here: that it is missing means that nobody keeps a log.
            with log_file().open("r+", encoding="utf-8") as file:
                file.seek(0, 2)
                file.write(f"{line}\n")
        except OSError:
            logging.lastResort.handle(record) if logging.lastResort else self.handleError(record)


def write_log() -> None:
    """Has everything that this process logs written."""
    handler = EngineLog()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s engine %(name)s: %(message)s"))
    log = logging.getLogger("cnnviz_gui")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.addHandler(handler)

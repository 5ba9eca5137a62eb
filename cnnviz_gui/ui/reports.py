"""One road for what goes wrong unexpectedly: the log file, and a bar in the window."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, message
from cnnviz_gui.resources import log_file

if TYPE_CHECKING:
    from types import TracebackType

LOG_BYTES = 1_000_000
LOG_FILES = 3

log = logging.getLogger("cnnviz_gui")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Reports(QObject):
    """Takes every exception that nobody caught and every message of Qt; writes them down and says the former.

    `CnnvizError` is said in its own words; anything else as an unexpected error, with the traceback in its details.
    """

    reported = Signal(object, object, str)
    """Message what, Message hint, str details"""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._open_log()
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def _open_log(self) -> None:
        log.setLevel(logging.INFO)
        try:
            log_file().parent.mkdir(parents=True, exist_ok=True)
            handler: logging.Handler = logging.handlers.RotatingFileHandler(
                log_file(), maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
        except OSError as error:
            # A home that cannot be written to must not keep the window from opening.
            handler = logging.StreamHandler()
            log.warning("There is no log file: %s", error)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        log.addHandler(handler)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        log.error("%s", details)
        if isinstance(error, CnnvizError):
            self.reported.emit(error.what, error.hint, error.details)
        else:
            what = message("Something unexpected went wrong: {kind}.", kind=kind.__name__)
            self.reported.emit(what, NO_MESSAGE, details)

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value or arguments.exc_type()
        self._on_exception(arguments.exc_type, error, arguments.exc_traceback)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    logging.getLogger("cnnviz_gui.qt").log(_LEVELS[kind], "%s %s", context.category or "", text)

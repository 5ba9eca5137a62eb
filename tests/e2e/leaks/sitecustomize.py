"""Watches every Python process that has this folder on its path: the window, its engine, and whatever they start.

Python itself reports here, before it does it, that a socket is made or a name is looked up, and that a file is opened
for writing, made, moved or removed. Sockets other than those between processes of this machine are refused. What
happened is written to the file that CNNVIZ_LEAKS names.
"""

from __future__ import annotations

import os
import socket
import sys

_REPORT = os.open(os.environ["CNNVIZ_LEAKS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {"os.mkdir", "os.rename", "os.link", "os.symlink"}
_OUTSIDE = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"}


def _say(kind: str, what: object) -> None:
    os.write(_REPORT, f"{kind}\t{what}\n".encode("utf-8", "replace"))


def _caller() -> str:
    """The module that uses a socket."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") == "socket":
        frame = frame.f_back
    return str(frame.f_globals.get("__name__"))


def _on_event(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(flags, int) and flags & _WRITING and isinstance(path, str | bytes):
            _say("write", os.path.abspath(os.fsdecode(path)))
    elif event in _CHANGES:
        _say("write", os.path.abspath(os.fsdecode(arguments[1 if event != "os.mkdir" else 0])))
    elif event == "socket.__new__" and arguments[1] not in {socket.AF_UNIX, -1}:
        _say("socket", f"made by {_caller()}")
        raise PermissionError("sockets are refused")
    elif event in _OUTSIDE and not (len(arguments) == 2 and isinstance(arguments[1], str | bytes)):
        _say("socket", f"{event} by {_caller()}: {arguments[-1]!r}")
        raise PermissionError("sockets are refused")


sys.addaudithook(_on_event)
_say("process", sys.argv)

"""The engine process: its main function, and the handle that the window's side has of it."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import importlib
import logging
import multiprocessing
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, cast

import psutil

from cnnviz_gui.core.memory import share_heaps
from cnnviz_gui.jobs import wire
from cnnviz_gui.jobs.engine_log import write_log
from cnnviz_gui.jobs.failures import unforeseen
from cnnviz_gui.jobs.loop import ComputeLoop
from cnnviz_gui.jobs.protocol import Alive, Take, Unready
from cnnviz_gui.jobs.pulse import Pulse

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from typing import Any

    from cnnviz_gui.jobs.protocol import Command, Engine, Event

log = logging.getLogger(__name__)

HEARTBEAT = 1.0
"""Seconds between two reports of the process's memory."""
PR_SET_PDEATHSIG = 1

NICENESS = 5
ENGINE_HEAPS = 2
"""With the usual eight for each core the engine is 20 to 35 MB larger after 500 operations (`make soak`); with one,
patterns of a deep layer are 3 % slower."""


class EngineProcess:
    """A running engine process.

    It ends by itself when `pipe` is closed, be it on purpose or because this process died.

    Args:
        engine: "module:attribute" of what makes the engine when called without arguments.
    """

    def __init__(self, engine: str) -> None:
        # Spawned, not forked: a fork would copy the state of Qt's and TensorFlow's threads, but not the threads.
        context = multiprocessing.get_context("spawn")
        self.pulse = Pulse(context)
        self.pipe, theirs = context.Pipe()
        with theirs:
            self._process = context.Process(
                target=serve, args=(theirs, engine, self.pulse), name="cnnviz-engine", daemon=True
            )
            self._process.start()
        self.sentinel = self._process.sentinel

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid or 0

    def kill(self) -> None:
        """Ends the process at once. May be called from any thread, also when it has ended."""
        # It was closed already.
        with contextlib.suppress(ValueError):
            self._process.kill()

    def end(self, patience: float) -> int | None:
        """Ends the process and frees what belongs to it.

        Args:
            patience: Seconds that it may take to end by itself.

        Returns:
            Its exit code.
        """
        self.pipe.close()
        self._process.join(patience)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        exitcode = self._process.exitcode
        self._process.close()
        return exitcode


def serve(pipe: Connection[Any, Any], engine: str, pulse: Pulse) -> None:
    """The engine process's main function."""
    # A Ctrl-C goes to the whole group; the window decides when its engine ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    if hasattr(os, "nice"):
        # It takes every core there is; the window must not have to wait for its turn.
        os.nice(NICENESS)
    if sys.stderr is not None:
        faulthandler.enable()
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    share_heaps(ENGINE_HEAPS)
    write_log()
    with pipe:
        mailbox = _Mailbox(pipe)
        # The window may go away at any moment; there is nobody left to be told.
        with contextlib.suppress(EOFError):
            try:
                made = _make(engine)
            # Whatever keeps the engine from being made is shown by the window.
            except Exception as error:  # noqa: BLE001
                mailbox.report(Unready(unforeseen(error)))
                sys.exit(1)
            mailbox.engine = made
            with contextlib.closing(made):
                ComputeLoop(made.answer, mailbox, mailbox.report, beat=pulse.beat).run()
    # Taking TensorFlow down in good order takes about a second, in which the window waits, and frees nothing that the
    # end of the process does not free.
    for stream in (sys.stdout, sys.stderr):
        # There may be no stream, or nobody at its other end.
        with contextlib.suppress(AttributeError, OSError):
            stream.flush()
    os._exit(0)


class _Mailbox:
    """The engine's end of the pipe.

    Taking commands is also the moment to say that the process is well, and to warm the engine up: when nothing is to
    be done for the first time. What is asked before that need not wait for it, and often does not need it.
    """

    def __init__(self, pipe: Connection[Any, Any]) -> None:
        self.engine: Engine | None = None
        self._pipe = pipe
        self._warm = False
        self._ready = False
        self._self = psutil.Process()
        self._next_heartbeat = 0.0

    def receive(self, *, wait: bool) -> Command | None:
        """Returns the next command; None if there is none."""
        self._beat()
        try:
            if not self._pipe.poll():
                if not wait:
                    return None
                if not self._warm:
                    self._warm_up()
                    return None
                if not self._pipe.poll(HEARTBEAT):
                    return None
            self._pipe.recv_bytes()
            self.report(Take())
            return cast("Command | None", wire.receive(self._pipe))
        except OSError as error:
            raise EOFError from error

    def report(self, event: Event) -> None:
        """Sends an event to the window."""
        parcel = wire.pack(event)
        try:
            wire.send(self._pipe, parcel)
        except OSError as error:
            raise EOFError from error

    def _beat(self) -> None:
        now = time.monotonic()
        if now >= self._next_heartbeat:
            self._next_heartbeat = now + HEARTBEAT
            device = self.engine.device() if self.engine else ""
            self.report(Alive(self._self.memory_info().rss, device, self._ready))

    def _warm_up(self) -> None:
        self._warm = True
        try:
            if self.engine is not None:
                self.engine.warm_up()
        # Some requests need no warm engine; those that do will raise this again.
        except Exception as error:
            log.exception("The engine did not warm up.")
            self.report(Unready(unforeseen(error)))
        else:
            self._ready = True
            self._next_heartbeat = 0.0


def _make(engine: str) -> Engine:
    module, _, attribute = engine.partition(":")
    return cast("Engine", getattr(importlib.import_module(module), attribute)())


def _die_with_parent() -> None:
    """Makes the kernel end this process when the thread that started it is gone.

    A closed pipe is noticed between two steps only. In a native call that takes minutes, or for ever, nothing of
    Python runs, and an engine that outlives its window would keep gigabytes. Only Linux offers this.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGKILL), 0, 0, 0)

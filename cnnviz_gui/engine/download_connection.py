"""Reading from a server in a thread of its own, so that whoever waits for it can stop waiting at any time."""

from __future__ import annotations

import contextlib
import functools
import http.client
import queue
import re
import socket
import ssl
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

TIMEOUT = 20.0
"""Seconds without a byte after which a server is given up."""
WAIT = 0.1
"""Seconds that `Connection.receive` waits at most."""
HANG_UP = 1.0
"""Seconds that `Connection.close` waits for its thread, which needs longer only while it looks for a server."""
CHUNK = 1 << 18
_QUEUED = 16
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class NetworkError(Exception):
    """The server could not be reached, did not answer or refused; ``__cause__`` says more."""


@dataclass(frozen=True)
class Answer:
    """What a server is about to send.

    Args:
        start: Number of the first byte that follows.
        total: Bytes of the whole file; 0 where the server does not say.
    """

    start: int
    total: int


class Connection:
    """Asks a server for a file, from a certain byte on.

    The thread only reads; it has a queue of a few megabytes and waits when that is full. Leaving the context hangs
    up, at whatever point it is.

    Args:
        url: Of the file; http or https.
        start: First byte that is wanted. A server may begin at 0 all the same.
    """

    def __init__(self, url: str, start: int = 0) -> None:
        self._queue: queue.Queue[Answer | bytes | Exception] = queue.Queue(_QUEUED)
        self._closed = threading.Event()
        self._socket: socket.socket | None = None
        # Compressed bytes could neither be counted nor resumed.
        headers = {"Accept-Encoding": "identity", "User-Agent": "cnnviz-gui"}
        if start:
            headers["Range"] = f"bytes={start}-"
        self._request = urllib.request.Request(url, headers=headers)
        self._thread = threading.Thread(target=self._run, name="download", daemon=True)

    def __enter__(self) -> Connection:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # Wakes the thread. Not SSLSocket's own method, which takes the encryption away from a running read.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        self._thread.join(HANG_UP)

    def receive(self) -> Answer | bytes | None:
        """Waits for what comes next.

        Returns:
            First an `Answer`, then bytes, at the end none (b""); or None if nothing has come within `WAIT` seconds.

        Raises:
            NetworkError: If nothing more will come.
        """
        try:
            item = self._queue.get(timeout=WAIT)
        except queue.Empty:
            # Nothing yet; the caller reports how far it is and asks again.
            return None
        if isinstance(item, Exception):
            raise NetworkError from item
        return item

    def _run(self) -> None:
        try:
            with self._opener().open(self._request, timeout=TIMEOUT) as response:
                self._put(_answer(response))
                chunk = b"-"
                while chunk and not self._closed.is_set():
                    chunk = response.read1(CHUNK)
                    self._put(chunk)
        # A thread has nobody above it: `receive` raises it again.
        except Exception as error:  # noqa: BLE001
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            self._put(error)

    def _put(self, item: Answer | bytes | Exception) -> None:
        while not self._closed.is_set():
            # Tried again until there is room or nobody wants it any more.
            with contextlib.suppress(queue.Full):
                self._queue.put(item, timeout=WAIT)
                return

    def _opener(self) -> urllib.request.OpenerDirector:
        """Opens http and https only, through the system's proxies and with the system's certificates."""
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.UnknownHandler(),
            _PlainHandler(self._connected),
            _SafeHandler(self._connected),
            urllib.request.HTTPDefaultErrorHandler(),
            _RedirectHandler(),
            urllib.request.HTTPErrorProcessor(),
        ):
            opener.add_handler(handler)
        return opener

    def _connected(self, connected: socket.socket) -> None:
        self._socket = connected


class _PlainConnection(http.client.HTTPConnection):
    """Tells which socket it has opened."""

    def __init__(self, *arguments: Any, connected: Callable[[socket.socket], None], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **options)
        self._connected = connected

    def connect(self) -> None:
        super().connect()
        self._connected(self.sock)


class _SafeConnection(http.client.HTTPSConnection):
    """Tells which socket it has opened."""

    def __init__(self, *arguments: Any, connected: Callable[[socket.socket], None], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **options)
        self._connected = connected

    def connect(self) -> None:
        super().connect()
        self._connected(self.sock)


class _PlainHandler(urllib.request.HTTPHandler):
    def __init__(self, connected: Callable[[socket.socket], None]) -> None:
        super().__init__()
        self._connection = functools.partial(_PlainConnection, connected=connected)

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, request)


class _SafeHandler(urllib.request.HTTPSHandler):
    def __init__(self, connected: Callable[[socket.socket], None]) -> None:
        super().__init__()
        self._connection = functools.partial(_SafeConnection, connected=connected)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, request, context=ssl.create_default_context())


class _RedirectHandler(urllib.request.HTTPRedirectHandler):
    """Does not follow from an encrypted connection to one that is not."""

    def redirect_request(
        self,
        request: urllib.request.Request,
        response: Any,  # noqa: ANN401 - as in the class above
        code: int,
        reason: str,
        headers: http.client.HTTPMessage,
        url: str,
    ) -> urllib.request.Request | None:
        if request.type == "https" and not url.lower().startswith("https:"):
            raise urllib.error.HTTPError(url, code, "redirected away from encryption", headers, response)
        return super().redirect_request(request, response, code, reason, headers, url)


def _answer(response: Any) -> Answer:  # noqa: ANN401 - urllib names no type
    """Reads where the bytes begin and how many there are."""
    length = int(response.headers.get("Content-Length") or 0)
    if response.status != http.HTTPStatus.PARTIAL_CONTENT:
        return Answer(0, length)
    match = _CONTENT_RANGE.match(response.headers.get("Content-Range") or "")
    if match is None:
        raise ValueError("the server sent a part of the file without saying which")
    start, total = match.groups()
    return Answer(int(start), int(total) if total != "*" else int(start) + length)

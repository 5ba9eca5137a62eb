"""Downloads, from a server on loopback that can be as bad as servers are."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import http.client
import http.server
import io
import os
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

import h5py
import numpy as np
import pytest

from cnnviz_gui.core import zoo_weights
from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.zoo_weights import WeightsFile
from cnnviz_gui.engine import download, download_connection
from cnnviz_gui.engine.download import imagenet_weights, weights_folder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from cnnviz_gui.core.requests import Progress

NAME = "small_weights.h5"


def weights() -> bytes:
    """A file of weights of some 3 MB."""
    file = io.BytesIO()
    with h5py.File(file, "w") as group:
        group["kernel"] = np.random.default_rng(0).normal(size=(750, 1000)).astype(np.float32)
    return file.getvalue()


CONTENT = weights()


@dataclass
class Behaviour:
    """What the server does.

    Args:
        content: What it serves.
        ranges: Whether it serves parts.
        cut: Bytes after which it hangs up, or None.
        status: Of its answer, if not a good one.
        pause: Waits for `release` after this many bytes; None for never.
        silent: Waits for `release` before it answers at all.
        length: Whether it says how long the file is.
    """

    content: bytes = CONTENT
    ranges: bool = True
    cut: int | None = None
    status: int = 0
    pause: int | None = None
    silent: bool = False
    length: bool = True
    release: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str | None]] = field(default_factory=list)


class Handler(http.server.BaseHTTPRequestHandler):
    behaviour: Behaviour

    def do_GET(self) -> None:
        do = self.behaviour
        wanted = self.headers["Range"]
        do.asked.append((self.path, wanted))
        if do.silent:
            do.release.wait()
        if do.status:
            self.send_error(do.status)
            return
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted and do.ranges else 0
        if start and start >= len(do.content):
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(do.content) - 1}/{len(do.content)}")
        if do.length:
            self.send_header("Content-Length", str(len(do.content) - start))
        self.end_headers()
        with contextlib.suppress(OSError):
            if do.pause is not None:
                self.wfile.write(do.content[start : start + do.pause])
                do.release.wait()
                start += do.pause
            self.wfile.write(do.content[start : do.cut])

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Behaviour]:
    behaviour = Behaviour()
    handler = type("Bound", (Handler,), {"behaviour": behaviour})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("CNNVIZ_WEIGHTS_URL", f"http://127.0.0.1:{running.server_port}/mirror/")
        yield behaviour
        behaviour.release.set()
        running.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    checksum = hashlib.sha256(CONTENT).hexdigest()
    monkeypatch.setattr(
        zoo_weights,
        "WEIGHTS_FILES",
        {
            ("Small", True): WeightsFile("Small", True, NAME, f"folder/SERVED-{NAME}", checksum),
            ("Small", False): WeightsFile("Small", False, NAME, f"folder/SERVED-{NAME}", ""),
        },
    )


def start(*, checked: bool = True) -> Generator[Progress, object, Path]:
    return imagenet_weights("Small", include_top=checked)


def finish(job: Generator[Progress, object, Path], reports: list[Progress] | None = None) -> Path:
    while True:
        try:
            report = next(job)
        except StopIteration as end:
            path: Path = end.value
            return path
        if reports is not None:
            reports.append(report)


def target() -> Path:
    return weights_folder() / NAME


def part() -> Path:
    return weights_folder() / f"{NAME}.part"


def files() -> set[str]:
    return {path.name for path in weights_folder().iterdir()}


def download_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "download"]


def test_a_file_is_downloaded_to_where_keras_looks(server: Behaviour, tmp_path: Path) -> None:
    reports: list[Progress] = []
    path = finish(start(), reports)
    assert path == tmp_path / "keras" / "models" / NAME
    assert path.read_bytes() == CONTENT
    assert files() == {NAME}
    assert server.asked == [(f"/mirror/folder/SERVED-{NAME}", None)]
    assert reports[-1].total == len(CONTENT)
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert not download_threads()


def test_a_file_that_is_there_needs_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "Connection", None)
    weights_folder().mkdir(parents=True)
    target().write_bytes(CONTENT)
    assert finish(start()) == target()
    assert finish(start(checked=False)) == target()


@pytest.mark.parametrize("checked", [True, False])
def test_another_file_of_the_name_is_replaced_and_weights_are_kept(server: Behaviour, checked: bool) -> None:
    weights_folder().mkdir(parents=True)
    target().write_bytes(CONTENT[:1000])
    assert finish(start(checked=checked)).read_bytes() == CONTENT
    assert files() == {NAME}
    with h5py.File(target(), "w") as file:
        file["mine"] = 1
    mine = target().read_bytes()
    if checked:
        assert finish(start()).read_bytes() == CONTENT
        assert (weights_folder() / f"{NAME}.old").read_bytes() == mine
    else:
        assert finish(start(checked=False)).read_bytes() == mine


def test_a_cut_connection_is_resumed_at_the_next_try(server: Behaviour) -> None:
    server.cut = 1_000_000
    with pytest.raises(CnnvizError, match=r"Expected: 3\.0 MB\. Received: 1\.0 MB\..*go on from there"):
        finish(start())
    assert files() == {f"{NAME}.part"}
    assert part().stat().st_size == 1_000_000
    server.cut = None
    reports: list[Progress] = []
    assert finish(start(), reports).read_bytes() == CONTENT
    assert server.asked[1][1] == "bytes=1000000-"
    assert reports[0].done == 1_000_000
    assert files() == {NAME}


def test_a_server_without_parts_starts_again(server: Behaviour) -> None:
    server.cut, server.ranges = 1_000_000, False
    with pytest.raises(CnnvizError, match="connection broke"):
        finish(start())
    server.cut = None
    assert finish(start()).read_bytes() == CONTENT
    assert files() == {NAME}


def test_without_a_published_checksum_nothing_is_resumed(server: Behaviour) -> None:
    server.cut = 1_000_000
    with pytest.raises(CnnvizError, match="connection broke"):
        finish(start(checked=False))
    assert files() == set()
    server.cut = None
    assert finish(start(checked=False)).read_bytes() == CONTENT
    assert server.asked[1][1] is None


def test_without_a_length_the_checksum_decides(server: Behaviour) -> None:
    server.length = False
    assert finish(start()).read_bytes() == CONTENT


@pytest.mark.parametrize("kept", [CONTENT[:-1] + b"x", CONTENT + b"more", bytes(1_000_000)])
def test_a_part_that_does_not_belong_to_the_file_is_dropped(server: Behaviour, kept: bytes) -> None:
    weights_folder().mkdir(parents=True)
    part().write_bytes(kept)
    assert finish(start()).read_bytes() == CONTENT
    assert files() == {NAME}


def test_a_part_that_was_complete_is_used(server: Behaviour) -> None:
    weights_folder().mkdir(parents=True)
    part().write_bytes(CONTENT)
    server.content = CONTENT
    assert finish(start()).read_bytes() == CONTENT
    assert files() == {NAME}


@pytest.mark.parametrize("checked", [True, False])
def test_a_wrong_file_is_refused_and_removed(server: Behaviour, checked: bool) -> None:
    server.content = b"<html>Please log in</html>" * 1000
    with pytest.raises(CnnvizError, match=f"not the {NAME} that Keras publishes") as caught:
        finish(start(checked=checked))
    assert files() == set()
    assert str(weights_folder()) in str(caught.value.hint)


@pytest.mark.parametrize(("status", "words"), [(404, f"does not have {NAME}"), (503, "Received: error 503")])
def test_a_server_that_refuses_is_said(server: Behaviour, status: int, words: str) -> None:
    server.status = status
    with pytest.raises(CnnvizError, match=words) as caught:
        finish(start())
    assert "From a file" in str(caught.value.hint)
    assert files() == set()


def test_offline_says_which_file_is_expected_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CNNVIZ_WEIGHTS_URL", "http://127.0.0.1:9")
    with pytest.raises(CnnvizError, match=r"machine, and 127\.0\.0\.1:9 cannot be") as caught:
        finish(start())
    assert NAME in str(caught.value.hint)
    assert str(weights_folder()) in str(caught.value.hint)
    assert "From a file" in str(caught.value.hint)
    assert "refused" in caught.value.details


@pytest.mark.parametrize("address", ["file:///etc/", "ftp://host/", "host", "http://"])
def test_only_web_addresses_are_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("CNNVIZ_WEIGHTS_URL", address)
    with pytest.raises(CnnvizError, match="does not hold a web address"):
        finish(start())


@pytest.mark.parametrize("moment", ["before the answer", "within the file"])
def test_stop_ends_a_slow_download_at_once(server: Behaviour, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server.silent, server.pause = moment == "before the answer", 1_000_000
    # Neither a step nor the end waits for the server: who did would wait for ever.
    monkeypatch.setattr(download_connection, "TIMEOUT", None)
    job = start()
    for _ in range(4):
        report = next(job)
    job.close()
    assert not download_threads()
    if moment == "within the file":
        assert report.done == part().stat().st_size == 1_000_000
        server.release.set()
        assert finish(start()).read_bytes() == CONTENT
        assert server.asked[1][1] == "bytes=1000000-"


def test_a_server_that_falls_silent_is_given_up(server: Behaviour, monkeypatch: pytest.MonkeyPatch) -> None:
    server.pause = 1_000_000
    read, received = http.client.HTTPResponse.read1, 0

    def read_with_less_patience(response: http.client.HTTPResponse, count: int) -> bytes:
        nonlocal received
        connected = response.fp.raw._sock  # type: ignore[attr-defined]
        assert connected.gettimeout() == download_connection.TIMEOUT
        if received == server.pause:
            # From here on the server says nothing; before, a busy machine may take its time.
            connected.settimeout(0.1)
        chunk = read(response, count)
        received += len(chunk)
        return chunk

    monkeypatch.setattr(http.client.HTTPResponse, "read1", read_with_less_patience)
    with pytest.raises(CnnvizError, match="connection broke"):
        finish(start())
    assert part().stat().st_size == 1_000_000


def test_reports_come_ten_times_a_second_at_most(server: Behaviour, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(np.arange(0, 1000, 0.001))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(download_connection, "CHUNK", 1 << 12)
    reports: list[Progress] = []
    finish(start(), reports)
    # 733 chunks, a millisecond each.
    assert len(reports) < 40


def test_a_disk_that_fills_up_is_said_and_what_came_is_kept(
    server: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = download._write

    def fill_up(file: BinaryIO, data: bytes, done: int) -> None:
        if done > 1_000_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(file, data, done)

    with monkeypatch.context() as full:
        full.setattr(download, "_write", fill_up)
        with pytest.raises(CnnvizError, match=r"The disk is full: small_weights.h5 was not written.*KERAS_HOME"):
            finish(start())
    assert not download_threads()
    assert files() == {f"{NAME}.part"}
    assert CONTENT.startswith(part().read_bytes())
    assert finish(start()).read_bytes() == CONTENT


def test_too_little_room_is_noticed_before_anything_is_written(
    server: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free = 1_000_000

    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage)
    with pytest.raises(CnnvizError, match="The disk is full"):
        finish(start())
    assert files() == set()


def test_a_folder_that_cannot_be_written_is_said(server: Behaviour, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("pathlib.Path.mkdir", deny)
    with pytest.raises(CnnvizError, match=f"does not let you read or write {NAME}.*From a file"):
        finish(start())


def test_a_second_window_that_downloads_the_same_file_is_noticed(server: Behaviour) -> None:
    server.pause = 1_000_000
    job = start()
    while next(job).done < 1_000_000:
        pass
    with part().open("ab") as other:
        other.write(b"other")
    server.release.set()
    with pytest.raises(CnnvizError, match="being downloaded by another window"):
        finish(job)


def test_keras_home_may_be_relative_to_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("KERAS_HOME", "~/elsewhere")
    assert weights_folder() == tmp_path / "elsewhere" / "models"
    monkeypatch.delenv("KERAS_HOME")
    assert weights_folder() == tmp_path / ".keras" / "models"

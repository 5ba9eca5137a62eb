"""Whatever is done to a network's file or a picture's, it opens or is refused in a sentence; nothing else happens.

The number of files per test is `CNNVIZ_OPENING_MUTATIONS`; thousands are tried before a release.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import socket
import subprocess
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import pytest
from hostile_files import conv, function, lambda_of, layer, sequential, unqualified, weights, write_h5, write_keras
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import PictureRead
from cnnviz_gui.core.requests import ReadPicture
from cnnviz_gui.engine.engine import Engine
from cnnviz_gui.engine.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

pytestmark = pytest.mark.filterwarnings("ignore")

SUITE = 60
EXAMPLES = int(os.environ.get("CNNVIZ_OPENING_MUTATIONS", SUITE))
mutations = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    # HDF5 has loops without an end; a search for new ones is not what everybody's test run is for.
    derandomize=EXAMPLES == SUITE,
    suppress_health_check=list(HealthCheck),
)
MEMORY = 4_000_000_000

ARRAYS = {
    "layers/conv2d/vars/0": np.ones((3, 3, 3, 4), "f4"),
    "layers/conv2d/vars/1": np.zeros(4, "f4"),
    "layers/dense/vars/0": np.ones((4, 2), "f4"),
    "layers/dense/vars/1": np.zeros(2, "f4"),
}
NETWORK = sequential(conv(), layer("GlobalAveragePooling2D", name="pool"), layer("Dense", units=2, name="scores"))


def bytes_of(write: Callable[[Path], Path]) -> bytes:
    """A file's content."""
    with tempfile.TemporaryDirectory() as folder:
        return write(Path(folder)).read_bytes()


@contextlib.contextmanager
def keras_writes() -> Iterator[None]:
    """Keras 3.15 converts its variables in a way that NumPy 2 would rather not see."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def said(error: CnnvizError) -> None:
    """Checks that an error is a sentence for a person."""
    assert len(str(error)) > 10
    assert "Traceback" not in str(error)


def saved_by_keras(ending: str) -> bytes:
    """A small network as Keras saves it."""
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [
            keras.layers.Input((8, 8, 3)),
            keras.layers.Conv2D(4, 3, activation="relu"),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(2),
        ]
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"network{ending}"
        with keras_writes():
            model.save(path)
        return path.read_bytes()


FILES = {ending: saved_by_keras(ending) for ending in (".keras", ".h5")}
SETTLED = {"floatx": "float32", "data_format": "channels_last", "policy": "float32"}


def finished(steps: Generator[Any, object, Any]) -> Any:  # noqa: ANN401 - whatever is asked for
    """What a generator returns."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        return end.value


class Desk:
    """A network that is open, and everything that must be as it was after another was tried."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="cnnviz-mutations-"))
        self.bench = Workbench()
        self.before = NetworkSource("efficientnet-lite0")
        self.opened = finished(self.bench.open_anew(self.before))

    def tries(self, data: bytes, ending: str) -> bool:
        """Tries to open a file of these bytes; says whether it opened."""
        path = self._folder / f"network{ending}"
        path.write_bytes(data)
        world = self._world()
        try:
            finished(self.bench.open_anew(NetworkSource(str(path), "none" if ending == ".json" else "imagenet")))
        except CnnvizError as error:
            said(error)
            is_open = False
        else:
            is_open = True
        assert self._world() == world
        assert path.read_bytes() == data
        assert finished(self.bench.open(self.before)) is self.opened
        return is_open

    def _world(self) -> tuple[object, ...]:
        """What no file may change."""
        keras_globals = {
            "floatx": keras.config.floatx(),
            "data_format": keras.config.image_data_format(),
            "policy": keras.config.dtype_policy().name,
        }
        assert keras_globals == SETTLED
        files = sorted(entry.name for entry in self._folder.iterdir())
        return files, dict(os.environ), Path.cwd(), dict(keras.saving.get_custom_objects())


@pytest.fixture(scope="module")
def desk() -> Desk:
    """One desk for all files: what one leaves behind, the next would meet."""
    return Desk()


@pytest.fixture(autouse=True)
def nothing_but_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails where a connection is tried, a program started, or code out of a file run."""
    from keras.src.utils import python_utils

    for connect in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, connect, lambda *_: pytest.fail("a connection was tried"))
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a program was started"))
    monkeypatch.setattr(os, "system", lambda *_: pytest.fail("a program was started"))
    monkeypatch.setattr(python_utils, "func_load", lambda *_, **__: pytest.fail("code of a file was run"))


def test_the_files_to_be_changed_open(desk: Desk) -> None:
    assert all(desk.tries(data, ending) for ending, data in FILES.items())
    assert desk.tries(bytes_of(lambda folder: write_keras(folder, NETWORK, weights(ARRAYS))), ".keras")


@mutations
@given(
    st.sampled_from(sorted(FILES)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), min_size=1, max_size=5),
)
def test_bytes_written_over(desk: Desk, ending: str, changes: list[tuple[float, bytes]]) -> None:
    changed = bytearray(FILES[ending])
    for place, value in changes:
        start = int(place * len(changed))
        changed[start : start + len(value)] = value
    desk.tries(bytes(changed[: len(FILES[ending])]), ending)


@mutations
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.binary(max_size=20))
def test_files_cut_off(desk: Desk, ending: str, place: float, rest: bytes) -> None:
    data = FILES[ending]
    desk.tries(data[: int(place * len(data))] + rest, ending)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 9),
    st.sampled_from([0.5, float("nan"), 2**31, "same", "relu", "channels_first", "image", "../x", "/etc", "\0"]),
    st.sampled_from([[], [1], [2, 2], [None, 8, 8, 3], {}, {"class_name": "Zeros", "config": {}}]),
    st.sampled_from(
        [
            function("set_floatx", "keras.config"),
            lambda_of("load_data", "keras.datasets.mnist"),
            {"class_name": "__lambda__", "config": {"code": "4wEAAAA=", "defaults": None, "closure": None}},
            layer("Conv2DTranspose", filters=2, kernel_size=3, strides=2),
        ]
    ),
)


def places(node: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - whatever JSON holds
    """Every place in a description: what holds it, and its key or index."""
    found = []
    stack = [node]
    while stack:
        item = stack.pop()
        for key, child in item.items() if isinstance(item, dict) else enumerate(item):
            found.append((item, key))
            if isinstance(child, dict | list):
                stack.append(child)
    return found


@mutations
@given(st.data(), st.sampled_from([".keras", ".h5", ".json"]), st.integers(1, 3))
def test_descriptions_changed(desk: Desk, data: st.DataObject, ending: str, count: int) -> None:
    description = copy.deepcopy(NETWORK if ending == ".keras" else unqualified(NETWORK))
    for _ in range(count):
        everywhere = places(description)
        if not everywhere:
            break
        holder, key = data.draw(st.sampled_from(everywhere))
        if data.draw(st.integers(0, 3)):
            holder[key] = copy.deepcopy(data.draw(VALUES))
        else:
            del holder[key]
    text = json.dumps(description)
    if ending == ".keras":
        content = bytes_of(lambda folder: write_keras(folder, text.encode(), weights(ARRAYS)))
    elif ending == ".h5":
        numbers = {"model_weights/conv/conv/kernel": np.ones((3, 3, 3, 4), "f4"), "model_weights/x": np.ones(500)}
        content = bytes_of(lambda folder: write_h5(folder, text, numbers))
    else:
        content = text.encode()
    desk.tries(content, ending)


def picture(kind: str) -> bytes:
    """A small picture in a format."""
    buffer = io.BytesIO()
    Image.effect_noise((40, 30), 60).convert("RGB").save(buffer, kind)
    return buffer.getvalue()


PICTURES = {kind: picture(kind) for kind in ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "AVIF", "JPEG2000")}


@settings(mutations, max_examples=4 * EXAMPLES)
@given(
    st.sampled_from(sorted(PICTURES)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), max_size=5),
    st.floats(0.2, 1),
)
def test_pictures_changed(kind: str, changes: list[tuple[float, bytes]], kept: float) -> None:
    changed = bytearray(PICTURES[kind])
    for place, value in changes:
        # Half of them where the format is.
        start = int(place * len(changed) * (0.1 if place < 0.5 else 1))
        changed[start : start + len(value)] = value
    engine = Engine()
    try:
        read = finished(engine.answer(ReadPicture(name="p", data=bytes(changed[: int(kept * len(changed))]))))
    except CnnvizError as error:
        said(error)
    else:
        assert isinstance(read, PictureRead)

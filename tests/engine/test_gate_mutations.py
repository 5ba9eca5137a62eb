"""Whatever is done to a valid file, the gate lets it pass or explains why not, and raises nothing else.

The number of files per test is `CNNVIZ_GATE_MUTATIONS`; thousands are tried before a release.
"""

from __future__ import annotations

import copy
import io
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hostile_files import (
    called,
    conv,
    functional,
    lambda_of,
    layer,
    sequential,
    unqualified,
    weights,
    write_h5,
    write_keras,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.engine.gate import Gated, check_network_file

if TYPE_CHECKING:
    from collections.abc import Callable

SUITE = 300
EXAMPLES = int(os.environ.get("CNNVIZ_GATE_MUTATIONS", SUITE))
MEMORY = 2**30
mutations = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    # HDF5 has loops without an end; a search for new ones is not what everybody's test run is for.
    derandomize=EXAMPLES == SUITE,
    suppress_health_check=[HealthCheck.too_slow],
)


def gate(data: bytes, ending: str) -> Gated | CnnvizError:
    """What the gate says to a file of these bytes."""
    folder = Path(tempfile.mkdtemp(prefix="cnnviz-gate-"))
    try:
        path = folder / f"network{ending}"
        path.write_bytes(data)
        verdict: Gated | CnnvizError = check_network_file(path, memory_limit=MEMORY)
    except CnnvizError as error:
        verdict = error
    finally:
        shutil.rmtree(folder)
    if isinstance(verdict, CnnvizError):
        assert len(str(verdict)) > 10
    else:
        assert 0 <= verdict.forecast_bytes <= MEMORY
    return verdict


def bytes_of(write: Callable[[Path], Path]) -> bytes:
    """A file's content."""
    with tempfile.TemporaryDirectory() as folder:
        return write(Path(folder)).read_bytes()


def rich() -> dict[str, Any]:
    """A description with every kind of thing in it."""
    inner = sequential(conv(3, padding="same"), layer("BatchNormalization", axis=-1), layer("Dropout", rate=0.5))
    steps = [
        called(inner, "a", "image"),
        called(layer("Conv2DTranspose", filters=3, kernel_size=[3, 3], strides=[2, 2]), "b", "a"),
        called(layer("Concatenate", axis=-1), "c", "b", "b"),
        called(layer("ZeroPadding2D", padding=[[1, 1], [0, 0]]), "d", "c"),
        called(layer("Add", "keras.src.ops.numpy"), "e", "d", "d"),
        called(layer("Reshape", target_shape=[-1, 6]), "f", "e"),
        called(layer("Bidirectional", layer=layer("LSTM", units=3, return_sequences=True)), "g", "f"),
        called(layer("TimeDistributed", layer=layer("Dense", units=2)), "h", "g"),
        called(lambda_of("square", "keras.ops"), "i", "h"),
    ]
    steps[1]["build_config"] = {"input_shape": [None, 8, 8, 3]}
    return functional(*steps[:-1], output="h")


KERAS = bytes_of(lambda folder: write_keras(folder, rich(), weights({"layers/x/vars/0": [0.5] * 2000})))
H5 = bytes_of(lambda folder: write_h5(folder, rich(), {"model_weights/x/y": [0.5] * 2000}))
PACKED = io.BytesIO()
with zipfile.ZipFile(PACKED, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("config.json", json.dumps(rich()))
    _archive.writestr("model.weights.h5", weights({"layers/x/vars/0": [0.5] * 2000}))
    _archive.writestr("assets/a/b.txt", "words")
FILES = {"stored": (KERAS, ".keras"), "packed": (PACKED.getvalue(), ".keras"), "h5": (H5, ".h5")}

INTERESTING = [0, 1, 0x7F, 0x80, 0xFE, 0xFF]
patches = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.one_of(
            st.sampled_from(INTERESTING).map(lambda value: bytes([value])),
            st.binary(min_size=1, max_size=8),
            st.sampled_from([b"\xff" * 8, b"\0" * 8, b"\xff\xff\xff\x7f", b"PK\x01\x02", b"SNOD", b"TREE", b"OHDR"]),
        ),
    ),
    min_size=1,
    max_size=6,
)


def test_the_files_to_be_changed_are_valid() -> None:
    for data, ending in FILES.values():
        assert isinstance(gate(data, ending), Gated)


@mutations
@given(st.sampled_from(sorted(FILES)), patches)
def test_bytes_written_over(name: str, changes: list[tuple[float, bytes]]) -> None:
    data, ending = FILES[name]
    changed = bytearray(data)
    for place, value in changes:
        start = int(place * len(changed))
        changed[start : start + len(value)] = value
    gate(bytes(changed[: len(data)]), ending)


@mutations
@given(st.sampled_from(sorted(FILES)), st.floats(0, 0.1), patches)
def test_bytes_written_over_where_the_format_is(name: str, width: float, changes: list[tuple[float, bytes]]) -> None:
    """The first kilobytes of an HDF5 file and the last of an archive hold the structure."""
    data, ending = FILES[name]
    changed = bytearray(data)
    for place, value in changes:
        start = int(place * width * len(changed))
        start = len(changed) - start - len(value) if ending == ".keras" else start
        changed[start : start + len(value)] = value
    gate(bytes(changed), ending)


@mutations
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.binary(max_size=20))
def test_files_cut_off(name: str, place: float, rest: bytes) -> None:
    data, ending = FILES[name]
    gate(data[: int(place * len(data))] + rest, ending)


@mutations
@given(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.floats(0, 1), st.integers(1, 200))
def test_bytes_moved(name: str, source: float, target: float, count: int) -> None:
    data, ending = FILES[name]
    start, end = int(source * len(data)), int(target * len(data))
    piece = data[start : start + count]
    gate(data[:end] + piece + data[end + len(piece) :], ending)
    gate(data[:end] + piece + data[end:], ending)


@mutations
@given(st.binary(max_size=400), st.sampled_from([".keras", ".h5", ".json"]))
def test_noise(data: bytes, ending: str) -> None:
    starts = {".keras": [b"", b"PK\x03\x04", b"PK\x05\x06"], ".h5": [b"", b"\x89HDF\r\n\x1a\n"], ".json": [b"", b"{"]}
    for start in starts[ending]:
        gate(start + data, ending)


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 5),
    st.sampled_from([2**20, 2**31, 2**63, 10**30, -(2**40), 0.5, float("nan"), float("inf"), 1e308]),
    st.sampled_from(
        ["", "relu", "a", "image", "/etc/passwd", "x" * 100, "\ud800", "\0", "__lambda__", "keras.config"]
    ),
    st.sampled_from(["Lambda", "Functional", "Sequential", "InputLayer", "Dense", "function", "keras.layers", "os"]),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(
                ["class_name", "config", "module", "layers", "name", "items", "registered_name", "dtype"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


def places(node: Any) -> list[tuple[Any, Any]]:  # noqa: ANN401 - whatever JSON holds
    """Every place in a description: what holds it, and its key or index."""
    found = []
    stack = [node]
    while stack:
        item = stack.pop()
        children = item.items() if isinstance(item, dict) else enumerate(item)
        for key, child in children:
            found.append((item, key))
            if isinstance(child, dict | list):
                stack.append(child)
    return found


@mutations
@given(st.data(), st.sampled_from(["keras", "h5", "json"]), st.integers(1, 4))
def test_descriptions_changed(data: st.DataObject, kind: str, count: int) -> None:
    description = copy.deepcopy(rich())
    if kind == "h5":
        description = unqualified(description)
    for _ in range(count):
        everywhere = places(description)
        if not everywhere:
            break
        holder, key = everywhere[data.draw(st.integers(0, len(everywhere) - 1))]
        action = data.draw(st.sampled_from(["set", "set", "remove", "double", "elsewhere"]))
        if action == "set":
            holder[key] = data.draw(values)
        elif action == "remove":
            del holder[key]
        elif action == "double" and isinstance(holder, list):
            holder.insert(key, copy.deepcopy(holder[key]))
        else:
            other, name = everywhere[data.draw(st.integers(0, len(everywhere) - 1))]
            if name in other if isinstance(other, dict) else name < len(other):
                holder[key] = copy.deepcopy(other[name])
    text = json.dumps(description)
    numbers = [0.5] * 2000
    if kind == "keras":
        gate(
            bytes_of(lambda folder: write_keras(folder, text.encode(), weights({"layers/x/vars/0": numbers}))),
            ".keras",
        )
    elif kind == "h5":
        gate(bytes_of(lambda folder: write_h5(folder, text, {"model_weights/x/y": numbers})), ".h5")
    else:
        gate(text.encode(), ".json")

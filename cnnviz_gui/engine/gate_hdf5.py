"""The walk through an HDF5 file: what is stored in it, without reading any of it."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

import h5py
from h5py import h5a, h5d, h5g, h5o, h5t

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.memory import size_text
from cnnviz_gui.engine.gate_heap import longest_text
from cnnviz_gui.engine.gate_limits import (
    HDF5_ATTRIBUTE_BYTES,
    HDF5_ATTRIBUTES,
    HDF5_DEPTH,
    HDF5_NAMES_BYTES,
    HDF5_OBJECTS,
    RATIO,
    RATIO_FLOOR,
    refuse,
    refuse_crafted,
    refuse_damaged,
    refuse_memory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cnnviz_gui.engine.gate_window import Window

HDF5_ERRORS = (
    OSError,
    RuntimeError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    NotImplementedError,
    MemoryError,
)
"""What h5py raises for damaged files."""
FILTERS = frozenset({1, 2, 3, 32000})
"""Deflate, shuffle, checksum and LZF: what h5py brings along. HDF5 would load any other from a library of its own."""
TRAINING = frozenset({b"optimizer", b"optimizer_weights", b"metrics"})
"""Groups at the top that a network is trained with."""
CONTAINERS = ("model_weights", "layers", "_layer_checkpoint_dependencies")
"""Groups that the layers are in; Keras 1 and 2 put them at the top of a file that holds only weights."""
BFLOAT16 = 2
"""Bytes of the largest number that h5py stores as an opaque block."""


@dataclass(frozen=True)
class Stored:
    """What an HDF5 file holds.

    Args:
        numbers: Of the network; those of its training are not counted.
        declared: Bytes that all numbers take when they are read.
        layers: Members of the group that the layers are in.
        members: Names at the top.
        attributes: Names of the attributes at the top.
    """

    numbers: int
    declared: int
    layers: int
    members: frozenset[str]
    attributes: frozenset[str]


@contextmanager
def opened_hdf5(window: Window, name: str) -> Iterator[h5py.File]:
    """Opens an HDF5 file within another file, and closes it in any case.

    HDF5 ends the process if Python closes such a file while it ends itself.

    Raises:
        CnnvizError: If it is not one, or h5py raises while it is open.
    """
    try:
        file = h5py.File(window, "r")
    except HDF5_ERRORS as error:
        refuse_damaged(name, error)
    try:
        yield file
    except HDF5_ERRORS as error:
        refuse_damaged(name, error)
    finally:
        file.close()


def read_text(file: h5py.File, attribute: str, name: str, limit: int) -> bytes | str | None:
    """Reads a text among the attributes at the top, as Keras does.

    Args:
        file: The file.
        attribute: The attribute's name.
        name: What to call the file in messages.
        limit: How long it may be.

    Returns:
        The text, or None if there is no such attribute.

    Raises:
        CnnvizError: If it is not one text, or too long.
    """
    if attribute not in file.attrs:
        return None
    identifier = h5a.open(file.id, attribute.encode())
    if not isinstance(identifier.get_type(), h5t.TypeStringID) or identifier.shape != ():
        refuse_crafted(name, f"the attribute {attribute} is not a text")
    text = file.attrs[attribute]
    if not isinstance(text, bytes | str) or len(text) > limit:
        refuse_crafted(name, f"the attribute {attribute} is not a text of up to {limit} characters")
    return bytes(text) if isinstance(text, bytes) else str(text)


def walk_hdf5(file: h5py.File, window: Window, name: str, memory_limit: int, *, texts: bool) -> Stored:
    """Checks every link, attribute and dataset.

    Args:
        file: The file.
        window: Where it lies.
        name: What to call it in messages.
        memory_limit: How many bytes its numbers may take.
        texts: Whether Keras reads the texts beside its groups, as those of an .h5 file; it always reads those beside
            numbers.

    Returns:
        What is in it.

    Raises:
        CnnvizError: If anything leads out of the file, is not numbers, or claims more than is stored.
    """
    return _Walk(window, name, memory_limit, texts).walk(file)


class _Walk:
    """One walk, with a stack instead of recursion, over h5py's lower layer: its upper one takes much longer."""

    def __init__(self, window: Window, name: str, memory_limit: int, texts: bool) -> None:
        self._window = window
        self._name = name
        self._memory_limit = memory_limit
        self._texts = texts
        self._objects = 0
        self._numbers = 0
        self._declared = 0
        self._stored = 0
        self._names = 0
        self._seen: set[int] = set()

    def walk(self, file: h5py.File) -> Stored:
        root = h5g.open(file.id, b"/")
        self._seen.add(h5o.get_info(root).addr)
        stack: list[tuple[Any, bytes, int]] = [(root, b"", 0)]
        while stack:
            group, top, depth = stack.pop()
            if depth > HDF5_DEPTH:
                refuse_crafted(self._name, f"groups within {depth} groups")
            self._check_attributes(group, read=self._texts)
            for link, address in self._links(group):
                if address in self._seen:
                    # A second name for the same object; Keras writes none, and a circle of them would never end.
                    refuse_crafted(self._name, f"{link!r} is a second name")
                self._seen.add(address)
                member = h5o.open(group, link)
                if isinstance(member, h5g.GroupID):
                    stack.append((member, top or link, depth + 1))
                elif isinstance(member, h5d.DatasetID):
                    self._check_attributes(member, read=True)
                    self._check_dataset(member, link, (top or link) in TRAINING)
                else:
                    refuse_crafted(self._name, f"{link!r} is a {type(member).__name__}")
        if self._stored > self._window.size:
            refuse_crafted(self._name, f"{self._stored} bytes of numbers in {self._window.size} bytes")
        self._check_texts()
        members = frozenset(file.keys())
        container = next((file[group] for group in CONTAINERS if group in members), file)
        layers = len(container) if isinstance(container, h5py.Group) else 0
        return Stored(self._numbers, self._declared, layers, members, frozenset(file.attrs.keys()))

    def _links(self, group: Any) -> list[tuple[bytes, int]]:  # noqa: ANN401 - h5py has no types
        """Names and addresses of a group's members."""
        links: list[tuple[bytes, int, int]] = []

        def collect(link: bytes, info: Any) -> bool | None:  # noqa: ANN401 - h5py has no types
            links.append((link, info.type, info.u))
            return True if len(links) + self._objects > HDF5_OBJECTS else None

        group.links.iterate(collect, info=True)
        self._objects += len(links)
        if self._objects > HDF5_OBJECTS:
            refuse(
                message("{name} holds more than {limit} parts.", name=self._name, limit=f"{HDF5_OBJECTS:,}"),
                message("The file may have been made to exhaust the memory."),
            )
        for link, kind, _ in links:
            if kind != h5py.h5l.TYPE_HARD:
                refuse(
                    message(
                        "{name} refers to other files or places instead of holding its numbers.", name=self._name
                    ),
                    message("Save the network again with model.save('network.keras')."),
                    details=f"{link!r} is a link of type {kind}",
                )
        return [(link, address) for link, _, address in links]

    def _check_attributes(self, owner: Any, *, read: bool) -> None:  # noqa: ANN401 - h5py has no types
        count = h5a.get_num_attrs(owner)
        if count > HDF5_ATTRIBUTES:
            refuse_crafted(self._name, f"{count} attributes")
        for index in range(count):
            attribute = h5a.open(owner, index=index)
            kind = attribute.get_type()
            entries = math.prod(attribute.shape or (0,))
            size = entries * kind.get_size()
            if not isinstance(kind, h5t.TypeIntegerID | h5t.TypeFloatID | h5t.TypeStringID | h5t.TypeEnumID):
                refuse_crafted(self._name, f"the attribute {attribute.name!r} is of {type(kind).__name__}")
            if size > min(HDF5_ATTRIBUTE_BYTES, self._window.size):
                refuse_crafted(self._name, f"the attribute {attribute.name!r} has {size} bytes")
            if read and isinstance(kind, h5t.TypeStringID) and kind.is_variable_str():
                self._names = max(self._names, entries)

    def _check_texts(self) -> None:
        """Each of many names could be the longest text of the file, and reading them would copy it as many times."""
        if self._names and self._names * longest_text(self._window, self._name) > HDF5_NAMES_BYTES:
            refuse_crafted(self._name, f"{self._names} names that could be the longest text")

    def _check_dataset(self, dataset: Any, link: bytes, training: bool) -> None:  # noqa: ANN401 - h5py has no types
        properties = dataset.get_create_plist()
        layout = properties.get_layout()
        # Before its shape is asked for: that opens the files a virtual dataset is made of.
        if layout == h5d.VIRTUAL or properties.get_external_count():
            refuse(
                message("{name} refers to other files or places instead of holding its numbers.", name=self._name),
                message("Save the network again with model.save('network.keras')."),
                details=f"{link!r} is stored elsewhere",
            )
        kind = dataset.get_type()
        if not isinstance(kind, h5t.TypeIntegerID | h5t.TypeFloatID | h5t.TypeEnumID) and not (
            isinstance(kind, h5t.TypeOpaqueID) and kind.get_size() <= BFLOAT16
        ):
            refuse(
                message("{name} holds something else than numbers.", name=self._name),
                message("Save the network again with model.save('network.keras')."),
                details=f"{link!r} is of {type(kind).__name__}",
            )
        entries = math.prod(dataset.shape or ())
        declared = entries * kind.get_size()
        stored = dataset.get_storage_size()
        filters = [properties.get_filter(index)[0] for index in range(properties.get_nfilters())]
        if set(filters) - FILTERS:
            refuse_crafted(self._name, f"{link!r} is compressed by {filters}")
        if stored > self._window.size:
            refuse_damaged(self._name, f"{link!r} has {stored} bytes in a file of {self._window.size}")
        if declared > (max(RATIO_FLOOR, RATIO * stored) if filters else stored):
            self._refuse_claim(declared, stored, link)
        offset = dataset.get_offset()
        if offset is not None and offset + stored > self._window.size:
            refuse_damaged(self._name, f"{link!r} ends at {offset + stored} of {self._window.size} bytes")
        self._stored += stored
        self._declared += declared
        self._numbers += 0 if training else entries
        if self._declared > self._memory_limit:
            refuse_memory(self._name, self._declared, self._memory_limit)

    def _refuse_claim(self, declared: int, stored: int, link: bytes) -> NoReturn:
        refuse(
            message(
                "{name} claims to hold {declared} of numbers in {stored}.",
                name=self._name,
                declared=size_text(declared),
                stored=size_text(stored),
            ),
            message("It is incomplete, or was made to exhaust the memory. Save the network again."),
            details=repr(link),
        )

"""The zip archive that a .keras file is."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO, NoReturn

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.memory import size_text
from cnnviz_gui.engine.gate_limits import (
    ASSETS_BYTES,
    CONFIG_BYTES,
    DIRECTORY_BYTES,
    MEMBERS,
    RATIO,
    RATIO_FLOOR,
    refuse,
    refuse_crafted,
    refuse_damaged,
    refuse_memory,
)
from cnnviz_gui.engine.gate_window import Window

CONFIG = "config.json"
METADATA = "metadata.json"
WEIGHTS = "model.weights.h5"
METADATA_BYTES = 1 << 20
ASSET = re.compile(r"assets/(?:[^/\\\x00-\x1f:]+/)*[^/\\\x00-\x1f:]*")
LOCAL_HEADER = struct.Struct("<4s22xHH")
ENCRYPTED = 0x1 | 0x40 | 0x2000
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What Python's zipfile raises for damaged archives."""


class Archive:
    """A zip archive whose directory has been checked.

    Args:
        file: The open file.
        name: What to call it in messages.

    Raises:
        CnnvizError: If it is not an archive of the kind that Keras writes.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._size = file.seek(0, 2)
        self._check_directory_size()
        try:
            self._zip = zipfile.ZipFile(file)
            members = self._zip.infolist()
        except ZIP_ERRORS as error:
            refuse_damaged(name, error)
        self._members = self._check_members(members)

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def read(self, member: str, limit: int) -> bytes:
        """Reads a member whole.

        Args:
            member: Its name.
            limit: How many bytes are allowed.

        Raises:
            CnnvizError: If it is missing, too large or damaged.
        """
        info = self._members.get(member)
        if info is None:
            refuse(
                message("{name} holds no {member}, so it is not a Keras network.", name=self._name, member=member),
                message("Save the network with model.save('network.keras')."),
            )
        if info.file_size > limit:
            self._refuse_size(info, limit)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except ZIP_ERRORS as error:
            refuse_damaged(self._name, error)
        if len(data) != info.file_size:
            refuse_damaged(self._name, f"{member} has {len(data)} bytes instead of {info.file_size}")
        return data

    def weights(self, limit: int) -> Window:
        """The weights, where they lie if they are stored, or else unpacked in memory.

        Args:
            limit: How many bytes are allowed.

        Raises:
            CnnvizError: If they are missing, too large or damaged.
        """
        info = self._members.get(WEIGHTS)
        if info is None:
            refuse(
                message("{name} holds no weights ({member}).", name=self._name, member=WEIGHTS),
                message("Save the network with model.save('network.keras')."),
                details=", ".join(self._members),
            )
        if info.file_size > limit:
            refuse_memory(self._name, info.file_size, limit)
        if info.compress_type != zipfile.ZIP_STORED:
            data = self.read(WEIGHTS, limit)
            return Window(io.BytesIO(data), 0, len(data))
        self._file.seek(info.header_offset)
        header = self._file.read(LOCAL_HEADER.size)
        if len(header) < LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            refuse_damaged(self._name, f"no header of {WEIGHTS} at {info.header_offset}")
        _, name_size, extra_size = LOCAL_HEADER.unpack(header)
        if self._file.read(name_size) != WEIGHTS.encode():
            refuse_crafted(self._name, f"another name than {WEIGHTS} in the header at {info.header_offset}")
        offset = info.header_offset + LOCAL_HEADER.size + name_size + extra_size
        if offset + info.file_size > self._size:
            refuse_damaged(self._name, f"{WEIGHTS} ends at {offset + info.file_size} of {self._size} bytes")
        return Window(self._file, offset, info.file_size)

    def _check_directory_size(self) -> None:
        """Looks at the size of the directory before Python reads it into objects."""
        start = max(0, self._size - 66_000)
        self._file.seek(start)
        tail = self._file.read(self._size - start)
        for found in _occurrences(tail, b"PK\x05\x06"):
            size = int.from_bytes(tail[found + 12 : found + 16], "little")
            if size == 0xFFFFFFFF or tail[found - 20 : found - 16] == b"PK\x06\x07":
                size = int.from_bytes(tail[max(0, found - 36) : max(0, found - 28)], "little")
            if size > DIRECTORY_BYTES:
                refuse_crafted(self._name, f"a zip directory of {size} bytes")

    def _check_members(self, members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(members) > MEMBERS:
            refuse_crafted(self._name, f"{len(members)} members in the archive")
        checked: dict[str, zipfile.ZipInfo] = {}
        assets = 0
        for info in members:
            self._check_name(info, checked)
            if info.flag_bits & ENCRYPTED:
                refuse(
                    message("{name} is encrypted.", name=self._name), message("Decrypt it and zip it again, stored.")
                )
            if stat.S_ISLNK(info.external_attr >> 16):
                refuse_crafted(self._name, f"{info.filename} is a link")
            if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                refuse_crafted(self._name, f"{info.filename} is compressed by method {info.compress_type}")
            if info.compress_type == zipfile.ZIP_STORED and info.compress_size != info.file_size:
                refuse_crafted(self._name, f"{info.filename} is stored as {info.compress_size} of {info.file_size}")
            if info.file_size > max(RATIO_FLOOR, RATIO * info.compress_size):
                self._refuse_size(info, max(RATIO_FLOOR, RATIO * info.compress_size))
            if info.filename.startswith("assets/"):
                assets += info.file_size
                if assets > ASSETS_BYTES:
                    self._refuse_size(info, ASSETS_BYTES)
            checked[info.filename] = info
        for member, limit in {CONFIG: CONFIG_BYTES, METADATA: METADATA_BYTES}.items():
            if member in checked and checked[member].file_size > limit:
                self._refuse_size(checked[member], limit)
        return checked

    def _check_name(self, info: zipfile.ZipInfo, before: dict[str, zipfile.ZipInfo]) -> None:
        member = info.filename
        if info.orig_filename != member:
            refuse_crafted(self._name, f"the name {info.orig_filename!r}")
        if member in before:
            refuse_crafted(self._name, f"two members are called {member!r}")
        if member in {CONFIG, METADATA, WEIGHTS}:
            return
        if ASSET.fullmatch(member) and not {"..", "."} & set(member.split("/")):
            return
        if member == "model.weights.npz":
            refuse(
                message("{name} keeps its weights as NumPy arrays, which Keras cannot read back.", name=self._name),
                message("Save the network again with model.save('network.keras')."),
            )
        refuse_crafted(self._name, f"a member called {member!r}"[:300])

    def _refuse_size(self, info: zipfile.ZipInfo, limit: int) -> NoReturn:
        refuse(
            message(
                "{member} in {name} would unpack to {size}; {limit} are allowed.",
                member=info.filename,
                name=self._name,
                size=size_text(info.file_size),
                limit=size_text(limit),
            ),
            message("The file may have been made to exhaust the memory."),
            details=f"{info.compress_size} bytes in the archive",
        )


def _occurrences(data: bytes, pattern: bytes) -> list[int]:
    found: list[int] = []
    position = data.find(pattern)
    while position >= 0 and len(found) < 1000:
        found.append(position)
        position = data.find(pattern, position + 1)
    return found

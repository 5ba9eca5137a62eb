"""Each kind of network file, checked part by part."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

from cnnviz_gui.core.errors import message
from cnnviz_gui.engine.gate_config import walk_config
from cnnviz_gui.engine.gate_graph import forecast_network, refuse_old
from cnnviz_gui.engine.gate_hdf5 import CONTAINERS, Stored, opened_hdf5, read_text, walk_hdf5
from cnnviz_gui.engine.gate_json import parse_config
from cnnviz_gui.engine.gate_limits import CONFIG_BYTES, refuse, refuse_damaged, refuse_memory
from cnnviz_gui.engine.gate_path import HDF5, file_digest
from cnnviz_gui.engine.gate_programs import check_programs
from cnnviz_gui.engine.gate_window import Window
from cnnviz_gui.engine.gate_zip import CONFIG, METADATA, METADATA_BYTES, Archive

if TYPE_CHECKING:
    from collections.abc import Collection

BYTES_PER_NUMBER = 4
COPIES = 2
"""Of every parameter while Keras reads them: the variable, and what was read."""
PACKED = ("int4", "gptq", "awq")
PACKING = 8
"""Some types keep several numbers in one, up to this many."""


@dataclass(frozen=True)
class Gated:
    """A network file that may be given to Keras.

    Args:
        kind: "keras", "h5-model", "h5-weights" or "json".
        parameters: How many numbers the network is made of, if that can be told.
        layers: Layers and operations, those of inner networks too; for a weights file, its outermost groups.
        forecast_bytes: Memory for the parameters and the largest pair of tensors of one call, TensorFlow itself not
            counted.
        programs: What it holds that is not Keras' own code and was passed as trusted.
        keras_version: Of the Keras that saved it, or nothing.
    """

    kind: str
    parameters: int | None
    layers: int
    forecast_bytes: int
    programs: tuple[str, ...] = ()
    keras_version: str = ""


@dataclass(frozen=True)
class Check:
    """One open file and what is allowed to it.

    Args:
        file: Open without a buffer.
        size: Its length in bytes.
        name: What to call it in messages.
        trusted: Digest of the file whose programs may pass, or empty.
        custom: Classes and functions that the user has supplied.
        memory_limit: How many bytes the network may take.
    """

    file: BinaryIO
    size: int
    name: str
    trusted: str
    custom: Collection[str]
    memory_limit: int

    def keras(self, start: bytes) -> Gated:
        """Checks it as a .keras file; ``start`` are its first bytes."""
        if start.startswith(HDF5):
            refuse(
                message("{name} is an HDF5 file, though its name ends in .keras.", name=self.name),
                message("Give it a name that ends in .h5."),
            )
        archive = Archive(self.file, self.name)
        text = archive.read(CONFIG, CONFIG_BYTES)
        version = _version(archive.read(METADATA, METADATA_BYTES), self.name) if METADATA in archive else ""
        window = archive.weights(self.memory_limit)
        with opened_hdf5(window, self.name) as file:
            stored = walk_hdf5(file, window, self.name, self.memory_limit, texts=False)
        # Keras reads the weights into memory as one piece.
        return self._described("keras", text, version, stored, window.size)

    def hdf5(self) -> Gated:
        """Checks it as an .h5 file: a whole network, or weights."""
        window = Window(self.file, 0, self.size)
        with opened_hdf5(window, self.name) as file:
            stored = walk_hdf5(file, window, self.name, self.memory_limit, texts=True)
            text = read_text(file, "model_config", self.name, CONFIG_BYTES)
            version = read_text(file, "keras_version", self.name, 100) or b""
        said = version.decode("utf-8", "replace") if isinstance(version, bytes) else version
        if text is None:
            if not _looks_like_weights(stored):
                refuse(
                    message("{name} is an HDF5 file, but not one that Keras wrote.", name=self.name),
                    message("Save the network with model.save('network.keras')."),
                    details=", ".join(sorted(stored.members)[:50]),
                )
            memory = COPIES * stored.declared
            gated = Gated("h5-weights", stored.numbers, stored.layers, memory, keras_version=said)
            return self._within_memory(gated)
        if isinstance(text, bytes):
            try:
                text = text.decode("utf-8")
            except UnicodeDecodeError as error:
                refuse_damaged(self.name, error)
        if said.startswith("1.") or '"nb_filter"' in text:
            refuse_old(self.name, f"Keras {said}")
        if "model_weights" not in stored.members:
            refuse(
                message("{name} describes a network, but holds no weights.", name=self.name),
                message("Save the network with model.save('network.keras')."),
            )
        return self._described("h5-model", text, said, stored, 0)

    def json(self) -> Gated:
        """Checks it as the description of a network without weights."""
        if self.size > CONFIG_BYTES:
            refuse(
                message("{name} is too large for the description of a network.", name=self.name),
                details=f"{self.size} bytes",
            )
        self.file.seek(0)
        text = self.file.read(self.size)
        config = parse_config(text, self.name)
        if "class_name" not in config or "config" not in config:
            refuse(
                message("{name} is not the description of a network.", name=self.name),
                message("Write it with model.to_json()."),
            )
        version = config.get("keras_version")
        return self._described("json", text, version if isinstance(version, str) else "", None, 0)

    def _described(self, kind: str, text: bytes | str, version: str, stored: Stored | None, more: int) -> Gated:
        """Checks a description against what is stored and what the memory can hold.

        Args:
            kind: As in `Gated`.
            text: The description, as JSON.
            version: Of Keras.
            stored: The weights, if there are any.
            more: Bytes that Keras needs besides.
        """
        config = parse_config(text, self.name)
        facts = walk_config(config, self.name, qualified=kind == "keras", custom=self.custom)
        digest = partial(file_digest, self.file)
        programs = check_programs(facts.programs, self.name, sha256=digest, trusted=self.trusted)
        forecast = forecast_network(config, self.name)
        if stored is not None:
            packed = any((word in text) if isinstance(text, str) else (word.encode() in text) for word in PACKED)
            self._check_stored(forecast.parameters // (PACKING if packed else 1), stored.numbers)
        return self._within_memory(
            Gated(
                kind,
                forecast.parameters if forecast.exact else None,
                facts.layers,
                BYTES_PER_NUMBER * (COPIES * forecast.parameters + forecast.peak) + more,
                programs,
                version,
            )
        )

    def _check_stored(self, needed: int, stored: int) -> None:
        """Compares what is described with what is stored: Keras would make room for all of it before it looks."""
        if needed and not stored:
            refuse(
                message(
                    "{name} was saved before the shape of its input was known, so it has no weights.", name=self.name
                ),
                message("Put keras.Input(shape=...) first, or call it on one picture, and save it again."),
                details=f"It describes {needed} numbers.",
            )
        if needed > stored:
            refuse(
                message(
                    "{name} describes a network of {needed} numbers, but holds {stored}.",
                    name=self.name,
                    needed=f"{needed:,}",
                    stored=f"{stored:,}",
                ),
                message("It is incomplete, or was made to exhaust the memory. Save the network again."),
            )

    def _within_memory(self, gated: Gated) -> Gated:
        if gated.forecast_bytes > self.memory_limit:
            refuse_memory(self.name, gated.forecast_bytes, self.memory_limit)
        return gated


def _version(metadata: bytes, name: str) -> str:
    try:
        version = json.loads(metadata)["keras_version"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        refuse_damaged(name, error)
    return version[:100] if isinstance(version, str) else ""


def _looks_like_weights(stored: Stored) -> bool:
    """Whether an HDF5 file is laid out as Keras 1, 2 or 3 lay out weights."""
    named = {"layer_names", "layer_names0", "nb_layers"} & stored.attributes
    grouped = {"vars", *CONTAINERS} & stored.members
    return bool(named or grouped)

"""The walk through a network's description: every object it names, without building any."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.remedies import CHOOSE_CLASSES
from cnnviz_gui.engine import gate_names as names
from cnnviz_gui.engine.gate_json import refuse_depth
from cnnviz_gui.engine.gate_limits import (
    CALLS,
    CLASSES,
    CONFIG_DEPTH,
    LAYERS,
    SIZE,
    TEXT_CHARACTERS,
    refuse,
    refuse_crafted,
    refuse_damaged,
)
from cnnviz_gui.engine.gate_names import words
from cnnviz_gui.engine.gate_programs import program_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from cnnviz_gui.engine.gate_programs import Program

PATH = re.compile(r"\A(?:[/~]|[A-Za-z]:[\\/]|\\\\|file:)|://|\A\.\.?[\\/]")
FILE_KEYS = words("vocabulary idf_weights filepath file_path filename directory path url origin")
"""Keys whose value, if it is a text, names a file that Keras would read."""
FREE_TEXT = words("name oov_token mask_token equation separator date_format")
ANY_NUMBER = words(
    """
    seed shared_object_id mask_value iterations num_bins bin_boundaries vocabulary mean variance scale offset
    max_value min_value threshold fill_value value decay_steps first_decay_steps boundaries salt
    """
)
"""Keys whose whole numbers are not sizes."""
CONSTANTS = frozenset({"inbound_nodes", "value"})
"""Keys below which numbers are values to compute with."""
CLASS_COUNTS = words("num_classes num_thresholds")


@dataclass
class Facts:
    """What the walk found.

    Args:
        layers: Layers and operations, inner ones too, networks not counted.
        calls: Entries of inbound nodes.
        programs: What is not Keras' own code, in the order of the description.
    """

    layers: int = 0
    calls: int = 0
    programs: list[Program] = field(default_factory=list)


def walk_config(config: dict[str, Any], name: str, *, qualified: bool, custom: Collection[str]) -> Facts:
    """Checks every object that a description names.

    Args:
        config: The description, parsed.
        name: What to call the file in messages.
        qualified: Whether classes come with their modules, as in a .keras file.
        custom: Names of classes and functions that the user has supplied.

    Returns:
        Counts and programs.

    Raises:
        CnnvizError: If it names what is not part of Keras' modelling, a file, or more than Keras can build.
    """
    return _Walk(name, qualified, custom).walk(config)


class _Walk:
    """One walk, with a stack instead of recursion."""

    def __init__(self, name: str, qualified: bool, custom: Collection[str]) -> None:
        self._name = name
        self._qualified = qualified
        self._custom = custom
        self._facts = Facts()

    def walk(self, config: dict[str, Any]) -> Facts:
        # Keras drops what the outermost network was compiled with, and that alone.
        outermost = {key: value for key, value in config.items() if key != "compile_config"}
        stack: list[tuple[Any, str, int, bool]] = [(outermost, "", 0, False)]
        while stack:
            node, key, depth, free = stack.pop()
            if depth > CONFIG_DEPTH:
                refuse_depth(self._name, f"more than {CONFIG_DEPTH} brackets within brackets")
            if type(node) is dict:
                if "class_name" in node:
                    self._check_object(node, key)
                for child_key, child in node.items():
                    if type(child) is dict or type(child) is list:
                        stack.append((child, child_key, depth + 1, free or child_key in CONSTANTS))
                    elif type(child) is str:
                        self._check_text(child_key, child)
                    elif type(child) is int and not free:
                        self._check_number(child_key, child)
            else:
                if key == "inbound_nodes":
                    self._count_calls(len(node))
                for child in node:
                    if type(child) is dict or type(child) is list:
                        stack.append((child, key, depth + 1, free))
                    elif type(child) is int and not free:
                        self._check_number(key, child)
        return self._facts

    def _check_text(self, key: str, value: str) -> None:
        if len(value) > TEXT_CHARACTERS:
            refuse_crafted(self._name, f"{key} is a text of {len(value)} characters")
        if key not in FREE_TEXT and (key in FILE_KEYS or PATH.search(value)):
            refuse(
                message("{name} would have Keras read the file {path}.", name=self._name, path=value[:200]),
                message("Save the network again with the contents of that file inside it."),
                details=f"{key}: {value[:500]}",
            )

    def _check_number(self, key: str, value: int) -> None:
        if key in CLASS_COUNTS and abs(value) > CLASSES:
            refuse_crafted(self._name, f"{key}: {value}")
        if abs(value) > SIZE and key not in ANY_NUMBER and abs(value) != 2**31 - 1:
            refuse(
                message(
                    "{name} gives {key} as {value}, which no computer has the memory for.",
                    name=self._name,
                    key=key or "a size",
                    value=f"{value:,}",
                ),
                message("The file may have been made to exhaust the memory."),
            )

    def _count_calls(self, count: int) -> None:
        self._facts.calls += count
        if self._facts.calls > CALLS:
            refuse(
                message(
                    "{name} calls its layers more than {limit} times, which Keras takes hours to build.",
                    name=self._name,
                    limit=f"{CALLS:,}",
                ),
                message("Save a part of the network as a file of its own."),
            )

    def _count_layer(self) -> None:
        self._facts.layers += 1
        if self._facts.layers > LAYERS:
            refuse(
                message(
                    "{name} has more than {limit} layers, which Keras takes minutes to build.",
                    name=self._name,
                    limit=f"{LAYERS:,}",
                ),
                message("Save a part of the network as a file of its own."),
            )

    def _check_object(self, node: dict[str, Any], key: str) -> None:
        class_name = node["class_name"]
        module = node.get("module")
        registered = node.get("registered_name")
        if not isinstance(class_name, str) or not isinstance(module, str | None):
            refuse_damaged(self._name, f"class_name {class_name!r}, module {module!r}")
        if not isinstance(registered, str | None):
            refuse_damaged(self._name, f"registered_name {registered!r}")
        if program := program_of(node, self._custom):
            self._facts.programs.append(program)
            self._count_layer()
        elif class_name == "Lambda":
            # Its function is the user's own.
            self._count_layer()
        elif class_name in names.VALUES:
            self._check_tensor(node)
        elif class_name.startswith("__") and class_name != "__tuple__":
            refuse_crafted(self._name, f"{key}: {class_name}")
        elif class_name == "function":
            self._check_function(node, module, registered)
        elif class_name in self._custom or registered in self._custom:
            self._count_layer()
        elif not self._known(class_name, module):
            self._refuse_unknown(class_name, module, registered)
        elif module in names.OPERATIONS or class_name in names.COMPUTING:
            self._count_layer()

    def _known(self, class_name: str, module: str | None) -> bool:
        if not module:
            return class_name in names.UNQUALIFIED
        if module in names.OPERATIONS:
            return bool(names.OPERATION.fullmatch(class_name))
        return class_name in names.CLASSES.get(module, ())

    def _refuse_unknown(self, class_name: str, module: str | None, registered: str | None) -> NoReturn:
        details = f"class_name: {class_name}, module: {module}, registered_name: {registered}"
        package = (module or "").split(".", 1)[0]
        if (module or "").startswith("keras.src.engine"):
            refuse(
                message("{name} was saved by Keras 2 in a form that Keras 3 does not read.", name=self._name),
                message("Where it was made, save it as an .h5 file with model.save('network.h5')."),
                details=details,
            )
        if package == "keras":
            refuse(
                message(
                    "{name} names {what}, which is not a part that networks are made of, so it was not opened.",
                    name=self._name,
                    what=f"{module}.{class_name}"[:200],
                ),
                message("It may need a newer Keras, or have been made to do something else than compute."),
                details=details,
            )
        refuse(
            message(
                "{name} needs {what}, which is not part of Keras.",
                name=self._name,
                what=(registered or class_name)[:200],
            ),
            message("Name the Python file that defines it, or save the network without it."),
            details=details,
            remedies=(CHOOSE_CLASSES,),
        )

    def _check_function(self, node: dict[str, Any], module: str | None, registered: str | None) -> None:
        function = node.get("config")
        if not isinstance(function, str):
            refuse_damaged(self._name, f"a function is named by {function!r}")
        if function in self._custom or registered in self._custom:
            return
        if module in names.OPERATION_FUNCTIONS and names.OPERATION_FUNCTION.fullmatch(function):
            return
        if function not in names.FUNCTIONS.get(module or "", ()):
            self._refuse_unknown(function, None if module == "builtins" else module, None)

    def _check_tensor(self, node: dict[str, Any]) -> None:
        config = node.get("config")
        if not isinstance(config, dict):
            refuse_damaged(self._name, f"{node['class_name']} holds {config!r}"[:300])
        dtype = config.get("dtype", "float32")
        if "dtype" in config and not (isinstance(dtype, str) and dtype in names.DTYPES):
            refuse_crafted(self._name, f"{node['class_name']} of type {dtype!r}"[:300])

"""Programs in a network's description, and what a person may decide about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import HoldsProgramError, message
from cnnviz_gui.core.remedies import TRUST_AND_OPEN
from cnnviz_gui.engine.gate_names import PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

CODE = "__lambda__"


@dataclass(frozen=True)
class Program:
    """Something in the description that is not Keras' own code.

    Args:
        name: The kind, and for a Lambda layer that names a function, the function; what a person is asked to trust.
        can_be_trusted: Whether Keras loads it with ``safe_mode=True``. Compiled Python, a SavedModel and the like
            load only without it, which would switch off every check for the whole file: that is never done.
    """

    name: str
    can_be_trusted: bool = False


BARE_CODE = Program("compiled Python")
CODE_OF_LAMBDA = Program("Lambda (compiled Python)")


def program_of(node: dict[str, Any], custom: Collection[str] = ()) -> Program | None:
    """The program that an object of the description is, if it is one.

    Args:
        node: The object.
        custom: Classes and functions that the user has supplied: they are no program of the file's.
    """
    class_name = node["class_name"]
    if class_name == CODE:
        return BARE_CODE
    if class_name not in PROGRAMS:
        return None
    if class_name != "Lambda":
        return Program(class_name)
    config = node.get("config")
    function = config.get("function") if isinstance(config, dict) else None
    if isinstance(function, dict) and function.get("class_name") == "function":
        module, name = function.get("module"), function.get("config")
        if {str(name), str(function.get("registered_name"))} & set(custom):
            return None
        return Program(f"Lambda ({module}.{name})"[:200], can_be_trusted=True)
    return CODE_OF_LAMBDA


def check_programs(
    found: Iterable[Program], name: str, *, sha256: Callable[[], str], trusted: str
) -> tuple[str, ...]:
    """Lets the programs of a trusted file pass, if Keras loads them with its own checks on.

    Args:
        found: What the description holds.
        name: What to call the file in messages.
        sha256: Computes the file's digest.
        trusted: The digest that a person has decided to trust, or empty.

    Returns:
        The names of the programs that pass.

    Raises:
        HoldsProgramError: If there are programs that do not.
    """
    programs = tuple(dict.fromkeys(found))
    if not programs:
        return ()
    if CODE_OF_LAMBDA in programs:
        # The code inside the layer is not another program.
        programs = tuple(program for program in programs if program != BARE_CODE)
    never = [program.name for program in programs if not program.can_be_trusted]
    every = tuple(program.name for program in programs)
    digest = sha256()
    if never:
        raise HoldsProgramError(
            message("{name} holds a program ({programs}), which is never run.", name=name, programs=", ".join(never)),
            message(
                "Where it was made, put a layer class with a name in its place and save it again; "
                "then open it together with the Python file that defines the class."
            ),
            details=", ".join(every),
            programs=every,
            sha256=digest,
        )
    if trusted.lower() != digest:
        raise HoldsProgramError(
            message(
                "{name} holds a program ({programs}), which is not run unasked.", name=name, programs=", ".join(every)
            ),
            message("Open it only if you trust whoever made it."),
            details="\n".join([*every, f"SHA-256: {digest}"]),
            remedies=(TRUST_AND_OPEN,),
            programs=every,
            can_be_trusted=True,
            sha256=digest,
        )
    return every

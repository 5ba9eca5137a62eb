"""Programs in a network's description, and what a person may decide about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, Message, message
from cnnviz_gui.engine.gate_names import PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

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


class HoldsProgramError(CnnvizError):
    """A network that holds programs was not opened.

    Args:
        what: As in `CnnvizError`.
        hint: As in `CnnvizError`.
        details: As in `CnnvizError`.
        programs: Names of the programs; given to ``check_network_file`` as trusted, exactly these pass.
        can_be_trusted: Whether trusting them helps.
    """

    def __init__(
        self,
        what: Message,
        hint: Message = NO_MESSAGE,
        *,
        details: str = "",
        programs: tuple[str, ...] = (),
        can_be_trusted: bool = False,
    ) -> None:
        super().__init__(what, hint, details=details)
        self.programs = programs
        self.can_be_trusted = can_be_trusted

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.what, self.hint, self.details, self.programs, self.can_be_trusted)


def _rebuild(what: Message, hint: Message, details: str, programs: tuple[str, ...], can: bool) -> HoldsProgramError:
    return HoldsProgramError(what, hint, details=details, programs=programs, can_be_trusted=can)


def program_of(node: dict[str, Any]) -> Program | None:
    """The program that an object of the description is, if it is one."""
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
        module = function.get("module")
        return Program(f"Lambda ({module}.{function.get('config')})"[:200], can_be_trusted=True)
    return CODE_OF_LAMBDA


def check_programs(found: Iterable[Program], trusted: Collection[str], name: str) -> tuple[str, ...]:
    """Lets trusted programs pass, and no others.

    Args:
        found: What the description holds.
        trusted: Names that a person has decided to trust for this very file.
        name: What to call the file in messages.

    Returns:
        The names of the programs that pass.

    Raises:
        HoldsProgramError: If there are others.
    """
    programs = tuple(dict.fromkeys(found))
    if CODE_OF_LAMBDA in programs:
        # The code inside the layer is not another program.
        programs = tuple(program for program in programs if program != BARE_CODE)
    never = [program.name for program in programs if not program.can_be_trusted]
    every = tuple(program.name for program in programs)
    if never:
        raise HoldsProgramError(
            message("{name} holds a program ({programs}), which is never run.", name=name, programs=", ".join(never)),
            message("Where it was made, put a layer class in the place of it and save the network again."),
            details=", ".join(every),
            programs=every,
        )
    if set(every) - set(trusted):
        raise HoldsProgramError(
            message(
                "{name} holds a program ({programs}), which is not run unasked.", name=name, programs=", ".join(every)
            ),
            message("Where it was made, put a layer class in the place of it and save the network again."),
            details=", ".join(every),
            programs=every,
            can_be_trusted=True,
        )
    return every

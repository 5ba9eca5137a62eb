"""What can be explained to a person: messages that can be translated, and errors made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cnnviz_gui.core.remedies import Remedy


@dataclass(frozen=True)
class Message:
    """A sentence for a person, kept apart from its values so that a window can translate it.

    Args:
        source: The English sentence, with ``str.format`` fields; the key of its translation.
        values: Name and value of every field.
    """

    source: str
    values: tuple[tuple[str, Any], ...] = ()

    def format(self, source: str) -> str:
        """Fills the values into ``source``, which is the English sentence or a translation of it."""
        return source.format(**dict(self.values))

    def __str__(self) -> str:
        return self.format(self.source)


NO_MESSAGE = Message("")


def message(source: str, /, **values: object) -> Message:
    """Makes a `Message`. ``source`` must be a literal: the translators' tool collects it from the code."""
    return Message(source, tuple(values.items()))


class CnnvizError(Exception):
    """Something that went wrong and can be explained.

    Args:
        what: What was expected and what was received, in one sentence.
        hint: What to do about it, or nothing.
        details: Technical text (a traceback, a library's own words) for *Details*.
        remedies: What can be done about it at once, the likeliest first.
    """

    def __init__(
        self, what: Message, hint: Message = NO_MESSAGE, *, details: str = "", remedies: tuple[Remedy, ...] = ()
    ) -> None:
        super().__init__(what, hint, details)
        self.what = what
        self.hint = hint
        self.details = details
        self.remedies = remedies

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception crosses the pipe from the engine process; keyword arguments would be lost.
        return _rebuild, (type(self), self.what, self.hint), vars(self)

    def __str__(self) -> str:
        return " ".join(text for text in (str(self.what), str(self.hint)) if text)


class HoldsProgramError(CnnvizError):
    """A network's file that holds programs was not opened.

    Args:
        what: As in `CnnvizError`.
        hint: As in `CnnvizError`.
        details: As in `CnnvizError`.
        remedies: As in `CnnvizError`.
        programs: What it holds, for a person to decide about.
        can_be_trusted: Whether the file opens once somebody trusts it; see `sha256`.
        sha256: The file's digest. As `cnnviz_gui.core.network.NetworkSource.trusted` it opens this very file.
    """

    def __init__(
        self,
        what: Message,
        hint: Message = NO_MESSAGE,
        *,
        details: str = "",
        remedies: tuple[Remedy, ...] = (),
        programs: tuple[str, ...] = (),
        can_be_trusted: bool = False,
        sha256: str = "",
    ) -> None:
        super().__init__(what, hint, details=details, remedies=remedies)
        self.programs = programs
        self.can_be_trusted = can_be_trusted
        self.sha256 = sha256


def _rebuild(kind: type[CnnvizError], what: Message, hint: Message) -> CnnvizError:
    return kind(what, hint)

"""Reading objectives as they are typed; see `cnnviz_gui.core.objective` for the language."""

from __future__ import annotations

import math
import re
from types import MappingProxyType

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.objective import KINDS, SAFE_NAME, Argument, Objective, Term

MOST_CHARACTERS = 200_000
MOST_TERMS = 64
_NUMBER = re.compile(r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?")
_SIGNED = re.compile(rf"[+-]?(?:{_NUMBER.pattern})")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_BARE = re.compile(r'[^,()\[\]"]+')

_SHAPES = MappingProxyType(
    {
        "channel": ("", "n"),
        "position": ("", "nn", "nnn"),
        "layer": ("",),
        "class": ("", "n", "t"),
        "direction": ("n", "l", "t"),
        "caricature": ("", "t", "tr"),
        "diversity": ("", "r"),
    }
)
"""What a kind may be given: whole numbers n, real numbers r, texts t, lists l."""
_EXAMPLES = MappingProxyType(
    {
        "channel": "channel, channel(17)",
        "position": "position, position(3, 4), position(3, 4, 17)",
        "layer": "layer",
        "class": "class, class(espresso), class(967)",
        "direction": "direction(7), direction([1, 0, -1]), direction(file.npy)",
        "caricature": "caricature, caricature(coffee), caricature(coffee, 4)",
        "diversity": "diversity, diversity(100)",
    }
)


def parse_objective(text: str) -> Objective:
    """Reads an objective.

    Raises:
        CnnvizError: If it is not one; the message says where and what was expected.
    """
    if len(text) > MOST_CHARACTERS:
        raise CnnvizError(message("An objective has at most {most} characters.", most=MOST_CHARACTERS))
    return _Reader(text).objective()


def _letter(argument: Argument) -> str:
    if isinstance(argument, tuple):
        return "l"
    return "t" if isinstance(argument, str) else "n" if isinstance(argument, int) and argument >= 0 else "r"


def _suits(shape: str, arguments: tuple[Argument, ...]) -> bool:
    if len(shape) != len(arguments):
        return False
    # A whole number is a real one too.
    pairs = zip(shape, arguments, strict=True)
    return all(_letter(argument) in {"r": "rn"}.get(wanted, wanted) for wanted, argument in pairs)


class _Reader:
    """Reads a text from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def objective(self) -> Objective:
        terms: list[Term] = []
        while True:
            self._space()
            sign = 1.0
            if self._next() in {"+", "-"} and (terms or self._next() == "-"):
                sign = -1.0 if self._next() == "-" else 1.0
                self._at += 1
            elif terms:
                raise self._expected("+ or -")
            terms.append(self._term(sign))
            if len(terms) > MOST_TERMS:
                raise CnnvizError(message("An objective has at most {most} terms.", most=MOST_TERMS))
            self._space()
            if self._at == len(self._text):
                return tuple(terms)

    def _term(self, sign: float) -> Term:
        weight = sign
        self._space()
        number = _NUMBER.match(self._text, self._at)
        if number:
            weight *= self._value(number)
            self._space()
            if self._next() != "*":
                raise self._expected("*")
            self._at += 1
            self._space()
        begin = self._at
        name = self._one_name()
        self._space()
        layer = ""
        if self._next() == ":":
            self._at += 1
            self._space()
            layer, begin = name, self._at
            name = self._one_name()
        if name not in KINDS:
            self._at = begin
            raise self._expected(", ".join(KINDS))
        begin = self._at
        arguments = self._arguments(name)
        if not any(_suits(shape, arguments) for shape in _SHAPES[name]):
            self._at = begin
            raise self._expected(_EXAMPLES[name])
        return Term(name, weight, layer, arguments)

    def _arguments(self, kind: str) -> tuple[Argument, ...]:
        self._space()
        if self._next() != "(":
            return ()
        self._at += 1
        found: list[Argument] = []
        while True:
            self._space()
            found.append(self._one_argument())
            self._space()
            if self._next() == ")":
                self._at += 1
                break
            if self._next() != ",":
                raise self._expected(", or )")
            self._at += 1
        if kind == "class" and len(found) > 1 and all(isinstance(part, str) for part in found):
            # Labels hold commas.
            found = [", ".join(str(part) for part in found)]
        return tuple(found)

    def _one_argument(self) -> Argument:
        if self._next() == "[":
            self._at += 1
            return self._list()
        quoted = _QUOTED.match(self._text, self._at)
        if quoted:
            self._at = quoted.end()
            return re.sub(r"\\(.)", r"\1", quoted[1])
        bare = _BARE.match(self._text, self._at)
        if bare is None or not bare[0].strip():
            raise self._expected("a number, a name or a list")
        text = bare[0].strip()
        number = _SIGNED.fullmatch(text)
        if number is None:
            self._at = bare.end()
            return text
        if text.isascii() and text.isdecimal() and len(text) <= 12:
            self._at = bare.end()
            return int(text)
        return self._value(_SIGNED.match(self._text, self._at))

    def _list(self) -> tuple[float, ...]:
        numbers: list[float] = []
        while True:
            self._space()
            number = _SIGNED.match(self._text, self._at)
            if number is None:
                raise self._expected("a number")
            numbers.append(self._value(number))
            self._space()
            if self._next() not in {",", "]"}:
                raise self._expected(", or ]")
            self._at += 1
            if self._text[self._at - 1] == "]":
                return tuple(numbers)

    def _value(self, match: re.Match[str] | None) -> float:
        """The number that was matched, finite."""
        value = float(match[0]) if match else math.nan
        if match is None or not math.isfinite(value):
            raise self._expected("a number")
        self._at = match.end()
        return value

    def _one_name(self) -> str:
        quoted = _QUOTED.match(self._text, self._at)
        match = quoted or SAFE_NAME.match(self._text, self._at)
        if match is None:
            raise self._expected(", ".join(KINDS))
        self._at = match.end()
        return re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else match[0]

    def _space(self) -> None:
        while self._next().isspace():
            self._at += 1

    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _expected(self, what: str) -> CnnvizError:
        rest = self._text[self._at : self._at + 24] or "-"
        return CnnvizError(
            message(
                "The objective is not understood at character {position}. Expected: {what}. Received: {rest}",
                position=self._at + 1,
                what=what,
                rest=rest,
            )
        )

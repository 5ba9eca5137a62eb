"""Why a pattern stayed grey, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import message

if TYPE_CHECKING:
    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.pattern import PatternSettings


ESCAPE_STEPS = 16
"""As many as lucid's."""


class Reason(StrEnum):
    """Why a pattern stayed as it began."""

    OFF = "off"
    """The channel is zero in every position of the starting picture, as behind a rectifier."""
    BLOCKED = "blocked"
    """The channel follows the picture, but no gradient ever comes back: something on the way has no derivative."""
    ZERO_GRADIENT = "zero-gradient"
    """The gradient is exactly zero on the starting picture, though not on every picture."""
    CONSTANT = "constant"
    """The channel is the same whatever the picture."""
    NO_SLOPE = "no-slope"
    """The channel has a value, but its gradient is not a number: a root or a logarithm at zero on the way."""
    NOT_FINITE = "not-finite"
    """The channel is not a number."""
    INFINITE = "infinite"
    """The channel or its gradient is infinite."""

    @property
    def words(self) -> Message:
        """The reason as a sentence."""
        return _WORDS[self]


class PatternRemedy(StrEnum):
    """What may help."""

    PREACTIVATION = "preactivation"
    """Climb what goes into the activation function."""
    ESCAPE = "escape"
    """Let the gradient through rectifiers that are off during the first steps."""
    ANOTHER_SEED = "another-seed"
    """Begin with another picture."""
    SHOW_KERNEL = "show-kernel"
    """Look at the channel's kernel instead."""


_WORDS = MappingProxyType(
    {
        Reason.OFF: message(
            "The channel is off everywhere on the starting picture, so there is no gradient to follow."
        ),
        Reason.BLOCKED: message(
            "The channel follows the picture, but something between the two has no gradient to climb along."
        ),
        Reason.ZERO_GRADIENT: message(
            "The gradient is exactly zero on the starting picture: the channel is at the end of its range there, "
            "or what it looks at is off."
        ),
        Reason.CONSTANT: message("The channel is constant: it does not depend on the picture."),
        Reason.NO_SLOPE: message(
            "The channel has a value, but its gradient is not a number (NaN): something on the way, such as a root "
            "or a logarithm at zero, has no slope there."
        ),
        Reason.NOT_FINITE: message("The channel's activation is not a number (NaN)."),
        Reason.INFINITE: message("The channel's activation or its gradient is infinite."),
    }
)
_REMEDIES = MappingProxyType(
    {
        Reason.OFF: (PatternRemedy.PREACTIVATION, PatternRemedy.ESCAPE, PatternRemedy.ANOTHER_SEED),
        Reason.BLOCKED: (PatternRemedy.PREACTIVATION, PatternRemedy.ESCAPE, PatternRemedy.SHOW_KERNEL),
        Reason.ZERO_GRADIENT: (PatternRemedy.PREACTIVATION, PatternRemedy.ESCAPE, PatternRemedy.ANOTHER_SEED),
        Reason.CONSTANT: (PatternRemedy.SHOW_KERNEL,),
        Reason.NO_SLOPE: (PatternRemedy.PREACTIVATION, PatternRemedy.ANOTHER_SEED, PatternRemedy.SHOW_KERNEL),
        Reason.NOT_FINITE: (PatternRemedy.ANOTHER_SEED, PatternRemedy.SHOW_KERNEL),
        Reason.INFINITE: (PatternRemedy.ANOTHER_SEED, PatternRemedy.SHOW_KERNEL),
    }
)


def remedies(reason: Reason, settings: PatternSettings) -> tuple[PatternRemedy, ...]:
    """What may help against a reason, without what was done already.

    Args:
        reason: Why patterns stayed grey.
        settings: What they were made with.
    """
    done = {
        PatternRemedy.PREACTIVATION: settings.climb == "preactivation",
        PatternRemedy.ESCAPE: settings.escape > 0,
    }
    return tuple(remedy for remedy in _REMEDIES[reason] if not done.get(remedy))


def remedied(settings: PatternSettings, remedy: PatternRemedy) -> PatternSettings:
    """The parameters to try next.

    Args:
        settings: What patterns that stayed grey were made with.
        remedy: Any but to look at the kernel, which needs no parameters.
    """
    if remedy is PatternRemedy.PREACTIVATION:
        return replace(settings, preset="custom", climb="preactivation")
    if remedy is PatternRemedy.ESCAPE:
        return replace(settings, preset="custom", escape=ESCAPE_STEPS)
    return replace(settings, seed=(settings.seed + 1) % 2**31)

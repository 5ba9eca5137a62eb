"""What the filter-pattern panel says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.objective import Numbering
from cnnviz_gui.core.pattern import format_channels
from cnnviz_gui.core.pattern_reasons import Reason, remedies
from cnnviz_gui.presenters.pattern_asking import numbering_of
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.pattern_reasons import PatternRemedy
    from cnnviz_gui.core.pattern_requests import Forecast, MakePatterns, Patterns, Preview

    Grey = tuple[str, tuple[int, ...], tuple[PatternRemedy, ...]]
    """A sentence, the channels it is about, and what may help them."""


def time_words(seconds: float) -> Message:
    """A time that is roughly known."""
    if seconds >= 100:
        return message("{minutes:.0f} min", minutes=seconds / 60)
    return message("{seconds:.0f} s", seconds=max(seconds, 1.0))


def forecast_words(forecast: Forecast) -> str:
    """What patterns will take."""
    asked = forecast.request.patterns
    if forecast.cached == len(asked.channels):
        return words(message("at once: made before"))
    if not forecast.fits:
        return words(
            message("more than the engine's memory, {gigabytes:.1f} GB", gigabytes=forecast.memory_bytes / 1e9)
        )
    said = message(
        "about {time}, {gigabytes:.1f} GB",
        time=words(time_words(forecast.seconds)),
        gigabytes=forecast.memory_bytes / 1e9,
    )
    if forecast.cached:
        said = message(
            "about {time}, {gigabytes:.1f} GB; {cached} of {count} made before",
            time=words(time_words(forecast.seconds)),
            gigabytes=forecast.memory_bytes / 1e9,
            cached=forecast.cached,
            count=len(asked.channels),
        )
    return words(said)


def growing_words(preview: Preview, remaining: float | None) -> str:
    """Two lines about patterns on the way: how far, how long, and what is climbed or must be known."""
    job = preview.request
    first, last = min(preview.places) + 1, max(preview.places) + 1
    far = message(
        "Step {step} of {steps}, patterns {first} to {last} of {count}",
        first=first,
        last=last,
        count=len(job.channels),
        step=preview.step,
        steps=job.settings.steps,
    )
    below = preview.note or message("Climbing {climbed}", climbed=words(preview.climbed))
    if remaining is not None:
        below = message("{time} left. {progress}", time=words(time_words(remaining)), progress=words(below))
    return f"{words(far)}\n{words(below)}"


def finished_words(patterns: Patterns) -> str:
    """One line about patterns that are finished or were stopped."""
    job, count = patterns.request, len(patterns.channels)
    stopped = count < len(job.channels) or min(patterns.steps) < job.settings.steps
    if stopped and count == 1:
        return words(message("Stopped: 1 pattern of {layer} kept.", layer=job.layer))
    if stopped:
        return words(message("Stopped: {count} patterns of {layer} kept.", count=count, layer=job.layer))
    if patterns.cached == count == 1:
        return words(message("1 pattern of {layer}, from the cache.", layer=job.layer))
    if patterns.cached == count:
        return words(message("{count} patterns of {layer}, from the cache.", count=count, layer=job.layer))
    if patterns.cached:
        return words(
            message(
                "{count} patterns of {layer}, {cached} of them from the cache.",
                count=count,
                layer=job.layer,
                cached=patterns.cached,
            )
        )
    if count == 1:
        return words(message("1 pattern of {layer}.", layer=job.layer))
    return words(message("{count} patterns of {layer}.", count=count, layer=job.layer))


def pattern_names(job: MakePatterns, labels: Sequence[str]) -> dict[int, str]:
    """What patterns are called that are not of channels.

    Args:
        job: Whose patterns.
        labels: Of the network's classes, as far as it has any.
    """
    numbers = numbering_of(job.settings)
    if numbers is Numbering.CHANNELS:
        return {}
    if numbers is Numbering.STARTS:
        return {number: words(message("Start {number}", number=number)) for number in job.channels}
    named = {number: labels[number] if number < len(labels) else "" for number in job.channels}
    return {
        number: words(message("Class {number}: {label}", number=number, label=label))
        if label
        else words(message("Class {number}", number=number))
        for number, label in named.items()
    }


def waiting_words(request: MakePatterns) -> str:
    """One line about patterns that wait."""
    channels, settings = format_channels(request.channels), request.settings
    said = message(
        "{layer}, channels {channels}: {size} px, {steps} steps",
        layer=request.layer,
        channels=channels if len(channels) <= 24 else f"{channels[:22]}\u2026",
        size=settings.size,
        steps=settings.steps,
    )
    return words(said)


def grey_rows(patterns: Patterns) -> list[Grey]:
    """Why patterns stayed grey: each reason once, with the channels it holds for and what may help them."""
    found: dict[Reason, list[int]] = {}
    for channel, reason in zip(patterns.channels, patterns.reasons, strict=True):
        if reason is not None:
            found.setdefault(reason, []).append(channel)
    rows = []
    for reason, channels in found.items():
        typed, why = format_channels(tuple(channels)), words(reason.words)
        said = message("Channels {channels}: {reason}", channels=typed, reason=why)
        if len(channels) == 1:
            said = message("Channel {channel}: {reason}", channel=channels[0], reason=why)
        rows.append((words(said), tuple(channels), remedies(reason, patterns.request.settings)))
    return rows

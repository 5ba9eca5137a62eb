"""What determines a filter pattern besides the network, the layer and the channel."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from types import MappingProxyType

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.objective_reader import parse_objective


@dataclass(frozen=True)
class PatternSettings:
    """Parameters of gradient ascent, under the names that recipes use.

    The defaults are the preset *Clear*. A parameter that a recipe does not name, since it is older than the
    parameter, has its default: what was added later is off by default.

    Args:
        preset: Name of a preset, or "custom" when parameters were changed.
        size: Edge length of the square pattern in pixels.
        steps: Steps of gradient ascent.
        step_size: Step size; for "normalized" in units of what is changed (with "pixel", of the network's input), for
            "adam" its learning rate, for "sgd" the factor of the gradient.
        seed: Of the start and of the transforms.
        objective: What is climbed, in the language of `cnnviz_gui.core.objective`.
        start: "noise", or "picture": the picture that the request brings along.
        image: Parametrisation: "pixel" (the network's input itself, or from a picture its levels), "fourier"
            (decorrelated colours and a spectrum scaled by 1/f; Olah, Mordvintsev and Schubert, Feature Visualization,
            Distill 2017) or "maco" (the phases of a spectrum whose magnitudes are those of photos; Fel et al.,
            Unlocking Feature Visualization for Deeper Networks with MAgnitude Constrained Optimization, 2023).
        optimizer: "normalized" (gradient divided by its root mean square), "sgd" (the gradient itself) or "adam"
            (Kingma and Ba 2015).
        momentum: For "sgd": the share of the last step that is added to the next one.
        octaves: Sizes that are gone through, from small to large, each with its share of the steps; each is 1.4 times
            as large as the one before (Mordvintsev, Olah and Tyka, Inceptionism, 2015). 1 for none.
        climb: "output" (the layer's output) or "preactivation" (what goes into its activation function).
        escape: Steps at the beginning for which rectifiers let gradients through where they would block all of them
            (lucid's redirected ReLU); 0 for none.
        pad: Width in pixels of a grey border that transforms bring into sight; 0 goes on periodically.
        jitter: Largest shift in pixels before each step; 0 for none.
        rotate: Largest rotation in degrees before each step; 0 for none.
        scale: Largest relative enlargement or reduction before each step; 0 for none.
        jitter_after: Largest shift in pixels after rotation and scaling; 0 for none.
        total_variation: Weight of the picture's total variation, which is subtracted from the objective.
        l2: Weight of the picture's distance from grey, which is subtracted from the objective.
        blur: Weight of what a Gaussian blur would take from the picture, which is subtracted from the objective. For
            all three the picture counts in levels from 0 to 1, and sums go over its pixels and colours.
        precision: "float32", or "bfloat16" for a draft: the convolutions multiply numbers of 8 significant bits.
        batch: Pictures computed together; 0 chooses for the machine. Changes the speed, not the pictures, unless the
            objective compares the pictures of a batch.
    """

    preset: str = "clear"
    size: int = 128
    steps: int = 256
    step_size: float = 0.05
    seed: int = 0
    objective: str = "channel"
    start: str = "noise"
    image: str = "fourier"
    optimizer: str = "adam"
    momentum: float = 0.0
    octaves: int = 1
    climb: str = "preactivation"
    escape: int = 0
    pad: int = 0
    jitter: int = 8
    rotate: float = 10.0
    scale: float = 0.1
    jitter_after: int = 0
    total_variation: float = 0.0
    l2: float = 0.0
    blur: float = 0.0
    precision: str = "float32"
    batch: int = 0


STARTS = ("noise", "picture")
IMAGES = ("pixel", "fourier", "maco")
OPTIMIZERS = ("normalized", "sgd", "adam")
CLIMBS = ("output", "preactivation")
PRECISIONS = ("float32", "bfloat16")

PRESETS = MappingProxyType(
    {
        "tutorial": PatternSettings(
            preset="tutorial",
            size=64,
            steps=40,
            step_size=1.0,
            image="pixel",
            optimizer="normalized",
            climb="output",
            jitter=0,
            rotate=0.0,
            scale=0.0,
        ),
        "clear": PatternSettings(),
        # Mordvintsev, Olah and Tyka's four octaves of a factor of 1.4 and steps of 1.5 levels along the normalised
        # gradient; twice as many steps, since every octave goes on from a picture of full size.
        "deepdream": PatternSettings(
            preset="deepdream",
            size=256,
            steps=80,
            step_size=1.5,
            objective="layer",
            start="picture",
            image="pixel",
            optimizer="normalized",
            octaves=4,
            climb="output",
            jitter=32,
            rotate=0.0,
            scale=0.0,
        ),
        "class": PatternSettings(preset="class", size=160, objective="class", jitter=16, rotate=10.0, scale=0.3),
    }
)

_LIMITS: dict[str, tuple[float, float]] = {
    "size": (8, 1024),
    "steps": (1, 100_000),
    "step_size": (1e-6, 1e6),
    "seed": (0, 2**31 - 1),
    "momentum": (0, 0.999),
    "octaves": (1, 8),
    "escape": (0, 100_000),
    "pad": (0, 256),
    "jitter": (0, 256),
    "rotate": (0, 180),
    "scale": (0, 0.9),
    "jitter_after": (0, 256),
    "total_variation": (0, 1e6),
    "l2": (0, 1e6),
    "blur": (0, 1e6),
    "batch": (0, 1024),
}
_CHOICES = {
    "start": STARTS,
    "image": IMAGES,
    "optimizer": OPTIMIZERS,
    "climb": CLIMBS,
    "precision": PRECISIONS,
}


def limits(parameter: str) -> tuple[float, float]:
    """Smallest and largest allowed value of a number among the parameters."""
    return _LIMITS[parameter]


def check_settings(settings: PatternSettings) -> None:
    """Checks every parameter; of the objective only its grammar, for what it names is the network's.

    Raises:
        CnnvizError: At the first one that is out of range; the message says the range.
    """
    for field in fields(settings):
        value = getattr(settings, field.name)
        low, high = _LIMITS.get(field.name, (None, None))
        if low is not None and high is not None and not low <= value <= high:
            raise CnnvizError(
                message(
                    "{parameter} must be from {low} to {high}. Received: {value}.",
                    parameter=field.name,
                    low=low,
                    high=high,
                    value=value,
                )
            )
        choices = _CHOICES.get(field.name)
        if choices and value not in choices:
            raise CnnvizError(
                message(
                    "{parameter} must be one of {choices}. Received: {value}.",
                    parameter=field.name,
                    choices=", ".join(choices),
                    value=value,
                )
            )
    parse_objective(settings.objective)


def parse_channels(text: str, count: int) -> tuple[int, ...]:
    """Reads a range of channels as people type it.

    Args:
        text: Such as "0-63, 80"; empty or "all" for all.
        count: Number of channels of the layer.

    Returns:
        Channel indices in the order typed, without repetition.

    Raises:
        CnnvizError: If it is not such a range, or names a channel that the layer does not have.
    """
    if text.strip().lower() in {"", "all"}:
        return tuple(range(count))
    chosen: dict[int, None] = {}
    for part in re.split(r"[,\s]+", re.sub(r"\s*-\s*", "-", text.strip()).strip(",")):
        match = re.fullmatch(r"(\d{1,9})(?:-(\d{1,9}))?", part)
        if match is None:
            raise CnnvizError(
                message("Channels are written like 0-63, 80. Received: {text}.", text=text),
            )
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if last < first or last >= count:
            raise CnnvizError(
                message(
                    "This layer has {count} channels: 0 to {last}. Received: {part}.",
                    count=count,
                    last=count - 1,
                    part=part,
                ),
            )
        chosen.update(dict.fromkeys(range(first, last + 1)))
    return tuple(chosen)


def format_channels(channels: tuple[int, ...]) -> str:
    """Writes channels as people type them: runs of neighbours as ranges; `parse_channels` reads it back."""
    runs: list[list[int]] = []
    for channel in channels:
        if runs and channel == runs[-1][1] + 1:
            runs[-1][1] = channel
        else:
            runs.append([channel, channel])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)

"""Gradient ascent: one step for a whole batch of pictures, compiled once."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.engine.calibration import Choice, Pace
from cnnviz_gui.engine.objectives import make_objective
from cnnviz_gui.engine.parallel import cut, joined, run
from cnnviz_gui.engine.regularizers import has_penalty, penalty
from cnnviz_gui.engine.runtime import tf
from cnnviz_gui.engine.starts import make_parameterization
from cnnviz_gui.engine.transforms import transform

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.engine.objectives import Objective
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.parameterizations import Parameterization

BETA_1, BETA_2, ADAM_EPSILON = 0.9, 0.999, 1e-8
OCTAVE = 1.4
"""How much larger an octave is than the one before; DeepDream's."""
RMS_EPSILON = 1e-5
"""The tutorial's."""
STATES = 3
"""Parameters and two moments."""


@dataclass(frozen=True, eq=False)
class Position:
    """Where a batch stands between two steps: all that the next step depends on, besides its number.

    Args:
        parameters: (N, ...) float32.
        first_moment: (N, ...) float32, the optimiser's.
        second_moment: (N, ...) float32.
    """

    parameters: NDArray[np.float32]
    first_moment: NDArray[np.float32]
    second_moment: NDArray[np.float32]

    @property
    def arrays(self) -> tuple[NDArray[np.float32], ...]:
        """All of it."""
        return self.parameters, self.first_moment, self.second_moment

    def rows(self, rows: slice) -> Position:
        """That of some of the pictures."""
        return Position(*(array[rows] for array in self.arrays))


@dataclass(frozen=True, eq=False)
class Climb:
    """A batch on its way, in pieces that are computed each by a core of its own.

    Args:
        pieces: For each piece the parameters, the optimiser's two moments, (n, ...) float32, and what the objective
            of every octave needs.
    """

    pieces: tuple[tuple[tf.Tensor, ...], ...]

    @classmethod
    def whole(
        cls, parameters: tf.Tensor, first_moment: tf.Tensor, second_moment: tf.Tensor, given: tuple[tf.Tensor, ...]
    ) -> Climb:
        """A batch that is not cut."""
        return cls(((parameters, first_moment, second_moment, *given),))

    @property
    def count(self) -> int:
        """Pictures."""
        return sum(piece[0].shape[0] for piece in self.pieces)

    @property
    def parameters(self) -> tf.Tensor:
        """(N, ...) float32, of the whole batch."""
        return joined([piece[0] for piece in self.pieces])

    @property
    def first_moment(self) -> tf.Tensor:
        """(N, ...) float32, of the whole batch."""
        return joined([piece[1] for piece in self.pieces])

    @property
    def second_moment(self) -> tf.Tensor:
        """(N, ...) float32, of the whole batch."""
        return joined([piece[2] for piece in self.pieces])

    def in_pieces(self, sizes: list[int]) -> Climb:
        """The same batch, cut into pieces of other sizes."""
        if sizes == [piece[0].shape[0] for piece in self.pieces]:
            return self
        return Climb(cut([joined(tensors) for tensors in zip(*self.pieces, strict=True)], sizes))


def make_ascent(opened: Opened, request: MakePatterns, pace: Pace | None = None) -> Ascent:
    """Makes the ascent of a request.

    Args:
        opened: The network.
        request: The request.
        pace: How a batch is cut into pieces for the cores; whole by default.

    Raises:
        CnnvizError: If the network has not what the objective names, or a picture is missing.
    """
    settings = request.settings
    sizes = octave_sizes(settings)
    objectives = [make_objective(opened, request, size) for size in sizes]
    parameterization = make_parameterization(opened.network, request)
    smaller = list(zip(sizes[:-1], objectives[:-1], strict=True))
    return Ascent(objectives[-1], parameterization, settings, pace, smaller)


def octave_sizes(settings: PatternSettings) -> list[int]:
    """Edge lengths in pixels of the pictures that the network sees, from small to large, one an octave."""
    return [round(settings.size / OCTAVE**number) for number in reversed(range(settings.octaves))]


class Ascent:
    """Climbs an objective over a parametrisation; one trace serves every batch and channel.

    Args:
        objective: What is climbed, on pictures of the settings' size.
        parameterization: What is changed.
        settings: Steps, step size, optimiser, transforms and seed.
        pace: How a batch is cut into pieces for the cores; whole by default.
        smaller: The objective on smaller pictures, from small to large, each with its size: the octaves before the
            last one. What is changed is always the picture of full size, so that a step depends on nothing but it.
    """

    def __init__(
        self,
        objective: Objective,
        parameterization: Parameterization,
        settings: PatternSettings,
        pace: Pace | None = None,
        smaller: Sequence[tuple[int, Objective]] = (),
    ) -> None:
        self._octaves = (*smaller, (settings.size, objective))
        self._parameterization = parameterization
        self._settings = settings
        # Pictures that are compared with one another cannot be computed apart.
        self._pace = Pace(Choice(1, sys.maxsize)) if objective.couples or pace is None else pace
        self._traced: dict[tuple[int, bool], Callable[..., tuple[tf.Tensor, ...]]] = {}
        updates = {"normalized": self._normalized, "sgd": self._sgd, "adam": self._adam}
        self._update = updates[settings.optimizer]
        self._state = tf.TensorSpec([None, *parameterization.start([0]).shape[1:]], tf.float32)

    @property
    def climbed(self) -> Message:
        """What is climbed, in words."""
        return self._octaves[-1][1].climbed

    def begin(self, channels: Sequence[int], position: Position | None = None) -> Climb:
        """Makes the start of a batch, one picture for each channel, or goes on from where one stood."""
        given = self._given(channels)
        if position is not None:
            parameters, first, second = (tf.convert_to_tensor(array) for array in position.arrays)
            return Climb.whole(parameters, first, second, given)
        start = tf.convert_to_tensor(self._parameterization.start(channels))
        zeros = tf.zeros_like(start)
        return Climb.whole(start, zeros, zeros, given)

    def position(self, climb: Climb) -> Position:
        """Where a batch stands; `begin` goes on from there, bit for bit."""
        return Position(climb.parameters.numpy(), climb.first_moment.numpy(), climb.second_moment.numpy())

    def step(self, climb: Climb, number: int) -> tuple[Climb, NDArray[np.float32], NDArray[np.float32]]:
        """Makes one step.

        Args:
            climb: The batch.
            number: Steps done before this one.

        Returns:
            The batch after it, the objective before it (N,), and the root mean square of the gradient (N,).
        """
        octave = min(number * len(self._octaves) // self._settings.steps, len(self._octaves) - 1)
        first = STATES + sum(len(objective.given) for _, objective in self._octaves[:octave])
        given = slice(first, first + len(self._octaves[octave][1].given))
        # Here and not in one of the threads, to each of which Keras would be new.
        traced = self._function(octave, is_escaping=number < self._settings.escape)
        with self._pace.step(climb.count) as (sizes, lanes):
            given_number = tf.constant(number)
            climb = climb.in_pieces(sizes)

            def advance(piece: tuple[tf.Tensor, ...]) -> tuple[Any, ...]:
                *state, score, rms = traced(*piece[:STATES], given_number, *piece[given])
                return (*state, *piece[STATES:]), score.numpy(), rms.numpy()

            pieces, scores, rms = zip(*run(advance, climb.pieces, lanes), strict=True)
        return Climb(pieces), np.concatenate(scores), np.concatenate(rms)

    def _given(self, channels: Sequence[int]) -> tuple[tf.Tensor, ...]:
        """What the objective of every octave needs besides pictures."""
        return tuple(tensor for _, objective in self._octaves for tensor in objective.prepare(channels))

    def _function(self, octave: int, *, is_escaping: bool) -> Callable[..., tuple[tf.Tensor, ...]]:
        """The step of an octave, with rectifiers as they are or such that do not block every gradient."""
        made = self._traced.get((octave, is_escaping))
        if made is None:
            size, objective = self._octaves[octave]
            score = objective.escaping if is_escaping and objective.escaping is not None else objective.score
            made = tf.function(
                partial(self._one_step, size, score),
                input_signature=[
                    self._state, self._state, self._state, tf.TensorSpec([], tf.int32), *objective.given,
                ],
                # No Python control flow to translate, and translating warns about code it cannot find.
                autograph=False,
            ).get_concrete_function()  # fmt: skip
            self._traced[octave, is_escaping] = made
        return made

    def images(self, climb: Climb) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """The batch's pictures: as the network takes them, and as they are shown."""
        image = self._parameterization.image(climb.parameters)
        return self._parameterization.feed(image).numpy(), self._parameterization.show(image.numpy())

    def _one_step(
        self, size: int, score_of: Callable[..., tf.Tensor],
        parameters: tf.Tensor, first: tf.Tensor, second: tf.Tensor, number: tf.Tensor, *given: tf.Tensor,
    ) -> tuple[tf.Tensor, ...]:  # fmt: skip
        with tf.GradientTape() as tape:
            tape.watch(parameters)
            image = self._parameterization.image(parameters)
            seed = tf.stack([tf.constant(self._settings.seed), number])
            small = image if size == self._settings.size else tf.image.resize(image, [size, size], antialias=True)
            seen = transform(small, seed, self._settings, self._parameterization.grey)
            score = score_of(self._parameterization.feed(seen), *given)
            total = tf.reduce_sum(score)
            if has_penalty(self._settings):
                total -= tf.reduce_sum(penalty(self._parameterization.levels(image), self._settings))
        gradient = tape.gradient(total, parameters, unconnected_gradients="zero")
        axes = list(range(1, len(gradient.shape)))
        rms = tf.sqrt(tf.reduce_mean(tf.square(gradient), axis=axes))
        return (*self._update(parameters, gradient, rms, first, second, number), score, rms)

    def _normalized(
        self, parameters: tf.Tensor, gradient: tf.Tensor, rms: tf.Tensor, first: tf.Tensor, second: tf.Tensor,
        number: tf.Tensor,
    ) -> tuple[tf.Tensor, ...]:  # fmt: skip
        """The tutorial's: ``x += step_size * g / (rms(g) + 1e-5)``."""
        del number
        scale = tf.reshape(rms + RMS_EPSILON, [-1] + [1] * (len(parameters.shape) - 1))
        return parameters + gradient / scale * self._settings.step_size, first, second

    def _sgd(
        self, parameters: tf.Tensor, gradient: tf.Tensor, rms: tf.Tensor, first: tf.Tensor, second: tf.Tensor,
        number: tf.Tensor,
    ) -> tuple[tf.Tensor, ...]:  # fmt: skip
        """The gradient itself, with momentum: ``v = momentum * v + g``, ``x += step_size * v``."""
        del rms, number
        first = self._settings.momentum * first + gradient
        return parameters + self._settings.step_size * first, first, second

    def _adam(
        self, parameters: tf.Tensor, gradient: tf.Tensor, rms: tf.Tensor, first: tf.Tensor, second: tf.Tensor,
        number: tf.Tensor,
    ) -> tuple[tf.Tensor, ...]:  # fmt: skip
        """Adam (Kingma and Ba 2015, algorithm 1), upwards."""
        del rms
        time = tf.cast(number + 1, tf.float32)
        first = BETA_1 * first + (1 - BETA_1) * gradient
        second = BETA_2 * second + (1 - BETA_2) * tf.square(gradient)
        step = self._settings.step_size / (1 - tf.pow(BETA_1, time))
        root = tf.sqrt(second / (1 - tf.pow(BETA_2, time)))
        return parameters + step * first / (root + ADAM_EPSILON), first, second

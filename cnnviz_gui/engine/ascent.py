"""Gradient ascent: one step for a whole batch of pictures, compiled once."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from cnnviz_gui.engine.calibration import WHOLE, Pace
from cnnviz_gui.engine.climb import Climb, Position
from cnnviz_gui.engine.compiling import compiled
from cnnviz_gui.engine.parallel import run
from cnnviz_gui.engine.regularizers import has_penalty, penalty
from cnnviz_gui.engine.runtime import tf
from cnnviz_gui.engine.transforms import transform

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.engine.objectives import Objective
    from cnnviz_gui.engine.parameterizations import Parameterization

BETA_1, BETA_2, ADAM_EPSILON = 0.9, 0.999, 1e-8
RMS_EPSILON = 1e-5
"""The tutorial's."""
STATES = 3
"""Parameters and two moments."""


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
        self._pace = self._pace_of(pace)
        self._traced: dict[tuple[int, bool], Callable[..., tuple[tf.Tensor, ...]]] = {}
        updates = {"normalized": self._normalized, "sgd": self._sgd, "adam": self._adam}
        self._update = updates[settings.optimizer]
        self._state = tf.TensorSpec([None, *parameterization.start([0]).shape[1:]], tf.float32)
        self._seed = tf.constant(settings.seed)

    def again(self, parameterization: Parameterization, settings: PatternSettings, pace: Pace) -> Ascent:
        """The same ascent from another start, of a length of its own; what was compiled serves it, too.

        Args:
            parameterization: Differs in nothing but its start.
            settings: Differ in nothing but seed, steps, batch and the preset's name.
            pace: As in the beginning.
        """
        other = copy(self)
        other._parameterization, other._settings = parameterization, settings
        other._pace = other._pace_of(pace)
        other._seed = tf.constant(settings.seed)
        return other

    @property
    def climbed(self) -> Message:
        """What is climbed, in words."""
        return self._octaves[-1][1].climbed

    def tries(self, count: int) -> bool:
        """Whether the next step of a number of pictures tries how a batch is cut fastest."""
        return self._pace.tries(count)

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
            seed = tf.stack([self._seed, number])
            climb = climb.in_pieces(sizes)

            def advance(piece: tuple[tf.Tensor, ...]) -> tuple[Any, ...]:
                *state, score, rms = traced(*piece[:STATES], seed, *piece[given])
                return (*state, *piece[STATES:]), score.numpy(), rms.numpy()

            pieces, scores, rms = zip(*run(advance, climb.pieces, lanes), strict=True)
        return Climb(pieces), np.concatenate(scores), np.concatenate(rms)

    def _pace_of(self, pace: Pace | None) -> Pace:
        # Pictures that are compared with one another cannot be computed apart.
        couples = self._octaves[-1][1].couples
        return Pace(WHOLE) if couples or pace is None else pace

    def _given(self, channels: Sequence[int]) -> tuple[tf.Tensor, ...]:
        """What the objective of every octave needs besides pictures."""
        return tuple(tensor for _, objective in self._octaves for tensor in objective.prepare(channels))

    def _function(self, octave: int, *, is_escaping: bool) -> Callable[..., tuple[tf.Tensor, ...]]:
        """The step of an octave, with rectifiers as they are or such that do not block every gradient."""
        made = self._traced.get((octave, is_escaping))
        if made is None:
            size, objective = self._octaves[octave]
            score = objective.escaping if is_escaping and objective.escaping is not None else objective.score
            specs = [self._state, self._state, self._state, tf.TensorSpec([2], tf.int32), *objective.given]
            made = compiled(partial(self._one_step, size, score), specs)
            self._traced[octave, is_escaping] = made
        return made

    def images(self, climb: Climb) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
        """The batch's pictures: as the network takes them, and as they are shown."""
        image = self._parameterization.image(climb.parameters)
        return self._parameterization.feed(image).numpy(), self._parameterization.show(image.numpy())

    def _one_step(
        self, size: int, score_of: Callable[..., tf.Tensor],
        parameters: tf.Tensor, first: tf.Tensor, second: tf.Tensor, seed: tf.Tensor, *given: tf.Tensor,
    ) -> tuple[tf.Tensor, ...]:  # fmt: skip
        with tf.GradientTape() as tape:
            tape.watch(parameters)
            image = self._parameterization.image(parameters)
            small = image if size == self._settings.size else tf.image.resize(image, [size, size], antialias=True)
            seen = transform(small, seed, self._settings, self._parameterization.grey)
            score = score_of(self._parameterization.feed(seen), *given)
            total = tf.reduce_sum(score)
            if has_penalty(self._settings):
                total -= tf.reduce_sum(penalty(self._parameterization.levels(image), self._settings))
        gradient = tape.gradient(total, parameters, unconnected_gradients="zero")
        axes = list(range(1, len(gradient.shape)))
        rms = tf.sqrt(tf.reduce_mean(tf.square(gradient), axis=axes))
        # A step along what is not a number would leave nothing of the picture: it stands still instead.
        known = tf.math.is_finite(rms)
        followed = tf.where(tf.reshape(known, [-1] + [1] * len(axes)), gradient, tf.zeros_like(gradient))
        length = tf.where(known, rms, tf.ones_like(rms))
        return (*self._update(parameters, followed, length, first, second, seed[1]), score, rms)

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

"""Objectives: what gradient ascent climbs."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import NO_MESSAGE, Message, message
from cnnviz_gui.core.objective import Term, compares_pictures, format_objective
from cnnviz_gui.core.objective_check import check_objective
from cnnviz_gui.core.objective_reader import parse_objective
from cnnviz_gui.engine.activations import layer_shapes
from cnnviz_gui.engine.escape import escaping
from cnnviz_gui.engine.linear_tail import LinearEnd, linear_end
from cnnviz_gui.engine.rewriting import rewritten, verify
from cnnviz_gui.engine.runtime import tf
from cnnviz_gui.engine.starts import picture_tensor
from cnnviz_gui.engine.targets import has_activation, target_of, with_targets
from cnnviz_gui.engine.terms import Linear, Other, linear_term, other_term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.pattern_requests import MakePatterns
    from cnnviz_gui.engine.graph import Entry, Graph
    from cnnviz_gui.engine.opening import Opened
    from cnnviz_gui.engine.runtime import keras

    Run = Callable[[tf.Tensor], list[tf.Tensor]]
    Score = Callable[..., tf.Tensor]

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Objective:
    """One number for each picture of a batch.

    Args:
        prepare: From the channels of a batch (N,) to what `score` needs besides pictures: tensors with N rows.
        given: Shape and type of those tensors.
        score: From (N, H, W, C) float32, as the network takes it, and what `prepare` made, to (N,) float32.
        climbed: What is climbed, in words.
        escaping: As `score`, with rectifiers that do not block every gradient; None where none is wanted.
        couples: Whether a picture's number depends on the others of its batch, which then must not be split.
    """

    prepare: Callable[[Sequence[int]], tuple[tf.Tensor, ...]]
    given: tuple[tf.TensorSpec, ...]
    score: Score
    climbed: Message
    escaping: Score | None = None
    couples: bool = False


def make_objective(opened: Opened, request: MakePatterns, size: int) -> Objective:
    """Makes what a request wants to have climbed.

    Args:
        opened: The network.
        request: Its layer, its settings and its pictures.
        size: Edge length in pixels of the pictures that the network sees.

    Raises:
        CnnvizError: If the network has not what the objective names, or a picture is missing.
    """
    settings = request.settings
    graph = opened.graph
    layer = opened.network.layer(request.layer).name
    terms = check_objective(parse_objective(settings.objective), opened.network, layer)
    shapes = layer_shapes(opened, (size, size))
    parts: list[Linear | Other] = []
    for term in terms:
        entry = graph.entry(term.layer)
        target = target_of(entry, "preactivation" if term.kind == "class" else settings.climb)
        part: Linear | Other | None = linear_term(term, target, shapes[entry.name])
        if part is None:
            part = other_term(term, target, _caricatured(opened, request, term, target, size))
        parts.append(_with_positive_part(graph, part, settings.climb))
    objective = _sum(graph, parts, size, settings.escape, is_draft=settings.precision == "bfloat16")
    climbed = _in_words(graph, layer, terms, settings.climb)
    if _is_plain(terms) and _is_positive(parts[0]):
        climbed = _positive_in_words(terms[0].layer)
    if settings.escape:
        climbed = message(
            "{climbed}; rectifiers that block every gradient let it through for {steps} steps",
            climbed=climbed,
            steps=settings.escape,
        )
    return replace(objective, climbed=climbed, couples=compares_pictures(terms))


def channel_objective(graph: Graph, entry: Entry, climb: str, size: int) -> Objective:
    """The mean of each picture's own channel over its positions.

    Under "preactivation" an activation function is left out: a channel that is off at the start has no gradient
    behind it. The mean of a channel that is linear in the picture depends on the picture's mean alone; there
    the mean of its positive part is climbed.

    Args:
        graph: The network.
        entry: The call of the layer whose channels are climbed.
        climb: "output" or "preactivation".
        size: Edge length of the pictures in pixels.
    """
    term, target = Term("channel", layer=entry.name), target_of(entry, climb)
    linear = linear_term(term, target, tuple(target.shape[1:]))
    assert linear is not None  # a channel is linear
    part = _with_positive_part(graph, linear, climb)
    climbed = _positive_in_words(entry.name) if _is_positive(part) else _in_words(graph, entry.name, (term,), climb)
    return replace(_sum(graph, [part], size, 0, is_draft=False), climbed=climbed)


def _sum(graph: Graph, parts: Sequence[Linear | Other], size: int, escape: int, *, is_draft: bool) -> Objective:
    """The sum of terms, cut before its linear end where it has one."""
    whole = with_targets(graph, [part.target for part in parts])
    runs: list[Callable[[Sequence[keras.KerasTensor]], Run]] = [
        lambda tensors: _fastest(whole, tensors, size, is_draft=is_draft)
    ]
    if escape:
        runs.append(lambda tensors: escaping(whole, tensors))
    shape = (1, size, size, graph.inputs[0].shape[-1])
    return _cut(whole, parts, shape, runs) or _general(parts, runs)


def _is_plain(terms: tuple[Term, ...]) -> bool:
    """Whether an objective is the mean of each picture's own channel and nothing else."""
    return len(terms) == 1 and terms[0] == Term("channel", layer=terms[0].layer)


def _is_positive(part: Linear | Other) -> bool:
    return isinstance(part, Linear) and part.positive


def _positive_in_words(layer: str) -> Message:
    return message("the positive part of {layer}, which is linear in the picture", layer=layer)


def _in_words(graph: Graph, layer: str, terms: tuple[Term, ...], climb: str) -> Message:
    entry = graph.entry(layer)
    where = message("the output of {layer}", layer=layer)
    if climb == "preactivation" and has_activation(entry):
        where = message("{layer} before its activation function", layer=layer)
    if _is_plain(terms):
        return where
    shown = tuple(replace(term, layer="" if term.layer == layer else term.layer) for term in terms)
    return message("{objective} at {where}", objective=format_objective(shown), where=where)


def _with_positive_part(graph: Graph, part: Linear | Other, climb: str) -> Linear | Other:
    """The positive part of a mean that depends on the mean colour alone: its channel is linear in the picture."""
    if climb != "preactivation" or not isinstance(part, Linear) or part.place or len(part.target.shape) != 4:
        return part
    frontier = linear_end(with_targets(graph, [part.target]), part.target).frontier
    return replace(part, positive=len(frontier) == 1 and frontier[0] is graph.inputs[0])


def _caricatured(
    opened: Opened, request: MakePatterns, term: Term, target: keras.KerasTensor, size: int
) -> NDArray[np.float32] | None:
    """The values that a caricature's picture has at its target, (..., C) float32; None for other terms."""
    if term.picture is None:
        return None
    fed = picture_tensor(opened.network, request, term.picture, size)
    values = opened.graph.function([target])([tf.convert_to_tensor(fed[None])])[0]
    found: NDArray[np.float32] = tf.cast(values, tf.float32).numpy()[0]
    return found


def _general(parts: Sequence[Linear | Other], runs: Sequence[Callable[[Any], Run]]) -> Objective:
    """The sum of terms of targets that need not be linear in anything."""
    targets = list({id(part.target): part.target for part in parts}.values())
    places = [next(place for place, target in enumerate(targets) if target is part.target) for part in parts]
    linear = [part for part in parts if isinstance(part, Linear)]

    def prepare(channels: Sequence[int]) -> tuple[tf.Tensor, ...]:
        # A term that is the same for all pictures has rows too, so that a batch can be split.
        return tuple(tf.convert_to_tensor(part.vectors(channels)) for part in linear)

    def score(run: Run, images: tf.Tensor, *vectors: tf.Tensor) -> tf.Tensor:
        values = [tf.cast(value, tf.float32) for value in run(images)]
        rest = iter(vectors)
        scores = [
            part.score(values[place], next(rest)) if isinstance(part, Linear) else part.measure(values[place])
            for part, place in zip(parts, places, strict=True)
        ]
        return tf.add_n(scores) if len(scores) > 1 else scores[0]

    given = tuple(tf.TensorSpec([None, part.target.shape[-1]], tf.float32) for part in linear)
    return _objective(prepare, given, score, [run(targets) for run in runs])


def _cut(
    graph: Graph, parts: Sequence[Linear | Other], shape: Sequence[int], runs: Sequence[Callable[[Any], Run]]
) -> Objective | None:
    """A linear sum as an inner product at the cuts before the terms' linear ends; None where that gains nothing."""
    linear = [part for part in parts if isinstance(part, Linear) and not part.positive]
    ends = [linear_end(graph, part.target) for part in linear]
    if len(linear) < len(parts) or not any(end.entries for end in ends):
        return None
    frontier = list({id(tensor): tensor for end in ends for tensor in end.frontier}.values())
    made = [run(frontier) for run in runs]
    at_zero = [tf.zeros_like(value) for value in made[0](tf.zeros(shape))]

    def prepare(channels: Sequence[int]) -> tuple[tf.Tensor, ...]:
        zeros = [tf.repeat(value, len(channels), axis=0) for value in at_zero]
        known = {id(tensor): value for tensor, value in zip(frontier, zeros, strict=True)}
        with tf.GradientTape() as tape:
            tape.watch(zeros)
            scores = [
                part.score(_end_values(end, known), tf.constant(part.vectors(channels)))
                for part, end in zip(linear, ends, strict=True)
            ]
            constant = tf.add_n(scores) if len(scores) > 1 else scores[0]
            total = tf.reduce_sum(constant)
        return (constant, *tape.gradient(total, zeros, unconnected_gradients="zero"))

    def score(run: Run, images: tf.Tensor, constant: tf.Tensor, *cotangents: tf.Tensor) -> tf.Tensor:
        for value, cotangent in zip(run(images), cotangents, strict=True):
            axes = list(range(1, len(value.shape)))
            products = tf.cast(value, tf.float32) * tf.cast(cotangent, tf.float32)
            constant = constant + tf.reduce_sum(products, axis=axes)
        return constant

    given = (tf.TensorSpec([None], tf.float32),)
    given += tuple(tf.TensorSpec([None, *value.shape[1:]], value.dtype) for value in at_zero)
    return _objective(prepare, given, score, made)


def _end_values(end: LinearEnd, known: dict[int, tf.Tensor]) -> tf.Tensor:
    return tf.cast(end.run([known[id(tensor)] for tensor in end.frontier]), tf.float32)


def _objective(
    prepare: Callable[[Sequence[int]], tuple[tf.Tensor, ...]],
    given: tuple[tf.TensorSpec, ...],
    score: Score,
    runs: Sequence[Run],
) -> Objective:
    """An objective that is scored with the first of the runs, and with the second one while it escapes."""
    scores: list[Score] = [lambda images, *rest, run=run: score(run, images, *rest) for run in runs]
    return Objective(prepare, given, scores[0], NO_MESSAGE, scores[1] if len(scores) > 1 else None)


def _fastest(graph: Graph, tensors: Sequence[keras.KerasTensor], size: int, *, is_draft: bool) -> Run:
    """The rewritten network where it agrees with the network, else the network as it is, which has no draft."""
    run = rewritten(graph, tensors)
    if verify(graph, tensors, run, size):
        return rewritten(graph, tensors, is_draft=True) if is_draft else run
    log.warning("The rewritten network differs from the network; it is not used.")
    function = graph.function(tensors)
    return lambda images: function([images])

"""Every objective is what its formula says, with the gradient that Keras' own tape finds, and can be climbed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns

if TYPE_CHECKING:
    from collections.abc import Callable

    import tensorflow as tf
    from engine_cases import Asker, Case

    from cnnviz_gui.core.picture import Picture

    Values = dict[str, tf.Tensor]

SIZE = 32
CHANNELS = (2, 0, 5)
SETTINGS = replace(PRESETS["tutorial"], preset="custom", size=SIZE, steps=12)


@pytest.fixture
def case(small: Callable[..., Case]) -> Case:
    """Rectifiers of their own and fused ones, batch normalization, a head with a softmax."""
    import keras

    layers = keras.layers
    keras.utils.set_random_seed(0)

    def brighten(model: keras.Model) -> None:
        norm = model.get_layer("norm")
        norm.moving_mean.assign(np.linspace(-20, 20, 8))
        norm.moving_variance.assign(np.linspace(50, 400, 8))

    return small(
        [
            layers.Input((None, None, 3)),
            layers.Conv2D(6, 3, strides=2, padding="same", activation="relu", name="first"),
            layers.Conv2D(8, 3, padding="same", use_bias=False, name="conv"),
            layers.BatchNormalization(name="norm"),
            layers.ReLU(name="rectified"),
            layers.Conv2D(8, 3, padding="same", name="second"),
            layers.GlobalAveragePooling2D(name="pool"),
            layers.Dense(10, activation="softmax", name="classes"),
        ],
        change=brighten,
    )


def made(case: Case, settings: Any, layer: str = "second", pictures: tuple[tuple[str, Picture], ...] = ()) -> Any:  # noqa: ANN401
    from cnnviz_gui.engine.objectives import make_objective

    return make_objective(
        opened(case), MakePatterns(case.source, layer, CHANNELS, settings, "none", pictures=pictures), SIZE
    )


def opened(case: Case) -> Any:  # noqa: ANN401
    from cnnviz_gui.engine.workbench import Workbench

    opening = Workbench().open(case.source)
    while True:
        try:
            next(opening)
        except StopIteration as end:
            return end.value


def images() -> np.ndarray:
    return np.random.default_rng(1).uniform(0, 255, (len(CHANNELS), SIZE, SIZE, 3)).astype(np.float32)


def scored(objective: Any, score: Any = None) -> tuple[np.ndarray, np.ndarray]:  # noqa: ANN401
    import tensorflow as tf

    given = objective.prepare(CHANNELS)
    with tf.GradientTape() as tape:
        pictures = tf.constant(images())
        tape.watch(pictures)
        values = (score or objective.score)(pictures, *given)
        total = tf.reduce_sum(values)
    return values.numpy(), tape.gradient(total, pictures).numpy()


def expected(case: Case, formula: Callable[[Values], tf.Tensor]) -> tuple[np.ndarray, np.ndarray]:
    """The formula on the layers' outputs as Keras computes them, and its gradient on Keras' own tape."""
    import keras
    import tensorflow as tf

    watched = keras.Model(case.model.inputs[0], [layer.output for layer in case.model.layers])
    with tf.GradientTape() as tape:
        pictures = tf.constant(images())
        tape.watch(pictures)
        outputs = watched(pictures, training=False)
        values = formula(dict(zip([layer.name for layer in case.model.layers], outputs, strict=True)))
        total = tf.reduce_sum(values)
    return values.numpy(), tape.gradient(total, pictures).numpy()


def own(values: tf.Tensor) -> tf.Tensor:
    """The mean of each picture's own channel."""
    import tensorflow as tf

    means = tf.reduce_mean(values, axis=[1, 2])
    return tf.stack([means[row, channel] for row, channel in enumerate(CHANNELS)])


def mean(values: tf.Tensor, channel: int) -> tf.Tensor:
    import tensorflow as tf

    return tf.reduce_mean(values[..., channel], axis=[1, 2])


def position(values: tf.Tensor) -> tf.Tensor:
    import tensorflow as tf

    return tf.stack([values[row, 8, 8, channel] for row, channel in enumerate(CHANNELS)])


def square(values: tf.Tensor) -> tf.Tensor:
    import tensorflow as tf

    return tf.reduce_mean(values**2, axis=[1, 2, 3])


def along(values: tf.Tensor, direction: np.ndarray) -> tf.Tensor:
    import tensorflow as tf

    unit = (direction / np.linalg.norm(direction)).astype(np.float32)
    return tf.reduce_mean(tf.einsum("nhwc,c->nhw", values, unit), axis=[1, 2])


def logit(case: Case, values: Values) -> tf.Tensor:
    dense = case.model.get_layer("classes")
    return values["pool"] @ dense.kernel + dense.bias


def diversity(values: tf.Tensor) -> tf.Tensor:
    """lucid's, in NumPy's words: for each picture the negative share that it has in it."""
    import tensorflow as tf

    grams = [tf.linalg.normalize(tf.einsum("hwc,hwd->cd", row, row))[0] for row in tf.unstack(values)]
    count = len(grams)
    return tf.stack(
        [-sum(tf.reduce_sum(grams[i] * grams[j]) for j in range(count) if j != i) / count for i in range(count)]
    )


RAMP = np.arange(8) - 3.0
FORMULAS: dict[str, Callable[[Case, Values], Any]] = {
    "channel": lambda case, v: own(v["second"]),
    "-channel": lambda case, v: -own(v["second"]),
    "channel(7)": lambda case, v: mean(v["second"], 7),
    "rectified:channel": lambda case, v: own(v["rectified"]),
    "position": lambda case, v: position(v["second"]),
    "position(0, 3, 1)": lambda case, v: v["second"][:, 0, 3, 1],
    "layer": lambda case, v: square(v["second"]),
    "class(3)": lambda case, v: logit(case, v)[:, 3],
    "direction([-3, -2, -1, 0, 1, 2, 3, 4])": lambda case, v: along(v["second"], RAMP),
    "direction(5)": lambda case, v: along(v["second"], np.random.default_rng((5, 8)).standard_normal(8)),
    "channel - 0.5 * first:channel(4) + 2 * class(1)": lambda case, v: (
        own(v["second"]) - 0.5 * mean(v["first"], 4) + 2 * logit(case, v)[:, 1]
    ),
    "diversity(10)": lambda case, v: 10 * diversity(v["second"]),
    "channel + rectified:diversity - 0.1 * conv:layer": lambda case, v: (
        own(v["second"]) + diversity(v["rectified"]) - 0.1 * square(v["conv"])
    ),
}


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    return float((a * b).sum() / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize("text", FORMULAS)
def test_value_and_gradient_are_those_of_keras_own_tape(case: Case, text: str) -> None:
    values, gradient = scored(made(case, replace(SETTINGS, objective=text)))
    wanted, wanted_gradient = expected(case, lambda v: FORMULAS[text](case, v))
    assert values == pytest.approx(wanted, rel=1e-4, abs=1e-5)
    assert np.linalg.norm(gradient) == pytest.approx(np.linalg.norm(wanted_gradient), rel=1e-4)
    for row in range(len(CHANNELS)):
        assert cosine(gradient[row], wanted_gradient[row]) > 0.99999


def test_a_caricature_is_along_the_pictures_activations(case: Case, photos: dict[str, Picture]) -> None:
    import tensorflow as tf

    coffee = photos["coffee"]
    with_picture = made(case, replace(SETTINGS, objective="caricature(coffee, 2)"), "second", (("coffee", coffee),))
    values, gradient = scored(with_picture)
    from cnnviz_gui.core.picture import square_pixels

    fed = square_pixels(coffee, SIZE)[None].astype(np.float32)
    import keras

    wanted = np.asarray(keras.Model(case.model.inputs[0], case.model.get_layer("second").output)(fed))

    def formula(v: Values) -> tf.Tensor:
        found = v["second"]
        dot = tf.reduce_sum(found * wanted, axis=[1, 2, 3])
        length = float(np.linalg.norm(wanted))
        cosines = dot / tf.sqrt(tf.reduce_sum(found**2, axis=[1, 2, 3])) / length
        return dot / length / np.sqrt(wanted.size) * tf.maximum(cosines, 0.1) ** 2

    expected_values, expected_gradient = expected(case, formula)
    assert values == pytest.approx(expected_values, rel=1e-3)
    assert cosine(gradient, expected_gradient) > 0.9999


@pytest.mark.parametrize(
    "text", [*FORMULAS, "class", "caricature", "caricature(coffee, 3)", "-layer", "layer + diversity"]
)
def test_every_objective_is_climbed(case: Case, ask_small: Asker, photos: dict[str, Picture], text: str) -> None:
    pictures = (("", photos["flower"]), ("coffee", photos["coffee"]))
    settings = replace(SETTINGS, objective=text, image="fourier", optimizer="adam", step_size=0.05)
    patterns = ask_small(MakePatterns(case.source, "second", CHANNELS, settings, "none", pictures=pictures))
    assert (patterns.objective[:, -1] > patterns.objective[:, 0]).all()
    assert patterns.reasons == (None,) * 3


def test_a_class_is_climbed_before_its_softmax_whatever_else_is(case: Case) -> None:
    for climb in ("output", "preactivation"):
        values, _ = scored(made(case, replace(SETTINGS, objective="class", climb=climb)))
        wanted, _ = expected(case, lambda v: own(logit(case, v)[:, None, None]))
        assert values == pytest.approx(wanted, rel=1e-4)


def test_the_linear_ones_are_cut_before_their_linear_end(case: Case) -> None:
    """What is given besides pictures is then the cotangents there: of the rectifier, of the fused one, or of both."""
    shapes = {
        "channel": [(16, 16, 8)],
        "direction(3)": [(16, 16, 8)],
        "class": [(16, 16, 8)],
        "position(2, 3)": [(16, 16, 8)],
        "channel - conv:channel": [(16, 16, 8), (16, 16, 6)],
    }
    for text, wanted in shapes.items():
        constant, *cotangents = made(case, replace(SETTINGS, objective=text)).given
        assert constant.shape.as_list() == [None]
        assert sorted(tuple(spec.shape[1:]) for spec in cotangents) == sorted(wanted)


def test_what_is_linear_in_the_picture_has_its_positive_part_climbed_in_both_directions(case: Case) -> None:
    import tensorflow as tf

    settings = replace(SETTINGS, climb="preactivation")
    first = case.model.get_layer("first")
    linear = tf.nn.conv2d(images(), first.kernel, 2, "SAME") + first.bias
    for text, sign in (("channel", 1), ("-channel", -1), ("-2 * channel", -1)):
        values, _ = scored(made(case, replace(settings, objective=text), "first"))
        positive = own(tf.nn.relu(sign * linear)).numpy() * (2 if "2" in text else 1)
        assert values == pytest.approx(positive, rel=1e-4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nowhere:channel", "has no layer called nowhere. Did you mean"),
        ("channel(8)", "second has 8 channels: 0 to 7. Received: 8"),
        ("classes:position", "classes has no positions"),
        ("position(16, 0)", "second has 16 x 16 positions at this size, counted from 0. Received: 16, 0"),
        ("class(espresso)", "has no class called espresso. Its classes have no names here"),
        ("class(10)", "classes has 10 channels: 0 to 9. Received: 10"),
        ("direction([1, 2])", "A direction in second has 8 numbers, one a channel. Received: 2"),
        ("direction([0, 0, 0, 0, 0, 0, 0, 0])", "A direction of zeros"),
        ("direction(file.npy)", "The direction in file.npy was not read"),
        ("caricature", "need a picture, and none is chosen"),
        ("caricature(nobody)", "There is no picture called nobody"),
    ],
)
def test_what_the_network_has_not_is_said(case: Case, ask_small: Asker, text: str, words: str) -> None:
    with pytest.raises(CnnvizError) as caught:
        ask_small(MakePatterns(case.source, "second", (0,), replace(SETTINGS, objective=text), "none"))
    assert words in str(caught.value)


def test_the_nearest_labels_are_named(ask: Asker, lite0: Case) -> None:
    settings = replace(SETTINGS, objective="class(cat)", steps=1)
    with pytest.raises(CnnvizError, match=r"has no class called cat\. Did you mean: .*cat"):
        ask(MakePatterns(lite0.source, "block1a_project_bn", (0,), settings, "none"))


class TestBatches:
    def test_pictures_that_are_compared_grow_apart(self, case: Case, ask_small: Asker) -> None:
        def spread(weight: float) -> float:
            text = f"channel(3) + diversity({weight})"
            settings = replace(SETTINGS, objective=text, image="fourier", optimizer="adam", step_size=0.05, steps=40)
            patterns = ask_small(MakePatterns(case.source, "second", (0, 1, 2), settings, "none"))
            import keras

            watched = keras.Model(case.model.inputs[0], case.model.get_layer("second").output)
            return float(np.sum(diversity(watched(patterns.images, training=False))))

        # Minus the likeness.
        assert spread(1e4) > spread(0) + 0.02

    def test_the_recipe_of_compared_pictures_holds_the_batch_and_makes_them_again(
        self, case: Case, ask_small: Asker
    ) -> None:
        from cnnviz_gui.core.replay import pattern_requests

        settings = replace(SETTINGS, objective="channel(3) + diversity(10000)")
        patterns = ask_small(MakePatterns(case.source, "second", (0, 1, 2, 3, 4), settings, "none"))
        assert patterns.recipe.content["settings"]["batch"] == 5
        (again,) = pattern_requests(patterns.recipe)
        assert ask_small(again).images.tobytes() == patterns.images.tobytes()
        alone = ask_small(MakePatterns(case.source, "second", (0,), settings, "none"))
        assert np.abs(alone.images[0] - patterns.images[0]).max() > 0.1

    def test_what_is_not_of_a_channel_may_be_made_any_number_of_times(self, case: Case, ask_small: Asker) -> None:
        settings = replace(SETTINGS, objective="layer", steps=2)
        patterns = ask_small(MakePatterns(case.source, "second", (0, 99), settings, "none"))
        assert np.abs(patterns.images[0] - patterns.images[1]).max() > 1


def test_pictures_of_a_batch_score_as_they_do_alone(case: Case) -> None:
    """So that a batch may be split: what is given has a row for each picture."""
    for text in FORMULAS:
        objective = made(case, replace(SETTINGS, objective=text))
        assert objective.couples == ("diversity" in text)
        if objective.couples:
            continue
        given = objective.prepare(CHANNELS)
        together = objective.score(images(), *given).numpy()
        apart = [
            objective.score(images()[row : row + 1], *(part[row : row + 1] for part in given)).numpy()[0]
            for row in range(len(CHANNELS))
        ]
        assert together == pytest.approx(apart, rel=1e-4)

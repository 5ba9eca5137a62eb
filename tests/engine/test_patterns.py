"""Patterns: clear ones beat photos, recipes give the same picture again, and grey ones say why."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from engine_cases import same_patterns

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_reasons import Reason
from cnnviz_gui.core.pattern_requests import MakePatterns, Preview
from cnnviz_gui.core.replay import pattern_requests
from cnnviz_gui.core.requests import STOP, Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine_cases import Asker, Case, PixelReader

    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.core.picture import Picture

CLEAR = PRESETS["clear"]
SHORT = replace(CLEAR, preset="custom", size=64, steps=10)
PIXELS = replace(PRESETS["tutorial"], preset="custom", size=24, steps=6)


def make(ask: Asker, case: Case, layer: str, channels: tuple[int, ...], settings: Any = SHORT) -> Patterns:  # noqa: ANN401
    patterns: Patterns = ask(MakePatterns(case.source, layer, channels, settings, case.preprocessing))
    return patterns


class TestClear:
    @pytest.mark.parametrize(
        ("layer", "channels"),
        [("block4c_add", (0, 7, 20, 37, 50, 64)), ("block5c_add", (0, 7, 20, 37, 50, 64))],
    )
    def test_a_channel_likes_its_pattern_better_than_any_photo(
        self,
        ask: Asker,
        lite0: Case,
        photos: dict[str, Picture],
        photo_pixels: PixelReader,
        layer: str,
        channels: tuple[int, ...],
    ) -> None:
        import keras

        patterns = make(ask, lite0, layer, channels, CLEAR)
        model = keras.Model(lite0.model.input, lite0.model.get_layer(layer).output)

        def activation(fed: np.ndarray) -> np.ndarray:
            return np.asarray(model(fed, training=False)).mean(axis=(1, 2))[:, list(channels)]

        assert patterns.images.shape == (6, CLEAR.size, CLEAR.size, 3)
        assert 0 <= patterns.images.min() < patterns.images.max() <= 255
        own = activation(patterns.images).diagonal()
        assert patterns.score == pytest.approx(own, rel=1e-3)
        for size in ((CLEAR.size, CLEAR.size), (224, 224)):
            of_photos = activation(np.concatenate([photo_pixels(name, size) for name in photos]))
            assert of_photos.shape == (10, 6)
            assert (own > of_photos.max(axis=0)).all()
        assert patterns.reasons == (None,) * 6
        assert (patterns.objective[:, -32:].mean(axis=1) > patterns.objective[:, :32].mean(axis=1)).all()
        # What is shown is what is fed: no contrast is added.
        assert np.abs(patterns.pictures - patterns.images).max() <= 0.51


class TestReproducibility:
    @pytest.mark.parametrize("settings", [SHORT, replace(PRESETS["tutorial"], steps=10)], ids=["clear", "tutorial"])
    def test_the_same_recipe_gives_the_same_picture_bit_for_bit(
        self, ask: Asker, lite0: Case, settings: object
    ) -> None:
        first = make(ask, lite0, "block4c_add", (3, 11), settings)
        (again,) = pattern_requests(first.recipe)
        assert again == first.request
        ask.forget_climbs()
        assert same_patterns(first, ask(again))

    def test_another_seed_gives_another_picture(self, ask: Asker, lite0: Case) -> None:
        first = make(ask, lite0, "block4c_add", (3,))
        other = make(ask, lite0, "block4c_add", (3,), replace(SHORT, seed=1))
        assert np.abs(first.images - other.images).mean() > 5

    def test_a_pattern_does_not_depend_on_what_else_is_made_nor_on_the_batch(self, ask: Asker, lite0: Case) -> None:
        together = make(ask, lite0, "block4c_add", (3, 11, 40))
        for settings in (replace(SHORT, batch=1), replace(SHORT, batch=2)):
            alone = make(ask, lite0, "block4c_add", (40, 3), settings)
            for row, place in ((0, 2), (1, 0)):
                assert np.abs(alone.images[row] - together.images[place]).mean() < 0.5
                assert alone.objective[row] == pytest.approx(together.objective[place], rel=0.01, abs=0.01)

    def test_the_recipe_holds_everything(self, ask: Asker, lite0: Case) -> None:
        content = make(ask, lite0, "block4c_add", (3, 11)).recipe.content
        assert content["kind"] == "patterns"
        assert content["layer"] == "block4c_add"
        assert content["channels"] == [3, 11]
        assert content["network"]["sha256"] == lite0.network.sha256
        assert content["settings"]["seed"] == 0
        assert {"cnnviz-gui", "keras", "tensorflow", "numpy", "python"} == set(content["versions"])
        assert "steps_done" not in content


class TestProgress:
    def test_stop_keeps_what_there_is_and_its_recipe_makes_it_again(self, ask: Asker, lite0: Case) -> None:
        settings = replace(SHORT, batch=2)
        seen: list[Progress | Preview] = []

        def stop_in_the_second_batch(step: Progress | Preview) -> object:
            seen.append(step)
            done = step.work_done if isinstance(step, Preview) else step.done
            # Two pictures of ten steps are done, and of the next two three steps.
            return STOP if done >= 2 * 10 + 2 * 3 else None

        request = MakePatterns(lite0.source, "block4c_add", (3, 11, 40, 41, 42), settings, "none")
        stopped: Patterns = ask(request, stop_in_the_second_batch)
        assert stopped.channels == (3, 11, 40, 41)
        assert stopped.steps == (10, 10, 3, 3)
        assert stopped.images.shape == (4, 64, 64, 3)
        assert stopped.objective.shape == (4, 10)
        assert np.isfinite(stopped.objective[:2]).all()
        assert np.isfinite(stopped.objective[2:, :3]).all()
        assert np.isnan(stopped.objective[2:, 3:]).all()
        assert stopped.recipe.content["steps_done"] == [10, 10, 3, 3]
        ask.forget_climbs()
        parts = [ask(part) for part in pattern_requests(stopped.recipe)]
        assert np.concatenate([part.images for part in parts]).tobytes() == stopped.images.tobytes()
        assert np.concatenate([part.pictures for part in parts]).tobytes() == stopped.pictures.tobytes()

    def test_stop_after_the_first_step_keeps_one_step(self, ask: Asker, lite0: Case) -> None:
        request = MakePatterns(lite0.source, "stem_bn", (0,), PIXELS, "none")
        stopped = ask(request, lambda step: STOP if isinstance(step, Preview) or step.done else None)
        assert stopped.steps == (1,)
        assert np.isnan(stopped.objective[0, 1:]).all()

    def test_previews_show_the_patterns_on_the_way(self, ask: Asker, lite0: Case) -> None:
        steps: list[Progress | Preview] = []
        request = MakePatterns(lite0.source, "stem_bn", (0, 1, 2), replace(PIXELS, batch=2), "none")
        patterns: Patterns = ask(request, steps.append)
        previews = [step for step in steps if isinstance(step, Preview)]
        finished = [preview for preview in previews if preview.step == PIXELS.steps]
        assert [(preview.places, len(preview.pictures), preview.done) for preview in finished] == [
            ((0, 1), 2, 2),
            ((2,), 1, 3),
        ]
        assert (finished[0].pictures == patterns.pictures[:2]).all()
        assert (finished[1].objective == patterns.objective[2:]).all()
        assert [preview.work_done for preview in finished] == [2 * 6, 3 * 6]
        counted = [step.work_done if isinstance(step, Preview) else step.done for step in steps]
        assert counted == sorted(counted)
        for preview in previews:
            assert preview.objective.shape == (len(preview.pictures), preview.step)


class TestGreyPatterns:
    def test_dead_channels_are_explained_and_stay_as_they_began(self, ask: Asker, lite0: Case) -> None:
        patterns = make(ask, lite0, "stem_activation", (11, 16, 28, 31, 0), PIXELS)
        for row in range(4):
            # Their kernels are all zero: no other picture, and no climbing elsewhere, would help.
            assert patterns.reasons[row] is Reason.CONSTANT
            assert np.ptp(patterns.objective[row]) == 0
        assert patterns.reasons[4] is None
        assert "the output of stem_activation" in str(patterns.climbed)

    def test_a_linear_first_layer_climbs_its_positive_part(self, ask: Asker, lite0: Case) -> None:
        """The mean of a channel that is linear in the picture has a flat pattern."""
        import keras

        settings = replace(PIXELS, size=32, steps=12, climb="preactivation")
        for layer, before in (("stem_bn", "stem_bn"), ("stem_activation", "stem_bn")):
            patterns = make(ask, lite0, layer, (0, 5), settings)
            assert "positive part" in str(patterns.climbed)
            assert layer in str(patterns.climbed)
            model = keras.Model(lite0.model.input, lite0.model.get_layer(before).output)
            start = np.stack([np.random.default_rng((0, n)).random((32, 32, 3)) * 20 + 128 for n in (0, 5)])
            positive = np.maximum(np.asarray(model(start.astype(np.float32), training=False)), 0)
            expected = positive.mean(axis=(1, 2))[[0, 1], [0, 5]]
            assert patterns.objective[:, 0] == pytest.approx(expected, rel=1e-3, abs=1e-5)
            assert (patterns.objective[:, -1] > patterns.objective[:, 0]).all()
        flat = make(ask, lite0, "stem_bn", (0, 5), replace(settings, climb="output"))
        # Away from its border, a pattern of the plain mean moves by one colour (every other row and column alike).
        moved = flat.images[0] - (np.random.default_rng((0, 0)).random((32, 32, 3)) * 20 + 128)
        assert np.ptp(moved[4:-4:2, 4:-4:2], axis=(0, 1)).max() < 0.01

    def test_a_linear_channel_that_is_negative_everywhere_finds_its_way_out(
        self, small: Callable[..., Case], ask_small: Asker
    ) -> None:
        """On grey an edge filter with a negative sum is off in every position: it has no positive part to climb."""
        import keras

        def edges(model: keras.Model) -> None:
            kernel = np.full((3, 3, 3, 2), -0.02, np.float32)
            kernel[:, 0], kernel[:, 2] = -0.2, 0.19
            model.layers[0].kernel.assign(kernel)

        case = small([keras.layers.Input((None, None, 3)), keras.layers.Conv2D(2, 3, name="conv")], change=edges)
        for settings in (replace(PIXELS, climb="preactivation", steps=120), replace(SHORT, steps=60)):
            patterns = make(ask_small, case, "conv", (0,), settings)
            assert patterns.objective[0, 0] == 0
            assert patterns.objective[0, -1] > 1
            assert patterns.reasons == (None,)

    def test_a_channel_that_is_not_finite_is_explained(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras

        def spoil(model: keras.Model) -> None:
            kernel = model.layers[0].kernel.numpy()
            kernel[..., 1] = np.nan
            model.layers[0].kernel.assign(kernel)

        case = small([keras.layers.Input((None, None, 3)), keras.layers.Conv2D(3, 3, name="conv")], change=spoil)
        patterns = make(ask_small, case, "conv", (0, 1), PIXELS)
        assert patterns.reasons[1] is Reason.NOT_FINITE

    def test_a_channel_that_does_not_depend_on_the_picture_is_explained(
        self, small: Callable[..., Case], ask_small: Asker
    ) -> None:
        import keras

        def empty(model: keras.Model) -> None:
            kernel = model.layers[0].kernel.numpy()
            kernel[..., 1] = 0
            model.layers[0].kernel.assign(kernel)
            model.layers[0].bias.assign([1, 1, 1])

        case = small([keras.layers.Input((None, None, 3)), keras.layers.Conv2D(3, 3, name="conv")], change=empty)
        patterns = make(ask_small, case, "conv", (0, 1), PIXELS)
        assert patterns.reasons[0] is None
        assert patterns.reasons[1] is Reason.CONSTANT


class TestKindsOfNetworks:
    def test_a_fused_activation_is_split_off(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras
        import tensorflow as tf

        # pytest-randomly seeds anew after the fixtures, and with some weights no channel of the first layer is on.
        keras.utils.set_random_seed(0)
        layers = keras.layers
        case = small(
            [
                layers.Input((None, None, 3)),
                layers.Conv2D(4, 3, activation="relu", name="first"),
                layers.Conv2D(
                    5, 3, activation="relu", bias_initializer=keras.initializers.Constant(-1e4), name="second"
                ),
            ]
        )
        blocked = make(ask_small, case, "second", (0, 4), PIXELS)
        assert blocked.reasons == (Reason.OFF, Reason.OFF)
        free = make(ask_small, case, "second", (0, 4), replace(PIXELS, climb="preactivation"))
        assert free.reasons == (None, None)
        assert "second before its activation function" in str(free.climbed)
        start = np.stack([np.random.default_rng((0, n)).random((24, 24, 3)) * 20 + 128 for n in (0, 4)])
        first, second = case.model.layers
        before = tf.nn.conv2d(first(start.astype(np.float32)), second.kernel, 1, "VALID") + second.bias
        expected = np.asarray(before).mean(axis=(1, 2))[[0, 1], [0, 4]]
        assert free.objective[:, 0] == pytest.approx(expected, rel=1e-4)
        assert (free.objective[:, -1] > free.objective[:, 0]).all()
        # At the layer's own output the channel is still off.
        assert free.score.tolist() == [0, 0]

    def test_no_copy_of_a_split_layer_outlives_its_patterns(
        self, small: Callable[..., Case], ask_small: Asker
    ) -> None:
        import keras

        layers = keras.layers
        case = small(
            [
                layers.Input((None, None, 3)),
                layers.Conv2D(4, 3, activation="relu", name="first"),
                layers.Conv2D(5, 3, activation="relu", name="second"),
            ]
        )

        def weights_alive() -> int:
            gc.collect()
            return sum(type(thing) is keras.Variable for thing in gc.get_objects())

        make(ask_small, case, "second", (0,), replace(PIXELS, climb="preactivation"))
        before = weights_alive()
        for _ in range(3):
            make(ask_small, case, "second", (0,), replace(PIXELS, climb="preactivation"))
        assert weights_alive() <= before

    @pytest.mark.parametrize("colours", [1, 2, 5])
    @pytest.mark.parametrize("settings", [PIXELS, replace(SHORT, size=24, steps=4)], ids=["pixel", "fourier"])
    def test_a_network_with_any_number_of_colours_has_patterns(
        self, small: Callable[..., Case], ask_small: Asker, colours: int, settings: object
    ) -> None:
        import keras

        case = small([keras.layers.Input((None, None, colours)), keras.layers.Conv2D(3, 3, name="conv")])
        patterns = make(ask_small, case, "conv", (0, 2), settings)
        assert patterns.images.shape == (2, 24, 24, colours)
        assert patterns.pictures.shape == (2, 24, 24, 3)
        if colours == 1:
            assert (patterns.pictures[..., 0] == patterns.pictures[..., 2]).all()
        assert patterns.reasons == (None, None)

    def test_a_class_has_a_pattern(self, ask: Asker, lite0: Case) -> None:
        patterns = make(ask, lite0, "predictions", (281, 967), replace(SHORT, steps=24))
        assert "predictions before its activation function" in str(patterns.climbed)
        assert (patterns.objective[:, -1] > patterns.objective[:, 0]).all()

    def test_an_odd_size_is_as_good_as_an_even_one(self, ask: Asker, lite0: Case) -> None:
        patterns = make(ask, lite0, "stem_bn", (0,), replace(SHORT, size=33, steps=2))
        assert patterns.images.shape == (1, 33, 33, 3)


class TestRefusals:
    @pytest.mark.parametrize("channels", [(80,), (-1,), (0, 99), ()])
    def test_a_channel_that_the_layer_does_not_have_is_said(
        self, ask: Asker, lite0: Case, channels: tuple[int, ...]
    ) -> None:
        with pytest.raises(CnnvizError, match="block4c_add has 80 channels: 0 to 79"):
            make(ask, lite0, "block4c_add", channels)

    def test_a_layer_that_is_not_there_is_said(self, ask: Asker, lite0: Case) -> None:
        with pytest.raises(CnnvizError, match=r"no layer called block4d_add\. Did you mean"):
            make(ask, lite0, "block4d_add", (0,))

    @pytest.mark.parametrize(("name", "value"), [("size", 4), ("steps", 0), ("seed", -1), ("climb", "high")])
    def test_a_wrong_parameter_is_said(self, ask: Asker, lite0: Case, name: str, value: object) -> None:
        with pytest.raises(CnnvizError, match=f"{name} must be"):
            make(ask, lite0, "block4c_add", (0,), replace(SHORT, **{name: value}))

    def test_a_size_that_the_network_does_not_take_is_said(
        self, small: Callable[..., Case], ask_small: Asker
    ) -> None:
        import keras

        case = small([keras.layers.Input((32, 32, 3)), keras.layers.Conv2D(3, 3, name="conv")])
        with pytest.raises(CnnvizError, match=r"takes pictures of 32 x 32 only, and patterns are squares of 24"):
            make(ask_small, case, "conv", (0,), PIXELS)
        assert make(ask_small, case, "conv", (0,), replace(PIXELS, size=32)).images.shape == (1, 32, 32, 3)

    def test_a_size_of_which_nothing_is_left_is_said(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras

        case = small(
            [
                keras.layers.Input((None, None, 3)),
                keras.layers.MaxPooling2D(16),
                keras.layers.Conv2D(3, 3, name="conv"),
            ]
        )
        with pytest.raises(CnnvizError, match="cannot take a picture of 24 x 24: nothing would be left of it"):
            make(ask_small, case, "conv", (0,), replace(PIXELS, size=24))

    def test_a_network_that_is_not_there_is_said(self, ask_small: Asker) -> None:
        request = MakePatterns(NetworkSource("nowhere.keras"), "conv", (0,), PIXELS, "none")
        with pytest.raises(CnnvizError, match="There is no network called nowhere"):
            ask_small(request)

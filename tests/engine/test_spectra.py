"""Pictures become parameters and are seen again; MACO keeps the magnitudes; octaves go from small to large."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.pattern_requests import MakePatterns
from cnnviz_gui.core.picture import square_pixels
from cnnviz_gui.core.preprocessing import PREPROCESSINGS, preprocessing

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine_cases import Asker, Case

    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.core.picture import Picture

SIZE = 48
SETTINGS = replace(PRESETS["clear"], preset="custom", size=SIZE, steps=3)


@pytest.mark.parametrize("image", ["pixel", "fourier"])
@pytest.mark.parametrize("colours", [1, 3])
def test_what_starts_from_a_picture_shows_it_before_the_first_step(
    photos: dict[str, Picture], image: str, colours: int
) -> None:
    from cnnviz_gui.engine.parameterizations import painted
    from cnnviz_gui.engine.spectra import DARKEST, fourier

    known = preprocessing("torch")
    pixels = square_pixels(photos["coffee"], SIZE)
    levels = PREPROCESSINGS["none"].tensor(pixels, colours) / np.float32(255)
    is_pixel = image == "pixel"
    made = painted(SIZE, colours, known, pixels) if is_pixel else fourier(SIZE, colours, 0, known, levels)
    seen = made.image(made.start([4, 9]))
    inside = np.clip(levels, DARKEST, 1 - DARKEST) if image == "fourier" else levels
    assert np.asarray(made.levels(seen)) == pytest.approx(np.stack([inside] * 2), abs=2e-3)
    fed = np.asarray(made.feed(seen))
    expected = known.tensor(pixels, colours)
    assert np.abs(fed[0] - expected).max() < (0.1 if image == "fourier" else 1e-3)


def test_the_middle_square_of_a_picture_is_taken(photos: dict[str, Picture]) -> None:
    import io

    from PIL import Image

    picture = photos["china_palace"]
    with Image.open(io.BytesIO(picture.data)) as image:
        whole = np.asarray(image.convert("RGB"))
    edge = min(whole.shape[:2])
    top, left = (whole.shape[0] - edge) // 2, (whole.shape[1] - edge) // 2
    assert (square_pixels(picture, edge) == whole[top : top + edge, left : left + edge]).all()


class TestMagnitudes:
    def test_the_magnitudes_stay_and_only_phases_are_changed(self) -> None:
        from cnnviz_gui.engine.spectra import levels_to_planes, maco, natural_magnitude

        made = maco(SIZE, 3, 0, preprocessing("none"))
        phases = made.start([3])
        assert phases.shape == (1, 3, SIZE, SIZE // 2 + 1)
        assert np.abs(phases).max() <= np.pi + 1e-6
        magnitude = natural_magnitude(SIZE, 3)
        for change in (0.0, 1.0):
            moved = phases + change * np.random.default_rng(1).standard_normal(phases.shape).astype(np.float32)
            levels = np.asarray(made.image(moved))
            inside = (levels > 0.021) & (levels < 0.979)
            assert inside.mean() > 0.95
            found = np.abs(np.fft.rfft2(levels_to_planes(levels)[0]))
            # Away from the columns that have to be real, and but for the few pixels near black and white.
            middle = (slice(None), slice(1, 20), slice(1, 20))
            assert np.corrcoef(np.log(found[middle]).ravel(), np.log(magnitude[middle]).ravel())[0, 1] > 0.98

    def test_the_spectrum_is_that_of_natural_pictures(self) -> None:
        """Power falls with the frequency, brightness holds most of it, and the size matters to the scale alone."""
        from cnnviz_gui.engine.spectra import natural_magnitude

        for size in (33, 64, 128, 200):
            magnitude = natural_magnitude(size, 3)
            assert magnitude.shape == (3, size, size // 2 + 1)
            assert np.isfinite(magnitude).all()
            assert not magnitude[:, 0, 0].any()
            row = magnitude[0, 0, 1:]
            frequency = np.fft.rfftfreq(size)[1:]
            slope = np.polyfit(np.log(frequency), np.log(row), 1)[0]
            # 1/f, as Field (1987) found it in photos.
            assert -1.6 < slope < -0.6
            assert magnitude[0].sum() > magnitude[1].sum() > 0
        double, single = natural_magnitude(128, 3), natural_magnitude(64, 3)
        assert double[:, 2::8, 4:64:8] == pytest.approx(2 * single[:, 1::4, 2:32:4], rel=1e-3)

    def test_a_channel_is_climbed(self, ask: Asker, lite0: Case) -> None:
        settings = replace(SETTINGS, image="maco", steps=40)
        patterns = ask(MakePatterns(lite0.source, "block2b_add", (3, 5), settings, lite0.preprocessing))
        assert (patterns.objective[:, -8:].mean(axis=1) > patterns.objective[:, :8].mean(axis=1) + 0.5).all()

    def test_the_file_is_what_its_script_makes(self) -> None:
        import importlib.util
        from unittest import mock

        from cnnviz_gui import resources

        path = Path(__file__).parents[2] / "packaging" / "make_spectrum.py"
        spec = importlib.util.spec_from_file_location("make_spectrum", path)
        assert spec is not None
        assert spec.loader is not None
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        kept = np.load(resources.resource_path("spectra", "natural.npy"))
        with mock.patch.object(np, "save") as save, mock.patch.object(script, "print", create=True):
            script.main()
        assert save.call_args.args[1] == pytest.approx(kept, rel=1e-3)


class TestOctaves:
    def test_sizes_grow_by_the_same_factor_up_to_the_patterns_own(self) -> None:
        from cnnviz_gui.engine.ascents import octave_sizes

        assert octave_sizes(replace(SETTINGS, size=196, octaves=3)) == [100, 140, 196]
        assert octave_sizes(SETTINGS) == [SIZE]

    def test_coarse_octaves_change_coarse_shapes(self, ask: Asker, lite0: Case, photos: dict[str, Picture]) -> None:
        """After the first of four octaves the change has less in high frequencies than without octaves."""
        settings = replace(
            PRESETS["tutorial"], preset="custom", size=96, start="picture", objective="layer", climb="output", steps=8
        )
        pictures = (("", photos["coffee"]),)
        before = square_pixels(photos["coffee"], 96).astype(np.float32)

        def share(octaves: int) -> float:
            request = MakePatterns(
                lite0.source, "block3b_add", (0,), replace(settings, octaves=octaves), "none", pictures=pictures
            )
            change = stopped_after(ask, request, 2).images[0] - before
            power = np.abs(np.fft.fft2(change, axes=(0, 1))) ** 2
            frequency = np.hypot(np.fft.fftfreq(96)[:, None], np.fft.fftfreq(96)[None, :])
            return float(power[frequency > 0.25].sum() / power.sum())

        assert share(4) < 0.5 * share(1)

    def test_a_network_of_one_size_has_none(self, small: Callable[..., Case], ask_small: Asker) -> None:
        import keras

        case = small([keras.layers.Input((SIZE, SIZE, 3)), keras.layers.Conv2D(3, 3, name="conv")])
        with pytest.raises(CnnvizError, match=r"takes pictures of one size only.*Set octaves to 1"):
            ask_small(MakePatterns(case.source, "conv", (0,), replace(SETTINGS, octaves=2), "none"))


def stopped_after(ask: Asker, request: MakePatterns, steps: int) -> Patterns:
    from cnnviz_gui.core.pattern_requests import Preview
    from cnnviz_gui.core.requests import STOP

    def stop(step: object) -> object:
        done = step.work_done if isinstance(step, Preview) else step.done  # type: ignore[attr-defined]
        return STOP if done >= steps else None

    stopped: Patterns = ask(request, stop)
    return stopped


class TestDreams:
    def test_a_dream_is_of_its_picture_and_its_recipe_says_which(
        self, ask: Asker, lite0: Case, photos: dict[str, Picture]
    ) -> None:
        from cnnviz_gui.core.replay import pattern_requests, recipe_pictures

        settings = replace(
            PRESETS["tutorial"], preset="custom", size=64, start="picture", objective="layer", octaves=2, steps=4
        )
        pictures = (("", photos["flower"]),)
        dream = ask(MakePatterns(lite0.source, "block3b_add", (0,), settings, "none", pictures=pictures))
        before = square_pixels(photos["flower"], 64)
        # Shown as it is, without the tutorial's contrast.
        assert np.abs(dream.pictures[0].astype(int) - before).max() < 60
        assert np.abs(dream.pictures[0].astype(int) - before).mean() > 0.5
        assert np.corrcoef(dream.pictures[0].ravel(), before.ravel())[0, 1] > 0.95
        [(written, name, _, sha256)] = recipe_pictures(dream.recipe)
        assert (written, name, sha256) == ("", "flower.jpg", photos["flower"].sha256)
        (again,) = pattern_requests(dream.recipe, pictures=pictures)
        assert ask(again).images.tobytes() == dream.images.tobytes()

    def test_without_a_picture_it_is_said(self, ask: Asker, lite0: Case) -> None:
        settings = replace(SETTINGS, start="picture")
        with pytest.raises(CnnvizError, match=r"need a picture, and none is chosen\. Open a picture"):
            ask(MakePatterns(lite0.source, "block3b_add", (0,), settings, "none"))


class TestDirections:
    def test_a_direction_is_read_from_its_file_into_the_recipe(
        self, small: Callable[..., Case], ask_small: Asker, tmp_path: Path
    ) -> None:
        import keras

        case = small([keras.layers.Input((None, None, 3)), keras.layers.Conv2D(4, 3, name="conv")])
        path = tmp_path / "my direction.npy"
        np.save(path, np.array([0.1, -2.0, 3.0, 0.0]))
        settings = replace(SETTINGS, objective=f'direction("{path}")', climb="output")
        made = ask_small(MakePatterns(case.source, "conv", (0,), settings, "none"))
        assert made.recipe.content["settings"]["objective"] == "direction([0.1, -2, 3, 0])"

    def test_a_file_that_holds_none_is_said(
        self, ask_small: Asker, small: Callable[..., Case], tmp_path: Path
    ) -> None:
        import keras

        case = small([keras.layers.Input((None, None, 3)), keras.layers.Conv2D(4, 3, name="conv")])
        for name, content in (("words", np.array(["a", "b"])), ("nan", np.full(4, np.nan))):
            np.save(tmp_path / f"{name}.npy", content)
            settings = replace(SETTINGS, objective=f'direction("{tmp_path}/{name}.npy")')
            with pytest.raises(CnnvizError, match=f"The direction in {name}.npy"):
                ask_small(MakePatterns(case.source, "conv", (0,), settings, "none"))

"""What objectives read on natural pictures, against Keras alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui import resources
from cnnviz_gui.core.pattern_requests import MeasureNatural
from cnnviz_gui.engine import natural

if TYPE_CHECKING:
    from pathlib import Path

    from engine_cases import Asker, Case, PixelReader

    from cnnviz_gui.core.pattern_requests import Natural
    from cnnviz_gui.core.picture import Picture

PATHS = {photo.name: str(photo.path) for photo in resources.sample_photos()}


def test_every_channels_mean_is_that_of_a_plain_forward_pass(
    ask: Asker, lite0: Case, photos: dict[str, Picture], photo_pixels: PixelReader
) -> None:
    import keras

    found: Natural = ask(MeasureNatural(lite0.source, "block4c_add", tuple(PATHS.values()), "none"))
    model = keras.Model(lite0.model.input, lite0.model.get_layer("block4c_add").output)
    fed = np.concatenate([photo_pixels(name, (224, 224)) for name in PATHS])
    expected = np.asarray(model(fed, training=False)).mean(axis=(1, 2))
    assert found.scores.shape == expected.shape == (10, 80)
    assert found.scores == pytest.approx(expected, rel=1e-3, abs=1e-3)


def test_a_sum_reads_classes_before_the_softmax_positions_directions_and_whole_layers(
    ask: Asker, lite0: Case, photos: dict[str, Picture], photo_pixels: PixelReader
) -> None:
    import keras

    text = (
        "2 * class(3) - 0.5 * block4c_add:position(1, 6) + stem_bn:direction([" + ", ".join("1" * 32) + "]) - layer"
    )
    paths = (PATHS["coffee"], PATHS["chelsea_cat"])
    found: Natural = ask(MeasureNatural(lite0.source, "block2b_add", paths, "none", text, 128))
    names = ("block4c_add", "stem_bn", "block2b_add", "predictions")
    model = keras.Model(lite0.model.input, [lite0.model.get_layer(name).output for name in names])
    fed = np.concatenate([photo_pixels(name, (224, 224)) for name in ("coffee", "chelsea_cat")])
    middle, early, own, classes = (np.asarray(value, np.float64) for value in model(fed, training=False))
    # Of 8 x 8 positions at 128 pixels the second row and seventh column are the third and the twelfth of 14.
    expected = -0.5 * middle[:, 2, 11] + (early.mean(axis=(1, 2)).sum(axis=-1) / np.sqrt(32))[:, None]
    expected -= (own**2).mean(axis=(1, 2, 3))[:, None]
    # Logits but for what the softmax takes away, which two pictures tell by their difference between classes.
    assert found.scores.shape == (2, 80)
    logits = np.log(classes)
    other: Natural = ask(
        MeasureNatural(lite0.source, "block2b_add", paths, "none", text.replace("class(3)", "class(7)"), 128)
    )
    between = (other.scores - found.scores)[:, 0]
    assert between == pytest.approx(2 * (logits[:, 7] - logits[:, 3]), rel=1e-3, abs=1e-3)
    across = found.scores - found.scores[:, :1]
    assert across == pytest.approx(expected - expected[:, :1], rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("objective", ["layer", "direction(3)", "class(espresso)", "position(1, 2, 7)"])
def test_what_is_the_same_for_all_patterns_is_one_number_a_picture(ask: Asker, lite0: Case, objective: str) -> None:
    paths = (PATHS["coffee"], PATHS["chelsea_cat"])
    found: Natural = ask(MeasureNatural(lite0.source, "block4c_add", paths, "none", objective, 64))
    assert found.scores.shape == (2, 1)
    assert np.isfinite(found.scores).all()
    assert found.scores[0] != found.scores[1]


def test_a_vector_layer_is_measured_too(ask: Asker, lite0: Case) -> None:
    found: Natural = ask(MeasureNatural(lite0.source, "predictions", (PATHS["coffee"],), "none"))
    assert found.scores.shape == (1, 1000)
    assert found.scores.sum() == pytest.approx(1, rel=1e-3)


def test_pictures_that_are_gone_or_are_none_are_left_out(ask: Asker, lite0: Case, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    paths = (str(tmp_path / "gone.png"), PATHS["coffee"], str(tmp_path / "text.png"))
    found: Natural = ask(MeasureNatural(lite0.source, "stem_bn", paths, "none"))
    assert found.scores.shape == (1, 32)
    nothing: Natural = ask(MeasureNatural(lite0.source, "stem_bn", paths[:1], "none"))
    assert nothing.scores.shape == (0, 1)


def test_each_picture_is_looked_at_once_unless_it_changes(
    ask: Asker, lite0: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    score = natural._score

    def counted(opened: object, scores: object, path: str, preprocessing: str) -> np.ndarray:
        looked.append(path)
        return score(opened, scores, path, preprocessing)  # type: ignore[arg-type]

    monkeypatch.setattr(natural, "_score", counted)
    path = tmp_path / "mine.jpg"
    path.write_bytes(resources.sample_photos()[1].path.read_bytes())
    request = MeasureNatural(lite0.source, "block2b_add", (str(path),), "none")
    first: Natural = ask(request)
    again: Natural = ask(request)
    assert looked == [str(path)]
    assert (again.scores == first.scores).all()
    path.write_bytes(resources.sample_photos()[2].path.read_bytes())
    changed: Natural = ask(request)
    assert len(looked) == 2
    assert (changed.scores != first.scores).any()

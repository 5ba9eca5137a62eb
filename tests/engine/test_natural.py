"""What channels do with natural pictures, against Keras alone."""

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
    assert found.means.shape == expected.shape == (10, 80)
    assert found.means == pytest.approx(expected, rel=1e-3, abs=1e-3)


def test_a_vector_layer_is_measured_too(ask: Asker, lite0: Case) -> None:
    found: Natural = ask(MeasureNatural(lite0.source, "predictions", (PATHS["coffee"],), "none"))
    assert found.means.shape == (1, 1000)
    assert found.means.sum() == pytest.approx(1, rel=1e-3)


def test_pictures_that_are_gone_or_are_none_are_left_out(ask: Asker, lite0: Case, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("no picture")
    paths = (str(tmp_path / "gone.png"), PATHS["coffee"], str(tmp_path / "text.png"))
    found: Natural = ask(MeasureNatural(lite0.source, "stem_bn", paths, "none"))
    assert found.means.shape == (1, 32)
    nothing: Natural = ask(MeasureNatural(lite0.source, "stem_bn", paths[:1], "none"))
    assert nothing.means.shape == (0, 32)


def test_each_picture_is_looked_at_once_unless_it_changes(
    ask: Asker, lite0: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    means = natural._means

    def counted(opened: object, entry: object, path: str, preprocessing: str) -> np.ndarray:
        looked.append(path)
        return means(opened, entry, path, preprocessing)  # type: ignore[arg-type]

    monkeypatch.setattr(natural, "_means", counted)
    path = tmp_path / "mine.jpg"
    path.write_bytes(resources.sample_photos()[1].path.read_bytes())
    request = MeasureNatural(lite0.source, "block2b_add", (str(path),), "none")
    first: Natural = ask(request)
    again: Natural = ask(request)
    assert looked == [str(path)]
    assert (again.means == first.means).all()
    path.write_bytes(resources.sample_photos()[2].path.read_bytes())
    changed: Natural = ask(request)
    assert len(looked) == 2
    assert (changed.means != first.means).any()

"""Every style of preprocessing equals Keras' own."""

from __future__ import annotations

import numpy as np
import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.preprocessing import PREPROCESSINGS, preprocessing
from cnnviz_gui.core.zoo import APPLICATIONS

NOISE = np.random.default_rng(0).integers(0, 256, (16, 12, 3), dtype=np.uint8)


@pytest.mark.parametrize("style", ["caffe", "tf", "torch"])
def test_a_style_equals_preprocess_input_of_keras(style: str) -> None:
    from keras.src.applications.imagenet_utils import preprocess_input

    expected = preprocess_input(NOISE.astype(np.float32), data_format="channels_last", mode=style)
    found = preprocessing(style).tensor(NOISE)
    assert found.dtype == np.float32
    assert np.abs(found - expected).max() <= 1e-6 * np.abs(expected).max()


def test_none_is_the_picture_itself_and_the_tutorials_is_a_fraction_of_255() -> None:
    assert (preprocessing("none").tensor(NOISE) == NOISE.astype(np.float32)).all()
    assert preprocessing("tutorial").tensor(NOISE) == pytest.approx(NOISE / 255, abs=1e-7)


def test_caffe_turns_the_colours_round() -> None:
    red = np.zeros((1, 1, 3), np.uint8)
    red[..., 0] = 255
    assert preprocessing("caffe").tensor(red)[0, 0] == pytest.approx([-103.939, -116.779, 255 - 123.68], abs=1e-4)


def test_every_application_has_a_preprocessing_that_exists() -> None:
    assert {row.preprocessing for row in APPLICATIONS.values()} <= set(PREPROCESSINGS)
    assert all(name == row.name for name, row in PREPROCESSINGS.items())


def test_an_unknown_name_is_said_with_all_that_are_known() -> None:
    with pytest.raises(CnnvizError, match=r"There is no preprocessing called caffee\. Known: none, caffe, tf, torch"):
        preprocessing("caffee")

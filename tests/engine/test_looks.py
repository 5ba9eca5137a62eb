"""What is fed, and what the network takes it for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui import resources
from cnnviz_gui.core.requests import DrawGrid, LookAtPicture, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine_cases import Asker, Case, PixelReader

    from cnnviz_gui.core.picture import Picture

PHOTO = "coffee"


@pytest.mark.parametrize("photo", ["coffee", "chelsea_cat", "china_palace"])
def test_the_likeliest_five_classes_are_kerass(
    ask: Asker, lite0: Case, photos: dict[str, Picture], photo_pixels: PixelReader, photo: str
) -> None:
    look = ask(LookAtPicture(lite0.source, photos[photo], (224, 224), "none"))
    shares = np.asarray(lite0.model(photo_pixels(photo, (224, 224)), training=False))[0]
    labels = resources.bundled_labels("imagenet-classes")
    expected = [(labels[index], float(shares[index])) for index in np.argsort(-shares)[:5]]
    assert [label for label, _ in look.classes] == [label for label, _ in expected]
    assert [share for _, share in look.classes] == pytest.approx([share for _, share in expected], rel=1e-4)


def test_coffee_is_espresso_and_the_cat_is_an_egyptian_cat(
    ask: Asker, lite0: Case, photos: dict[str, Picture]
) -> None:
    for photo, label, share in (("coffee", "espresso", 0.90), ("chelsea_cat", "Egyptian cat", 0.82)):
        first = ask(LookAtPicture(lite0.source, photos[photo], (224, 224), "none")).classes[0]
        assert first[0].startswith(label)
        assert first[1] == pytest.approx(share, abs=0.02)


def test_a_network_without_classes_names_none(ask: Asker, resnet50: Case, photos: dict[str, Picture]) -> None:
    assert ask(LookAtPicture(resnet50.source, photos[PHOTO], (64, 64), "caffe")).classes == ()


@pytest.mark.parametrize(
    ("style", "module"),
    [("caffe", "resnet50"), ("tf", "mobilenet_v2"), ("torch", "densenet"), ("none", "efficientnet")],
)
@pytest.mark.parametrize("size", [(64, 64), (50, 33)])
def test_what_is_fed_is_what_preprocess_input_makes(
    ask: Asker,
    resnet50: Case,
    photos: dict[str, Picture],
    photo_pixels: PixelReader,
    style: str,
    module: str,
    size: tuple[int, int],
) -> None:
    preprocess_input = importlib.import_module(f"keras.applications.{module}").preprocess_input
    expected = preprocess_input(photo_pixels(PHOTO, size))[0]
    first = resnet50.network.layers[0].name
    fed = ask(DrawGrid(View(resnet50.source, first, photos[PHOTO], size, style))).values
    assert fed == pytest.approx(expected, rel=1e-5, abs=1e-4)
    look = ask(LookAtPicture(resnet50.source, photos[PHOTO], size, style))
    assert look.fed_minimum == pytest.approx(expected.min(), abs=1e-4)
    assert look.fed_maximum == pytest.approx(expected.max(), abs=1e-4)


def test_shapes_follow_the_picture(ask: Asker, resnet50: Case, photos: dict[str, Picture]) -> None:
    look = ask(LookAtPicture(resnet50.source, photos[PHOTO], (500, 333), "caffe"))
    assert look.shapes["conv1_conv"] == (250, 167, 64)
    assert look.shapes["conv5_block3_out"] == (16, 11, 2048)
    assert set(look.shapes) == {layer.name for layer in resnet50.network.layers}


def test_a_network_of_one_colour_sees_brightness(
    small: Callable[..., Case], ask_small: Asker, photos: dict[str, Picture], photo_pixels: PixelReader
) -> None:
    import keras

    case = small([keras.layers.Input((None, None, 1)), keras.layers.Conv2D(3, 3, name="conv")])
    found = ask_small.grid(case, "conv", photos[PHOTO], (24, 20))
    luma = photo_pixels(PHOTO, (24, 20)) @ np.array([[0.299], [0.587], [0.114]], np.float32)
    expected = np.asarray(case.model(luma))[0]
    assert np.abs(found.values - expected).max() <= 0.02 * np.abs(expected).max()

"""Activations and mosaics are those of the tutorial's scripts, where these work; and are right where they break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.requests import DrawGrid, View

if TYPE_CHECKING:
    from engine_cases import Asker, Case, PixelReader

    from cnnviz_gui.core.picture import Picture
    from cnnviz_gui.core.requests import Grid

PHOTO = "chelsea_cat"
TUTORIAL_SIZE = (500, 333)


def assert_same_activations(grid: Grid, expected: np.ndarray) -> None:
    """Equal within 1e-4 of the layer's largest value."""
    assert grid.values.shape == expected.shape[1:]
    largest = np.abs(expected).max()
    assert np.abs(grid.values - expected[0]).max() <= 1e-4 * largest


def assert_same_mosaic(grid: Grid, expected: np.ndarray) -> None:
    """The rows that the tutorial shows are its own, and those that it drops are there by its formula."""
    import tutorial_port

    height, width, count = expected.shape[1:]
    assert grid.mosaic.shape == (height * -(-count // 16), 16 * width)
    with np.errstate(divide="ignore", invalid="ignore"):
        shown = tutorial_port.display_grid(expected)
    for channel in range(count):
        top, left = channel // 16 * height, channel % 16 * width
        tile = grid.mosaic[top : top + height, left : left + width].astype(int)
        one = expected[0, ..., channel]
        if np.ptp(one) == 0:
            # Here the tutorial divides by zero.
            assert (tile == 128).all()
        elif one.std() > 1e-5 * np.abs(one).max():
            complete = channel < count // 16 * 16
            port = shown[top : top + height, left : left + width] if complete else tutorial_port.standardized(one)
            assert np.abs(tile - port).max() <= 1
        # Else the channel is constant but for the last bit, and the tutorial's own mean is off by its deviation.
    empty = grid.mosaic[len(grid.mosaic) - height :, (count % 16 or 16) * width :]
    assert (empty == 0).all()


def check_all_layers(ask: Asker, case: Case, picture: Picture, fed: np.ndarray, *, mosaics: int = 1) -> None:
    """Holds the activations of every layer, and the mosaic of every so many, against the port."""
    import tutorial_port

    names = tutorial_port.layers_with_pictures(case.model)
    expected = tutorial_port.activations_of(case.model, names, fed)
    # Keras numbers its inputs through, so that one has another name here.
    described = dict(zip((layer.name for layer in case.model.layers), case.network.layers, strict=True))
    for number, (name, activation) in enumerate(zip(names, expected, strict=True)):
        grid = ask.grid(case, described[name].name, picture, fed.shape[1:3])
        assert_same_activations(grid, activation)
        if number % mosaics == 0 and activation.shape[1] * activation.shape[2] > 1:
            assert_same_mosaic(grid, activation)


def test_every_layer_of_resnet50_equals_the_tutorials(
    ask: Asker, resnet50: Case, photos: dict[str, Picture], photo_pixels: PixelReader
) -> None:
    check_all_layers(ask, resnet50, photos[PHOTO], photo_pixels(PHOTO, (224, 224)) / 255)


def test_every_layer_of_efficientnet_lite0_equals_the_tutorials(
    ask: Asker, lite0: Case, photos: dict[str, Picture], photo_pixels: PixelReader
) -> None:
    check_all_layers(ask, lite0, photos[PHOTO], photo_pixels(PHOTO, (224, 224)))


def test_the_tutorials_picture_that_is_not_square_is_right_in_every_layer(
    ask: Asker,
    resnet50: Case,
    photos: dict[str, Picture],
    photo_pixels: PixelReader,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # All in one pass, which the engine does for smaller pictures: layer by layer takes a minute.
    monkeypatch.setattr("cnnviz_gui.engine.activations.ALL_LAYERS_BYTES", 2_000_000_000)
    check_all_layers(ask, resnet50, photos["coffee"], photo_pixels("coffee", TUTORIAL_SIZE) / 255, mosaics=8)


def test_a_big_picture_computed_layer_by_layer_is_the_same(
    ask: Asker, resnet50: Case, photos: dict[str, Picture], photo_pixels: PixelReader
) -> None:
    import tutorial_port

    fed = photo_pixels("rocket", TUTORIAL_SIZE) / 255
    names = ["conv1_conv", "pool1_pool", "conv3_block2_add", "conv5_block3_out"]
    for name, expected in zip(names, tutorial_port.activations_of(resnet50.model, names, fed), strict=True):
        grid = ask.grid(resnet50, name, photos["rocket"], TUTORIAL_SIZE)
        assert_same_activations(grid, expected)
        assert_same_mosaic(grid, expected)


def test_the_shapes_that_the_tutorial_prints_come_out(ask: Asker, resnet50: Case, photos: dict[str, Picture]) -> None:
    grid = ask.grid(resnet50, "conv1_conv", photos["rocket"], TUTORIAL_SIZE)
    assert grid.values.shape == (250, 167, 64)
    assert grid.mosaic.shape == (4 * 250, 16 * 167)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("conv1", "conv1_conv"),
        ("bn_conv1", "conv1_bn"),
        ("res2a_branch2a", "conv2_block1_1_conv"),
        ("bn2a_branch2b", "conv2_block1_2_bn"),
        ("res2b_branch2a", "conv2_block2_1_conv"),
        ("res4e_branch2c", "conv4_block5_3_conv"),
    ],
)
def test_a_layer_by_its_old_name_is_the_same_layer(
    ask: Asker, resnet50: Case, photos: dict[str, Picture], old: str, new: str
) -> None:
    by_old = ask.grid(resnet50, old, photos[PHOTO], (96, 96))
    by_new = ask.grid(resnet50, new, photos[PHOTO], (96, 96))
    assert (by_old.values == by_new.values).all()
    assert (by_old.mosaic == by_new.mosaic).all()


@pytest.mark.parametrize(
    ("layer", "count"), [("block2a_project_bn", 24), ("block3a_project_bn", 40), ("block5c_add", 112)]
)
def test_a_last_row_that_is_not_full_is_shown(
    ask: Asker, lite0: Case, photos: dict[str, Picture], photo_pixels: PixelReader, layer: str, count: int
) -> None:
    import tutorial_port

    (expected,) = tutorial_port.activations_of(lite0.model, [layer], photo_pixels(PHOTO, (96, 160)))
    grid = ask.grid(lite0, layer, photos[PHOTO], (96, 160))
    assert len(grid.tiling.order) == expected.shape[-1] == count
    assert_same_mosaic(grid, expected)


def test_dead_filters_are_flat_and_known_to_be_dead(ask: Asker, lite0: Case, photos: dict[str, Picture]) -> None:
    grid = ask.grid(lite0, "stem_activation", photos[PHOTO], (224, 224))
    dead = np.flatnonzero((grid.values == 0).all(axis=(0, 1))).tolist()
    assert {11, 16, 28, 31} <= set(dead)
    assert np.flatnonzero(grid.statistics.dead).tolist() == dead
    for channel in dead:
        place = grid.tiling.place_of(channel)
        assert place is not None
        top, left = grid.tiling.corner(place)
        assert (grid.mosaic[top : top + 112, left : left + 112] == 128).all()


@pytest.mark.parametrize("scale", [Scale.CHANNEL, Scale.LAYER, Scale.SIGNED])
def test_other_scales_show_the_same_activations(
    ask: Asker, lite0: Case, photos: dict[str, Picture], scale: Scale
) -> None:
    grid = ask.grid(lite0, "block4c_add", photos[PHOTO], (96, 96), scale=scale, per_row=10)
    values = grid.values.astype(np.float64)
    low, high = values.min(), values.max()
    for place, channel in enumerate(grid.tiling.order):
        one = values[..., channel]
        expected = {
            Scale.CHANNEL: lambda one=one: (one - one.min()) / (one.max() - one.min()) * 255,
            Scale.LAYER: lambda one=one: (one - low) / (high - low) * 255,
            Scale.SIGNED: lambda one=one: one / np.abs(values).max() * 127 + 128,
        }[scale]()
        top, left = grid.tiling.corner(place)
        shown = grid.mosaic[top : top + one.shape[0], left : left + one.shape[1]]
        assert np.abs(shown - np.floor(expected)).max() <= 1


def test_likeness_puts_the_chosen_channel_first(ask: Asker, lite0: Case, photos: dict[str, Picture]) -> None:
    grid = ask.grid(lite0, "block4c_add", photos[PHOTO], (96, 96), sort=SortKey.LIKENESS, chosen=33)
    flat = grid.values.reshape(-1, 80).T.astype(np.float64)
    correlation = np.corrcoef(flat)[33]
    assert grid.tiling.order[0] == 33
    assert (np.diff(correlation[list(grid.tiling.order)]) <= 1e-6).all()


def test_activations_are_never_written_to(ask: Asker, lite0: Case, photos: dict[str, Picture]) -> None:
    grid = ask.grid(lite0, "block4c_add", photos[PHOTO], (96, 96))
    with pytest.raises(ValueError, match="read-only"):
        grid.values[...] = 0


def test_the_preprocessing_that_is_asked_for_is_what_is_fed(
    ask: Asker, resnet50: Case, photos: dict[str, Picture], photo_pixels: PixelReader
) -> None:
    import keras
    import tutorial_port

    fed = keras.applications.resnet50.preprocess_input(photo_pixels(PHOTO, (64, 64)))
    (expected,) = tutorial_port.activations_of(resnet50.model, ["conv1_conv"], fed)
    view = View(resnet50.source, "conv1_conv", photos[PHOTO], (64, 64), "caffe")
    assert_same_activations(ask(DrawGrid(view)), expected)

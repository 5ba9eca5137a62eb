"""One engine, and beside it the same networks as Keras alone opens them, to hold the answers against."""

from __future__ import annotations

import contextlib
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from cnnviz_gui import resources
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import Picture, make_picture
from cnnviz_gui.core.requests import OpenNetwork

# Makes `engine_cases` and `tutorial_port` importable.
sys.path.insert(0, str(Path(__file__).parent))

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import keras
    from engine_cases import Asker, Case, PixelReader

LITE0 = NetworkSource("efficientnet-lite0")
PHOTO_OF_STATISTICS = "china_palace"


@contextlib.contextmanager
def keras_writes() -> Iterator[None]:
    """Keras 3.15 converts its variables in a way that NumPy 2 would rather not see."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", "__array__ implementation doesn't accept a copy keyword", DeprecationWarning
        )
        yield


@pytest.fixture(scope="session")
def ask() -> Iterator[Asker]:
    """The engine that holds the two big networks."""
    from engine_cases import Asker

    asker = Asker()
    yield asker
    asker.engine.close()


@pytest.fixture(scope="session")
def ask_small() -> Iterator[Asker]:
    """An engine for networks made for one test, so that the big ones stay open in the other."""
    from engine_cases import Asker

    asker = Asker()
    yield asker
    asker.engine.close()


@pytest.fixture(autouse=True)
def as_new(request: pytest.FixtureRequest) -> None:
    """The shared engines keep networks, what is compiled and how fast drafts are; no patterns, and no pace."""
    for name in {"ask", "ask_small"}.intersection(request.fixturenames):
        asker: Asker = request.getfixturevalue(name)
        asker.forget_climbs()
        asker.forget_what_was_measured()


@pytest.fixture(scope="session")
def photos() -> dict[str, Picture]:
    """The sample photos by name."""
    return {photo.name: make_picture(photo.path.name, photo.path.read_bytes()) for photo in resources.sample_photos()}


@pytest.fixture(scope="session")
def photo_pixels() -> PixelReader:
    """Reads a sample photo with Pillow alone: (1, height, width, 3) float32 in 0..255."""
    paths = {photo.name: photo.path for photo in resources.sample_photos()}

    def read(name: str, size: tuple[int, int]) -> np.ndarray:
        with Image.open(paths[name]) as image:
            small = image.convert("RGB").resize(size[::-1], Image.Resampling.BILINEAR)
        return np.asarray(small, np.float32)[None]

    return read


@pytest.fixture(scope="session")
def lite0(ask: Asker) -> Case:
    """The bundled network."""
    import keras
    from engine_cases import Case

    path = resources.bundled_networks()[LITE0.name]
    return Case(LITE0, keras.saving.load_model(path, compile=False), ask(OpenNetwork(LITE0)), "none")


@pytest.fixture(scope="session")
def resnet50(
    ask: Asker,
    tmp_path_factory: pytest.TempPathFactory,
    photo_pixels: PixelReader,
) -> Case:
    """ResNet50 without its top: He initialisation, statistics of a real picture, fed as the tutorial feeds it."""
    import keras
    from engine_cases import Case, bring_to_life

    model = keras.applications.ResNet50(weights=None, include_top=False, input_shape=(None, None, 3))
    bring_to_life(model, photo_pixels(PHOTO_OF_STATISTICS, (160, 160)) / 255)
    path = tmp_path_factory.mktemp("weights") / "resnet50.weights.h5"
    with warnings.catch_warnings():
        # Keras 3.15 converts its variables in a way that NumPy 2 would rather not see.
        warnings.filterwarnings(
            "ignore", "__array__ implementation doesn't accept a copy keyword", DeprecationWarning
        )
        model.save_weights(path)
    source = NetworkSource("keras:ResNet50", str(path), include_top=False)
    network = ask(OpenNetwork(source))
    path.unlink()
    return Case(source, model, network, "tutorial")


@pytest.fixture
def small(ask_small: Asker, tmp_path: Path) -> Callable[..., Case]:
    """Makes a network of a few layers, saves it as its user would, and opens it."""
    import keras
    from engine_cases import Case

    # Layers draw the seeds of their weights when they are made, which is before they are given to `build`.
    keras.utils.set_random_seed(0)

    def build(
        layers: Sequence[keras.Layer] | keras.Model, *, change: Callable[[keras.Model], object] | None = None
    ) -> Case:
        model = layers if isinstance(layers, keras.Model) else keras.Sequential(list(layers))
        if change:
            change(model)
        path = tmp_path / "small.keras"
        with keras_writes():
            model.save(path)
        source = NetworkSource(str(path))
        return Case(source, model, ask_small(OpenNetwork(source)), "none")

    return build

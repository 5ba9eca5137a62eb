"""What can be done at once about a network that did not open."""

from __future__ import annotations

import pickle

import pytest

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.remedies import CHOOSE_CLASSES, open_as_application, open_untrained, published_as
from cnnviz_gui.core.zoo_weights import WEIGHTS_FILES


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("resnet50_weights_tf_dim_ordering_tf_kernels.h5", ("ResNet50", True)),
        ("resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5", ("ResNet50", False)),
        ("ResNet50_weights_tf_dim_ordering_tf_kernels_notop (1).H5", ("ResNet50", False)),
        ("vgg16_weights_tf_dim_ordering_tf_kernels(2).h5", ("VGG16", True)),
        ("efficientnetb0_notop.h5", ("EfficientNetB0", False)),
        ("mine.weights.h5", None),
        ("resnet50.h5", None),
    ],
)
def test_a_published_file_is_known_by_its_name(name: str, expected: tuple[str, bool] | None) -> None:
    assert published_as(name) == expected


def test_every_published_file_name_belongs_to_one_network() -> None:
    assert {published_as(file.name) for file in WEIGHTS_FILES.values()} == set(WEIGHTS_FILES)


def test_an_application_takes_the_file_as_its_weights() -> None:
    remedy = open_as_application("VGG16", "/a/w.h5", include_top=False)
    assert str(remedy.label) == "Open as VGG16"
    assert remedy.source == NetworkSource("keras:VGG16", "/a/w.h5", include_top=False)


def test_an_error_keeps_its_remedies_on_the_way_to_another_process() -> None:
    remedies = (open_untrained("net.json"), CHOOSE_CLASSES)
    received = pickle.loads(pickle.dumps(CnnvizError(message("No."), remedies=remedies)))
    assert received.remedies == remedies

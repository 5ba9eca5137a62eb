"""The networks of keras.applications: what a menu lists and a command line takes, known without importing Keras."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Application:
    """One keras.applications network.

    Args:
        name: Its constructor's name.
        size: Edge length in pixels of the square pictures it was trained with.
        preprocessing: Name of the preprocessing that its ``preprocess_input`` does; "none" where the network
            holds its own Rescaling or Normalization layer.
    """

    name: str
    size: int
    preprocessing: str


_ROWS = (
    ("ConvNeXtBase", 224, "none"),
    ("ConvNeXtLarge", 224, "none"),
    ("ConvNeXtSmall", 224, "none"),
    ("ConvNeXtTiny", 224, "none"),
    ("ConvNeXtXLarge", 224, "none"),
    ("DenseNet121", 224, "torch"),
    ("DenseNet169", 224, "torch"),
    ("DenseNet201", 224, "torch"),
    ("EfficientNetB0", 224, "none"),
    ("EfficientNetB1", 240, "none"),
    ("EfficientNetB2", 260, "none"),
    ("EfficientNetB3", 300, "none"),
    ("EfficientNetB4", 380, "none"),
    ("EfficientNetB5", 456, "none"),
    ("EfficientNetB6", 528, "none"),
    ("EfficientNetB7", 600, "none"),
    ("EfficientNetV2B0", 224, "none"),
    ("EfficientNetV2B1", 240, "none"),
    ("EfficientNetV2B2", 260, "none"),
    ("EfficientNetV2B3", 300, "none"),
    ("EfficientNetV2L", 480, "none"),
    ("EfficientNetV2M", 480, "none"),
    ("EfficientNetV2S", 384, "none"),
    ("InceptionResNetV2", 299, "tf"),
    ("InceptionV3", 299, "tf"),
    ("MobileNet", 224, "tf"),
    ("MobileNetV2", 224, "tf"),
    ("MobileNetV3Large", 224, "none"),
    ("MobileNetV3Small", 224, "none"),
    ("NASNetLarge", 331, "tf"),
    ("NASNetMobile", 224, "tf"),
    ("ResNet101", 224, "caffe"),
    ("ResNet101V2", 224, "tf"),
    ("ResNet152", 224, "caffe"),
    ("ResNet152V2", 224, "tf"),
    ("ResNet50", 224, "caffe"),
    ("ResNet50V2", 224, "tf"),
    ("VGG16", 224, "caffe"),
    ("VGG19", 224, "caffe"),
    ("Xception", 299, "tf"),
)

APPLICATIONS = MappingProxyType({row[0]: Application(*row) for row in _ROWS})


def application(name: str) -> Application | None:
    """Finds an application by its name in any spelling of case and separators ("resnet50", "ResNet50")."""
    return _BY_PLAIN_NAME.get(_plain(name))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


_BY_PLAIN_NAME = {_plain(name): row for name, row in APPLICATIONS.items()}

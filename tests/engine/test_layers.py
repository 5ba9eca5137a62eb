"""Every layer of a network answers, whatever its output is, and is described as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.network import LayerKind, NetworkSource
from cnnviz_gui.core.requests import LookAtPicture, OpenNetwork, ReadKernels

if TYPE_CHECKING:
    from collections.abc import Callable

    import keras
    from engine_cases import Asker, Case

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.picture import Picture

PHOTO = "coffee"


def check_every_layer(ask: Asker, case: Case, picture: Picture, size: tuple[int, int]) -> None:
    look = ask(LookAtPicture(case.source, picture, size, case.preprocessing))
    # Keras numbers its inputs through.
    assert [layer.name for layer in case.network.layers][1:] == [layer.name for layer in case.model.layers][1:]
    for layer, described in zip(case.model.layers, case.network.layers, strict=True):
        grid = ask.grid(case, described.name, picture, size)
        shape = tuple(layer.output.shape)[1:]
        assert described.shape == shape
        assert described.type == type(layer).__name__
        assert described.parameters == layer.count_params()
        assert grid.values.shape[-1] == shape[-1] == len(grid.tiling.order)
        assert grid.statistics.mean.shape == (shape[-1],)
        assert grid.is_vector == (len(shape) == 1)
        if len(shape) == 3:
            assert look.shapes[described.name] == grid.values.shape
        else:
            assert look.shapes[described.name] == grid.values.shape[-1:]
            assert grid.values.shape[:2] == (1, 1)


def test_every_layer_of_efficientnet_lite0_answers(ask: Asker, lite0: Case, photos: dict[str, Picture]) -> None:
    check_every_layer(ask, lite0, photos[PHOTO], (96, 64))
    assert lite0.network.parameters == lite0.model.count_params() == 4_694_024
    assert lite0.network.default_layer == "block5c_add"
    assert lite0.network.input_size is None


def test_every_layer_of_resnet50_without_its_top_answers(
    ask: Asker, resnet50: Case, photos: dict[str, Picture]
) -> None:
    check_every_layer(ask, resnet50, photos[PHOTO], (64, 96))


def test_every_layer_of_resnet50_with_its_top_answers(ask_small: Asker, photos: dict[str, Picture]) -> None:
    import keras
    from engine_cases import Case

    source = NetworkSource("keras:ResNet50", "none")
    network = ask_small(OpenNetwork(source))
    case = Case(source, keras.applications.ResNet50(weights=None), network, "caffe")
    check_every_layer(ask_small, case, photos[PHOTO], (224, 224))
    assert network.input_size == (224, 224)
    assert network.preprocessing == "caffe"
    assert len(network.labels) == 1000
    assert network.layer("fc1000").kind is LayerKind.VECTOR
    with pytest.raises(CnnvizError, match=r"takes pictures of 224 x 224 only\. Received: 64 x 64"):
        ask_small.grid(case, "conv1_conv", photos[PHOTO], (64, 64))


@pytest.fixture
def odd(small: Callable[..., Case]) -> Case:
    """Outputs of every rank."""
    import keras

    layers = keras.layers
    return small(
        [
            layers.Input((16, 12, 3)),
            layers.Conv2D(6, 3, padding="same", activation="relu", name="conv"),
            layers.AveragePooling2D(2, name="pool"),
            layers.Reshape((48, 6), name="sequence"),
            layers.Reshape((4, 2, 6, 6), name="five"),
            layers.Reshape((8, 6, 6), name="back"),
            layers.GlobalMaxPooling2D(keepdims=True, name="one_position"),
            layers.Flatten(name="flat"),
            layers.Dense(4, activation="softmax", name="scores"),
        ]
    )


def test_outputs_of_every_rank_are_shown_as_what_they_are(
    ask_small: Asker, odd: Case, photos: dict[str, Picture]
) -> None:
    def grid(layer: str) -> tuple[tuple[int, ...], bool, str]:
        found = ask_small.grid(odd, layer, photos[PHOTO], (16, 12))
        return found.values.shape, found.is_vector, str(found.described or "")

    assert grid("pool") == ((8, 6, 6), False, "")
    assert grid("flat") == ((1, 1, 6), True, "")
    assert grid("scores") == ((1, 1, 4), True, "")
    shape, is_vector, said = grid("one_position")
    assert (shape, is_vector) == ((1, 1, 6), False)
    assert "One position" in said
    shape, _, said = grid("five")
    assert shape == (2, 6, 6)
    assert "middle" in said
    shape, _, said = grid("sequence")
    assert shape[-1] == 6
    assert said


def test_values_of_odd_ranks_are_the_networks(ask_small: Asker, odd: Case, photos: dict[str, Picture]) -> None:
    import keras

    picture = photos[PHOTO]
    fed = ask_small.grid(odd, "conv", picture, (16, 12)).values
    model = keras.Model(odd.model.layers[0].output, [odd.model.get_layer(name).output for name in ("five", "scores")])
    five, scores = (np.asarray(output)[0] for output in model(fed[None]))
    assert ask_small.grid(odd, "five", picture, (16, 12)).values == pytest.approx(five[2], rel=1e-5, abs=1e-4)
    assert ask_small.grid(odd, "scores", picture, (16, 12)).values[0, 0] == pytest.approx(scores, abs=1e-5)


class TestKernels:
    def test_kernels_are_those_of_the_filter(self, ask: Asker, lite0: Case) -> None:
        stem = lite0.model.get_layer("stem_conv").kernel.numpy()
        found = ask(ReadKernels(lite0.source, "stem_conv", 5))
        assert (found.weights == stem[..., 5]).all()
        assert found.bias is None
        depthwise = lite0.model.get_layer("block1a_dwconv").kernel.numpy()
        found = ask(ReadKernels(lite0.source, "block1a_dwconv", 7))
        assert (found.weights == depthwise[:, :, 7, :]).all()
        assert found.weights.shape == (3, 3, 1)

    def test_a_bias_is_read(self, ask: Asker, resnet50: Case) -> None:
        layer = resnet50.model.get_layer("conv1_conv")
        found = ask(ReadKernels(resnet50.source, "conv1", 9))
        assert (found.weights == layer.kernel.numpy()[..., 9]).all()
        assert found.bias == layer.bias.numpy()[9]

    def test_a_layer_without_kernels_has_none(self, ask: Asker, lite0: Case) -> None:
        assert ask(ReadKernels(lite0.source, "block5c_add", 0)).weights.size == 0
        assert ask(ReadKernels(lite0.source, "predictions", 0)).weights.size == 0

    def test_transposed_and_depthwise_kernels_take_the_right_axis(
        self, small: Callable[..., Case], ask_small: Asker
    ) -> None:
        import keras

        layers = keras.layers
        case = small(
            [
                layers.Input((None, None, 2)),
                layers.DepthwiseConv2D(3, depth_multiplier=2, name="depth"),
                layers.Conv2DTranspose(5, 3, name="transposed"),
            ]
        )
        depth, transposed = (case.model.get_layer(name).kernel.numpy() for name in ("depth", "transposed"))
        assert (ask_small(ReadKernels(case.source, "depth", 3)).weights[..., 0] == depth[:, :, 1, 1]).all()
        assert (ask_small(ReadKernels(case.source, "transposed", 4)).weights == transposed[:, :, 4, :]).all()


class TestDescriptions:
    def test_convolutions_say_what_they_are(self, resnet50: Case) -> None:
        layer = resnet50.network.layer("conv1_conv")
        assert (layer.type, layer.kernel_size, layer.strides, layer.dtype) == ("Conv2D", (7, 7), (2, 2), "float32")
        assert layer.activation == ""
        assert resnet50.network.layer("pool1_pool").kernel_size == (3, 3)
        assert resnet50.network.layer("conv2_block1_out").block == ("conv2", "conv2_block1")

    def test_a_fused_activation_is_named(self, odd: Case) -> None:
        names = {layer.name: layer.activation for layer in odd.network.layers}
        assert (names["conv"], names["scores"], names["pool"]) == ("relu", "softmax", "")

    def test_an_untrained_network_is_the_same_one_every_time(self, ask_small: Asker) -> None:
        source = NetworkSource("keras:MobileNet", "none", include_top=False)
        first: Network = ask_small(OpenNetwork(source))
        from engine_cases import Asker as Another

        other = Another()
        again: Network = other(OpenNetwork(source))
        other.engine.close()
        assert first.sha256 == again.sha256

    def test_the_size_of_a_network_is_what_it_takes(self, small: Callable[..., Case]) -> None:
        import keras

        fixed: keras.Model = keras.Sequential([keras.layers.Input((30, 20, 3)), keras.layers.Conv2D(2, 3)])
        network = small(fixed).network
        assert network.input_size == network.nominal_size == (30, 20)
        assert network.input_channels == 3

"""A network as a flat list of calls."""

import gc
import weakref

import numpy as np
import pytest

from cnnviz_gui.engine.custom_code import Unbuilt
from cnnviz_gui.engine.graph import graph_of
from cnnviz_gui.engine.inspection import describe_layers
from cnnviz_gui.engine.runtime import keras

layers = keras.layers


@pytest.fixture(scope="module")
def nested() -> keras.Model:
    """Two levels of nesting, a layer called twice, and an addition that is no layer."""
    # Names such as "add" are counted through.
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(1)
    core = keras.Sequential(
        [layers.Input((None, None, 4)), layers.Conv2D(4, 3, padding="same", name="conv")], name="core"
    )
    inner_input = layers.Input((None, None, 8))
    inner_output = layers.ReLU(name="relu")(core(layers.Conv2D(4, 1, name="squeeze")(inner_input)))
    inner = keras.Model(inner_input, inner_output, name="inner")
    picture = layers.Input((12, 12, 3), name="picture")
    shared = layers.Conv2D(8, 1, name="shared")
    widened = layers.Conv2D(8, 3, padding="same", name="widen")(picture)
    maps = inner(shared(shared(widened))) + 1.0
    return keras.Model(picture, layers.Dense(3, name="scores")(layers.Flatten(name="flatten")(maps)), name="outer")


def test_every_call_is_an_entry_with_a_name_of_its_own(nested: keras.Model) -> None:
    names = [entry.name for entry in graph_of(nested).entries]
    assert names == [
        "picture",
        "widen",
        "shared",
        "shared@2",
        "inner/squeeze",
        "inner/core/conv",
        "inner/relu",
        "add",
        "flatten",
        "scores",
    ]


def test_the_flat_graph_computes_what_the_nested_model_computes(nested: keras.Model) -> None:
    picture = np.random.default_rng(0).random((2, 12, 12, 3), np.float32)
    graph = graph_of(nested)
    np.testing.assert_allclose(graph.function(graph.outputs)([picture])[0], nested(picture), rtol=1e-5, atol=1e-6)


def test_the_second_call_of_a_shared_layer_has_its_own_output(nested: keras.Model) -> None:
    picture = np.random.default_rng(0).random((1, 12, 12, 3), np.float32)
    graph = graph_of(nested)
    once, twice = graph.function([graph.entry("shared").output, graph.entry("shared@2").output])([picture])
    shared = nested.get_layer("shared")
    np.testing.assert_allclose(shared(once), twice, rtol=1e-5, atol=1e-6)
    assert np.abs(np.asarray(once) - np.asarray(twice)).max() > 1e-3


def test_nested_models_are_blocks(nested: keras.Model) -> None:
    blocks = {layer.name: layer.block for layer in describe_layers(graph_of(nested))}
    assert blocks["inner/core/conv"] == ("inner", "core")
    assert blocks["widen"] == ()


def test_a_flat_functional_model_keeps_the_order_of_its_layers() -> None:
    model = keras.applications.MobileNetV2(weights=None, include_top=False)
    assert [entry.name for entry in graph_of(model).entries] == [layer.name for layer in model.layers]


def test_a_custom_model_that_was_never_built_is_refused() -> None:
    class Plain(keras.Model):
        def call(self, inputs: object) -> object:
            return inputs

    with pytest.raises(Unbuilt, match="Plain was not built"):
        graph_of(Plain())


def test_what_no_later_call_needs_is_let_go_at_once() -> None:
    alive: list[list[bool]] = []
    made: list[weakref.ref[object]] = []

    class Watched(layers.Layer):  # type: ignore[misc]
        def call(self, inputs: object) -> object:
            if not isinstance(inputs, keras.KerasTensor):
                gc.collect()
                alive.append([reference() is not None for reference in made])
            output = keras.ops.add(inputs, 1.0)
            if not isinstance(inputs, keras.KerasTensor):
                made.append(weakref.ref(output))
            return output

    picture = layers.Input((2, 2, 1))
    first = layers.ReLU(name="first")(picture)
    steps = [first]
    for number in range(4):
        steps.append(Watched(name=f"watched{number}")(steps[-1]))
    last = layers.Add()([steps[-1], steps[1]])
    graph = graph_of(keras.Model(picture, last))
    alive.clear()
    made.clear()
    (result,) = graph.function(graph.outputs)([keras.ops.zeros((1, 2, 2, 1))])
    # The first one is needed again at the end, and each next one by the call after it.
    assert alive == [[], [True], [True, True], [True, False, True]]
    assert (np.asarray(result) == 5.0).all()

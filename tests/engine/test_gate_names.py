"""The gate's lists of what a network may name, held against the installed Keras."""

from __future__ import annotations

import importlib
import inspect

import keras
import pytest
from keras.src import api_export, layers
from keras.src.saving.keras_saveable import KerasSaveable

from cnnviz_gui.engine import gate_names as names

NOT_LAYERS = {"Layer", "Wrapper", "InputSpec"}
ABSTRACT = {"Constraint", "Initializer", "Quantizer", "Regularizer", "Loss", "Metric", "Optimizer"}


def public_classes(module: str) -> set[str]:
    found = {name for name, item in vars(importlib.import_module(module)).items() if inspect.isclass(item)}
    registered = {
        name.rpartition(".")[2]
        for name, item in api_export.REGISTERED_NAMES_TO_OBJS.items()
        if name.rpartition(".")[0] == module and inspect.isclass(item)
    }
    return {name for name in found | registered if name[0].isupper()}


def test_every_layer_of_keras_is_either_allowed_or_a_program() -> None:
    """A layer that a newer Keras brings must be put into one of the lists: is it a program?"""
    known = names.LAYERS | names.PROGRAMS | NOT_LAYERS
    assert public_classes("keras.layers") - known == set()
    assert names.LAYERS - public_classes("keras.layers") == set()


@pytest.mark.parametrize(
    "module",
    [
        "keras.initializers",
        "keras.regularizers",
        "keras.constraints",
        "keras.losses",
        "keras.metrics",
        "keras.optimizers",
        "keras.optimizers.schedules",
        "keras.quantizers",
        "keras.dtype_policies",
    ],
)
def test_the_other_lists_are_those_of_keras(module: str) -> None:
    assert public_classes(module) - ABSTRACT == set(names.CLASSES[module])


def test_what_is_named_by_inner_modules_is_there() -> None:
    for module, classes in names.CLASSES.items():
        if module.startswith("keras.src"):
            for name in classes:
                assert issubclass(getattr(importlib.import_module(module), name), KerasSaveable)
    for module in names.OPERATIONS:
        for name, item in vars(importlib.import_module(module)).items():
            if inspect.isclass(item) and issubclass(item, KerasSaveable) and name != "Operation":
                assert names.OPERATION.fullmatch(name)


def test_the_operations_modules_hold_nothing_but_operations() -> None:
    for module in names.OPERATIONS:
        found = [i for i in vars(importlib.import_module(module)).values() if inspect.isclass(i)]
        assert all(issubclass(i, keras.Operation) for i in found if issubclass(i, KerasSaveable))


def test_operations_without_a_module_are_those_of_keras_and_no_others_names() -> None:
    found = {
        name: item for module in names.OPERATIONS for name, item in vars(importlib.import_module(module)).items()
    }
    for name in names.BARE_OPERATIONS | names.AMBIGUOUS:
        assert issubclass(found[name], keras.Operation)
    assert {name for name in names.BARE_OPERATIONS if hasattr(layers, name)} == set()
    assert all(hasattr(layers, name) for name in names.AMBIGUOUS)
    assert not names.BARE_OPERATIONS & (names.INITIALIZERS | names.REGULARIZERS | names.CONSTRAINTS)


def test_activations_and_losses_are_those_of_keras() -> None:
    from keras.src.activations import ALL_OBJECTS_DICT

    assert set(ALL_OBJECTS_DICT) == names.ACTIVATIONS
    for module in ("keras.losses", "keras.metrics"):
        found = {
            name.rpartition(".")[2]
            for name, item in api_export.REGISTERED_NAMES_TO_OBJS.items()
            if name.rpartition(".")[0] == module and inspect.isfunction(item)
        }
        assert found - names.LOSS_FUNCTIONS == {"deserialize", "get", "serialize"}


def test_no_function_is_among_the_classes_that_stand_without_a_module() -> None:
    for name in names.UNQUALIFIED:
        item = vars(layers).get(name)
        assert item is None or inspect.isclass(item)


def test_nothing_that_is_allowed_is_outside_modelling() -> None:
    from keras.src.saving.serialization_lib import NON_MODELING_APIS

    allowed = {
        f"{module}.{name}" for table in (names.CLASSES, names.FUNCTIONS) for module in table for name in table[module]
    }
    assert allowed & NON_MODELING_APIS == set()
    for module in ("config", "datasets", "utils", "applications", "callbacks", "saving", "export", "backend"):
        assert not any(name.startswith(f"keras.{module}") for name in allowed)

"""Weights as old Keras wrote them: a list of layers, each with a list of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np

from cnnviz_gui.engine.weights_hdf5 import datasets, strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.engine.runtime import keras

ROLES = {
    "kernel": "kernel",
    "W": "kernel",
    "bias": "bias",
    "b": "bias",
    "gamma": "gamma",
    "beta": "beta",
    "moving_mean": "moving_mean",
    "running_mean": "moving_mean",
    "moving_variance": "moving_variance",
    # Keras 1 called it a deviation and stored the variance.
    "running_std": "moving_variance",
}
"""What Keras 1 and 2 called an array, and what a variable is called today; in the order in which they were stored."""


@dataclass(frozen=True, eq=False)
class SavedArray:
    """An array in a file.

    Args:
        name: As the file spells it.
        data: The `h5py.Dataset`.
    """

    name: str
    data: Any

    @property
    def shape(self) -> tuple[int, ...]:
        """Its shape, without reading it."""
        return tuple(self.data.shape or ())

    @property
    def role(self) -> str:
        """What a variable that takes it is called today, or empty."""
        last = self.name.rsplit("/", 1)[-1].removesuffix(":0")
        return next((role for old, role in ROLES.items() if last == old or last.endswith(f"_{old}")), "")

    def read(self) -> NDArray[Any]:
        """Reads it; compare `shape` first, for a file may declare more than memory holds.

        Raises:
            ValueError: If it holds no numbers.
        """
        if self.data.dtype.kind not in "fiu":
            raise ValueError(f"{self.name} holds {self.data.dtype}, not numbers")
        return np.asarray(self.data)


@dataclass(frozen=True, eq=False)
class SavedLayer:
    """A layer in a file, with at least one array."""

    name: str
    arrays: tuple[SavedArray, ...]


def find_layers(file: Any) -> Any:  # noqa: ANN401 - h5py has no types
    """Finds the group that holds the layers.

    Args:
        file: An `h5py.File` of weights, or of a whole network.

    Returns:
        The `h5py.Group`, or None if the file has another layout.
    """
    groups = [group for group in (file, file.get("model_weights")) if isinstance(group, h5py.Group)]
    listed = [group for group in groups if strings(group, "layer_names") is not None]
    return next(iter(listed or [group for group in reversed(groups) if _is_plain(group)]), None)


def _is_plain(group: Any) -> bool:  # noqa: ANN401 - h5py has no types
    """Whether it holds one group a layer with arrays in the old spelling, without a list of their names."""
    if len(group) == 0 or not all(isinstance(item, h5py.Group) for item in group.values()):
        return False
    found = [SavedArray(path, data) for item in group.values() for path, data in datasets(item)]
    return bool(found) and all(array.role for array in found)


def read_layers(group: Any) -> list[SavedLayer]:  # noqa: ANN401 - h5py has no types
    """Lists the layers that have weights, in the order in which they were stored.

    Args:
        group: From `find_layers`.

    Raises:
        KeyError: If a layer or an array that is listed is not there.
    """
    names = strings(group, "layer_names")
    layers = [SavedLayer(name, _arrays(group[name])) for name in (list(group) if names is None else names)]
    return [layer for layer in layers if layer.arrays]


def _arrays(group: Any) -> tuple[SavedArray, ...]:  # noqa: ANN401 - h5py has no types
    names = strings(group, "weight_names")
    if names is not None:
        arrays = [SavedArray(name, group[name]) for name in names]
        if not all(isinstance(array.data, h5py.Dataset) for array in arrays):
            raise KeyError(f"{group.name} lists an array that is none")
        return tuple(arrays)
    order = list(ROLES.values())
    found = [SavedArray(path, data) for path, data in datasets(group)]
    return tuple(sorted(found, key=lambda array: order.index(array.role) if array.role else len(order)))


@dataclass(frozen=True, eq=False)
class Target:
    """A layer of the network, with at least one variable.

    Args:
        layer: The Keras layer.
        variables: In the order in which old Keras stored them.
    """

    layer: keras.Layer
    variables: tuple[keras.Variable, ...]

    @property
    def name(self) -> str:
        """The layer's name."""
        return str(self.layer.name)

    def pairs(self, saved: SavedLayer) -> list[tuple[keras.Variable, SavedArray]]:
        """Which variable takes which array: by what they are called, else by their order.

        Args:
            saved: Has as many arrays as this has variables.
        """
        by_role = {array.role: array for array in saved.arrays}
        if by_role.keys() == {variable.name for variable in self.variables}:
            return [(variable, by_role[variable.name]) for variable in self.variables]
        return list(zip(self.variables, saved.arrays, strict=True))

    def fits(self, saved: SavedLayer) -> bool:
        """Whether number and shapes of the arrays are right."""
        return len(self.variables) == len(saved.arrays) and all(
            tuple(variable.shape) == array.shape for variable, array in self.pairs(saved)
        )


def targets(model: keras.Model) -> list[Target]:
    """The layers of a network that have weights, in the order of the network."""
    return [
        Target(layer, (*layer.trainable_weights, *layer.non_trainable_weights))
        for layer in model.layers
        if layer.weights
    ]

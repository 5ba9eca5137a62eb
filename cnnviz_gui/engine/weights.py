"""Loading a file of weights into a network that was built beside it, whichever Keras wrote it."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import h5py

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.engine.gate_path import open_local
from cnnviz_gui.engine.weights_hdf5 import open_hdf5, strings
from cnnviz_gui.engine.weights_imagenet import scale_as_trained
from cnnviz_gui.engine.weights_layers import find_layers, read_layers, targets
from cnnviz_gui.engine.weights_mismatch import explain_layers, refuse_theano
from cnnviz_gui.engine.weights_native import check_native, is_native, load_native, stored_weights
from cnnviz_gui.engine.weights_resnet50 import is_first_layout, modern, set_epsilon

if TYPE_CHECKING:
    from pathlib import Path

    from cnnviz_gui.engine.runtime import keras
    from cnnviz_gui.engine.weights_layers import SavedLayer, Target

_WHAT_IS_READ = message("Files saved by Keras are read: .weights.h5, .h5 and .keras.")


def load_weights_file(model: keras.Model, path: Path, *, network: str = "") -> keras.Model:
    """Loads a file of weights: `.weights.h5`, old `.h5`, or a whole network whose weights fit.

    What a file is comes from what is in it, not from its name. All weights of the network must be in it and nothing
    else; nothing is loaded from a file that does not fit.

    Args:
        model: The network, just built: no function of it was traced yet.
        path: The file.
        network: What to call the network; its own name if empty.

    Returns:
        The network as it goes with the weights: ``model`` itself, or another one where the file was made for a
        slightly different network.

    Raises:
        CnnvizError: If the file cannot be read or does not fit.
    """
    with open_local(path):
        is_hdf5 = h5py.is_hdf5(path)
        is_zip = not is_hdf5 and zipfile.is_zipfile(path)
    if is_hdf5:
        _load_hdf5(model, path, path.name, network or model.name)
    elif is_zip:
        with stored_weights(path, model, network or model.name) as unpacked:
            _load_hdf5(model, unpacked, path.name, network or model.name)
    else:
        raise CnnvizError(message("{name} is not a file of weights.", name=path.name), _WHAT_IS_READ)
    return scale_as_trained(model)


def _load_hdf5(model: keras.Model, path: Path, name: str, network: str) -> None:
    with open_hdf5(path) as file:
        native = is_native(file)
        if native:
            check_native(model, file, name, network)
        else:
            _load_layers(model, file, name, network)
    if native:
        load_native(model, path, name, network)


def _load_layers(model: keras.Model, file: Any, name: str, network: str) -> None:  # noqa: ANN401 - h5py has no types
    group = find_layers(file)
    saved = [] if group is None else read_layers(group)
    if not saved:
        raise CnnvizError(
            message("There are no weights in {name}.", name=name),
            _WHAT_IS_READ,
        )
    old = is_first_layout(saved)
    if old:
        saved = modern(saved)
    backend = "".join(strings(group, "backend") or [])
    matched = _match(targets(model), saved, network, name, backend)
    # Read everything before anything is changed: an array may turn out to be damaged.
    values = [(variable, array.read()) for target, layer in matched for variable, array in target.pairs(layer)]
    for variable, value in values:
        variable.assign(value)
    for target, _ in matched:
        if hasattr(target.layer, "finalize_state"):
            target.layer.finalize_state()
    if old:
        set_epsilon(model)


def _match(
    expected: list[Target], saved: list[SavedLayer], network: str, name: str, backend: str
) -> list[tuple[Target, SavedLayer]]:
    """Which layer takes which: by their names where these agree, else by their order."""
    order = {target.name: number for number, target in enumerate(expected)}
    names = {layer.name for layer in saved}
    if names <= order.keys():
        # What the file lacks comes last, so that the rest is compared layer by layer.
        expected = sorted(expected, key=lambda target: target.name not in names)
    if names <= order.keys() or names >= order.keys():
        places = {target.name: number for number, target in enumerate(expected)}
        saved = sorted(saved, key=lambda layer: places.get(layer.name, len(places)))
    matched = list(zip(expected, saved, strict=False))
    shapes = [
        (tuple(variable.shape), array.shape)
        for target, layer in matched
        if len(target.variables) == len(layer.arrays)
        for variable, array in target.pairs(layer)
    ]
    refuse_theano(name, backend, shapes)
    if len(expected) == len(saved) and all(target.fits(layer) for target, layer in matched):
        return matched
    raise explain_layers(name, network, expected, saved)

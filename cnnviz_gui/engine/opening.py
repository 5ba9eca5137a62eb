"""Opening networks: a bundled one, any of keras.applications, or a file."""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviz_gui import resources
from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.network import Layer, LayerKind, Network, NetworkSource
from cnnviz_gui.core.recipe import file_error
from cnnviz_gui.core.zoo import APPLICATIONS, Application, application
from cnnviz_gui.engine.download import imagenet_weights
from cnnviz_gui.engine.graph import Graph, graph_of
from cnnviz_gui.engine.inspection import describe_layers
from cnnviz_gui.engine.runtime import keras, settle, tf
from cnnviz_gui.engine.weights import load_weights_file
from cnnviz_gui.engine.weights_imagenet import load_imagenet

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.requests import Progress

UNTRAINED_SEED = 0
IMAGENET_CLASSES = 1000


@dataclass(frozen=True, eq=False)
class Opened:
    """A network in the engine's memory: the Keras model, its calls one by one, and its description."""

    model: keras.Model
    graph: Graph
    network: Network


def open_network(source: NetworkSource) -> Generator[Progress, object, Opened]:
    """Opens a network.

    Args:
        source: Where it comes from.

    Returns:
        The model, ready to be called, and its description.

    Raises:
        CnnvizError: If there is no such network, or it cannot be read.
    """
    from cnnviz_gui.core.requests import Progress

    yield Progress(0, 0, message("Opening {name}", name=title_of(source)))
    try:
        model, sha256, known = yield from _load(source)
    finally:
        # A file may have changed Keras' globals while it was read.
        settle()
    try:
        graph = graph_of(model)
    except ValueError as error:
        raise CnnvizError(
            message("{name} has no layers that can be followed one by one.", name=title_of(source)),
            message("Networks made with keras.Sequential or the functional API can be opened."),
            details=traceback.format_exc(),
        ) from error
    return Opened(model, graph, _describe(model, graph, source, sha256, known))


def title_of(source: NetworkSource) -> str:
    """A network's name for people."""
    return source.application or Path(source.name).name


def _load(source: NetworkSource) -> Generator[Progress, object, tuple[keras.Model, str, Application | None]]:
    bundled = resources.bundled_networks().get(source.name)
    if bundled is not None:
        return _load_file(bundled), _file_digest(bundled), None
    if source.application:
        known = APPLICATIONS.get(source.application) or application(source.application)
        if known is None:
            raise CnnvizError(
                message("keras.applications has no network called {name}.", name=source.application),
                message("It has: {names}.", names=", ".join(APPLICATIONS)),
            )
        model = yield from _build_application(known, source)
        return model, _weights_digest(model), known
    path = Path(source.name)
    if path.is_dir():
        raise CnnvizError(
            message("{name} is a folder. A SavedModel is one opaque call without layers.", name=path.name),
            message("Save the network as one file with model.save('network.keras')."),
        )
    if not path.is_file():
        raise CnnvizError(
            message("There is no network called {name}.", name=source.name),
            message(
                "Use a .keras or .h5 file, keras:NAME such as keras:ResNet50, or one of: {names}.",
                names=", ".join(resources.bundled_networks()),
            ),
        )
    model = _load_file(path)
    return model, _file_digest(path), application(model.name)


def _load_file(path: Path) -> keras.Model:
    if path.suffix.lower() not in {".keras", ".h5", ".hdf5"}:
        raise CnnvizError(
            message("{name} is not a network: .keras and .h5 files are read.", name=path.name),
            message("Save the network with model.save('network.keras')."),
        )
    try:
        return keras.models.load_model(path, compile=False, safe_mode=True)
    except OSError as error:
        raise _unreadable(path, error) from error
    # Keras' deserialisation raises whatever the code of the layers raises.
    except Exception as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> CnnvizError:
    if isinstance(error, OSError) and error.errno:
        what: Message = file_error(str(path), error)
        hint = Message("")
    elif "lambda" in str(error).lower():
        what = message("{name} holds a program (a Lambda layer), which is not run.", name=path.name)
        hint = message("Replace the Lambda layer by a layer class and save the network again.")
    else:
        what = message("{name} could not be read as a Keras network.", name=path.name)
        hint = message("It may be damaged, hold only weights, or need classes that are not part of Keras.")
    return CnnvizError(what, hint, details=traceback.format_exc())


def _build_application(known: Application, source: NetworkSource) -> Generator[Progress, object, keras.Model]:
    """Builds one of keras.applications, for any picture size where it has no top."""
    options: dict[str, Any] = {"include_top": source.include_top}
    if not source.include_top and not known.name.startswith("NASNet"):
        options["input_shape"] = (None, None, 3)
    published = None
    if source.weights == "imagenet":
        published = yield from imagenet_weights(known.name, include_top=source.include_top)
    # Names of layers such as "conv2d_5" count from the start, however many networks were built before.
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(UNTRAINED_SEED)
    model = getattr(keras.applications, known.name)(weights=None, **options)
    if published is not None:
        return load_imagenet(model, published)
    return model if source.weights == "none" else _load_weights(model, Path(source.weights), known.name)


def _load_weights(model: keras.Model, path: Path, title: str) -> keras.Model:
    """Loads a file of weights; the result may be another network than ``model``."""
    if not path.is_file():
        raise CnnvizError(message("There is no weights file {name}.", name=str(path)))
    return load_weights_file(model, path, network=title)


def _describe(
    model: keras.Model, graph: Graph, source: NetworkSource, sha256: str, known: Application | None
) -> Network:
    if len(model.inputs) != 1 or len(model.inputs[0].shape) != 4:
        raise CnnvizError(
            message("{name} does not take one picture.", name=title_of(source)),
            message("Networks with one input of shape (height, width, channels) can be opened."),
            details=str([tuple(tensor.shape) for tensor in model.inputs]),
        )
    layers = describe_layers(graph)
    _, height, width, channels = model.inputs[0].shape
    size = (height, width) if height and width else None
    edge = known.size if known else 224
    preprocessing, reason = _infer_preprocessing(graph, known)
    output = model.outputs[0].shape
    labels = resources.bundled_labels(resources.DEFAULT_NETWORK) if tuple(output[1:]) == (IMAGENET_CLASSES,) else ()
    return Network(
        source=source,
        title=title_of(source),
        sha256=sha256,
        layers=layers,
        input_size=size,
        nominal_size=size or (edge, edge),
        input_channels=channels,
        preprocessing=preprocessing,
        preprocessing_reason=reason,
        labels=labels,
        parameters=model.count_params(),
        default_layer=_default_layer(source, layers),
    )


def _infer_preprocessing(graph: Graph, known: Application | None) -> tuple[str, str]:
    """Name of the preprocessing and the reason for it (a literal that the window translates)."""
    first = {entry.type for entry in graph.entries[:4]}
    if first & {"Rescaling", "Normalization"}:
        return "none", message("The network scales its pictures itself.").source
    if known is not None:
        return known.preprocessing, message("As keras.applications does for this network.").source
    return "none", message("A guess: the network does not say how its pictures were prepared.").source


def _default_layer(source: NetworkSource, layers: tuple[Layer, ...]) -> str:
    """The layer to open a network on: the middle one of those with a picture of more than one position."""
    names = [layer.name for layer in layers]
    if source.name == resources.DEFAULT_NETWORK and resources.DEFAULT_LAYER in names:
        return resources.DEFAULT_LAYER
    maps = [layer.name for layer in layers if layer.kind is LayerKind.MAPS and layer.type != "InputLayer"]
    return maps[len(maps) // 2] if maps else names[-1]


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return str(digest.hexdigest())


def _weights_digest(model: keras.Model) -> str:
    """Digest of the architecture's variables by path and value, for a network that has no file."""
    digest = hashlib.sha256()
    for variable in model.variables:
        digest.update(variable.path.encode())
        digest.update(tf.convert_to_tensor(variable).numpy().tobytes())
    return digest.hexdigest()

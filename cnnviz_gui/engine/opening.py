"""Opening networks: a bundled one, any of keras.applications, or a file."""

from __future__ import annotations

import hashlib
import logging
import math
import os
import traceback
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cnnviz_gui import resources
from cnnviz_gui.core.errors import CnnvizError, HoldsProgramError, message
from cnnviz_gui.core.zoo import APPLICATIONS, Application, application
from cnnviz_gui.engine.building import build_within
from cnnviz_gui.engine.custom_code import Unbuilt
from cnnviz_gui.engine.describing import describe_network, title_of
from cnnviz_gui.engine.download import imagenet_weights
from cnnviz_gui.engine.gate_check import COPIES
from cnnviz_gui.engine.graph import Graph, graph_of
from cnnviz_gui.engine.memory import exhausted, is_exhausted
from cnnviz_gui.engine.preprocessing import application_called
from cnnviz_gui.engine.reading import check_file, read_network, unfollowed
from cnnviz_gui.engine.runtime import keras, settle, tf
from cnnviz_gui.engine.weights import load_weights_file
from cnnviz_gui.engine.weights_imagenet import load_imagenet

if TYPE_CHECKING:
    from collections.abc import Generator

    from cnnviz_gui.core.network import Network, NetworkSource, Size
    from cnnviz_gui.core.requests import Progress

log = logging.getLogger(__name__)

UNTRAINED_SEED = 0


@dataclass(frozen=True, eq=False)
class Opened:
    """A network in the engine's memory.

    Args:
        model: The Keras model.
        graph: Its calls one by one.
        network: Its description.
        texts: Names of the layers whose outputs turned out to be text when they were computed.
        shapes: Output shapes of the layers for pictures of some sizes, see `activations.layer_shapes`.
    """

    model: keras.Model
    graph: Graph
    network: Network
    texts: set[str] = field(default_factory=set)
    shapes: dict[Size, dict[str, tuple[int | None, ...]]] = field(default_factory=dict)


def open_network(source: NetworkSource, memory_limit: int) -> Generator[Progress, object, Opened]:
    """Opens a network: checks its file, has Keras load it, and computes it once.

    Args:
        source: Where it comes from.
        memory_limit: Bytes that it may take.

    Returns:
        The model, ready to be called, and its description.

    Raises:
        CnnvizError: If there is no such network, or it cannot be read.
    """
    try:
        return (yield from _open(source, memory_limit))
    except CnnvizError as error:
        if isinstance(error, HoldsProgramError):
            source = replace(source, trusted=error.sha256)
        error.remedies = tuple(remedy.about(source) for remedy in error.remedies)
        raise


def _open(source: NetworkSource, memory_limit: int) -> Generator[Progress, object, Opened]:
    from cnnviz_gui.core.requests import Progress

    yield Progress(0, 0, message("Opening {name}", name=title_of(source)))
    try:
        model, sha256, known = yield from _load(source, memory_limit)
    finally:
        # A file may have changed Keras' globals while it was read.
        settle()
    try:
        graph = graph_of(model)
    except ValueError as error:
        raise unfollowed(title_of(source), error) from error
    parameters = sum(math.prod(weight.shape) for weight in model.weights)
    network = describe_network(graph, source, sha256=sha256, known=known, parameters=parameters)
    opened = Opened(model, graph, network)
    # Every network of Keras and the one that comes along have been computed before; a file has to prove itself.
    if not source.application and source.name not in resources.bundled_networks():
        yield Progress(0, 0, message("Trying {name} on one picture", name=network.title))
        _prove(opened)
    return opened


def _prove(opened: Opened) -> None:
    """Computes a network once at the size that it was made for: if it ends the process, then before it is relied on.

    What does not suit the size is said when somebody looks at a picture: the layers before it can still be shown.

    Raises:
        CnnvizError: If there is not enough memory.
    """
    network = opened.network
    try:
        picture = tf.zeros((1, *network.nominal_size, network.input_channels))
        opened.graph.function(opened.graph.outputs)([picture])
    # The layers' own code may be anyone's.
    except Exception as error:
        if is_exhausted(error):
            raise exhausted(network.title, traceback.format_exc()) from error
        log.info("%s could not be computed for nothing: %s", network.title, error)


def _load(
    source: NetworkSource, memory_limit: int
) -> Generator[Progress, object, tuple[keras.Model, str, Application | None]]:
    if source.application:
        known = APPLICATIONS.get(source.application) or application(source.application)
        if known is None:
            raise CnnvizError(
                message("keras.applications has no network called {name}.", name=source.application),
                message("It has: {names}.", names=", ".join(APPLICATIONS)),
            )
        model = yield from _build_application(known, source, memory_limit)
        return model, _weights_digest(model), known
    bundled = resources.bundled_networks().get(source.name)
    path = bundled or check_file(source)
    keras.utils.set_random_seed(UNTRAINED_SEED)
    model, sha256 = read_network(source, path, memory_limit)
    known = None if bundled else application_called(model.name)
    if not source.weights_file:
        return model, sha256, known
    if not model.built:
        raise unfollowed(title_of(source), Unbuilt("An architecture that was not built takes no weights."))
    model = _load_weights(model, Path(source.weights_file), title_of(source))
    return model, _weights_digest(model), known


def _build_application(
    known: Application, source: NetworkSource, memory_limit: int
) -> Generator[Progress, object, keras.Model]:
    """Builds one of keras.applications, for any picture size where it has no top.

    Whether it fits is known before anything is downloaded.
    """
    options: dict[str, Any] = {"include_top": source.include_top}
    if not source.include_top and not known.name.startswith("NASNet"):
        options["input_shape"] = (None, None, 3)
    build = partial(getattr(keras.applications, known.name), weights=None, **options)
    within = partial(build_within, memory_limit, build, known.name, copies=1 if source.weights == "none" else COPIES)
    published = None
    if source.weights == "imagenet":
        within(values=False)
        published = yield from imagenet_weights(known.name, include_top=source.include_top)
    # Names of layers such as "conv2d_5" count from the start, however many networks were built before.
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(UNTRAINED_SEED)
    model = within()
    if published is not None:
        return load_imagenet(model, published)
    return model if source.weights == "none" else _load_weights(model, Path(source.weights), known.name)


def _load_weights(model: keras.Model, path: Path, title: str) -> keras.Model:
    """Loads a file of weights; the result may be another network than ``model``."""
    if not os.path.isfile(path):
        raise CnnvizError(message("There is no weights file {name}.", name=str(path)))
    return load_weights_file(model, path, network=title)


def _weights_digest(model: keras.Model) -> str:
    """Digest of the architecture's variables by path and value, for a network that has no file."""
    digest = hashlib.sha256()
    for variable in model.variables:
        digest.update(variable.path.encode())
        digest.update(tf.convert_to_tensor(variable).numpy().tobytes())
    return digest.hexdigest()

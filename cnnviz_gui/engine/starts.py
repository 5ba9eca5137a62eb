"""From a request to what its patterns begin with: noise or a picture, in its parametrisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.picture import square_pixels
from cnnviz_gui.core.preprocessing import PREPROCESSINGS, preprocessing
from cnnviz_gui.engine.parameterizations import Parameterization, painted, pixel
from cnnviz_gui.engine.spectra import fourier, maco

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.pattern_requests import MakePatterns


def make_parameterization(network: Network, request: MakePatterns) -> Parameterization:
    """Makes the parametrisation of a request.

    Raises:
        CnnvizError: If it starts from a picture and has none.
    """
    settings, colours = request.settings, network.input_channels
    size, seed = settings.size, settings.seed
    known = preprocessing(request.preprocessing)
    picture = _pixels(request, "", size) if settings.start == "picture" else None
    if settings.image == "pixel":
        return pixel(size, colours, seed) if picture is None else painted(size, colours, known, picture)
    levels = None if picture is None else PREPROCESSINGS["none"].tensor(picture, colours) / np.float32(255)
    return {"fourier": fourier, "maco": maco}[settings.image](size, colours, seed, known, levels)


def picture_tensor(network: Network, request: MakePatterns, name: str, size: int) -> NDArray[np.float32]:
    """A picture of a request as the network takes it: the middle square of it.

    Args:
        network: The network.
        request: The request.
        name: As the settings name it; empty for the chosen one.
        size: Edge length in pixels.

    Returns:
        (size, size, C) float32.

    Raises:
        CnnvizError: If the request has no such picture.
    """
    return preprocessing(request.preprocessing).tensor(_pixels(request, name, size), network.input_channels)


def _pixels(request: MakePatterns, name: str, size: int) -> NDArray[np.uint8]:
    picture = dict(request.pictures).get(name)
    if picture is None and name:
        raise CnnvizError(
            message("There is no picture called {name}.", name=name),
            message("Write the name of a sample photo, or the path of a picture file in double quotes."),
        )
    if picture is None:
        raise CnnvizError(
            message("These patterns need a picture, and none is chosen."),
            message("Open a picture, or start from noise."),
        )
    return square_pixels(picture, size)

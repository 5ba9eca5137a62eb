"""A network and pictures to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from cnnviz_gui.core.network import Layer, Network, NetworkSource
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.session.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from cnnviz_gui.session.state import SessionState

    Changes = list[tuple[SessionState, SessionState]]


@pytest.fixture
def network() -> Network:
    """A network of any input size: 8 channels, then 64, then a vector of 4, then one without channels."""
    layers = (
        Layer("few", "Conv2D", (None, None, 8), 10, "float32"),
        Layer("many", "Conv2D", (None, None, 64), 20, "float32"),
        Layer("vector", "Dense", (4,), 30, "float32"),
        Layer("unknown", "Lambda", (None,), 0, "float32"),
    )
    source = NetworkSource("net.keras")
    return Network(source, "net", "abc", layers, None, (224, 192), 3, "caffe", "", (), 60, "many")


@pytest.fixture
def make_read() -> Callable[[str], PictureRead]:
    """Makes pictures that were read."""

    def make(name: str) -> PictureRead:
        return PictureRead(make_picture(name, name.encode()), 30, 40, np.zeros((30, 40, 3), np.uint8), ())

    return make


@pytest.fixture
def session(qapp: QApplication) -> Session:
    """A session in which nothing is open."""
    return Session()


@pytest.fixture
def opened(session: Session, network: Network) -> Session:
    """A session that looks at the network."""
    session.open_network(network)
    return session


@pytest.fixture
def changes(opened: Session) -> Changes:
    """What `Session.changed` said since the network was opened."""
    said: Changes = []
    opened.changed.connect(lambda old, new: said.append((old, new)))
    return said

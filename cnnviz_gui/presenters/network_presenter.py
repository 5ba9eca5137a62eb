"""Opening networks and showing their layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.preprocessing import PREPROCESSINGS
from cnnviz_gui.core.requests import LookAtPicture, OpenNetwork
from cnnviz_gui.presenters import slots

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Network, NetworkSource
    from cnnviz_gui.core.requests import Look
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.views import LayerTreeView, PictureView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState
    from cnnviz_gui.settings import Settings


class NetworkPresenter(QObject):
    """Opens a network, fills the layer tree, and shows what the network makes of the picture.

    The old network stays until the new one is open; a network that does not open changes nothing. A new engine opens
    the present network again, but not one that failed to open again before: it may be what ends the engine.
    The preprocessing that is chosen for a network is remembered by its digest, and used again when the network is
    opened again.
    """

    opened = Signal(object)
    """Network"""

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        settings: Settings,
        tree: LayerTreeView,
        picture: PictureView,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._settings = settings
        self._tree = tree
        self._picture = picture
        session.changed.connect(self._on_changed)
        self._unopenable: NetworkSource | None = None
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.restarted.connect(self._on_restarted)
        tree.layer_chosen.connect(session.select_layer)
        picture.size_chosen.connect(session.choose_size)
        picture.preprocessing_chosen.connect(session.choose_preprocessing)

    def open(self, source: NetworkSource) -> None:
        """Opens a network."""
        self._runner.submit(slots.NETWORK, OpenNetwork(source))

    @Slot(object, object)
    def _on_changed(self, old: SessionState, new: SessionState) -> None:
        network = new.network
        if network is None:
            return
        if network != old.network:
            self._tree.show_network(network)
            self._picture.show_network(network)
        elif new.preprocessing != old.preprocessing:
            own = new.preprocessing == network.preprocessing
            self._settings.remember_preprocessing(network.sha256, "" if own else new.preprocessing)
        if new.layer != old.layer or network != old.network:
            self._tree.show_layer(new.layer)
        self._picture.show_input(new.size, new.preprocessing)
        if new.picture is not None and _fed(new) != _fed(old):
            self._picture.show_look(None)
            self._runner.submit(
                slots.LOOK,
                LookAtPicture(network.source, new.picture.picture, new.size, new.preprocessing, new.other_pictures),
            )

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request
        if slot == slots.NETWORK:
            network: Network = result  # type: ignore[assignment]
            self._unopenable = None
            chosen = self._settings.preprocessing_of(network.sha256)
            self._session.open_network(network, chosen if chosen in PREPROCESSINGS else "")
            self.opened.emit(network)
        elif slot == slots.LOOK:
            look: Look = result  # type: ignore[assignment]
            self._picture.show_look(look)
            self._tree.show_shapes(look.shapes)

    @Slot(str, object, object)
    def _on_failed(self, slot: str, request: object, error: object) -> None:
        del error
        if slot == slots.REOPEN and isinstance(request, OpenNetwork):
            self._unopenable = request.source

    @Slot()
    def _on_restarted(self) -> None:
        """A new engine knows no network: it opens the present one before anything is asked of it."""
        network = self._session.state.network
        if network is not None and network.source != self._unopenable:
            self._runner.submit(slots.REOPEN, OpenNetwork(network.source))


def _fed(state: SessionState) -> tuple[object, ...]:
    """What decides what the network makes of the picture."""
    return state.network, state.picture, state.others, state.size, state.preprocessing

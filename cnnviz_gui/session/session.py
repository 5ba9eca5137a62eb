"""The session: the one place that changes what the user is looking at."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cnnviz_gui.session.state import Display, Lens, SessionState

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Network, Size
    from cnnviz_gui.core.picture import PictureRead

UNDO_STEPS = 200


class Session(QObject):
    """Holds the `SessionState` and changes it by the user's verbs.

    Every verb that changes something makes a new state, remembers the old one for undo, and emits
    ``changed(old, new)`` once; one that changes nothing emits nothing. Another network is a new beginning: what
    came before it cannot be undone, since the old network is let go.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = SessionState()
        self._undo: deque[SessionState] = deque(maxlen=UNDO_STEPS)
        self._redo: deque[SessionState] = deque(maxlen=UNDO_STEPS)

    @property
    def state(self) -> SessionState:
        """What the user is looking at now."""
        return self._state

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._redo)

    def open_network(self, network: Network, preprocessing: str = "") -> None:
        """Shows a network at the first channel of its default layer; pictures and display choices stay.

        Args:
            network: The network.
            preprocessing: Name of the one to begin with, or empty for the network's own.
        """
        self._undo.clear()
        self._redo.clear()
        self._become(
            replace(
                self._state,
                network=network,
                size=network.input_size or network.nominal_size,
                others=_fitting(self._state.others, network),
                preprocessing=preprocessing or network.preprocessing,
                layer=network.default_layer,
                channels=(0,) if network.layer(network.default_layer).channels else (),
                position=None,
            )
        )

    def restore(self, **parts: object) -> None:
        """Goes to a whole view at once: any of `SessionState`'s fields; what is not named stays, but the position.

        With another network than the present one this is a new beginning, as `open_network`.
        """
        new = replace(self._state, **{"position": None, **parts})  # type: ignore[arg-type]
        if new.network is not None:
            new = replace(new, others=_fitting(new.others, new.network), size=new.network.allowed(new.size))
        if new.network != self._state.network:
            self._undo.clear()
            self._redo.clear()
            self._become(new)
        else:
            self._step(new)

    def show_picture(self, picture: PictureRead) -> None:
        """Shows another picture at the same location."""
        self._step(replace(self._state, picture=picture))

    def show_other(self, name: str, picture: PictureRead | None) -> None:
        """Gives a further input of the network a picture of its own, or none: then it is fed zeros."""
        network = self._state.network
        if network is None:
            return
        others = {**dict(self._state.others), name: picture}
        given = tuple((other, read) for other, read in others.items() if read is not None)
        self._step(replace(self._state, others=_fitting(given, network)))

    def choose_size(self, size: Size) -> None:
        """Squashes the picture to another (height, width); a position would mean something else there.

        Sides that the network has fixed stay.
        """
        network = self._state.network
        allowed = size if network is None else network.allowed(size)
        if allowed != self._state.size:
            self._step(replace(self._state, size=allowed, position=None))

    def choose_preprocessing(self, name: str) -> None:
        """Feeds the picture through another preprocessing."""
        self._step(replace(self._state, preprocessing=name))

    def select_layer(self, name: str) -> None:
        """Goes to a layer; the channel stays where the layer has as many."""
        state = self._state
        if state.network is None or name == state.layer:
            return
        count = state.network.layer(name).channels
        kept = tuple(channel for channel in state.channels if channel < count)
        self._step(replace(state, layer=name, channels=kept, position=None))

    def select_channels(self, channels: tuple[int, ...]) -> None:
        """Chooses channels, the one for the inspector last."""
        keep = channels[-1:] == self._state.channels[-1:]
        self._step(replace(self._state, channels=channels, position=self._state.position if keep else None))

    def select_position(self, position: tuple[int, int] | None) -> None:
        """Chooses a (row, column) in the chosen channel."""
        self._step(replace(self._state, position=position))

    def display(self, display: Display) -> None:
        """Draws the grid another way."""
        self._step(replace(self._state, display=display))

    def look_through(self, lens: Lens) -> None:
        """Shows the location through another lens."""
        self._step(replace(self._state, lens=lens))

    def undo(self) -> None:
        """Goes back one step."""
        if self._undo:
            self._redo.append(self._state)
            self._become(self._undo.pop())

    def redo(self) -> None:
        """Takes an undone step again."""
        if self._redo:
            self._undo.append(self._state)
            self._become(self._redo.pop())

    def _step(self, new: SessionState) -> None:
        if new != self._state:
            self._undo.append(self._state)
            self._redo.clear()
            self._become(new)

    def _become(self, new: SessionState) -> None:
        old, self._state = self._state, new
        if new != old:
            self.changed.emit(old, new)


def _fitting(others: tuple[tuple[str, PictureRead], ...], network: Network) -> tuple[tuple[str, PictureRead], ...]:
    """The pictures of inputs that a network has, in its order."""
    given = dict(others)
    return tuple((one.name, given[one.name]) for one in network.further_pictures if one.name in given)

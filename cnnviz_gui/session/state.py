"""What the user is looking at: one immutable value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from cnnviz_gui.core.mosaic import Scale, SortKey

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Layer, Network, Size
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.requests import OtherPictures


class Lens(StrEnum):
    """What the inspector shows at the location."""

    ACTIVATION = "activation"
    OVERLAY = "overlay"
    KERNELS = "kernels"
    PATTERN = "pattern"


@dataclass(frozen=True)
class Display:
    """How the channel grid is drawn.

    Args:
        scale: How activations become grey levels.
        colormap: A Matplotlib name.
        sort: Order of the channels.
        per_row: Channels a row; 0 fits them to the window.
    """

    scale: Scale = Scale.TUTORIAL
    colormap: str = "viridis"
    sort: SortKey = SortKey.INDEX
    per_row: int = 0


@dataclass(frozen=True)
class SessionState:
    """The location (network, layer, channels, position), the picture and the display choices.

    Args:
        network: The open network, or None.
        picture: The picture that was read, or None.
        others: (input, picture) of the network's further inputs that were given one, in the order of the inputs.
        size: (height, width) that the picture is squashed to.
        preprocessing: Name of the preprocessing.
        layer: Name of the chosen layer, or empty.
        channels: The chosen channels, the one the inspector shows last; empty when none is chosen.
        position: (row, column) in that channel, or None.
        display: How the grid is drawn.
        lens: What the inspector shows.
    """

    network: Network | None = None
    picture: PictureRead | None = None
    others: tuple[tuple[str, PictureRead], ...] = ()
    size: Size = (224, 224)
    preprocessing: str = "none"
    layer: str = ""
    channels: tuple[int, ...] = ()
    position: tuple[int, int] | None = None
    display: Display = Display()
    lens: Lens = Lens.ACTIVATION

    @property
    def channel(self) -> int | None:
        """The channel that the inspector shows."""
        return self.channels[-1] if self.channels else None

    @property
    def other_pictures(self) -> OtherPictures:
        """The pictures of further inputs, as requests take them."""
        return tuple((name, read.picture) for name, read in self.others)

    @property
    def layer_info(self) -> Layer | None:
        """The chosen layer's description."""
        return self.network.layer(self.layer) if self.network and self.layer else None

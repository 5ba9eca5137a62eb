"""The channel grid: from a location to its mosaic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.errors import message
from cnnviz_gui.core.mosaic import SortKey, fitted_per_row
from cnnviz_gui.core.requests import DrawGrid, Grid, View
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cnnviz_gui.core.mosaic import Cell
    from cnnviz_gui.core.network import Layer, Network, Reach
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.views import ChannelGridView, PictureView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState

Box = tuple[float, float, float, float]


class GridPresenter(QObject):
    """Has the grid of the present location drawn whenever the location or the display choices change.

    While a newer grid is on its way, or when that failed, the last good one stays and is tinted as old.
    """

    shown = Signal(object)
    """Grid: it is on the screen."""

    def __init__(
        self, session: Session, runner: JobRunner, view: ChannelGridView, picture: PictureView, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._view = view
        self._picture = picture
        self._room = 4 / 3
        """Width / height of the view."""
        self._aspect = self._room
        """The one that the grid was last asked for with: it stays while it gives as many columns."""
        self._shown_network: Network | None = None
        self.grid: Grid | None = None
        """The grid on the screen."""
        session.changed.connect(self._on_changed)
        runner.started.connect(self._on_started)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_ended)
        runner.stopped.connect(self._on_ended)
        view.channel_clicked.connect(self._on_channel_clicked)
        view.position_clicked.connect(self._on_position_clicked)
        view.display_changed.connect(session.display)
        view.aspect_changed.connect(self._on_aspect_changed)
        view.hovered.connect(self._on_hovered)
        view.show_nothing(self.tr("Opening the network…"))

    def request(self, state: SessionState) -> DrawGrid | None:
        """The request for a state's grid, or None while there is no network or no picture."""
        if state.network is None or state.picture is None or not state.layer:
            return None
        display = state.display
        like = display.sort is SortKey.LIKENESS and state.channel is not None
        return DrawGrid(
            View(
                state.network.source,
                state.layer,
                state.picture.picture,
                state.size,
                state.preprocessing,
                state.other_pictures,
            ),
            display.scale,
            display.sort,
            display.per_row,
            # Neither matters otherwise, and equal requests have one answer.
            self._aspect if display.per_row == 0 else 1.0,
            (state.channel or 0) if like else 0,
        )

    def channel_pixels(self, channel: int) -> NDArray[np.uint8] | None:
        """A channel of the grid on the screen as it is coloured there, (H, W, 3) uint8, or None."""
        place = None if self.grid is None else self.grid.tiling.place_of(channel)
        if self.grid is None or place is None:
            return None
        tiling = self.grid.tiling
        top, left = tiling.corner(place)
        levels = self.grid.mosaic[top : top + tiling.tile_height, left : left + tiling.tile_width]
        return color_table(self._session.state.display.colormap)[levels]

    @Slot(object, object)
    def _on_changed(self, old: SessionState, new: SessionState) -> None:
        if new.display != old.display:
            self._view.show_display(new.display)
        if (new.channels, new.position) != (old.channels, old.position):
            self._view.show_selection(new.channels, new.position)
        if new.network is not None and new.picture is None:
            self._view.show_nothing(self.tr("Drop a picture here to see what every channel does with it."))
        if not self._has_columns_for(new):
            self._aspect = self._room
        self._ask(new)

    def _has_columns_for(self, state: SessionState) -> bool:
        """Whether the grid on the screen is a state's, and a new one would have as many columns."""
        if self.grid is None or self.grid.request != self.request(state):
            return False
        tiling = self.grid.tiling
        fitted = fitted_per_row(len(tiling.order), tiling.tile_height, tiling.tile_width, self._room)
        return state.display.per_row != 0 or fitted == tiling.per_row

    def _ask(self, state: SessionState) -> None:
        request = self.request(state)
        if request is None:
            return
        # A file that was saved again is another network under the same name.
        current = self.grid is not None and self.grid.request == request and self._shown_network == state.network
        self._view.show_stale(not current)
        if not current:
            self._runner.submit(slots.GRID, request)
        elif self._runner.busy(slots.GRID):
            # Back at what is shown already: the answer on its way is about something else.
            self._runner.cancel(slots.GRID)

    @Slot(str, object)
    def _on_started(self, slot: str, _request: object) -> None:
        if slot == slots.NETWORK and self._session.state.network is None:
            self._view.show_nothing(self.tr("Opening the network…"))
        elif slot == slots.GRID and self.grid is None:
            self._view.show_nothing(self.tr("Computing the channels…"))

    def _on_ended(self, slot: str, *_: object) -> None:
        """What did not come the first time is not still on its way."""
        if slot == slots.NETWORK and self._session.state.network is None:
            self._view.show_nothing(self.tr("No network is open. The File menu opens one."))
        elif slot == slots.GRID and self.grid is None:
            self._view.show_nothing(self.tr("The channels could not be computed."))

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        state = self._session.state
        if slot != slots.GRID or request != self.request(state) or state.network is None:
            return
        grid: Grid = result  # type: ignore[assignment]
        self.grid, self._shown_network = grid, state.network
        self._view.show_grid(grid, _title(grid, state.network.layer(state.layer)))
        self._view.show_selection(state.channels, state.position)
        self._view.show_stale(False)
        self.shown.emit(grid)

    @Slot(int, str)
    def _on_channel_clicked(self, channel: int, how: str) -> None:
        if self._is_of_another(self._session.state):
            return
        chosen = self._session.state.channels
        if how == "toggle":
            rest = tuple(other for other in chosen if other != channel)
            self._session.select_channels(rest if channel in chosen else (*rest, channel))
        elif how == "range" and self.grid is not None and chosen and chosen[-1] in self.grid.tiling.order:
            order = self.grid.tiling.order
            first, last = order.index(chosen[-1]), order.index(channel)
            between = order[min(first, last) : max(first, last) + 1]
            self._session.select_channels((*(other for other in between if other != channel), channel))
        else:
            self._session.select_channels((channel,))

    @Slot(int, int)
    def _on_position_clicked(self, row: int, column: int) -> None:
        if not self._is_of_another(self._session.state, size=True):
            self._session.select_position((row, column))

    @Slot(float)
    def _on_aspect_changed(self, aspect: float) -> None:
        self._room = aspect
        state = self._session.state
        if state.display.per_row == 0 and not self._has_columns_for(state):
            self._aspect = self._room
            self._ask(state)

    @Slot(object)
    def _on_hovered(self, cell: Cell | None) -> None:
        state = self._session.state
        layer = state.layer_info
        if cell is None or layer is None or self.grid is None or state.network is None or self._is_of_another(state):
            self._picture.show_receptive_field(None)
            return
        self._picture.show_receptive_field(_receptive_box(layer, cell, state.size))
        label = state.network.label_of(layer.name, cell.channel)
        if self.grid.is_vector and label:
            value = float(self.grid.values[0, 0, cell.channel])
            said = message("{index}  {label}: {value:.4g}", index=cell.channel, label=label, value=value)
            self._view.show_hover(words(said))

    def _is_of_another(self, state: SessionState, *, size: bool = False) -> bool:
        """Whether the grid on the screen is an old one of another layer (or size): its cells mean nothing here."""
        if self.grid is None or state.network is None:
            return False
        view = self.grid.request.view
        return (view.network, view.layer) != (state.network.source, state.layer) or (size and view.size != state.size)


def _title(grid: Grid, layer: Layer) -> str:
    shape = str(grid.values.shape[-1]) if grid.is_vector else " x ".join(map(str, grid.values.shape))
    return f"{layer.name}   {shape}"


def _receptive_box(layer: Layer, cell: Cell, size: tuple[int, int]) -> Box | None:
    """The part of the picture that a position sees: (top, left, height, width) as shares 0..1, cut at the edges."""
    field = layer.receptive_field
    if field is None:
        return None
    top, height = _share(field.rows, cell.row, size[0])
    left, width = _share(field.columns, cell.column, size[1])
    return top, left, height, width


def _share(reach: Reach, index: int, length: int) -> tuple[float, float]:
    start = reach.start + index * reach.jump
    first, last = max(start, 0.0), min(start + reach.size, float(length))
    return first / length, max(last - first, 0.0) / length

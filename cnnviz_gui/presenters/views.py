"""What presenters ask of the views. Views emit signals of past facts and show what they are told; they keep nothing.

The signals are declared as `Signal` in the widgets that implement these protocols; here they are typed as
`SignalInstance`, which is what a widget's attribute is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import SignalInstance

    from cnnviz_gui.core.errors import Message
    from cnnviz_gui.core.network import Network, NetworkInput, NetworkSource, Size
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.core.remedies import Remedy
    from cnnviz_gui.core.requests import Grid, Kernels, Look
    from cnnviz_gui.session.preferences import Preferences
    from cnnviz_gui.session.situation import Situation
    from cnnviz_gui.session.state import Display, Lens


class LayerTreeView(Protocol):
    """The layer tree with its search field."""

    layer_chosen: SignalInstance  # str: a layer's name

    def show_network(self, network: Network) -> None:
        """Shows the blocks and layers of a network."""

    def show_shapes(self, shapes: Mapping[str, tuple[int | None, ...]]) -> None:
        """Shows output shapes for the present picture."""

    def show_layer(self, name: str) -> None:
        """Marks a layer as the chosen one, opening its blocks, without emitting anything."""

    def focus_search(self) -> None:
        """Puts the cursor into the search field."""


class ChannelGridView(Protocol):
    """The channel grid on its Matplotlib canvas, with its row of display choices above."""

    channel_clicked: SignalInstance  # int channel, str how: "only" | "toggle" (Ctrl) | "range" (Shift)
    position_clicked: SignalInstance  # int row, int column: in the channel that was already the chosen one
    hovered: SignalInstance  # Cell | None
    display_changed: SignalInstance  # Display
    aspect_changed: SignalInstance  # float: width / height of the part that shows the mosaic, after a resize
    copy_requested: SignalInstance  # nothing: copy the view
    channel_action_requested: SignalInstance  # str "copy" | "save" | "pattern", int channel: from the context menu

    def show_grid(self, grid: Grid, title: str) -> None:
        """Shows a grid; keeps zoom and pan when the tiling is the same as before."""

    def show_display(self, display: Display) -> None:
        """Sets the display choices, without emitting anything; a new colormap recolours at once."""

    def show_selection(self, channels: tuple[int, ...], position: tuple[int, int] | None) -> None:
        """Frames the chosen channels, and marks the position in the last one."""

    def show_stale(self, stale: bool) -> None:
        """Tints the mosaic as old while a newer one is being computed, or after that failed."""

    def show_nothing(self, text: str) -> None:
        """Shows a sentence instead of a mosaic."""

    def show_hover(self, text: str) -> None:
        """Shows a line about what is under the cursor."""

    def view_image(self) -> NDArray[np.uint8]:
        """The view as shown, with title and colour bar: (h, w, 3) uint8."""


class InspectorView(Protocol):
    """The chosen channel, large, through a lens."""

    lens_chosen: SignalInstance  # Lens
    save_requested: SignalInstance  # nothing: save the chosen channel as PNG
    seeds_requested: SignalInstance  # nothing: make the channel's pattern from other seeds too

    def show_channel(
        self,
        grid: Grid,
        channel: int,
        position: tuple[int, int] | None,
        picture: PictureRead | None,
        colormap: str,
        label: str = "",
    ) -> None:
        """Shows a channel: activation with colour bar and histogram, figures, and the overlay on the picture.

        ``label`` names the class that it stands for, where it does.
        """

    def show_kernels(self, kernels: Kernels | None, why_not: str) -> None:
        """Shows the channel's kernels, or says why it has none."""

    def show_pattern(self, pictures: Sequence[NDArray[np.uint8]], caption: str, *, can_reseed: bool) -> None:
        """Shows the channel's patterns ((S, S, 3) uint8) side by side, or the caption alone, and offers more."""

    def show_lens(self, lens: Lens) -> None:
        """Turns to a lens, without emitting anything."""

    def show_nothing(self, text: str) -> None:
        """Shows a sentence: no channel is chosen."""


class PictureView(Protocol):
    """The picture, what the network makes of it, and where another one comes from."""

    files_dropped: SignalInstance  # list[str]: local paths
    image_dropped: SignalInstance  # bytes (encoded), str name
    open_requested: SignalInstance  # nothing
    paste_requested: SignalInstance  # nothing
    sample_chosen: SignalInstance  # str: a path
    size_chosen: SignalInstance  # object: (height, width)
    preprocessing_chosen: SignalInstance  # str: a name
    other_files_dropped: SignalInstance  # str: a further input, list[str]: local paths
    other_image_dropped: SignalInstance  # str: a further input, bytes (encoded), str name
    other_requested: SignalInstance  # str: choose a picture for a further input
    other_cleared: SignalInstance  # str: a further input shall have no picture

    def show_samples(self, samples: Sequence[tuple[str, str]]) -> None:
        """Fills the menu of samples with (title, path)."""

    def show_picture(self, picture: PictureRead) -> None:
        """Shows a picture with its name, size and notes."""

    def show_network(self, network: Network) -> None:
        """Offers the network's own size, or states its fixed size, and the reason for the preprocessing."""

    def show_others(self, inputs: Sequence[NetworkInput], pictures: Mapping[str, PictureRead]) -> None:
        """Shows the network's further inputs that take pictures, each with its own or as fed zeros."""

    def show_input(self, size: Size, preprocessing: str) -> None:
        """Shows the size and the preprocessing in use, without emitting anything."""

    def show_look(self, look: Look | None) -> None:
        """Shows the range of the tensor as fed and the likeliest classes as bars, or nothing while unknown."""

    def show_receptive_field(self, box: tuple[float, float, float, float] | None) -> None:
        """Draws a box (top, left, height, width as shares 0..1 of the picture) on it, or none."""


class JobBarView(Protocol):
    """The bar at the bottom: what runs, how far, and what went wrong."""

    stop_requested: SignalInstance  # str: slot
    remedy_chosen: SignalInstance  # Remedy: of the error that is shown

    def show_job(self, slot: str, text: str, fraction: float | None, remaining_seconds: float | None) -> None:
        """Shows a running job; fraction None while its end is not known."""

    def clear_job(self, slot: str) -> None:
        """Forgets a job that ended."""

    def show_error(
        self, what: Message, hint: Message, details: str, remedies: tuple[Remedy, ...] = (), *, slot: str = ""
    ) -> None:
        """Shows an error in words, with buttons for its remedies, until it is dismissed or cleared.

        Errors of different slots are kept side by side, the newest on top; those of no job have the slot "".
        """

    def show_note(self, text: str) -> None:
        """Shows a short note of success ("Saved grid.png.") that goes by itself."""

    def clear_error(self, slot: str) -> None:
        """Takes the error of a slot away, and no other."""

    def show_engine(self, state: str, memory_bytes: int, device: str) -> None:
        """Shows the engine's state ("starting", "ready", "restarting", "failed"), memory and device."""


class RestoreView(Protocol):
    """The line that offers an earlier session."""

    restore_requested: SignalInstance  # nothing
    discard_requested: SignalInstance  # nothing

    def show_offer(self, text: str) -> None:
        """Offers what a text describes; nothing when it is empty."""


class PreferencesView(Protocol):
    """The preferences."""

    changed: SignalInstance  # Preferences
    clear_patterns_requested: SignalInstance  # nothing
    forget_recent_requested: SignalInstance  # nothing
    forget_trusted_requested: SignalInstance  # nothing
    log_requested: SignalInstance  # nothing

    def show_preferences(self, preferences: Preferences) -> None:
        """Shows what holds, without emitting anything."""

    def show_patterns(self, text: str, *, can_clear: bool) -> None:
        """Says what the finished patterns on the disk take, and whether there are any to clear."""


class WindowView(Protocol):
    """What the commands ask of the window."""

    command_requested: SignalInstance  # str: an action's name
    recent_network_chosen: SignalInstance  # NetworkSource
    recent_picture_chosen: SignalInstance  # str: a path

    def show_situation(self, situation: Situation) -> None:
        """Enables the actions that can be used now."""

    def show_recent(self, networks: Sequence[NetworkSource], pictures: Sequence[str]) -> None:
        """Fills the menus of recent networks and pictures."""

    def ask_pictures(self, folder: str) -> list[str]:
        """Asks for picture files."""

    def ask_network(self, folder: str) -> str:
        """Asks for a network's file; empty when cancelled."""

    def ask_folder(self, folder: str) -> str:
        """Asks for a folder; empty when cancelled."""

    def ask_save(self, path: str, *, arrays: bool = False) -> str:
        """Asks where to save a PNG, or arrays where that makes sense; empty when cancelled."""

    def ask_application(self) -> NetworkSource | None:
        """Asks for one of keras.applications; None when cancelled."""

    def ask_weights(self, folder: str) -> str:
        """Asks for a file of weights; empty when cancelled."""

    def ask_classes(self, folder: str) -> str:
        """Asks for a Python file with a network's own classes, saying that it will be run; empty when cancelled."""

    def ask_parts(self, source: NetworkSource, folder: str) -> NetworkSource | None:
        """Asks for a network, its weights and its classes, beginning with what is known; None when cancelled."""

    def confirm(self, question: str, explanation: str, yes: str) -> bool:
        """Asks whether to do something that must be meant; ``yes`` is the text of the button that does it."""

    def clipboard_content(self) -> list[str] | tuple[bytes, str] | None:
        """What is on the clipboard: files, an encoded picture with a name, or nothing that fits."""

    def copy_picture(self, pixels: NDArray[np.uint8]) -> None:
        """Puts a picture, (h, w, 3) uint8, on the clipboard."""

    def show_about(self) -> None:
        """Says what this is."""

    def show_shortcuts(self) -> None:
        """Lists the keyboard shortcuts."""

    def toggle_full_screen(self) -> None:
        """Fills the screen, or goes back."""

    def toggle_large_patterns(self) -> None:
        """Shows the patterns in a large window of their own, or puts them back."""

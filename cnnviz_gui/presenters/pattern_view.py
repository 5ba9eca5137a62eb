"""What presenters ask of the filter-pattern panel; see `cnnviz_gui.presenters.views`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import SignalInstance

    from cnnviz_gui.core.mosaic import Tiling
    from cnnviz_gui.core.network import Layer, Network
    from cnnviz_gui.core.pattern import PatternSettings
    from cnnviz_gui.core.pattern_reasons import PatternRemedy

PatternAction = Literal["generate", "continue", "queue"]


class PatternPanelView(Protocol):
    """The filter-pattern panel."""

    generate_requested: SignalInstance  # str: channels as typed, PatternSettings
    settings_changed: SignalInstance  # str: channels as typed, PatternSettings: for the estimate
    stop_requested: SignalInstance  # nothing
    export_requested: SignalInstance  # nothing: save the mosaic that is shown
    pattern_clicked: SignalInstance  # int: the channel whose pattern was clicked
    step_chosen: SignalInstance  # int: look back at so many steps; the last one for the patterns as they are
    remedy_requested: SignalInstance  # PatternRemedy, tuple[int, ...]: for the patterns of these channels
    waiting_removed: SignalInstance  # int: place among those that wait
    waiting_cleared: SignalInstance  # nothing
    aspect_changed: SignalInstance  # float: width / height of the room for the patterns

    def generate(self) -> None:
        """Does what the Generate button does, when it can be pressed."""

    def show_network(self, network: Network | None) -> None:
        """Says which layers and classes an objective may name."""

    def show_layer(self, layer: Layer | None) -> None:
        """Says whose channels the patterns are of; None (or a layer without channels) disables Generate."""

    def show_channels(self, text: str) -> None:
        """Puts channels into the field, as typed ("0-63, 80")."""

    def show_settings(self, settings: PatternSettings) -> None:
        """Sets every parameter, without emitting anything."""

    def show_estimate(self, text: str) -> None:
        """Shows a line about time and memory beside the button."""

    def show_draft(self, reason: str) -> None:
        """Offers drafts in bfloat16, or says why there are none."""

    def show_running(self, running: bool) -> None:
        """Shows Stop while patterns are made; what is on the way cannot be exported."""

    def show_action(self, action: PatternAction) -> None:
        """Says what the button does: make patterns, go on with those that stand still, or have them wait."""

    def show_waiting(self, waiting: Sequence[str]) -> None:
        """Lists what waits, the next one first."""

    def show_steps(self, last: int, step: int) -> None:
        """Says which of the steps 1 to ``last`` the mosaic shows, without emitting anything; 0 for none to choose."""

    def show_tips(self, tips: Mapping[int, str]) -> None:
        """Says what is known of channels' patterns, for their tooltips."""

    def show_names(self, names: Mapping[int, str]) -> None:
        """Says what patterns are called that are not of channels, but of classes or starts."""

    def show_rank(self, text: str) -> None:
        """Says below the progress how finished patterns rank among pictures, or why they do not."""

    def show_mosaic(self, pixels: NDArray[np.uint8], tiling: Tiling) -> None:
        """Shows the mosaic of patterns ((h, w, 3) uint8); the tiling says which channel lies where."""

    def show_progress(self, text: str, objective: NDArray[np.float32], steps: int) -> None:
        """Shows a line of words and plots the (n, done) objective over the steps."""

    def show_reasons(self, rows: Sequence[tuple[str, tuple[int, ...], tuple[PatternRemedy, ...]]]) -> None:
        """Explains patterns that stayed grey: sentences, the channels they are about, and what may help them."""

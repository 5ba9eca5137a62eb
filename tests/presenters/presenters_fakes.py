"""Views without a screen and a runner without an engine.

A view's signals are real and its methods are mocks with the signatures of its protocol: a test emits what the user
did and reads what the view was told. The runner keeps what is submitted until the test answers it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from unittest.mock import create_autospec

import numpy as np
from PySide6.QtCore import QObject, Signal

from cnnviz_gui.core.mosaic import Tiling, channel_order, fitted_per_row, grey_levels, statistics, tile
from cnnviz_gui.core.network import Layer, Network, NetworkInput, NetworkSource, Reach, ReceptiveField
from cnnviz_gui.core.picture import PictureRead, make_picture
from cnnviz_gui.core.requests import Grid
from cnnviz_gui.jobs.protocol import EngineStatus
from cnnviz_gui.presenters import views
from cnnviz_gui.presenters.pattern_view import PatternPanelView

if TYPE_CHECKING:
    from unittest.mock import Mock

    from cnnviz_gui.core.errors import CnnvizError
    from cnnviz_gui.core.pattern_requests import Preview
    from cnnviz_gui.core.requests import DrawGrid, Progress, Request


class FakeView(QObject):
    """A view of a protocol: methods are mocks, signals are declared by subclasses."""

    protocol: type

    def __init__(self) -> None:
        super().__init__()
        self.told: Any = create_autospec(self.protocol, instance=True)

    def __getattr__(self, name: str) -> Mock:
        """A method of the protocol."""
        if name.startswith("_") or name == "told":
            raise AttributeError(name)
        return getattr(self.told, name)


class FakeTree(FakeView):
    protocol = views.LayerTreeView
    layer_chosen = Signal(str)


class FakeGrid(FakeView):
    protocol = views.ChannelGridView
    channel_clicked = Signal(int, str)
    position_clicked = Signal(int, int)
    hovered = Signal(object)
    display_changed = Signal(object)
    aspect_changed = Signal(float)
    copy_requested = Signal()
    channel_action_requested = Signal(str, int)


class FakeInspector(FakeView):
    protocol = views.InspectorView
    lens_chosen = Signal(object)
    save_requested = Signal()
    seeds_requested = Signal()


class FakePicture(FakeView):
    protocol = views.PictureView
    files_dropped = Signal(list)
    image_dropped = Signal(bytes, str)
    open_requested = Signal()
    paste_requested = Signal()
    sample_chosen = Signal(str)
    size_chosen = Signal(object)
    preprocessing_chosen = Signal(str)
    other_files_dropped = Signal(str, list)
    other_image_dropped = Signal(str, bytes, str)
    other_requested = Signal(str)
    other_cleared = Signal(str)


class FakePanel(FakeView):
    protocol = PatternPanelView
    generate_requested = Signal(str, object)
    settings_changed = Signal(str, object)
    stop_requested = Signal()
    export_requested = Signal()
    pattern_clicked = Signal(int)
    step_chosen = Signal(int)
    remedy_requested = Signal(object, object)
    waiting_removed = Signal(int)
    waiting_cleared = Signal()
    aspect_changed = Signal(float)


class FakeBar(FakeView):
    protocol = views.JobBarView
    stop_requested = Signal(str)
    remedy_chosen = Signal(object)


class FakeRestore(FakeView):
    protocol = views.RestoreView
    restore_requested = Signal()
    discard_requested = Signal()


class FakePreferences(FakeView):
    protocol = views.PreferencesView
    changed = Signal(object)
    clear_patterns_requested = Signal()
    forget_recent_requested = Signal()
    forget_trusted_requested = Signal()
    log_requested = Signal()


class FakeWindow(FakeView):
    protocol = views.WindowView
    command_requested = Signal(str)
    recent_network_chosen = Signal(object)
    recent_picture_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        # Every question is cancelled until a test says otherwise.
        self.told.ask_pictures.return_value = []
        for ask in ("ask_network", "ask_weights", "ask_classes", "ask_folder", "ask_save"):
            getattr(self.told, ask).return_value = ""
        self.told.ask_application.return_value = None
        self.told.ask_parts.return_value = None
        self.told.confirm.return_value = False
        self.told.clipboard_content.return_value = None


class FakeRunner(QObject):
    """A `JobRunner` with the same signals, whose jobs end when a test says so."""

    started = Signal(str, object)
    advanced = Signal(str, object, object)
    finished = Signal(str, object, object)
    failed = Signal(str, object, object)
    stopped = Signal(str, object)
    engine_changed = Signal(object)
    restarted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.status = EngineStatus("starting")
        self.jobs: dict[str, Request] = {}
        self.submitted: list[tuple[str, Request]] = []
        self.stop_asked: list[str] = []
        self.budgets: list[int] = []
        self.is_shut_down = False

    def busy(self, slot: str) -> bool:
        return slot in self.jobs

    def running(self) -> dict[str, Request]:
        return dict(self.jobs)

    def submit(self, slot: str, request: Request) -> None:
        if self.jobs.get(slot) == request:
            return
        self.jobs[slot] = request
        self.submitted.append((slot, request))
        self.started.emit(slot, request)

    def cancel(self, slot: str) -> None:
        if slot in self.jobs:
            self.stopped.emit(slot, self.jobs.pop(slot))

    def stop(self, slot: str) -> None:
        self.stop_asked.append(slot)

    def set_memory_budget(self, memory_budget: int) -> None:
        self.budgets.append(memory_budget)

    def shutdown(self) -> None:
        self.jobs.clear()
        self.is_shut_down = True

    def of(self, slot: str) -> list[Request]:
        """What was submitted to a slot, oldest first."""
        return [request for other, request in self.submitted if other == slot]

    def advance(self, slot: str, value: Progress | Preview) -> None:
        """The slot's job is further."""
        self.advanced.emit(slot, self.jobs[slot], value)

    def finish(self, slot: str, result: object) -> None:
        """The slot's job has its result."""
        self.finished.emit(slot, self.jobs.pop(slot), result)

    def fail(self, slot: str, error: CnnvizError) -> None:
        """The slot's job raised an error."""
        self.failed.emit(slot, self.jobs.pop(slot), error)


FIELD = ReceptiveField(Reach(7, 2, -3), Reach(5, 4, 1))
"""Of the layer "few": rows -3 to 4, -1 to 6, 1 to 8...; columns 1 to 6, 5 to 10..."""

NETWORK = Network(
    source=NetworkSource("net.keras"),
    title="net",
    sha256="abc",
    layers=(
        Layer("few", "Conv2D", (None, None, 8), 10, "float32", receptive_field=FIELD),
        Layer("many", "Conv2D", (None, None, 96), 20, "float32"),
        Layer("vector", "Dense", (6,), 30, "float32"),
        Layer("unknown", "Lambda", (None,), 0, "float32"),
        Layer("classes", "Dense", (4,), 30, "float32"),
    ),
    input_size=None,
    nominal_size=(20, 10),
    input_channels=3,
    preprocessing="caffe",
    preprocessing_reason="",
    labels=("cat", "dog", "cup", "sky"),
    parameters=90,
    default_layer="few",
)
OTHER = replace(NETWORK, source=NetworkSource("keras:Other", "none"), title="other", sha256="def")
FIXED = replace(NETWORK, source=NetworkSource("fixed.keras"), input_size=(48, 48), nominal_size=(48, 48),
                fixed_sides=(48, 48))  # fmt: skip
PAIR = replace(
    NETWORK,
    source=NetworkSource("pair.keras"),
    title="pair",
    sha256="pair",
    inputs=(
        NetworkInput("left", (None, None, 3), takes_picture=True),
        NetworkInput("age", (2,), takes_picture=False),
        NetworkInput("right", (24, 16, 7), takes_picture=True),
        NetworkInput("third", (None, None, 3), takes_picture=True),
    ),
)
"""Takes three pictures, and a vector."""


def read(name: str, path: str = "") -> PictureRead:
    """A picture that was read."""
    return PictureRead(make_picture(name, name.encode(), path), 30, 40, np.zeros((30, 40, 3), np.uint8), ())


CAT = read("cat.png", "/photos/cat.png")
DOG = read("dog.png", "/photos/dog.png")


def answer(request: DrawGrid, values: np.ndarray | None = None) -> Grid:
    """A grid as the engine would make it; 3 x 2 positions a channel of the layer, or a vector."""
    layer = NETWORK.layer(request.view.layer)
    is_vector = len(layer.shape) == 1
    if values is None:
        shape = (1, 1, layer.channels) if is_vector else (3, 2, layer.channels)
        values = np.random.default_rng(0).normal(size=shape).astype(np.float32)
    stats = statistics(values)
    order = channel_order(values, stats, request.sort, request.chosen)
    per_row = request.per_row or fitted_per_row(len(order), *values.shape[:2], request.aspect)
    mosaic = tile(np.moveaxis(grey_levels(values, stats, request.scale), -1, 0)[order], per_row)
    tiling = Tiling(tuple(order.tolist()), values.shape[0], values.shape[1], per_row)
    return Grid(request, values, stats, mosaic, tiling, is_vector)

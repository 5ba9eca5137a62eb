"""Networks that end the engine while they are opened: the one before is still there, and the message names the file.

With the real engine in its process, under the guard.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import psutil
import pytest
from hostile_files import conv, layer, sequential, write_h5, write_keras
from keras import layers

from cnnviz_gui.core.errors import CnnvizError
from cnnviz_gui.core.mosaic import Scale
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.picture import make_picture
from cnnviz_gui.core.requests import DrawGrid, OpenNetwork, View
from cnnviz_gui.engine import opening
from cnnviz_gui.engine.opening import open_network
from cnnviz_gui.engine.workbench import Workbench
from cnnviz_gui.jobs.runner import JobRunner
from cnnviz_gui.presenters import slots
from cnnviz_gui.resources import sample_photos

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.engine.opening import Opened

pytestmark = [
    pytest.mark.skipif(os.name != "posix", reason="sends POSIX signals"),
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
]

LITE0 = NetworkSource("efficientnet-lite0")
DEADLY = """
import os, signal
import keras

class Deadly(keras.layers.Layer):
    \"\"\"Ends the process as a crash in a native library does, with the first picture.\"\"\"

    def call(self, inputs):
        if inputs.shape[0] == 1:
            os.kill(os.getpid(), signal.SIGSEGV)
        return inputs

class Greedy(keras.layers.Layer):
    \"\"\"Takes memory without end.\"\"\"

    def call(self, inputs):
        taken = []
        while inputs.shape[0] == 1:
            taken.append(keras.ops.ones((60_000_000,)))
        return inputs

class Endless(keras.layers.Layer):
    \"\"\"Never comes back.\"\"\"

    def call(self, inputs):
        while inputs.shape[0] == 1:
            pass
        return inputs
"""
PATIENCE = 3.0


class Desk:
    """A runner with the real engine, where Lite0 is open and stays so."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.runner = JobRunner(
            "cnnviz_gui.engine.engine:Engine",
            memory_budget=2_500_000_000,
            patience=lambda request: PATIENCE if str(request).count("hangs") else 120.0,
        )
        self.runner.restarted.connect(self._reopen)
        self.network: Network = self.result(OpenNetwork(LITE0))

    def _reopen(self) -> None:
        self.runner.submit(slots.REOPEN, OpenNetwork(LITE0))

    def result(self, request: object) -> Any:  # noqa: ANN401 - whatever was asked for
        """The result of a request."""
        with self._qtbot.waitSignal(
            self.runner.finished, check_params_cb=lambda slot, *_: slot == slots.NETWORK
        ) as finished:
            self.runner.submit(slots.NETWORK, request)
        return finished.args[2]

    def refusal(self, source: NetworkSource) -> CnnvizError:
        """What is said when a network does not open."""
        with self._qtbot.waitSignal(
            self.runner.failed, check_params_cb=lambda slot, *_: slot == slots.NETWORK
        ) as failed:
            self.runner.submit(slots.NETWORK, OpenNetwork(source))
        error = failed.args[2]
        assert isinstance(error, CnnvizError)
        return error

    def still_works(self) -> bool:
        """Whether the network that was open before answers."""
        photo = next(iter(sample_photos()))
        picture = make_picture(photo.name, photo.path.read_bytes())
        view = View(LITE0, "stem_conv", picture, (64, 64), self.network.preprocessing)
        grid = self.result(DrawGrid(view, Scale.TUTORIAL))
        return bool(grid.values.shape == (32, 32, 32) and np.abs(grid.values).max() > 0)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """A desk, shut down after the test."""
    made = Desk(qtbot)
    yield made
    made.runner.shutdown()


def custom(folder: Path, name: str, file: str = "mine") -> NetworkSource:
    """A network with one layer of its own, which Keras can load and no process survives."""
    classes = folder / "deadly.py"
    classes.write_text(DEADLY)
    item = layer(name, "somewhere")
    item["registered_name"] = name
    path = write_keras(folder, sequential(conv(), item)).rename(folder / f"{file}.keras")
    return NetworkSource(str(path), classes=str(classes))


@pytest.mark.parametrize(
    ("name", "file", "words"),
    [
        ("Deadly", "mine", "Opening mine.keras: the engine stopped unexpectedly"),
        ("Greedy", "mine", "memory"),
        ("Endless", "hangs", "Opening hangs.keras: no sign of life for 3 seconds, so the engine was ended."),
    ],
)
def test_a_network_that_ends_the_engine_leaves_the_old_one_open_and_is_named(
    name: str, file: str, words: str, desk: Desk, tmp_path: Path
) -> None:
    pid = desk.runner.engine_pid
    error = desk.refusal(custom(tmp_path, name, file))
    assert words in str(error)
    assert f"{file}" in str(error)
    assert "Traceback" not in str(error)
    assert desk.still_works(), name
    if name != "Greedy":
        assert desk.runner.engine_pid != pid
        assert pid is None or not psutil.pid_exists(pid)


def test_a_file_that_hdf5_itself_never_comes_back_from_ends_the_engine_and_not_the_window(
    desk: Desk, tmp_path: Path
) -> None:
    # The gate knows this file; so the classes of the network, which are run in the engine, switch that off.
    path = write_h5(tmp_path).rename(tmp_path / "hangs.h5")
    data = bytearray(path.read_bytes())
    heap = data.find(b"GCOL")
    data[heap + 16 : heap + 32] = bytes(16)
    path.write_bytes(data)
    classes = tmp_path / "ungated.py"
    classes.write_text("from cnnviz_gui.engine import gate_hdf5\ngate_hdf5.longest_text = lambda *_: 0\n")
    error = desk.refusal(NetworkSource(str(path), classes=str(classes)))
    assert str(error).startswith("Opening hangs.h5: no sign of life for 3 seconds, so the engine was ended.")
    assert desk.still_works()


def finished(steps: Generator[object, object, Opened]) -> Opened:
    """What a generator returns."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        opened: Opened = end.value
        return opened


def open_alone(source: NetworkSource, memory_limit: int = 4_000_000_000) -> Opened:
    """Opens a network in this process."""
    return finished(open_network(source, memory_limit))


def test_what_cannot_fit_is_refused_with_numbers_before_keras_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keras.models, "load_model", lambda *_, **__: pytest.fail("Keras has seen it"))
    item = layer("UpSampling2D", size=[2000, 2000])
    path = write_keras(tmp_path, sequential(conv(), item))
    with pytest.raises(CnnvizError, match=r"needs 2\.3 GB of memory; 2\.0 GB are left of what the engine is allowed"):
        open_alone(NetworkSource(str(path)), 2_000_000_000)


@pytest.mark.parametrize(
    ("weights", "copies", "said"),
    [
        ("none", 1, "needs 12.1 MB of memory; 10.0 MB are left"),
        ("imagenet", 2, "needs 22.3 MB of memory; 20.2 MB are left"),
    ],
)
def test_an_application_that_cannot_fit_is_refused_with_numbers_before_it_takes_memory_or_is_downloaded(
    weights: str, copies: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "imagenet_weights", lambda *_, **__: pytest.fail("something is downloaded"))
    built = []
    build = keras.applications.MobileNetV3Small
    monkeypatch.setattr(
        keras.applications, "MobileNetV3Small", lambda **options: built.append(build(**options)) or built[-1]
    )
    bytes_of_weights = 4 * 2_554_968
    with pytest.raises(CnnvizError, match=said) as caught:
        open_alone(NetworkSource("keras:MobileNetV3Small", weights), copies * bytes_of_weights - 2**18)
    assert "open a smaller network" in str(caught.value)
    [model] = built
    assert sum(np.prod(variable.shape) for variable in model.weights) == bytes_of_weights / 4
    # What Keras does next makes no values for the network that was refused.
    keras.Sequential([layers.Input((8, 8, 3)), layers.Conv2D(2, 3)])
    assert [variable for variable in model.weights if variable._value is not None] == []


def test_an_application_that_fits_is_the_one_that_keras_builds() -> None:
    found = open_alone(NetworkSource("keras:MobileNetV3Small", "none"), 4 * 2_554_968 + 4 * 500_000).model
    keras.utils.clear_session()
    keras.utils.set_random_seed(opening.UNTRAINED_SEED)
    expected = keras.applications.MobileNetV3Small(weights=None)
    assert [variable.path for variable in found.variables] == [variable.path for variable in expected.variables]
    for one, other in zip(found.variables, expected.variables, strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy())


def test_memory_that_runs_out_in_the_first_pass_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = custom(tmp_path, "Deadly")
    classes = tmp_path / "deadly.py"
    classes.write_text(DEADLY.replace("os.kill(os.getpid(), signal.SIGSEGV)", "raise MemoryError"))
    with pytest.raises(CnnvizError, match="There is not enough memory for mine"):
        open_alone(source)


def test_a_network_that_cannot_be_computed_at_its_size_opens_for_what_can_be_shown(tmp_path: Path) -> None:
    source = custom(tmp_path, "Deadly")
    classes = tmp_path / "deadly.py"
    classes.write_text(DEADLY.replace("os.kill(os.getpid(), signal.SIGSEGV)", "raise ValueError"))
    assert [entry.name for entry in open_alone(source).network.layers] == ["image", "conv", "deadly"]


class TestTheWorkbench:
    @pytest.fixture
    def write(self, tmp_path: Path) -> Callable[[str], NetworkSource]:
        """Writes a small network under a name."""

        def write(name: str) -> NetworkSource:
            model = keras.Sequential([layers.Input((8, 8, 3)), layers.Conv2D(2, 3, name=name)])
            model.save(tmp_path / f"{name}.keras")
            return NetworkSource(str(tmp_path / f"{name}.keras"))

        return write

    @staticmethod
    def opened(bench: Workbench, source: NetworkSource) -> Opened:
        return finished(bench.open_anew(source))

    def test_the_network_used_last_stays_beside_the_new_one(self, write: Callable[[str], NetworkSource]) -> None:
        bench = Workbench()
        a, b, c = (write(name) for name in "abc")
        first = self.opened(bench, a)
        second = self.opened(bench, b)
        assert self.opened(bench, b) is second
        self.opened(bench, c)
        assert self.opened(bench, b) is second
        assert self.opened(bench, a) is not first

    def test_a_file_that_is_broken_meanwhile_leaves_the_network_that_was_read_from_it(
        self, write: Callable[[str], NetworkSource], tmp_path: Path
    ) -> None:
        bench = Workbench()
        source = write("a")
        first = self.opened(bench, source)
        (tmp_path / "a.keras").write_bytes(b"broken")
        with pytest.raises(CnnvizError, match="damaged"):
            self.opened(bench, source)
        assert finished(bench.open(source)) is first

    def test_what_is_left_of_the_budget_is_what_a_network_may_take(
        self, write: Callable[[str], NetworkSource]
    ) -> None:
        bench = Workbench(psutil.Process().memory_info().rss + 1000)
        with pytest.raises(CnnvizError, match=r"needs .* of memory; (0 bytes|1\.0 kB) are left"):
            self.opened(bench, write("a"))

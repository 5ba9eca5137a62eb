"""The inspector: the chosen channel, its kernels and its pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unittest.mock import call

import numpy as np
import pytest
from presenters_fakes import CAT, DOG, NETWORK, OTHER, FakeGrid, FakeInspector, FakePicture, FakeRunner, answer
from PySide6.QtCore import QObject, Signal

from cnnviz_gui.core.errors import message
from cnnviz_gui.core.pattern import PatternSettings
from cnnviz_gui.core.pattern_requests import MakePatterns, Patterns
from cnnviz_gui.core.recipe import make_recipe
from cnnviz_gui.core.requests import Grid, Kernels, ReadKernels
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.grid_presenter import GridPresenter
from cnnviz_gui.presenters.inspector_presenter import InspectorPresenter
from cnnviz_gui.presenters.kept_pattern import KeptPattern
from cnnviz_gui.presenters.pattern_seeds import PatternSeeds
from cnnviz_gui.session.state import Display, Lens

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Network
    from cnnviz_gui.session.session import Session

CLICK = "Click a channel in the grid to see it here."
NONE_YET = "No pattern of this channel was made yet."
PATTERN = np.full((8, 8, 3), 9, np.uint8)
JOB = MakePatterns(NETWORK.source, "few", (0, 3), PatternSettings(size=8, steps=10, seed=4), "caffe")


def kept(channel: int) -> KeptPattern:
    """A pattern as the window keeps it."""
    return KeptPattern(JOB, channel, PATTERN, 2.5)


class FakePatterns(QObject):
    """Knows the patterns that a test gives it."""

    made = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[tuple[str, str, int], KeptPattern] = {}

    def pattern(self, network: Network, layer: str, channel: int) -> KeptPattern | None:
        """The pattern of a channel."""
        return self.known.get((network.sha256, layer, channel))


class FakeTrust(QObject):
    """Says the same of every pattern."""

    known = Signal()

    def said(self, pattern: KeptPattern) -> str:
        """A line."""
        return f"channel {pattern.channel} is liked"


@pytest.fixture
def patterns() -> FakePatterns:
    """The patterns that were made: none."""
    return FakePatterns()


@pytest.fixture
def presenter(
    session: Session,
    runner: FakeRunner,
    grid: FakeGrid,
    picture: FakePicture,
    inspector_view: FakeInspector,
    patterns: FakePatterns,
    owner: QObject,
) -> InspectorPresenter:
    """The presenter, beside that of the grid."""
    grids = GridPresenter(session, runner, grid, picture, owner)
    return InspectorPresenter(
        session, runner, inspector_view, grids, patterns, FakeTrust(owner), PatternSeeds(runner, owner), owner
    )


@pytest.fixture
def shown(presenter: InspectorPresenter, looking: Session, runner: FakeRunner, inspector_view: FakeInspector) -> Grid:
    """A grid on the screen; what the inspector was told before is forgotten."""
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    inspector_view.told.reset_mock()
    return made


def kernels(request: ReadKernels, *shape: int) -> Kernels:
    """What the engine reads."""
    return Kernels(request, np.ones(shape, np.float32), None)


def test_at_first_it_says_what_to_do(presenter: InspectorPresenter, inspector_view: FakeInspector) -> None:
    inspector_view.show_nothing.assert_called_once_with(CLICK)


def test_a_grid_brings_the_chosen_channel_with_it(
    presenter: InspectorPresenter, looking: Session, runner: FakeRunner, inspector_view: FakeInspector
) -> None:
    looking.select_channels((1, 4))
    inspector_view.show_channel.assert_not_called()
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    inspector_view.show_channel.assert_called_once_with(made, 4, None, CAT, "viridis", "")


def test_a_channel_of_the_grid_on_the_screen_is_shown_at_once(
    shown: Grid, looking: Session, inspector_view: FakeInspector
) -> None:
    looking.select_channels((3,))
    inspector_view.show_channel.assert_called_once_with(shown, 3, None, CAT, "viridis", "")
    looking.select_position((2, 1))
    inspector_view.show_channel.assert_called_with(shown, 3, (2, 1), CAT, "viridis", "")
    looking.display(Display(colormap="magma"))
    inspector_view.show_channel.assert_called_with(shown, 3, (2, 1), CAT, "magma", "")


def test_another_channel_before_the_last_does_not_trouble_it(
    shown: Grid, looking: Session, inspector_view: FakeInspector
) -> None:
    looking.select_channels((5, 0))
    assert inspector_view.told.mock_calls == []


def test_the_channel_of_a_new_layer_waits_for_its_grid(
    shown: Grid, looking: Session, runner: FakeRunner, inspector_view: FakeInspector
) -> None:
    looking.select_layer("many")
    looking.select_channels((90,))
    inspector_view.show_channel.assert_not_called()
    inspector_view.show_nothing.assert_not_called()
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    inspector_view.show_channel.assert_called_once_with(made, 90, None, CAT, "viridis", "")


def test_another_picture_is_shown_with_its_own_activations(
    shown: Grid, looking: Session, runner: FakeRunner, inspector_view: FakeInspector
) -> None:
    looking.show_picture(DOG)
    inspector_view.show_channel.assert_not_called()
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    inspector_view.show_channel.assert_called_once_with(made, 0, None, DOG, "viridis", "")


def test_a_channel_that_stands_for_a_class_is_shown_with_its_name(
    presenter: InspectorPresenter, looking: Session, runner: FakeRunner, inspector_view: FakeInspector
) -> None:
    looking.select_layer("classes")
    looking.select_channels((2,))
    made = answer(runner.jobs[slots.GRID])
    runner.finish(slots.GRID, made)
    inspector_view.show_channel.assert_called_once_with(made, 2, None, CAT, "viridis", "cup")


def test_no_chosen_channel_is_said(shown: Grid, looking: Session, inspector_view: FakeInspector) -> None:
    looking.select_channels(())
    inspector_view.show_nothing.assert_called_once_with(CLICK)
    inspector_view.show_channel.assert_not_called()


def test_a_channel_that_the_grid_does_not_have_is_not_shown(
    shown: Grid, looking: Session, inspector_view: FakeInspector
) -> None:
    looking.select_channels((8,))
    inspector_view.show_channel.assert_not_called()
    inspector_view.show_nothing.assert_called_once_with(CLICK)


def test_a_lens_chosen_in_the_inspector_becomes_the_sessions(
    shown: Grid, looking: Session, inspector_view: FakeInspector
) -> None:
    inspector_view.lens_chosen.emit(Lens.OVERLAY)
    assert looking.state.lens is Lens.OVERLAY
    inspector_view.show_lens.assert_called_once_with(Lens.OVERLAY)
    looking.undo()
    inspector_view.show_lens.assert_called_with(Lens.ACTIVATION)


def test_a_lens_survives_a_change_of_location_and_the_other_way_round(
    shown: Grid, looking: Session, inspector_view: FakeInspector
) -> None:
    looking.select_channels((3,))
    looking.look_through(Lens.PATTERN)
    assert looking.state.channel == 3
    looking.select_layer("many")
    assert looking.state.lens is Lens.PATTERN


@pytest.mark.parametrize("lens", [lens for lens in Lens if lens is not Lens.KERNELS])
def test_kernels_are_not_read_through_another_lens(
    shown: Grid, looking: Session, runner: FakeRunner, lens: Lens
) -> None:
    looking.look_through(lens)
    looking.select_channels((3,))
    assert runner.of(slots.KERNELS) == []


def test_kernels_are_read_when_their_lens_is_chosen_and_for_every_channel_from_then_on(
    shown: Grid, looking: Session, runner: FakeRunner
) -> None:
    looking.look_through(Lens.KERNELS)
    looking.select_channels((3,))
    looking.select_layer("many")
    looking.select_position((0, 0))
    looking.show_picture(DOG)
    assert runner.of(slots.KERNELS) == [
        ReadKernels(NETWORK.source, "few", 0),
        ReadKernels(NETWORK.source, "few", 3),
        ReadKernels(NETWORK.source, "many", 3),
    ]


def test_another_networks_kernels_are_read_anew(shown: Grid, looking: Session, runner: FakeRunner) -> None:
    looking.look_through(Lens.KERNELS)
    looking.open_network(OTHER)
    assert runner.of(slots.KERNELS)[-1] == ReadKernels(OTHER.source, "few", 0)


def test_without_a_channel_there_are_no_kernels_to_read(shown: Grid, looking: Session, runner: FakeRunner) -> None:
    looking.select_channels(())
    looking.look_through(Lens.KERNELS)
    assert runner.of(slots.KERNELS) == []


def test_kernels_are_shown_or_it_is_said_that_there_are_none(
    shown: Grid, looking: Session, runner: FakeRunner, inspector_view: FakeInspector
) -> None:
    looking.look_through(Lens.KERNELS)
    found = kernels(runner.jobs[slots.KERNELS], 3, 3, 8)
    runner.finish(slots.KERNELS, found)
    inspector_view.show_kernels.assert_called_once_with(found, "")
    looking.select_channels((1,))
    runner.finish(slots.KERNELS, kernels(runner.jobs[slots.KERNELS], 0))
    inspector_view.show_kernels.assert_called_with(None, "This layer has no convolution kernels.")


def test_a_channel_is_shown_with_its_pattern_or_told_to_have_none(
    shown: Grid, looking: Session, inspector_view: FakeInspector, patterns: FakePatterns
) -> None:
    patterns.known[NETWORK.sha256, "few", 3] = kept(3)
    looking.select_channels((3,))
    looking.select_channels((4,))
    assert inspector_view.show_pattern.mock_calls == [
        call([PATTERN], "channel 3 is liked", can_reseed=True),
        call([], NONE_YET, can_reseed=False),
    ]


def test_a_pattern_that_was_just_made_is_shown_at_once(
    shown: Grid, looking: Session, inspector_view: FakeInspector, patterns: FakePatterns
) -> None:
    patterns.known[NETWORK.sha256, "few", 0] = kept(0)
    patterns.made.emit()
    inspector_view.show_pattern.assert_called_once_with([PATTERN], "channel 0 is liked", can_reseed=True)


def test_a_pattern_of_the_same_channel_of_another_network_is_not_shown(
    shown: Grid, looking: Session, inspector_view: FakeInspector, patterns: FakePatterns
) -> None:
    patterns.known[NETWORK.sha256, "few", 0] = kept(0)
    looking.open_network(OTHER)
    inspector_view.show_pattern.assert_called_once_with([], NONE_YET, can_reseed=False)


def reseeded(runner: FakeRunner) -> Patterns:
    """The answer to what was asked for another seed."""
    request = runner.jobs[slots.SEEDS]
    assert isinstance(request, MakePatterns)
    seed = request.settings.seed
    pictures = np.full((1, 8, 8, 3), seed, np.uint8)
    curve, activation = np.zeros((1, 10), np.float32), np.full(1, seed, np.float32)
    images = pictures.astype(np.float32)
    recipe = make_recipe("patterns")
    return Patterns(request, (3,), (10,), images, pictures, curve, activation, (None,), message("the mean"), recipe)


def test_two_other_seeds_are_made_one_after_the_other_and_shown_beside_the_first(
    shown: Grid, looking: Session, runner: FakeRunner, inspector_view: FakeInspector, patterns: FakePatterns
) -> None:
    patterns.known[NETWORK.sha256, "few", 3] = kept(3)
    looking.select_channels((3,))
    inspector_view.seeds_requested.emit()
    for seed in (5, 6):
        asked = runner.jobs[slots.SEEDS]
        assert isinstance(asked, MakePatterns)
        assert (asked.channels, asked.settings.seed) == ((3,), seed)
        assert asked.layer == "few"
        runner.finish(slots.SEEDS, reseeded(runner))
    assert not runner.busy(slots.SEEDS)
    (pictures, caption), options = inspector_view.show_pattern.call_args
    assert [int(picture[0, 0, 0]) for picture in pictures] == [9, 5, 6]
    assert caption.splitlines() == [f"Seed {seed}: channel 3 is liked" for seed in (4, 5, 6)]
    assert options == {"can_reseed": False}
    looking.select_channels((4,))
    looking.select_channels((3,))
    assert len(inspector_view.show_pattern.call_args.args[0]) == 3


def test_a_stopped_seed_is_not_shown_and_the_next_is_not_made(
    shown: Grid, looking: Session, runner: FakeRunner, inspector_view: FakeInspector, patterns: FakePatterns
) -> None:
    patterns.known[NETWORK.sha256, "few", 3] = kept(3)
    looking.select_channels((3,))
    inspector_view.seeds_requested.emit()
    runner.finish(slots.SEEDS, replace(reseeded(runner), steps=(4,)))
    assert not runner.busy(slots.SEEDS)
    assert len(inspector_view.show_pattern.call_args.args[0]) == 1


def test_without_a_pattern_there_is_no_other_seed(
    shown: Grid, looking: Session, runner: FakeRunner, inspector_view: FakeInspector
) -> None:
    looking.select_channels((3,))
    inspector_view.seeds_requested.emit()
    assert not runner.busy(slots.SEEDS)

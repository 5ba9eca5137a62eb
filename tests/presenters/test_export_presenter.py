"""Taking pictures away: what is written, with which recipe, and what is said afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

import numpy as np
import pytest
from presenters_fakes import CAT, NETWORK, FakeBar, FakeGrid, FakePicture, FakeRunner

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.recipe import make_recipe
from cnnviz_gui.core.requests import DescribeGrid, ExportGrid, ExportLayers, RemoveUnfinished, SavePng
from cnnviz_gui.presenters import slots
from cnnviz_gui.presenters.export_presenter import ExportPresenter
from cnnviz_gui.presenters.grid_presenter import GridPresenter
from cnnviz_gui.session.state import Display

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject

    from cnnviz_gui.core.requests import DrawGrid
    from cnnviz_gui.session.session import Session

RECIPE = make_recipe("channels", layer="few")
PIXELS = np.full((4, 5, 3), 7, np.uint8)


@pytest.fixture
def grids(
    session: Session, runner: FakeRunner, grid: FakeGrid, picture: FakePicture, owner: QObject
) -> GridPresenter:
    """What knows the request of the grid on the screen."""
    return GridPresenter(session, runner, grid, picture, owner)


@pytest.fixture
def patterns() -> Mock:
    """What knows the mosaic of patterns on the screen; there is none."""
    return Mock(mosaic=None)


@pytest.fixture
def presenter(
    session: Session, runner: FakeRunner, grids: GridPresenter, patterns: Mock, bar: FakeBar, owner: QObject
) -> ExportPresenter:
    """The presenter."""
    return ExportPresenter(session, runner, grids, patterns, bar, owner)


@pytest.fixture
def draw(presenter: ExportPresenter, looking: Session, grids: GridPresenter) -> DrawGrid:
    """The request of the grid of what is looked at, in the colours of magma."""
    looking.display(Display(colormap="magma"))
    request = grids.request(looking.state)
    assert request is not None
    return request


def notes(bar: FakeBar) -> list[str]:
    """What was said."""
    return [told.args[0] for told in bar.show_note.mock_calls]


def test_the_grid_is_written_as_it_is_drawn(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.export_grid("/out/few.npz")
    assert runner.of(slots.EXPORT) == [ExportGrid(draw, "magma", "/out/few.npz", None)]
    assert notes(bar) == []
    runner.finish(slots.EXPORT, "/out/few.npz")
    assert notes(bar) == ["Saved few.npz."]


def test_one_channel_is_written_alone(presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner) -> None:
    presenter.export_grid("/out/few-0.png", 0)
    assert runner.of(slots.EXPORT) == [ExportGrid(draw, "magma", "/out/few-0.png", 0)]


def test_the_view_is_written_after_its_recipe_was_made(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.export_view("/out/view.png", PIXELS)
    assert runner.of(slots.EXPORT) == [DescribeGrid(draw, "magma")]
    runner.finish(slots.EXPORT, RECIPE)
    assert notes(bar) == [], "nothing is saved yet"
    (_, saving) = runner.of(slots.EXPORT)
    assert saving == SavePng("/out/view.png", RECIPE, PIXELS)
    assert saving.pixels is PIXELS
    runner.finish(slots.EXPORT, "/out/view.png")
    assert notes(bar) == ["Saved view.png."]
    assert len(runner.of(slots.EXPORT)) == 2


def test_the_view_is_written_as_it_was_when_that_was_asked_for(
    presenter: ExportPresenter, draw: DrawGrid, looking: Session, runner: FakeRunner
) -> None:
    presenter.export_view("/out/view.png", PIXELS)
    looking.select_layer("many")
    assert runner.jobs[slots.EXPORT] == DescribeGrid(draw, "magma")


def test_a_view_whose_recipe_cannot_be_made_is_not_written(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.export_view("/out/view.png", PIXELS)
    runner.fail(slots.EXPORT, CnnvizError(message("No.")))
    assert not runner.busy(slots.EXPORT)
    assert notes(bar) == []


def test_another_export_takes_the_place_of_a_view_that_waits_for_its_recipe(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.export_view("/out/view.png", PIXELS)
    presenter.export_grid("/out/few.png")
    runner.finish(slots.EXPORT, "/out/few.png")
    assert [type(request) for request in runner.of(slots.EXPORT)] == [DescribeGrid, ExportGrid]
    assert notes(bar) == ["Saved few.png."]


def test_every_layer_is_written_into_a_folder_and_counted(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.export_layers("/out")
    assert runner.of(slots.EXPORT_LAYERS) == [ExportLayers(draw, "magma", "/out")]
    presenter.export_grid("/out/few.png")
    assert runner.busy(slots.EXPORT_LAYERS)
    runner.finish(slots.EXPORT_LAYERS, ("/out/few.png", "/out/many.png"))
    assert notes(bar) == ["Saved 2 pictures in /out."]


def test_patterns_are_written_with_the_recipe_that_came_with_them(
    presenter: ExportPresenter, patterns: Mock, runner: FakeRunner, bar: FakeBar
) -> None:
    recipe = make_recipe("patterns", layer="many")
    patterns.mosaic = (PIXELS, recipe)
    presenter.export_patterns("/out/many-patterns.png")
    (saving,) = runner.of(slots.EXPORT)
    assert saving == SavePng("/out/many-patterns.png", recipe, PIXELS)
    assert saving.pixels is PIXELS
    runner.finish(slots.EXPORT, "/out/many-patterns.png")
    assert notes(bar) == ["Saved many-patterns.png."]


def test_without_patterns_none_are_written(presenter: ExportPresenter, runner: FakeRunner) -> None:
    presenter.export_patterns("/out/patterns.png")
    assert runner.submitted == []


def test_without_a_picture_there_is_no_grid_to_write(
    presenter: ExportPresenter, session: Session, runner: FakeRunner
) -> None:
    session.open_network(NETWORK)
    presenter.export_grid("/out/few.png")
    presenter.export_view("/out/few.png", PIXELS)
    presenter.export_layers("/out")
    assert runner.submitted == []
    session.show_picture(CAT)
    presenter.export_grid("/out/few.png")
    assert len(runner.of(slots.EXPORT)) == 1


def test_an_answer_of_another_slot_is_no_export(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, bar: FakeBar
) -> None:
    presenter.export_view("/out/view.png", PIXELS)
    runner.finished.emit(slots.LOOK, DescribeGrid(draw, "magma"), RECIPE)
    assert len(runner.of(slots.EXPORT)) == 1
    assert notes(bar) == []


@pytest.mark.parametrize(("slot", "of"), [(slots.EXPORT, "grid"), (slots.EXPORT_LAYERS, "layers")])
def test_what_a_failed_export_has_left_is_removed_from_its_folder(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, slot: str, of: str
) -> None:
    del draw
    if of == "grid":
        presenter.export_grid("/out/few.npz")
    else:
        presenter.export_layers("/out")
    runner.fail(slot, CnnvizError(message("The engine stopped.")))
    assert runner.of(slots.CLEAR_UP) == [RemoveUnfinished("/out")]


def test_what_an_export_has_left_is_removed_when_the_window_closes(
    presenter: ExportPresenter, draw: DrawGrid, runner: FakeRunner, tmp_path: Path
) -> None:
    del draw, runner
    presenter.clear_up()
    presenter.export_grid(str(tmp_path / "few.npz"))
    (tmp_path / ".cnnviz-a.tmp").write_bytes(b"half")
    presenter.clear_up()
    assert list(tmp_path.iterdir()) == []

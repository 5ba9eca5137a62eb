"""The viewport: where a picture lies while it is zoomed and panned."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF

from cnnviz_gui.ui.grid_viewport import AIR, KEPT_IN_SIGHT, Viewport


@pytest.fixture
def viewport() -> Viewport:
    """A picture of 200 x 100 in a view of 408 x 308 at (10, 20)."""
    made = Viewport()
    made.set_rect(QRectF(10, 20, 400 + 2 * AIR, 300 + 2 * AIR), 1)
    made.set_content(200, 100)
    return made


def test_fitted_it_is_whole_and_in_the_middle(viewport: Viewport) -> None:
    assert viewport.scale == 2
    shown = viewport.to_screen(QRectF(0, 0, 200, 100))
    assert shown.center() == viewport.rect.center()


def test_fitted_it_stays_fitted_in_another_rectangle(viewport: Viewport) -> None:
    viewport.set_rect(QRectF(0, 0, 100 + 2 * AIR, 300), 1)
    assert viewport.scale == 0.5


def test_zoomed_it_keeps_what_is_in_the_middle(viewport: Viewport) -> None:
    viewport.zoom(QPointF(300, 150), 4)
    middle = viewport.to_content(viewport.rect.center())
    viewport.set_rect(QRectF(0, 0, 500, 200), 1)
    again = viewport.to_content(viewport.rect.center())
    assert (again.x(), again.y()) == pytest.approx((middle.x(), middle.y()))


def test_screen_and_content_are_inverse(viewport: Viewport) -> None:
    viewport.zoom(QPointF(100, 100), 3)
    there = viewport.to_screen(QRectF(50, 25, 0, 0)).topLeft()
    assert (viewport.to_content(there).x(), viewport.to_content(there).y()) == pytest.approx((50, 25))


def test_it_cannot_be_lost(viewport: Viewport) -> None:
    viewport.zoom(viewport.rect.center(), 2)
    viewport.pan(10_000, 10_000)
    seen = viewport.to_screen(viewport.seen())
    assert (seen.width(), seen.height()) == pytest.approx((KEPT_IN_SIGHT, KEPT_IN_SIGHT))


def test_fitted_it_cannot_be_panned(viewport: Viewport) -> None:
    before = viewport.left
    viewport.pan(50, 0)
    assert viewport.left == before


def test_zooming_out_ends_where_it_fits(viewport: Viewport) -> None:
    viewport.zoom(QPointF(50, 50), 5)
    viewport.zoom(QPointF(50, 50), 1e-9)
    # One pixel a value is smaller than fitted here, and can be reached.
    assert viewport.scale == 1
    viewport.fit()
    assert viewport.fitted


def test_at_one_to_one_values_lie_on_device_pixels(viewport: Viewport) -> None:
    viewport.set_rect(QRectF(10, 20, 401, 301), 0.5)
    viewport.one_to_one()
    assert viewport.scale == 0.5
    assert (viewport.left * 2) % 1 == 0
    assert (viewport.top * 2) % 1 == 0


def test_bars_are_zoomed_along_x_only() -> None:
    viewport = Viewport()
    viewport.set_rect(QRectF(0, 0, 500, 300), 1)
    viewport.set_content(1000, 1, bars=True)
    assert (viewport.scale, viewport.scale_y) == (0.5, 300)
    viewport.zoom(QPointF(250, 10), 8)
    assert viewport.to_content(QPointF(250, 0)).x() == pytest.approx(500)
    assert viewport.scale_y == 300
    viewport.pan(1e6, 1e6)
    assert (viewport.left, viewport.top) == (0, 0)


def test_revealing_moves_no_more_than_needed(viewport: Viewport) -> None:
    viewport.zoom(viewport.rect.topLeft(), 8)
    viewport.reveal(QRectF(150, 80, 10, 10))
    assert viewport.rect.contains(viewport.to_screen(QRectF(150, 80, 10, 10)))
    left = viewport.left
    viewport.reveal(QRectF(151, 81, 2, 2))
    assert viewport.left == left

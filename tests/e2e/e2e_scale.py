"""The screen's scale, changed while the window is open, and whether everything is sharp afterwards."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
from e2e_program import xdotool
from e2e_screen import paint_everything

from cnnviz_gui.core.colormap import color_table

if TYPE_CHECKING:
    from e2e_desktop import Desktop
    from e2e_screen import Screen
    from numpy.typing import NDArray


def change_scale(screen: Screen, desktop: Desktop, scale: float) -> None:
    """Has the desktop change the scale, and waits until the window has heard of it."""
    desktop.set_scale(scale)
    screen.wait(lambda: abs(screen.canvas.devicePixelRatioF() - scale) < 0.01)
    paint_everything()


def assert_whole(screen: Screen) -> None:
    """Waits until the window on the screen has all the pixels that its content is laid out for."""
    window, ratio = screen.window, screen.canvas.devicePixelRatioF()

    def is_whole() -> bool:
        text = xdotool("getwindowgeometry", "--shell", int(window.winId()))
        values = dict(line.split("=") for line in text.splitlines())
        pixels = (int(values["WIDTH"]), int(values["HEIGHT"]))
        wanted = (window.width() * ratio, window.height() * ratio)
        return all(abs(found - size) < ratio for found, size in zip(pixels, wanted, strict=True))

    screen.wait(is_whole)


def assert_sharp(screen: Screen, *, on_screen: bool = False) -> None:
    """Has a value of the mosaic take one pixel of the screen, and compares what is painted with the mosaic.

    Args:
        screen: The window.
        on_screen: Whether to look at the screen itself; else at what the window paints for it, since a large window
            reaches out of a screen that has become dense.
    """
    canvas, grid = screen.canvas, screen.grid
    ratio = canvas.devicePixelRatioF()
    canvas.one_to_one()
    paint_everything()
    assert abs(canvas.scene.viewport.scale * ratio - 1) < 1e-6
    centres = screen.value_centres()
    view = canvas.view_rect.adjusted(3, 3, -3, -3)
    first, last = [view.left(), view.top()], [view.right(), view.bottom()]
    inside = ((centres >= first) & (centres <= last)).all(axis=1)
    assert inside.sum() > 1000, "hardly anything of the mosaic is in sight"
    expected = color_table(screen.bench.session.state.display.colormap)[grid.mosaic.reshape(-1)[inside]]

    def is_right() -> bool:
        # A canvas may begin in the middle of a pixel of the screen, and be rounded to either side.
        shares = []
        for shift in itertools.product((-0.4 / ratio, 0.4 / ratio), repeat=2):
            points = centres[inside] + shift
            found = screen.colours(canvas, points) if on_screen else _painted(screen, points)
            shares.append((found == expected).all(axis=-1).mean())
        # What is chosen is framed.
        return bool(max(shares) > 0.9)

    # The window manager takes its time to give the window as many pixels as it wants.
    screen.wait(is_right)
    # What Matplotlib draws around it has as many pixels as the screen.
    width, height = canvas.get_width_height(physical=True)
    assert abs(width - canvas.width() * ratio) < 1
    assert abs(height - canvas.height() * ratio) < 1
    canvas.fit()
    paint_everything()


def _painted(screen: Screen, points: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The colours of the canvas at (n, 2) points (x, y), as it paints for its screen: (n, 3) uint8."""
    pixmap = screen.canvas.grab()
    image = pixmap.toImage().convertToFormat(pixmap.toImage().Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    x, y = np.floor(points * screen.canvas.devicePixelRatioF()).astype(int).T
    return pixels[y, x].copy()

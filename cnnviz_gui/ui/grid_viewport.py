"""Where a picture lies on the screen while it is zoomed and panned."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF

KEPT_IN_SIGHT = 48.0
"""Screen pixels of the content that panning leaves inside the view."""
AIR = 4.0
"""Screen pixels around a fitted picture, so that frames around its outer tiles are seen whole."""
HIGHEST_SCALE = 64.0


class Viewport:
    """A content of some size, seen through a rectangle of the screen.

    Two ways: a picture has one scale for both axes; a row of bars fills the height and is scaled along x only.
    While it is *fitted* it stays so when the rectangle or the content changes.
    """

    def __init__(self) -> None:
        self.rect = QRectF(0, 0, 1, 1)
        self.size = QSizeF(1, 1)
        self.bars = False
        self.fitted = True
        self.pixel = 1.0
        self.scale = 1.0
        self.left = 0.0
        self.top = 0.0

    @property
    def scale_y(self) -> float:
        """Screen pixels for one unit of the content along y."""
        return self.rect.height() / self.size.height() if self.bars else self.scale

    @property
    def fit_scale(self) -> float:
        """The scale at which all of the content is seen."""
        if self.bars:
            return self.rect.width() / self.size.width()
        room = max(self.rect.width() - 2 * AIR, 1), max(self.rect.height() - 2 * AIR, 1)
        return min(room[0] / self.size.width(), room[1] / self.size.height())

    def set_rect(self, rect: QRectF, pixel: float) -> None:
        """Moves to another rectangle of the screen, keeping what is in the middle there.

        Args:
            rect: In logical pixels.
            pixel: Size of a device pixel in logical ones.
        """
        middle = self.to_content(self.rect.center())
        self.rect, self.pixel = rect, pixel
        if self.fitted:
            self.fit()
        else:
            self._place(middle, rect.center())

    def set_content(self, width: float, height: float, *, bars: bool = False) -> None:
        """Shows a content of another size, fitted; the same size again changes nothing."""
        if (QSizeF(width, height), bars) != (self.size, self.bars):
            self.size, self.bars = QSizeF(width, height), bars
            self.fit()

    def fit(self) -> None:
        """Shows all of the content, in the middle."""
        self.fitted = True
        self.scale = self.fit_scale
        self._center()

    def one_to_one(self) -> None:
        """One device pixel for each unit of the content, keeping what is in the middle there."""
        self.zoom(self.rect.center(), self.pixel / self.scale)

    def zoom(self, point: QPointF, factor: float) -> None:
        """Enlarges or reduces; what lies under the point of the screen stays under it."""
        fit = self.fit_scale
        lowest = fit if self.bars else min(fit, self.pixel)
        scale = min(max(self.scale * factor, lowest), max(HIGHEST_SCALE, fit))
        if abs(scale / fit - 1) < 1e-6:
            self.fit()
            return
        under = self.to_content(point)
        self.scale, self.fitted = scale, False
        if scale < fit:
            self._center()
        else:
            self._place(under, point)
            if abs(scale - self.pixel) < 1e-9:
                self._snap()

    def pan(self, dx: float, dy: float) -> None:
        """Moves the content; not when all of it is seen."""
        if self.scale > self.fit_scale * (1 + 1e-6):
            self.left += dx
            self.top += 0 if self.bars else dy
            self._keep_in_sight()

    def reveal(self, area: QRectF) -> None:
        """Pans as little as needed to bring a part of the content into sight."""
        shown = self.to_screen(area)
        rect = self.rect.adjusted(4, 4, -4, -4)
        dx = max(rect.left() - shown.left(), 0.0) or min(rect.right() - shown.right(), 0.0)
        dy = max(rect.top() - shown.top(), 0.0) or min(rect.bottom() - shown.bottom(), 0.0)
        if dx or dy:
            self.pan(dx, dy)

    def to_content(self, point: QPointF) -> QPointF:
        """The point of the content that is seen at a point of the screen."""
        return QPointF((point.x() - self.left) / self.scale, (point.y() - self.top) / self.scale_y)

    def to_screen(self, area: QRectF) -> QRectF:
        """Where a part of the content is seen."""
        scale_y = self.scale_y
        return QRectF(
            self.left + area.left() * self.scale,
            self.top + area.top() * scale_y,
            area.width() * self.scale,
            area.height() * scale_y,
        )

    def seen(self) -> QRectF:
        """The part of the content that is seen; empty when none is."""
        top_left, bottom_right = self.to_content(self.rect.topLeft()), self.to_content(self.rect.bottomRight())
        return QRectF(top_left, bottom_right).intersected(QRectF(QPointF(0, 0), self.size))

    def _place(self, under: QPointF, point: QPointF) -> None:
        self.left = point.x() - under.x() * self.scale
        self.top = point.y() - under.y() * self.scale_y
        self._keep_in_sight()

    def _center(self) -> None:
        self.left = self.rect.center().x() - self.size.width() * self.scale / 2
        self.top = self.rect.top()
        if not self.bars:
            self.top = self.rect.center().y() - self.size.height() * self.scale / 2
        self._snap()

    def _snap(self) -> None:
        """Onto whole device pixels: at 1:1 every value is then exactly one pixel."""
        self.left = round(self.left / self.pixel) * self.pixel
        self.top = round(self.top / self.pixel) * self.pixel

    def _keep_in_sight(self) -> None:
        width, height = self.size.width() * self.scale, self.size.height() * self.scale_y
        across = self.rect.width() if self.bars else min(KEPT_IN_SIGHT, width, self.rect.width())
        self.left = min(max(self.left, self.rect.left() + across - width), self.rect.right() - across)
        if self.bars:
            self.top = self.rect.top()
            return
        down = min(KEPT_IN_SIGHT, height, self.rect.height())
        self.top = min(max(self.top, self.rect.top() + down - height), self.rect.bottom() - down)

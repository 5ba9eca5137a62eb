"""Garbage is collected in the window's thread, and in no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500


def collect_if_due() -> None:
    """Collects the oldest generation whose turn it is, as Python does by itself where that is enabled."""
    due = [
        generation
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if 0 < threshold < count
    ]
    if due:
        gc.collect(due[-1])


class Garbage(QObject):
    """Collects garbage a few times a second in the thread that it lives in, and nowhere else.

    By itself Python collects in whichever thread happens to allocate. Where that is not the window's, widgets of a
    closed window are destroyed in it: it waits for Python's lock while it holds one of Qt's, the window's thread the
    other way round, and both stand still for ever.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=INTERVAL_MS)
        timer.timeout.connect(collect_if_due)
        timer.start()

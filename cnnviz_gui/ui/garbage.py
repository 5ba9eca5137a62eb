"""Garbage is collected in the window's thread, and in no other; what was freed goes back to the system."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from cnnviz_gui.core.memory import share_heaps, trim

INTERVAL_MS = 500
TRIM_MS = 20_000
"""Giving memory back takes some milliseconds, and who goes on working asks for it again."""


def collect_if_due() -> None:
    """Collects the oldest generation whose turn it is, as Python does by itself where that is enabled."""
    due = [
        generation
        for generation, (count, threshold) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
        if 0 < threshold < count
    ]
    if due:
        gc.collect(due[-1])


def set_aside() -> None:
    """Has the collector never look again at what there is now, as much of it as is left after a start.

    What the program is made of stays until it ends; looking through all of it takes longer than the window may stand
    still, and happened whenever the oldest generation had its turn.
    """
    gc.freeze()


class Garbage(QObject):
    """Collects garbage a few times a second in the thread that it lives in, and nowhere else.

    By itself Python collects in whichever thread happens to allocate. Where that is not the window's, widgets of a
    closed window are destroyed in it: it waits for Python's lock while it holds one of Qt's, the window's thread the
    other way round, and both stand still for ever.

    Pictures and activations come and go by the megabyte, and the C library keeps what they leave, in pieces: a window
    that is used all day would grow.

    Args:
        parent: The owner.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        share_heaps(1)
        timer = QTimer(self, interval=INTERVAL_MS)
        timer.timeout.connect(collect_if_due)
        timer.start()
        trimming = QTimer(self, interval=TRIM_MS)
        trimming.timeout.connect(trim)
        trimming.start()

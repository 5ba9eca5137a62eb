"""A small program to drag from: a window that gives a file, or a picture's pixels with a web address, to a drag."""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """Begins a drag as soon as the mouse moves with its button down."""

    def __init__(self, kind: str, path: str) -> None:
        super().__init__("drag me")
        self._kind = kind
        self._path = path

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Gives away the file, or what a browser gives."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            return
        mime = QMimeData()
        if self._kind == "file":
            mime.setUrls([QUrl.fromLocalFile(self._path)])
        else:
            mime.setUrls([QUrl("https://example.invalid/dragged.jpg")])
            mime.setImageData(QImage(self._path))
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)
        print("dropped", flush=True)


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    source = Source(*sys.argv[1:3])
    source.setAlignment(Qt.AlignmentFlag.AlignCenter)
    source.setWindowTitle("drag source")
    source.resize(120, 90)
    source.show()
    sys.exit(app.exec())

"""What was dropped or pasted: files, or a picture that has no file. Nothing is ever fetched from the network."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData, QUrl

Dropped = list[str] | tuple[bytes, str]
"""Local paths of files and folders; or an encoded picture and a name for it."""

UNNAMED = "picture.png"


def may_be_dropped(mime: QMimeData) -> bool:
    """Whether a drop is worth accepting: `dropped` may find something. Cheap enough for a drag's every move."""
    return mime.hasImage() or mime.hasUrls()


def dropped(mime: QMimeData) -> Dropped | None:
    """Takes files or a picture out of dropped or pasted data.

    Files win over a picture, since a file manager may add a preview of the file. A browser gives a web address
    and the picture's pixels: the pixels are taken, and the address is only good for a name.

    Args:
        mime: The data; must be alive, as a drop event's is only while the event is handled.

    Returns:
        Local paths, or (encoded bytes, name), or None when there is neither.
    """
    paths = [url.toLocalFile() for url in mime.urls() if url.isLocalFile() and url.toLocalFile()]
    if paths:
        return paths
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return _png(image), _name(mime.urls())
    return _embedded(mime.urls())


def _png(image: QImage) -> bytes:
    encoded = QByteArray()
    buffer = QBuffer(encoded)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(encoded.data())


def _name(urls: list[QUrl]) -> str:
    stems = (PurePosixPath(url.fileName()).stem for url in urls if url.scheme() in {"http", "https"})
    stem = next((stem for stem in stems if stem), "")
    return f"{stem}.png" if stem else UNNAMED


def _embedded(urls: list[QUrl]) -> tuple[bytes, str] | None:
    """A picture that is written out in the address itself ("data:image/png;base64,...")."""
    for url in urls:
        head, _, body = url.toString().partition(",")
        if head.startswith("data:image/") and head.endswith(";base64"):
            data = QByteArray.fromBase64(body.encode("ascii", "ignore")).data()
            if data:
                return bytes(data), UNNAMED
    return None

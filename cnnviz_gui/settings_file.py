"""The file that the settings lie in: whether it can be read and written."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

from cnnviz_gui.core.errors import message

if TYPE_CHECKING:
    from cnnviz_gui.core.errors import Message

log = logging.getLogger(__name__)


def find_problem(store: QSettings) -> tuple[Message, Message] | None:
    """Finds out whether a settings file can be used; one that is damaged is kept aside.

    Args:
        store: The settings, before anything was read from them.

    Returns:
        What a person should know of the file, and what comes of it, or None.
    """
    # Only who asks for the keys has the file read.
    store.allKeys()
    path = Path(store.fileName())
    if store.status() is QSettings.Status.FormatError:
        aside = path.with_name(f"{path.name}.unreadable")
        try:
            shutil.copyfile(path, aside)
        except OSError as error:
            log.warning("%s cannot be kept aside: %s", path, error)
        log.warning("%s is damaged.", path)
        return (
            message("The settings are damaged: what cannot be read is as at the first start."),
            message("The damaged file is kept as {path}.", path=str(aside)),
        )
    if store.status() is QSettings.Status.AccessError or not store.isWritable():
        log.warning("%s cannot be read or written.", path)
        return (
            message("The settings cannot be read or written: they are as at the first start, and not kept."),
            message("Make {path} a file that you may read and write.", path=str(path)),
        )
    return None

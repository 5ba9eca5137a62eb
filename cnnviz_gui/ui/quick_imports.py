"""Modules are imported without reading their source a second time."""

from __future__ import annotations

import sys


def import_quickly() -> None:
    """Spares PySide6 the search for its own name in the source of every module that is imported after it.

    It looks whether a module uses it, for ``from __feature__ import``, which nothing here does: a seventh of all time
    to import, and 11 MB of source that Python's `linecache` then keeps. Taken as using it, with no features chosen,
    a module behaves as every module that does use it.

    A version of PySide6 that is made otherwise goes on as it was made.
    """
    import PySide6.QtCore  # noqa: F401 - brings the module below

    feature = sys.modules.get("shibokensupport.feature")
    if feature is not None:
        vars(feature)["_mod_uses_pyside"] = lambda _module: True

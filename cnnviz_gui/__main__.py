"""Starts the window.

The engine's process imports the module that started the window before it does anything: this one imports nothing
at its top, so that the engine never loads Qt.
"""

from __future__ import annotations

import sys


def main() -> int:
    """Starts the window; returns its exit status."""
    # A frozen program's engine process starts here too, and never comes back from this call.
    from multiprocessing import freeze_support

    freeze_support()
    from cnnviz_gui.ui.quick_imports import import_quickly

    import_quickly()
    from cnnviz_gui.app import run

    return run(sys.argv)


if __name__ == "__main__":
    sys.exit(main())

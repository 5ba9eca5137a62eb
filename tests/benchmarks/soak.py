"""Works the window and its engine at random for long, and looks whether their memory grows.

`make soak` runs it. Everything goes through the presenters, the engine's process and the widgets, on a screen that is
not there. Every 50 operations everything is put back to the start, and the resident memory of both processes is taken
down: at the end it must be within a tenth of what it was after the first 50.
"""

import os
import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    # The engine's process imports this file as well, and must not become a window.
    with tempfile.TemporaryDirectory(prefix="cnnviz-soak-") as folder:
        os.environ |= {"HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
        os.environ |= {
            f"XDG_{name}_HOME": f"{folder}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE")
        }
        from soak_work import main

        sys.exit(main(Path(folder)))

"""What a desktop tells its applications while they run: how dense the screen is, and whether it is dark.

`Desktop` and `Portal` are the test's end. Run as a program, this file is the desktop's: a process of its own, as the
desktop is, which ends with its standard input.
"""

from __future__ import annotations

import ctypes
import struct
import subprocess
import sys
from pathlib import Path

PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
SETTINGS_INTERFACE = "org.freedesktop.portal.Settings"
USUAL_DPI = 96


class _Told:
    """A process that is told numbers, one a line, and says when it has passed one on."""

    def __init__(self, what: str, environment: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__), what],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        self._heard()

    def _tell(self, number: int) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n")
        self.process.stdin.flush()
        self._heard()

    def _heard(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "done\n", "the desktop ended"

    def end(self) -> None:
        """Ends it."""
        self.process.communicate()


class Desktop(_Told):
    """Tells applications the screen's scale, as GNOME's and Xfce's settings do: by the XSETTINGS protocol.

    Applications only listen that are started later.
    """

    def __init__(self) -> None:
        super().__init__("screen")

    def set_scale(self, scale: float) -> None:
        """Says how many pixels of the screen a pixel of an application takes."""
        self._tell(round(scale * USUAL_DPI))


class Portal(_Told):
    """Tells applications whether the person wants it dark: the settings portal, on a bus of its own.

    Args:
        environment: Of the process; with the address of the bus.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        super().__init__("portal", environment)

    def set_dark(self, *, dark: bool) -> None:
        """Says what the person wants."""
        self._tell(1 if dark else 2)


def _serve_screen() -> None:
    """Owns the XSETTINGS selection of the first screen (freedesktop.org, XSETTINGS 0.5)."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    for name in ("XDefaultRootWindow", "XInternAtom", "XCreateSimpleWindow"):
        getattr(x11, name).restype = ctypes.c_ulong
    display = ctypes.c_void_p(x11.XOpenDisplay(None))
    root = ctypes.c_ulong(x11.XDefaultRootWindow(display))
    none = ctypes.c_ulong(0)
    window = ctypes.c_ulong(x11.XCreateSimpleWindow(display, root, -9, -9, 1, 1, 0, none, none))
    selection, content = (
        ctypes.c_ulong(x11.XInternAtom(display, name, 0)) for name in (b"_XSETTINGS_S0", b"_XSETTINGS_SETTINGS")
    )

    def publish(serial: int, dpi: int) -> None:
        name = b"Xft/DPI"
        entry = struct.pack("<BxH", 0, len(name)) + name.ljust(8, b"\0") + struct.pack("<Ii", serial, 1024 * dpi)
        whole = struct.pack("<BxxxII", 0, serial, 1) + entry
        x11.XChangeProperty(display, window, content, content, 8, 0, whole, len(whole))
        x11.XSync(display, 0)

    publish(0, USUAL_DPI)
    x11.XSetSelectionOwner(display, selection, window, none)
    x11.XSync(display, 0)
    print("done", flush=True)
    for serial, line in enumerate(sys.stdin, 1):
        publish(serial, int(line))
        print("done", flush=True)


def _serve_portal() -> None:
    """Answers for the colour scheme (xdg-desktop-portal, org.freedesktop.portal.Settings)."""
    from PySide6.QtCore import QCoreApplication, QSocketNotifier
    from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVariant, QDBusVirtualObject

    app = QCoreApplication([])
    scheme = [0]

    def variant() -> QDBusVariant:
        value = QDBusVariant()
        value.setVariant(scheme[0])
        return value

    class Settings(QDBusVirtualObject):
        def introspect(self, path: str) -> str:
            return ""

        def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:
            if message.member() not in {"Read", "ReadOne"}:
                return False
            connection.send(message.createReply([variant()]))
            return True

    bus, settings = QDBusConnection.sessionBus(), Settings()
    assert bus.registerVirtualObject(PORTAL_PATH, settings)
    assert bus.registerService(PORTAL)
    print("done", flush=True)

    def tell() -> None:
        line = sys.stdin.readline()
        if not line:
            app.quit()
            return
        scheme[0] = int(line)
        signal = QDBusMessage.createSignal(PORTAL_PATH, SETTINGS_INTERFACE, "SettingChanged")
        signal.setArguments(["org.freedesktop.appearance", "color-scheme", variant()])
        assert bus.send(signal)
        print("done", flush=True)

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(tell)
    app.exec()


if __name__ == "__main__":
    {"screen": _serve_screen, "portal": _serve_portal}[sys.argv[1]]()

"""What happens to what a person would miss: settings, presets and sessions."""

from __future__ import annotations

import json
import resource
from contextlib import contextmanager
from typing import TYPE_CHECKING

from e2e_fault import Fault, everywhere, nothing, put_back
from e2e_fault_files import open_picture
from e2e_held_engine import heed_permissions
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox

from cnnviz_gui.settings import Settings
from cnnviz_gui.ui.pattern_presets import PresetField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from e2e_states import Cell
    from PySide6.QtWidgets import QDialog

SETTINGS_SENTENCE = r"settings could not be saved"
SESSION_SENTENCE = r"session cannot be saved"
OLD_SESSION = "1700000000000000000-1"
RUBBISH = bytes(range(256)) * 20


# Settings, and presets beside them


def _presets(cell: Cell) -> Path:
    return cell.settings.with_name("presets.json")


def _save_settings(cell: Cell) -> None:
    """Opens a picture, and waits until it was tried to remember it among the recent ones."""
    bench = cell.robot.bench
    open_picture(cell)
    cell.robot.wait(lambda: str(cell.picture) in bench._settings.recent_pictures[:1])
    cell.robot.wait(lambda: not bench.saving._timer.isActive())


def _save_preset(cell: Cell, *, refused: bool = False) -> None:
    """Saves what is chosen as a preset, with the menu; where that is refused, a box says why."""
    field = cell.robot.window.findChild(PresetField)
    assert field is not None

    def give_name(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("mine")
        dialog.accept()

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        assert "presets.json" in dialog.text()
        dialog.accept()

    cell.robot.answer(field._on_save, give_name, *([read] if refused else []))
    if not refused:
        assert "mine" in json.loads(_presets(cell).read_text())["presets"]


def _forbid_settings(cell: Cell) -> None:
    cell.settings.parent.chmod(0o555)
    cell.undo.append(lambda: cell.settings.parent.chmod(0o755))


def _save_in_vain(cell: Cell) -> None:
    _save_preset(cell, refused=True)
    _save_settings(cell)


@contextmanager
def _full_disk() -> Iterator[None]:
    """While it lasts, the window writes no file longer than a byte."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def _save_session_first(cell: Cell) -> None:
    """What is still to be saved of the session would meet the fault as well, and an older mishap is over."""
    saved: list[bool] = []
    cell.robot.bench.keeper.saved.connect(lambda: saved.append(True))
    cell.robot.bench.autosave.save()
    cell.robot.wait(lambda: saved)


def _save_on_full_disk(cell: Cell) -> None:
    _save_session_first(cell)
    before = cell.settings.read_bytes()
    with _full_disk():
        _save_in_vain(cell)
    assert cell.settings.read_bytes() == before


def _spoil_settings(cell: Cell) -> None:
    cell.settings.write_bytes(RUBBISH)
    _presets(cell).write_bytes(RUBBISH)


def _renew_settings(cell: Cell) -> None:
    cell.settings.write_text('[window]\ntheme=plaid\n[recent]\npictures={"paths": []}\n[future]\nkey=value\n')
    _presets(cell).write_text('{"cnnviz": 99, "future": ["preset"]}')


def _save_over(cell: Cell) -> None:
    """What cannot be read is set aside."""
    before = _presets(cell).read_bytes()
    _save_preset(cell)
    aside = list(_presets(cell).parent.glob("presets-*.json"))
    assert before in [path.read_bytes() for path in aside]
    for path in (*aside, _presets(cell)):
        path.unlink()
    _save_settings(cell)


def read_settings(cell: Cell) -> None:
    """Another start finds what this window has remembered."""
    cell.robot.bench._settings.add_recent_picture(str(cell.picture))
    QApplication.processEvents()
    assert str(cell.picture) in cell.settings.read_text("utf-8", "replace")
    assert str(cell.picture) in Settings(QSettings(str(cell.settings), QSettings.Format.IniFormat)).recent_pictures


def _read_newer_settings(cell: Cell) -> None:
    """What only the newer version understands is still there."""
    read_settings(cell)
    assert "key=value" in cell.settings.read_text()


# The session


def _session(cell: Cell) -> Path:
    """This window's own, once there is one."""
    folder: Path | None = None

    def is_there() -> bool:
        nonlocal folder
        folder = cell.robot.bench.keeper._store._folder
        return folder is not None and (folder / "session.json").exists()

    cell.robot.wait(is_there)
    assert folder is not None
    return folder


def _change_session(cell: Cell) -> None:
    """Changes what is to be saved, and waits until it is said that it cannot be."""
    session = cell.robot.bench.session
    session.select_channels((1,) if session.state.channels == (0,) else (0,))
    cell.robot.wait(lambda: cell.robot.error)
    cell.look()


def _change_session_on_full_disk(cell: Cell) -> None:
    _save_session_first(cell)
    before = (_session(cell) / "session.json").read_bytes()
    with _full_disk():
        _change_session(cell)
    assert (_session(cell) / "session.json").read_bytes() == before


def _change_forbidden_session(cell: Cell) -> None:
    _save_session_first(cell)
    folder, thread = _session(cell), cell.robot.bench.keeper._thread
    # Rights are those of a thread, and it is not this one that writes.
    undo = thread.submit(heed_permissions).result()
    folder.chmod(0o555)
    cell.undo += [lambda: thread.submit(undo).result(), lambda: folder.chmod(0o755)]
    _change_session(cell)


def _save_session_again(cell: Cell) -> None:
    put_back(cell)
    cell.robot.bench.session.select_channels((2,))
    cell.robot.wait(lambda: json.loads((_session(cell) / "session.json").read_text())["channels"] == [2])


def _leave_session(content: bytes) -> Callable[[Cell], object]:
    def strike(cell: Cell) -> None:
        folder = _session(cell).with_name(OLD_SESSION)
        folder.mkdir()
        (folder / "session.json").write_bytes(content)

    return strike


def _look_for_sessions(content: bytes) -> Callable[[Cell], object]:
    """As at a start; what cannot be read is kept aside as it is."""

    def meet(cell: Cell) -> None:
        cell.robot.bench.restores.look()
        cell.robot.wait(lambda: cell.robot.error)
        aside = _session(cell).with_name(f"unreadable-{OLD_SESSION}")
        assert (aside / "session.json").read_bytes() == content
        for path in (*aside.iterdir(), aside):
            path.unlink() if path.is_file() else path.rmdir()

    return meet


NEWER_SESSION = b'{"cnnviz-session": 99, "future": "session"}'


SETTINGS_FAULTS = (
    Fault(
        "settings folder read-only",
        _forbid_settings,
        {"opening": SETTINGS_SENTENCE},
        meet=_save_in_vain,
        met=(SETTINGS_SENTENCE,),
        mend=put_back,
    ),
    Fault("disk of the settings full", nothing, meet=_save_on_full_disk, met=(SETTINGS_SENTENCE,), mend=put_back),
    Fault("settings corrupted", _spoil_settings, meet=_save_over, mend=read_settings),
    Fault("settings of a newer version", _renew_settings, meet=_save_over, mend=_read_newer_settings),
    Fault(
        "disk of the session full",
        _change_session_on_full_disk,
        everywhere(SESSION_SENTENCE),
        mend=_save_session_again,
    ),
    Fault(
        "session folder read-only",
        _change_forbidden_session,
        everywhere(SESSION_SENTENCE),
        mend=_save_session_again,
    ),
    Fault(
        "session corrupted",
        _leave_session(RUBBISH),
        meet=_look_for_sessions(RUBBISH),
        met=(r"session is damaged",),
    ),
    Fault(
        "session of a newer version",
        _leave_session(NEWER_SESSION),
        meet=_look_for_sessions(NEWER_SESSION),
        met=(r"session was made by a newer version",),
    ),
)

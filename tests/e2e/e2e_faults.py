"""The faults: what happens, what the window has to say about it, and how the world is put right again."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import psutil
from e2e_held_engine import MOMENTS, ROOM
from e2e_program import Program
from e2e_states import OLDER
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from cnnviz_gui.core.memory import default_memory_budget
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from e2e_states import Cell

STOPPED = r"[Tt]he engine (stopped unexpectedly|was ended before this was done)"
SETTINGS = r"settings could not be saved"
CHINESE = "图片 与 网络"


@dataclass(frozen=True)
class Fault:
    """A row of the table.

    Args:
        name: What happens, in words.
        strike: Makes it happen while the engine is held at the state.
        said: What the bar must say because of that, by state; where nothing stands, it must say nothing.
        prepare: What must be so before the state is reached.
        meet: Afterwards does what the fault is in the way of, whatever the state was.
        met: What the bar must say then; nothing if empty.
        mend: Puts the world right, so that the next job can work.
        ends_engine: Whether the engine's process is another one afterwards.
        may_end_engine: States in which either is right.
        without: States in which it cannot happen, and why.
    """

    name: str
    strike: Callable[[Cell], object]
    said: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Cell], object] | None = None
    meet: Callable[[Cell], object] | None = None
    met: str = ""
    mend: Callable[[Cell], object] | None = None
    ends_engine: bool = False
    may_end_engine: tuple[str, ...] = ()
    without: Mapping[str, str] = field(default_factory=dict)


def everywhere(sentence: str) -> Mapping[str, str]:
    """The same sentence in every state."""
    return MappingProxyType(dict.fromkeys(MOMENTS, sentence))


# The engine


def _signal(number: signal.Signals) -> Callable[[Cell], object]:
    def strike(cell: Cell) -> None:
        assert cell.hold.pid is not None
        os.kill(cell.hold.pid, number)
        cell.hold.release()
        _wait_for_end(cell)

    return strike


def _freeze(cell: Cell) -> None:
    assert cell.hold.pid is not None
    os.kill(cell.hold.pid, signal.SIGSTOP)
    cell.hold.release()
    cell.press_stop()
    _wait_for_end(cell)


def _never_yield(cell: Cell) -> None:
    cell.press_stop()
    _wait_for_end(cell)
    cell.hold.release()


def _wait_for_end(cell: Cell) -> None:
    cell.robot.wait(lambda: not psutil.pid_exists(cell.hold.pid or 0))


def _freeze_for_long(cell: Cell) -> None:
    """Nobody presses Stop; a person would wait for minutes."""
    assert cell.hold.pid is not None
    os.kill(cell.hold.pid, signal.SIGSTOP)
    cell.hold.release()
    with cell.patience.of(0.5):
        _wait_for_end(cell)


def _outgrow(cell: Cell) -> None:
    runner = cell.robot.bench.runner
    memory = psutil.Process(cell.hold.pid).memory_info().rss
    runner.set_memory_budget(memory + ROOM)
    cell.undo.append(lambda: runner.set_memory_budget(default_memory_budget()))
    cell.hold.order("grow")
    _wait_for_end(cell)


def _eat_memory(cell: Cell) -> None:
    cell.hold.order("eat memory")
    cell.robot.wait(lambda: cell.hold.is_obeyed)


# What is in use


def _delete(name: str) -> Callable[[Cell], object]:
    return lambda cell: getattr(cell, name).unlink()


def _spoil(name: str) -> Callable[[Cell], object]:
    """Cuts a file in the middle, as another program does that writes it just now."""

    def strike(cell: Cell) -> None:
        path: Path = getattr(cell, name)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return strike


def _network_in_use(cell: Cell) -> Path:
    """The file that the engine needs next: in the state `opening` the new network's."""
    return cell.network if cell.state == "opening" else cell.home_network


def _delete_network(cell: Cell) -> None:
    _keep(cell, _network_in_use(cell)).unlink()


def _spoil_network(cell: Cell) -> None:
    path = _keep(cell, _network_in_use(cell))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _keep(cell: Cell, path: Path) -> Path:
    content = path.read_bytes()
    cell.undo.append(lambda: path.write_bytes(content))
    return path


def _put_back(cell: Cell) -> None:
    while cell.undo:
        cell.undo.pop()()


def _open_picture(cell: Cell) -> None:
    cell.robot.bench.pictures.open_file(str(cell.picture))


def _open_network(cell: Cell) -> None:
    cell.robot.bench.networks.open(NetworkSource(str(_network_in_use(cell))))


def _open_folder(cell: Cell) -> None:
    cell.robot.bench.pictures.open_files([str(cell.folder)])


def _remove_folder(cell: Cell) -> None:
    aside = cell.folder.with_name("aside")
    cell.folder.rename(aside)
    cell.undo.append(lambda: (shutil.rmtree(cell.folder, ignore_errors=True), aside.rename(cell.folder)))


# Where it is written


def _export(cell: Cell) -> None:
    cell.robot.bench.exports.export_grid(str(cell.target))


def _small_disk(cell: Cell) -> None:
    """Puts the target on a disk of its own, where that is allowed."""
    disk = cell.folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "cnnviz-test", disk], capture_output=True, check=False
    )
    if mounted.returncode == 0:
        cell.undo.append(lambda: subprocess.run(["umount", disk], check=True))
    cell.target = disk / cell.target.name
    cell.target.write_bytes(OLDER)


def _fill_disk(cell: Cell) -> None:
    """Fills the disk; where there is none of its own, the engine may write no file longer than a byte."""
    disk = cell.target.parent
    if os.path.ismount(disk):
        with (disk / "filler").open("wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                return
    process = psutil.Process(cell.robot.bench.runner.engine_pid)
    process.rlimit(psutil.RLIMIT_FSIZE, (1, process.rlimit(psutil.RLIMIT_FSIZE)[1]))
    cell.undo.append(lambda: process.rlimit(psutil.RLIMIT_FSIZE, (process.rlimit(psutil.RLIMIT_FSIZE)[1],) * 2))


def _forbid_folder(cell: Cell) -> None:
    cell.target.parent.chmod(0o555)
    cell.undo.append(lambda: cell.target.parent.chmod(0o755))


def _allow_folder(cell: Cell) -> None:
    """Only now can what was being written in it be removed; writing there again does."""
    _put_back(cell)
    _export(cell)
    cell.robot.wait_until_idle()
    assert cell.target.read_bytes() != OLDER


def _forbid_picture(cell: Cell) -> None:
    cell.picture.chmod(0)
    cell.undo.append(lambda: cell.picture.chmod(0o644))


def _own_folder(cell: Cell) -> None:
    folder = cell.folder / "place"
    folder.mkdir()
    cell.target = folder / cell.target.name
    cell.target.write_bytes(OLDER)


def _long_name(cell: Cell) -> None:
    cell.target = cell.folder / f"{'long' * 64}.png"


def _chinese_names(cell: Cell) -> None:
    folder = cell.folder / CHINESE
    folder.mkdir()
    for name in ("network", "picture", "target"):
        old: Path = getattr(cell, name)
        setattr(cell, name, old.rename(folder / f"{name}-名字{old.suffix}"))


def _use_chinese_names(cell: Cell) -> None:
    _export(cell)
    cell.robot.wait_until_idle()
    assert cell.target.read_bytes() != OLDER
    cell.robot.bench.networks.open(NetworkSource(str(cell.network)))
    _open_picture(cell)


# The settings


def _save_settings(cell: Cell) -> None:
    """Opens a picture, and waits until it was tried to remember it among the recent ones."""
    bench = cell.robot.bench
    _open_picture(cell)
    cell.robot.wait(lambda: str(cell.picture) in bench._settings.recent_pictures[:1])
    cell.robot.wait(lambda: not bench.saving._timer.isActive())


def _forbid_settings(cell: Cell) -> None:
    cell.settings.parent.chmod(0o555)
    cell.undo.append(lambda: cell.settings.parent.chmod(0o755))


def _save_settings_on_full_disk(cell: Cell) -> None:
    before = cell.settings.read_bytes()
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, most))
    try:
        _save_settings(cell)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    assert cell.settings.read_bytes() == before


def _spoil_settings(cell: Cell) -> None:
    cell.settings.write_bytes(bytes(range(256)) * 20)


def _renew_settings(cell: Cell) -> None:
    cell.settings.write_text('[window]\ntheme=plaid\n[recent]\npictures={"paths": []}\n[future]\nkey=value\n')


def _read_settings(cell: Cell) -> None:
    """Another start finds what this window has remembered."""
    cell.robot.bench._settings.add_recent_picture(str(cell.picture))
    QApplication.processEvents()
    assert str(cell.picture) in cell.settings.read_text("utf-8", "replace")
    assert str(cell.picture) in Settings(QSettings(str(cell.settings), QSettings.Format.IniFormat)).recent_pictures


def _read_newer_settings(cell: Cell) -> None:
    """What only the newer version understands is still there."""
    _read_settings(cell)
    assert "key=value" in cell.settings.read_text()


def _run_second_copy(cell: Cell) -> None:
    """Starts the program with the same settings, waits for its first picture, and closes it."""
    program = Program(cell.settings.parents[2], cell.robot.qtbot, str(cell.network), str(cell.picture))
    try:
        program.wait(lambda: program.count("grid"))
        program.activate()
        program.press("ctrl+q")
        program.wait_for_end()
        assert program.output == ""
    finally:
        program.end()


# The window


def _change_theme(cell: Cell) -> None:
    for theme in ("dark", "light"):
        cell.robot.window.theme_chosen.emit(theme)
        QApplication.processEvents()


def _change_scale(cell: Cell) -> None:
    font = QApplication.font()
    larger = QApplication.font()
    larger.setPointSizeF(1.5 * font.pointSizeF())
    QApplication.setFont(larger)
    QApplication.processEvents()
    cell.undo.append(lambda: QApplication.setFont(font))


def _nothing(_cell: Cell) -> None:
    return


FAULTS = (
    Fault("engine killed (SIGKILL)", _signal(signal.SIGKILL), everywhere(STOPPED), ends_engine=True),
    Fault("engine crashed (SIGSEGV)", _signal(signal.SIGSEGV), everywhere(STOPPED), ends_engine=True),
    Fault("engine frozen (SIGSTOP), then Stop", _freeze, everywhere(STOPPED), ends_engine=True),
    Fault("the job never yields, then Stop", _never_yield, everywhere(STOPPED), ends_engine=True),
    Fault(
        "engine frozen (SIGSTOP), nobody presses Stop",
        _freeze_for_long,
        everywhere(r"no sign of life"),
        ends_engine=True,
    ),
    Fault(
        "more memory than the budget",
        _outgrow,
        everywhere(r"of memory were used"),
        mend=_put_back,
        ends_engine=True,
    ),
    Fault("out of memory: refused by the system", _eat_memory, everywhere(r"memory"), may_end_engine=("importing",)),
    Fault("picture vanishes", _delete("picture"), meet=_open_picture, met=r"was not found|There is no folder"),
    Fault("picture changes", _spoil("picture"), meet=_open_picture, met=r"is damaged or incomplete"),
    Fault(
        "network vanishes",
        _delete_network,
        {"opening": r"There is no network called|was not found", "importing": r"There is no network called"},
        meet=_open_network,
        met=r"There is no network called",
        mend=_put_back,
    ),
    Fault(
        "network changes",
        _spoil_network,
        dict.fromkeys(("opening", "importing"), r"network\.keras"),
        meet=_open_network,
        met=r"network\.keras",
        mend=_put_back,
    ),
    Fault(
        "folder vanishes",
        _remove_folder,
        {"export": r"There is no folder", "opening": r"There is no network called|There is no folder|not found"},
        meet=_open_folder,
        met=r"was not found|There is no",
        mend=_put_back,
    ),
    Fault(
        "disk full",
        _fill_disk,
        {"export": r"disk is full|File too large"},
        prepare=_small_disk,
        meet=_export,
        met=r"disk is full|File too large",
        mend=_put_back,
    ),
    Fault(
        "read-only folder",
        _forbid_folder,
        {"export": r"does not let you"},
        prepare=_own_folder,
        meet=_export,
        met=r"does not let you",
        mend=_allow_folder,
    ),
    Fault("permission denied", _forbid_picture, meet=_open_picture, met=r"does not let you", mend=_put_back),
    Fault(
        "path too long",
        _nothing,
        {"export": r"name is too long"},
        prepare=_long_name,
        meet=_export,
        met=r"name is too long",
    ),
    Fault("Chinese names", _nothing, prepare=_chinese_names, meet=_use_chinese_names),
    Fault(
        "settings folder read-only",
        _forbid_settings,
        {"opening": SETTINGS},
        meet=_save_settings,
        met=SETTINGS,
        mend=_put_back,
    ),
    Fault("disk of the settings full", _nothing, meet=_save_settings_on_full_disk, met=SETTINGS, mend=_put_back),
    Fault("settings corrupted", _spoil_settings, meet=_save_settings, mend=_read_settings),
    Fault("settings of a newer version", _renew_settings, meet=_save_settings, mend=_read_newer_settings),
    Fault("a second copy of the application starts, works and ends", _run_second_copy, mend=_read_settings),
    Fault("theme changes", _change_theme),
    Fault("text grows by half", _change_scale, mend=_put_back),
)


def explains(sentence: str) -> bool:
    """Whether it is a sentence for a person."""
    return bool(re.match(r"^\S.*[.?)]$", sentence)) and not re.search(
        r"Traceback|Error\b|Exception|errno|not foreseen", sentence
    )

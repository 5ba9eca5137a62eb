"""What happens to the files in use, and to the places where files are written."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import psutil
from e2e_fault import Fault, nothing, put_back
from e2e_states import OLDER

from cnnviz_gui.core.network import NetworkSource

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from e2e_states import Cell

CHINESE = "图片 与 网络"
LONG = "long" * 64


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


def open_picture(cell: Cell) -> None:
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


def mount_disk(cell: Cell, folder: Path) -> None:
    """Puts a folder on a small disk of its own, where that is allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "cnnviz-test", folder], capture_output=True, check=False
    )
    if mounted.returncode == 0:
        cell.undo.append(lambda: subprocess.run(["umount", folder], check=True))


def fill_disk(cell: Cell, disk: Path) -> None:
    """Fills a disk; where there is none of its own, the engine may write no file longer than a byte."""
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


def _small_disk(cell: Cell) -> None:
    """Puts the target on a small disk."""
    disk = cell.folder / "disk"
    mount_disk(cell, disk)
    cell.target = disk / cell.target.name
    cell.target.write_bytes(OLDER)


def _fill_disk(cell: Cell) -> None:
    fill_disk(cell, cell.target.parent)


def _forbid_folder(cell: Cell) -> None:
    cell.target.parent.chmod(0o555)
    cell.undo.append(lambda: cell.target.parent.chmod(0o755))


def _allow_folder(cell: Cell) -> None:
    """Only now can what was being written in it be removed; writing there again does."""
    put_back(cell)
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
    cell.target = cell.folder / f"{LONG}.png"


def _use_long_names(cell: Cell) -> None:
    """A name that is too long, and a path of good names that is too long as a whole."""
    bench, far = cell.robot.bench, "/".join([str(cell.folder), *["folder"] * 700, "picture.jpg"])
    for use in (
        lambda: _export(cell),
        lambda: bench.pictures.open_file(str(cell.folder / f"{LONG}.jpg")),
        lambda: bench.pictures.open_files([far]),
        lambda: bench.networks.open(NetworkSource(str(cell.folder / f"{LONG}.keras"))),
    ):
        use()
        cell.robot.wait_until_idle()
        cell.robot.wait(lambda: cell.robot.error)
        cell.look()
        cell.robot.window.bar.clear_errors()


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
    open_picture(cell)


FILE_FAULTS = (
    Fault("picture vanishes", _delete("picture"), meet=open_picture, met=(r"was not found|There is no folder",)),
    Fault("picture changes", _spoil("picture"), meet=open_picture, met=(r"is damaged or incomplete",)),
    Fault(
        "network vanishes",
        _delete_network,
        {"opening": r"There is no network called|was not found", "importing": r"There is no network called"},
        meet=_open_network,
        met=(r"There is no network called",),
        mend=put_back,
    ),
    Fault(
        "network changes",
        _spoil_network,
        dict.fromkeys(("opening", "importing"), r"network\.keras"),
        meet=_open_network,
        met=(r"network\.keras",),
        mend=put_back,
    ),
    Fault(
        "folder vanishes",
        _remove_folder,
        {"export": r"There is no folder", "opening": r"There is no network called|There is no folder|not found"},
        meet=_open_folder,
        met=(r"was not found|There is no",),
        mend=put_back,
    ),
    Fault(
        "disk full",
        _fill_disk,
        {"export": r"disk is full|File too large"},
        prepare=_small_disk,
        meet=_export,
        met=(r"disk is full|File too large",),
        mend=put_back,
    ),
    Fault(
        "read-only folder",
        _forbid_folder,
        {"export": r"does not let you"},
        prepare=_own_folder,
        meet=_export,
        met=(r"does not let you",),
        mend=_allow_folder,
    ),
    Fault("permission denied", _forbid_picture, meet=open_picture, met=(r"does not let you",), mend=put_back),
    Fault(
        "path too long",
        nothing,
        {"export": rf"name is too long: {LONG}\.png"},
        prepare=_long_name,
        meet=_use_long_names,
        met=(
            rf"name is too long: {LONG}\.png",
            rf"name is too long: {LONG}\.jpg",
            r"too long: picture\.jpg",
            rf"{LONG}\.keras",
        ),
    ),
    Fault("Chinese names", nothing, prepare=_chinese_names, meet=_use_chinese_names),
)

"""Why weights could not be downloaded, in words that say what to do."""

from __future__ import annotations

import errno
import ssl
from typing import TYPE_CHECKING
from urllib.error import URLError

from cnnviz_gui.core.errors import CnnvizError, Message, message
from cnnviz_gui.core.recipe import file_error

if TYPE_CHECKING:
    from pathlib import Path
    from urllib.error import HTTPError

    from cnnviz_gui.core.zoo_weights import WeightsFile

MEGABYTE = 1_000_000


def not_on_disk(wanted: WeightsFile, folder: Path, host: str, cause: BaseException | None) -> CnnvizError:
    """The server could not be reached."""
    reason = cause.reason if isinstance(cause, URLError) else cause
    if isinstance(reason, ssl.SSLCertVerificationError):
        what = message(
            "The ImageNet weights of {network} are not on this machine, and {host} could not prove that it is the "
            "right server.",
            network=wanted.network,
            host=host,
        )
    else:
        what = message(
            "The ImageNet weights of {network} are not on this machine, and {host} cannot be reached.",
            network=wanted.network,
            host=host,
        )
    return CnnvizError(what, _where(wanted, folder), details=_details(cause))


def refused(wanted: WeightsFile, folder: Path, cause: HTTPError) -> CnnvizError:
    """The server answered with an error."""
    if cause.code in {404, 410}:
        what = message("The server does not have {file}, the weights of {network}.", **_names(wanted))
    else:
        what = message(
            "The server did not give {file}, the weights of {network}. Received: error {code}.",
            code=cause.code,
            **_names(wanted),
        )
    return CnnvizError(what, _where(wanted, folder), details=_details(cause))


def broken(wanted: WeightsFile, folder: Path, done: int, total: int, cause: BaseException | None) -> CnnvizError:
    """The connection ended too early."""
    hint = _where(wanted, folder)
    if wanted.checksum:
        hint = message("What has come is kept: open the network again to go on from there.")
    return CnnvizError(
        message(
            "The connection broke before {file} was complete. Expected: {total} MB. Received: {done} MB.",
            file=wanted.name,
            total=_megabytes(total) if total else "?",
            done=_megabytes(done),
        ),
        hint,
        details=_details(cause),
    )


def damaged(wanted: WeightsFile, target: Path) -> CnnvizError:
    """What came is not what Keras publishes."""
    return CnnvizError(
        message(
            "What the server sent is not the {file} that Keras publishes: its checksum is wrong. It was removed.",
            file=wanted.name,
        ),
        _where(wanted, target.parent),
        details=f"expected {wanted.algorithm or 'an HDF5 file'} {wanted.checksum}",
    )


def disk_error(wanted: WeightsFile, target: Path, error: OSError) -> CnnvizError:
    """The file could not be read or written."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        hint = message(
            "Make room in {folder} and open the network again, or set KERAS_HOME to a folder on another disk.",
            folder=str(target.parent),
        )
    else:
        hint = _where(wanted, target.parent)
    return CnnvizError(file_error(str(target), error), hint, details=f"{type(error).__name__}: {error}")


def _where(wanted: WeightsFile, folder: Path) -> Message:
    return message(
        "Connect to the internet and open the network again, put {file} into {folder}, or name it where it is under "
        '"From a file".',
        file=wanted.name,
        folder=str(folder),
    )


def _names(wanted: WeightsFile) -> dict[str, str]:
    return {"file": wanted.name, "network": wanted.network}


def _megabytes(count: int) -> str:
    return f"{count / MEGABYTE:.1f}"


def _details(cause: BaseException | None) -> str:
    return "" if cause is None else f"{type(cause).__name__}: {cause}"

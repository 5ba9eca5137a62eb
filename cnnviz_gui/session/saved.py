"""What is kept of a session, as JSON: enough to show the same view again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.mosaic import Scale, SortKey
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern import PRESETS, PatternSettings, check_settings
from cnnviz_gui.core.replay import pattern_settings
from cnnviz_gui.session.state import Display, Lens, SessionState

if TYPE_CHECKING:
    from cnnviz_gui.core.picture import Picture

FORMAT = 1
_LONGEST_SIDE = 8192


@dataclass(frozen=True)
class SavedNetwork:
    """Which network a session looked through.

    Args:
        source: Where it came from.
        title: Name for people.
        sha256: Its digest, to tell whether it is still the same.
    """

    source: NetworkSource
    title: str
    sha256: str


@dataclass(frozen=True)
class SavedPicture:
    """Which picture a session looked at.

    Args:
        name: What it is called.
        sha256: Its digest, to tell whether it is still the same.
        path: Where it is, or empty when it was pasted or dropped: then its bytes are beside the session.
    """

    name: str
    sha256: str
    path: str


@dataclass(frozen=True)
class SavedSession:
    """A session that can be restored.

    Args:
        network: Its network, or None.
        picture: Its picture, or None.
        view: Layer, channels, position, size, preprocessing, display and lens; without network and picture.
        typed: Channels as they stood in the pattern panel.
        settings: Of the pattern panel.
        patterns: How many finished patterns were on the screen; they are in a file of their own.
        closed: Whether the window was closed, and did not crash.
        others: (input, picture) of the network's further inputs; of pictures that are files alone.
    """

    network: SavedNetwork | None = None
    picture: SavedPicture | None = None
    view: SessionState = field(default_factory=SessionState)
    typed: str = ""
    settings: PatternSettings = PRESETS["clear"]
    patterns: int = 0
    closed: bool = False
    others: tuple[tuple[str, SavedPicture], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that anybody could miss."""
        return self.network is None and self.picture is None and not self.patterns


def saved_session(state: SessionState, typed: str, settings: PatternSettings, patterns: int) -> SavedSession:
    """What is to be kept of a state and of the pattern panel; see `SavedSession`."""
    network, picture = state.network, state.picture
    return SavedSession(
        None if network is None else SavedNetwork(_untrusted(network.source), network.title, network.sha256),
        None if picture is None else _saved_picture(picture.picture),
        replace(state, network=None, picture=None, others=()),
        typed,
        settings,
        patterns,
        others=tuple((name, _saved_picture(given)) for name, given in state.other_pictures if given.path),
    )


def _saved_picture(picture: Picture) -> SavedPicture:
    return SavedPicture(picture.name, picture.sha256, picture.path)


def _untrusted(source: NetworkSource) -> NetworkSource:
    """Whether the programs in a file may run is decided when it is opened again."""
    return replace(source, trusted="")


def to_json(saved: SavedSession) -> str:
    """Writes a session as JSON text."""
    view = saved.view
    rows = {
        "cnnviz-session": FORMAT,
        "closed": saved.closed,
        "network": None if saved.network is None else asdict(saved.network),
        "picture": None if saved.picture is None else asdict(saved.picture),
        "others": [{"input": name, **asdict(picture)} for name, picture in saved.others],
        "size": view.size,
        "preprocessing": view.preprocessing,
        "layer": view.layer,
        "channels": view.channels,
        "position": view.position,
        "lens": view.lens,
        "display": asdict(view.display),
        "panel": {"channels": saved.typed, "settings": asdict(saved.settings)},
        "patterns": saved.patterns,
    }
    return json.dumps(rows, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> SavedSession:
    """Reads what `to_json` wrote.

    Raises:
        CnnvizError: If it is damaged, or was written by a newer version.
    """
    try:
        row: dict[str, Any] = json.loads(text)
        if int(row["cnnviz-session"]) > FORMAT:
            raise CnnvizError(
                message("The last session was made by a newer version and cannot be read."),
                message("Install the newest version."),
            )
        return _session(row)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise CnnvizError(
            message("The last session is damaged and cannot be read."), details=f"{type(error).__name__}: {error}"
        ) from error


def _session(row: dict[str, Any]) -> SavedSession:
    network, picture, display = row["network"], row["picture"], row["display"]
    settings = pattern_settings(row["panel"]["settings"])
    try:
        check_settings(settings)
    except CnnvizError as error:
        raise ValueError(str(error)) from error
    height, width = (_within(1, number, _LONGEST_SIDE) for number in row["size"])
    view = SessionState(
        size=(height, width),
        preprocessing=str(row["preprocessing"]),
        layer=str(row["layer"]),
        channels=tuple(_within(0, channel) for channel in row["channels"]),
        position=None if row["position"] is None else _pair(row["position"]),
        display=Display(
            Scale(display["scale"]),
            str(display["colormap"]),
            SortKey(display["sort"]),
            _within(0, display["per_row"]),
        ),
        lens=Lens(row["lens"]),
    )
    return SavedSession(
        None if network is None else _network(network),
        None if picture is None else _picture(picture),
        view,
        str(row["panel"]["channels"]),
        settings,
        _within(0, row["patterns"]),
        closed=bool(row["closed"]),
        others=tuple((str(other["input"]), _picture(other)) for other in row.get("others", [])),
    )


def _picture(row: dict[str, Any]) -> SavedPicture:
    return SavedPicture(str(row["name"]), str(row["sha256"]), str(row["path"]))


def _network(row: dict[str, Any]) -> SavedNetwork:
    known: dict[str, Any] = asdict(NetworkSource(""))
    source = {name: type(known[name])(value) for name, value in row["source"].items() if name in known}
    return SavedNetwork(_untrusted(NetworkSource(**source)), str(row["title"]), str(row["sha256"]))


def _within(low: int, value: Any, high: int = 2**31 - 1) -> int:  # noqa: ANN401 - whatever JSON holds
    number = int(value)
    if not low <= number <= high:
        raise ValueError(f"Expected {low} to {high}. Received: {number}")
    return number


def _pair(value: Any) -> tuple[int, int]:  # noqa: ANN401 - whatever JSON holds
    row, column = (_within(0, number) for number in value)
    return row, column

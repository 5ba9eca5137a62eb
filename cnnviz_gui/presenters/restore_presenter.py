"""Going on where an earlier session ended."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from cnnviz_gui.core.errors import NO_MESSAGE, CnnvizError, Message, message
from cnnviz_gui.core.requests import OpenNetwork, ReadPicture
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.pattern_requests import Patterns
    from cnnviz_gui.core.picture import PictureRead
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.pattern_presenter import PatternPresenter
    from cnnviz_gui.presenters.views import JobBarView, RestoreView
    from cnnviz_gui.session.keeper import SessionKeeper
    from cnnviz_gui.session.saved import SavedSession
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.session.state import SessionState
    from cnnviz_gui.session.store import LeftSession, LeftSessions

_JOBS = {slots.RESTORE_NETWORK, slots.RESTORE_PICTURE, slots.RESTORE_OTHER}


class RestorePresenter(QObject):
    """Offers the session of a window that crashed, and brings back that or the one that was closed last.

    Nothing changes on the screen until all that can be had of the session is there. A network or a picture that is
    gone, or is not the same any more, is said, and the rest is restored. What was offered is removed when it has been
    restored and saved as the present session, or when it is discarded.

    Args:
        session: What the user is looking at.
        runner: Opens the network and reads the picture.
        keeper: Finds and reads sessions.
        patterns: Shows the patterns.
        view: Offers a session.
        bar: Says what could not be restored.
        samples: Path of every sample photo by its file name: where they lie depends on the installation.
        code_of: The code that a person has let run for a network: see `Settings.code_of`.
        start: Opens what a window without a session begins with.
        parent: The owner.
    """

    restored = Signal()
    available = Signal(bool)
    """Whether there is a session that was closed, for the menu."""

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        keeper: SessionKeeper,
        patterns: PatternPresenter,
        view: RestoreView,
        bar: JobBarView,
        samples: Mapping[str, str],
        code_of: Callable[[str], tuple[str, str]],
        start: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._keeper = keeper
        self._patterns = patterns
        self._view = view
        self._bar = bar
        self._samples = samples
        self._code_of = code_of
        self._start = start
        self._goes_on = False
        self._offers: list[LeftSession] = []
        self._closed: LeftSession | None = None
        self._left: LeftSession | None = None
        self._network: Network | None = None
        self._picture: PictureRead | None = None
        self._others: dict[str, PictureRead] = {}
        self._kept_patterns: Patterns | None = None
        self._problems: list[Message] = []
        self._done: LeftSession | None = None
        keeper.found.connect(self._on_found)
        keeper.loaded.connect(self._on_loaded)
        keeper.saved.connect(self._on_saved)
        runner.finished.connect(self._on_finished)
        runner.failed.connect(self._on_failed)
        runner.stopped.connect(self._on_failed)
        view.restore_requested.connect(self._on_restore_requested)
        view.discard_requested.connect(self._on_discard_requested)

    def look(self, *, go_on: bool = False) -> None:
        """Looks for what earlier windows have left.

        Args:
            go_on: Restores the session that was closed last, without asking, or begins without one. One that
                crashed is only offered, since it may be the reason.
        """
        self._goes_on = go_on
        self._keeper.look()

    @Slot()
    def restore_last(self) -> None:
        """Restores the session that was closed last."""
        if self._closed is not None:
            self._restore(self._closed)

    @Slot(object)
    def _on_found(self, found: LeftSessions) -> None:
        self._offers, self._closed = list(found.crashed), found.closed
        for error, folder in found.unreadable[:1]:
            kept = message("It is kept in {folder}.", folder=str(folder))
            self._bar.show_error(error.what, kept, error.details)
        self._offer()
        self.available.emit(self._closed is not None)
        if self._goes_on and self._closed is not None:
            self._restore(self._closed)
        elif self._goes_on:
            self._start()

    def _offer(self) -> None:
        text = words(
            message("The last session ended unexpectedly: {what}", what=_described(self._offers[0].saved))
        ) if self._offers else ""  # fmt: skip
        self._view.show_offer(text)

    @Slot()
    def _on_restore_requested(self) -> None:
        if self._offers:
            self._restore(self._offers[0])

    @Slot()
    def _on_discard_requested(self) -> None:
        if self._offers:
            self._keeper.discard(self._offers.pop(0))
        self._offer()

    def _restore(self, left: LeftSession) -> None:
        if self._runner.busy(slots.PATTERNS):
            self._bar.show_error(
                message("Patterns are being made, and a restored session would take their place."),
                message("Stop them, or restore when they are done."),
                "",
            )
        elif self._left is None:
            self._left = left
            self._keeper.load(left)

    @Slot(object, bytes, object, list)
    def _on_loaded(
        self, left: LeftSession, data: bytes, patterns: Patterns | None, problems: list[CnnvizError]
    ) -> None:
        saved = left.saved
        self._network, self._picture, self._others, self._kept_patterns = None, None, {}, patterns
        self._problems = [error.what for error in problems]
        # What the window began with must not come in between.
        for slot in (slots.NETWORK, slots.PICTURE):
            self._runner.cancel(slot)
        asked: dict[str, OpenNetwork | ReadPicture] = {}
        if saved.network is not None:
            source = saved.network.source
            asked[slots.RESTORE_NETWORK] = OpenNetwork(replace(source, trusted=self._code_of(source.name)[1]))
        if saved.picture is not None:
            asked[slots.RESTORE_PICTURE] = self._picture_request(saved.picture.name, saved.picture.path, data)
        for name, picture in saved.others:
            asked[slots.of_input(slots.RESTORE_OTHER, name)] = self._picture_request(picture.name, picture.path, b"")
        for slot, request in asked.items():
            self._runner.submit(slot, request)
        if not asked:
            self._apply()

    def _picture_request(self, name: str, path: str, data: bytes) -> ReadPicture:
        if not path:
            return ReadPicture(name=name, data=data)
        # The samples of another installation are the samples of this one.
        return ReadPicture(path=path if os.path.isfile(path) else self._samples.get(name, path))

    @Slot(str, object, object)
    def _on_finished(self, slot: str, request: object, result: object) -> None:
        del request
        if slot == slots.RESTORE_NETWORK:
            self._network = result  # type: ignore[assignment]
        elif slot == slots.RESTORE_PICTURE:
            self._picture = result  # type: ignore[assignment]
        elif slots.kind_of(slot) == slots.RESTORE_OTHER:
            self._others[slot.partition(":")[2]] = result  # type: ignore[assignment]
        if slots.kind_of(slot) in _JOBS:
            self._apply_when_all_is_there()

    @Slot(str, object)
    def _on_failed(self, slot: str, request: object, error: object = None) -> None:
        del request
        if slots.kind_of(slot) in _JOBS and self._left is not None:
            if isinstance(error, CnnvizError):
                self._problems.append(error.what)
            self._apply_when_all_is_there()

    def _apply_when_all_is_there(self) -> None:
        if self._left is not None and not any(slots.kind_of(slot) in _JOBS for slot in self._runner.running()):
            self._apply()

    def _apply(self) -> None:
        left, self._left = self._left, None
        if left is None:
            return
        saved, network = left.saved, self._network
        self._problems += self._changes(saved)
        state = self._session.state
        view = saved.view if network is None else _fitting(saved.view, network)
        parts: dict[str, object] = {
            "picture": self._picture or state.picture,
            "display": view.display,
            "lens": view.lens,
        }
        if network is not None:
            location = ("size", "preprocessing", "layer", "channels", "position")
            parts |= {"network": network, "others": tuple(self._others.items())}
            parts |= {name: getattr(view, name) for name in location}
        self._session.restore(**parts)
        self._patterns.put(saved.typed or self._patterns.typed, saved.settings)
        if self._kept_patterns is not None:
            self._patterns.show(self._kept_patterns)
        if self._session.state.network is None:
            self._start()
        self._say()
        if left in self._offers:
            self._offers.clear()
            self._offer()
            self._done = left
        self.restored.emit()

    def _changes(self, saved: SavedSession) -> list[Message]:
        """What is there, but is not what it was."""
        picture, network = self._picture, self._network
        return [
            message("{name} has changed.", name=name)
            for name, was, now in (
                (saved.picture.name, saved.picture.sha256, picture and picture.picture.sha256)
                if saved.picture
                else ("", None, None),
                (saved.network.title, saved.network.sha256, network and network.sha256)
                if saved.network
                else ("", None, None),
            )
            if now is not None and now != was
        ]

    def _say(self) -> None:
        if not self._problems:
            self._bar.show_note(words(message("The session is back.")))
            return
        reasons = " ".join(words(problem) for problem in self._problems)
        self._bar.show_error(message("Not all of the session is back: {reasons}", reasons=reasons), NO_MESSAGE, "")

    @Slot()
    def _on_saved(self) -> None:
        """The present session holds what was restored: that is not needed twice."""
        if self._done is not None:
            self._keeper.discard(self._done)
            self._done = None


def _described(saved: SavedSession) -> str:
    """Such as "EfficientNet-Lite0, espresso.jpg, block5c_add, 16 patterns"."""
    parts = [
        saved.network.title if saved.network else "",
        saved.picture.name if saved.picture else "",
        saved.view.layer,
    ]
    if saved.patterns == 1:
        parts.append(words(message("1 pattern")))
    elif saved.patterns:
        parts.append(words(message("{count} patterns", count=saved.patterns)))
    return ", ".join(part for part in parts if part)


def _fitting(view: SessionState, network: Network) -> SessionState:
    """The view as far as the network, which may have changed, has such a layer and such channels."""
    names = {layer.name for layer in network.layers}
    layer = view.layer if view.layer in names else network.default_layer
    count = network.layer(layer).channels
    channels = tuple(channel for channel in view.channels if channel < count)
    return replace(
        view,
        size=network.input_size or view.size,
        layer=layer,
        channels=channels,
        position=view.position if layer == view.layer and channels == view.channels else None,
    )

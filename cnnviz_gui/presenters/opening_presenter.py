"""Ways to a network: a file, several files, keras.applications, and what helps where one did not open."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from cnnviz_gui.core.errors import CnnvizError, HoldsProgramError, Message, message
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.remedies import RemedyKind
from cnnviz_gui.core.requests import OpenNetwork
from cnnviz_gui.presenters import slots
from cnnviz_gui.session.wording import words

if TYPE_CHECKING:
    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.remedies import Remedy
    from cnnviz_gui.jobs.runner import JobRunner
    from cnnviz_gui.presenters.dropped_files import DroppedFiles
    from cnnviz_gui.presenters.network_presenter import NetworkPresenter
    from cnnviz_gui.presenters.views import JobBarView, WindowView
    from cnnviz_gui.session.session import Session
    from cnnviz_gui.settings import Settings

_IS_A_PROGRAM = message(
    "A Python file is a program: it can do whatever you can do on this computer. "
    "Run it only if you know where it comes from."
)
_HOLDS_PROGRAMS = message(
    "Programs in a network's file can do whatever you can do on this computer. "
    "Run them only if you trust whoever made them."
)


class OpeningPresenter(QObject):
    """Asks for what a network is opened from, and offers what helps where one did not open.

    A Python file with a network's own classes is run only after a person was told so and agreed. Then it is
    remembered for that network among the recent ones, and used again when the network is opened again. The programs
    in a network's file are run only after a person has agreed as well; then exactly these bytes open unasked,
    wherever they lie, until the trusted files are forgotten.
    """

    def __init__(
        self,
        session: Session,
        runner: JobRunner,
        settings: Settings,
        window: WindowView,
        bar: JobBarView,
        networks: NetworkPresenter,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._runner = runner
        self._settings = settings
        self._window = window
        self._bar = bar
        self._networks = networks
        self._lacks_classes: NetworkSource | None = None
        window.recent_network_chosen.connect(self.open)
        bar.remedy_chosen.connect(self._on_remedy_chosen)
        runner.failed.connect(self._on_failed)
        networks.opened.connect(self._on_opened)

    @Slot(object)
    def open(self, source: NetworkSource) -> None:
        """Opens a network instead of one that may still be on its way, and says so."""
        if not source.trusted:
            source = replace(source, trusted=self._settings.code_of(source.name)[1])
        before = self._runner.running().get(slots.NETWORK)
        if isinstance(before, OpenNetwork) and before.source != source:
            self._note(message("Opening {name} instead of {other}.", name=_name(source), other=_name(before.source)))
        # A network that is opened now is the answer to why another did not open.
        for slot in (slots.NETWORK, slots.RECIPE_NETWORK):
            self._bar.clear_error(slot)
        self._networks.open(source)

    def ask_file(self) -> None:
        """Asks for a network's file and opens it."""
        path = self._window.ask_network(self._settings.folder("network"))
        if path:
            self._open_path(path)

    def ask_application(self) -> None:
        """Asks for one of keras.applications and opens it."""
        source = self._window.ask_application()
        if source is not None:
            self.open(source)

    def ask_parts(self, source: NetworkSource | None = None) -> None:
        """Asks for a network, its weights and its classes, each in a file of its own.

        Args:
            source: What is known already.
        """
        chosen = self._window.ask_parts(source or NetworkSource(""), self._settings.folder("network"))
        if chosen is None:
            return
        if not chosen.application:
            self._remember_folder(chosen.name)
        self.open(chosen)

    def ask_weights(self) -> None:
        """Asks for a file of weights and opens the network again with them."""
        network = self._session.state.network
        if network is not None:
            self._load_weights(network.source)

    @Slot(object)
    def open_dropped(self, dropped: DroppedFiles) -> None:
        """Opens a network that was dropped, with the weights and the classes that came beside it."""
        if dropped.network:
            source = self._known(dropped.network)
            if dropped.weights:
                source = replace(source, weights=dropped.weights)
            self._remember_folder(dropped.network)
            if dropped.classes:
                self._open_with_classes(source, dropped.classes)
            else:
                self.open(source)
        elif dropped.classes:
            self._use_classes(dropped.classes)
        if dropped.left:
            names = ", ".join(Path(path).name for path in dropped.left)
            self._note(message("One network is opened at a time; left out: {names}.", names=names))

    def _open_path(self, path: str) -> None:
        self._remember_folder(path)
        self.open(self._known(path))

    def _known(self, path: str) -> NetworkSource:
        """A network's file with the classes that it was opened with before, where they still are."""
        classes, _ = self._settings.code_of(path)
        return NetworkSource(path, classes=classes if os.path.isfile(classes) else "")

    def _use_classes(self, path: str) -> None:
        """Classes that came alone are for the network that failed for want of them, or for the open one."""
        network = self._session.state.network
        source = self._lacks_classes or (network.source if network else None)
        if source is None or not os.path.isfile(source.name):
            what = message("{name} is a Python file: it can give a network its own classes.", name=Path(path).name)
            hint = message("Open the network first, or use Network > Open from parts.")
            self._bar.show_error(what, hint, "", slot=slots.NETWORK)
            return
        self._open_with_classes(source, path)

    def _open_with_classes(self, source: NetworkSource, path: str) -> None:
        question = message("Run {file} to open {name}?", file=Path(path).name, name=_name(source))
        if self._window.confirm(words(question), words(_IS_A_PROGRAM), self.tr("&Run and open")):
            self.open(replace(source, classes=path))

    def _load_weights(self, source: NetworkSource) -> None:
        path = self._window.ask_weights(self._settings.folder("weights") or self._settings.folder("network"))
        if path:
            self._settings.remember_folder("weights", str(Path(path).parent))
            self.open(replace(source, weights=path))

    @Slot(object)
    def _on_remedy_chosen(self, remedy: Remedy) -> None:
        source = remedy.source
        if source is None:
            return
        if remedy.kind is RemedyKind.OPEN:
            self.open(source)
        elif remedy.kind is RemedyKind.CLASSES:
            path = self._window.ask_classes(str(Path(source.name).parent))
            if path:
                self._open_with_classes(source, path)
        elif remedy.kind is RemedyKind.WEIGHTS:
            self._load_weights(source)
        elif remedy.kind is RemedyKind.TRUST:
            question = message("Run the programs in {name}?", name=_name(source))
            if self._window.confirm(words(question), words(_HOLDS_PROGRAMS), self.tr("&Run and open")):
                self._settings.trust(source.trusted, source.name)
                self.open(source)
        elif remedy.kind is RemedyKind.ARCHITECTURE:
            self.ask_parts(NetworkSource("", source.name, classes=source.classes))

    @Slot(str, object, object)
    def _on_failed(self, slot: str, request: object, error: CnnvizError) -> None:
        if slot == slots.NETWORK and isinstance(request, OpenNetwork) and isinstance(error, HoldsProgramError):
            self._open_if_trusted(request.source, error)
        if slot in {slots.NETWORK, slots.RECIPE_NETWORK}:
            wanted = (remedy.source for remedy in error.remedies if remedy.kind is RemedyKind.CLASSES)
            self._lacks_classes = next(wanted, None)

    def _open_if_trusted(self, source: NetworkSource, error: HoldsProgramError) -> None:
        """Opens bytes that are trusted, and lie somewhere else or were changed and changed back."""
        if error.can_be_trusted and source.trusted != error.sha256 and self._settings.trusts(error.sha256):
            self._settings.trust(error.sha256, source.name)
            self._networks.open(replace(source, trusted=error.sha256))

    def forget_trusted(self) -> None:
        """Lets no programs in networks' files run unasked any more."""
        count = self._settings.forget_trusted()
        self._note(message("Trusted files forgotten: {count}. Files that hold programs are asked about again.",
                           count=count))  # fmt: skip

    @Slot(object)
    def _on_opened(self, _network: Network) -> None:
        self._lacks_classes = None

    def _remember_folder(self, path: str) -> None:
        self._settings.remember_folder("network", str(Path(path).parent))

    def _note(self, said: Message) -> None:
        self._bar.show_note(words(said))


def _name(source: NetworkSource) -> str:
    return source.application or Path(source.name).name

"""The user's settings: the only place that knows their keys."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QByteArray, QSettings

from cnnviz_gui.core.errors import CnnvizError, message
from cnnviz_gui.core.memory import LEAST_BUDGET, default_memory_budget, machine_memory
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.core.pattern_requests import PATTERN_LIMIT
from cnnviz_gui.settings_file import find_problem

if TYPE_CHECKING:
    from collections.abc import Callable

ThemeChoice = Literal["system", "light", "dark"]
THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")
LANGUAGES = ("system", "en", "zh_CN")
RECENT = 10
TRUSTED_KEPT = 500
"""Files whose programs may run, those trusted last."""
MOST_PATTERNS = 1_000_000_000_000
PREPROCESSINGS_KEPT = 500
"""Networks whose preprocessing is remembered, those chosen last."""


class Settings:
    """What is remembered between starts.

    A value that another version or another program has made unreadable is as good as none. A file that is damaged is
    kept aside, and what can be read of it is used. Several copies of the application may use the same file: what one
    puts on a list is added to what the others have put there.

    Args:
        store: Where; the user's own settings file by default.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "cnnviz-gui", "cnnviz-gui"
        )
        self.problem = find_problem(self._store)
        """What a person should know of the file, and what comes of it, or None."""
        self.on_change: Callable[[], object] = lambda: None
        """Called after every change: `save` is worth while."""

    def save(self) -> CnnvizError | None:
        """Writes what has changed, and takes in what other windows have written meanwhile.

        Returns:
            Why it could not be written, or None. What could not be written is written with the next change.
        """
        # A store's status is that of its first error for ever. Another one on the same file has the same changes.
        self._store = QSettings(self._store.fileName(), self._store.format())
        self._store.sync()
        if self._store.status() != QSettings.Status.AccessError:
            return None
        return CnnvizError(
            message("The settings could not be saved in {folder}.", folder=str(Path(self._store.fileName()).parent)),
            message("They hold until the window is closed. Is the disk full, or the folder read-only?"),
        )

    def _keep(self, key: str, value: object) -> None:
        self._store.setValue(key, value)
        self.on_change()

    @property
    def theme(self) -> ThemeChoice:
        """Light, dark, or as the system says."""
        value = self._text("window/theme")
        return next((theme for theme in THEMES if theme == value), "system")

    @theme.setter
    def theme(self, theme: ThemeChoice) -> None:
        self._keep("window/theme", theme)

    @property
    def language(self) -> str:
        """One of `LANGUAGES`."""
        value = self._text("window/language")
        return value if value in LANGUAGES else "system"

    @language.setter
    def language(self, language: str) -> None:
        self._keep("window/language", language)

    @property
    def memory_budget(self) -> int:
        """Bytes of memory that the engine may take; a share of the machine's where nothing was chosen."""
        try:
            chosen = int(self._text("engine/memory_budget"))
        except ValueError:
            return default_memory_budget()
        return min(max(chosen, LEAST_BUDGET), max(machine_memory(), LEAST_BUDGET))

    @memory_budget.setter
    def memory_budget(self, memory_budget: int) -> None:
        # As text: a number beyond 32 bits may come back as something else.
        self._keep("engine/memory_budget", str(memory_budget))

    @property
    def pattern_limit(self) -> int:
        """Bytes that finished patterns may take on the disk; 0 keeps none."""
        try:
            return min(max(int(self._text("patterns/limit")), 0), MOST_PATTERNS)
        except ValueError:
            # Nothing was chosen, or it cannot be read.
            return PATTERN_LIMIT

    @pattern_limit.setter
    def pattern_limit(self, pattern_limit: int) -> None:
        self._keep("patterns/limit", str(pattern_limit))

    @property
    def chose_pattern_limit(self) -> bool:
        """Whether that is another than by default."""
        return self.pattern_limit != PATTERN_LIMIT

    @property
    def goes_on(self) -> bool:
        """Whether the window starts with the session that was closed last."""
        return self._text("session/goes_on") == "true"

    @goes_on.setter
    def goes_on(self, goes_on: bool) -> None:
        self._keep("session/goes_on", "true" if goes_on else "false")

    @property
    def geometry(self) -> tuple[QByteArray, QByteArray]:
        """The window's geometry and the state of its docks; empty at the first start."""
        return self._bytes("window/geometry"), self._bytes("window/docks")

    @geometry.setter
    def geometry(self, geometry: tuple[QByteArray, QByteArray]) -> None:
        self._keep("window/geometry", geometry[0])
        self._keep("window/docks", geometry[1])

    @property
    def recent_networks(self) -> tuple[NetworkSource, ...]:
        """The networks opened last, newest first."""
        found = []
        for row in self._list("recent/networks"):
            # Three parts: as an older version wrote them.
            if isinstance(row, list) and [type(part) for part in row] in ([str, str, bool, str], [str, str, bool]):
                found.append(NetworkSource(*row))
        return tuple(found[:RECENT])

    def add_recent_network(self, source: NetworkSource) -> None:
        """Puts a network at the front."""
        # Whether its programs may run is decided by its bytes, when it is opened again.
        source = replace(source, trusted="")
        # Another window may have written since.
        self._store.sync()
        kept = [source, *(other for other in self.recent_networks if other != source)][:RECENT]
        rows = [[entry.name, entry.weights, entry.include_top, entry.classes] for entry in kept]
        self._keep("recent/networks", json.dumps(rows))
        self._store.sync()

    def code_of(self, name: str) -> tuple[str, str]:
        """The code that a person has let run for a network: its Python file, and its digest if that is trusted.

        Args:
            name: The network's, as in `NetworkSource`.

        Returns:
            ``classes`` and ``trusted`` of the `NetworkSource` it was opened with last; each may be empty.
        """
        classes = next((source.classes for source in self.recent_networks if source.name == name), "")
        return classes, next((digest for digest, trusted in self._trusted() if trusted == name), "")

    def trusts(self, sha256: str) -> bool:
        """Whether the programs in a network's file may run.

        Args:
            sha256: The file's.
        """
        return any(digest == sha256 for digest, _ in self._trusted())

    def trust(self, sha256: str, name: str) -> None:
        """Remembers that the programs in a network's file may run.

        Args:
            sha256: The file's.
            name: The network's, as in `NetworkSource`.
        """
        self._store.sync()
        kept = [row for row in self._trusted() if row != (sha256, name)]
        self._keep("networks/trusted", json.dumps([(sha256, name), *kept][:TRUSTED_KEPT]))
        self._store.sync()

    @property
    def has_trusted(self) -> bool:
        """Whether programs of any file may run."""
        return bool(self._trusted())

    def forget_trusted(self) -> int:
        """Trusts no file any more; says how many it were."""
        count = len({digest for digest, _ in self._trusted()})
        self._store.remove("networks/trusted")
        self.on_change()
        self._store.sync()
        return count

    def preprocessing_of(self, sha256: str) -> str:
        """The preprocessing that was chosen for a network, or empty.

        Args:
            sha256: The network's.
        """
        return next((name for digest, name in self._preprocessings() if digest == sha256), "")

    def remember_preprocessing(self, sha256: str, name: str) -> None:
        """Remembers the preprocessing that was chosen for a network; forgets it when the name is empty."""
        kept = [row for row in self._preprocessings() if row[0] != sha256]
        rows = ([(sha256, name)] if name else []) + kept
        self._keep("networks/preprocessing", json.dumps(rows[:PREPROCESSINGS_KEPT]))

    def _preprocessings(self) -> list[tuple[str, str]]:
        return self._pairs("networks/preprocessing")

    def _trusted(self) -> list[tuple[str, str]]:
        return self._pairs("networks/trusted")

    def _pairs(self, key: str) -> list[tuple[str, str]]:
        rows = self._list(key)
        return [(row[0], row[1]) for row in rows if isinstance(row, list) and list(map(type, row)) == [str, str]]

    @property
    def recent_pictures(self) -> tuple[str, ...]:
        """Paths of the pictures opened last, newest first."""
        return tuple(path for path in self._list("recent/pictures") if isinstance(path, str))[:RECENT]

    def add_recent_picture(self, path: str) -> None:
        """Puts a picture at the front."""
        self._store.sync()
        kept = [path, *(other for other in self.recent_pictures if other != path)][:RECENT]
        self._keep("recent/pictures", json.dumps(kept))
        self._store.sync()

    def folder(self, purpose: str) -> str:
        """The folder used last for a purpose ("picture", "network", "export"), or empty."""
        return self._text(f"folders/{purpose}")

    def remember_folder(self, purpose: str, folder: str) -> None:
        """Remembers a folder for a purpose."""
        self._keep(f"folders/{purpose}", folder)

    def forget_recent(self) -> None:
        """Empties both lists of recent things."""
        self._store.remove("recent")
        self.on_change()

    def _text(self, key: str) -> str:
        # Read back in another process, QSettings gives strings for everything unless the type is named.
        try:
            return str(self._store.value(key, "", type=str))
        except UnicodeDecodeError:
            # Damaged.
            return ""

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key, QByteArray(), type=QByteArray)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _list(self, key: str) -> list[object]:
        try:
            value = json.loads(self._text(key) or "[]")
        except (ValueError, RecursionError):
            # Another program's, or damaged.
            return []
        return value if isinstance(value, list) else []

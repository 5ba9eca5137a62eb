"""What is remembered between starts, read back as another start reads it: from the file."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QByteArray, QSettings

from cnnviz_gui.core.memory import LEAST_BUDGET, default_memory_budget, machine_memory
from cnnviz_gui.core.network import NetworkSource
from cnnviz_gui.settings import LANGUAGES, PREPROCESSINGS_KEPT, RECENT, THEMES, Settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cnnviz_gui.settings import ThemeChoice

    Start = Callable[[], Settings]

NETWORK = NetworkSource("keras:ResNet50", "none", False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The settings' file."""
    return tmp_path / "settings.ini"


@pytest.fixture
def start(file: Path) -> Start:
    """Starts again: another QSettings on the same file, after what was set has been written."""
    stores: list[QSettings] = []

    def again() -> Settings:
        for store in stores:
            store.sync()
        stores.append(QSettings(str(file), QSettings.Format.IniFormat))
        return Settings(stores[-1])

    return again


def write_raw(file: Path, key: str, value: object) -> None:
    """Writes a value as another version or another program would."""
    store = QSettings(str(file), QSettings.Format.IniFormat)
    store.setValue(key, value)
    store.sync()


def test_at_the_first_start_nothing_is_remembered(start: Start) -> None:
    settings = start()
    assert (settings.theme, settings.language) == ("system", "system")
    assert all(part.isEmpty() for part in settings.geometry)
    assert (settings.recent_networks, settings.recent_pictures) == ((), ())
    assert settings.folder("export") == ""


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_is_remembered(start: Start, theme: ThemeChoice) -> None:
    start().theme = theme
    assert start().theme == theme


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_is_remembered(start: Start, language: str) -> None:
    start().language = language
    assert start().language == language


def test_the_geometry_is_remembered_to_the_byte(start: Start) -> None:
    geometry = (QByteArray(bytes(range(256))), QByteArray(b'\x00\xff;,=\n"docks\\'))
    start().geometry = geometry
    assert start().geometry == geometry


def test_folders_are_remembered_for_each_purpose(start: Start) -> None:
    settings = start()
    settings.remember_folder("picture", "/photos, and more; 100%=ä图")
    settings.remember_folder("export", "/out")
    again = start()
    assert again.folder("picture") == "/photos, and more; 100%=ä图"
    assert again.folder("export") == "/out"
    assert again.folder("network") == ""


def test_recent_networks_come_back_whole_with_the_truth_about_their_top(start: Start) -> None:
    settings = start()
    settings.add_recent_network(NetworkSource("efficientnet-lite0"))
    settings.add_recent_network(NETWORK)
    again = start().recent_networks
    assert again == (NETWORK, NetworkSource("efficientnet-lite0"))
    assert [source.include_top for source in again] == [False, True]


def test_a_recent_network_comes_back_with_its_own_classes(start: Start) -> None:
    own = NetworkSource("/networks/mine.keras", classes="/networks/layers.py")
    start().add_recent_network(own)
    assert start().recent_networks == (own,)


def test_recent_networks_of_an_older_version_are_still_known(start: Start, file: Path) -> None:
    write_raw(file, "recent/networks", json.dumps([["keras:ResNet50", "none", False]]))
    assert start().recent_networks == (NETWORK,)


def test_recent_pictures_come_back_newest_first(start: Start) -> None:
    settings = start()
    paths = ["/photos/a, b.png", '/photos/"c".png', "/photos/猫.png"]
    for path in paths:
        settings.add_recent_picture(path)
    assert start().recent_pictures == tuple(reversed(paths))


def test_what_is_opened_again_moves_to_the_front_and_stands_there_once(start: Start) -> None:
    settings = start()
    for path in ("a", "b", "c", "a"):
        settings.add_recent_picture(path)
        settings.add_recent_network(NetworkSource(path))
    assert settings.recent_pictures == ("a", "c", "b")
    assert [source.name for source in settings.recent_networks] == ["a", "c", "b"]


def test_the_same_network_with_other_weights_is_another_one(start: Start) -> None:
    settings = start()
    sources = [NETWORK, NetworkSource("keras:ResNet50", "imagenet", False), NetworkSource("keras:ResNet50", "none")]
    for source in sources:
        settings.add_recent_network(source)
    assert start().recent_networks == tuple(reversed(sources))


def test_only_the_newest_are_kept(start: Start) -> None:
    settings = start()
    for number in range(RECENT + 5):
        settings.add_recent_picture(str(number))
        settings.add_recent_network(NetworkSource(str(number)))
    kept = [str(number) for number in reversed(range(5, RECENT + 5))]
    assert list(start().recent_pictures) == kept
    assert [source.name for source in start().recent_networks] == kept


def test_recent_things_can_be_forgotten_and_nothing_else_is(start: Start) -> None:
    settings = start()
    settings.theme = "dark"
    settings.add_recent_picture("a")
    settings.add_recent_network(NETWORK)
    settings.forget_recent()
    again = start()
    assert (again.recent_pictures, again.recent_networks, again.theme) == ((), (), "dark")


@pytest.mark.parametrize("value", ["purple", "", "DARK", 7, True, ["light", "dark"], QByteArray(b"\xff\xfe")])
def test_an_unreadable_choice_is_as_good_as_none(start: Start, file: Path, value: object) -> None:
    write_raw(file, "window/theme", value)
    write_raw(file, "window/language", value)
    settings = start()
    assert (settings.theme, settings.language) == ("system", "system")


@pytest.mark.parametrize("value", ["", "{", "7", "null", '{"a": 1}', 7, True, ["a", "b"], QByteArray(b"\xff")])
def test_unreadable_recent_things_are_as_good_as_none(start: Start, file: Path, value: object) -> None:
    write_raw(file, "recent/networks", value)
    write_raw(file, "recent/pictures", value)
    settings = start()
    assert (settings.recent_networks, settings.recent_pictures) == ((), ())
    settings.add_recent_picture("a")
    settings.add_recent_network(NETWORK)
    again = start()
    assert (again.recent_networks, again.recent_pictures) == ((NETWORK,), ("a",))


@pytest.mark.parametrize(
    "row",
    [
        None,
        7,
        "keras:VGG16",
        [],
        ["a", "b"],
        ["a", "b", "true"],
        ["a", "b", 1],
        [7, "b", True],
        ["a", "b", True, 7],
        {"a": 1},
    ],
)
def test_an_unreadable_row_does_not_take_the_readable_ones_with_it(start: Start, file: Path, row: object) -> None:
    write_raw(file, "recent/networks", json.dumps([row, ["keras:ResNet50", "none", False], row]))
    write_raw(file, "recent/pictures", json.dumps([7, None, "a", ["b"]]))
    settings = start()
    assert settings.recent_networks == (NETWORK,)
    assert settings.recent_pictures == ("a",)


@pytest.mark.parametrize("value", ["", "garbage", 7, True, ["a", "b"]])
def test_an_unreadable_geometry_breaks_nothing(start: Start, file: Path, value: object) -> None:
    write_raw(file, "window/geometry", value)
    write_raw(file, "window/docks", value)
    assert all(isinstance(part, QByteArray) for part in start().geometry)


def test_a_file_that_is_no_settings_file_is_as_good_as_none(start: Start, file: Path) -> None:
    file.write_bytes(bytes(range(256)) * 20)
    settings = start()
    assert (settings.theme, settings.recent_networks) == ("system", ())


def test_by_default_the_users_own_file_is_used() -> None:
    settings = Settings()
    settings.theme = "light"
    store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "cnnviz-gui", "cnnviz-gui")
    try:
        assert Settings(store).theme == "light"
    finally:
        store.clear()


def test_the_memory_budget_is_remembered_within_what_makes_sense(start: Start) -> None:
    assert start().memory_budget == default_memory_budget()
    for chosen, kept in ((LEAST_BUDGET + 5, LEAST_BUDGET + 5), (1, LEAST_BUDGET), (10**15, machine_memory())):
        start().memory_budget = chosen
        assert start().memory_budget == max(kept, LEAST_BUDGET)


def test_the_classes_of_a_network_are_those_it_was_opened_with_last(start: Start) -> None:
    settings = start()
    settings.add_recent_network(NetworkSource("/a/net.keras", classes="/a/old.py"))
    settings.add_recent_network(NetworkSource("/a/net.keras", classes="/a/layers.py"))
    settings.add_recent_network(NetworkSource("/a/other.keras"))
    assert start().code_of("/a/net.keras") == ("/a/layers.py", "")
    assert start().code_of("/a/other.keras") == ("", "")
    assert start().code_of("/b/net.keras") == ("", "")


def test_a_preprocessing_is_remembered_for_one_network_until_it_is_forgotten(start: Start) -> None:
    start().remember_preprocessing("aa", "caffe")
    start().remember_preprocessing("bb", "tf")
    start().remember_preprocessing("aa", "torch")
    assert [start().preprocessing_of(digest) for digest in ("aa", "bb", "cc")] == ["torch", "tf", ""]
    start().remember_preprocessing("aa", "")
    assert [start().preprocessing_of(digest) for digest in ("aa", "bb")] == ["", "tf"]


def test_preprocessings_are_remembered_of_the_networks_chosen_last(start: Start) -> None:
    settings = start()
    for number in range(PREPROCESSINGS_KEPT + 1):
        settings.remember_preprocessing(str(number), "tf")
    assert settings.preprocessing_of("0") == ""
    assert settings.preprocessing_of("1") == "tf"


@pytest.mark.parametrize("value", ["[3", "{}", '[["aa"], 3, ["aa", 3]]'])
def test_unreadable_preprocessings_are_as_good_as_none(start: Start, file: Path, value: str) -> None:
    write_raw(file, "networks/preprocessing", value)
    assert start().preprocessing_of("aa") == ""


# Damage, other copies, and places that cannot be used

GARBAGE = {
    "binary": bytes(range(256)) * 40,
    "no section": b"just words\n",
    "cut off": b"[window\ntheme=dark",
}


@pytest.mark.parametrize("content", GARBAGE.values(), ids=GARBAGE)
def test_a_damaged_file_is_kept_aside_said_and_written_anew(start: Start, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    settings = start()
    assert settings.problem is not None
    assert "damaged" in str(settings.problem[0])
    aside = file.with_name("settings.ini.unreadable")
    assert str(aside) in str(settings.problem[1])
    assert aside.read_bytes() == content
    assert settings.language == "system"
    settings.theme = "light"
    settings.add_recent_picture("/photos/猫.png")
    again = start()
    assert again.problem is None
    assert (again.theme, again.recent_pictures) == ("light", ("/photos/猫.png",))


def test_what_can_be_read_of_a_damaged_file_is_used(start: Start, file: Path) -> None:
    file.write_bytes(b"[window]\ntheme=dark\nhalf a line\n")
    settings = start()
    assert settings.problem is not None
    assert settings.theme == "dark"


def test_a_file_that_is_well_has_no_problem(start: Start) -> None:
    assert start().problem is None
    start().theme = "dark"
    assert start().problem is None


@pytest.mark.parametrize("make", ["folder", "below a file"])
def test_a_place_that_cannot_be_used_is_said_and_the_settings_hold_until_the_end(tmp_path: Path, make: str) -> None:
    path = tmp_path / "settings.ini"
    if make == "folder":
        path.mkdir()
    else:
        (tmp_path / "file").write_text("in the way")
        path = tmp_path / "file" / "settings.ini"
    settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    assert settings.problem is not None
    assert str(path) in str(settings.problem[1])
    settings.theme = "dark"
    assert settings.theme == "dark"


NONSENSE = (
    "@Variant(\0\0\0\x7f)",
    "@ByteArray(\xff)",
    "@Rect(1 2 3 4)",
    "a, b, c",
    "[" * 100_000,
    "9" * 400,
    "-1",
    "x" * 1_000_000,
    '[["a", "b", 3, 4, 5, 6]]',
    "\ud800",
)


@pytest.mark.parametrize("value", NONSENSE, ids=lambda value: repr(value[:16]))
@pytest.mark.qt_log_ignore("QVariant::load")
def test_no_value_of_any_key_keeps_the_settings_from_being_read(start: Start, file: Path, value: str) -> None:
    keys = (
        "window/theme",
        "window/language",
        "window/geometry",
        "window/docks",
        "recent/networks",
        "recent/pictures",
        "session/goes_on",
        "engine/memory_budget",
        "folders/picture",
        "networks/preprocessing",
    )
    with file.open("w", encoding="utf-8", errors="surrogatepass") as ini:
        for group in sorted({key.partition("/")[0] for key in keys}):
            ini.write(f"[{group}]\n")
            ini.writelines(f"{key.partition('/')[2]}={value}\n" for key in keys if key.startswith(f"{group}/"))
    settings = start()
    properties = [name for name, kind in vars(Settings).items() if isinstance(kind, property)]
    assert len(properties) > 5
    read = {name: getattr(settings, name) for name in properties}
    assert read["theme"] == read["language"] == "system"
    assert read["recent_networks"] == ()
    assert isinstance(settings.folder("picture"), str)


OTHER_COPY = """
import sys
from PySide6.QtCore import QSettings
from cnnviz_gui.settings import Settings
settings = Settings(QSettings(sys.argv[1], QSettings.Format.IniFormat))
print("started", flush=True)
for line in sys.stdin:
    settings.add_recent_picture(line.strip())
    print("added", flush=True)
settings.language = "en"
"""


def test_two_copies_at_once_add_to_the_same_lists(start: Start, file: Path) -> None:
    one = start()
    command = [sys.executable, "-c", OTHER_COPY, str(file)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "started\n"
        one.add_recent_picture("/a.png")
        other.stdin.write("/b.png\n")
        other.stdin.flush()
        assert other.stdout.readline() == "added\n"
        one.add_recent_picture("/c.png")
        one.theme = "dark"
        other.stdin.write("/d.png\n")
        other.stdin.close()
        assert other.stdout.readline() == "added\n"
    after = start()
    assert set(after.recent_pictures) == {"/a.png", "/b.png", "/c.png", "/d.png"}
    assert (after.theme, after.language) == ("dark", "en")


def test_trusted_files_are_remembered_by_their_bytes_until_they_are_forgotten(start: Start) -> None:
    start().trust("aa", "/a/net.keras")
    start().trust("bb", "/b/net.keras")
    assert [start().trusts(digest) for digest in ("aa", "bb", "cc")] == [True, True, False]
    assert start().code_of("/a/net.keras") == ("", "aa")
    start().trust("cc", "/a/net.keras")
    assert start().code_of("/a/net.keras") == ("", "cc")
    assert start().trusts("aa"), "the file may come back"
    assert start().forget_trusted() == 3
    assert not any(start().trusts(digest) for digest in ("aa", "bb", "cc"))
    assert start().code_of("/a/net.keras") == ("", "")


def test_a_recent_network_is_one_entry_whether_it_is_trusted_or_not(start: Start) -> None:
    source = NetworkSource("/a/net.keras")
    start().add_recent_network(source)
    start().add_recent_network(replace(source, trusted="aa"))
    assert start().recent_networks == (source,)


def test_what_cannot_be_saved_is_said_and_saved_with_the_next_change(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.write_text("no folder")
    file = folder / "settings.ini"
    settings = Settings(QSettings(str(file), QSettings.Format.IniFormat))
    settings.theme = "dark"

    error = settings.save()

    assert error is not None
    assert str(folder) in str(error)
    folder.unlink()
    folder.mkdir()
    settings.language = "en"
    assert settings.save() is None
    assert "theme=dark" in file.read_text()
    assert "language=en" in file.read_text()


def test_every_change_is_told(start: Start) -> None:
    settings = start()
    told: list[str] = []
    settings.on_change = lambda: told.append("changed")

    settings.theme = "dark"
    settings.add_recent_picture("/a.png")
    settings.forget_recent()

    assert len(told) == 3

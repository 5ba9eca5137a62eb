"""The console command does the window's work: right files, clear errors, the same picture again from a recipe."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from cnnviz_gui import __version__, resources
from cnnviz_gui.cli import main
from cnnviz_gui.core.colormap import color_table
from cnnviz_gui.core.pattern import PRESETS
from cnnviz_gui.core.recipe import make_recipe, read_recipe, save_png
from cnnviz_gui.core.requests import OpenNetwork
from cnnviz_gui.engine.engine import Engine
from cnnviz_gui.engine.pattern_store import PatternStore
from cnnviz_gui.own_presets import OwnPresets

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from cnnviz_gui.core.network import Network
    from cnnviz_gui.core.requests import Request, Result

    Cnnviz = Callable[..., "Said"]

LITE0 = "efficientnet-lite0"
PHOTOS = {photo.name: photo.path for photo in resources.sample_photos()}
DEAD = "11"
PATTERNS = ["patterns", LITE0, "--layer", "stem_activation", "--size", "24", "--steps", "3"]


class KeptEngine(Engine):
    """An engine that lives longer than one command: what is open is not read again."""

    def __init__(self) -> None:
        super().__init__(PatternStore(None))
        self._known: dict[OpenNetwork, Network] = {}

    def answer(self, request: Request) -> Generator[object, object, Result]:
        """Answers a request."""
        if not isinstance(request, OpenNetwork):
            return (yield from super().answer(request))
        if request not in self._known:
            self._known[request] = yield from super().answer(request)
        return self._known[request]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One engine for all commands of this file."""
    engine = KeptEngine()
    yield engine
    engine.close()


@pytest.fixture(autouse=True)
def in_this_process(engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Commands use the one engine, and stand in an empty folder."""
    monkeypatch.setattr("cnnviz_gui.cli.Engine", lambda store=None: engine)
    # However slow the machine is, no line about how far a command has come is among what is compared.
    monkeypatch.setattr("cnnviz_gui.cli.LOG_SECONDS", float("inf"))
    monkeypatch.chdir(tmp_path)


class Said:
    """What a command printed, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        capsys.readouterr()
        try:
            self.status = main(arguments)
        except SystemExit as end:
            self.status = end.code
        self.out, self.err = capsys.readouterr()


@pytest.fixture
def cnnviz(capsys: pytest.CaptureFixture[str]) -> Cnnviz:
    """Runs a command."""
    return lambda *arguments: Said(capsys, *arguments)


def assert_one_clear_line(said: Said, *words: str) -> None:
    assert said.status == 1
    assert said.out == ""
    assert said.err.startswith("cnnviz: ")
    assert said.err.endswith("\n")
    assert said.err.count("\n") == 1
    for word in words:
        assert word in said.err


class TestTrust:
    @pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
    def test_a_network_with_a_program_is_refused_with_the_option_that_opens_it(self, cnnviz: Cnnviz) -> None:
        import keras

        picture = keras.layers.Input((16, 16, 3))
        keras.Model(picture, keras.layers.Lambda(keras.activations.sigmoid, name="own")(picture)).save("a.keras")
        digest = hashlib.sha256(Path("a.keras").read_bytes()).hexdigest()
        assert_one_clear_line(cnnviz("layers", "a.keras"), "a.keras holds a program", f"If you do: --trust {digest}")
        assert_one_clear_line(cnnviz("layers", "a.keras", "--trust", "0" * 64), "a.keras holds a program")
        said = cnnviz("layers", "a.keras", "--trust", digest)
        assert (said.status, "own" in said.out) == (0, True)
        common = ("a.keras", "coffee", "--layer", "own", "--size", "16x16", "-o", "a.png", "--trust", digest)
        assert cnnviz("channels", *common).status == 0
        # Trust comes from the person, never out of a recipe.
        assert_one_clear_line(cnnviz("recipe", "a.png", "--run"), "a.keras holds a program")
        assert cnnviz("recipe", "a.png", "--run", "--trust", digest).status == 0
        assert Path("a-again.png").read_bytes() == Path("a.png").read_bytes()


class TestLayers:
    def test_a_table_lists_every_layer_once(self, cnnviz: Cnnviz) -> None:
        said = cnnviz("layers", LITE0)
        header, *rows = said.out.splitlines()
        assert said.status == 0
        assert header.split() == ["layer", "type", "shape", "parameters"]
        names = [row.split()[0] for row in rows]
        assert len(set(names)) == len(names)
        assert {"stem_conv", "block5c_add", "predictions"} <= set(names)
        (stem,) = (row for row in rows if row.startswith("stem_conv "))
        assert stem.split() == ["stem_conv", "Conv2D", "?", "x", "?", "x", "32", "864"]
        assert len({len(row) for row in [header, *rows]}) == 1

    def test_json_holds_what_is_known_of_every_layer(self, cnnviz: Cnnviz) -> None:
        said = cnnviz("layers", LITE0, "--json")
        rows = {row["name"]: row for row in json.loads(said.out)}
        assert said.status == 0
        assert rows["block5c_add"]["channels"] == 112
        assert rows["block5c_add"]["kind"] == "maps"
        assert rows["block5c_add"]["block"] == ["block5", "block5c"]
        assert rows["predictions"]["kind"] == "vector"
        assert rows["stem_conv"]["strides"] == [2, 2]
        assert rows["stem_conv"]["receptive_field"]["rows"]["size"] == 3

    def test_a_network_of_keras_applications_needs_no_weights(self, cnnviz: Cnnviz) -> None:
        said = cnnviz("layers", "keras:MobileNet", "--weights", "none", "--no-top")
        assert said.status == 0
        assert "conv_pw_13_relu" in said.out

    def test_a_network_that_is_not_there_is_said(self, cnnviz: Cnnviz) -> None:
        assert_one_clear_line(cnnviz("layers", "nowhere.keras"), "no network called nowhere.keras", LITE0)
        assert_one_clear_line(cnnviz("layers", "keras:ResNet51"), "no network called ResNet51", "ResNet50")
        assert_one_clear_line(cnnviz("layers", "a" * 300), "too long")

    def test_a_file_that_is_no_network_is_said(self, cnnviz: Cnnviz, tmp_path: Path) -> None:
        (tmp_path / "bad.keras").write_bytes(b"hello")
        assert_one_clear_line(cnnviz("layers", "bad.keras"), "bad.keras")

    def test_a_name_without_a_file_of_weights_is_said(self, cnnviz: Cnnviz) -> None:
        assert_one_clear_line(cnnviz("layers", "keras:MobileNet", "--weights", "missing.h5"), "missing.h5")


class TestChannels:
    def test_a_png_has_a_pixel_for_every_value(self, cnnviz: Cnnviz) -> None:
        said = cnnviz("channels", LITE0, "chelsea_cat", "--layer", "block5c_add", "-o", "a.png")
        assert (said.status, said.out) == (0, "")
        with Image.open("a.png") as image:
            assert image.size == (16 * 14, 7 * 14)
            assert image.mode == "RGB"

    def test_size_per_row_and_enlargement_are_obeyed(self, cnnviz: Cnnviz) -> None:
        said = cnnviz(
            "channels", LITE0, "coffee", "--layer", "block5c_add", "--size", "160x96", "--per-row", "10",
            "--enlarge", "3", "-o", "a.png",
        )  # fmt: skip
        assert said.status == 0
        with Image.open("a.png") as image:
            assert image.size == (3 * 10 * 6, 3 * 12 * 10)

    def test_an_npz_holds_the_activations_and_what_was_fed(self, cnnviz: Cnnviz) -> None:
        said = cnnviz(
            "channels", "keras:MobileNet", "coffee", "--weights", "none", "--no-top", "--layer", "conv1",
            "--size", "96x64", "--preprocessing", "tf", "-o", "a.npz",
        )  # fmt: skip
        assert said.status == 0
        with np.load("a.npz") as found:
            assert sorted(found) == ["activations", "input"]
            assert (found["activations"].dtype, found["activations"].shape) == (np.float32, (48, 32, 32))
            assert (found["input"].dtype, found["input"].shape) == (np.float32, (96, 64, 3))
            with Image.open(PHOTOS["coffee"]) as image:
                small = np.asarray(image.convert("RGB").resize((64, 96), Image.Resampling.BILINEAR), np.float32)
            assert found["input"] == pytest.approx(small / 127.5 - 1, abs=1e-6)

    def test_one_channel_can_be_taken_out(self, cnnviz: Cnnviz) -> None:
        common = ("channels", LITE0, "chelsea_cat", "--layer", "block5c_add", "--size", "64x64")
        assert cnnviz(*common, "-o", "all.png").status == 0
        assert cnnviz(*common, "--channel", "37", "-o", "one.png").status == 0
        with Image.open("all.png") as whole, Image.open("one.png") as one:
            assert one.size == (4, 4)
            tile = np.asarray(whole)[2 * 4 : 3 * 4, 5 * 4 : 6 * 4]
            assert (np.asarray(one) == tile).all()

    @pytest.mark.parametrize("scale", ["tutorial", "channel", "layer", "signed"])
    def test_scale_and_colormap_make_the_colours(self, cnnviz: Cnnviz, scale: str) -> None:
        common = (
            "channels",
            LITE0,
            "chelsea_cat",
            "--layer",
            "block2a_project_bn",
            "--size",
            "64x64",
            "--scale",
            scale,
        )
        for colormap in ("gray", "magma"):
            assert cnnviz(*common, "--colormap", colormap, "-o", f"{colormap}.png").status == 0
        with Image.open("gray.png") as grey, Image.open("magma.png") as magma:
            levels = np.asarray(grey)[..., 0]
            assert (color_table("magma")[levels] == np.asarray(magma)).all()
            assert levels.max() >= 254 - 1

    def test_the_tutorials_names_and_pictures_by_path_are_understood(self, cnnviz: Cnnviz, tmp_path: Path) -> None:
        shutil.copy(PHOTOS["flower"], tmp_path / "mine.jpg")
        common = ("channels", "keras:ResNet50", "mine.jpg", "--weights", "none", "--no-top", "--size", "500x333")
        assert cnnviz(*common, "--layer", "conv1", "-o", "old.png").status == 0
        with Image.open("old.png") as image:
            assert image.size == (16 * 167, 4 * 250)
        recipe = read_recipe("old.png")
        assert recipe is not None
        assert recipe.content["layer"] == "conv1_conv"

    def test_a_file_comes_before_a_sample_photo_of_the_same_name(self, cnnviz: Cnnviz, tmp_path: Path) -> None:
        Image.new("RGB", (50, 50), (255, 0, 0)).save(tmp_path / "coffee", "PNG")
        said = cnnviz("channels", LITE0, "coffee", "--layer", "stem_conv", "--size", "32x32", "-o", "a.npz")
        assert said.status == 0
        with np.load("a.npz") as found:
            assert (found["input"] == [255, 0, 0]).all()

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("missing.jpg", "--layer", "stem_conv", "-o", "a.png"), "missing.jpg was not found"),
            (("a" * 300, "--layer", "stem_conv", "-o", "a.png"), "too long"),
            ((".", "--layer", "stem_conv", "-o", "a.png"), "is a folder"),
            (("bad.jpg", "--layer", "stem_conv", "-o", "a.png"), "bad.jpg is not a picture"),
            (("coffee", "--layer", "stem_konv", "-o", "a.png"), "Did you mean: stem_conv"),
            (("coffee", "--layer", "stem_conv", "--colormap", "virdis", "-o", "a.png"), "no colormap called virdis"),
            (("coffee", "--layer", "stem_conv", "--channel", "32", "-o", "a.png"), "0 to 31. Received: 32"),
            (("coffee", "--layer", "stem_conv", "-o", "nowhere/a.png"), "There is no folder nowhere"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_in_one_line(self, cnnviz: Cnnviz, arguments: tuple[str, ...], words: str) -> None:
        Path("bad.jpg").write_bytes(b"hello")
        assert_one_clear_line(cnnviz("channels", LITE0, *arguments), words)
        assert not Path("a.png").exists()

    def test_a_picture_of_monstrous_size_is_said_in_one_line(self, cnnviz: Cnnviz, tmp_path: Path) -> None:
        Image.new("1", (9500, 9500)).save(tmp_path / "huge.png")
        said = cnnviz("channels", LITE0, "huge.png", "--layer", "stem_conv", "-o", "a.png")
        assert_one_clear_line(said, "huge.png is too large", "9500 x 9500")

    def test_a_picture_too_small_for_the_network_is_said_in_one_line(self, cnnviz: Cnnviz) -> None:
        said = cnnviz(
            "channels", "keras:Xception", "coffee", "--weights", "none", "--no-top", "--layer", "block1_conv1",
            "--size", "2x2", "-o", "a.png",
        )  # fmt: skip
        assert_one_clear_line(said, "2 x 2")

    def test_too_little_memory_is_said_in_one_line(self, cnnviz: Cnnviz, monkeypatch: pytest.MonkeyPatch) -> None:
        def exhaust(*_: object) -> None:
            raise MemoryError

        monkeypatch.setattr("cnnviz_gui.engine.grids.draw_grid", exhaust)
        said = cnnviz("channels", LITE0, "coffee", "--layer", "stem_conv", "-o", "a.png")
        assert_one_clear_line(said, "not enough memory")


class TestPatterns:
    def test_a_png_is_a_mosaic_eight_a_row_with_black_gaps(self, cnnviz: Cnnviz) -> None:
        assert cnnviz(*PATTERNS, "--channels", "0-7, 9, 12", "-o", "a.png").status == 0
        with Image.open("a.png") as image:
            pixels = np.asarray(image)
        assert pixels.shape == (2 * 24 + 5, 8 * 24 + 7 * 5, 3)
        assert (pixels[24:29] == 0).all()
        assert (pixels[29:, 2 * 29 :] == 0).all()
        assert (pixels[:24, :24] > 0).any()

    def test_an_npz_holds_patterns_curves_and_what_the_network_takes(self, cnnviz: Cnnviz) -> None:
        said = cnnviz(
            *PATTERNS, "--channels", "0,5", "--preset", "clear", "--seed", "3", "--batch", "1", "-o", "a.npz"
        )
        assert said.status == 0
        with np.load("a.npz") as found:
            assert sorted(found) == ["images", "objective", "patterns"]
            assert (found["patterns"].dtype, found["patterns"].shape) == (np.uint8, (2, 24, 24, 3))
            assert (found["objective"].dtype, found["objective"].shape) == (np.float32, (2, 3))
            assert (found["images"].dtype, found["images"].shape) == (np.float32, (2, 24, 24, 3))
            assert np.abs(found["images"] - found["patterns"]).max() <= 0.51

    def test_options_are_the_recipes_parameters(self, cnnviz: Cnnviz) -> None:
        made = cnnviz(
            "patterns", LITE0, "--class", "espresso", "--class", "Spiny Anteater", "--preset", "class",
            "--size", "32", "--steps", "1", "--step-size", ".1", "--transforms", "jitter=3,rotate=0",
            "--octaves", "1", "--climb", "output", "--escape", "2", "-o", "a.png",
        )  # fmt: skip
        assert (made.status, made.err) == (0, "")
        recipe = read_recipe("a.png")
        assert recipe is not None
        labels = resources.bundled_labels(LITE0)
        assert recipe.content["layer"] == "predictions"
        assert [labels[channel] for channel in recipe.content["channels"]] == [
            "espresso",
            "echidna, spiny anteater, anteater",
        ]
        settings = recipe.content["settings"]
        expected = {
            "objective": "class", "step_size": 0.1, "jitter": 3, "rotate": 0, "scale": 0.3, "climb": "output",
            "escape": 2, "start": "noise",
        }  # fmt: skip
        assert {name: settings[name] for name in expected} == expected

    def test_an_own_preset_is_as_good_as_any(self, cnnviz: Cnnviz) -> None:
        own = OwnPresets()
        own.save("mine for scripts", replace(PRESETS["clear"], size=24, steps=2, objective="layer"))
        try:
            made = cnnviz("patterns", LITE0, "--layer", "stem_conv", "--preset", "mine for scripts", "-o", "a.npz")
            assert made.status == 0
            with np.load("a.npz") as found:
                assert found["objective"].shape == (1, 2)
        finally:
            own.delete("mine for scripts")

    def test_what_is_missing_or_wrong_is_said(self, cnnviz: Cnnviz) -> None:
        for arguments, words in (
            ((), "Whose channels? Name a layer with --layer."),
            (("--class", "esprezzo"), "has no class called esprezzo. Did you mean: espresso"),
            (("--layer", "stem_conv", "--l2", "-1"), "l2 must be from 0 to"),
            (("--layer", "stem_conv", "--start", "nowhere.jpg"), "nowhere.jpg was not found"),
            (("--layer", "stem_conv", "--preprocessing", "odd"), "There is no preprocessing called odd"),
        ):
            said = cnnviz("patterns", LITE0, *arguments, "-o", "a.png")
            assert said.status == 1
            assert words in said.err

    def test_several_layers_are_made_in_one_go_each_into_a_file_with_its_name(self, cnnviz: Cnnviz) -> None:
        layers = ("--layer", "block1a_project_bn", "--layer", "block2a_project_bn")
        made = cnnviz("patterns", LITE0, *layers, "--channels", "1", "--size", "32", "--steps", "1", "-o", "a.npz")
        assert made.status == 0
        assert sorted(path.name for path in Path().iterdir()) == [
            "a-block1a_project_bn.npz",
            "a-block2a_project_bn.npz",
        ]
        assert cnnviz("patterns", LITE0, "--layer", "top_bn", "--layer", "nothing", "-o", "b.png").status == 1
        assert not list(Path().glob("b*"))

    def test_by_default_the_first_64_channels_are_made(self, cnnviz: Cnnviz) -> None:
        assert (
            cnnviz("patterns", LITE0, "--layer", "top_bn", "--size", "32", "--steps", "1", "-o", "a.npz").status == 0
        )
        with np.load("a.npz") as found:
            assert found["patterns"].shape == (64, 32, 32, 3)

    def test_a_grey_pattern_is_explained_and_is_no_error(self, cnnviz: Cnnviz) -> None:
        said = cnnviz(*PATTERNS, "--channels", f"0,{DEAD}", "-o", "a.png")
        assert said.status == 0
        assert said.err.startswith(f"channel {DEAD}: The channel is constant")
        assert said.err.count("\n") == 1

    @pytest.mark.parametrize(("option", "patterns"), [((), 2), (("--no-cache",), 0)], ids=["kept", "refused"])
    def test_finished_patterns_are_kept_in_the_users_cache_unless_that_is_refused(
        self,
        cnnviz: Cnnviz,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        option: tuple[str, ...],
        patterns: int,
    ) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.setattr("cnnviz_gui.cli.Engine", Engine)
        assert cnnviz(*PATTERNS, "--channels", "0-1", *option, "-o", "a.png").status == 0
        assert len(list(tmp_path.glob("cache/**/*.pattern"))) == patterns

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("--channels", "0-99", "-o", "a.png"), "32 channels: 0 to 31. Received: 0-99"),
            (("--channels", "five", "-o", "a.png"), "written like 0-63, 80"),
            (("--channels", "0", "--size", "4", "-o", "a.png"), "size must be from 8 to 1024. Received: 4"),
            (("--channels", "0", "-o", "nowhere/a.npz"), "There is no folder nowhere"),
        ],
    )
    def test_what_is_wrong_is_said_in_one_line(self, cnnviz: Cnnviz, arguments: tuple[str, ...], words: str) -> None:
        assert_one_clear_line(cnnviz(*PATTERNS, *arguments), words)


class TestRecipe:
    def test_channels_are_made_again_to_the_byte(self, cnnviz: Cnnviz) -> None:
        made = cnnviz(
            "channels", LITE0, "coffee", "--layer", "block4c_add", "--size", "96x128", "--per-row", "9", "--scale",
            "signed", "--colormap", "RdBu_r", "--enlarge", "2", "-o", "a.png",
        )  # fmt: skip
        assert made.status == 0
        assert cnnviz("recipe", "a.png", "--run").status == 0
        assert Path("a-again.png").read_bytes() == Path("a.png").read_bytes()

    @pytest.mark.parametrize("preset", ["tutorial", "clear"])
    def test_patterns_are_made_again_to_the_byte(self, cnnviz: Cnnviz, preset: str) -> None:
        assert cnnviz(*PATTERNS, "--channels", "0,3,5", "--preset", preset, "--seed", "7", "-o", "a.png").status == 0
        assert cnnviz("recipe", "a.png", "--run", "-o", "b.png").status == 0
        assert Path("b.png").read_bytes() == Path("a.png").read_bytes()

    @pytest.mark.parametrize(
        "arguments",
        [
            (
                "--layer",
                "block1a_project_bn",
                "--objective",
                "layer - 0.1 * stem_activation:channel(3)",
                "--l2",
                ".5",
            ),
            ("--layer", "stem_activation", "--objective", "position(2, 3)", "--channels", "1", "--escape", "2"),
            ("--class", "espresso", "--class", "281", "--image", "maco"),
            (
                "--objective",
                "class(echidna, spiny anteater, anteater) + block1a_project_bn:direction(3)",
                "--optimizer",
                "sgd",
                "--momentum",
                ".5",
            ),
            ("--layer", "block1a_project_bn", "--preset", "deepdream", "--start", "coffee", "--octaves", "2"),
            (
                "--layer",
                "block1a_project_bn",
                "--objective",
                "caricature(flower, 2)",
                "--blur",
                "1",
                "--climb",
                "output",
            ),
            ("--layer", "block1a_project_bn", "--objective", "channel(3) + diversity(9)", "--total-variation", ".1"),
            ("--layer", "stem_activation", "--channels", "1", "--transforms", "none,pad=3,jitter=2,jitter_after=1"),
        ],
    )
    def test_every_part_of_the_vocabulary_is_made_again_to_the_byte(
        self, cnnviz: Cnnviz, arguments: tuple[str, ...]
    ) -> None:
        made = cnnviz("patterns", LITE0, *arguments, "--size", "48", "--steps", "4", "-o", "a.png")
        assert (made.status, made.err) == (0, "")
        assert cnnviz("recipe", "a.png", "--run", "-o", "b.png").status == 0
        assert Path("b.png").read_bytes() == Path("a.png").read_bytes()

    def test_an_untrained_network_is_the_same_one_again(self, cnnviz: Cnnviz) -> None:
        made = cnnviz(
            "channels", "keras:MobileNet", "coffee", "--weights", "none", "--no-top", "--layer", "conv1",
            "--size", "64x64", "-o", "a.png",
        )  # fmt: skip
        assert made.status == 0
        again = cnnviz("recipe", "a.png", "--run")
        assert (again.status, again.err) == (0, "")
        assert Path("a-again.png").read_bytes() == Path("a.png").read_bytes()

    def test_a_recipe_is_printed_as_json(self, cnnviz: Cnnviz) -> None:
        assert cnnviz(*PATTERNS, "--channels", "0,3", "-o", "a.png").status == 0
        said = cnnviz("recipe", "a.png")
        content = json.loads(said.out)
        assert (said.status, said.err) == (0, "")
        assert (content["kind"], content["layer"], content["channels"]) == ("patterns", "stem_activation", [0, 3])
        assert content["versions"]["cnnviz-gui"] == __version__

    def test_a_picture_that_has_moved_is_named_and_a_wrong_one_refused(self, cnnviz: Cnnviz, tmp_path: Path) -> None:
        shutil.copy(PHOTOS["flower"], tmp_path / "mine.jpg")
        common = ("--layer", "stem_conv", "--size", "32x32", "-o", "a.png")
        assert cnnviz("channels", LITE0, "mine.jpg", *common).status == 0
        (tmp_path / "mine.jpg").rename(tmp_path / "moved.jpg")
        assert_one_clear_line(cnnviz("recipe", "a.png", "--run"), "mine was not found")
        wrong = cnnviz("recipe", "a.png", "--run", "--image", "coffee")
        assert_one_clear_line(wrong, "coffee.jpg is not the picture of the recipe (mine.jpg)", "--image FILE")
        assert cnnviz("recipe", "a.png", "--run", "--image", "moved.jpg").status == 0
        with Image.open("a.png") as first, Image.open("a-again.png") as second:
            assert (np.asarray(first) == np.asarray(second)).all()

    def test_another_network_of_the_same_name_is_warned_of(self, cnnviz: Cnnviz) -> None:
        assert cnnviz(*PATTERNS, "--channels", "0", "-o", "a.png").status == 0
        recipe = read_recipe("a.png")
        assert recipe is not None
        content = recipe.content
        content["network"]["sha256"] = "0" * 64
        kind = content.pop("kind")
        del content["cnnviz"]
        save_png("b.png", np.zeros((4, 4, 3), np.uint8), make_recipe(kind, **content))
        said = cnnviz("recipe", "b.png", "--run")
        assert said.status == 0
        assert "is not the network of the recipe; the picture will differ" in said.err

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            ({"kind": "patterns"}, "damaged"),
            ({"kind": "channels"}, "damaged"),
            ({"kind": "holograms", "network": {}}, "damaged"),
        ],
    )
    def test_a_damaged_recipe_is_said_in_one_line(
        self, cnnviz: Cnnviz, content: dict[str, object], words: str
    ) -> None:
        save_png("a.png", np.zeros((4, 4), np.uint8), make_recipe(**content))
        assert_one_clear_line(cnnviz("recipe", "a.png", "--run"), words)

    def test_a_picture_without_a_recipe_is_said_in_one_line(self, cnnviz: Cnnviz) -> None:
        Image.new("RGB", (4, 4)).save("plain.png")
        assert_one_clear_line(cnnviz("recipe", "plain.png"), "plain.png holds no recipe")
        assert_one_clear_line(cnnviz("recipe", str(PHOTOS["coffee"])), "coffee.jpg is not a PNG file")
        assert_one_clear_line(cnnviz("recipe", "missing.png"), "missing.png was not found")


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("paint",),
            ("layers",),
            ("layers", LITE0, "--yaml"),
            ("channels", LITE0, "coffee", "-o", "a.png"),
            ("channels", LITE0, "coffee", "--layer", "stem_conv"),
            ("channels", LITE0, "coffee", "--layer", "stem_conv", "-o", "a.jpg"),
            ("channels", LITE0, "coffee", "--layer", "stem_conv", "--size", "224", "-o", "a.png"),
            ("channels", LITE0, "coffee", "--layer", "stem_conv", "--size", "0x5", "-o", "a.png"),
            ("channels", LITE0, "coffee", "--layer", "stem_conv", "--scale", "loud", "-o", "a.png"),
            ("channels", LITE0, "coffee", "--layer", "stem_conv", "--per-row", "0", "-o", "a.png"),
            ("channels", LITE0, "coffee", "--layer", "stem_conv", "--enlarge", "-1", "-o", "a.png"),
            ("patterns", LITE0, "--layer", "stem_conv", "--preset", "murky", "-o", "a.png"),
            ("patterns", LITE0, "--layer", "stem_conv", "--steps", "many", "-o", "a.png"),
            ("patterns", LITE0, "--layer", "stem_conv", "--objective", "kanal", "-o", "a.png"),
            ("patterns", LITE0, "--layer", "stem_conv", "--transforms", "jitter", "-o", "a.png"),
            ("patterns", LITE0, "--class", "daisy", "--channels", "3", "-o", "a.png"),
            ("recipe",),
            ("recipe", "a.png", "--run", "-o", "b.npz"),
        ],
    )
    def test_wrong_usage_ends_with_2_and_says_what_is_expected(
        self, cnnviz: Cnnviz, arguments: tuple[str, ...]
    ) -> None:
        said = cnnviz(*arguments)
        assert said.status == 2
        assert said.out == ""
        assert "usage: cnnviz" in said.err

    def test_help_and_version_end_with_0(self, cnnviz: Cnnviz) -> None:
        for arguments in (("--help",), ("layers", "--help"), ("channels", "--help"), ("patterns", "--help")):
            said = cnnviz(*arguments)
            assert (said.status, said.err) == (0, "")
            assert "usage: cnnviz" in said.out
        assert cnnviz("--version").out == f"cnnviz {__version__}\n"

    def test_an_interrupt_ends_with_130_and_a_line(
        self, cnnviz: Cnnviz, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupt(_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(engine, "answer", interrupt)
        said = cnnviz("layers", LITE0)
        assert (said.status, said.err) == (130, "cnnviz: stopped.\n")


class TestInstalledScript:
    """The script that pip installs, as a process of its own."""

    SCRIPT = Path(sys.executable).with_name("cnnviz")

    def test_a_failure_is_one_line_on_standard_error_and_status_1(self) -> None:
        found = subprocess.run(
            [self.SCRIPT, "channels", LITE0, "coffee", "--layer", "stem_konv", "-o", "a.png"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (found.returncode, found.stdout) == (1, "")
        (line,) = found.stderr.splitlines()
        assert line.startswith(f"cnnviz: {LITE0} has no layer called stem_konv. Did you mean: stem_conv, ")

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits all of a process's memory")
    def test_one_huge_allocation_is_refused_by_the_system(self) -> None:
        program = (
            "import sys, numpy as np, cnnviz_gui.cli as cli\n"
            "cli.default_memory_budget = lambda: 2_000_000_000\n"
            "cli.ReadPicture = lambda path: np.ones(3_000_000_000, np.uint8)\n"
            "sys.exit(cli.main(['channels', 'efficientnet-lite0', 'coffee', '--layer', 'stem_conv', '-o', 'a.png']))"
        )
        found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert (found.returncode, found.stderr) == (1, "cnnviz: there is not enough memory for this.\n")

    @pytest.mark.parametrize("arguments", [("layers", LITE0), ("recipe", "a.png")], ids=["much", "little"])
    def test_a_reader_that_has_seen_enough_ends_it_quietly(self, arguments: tuple[str, ...]) -> None:
        save_png("a.png", np.zeros((4, 4), np.uint8), make_recipe("channels"))
        # Without it, as for most people, what is printed waits in a buffer until the end.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
        command = subprocess.Popen(
            [self.SCRIPT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
        assert command.stdout is not None
        assert command.stderr is not None
        # As head does, once it has what it wants; here before the first line comes.
        command.stdout.close()
        said = command.stderr.read()
        command.stderr.close()
        assert (command.wait(), said) == (0, b"")

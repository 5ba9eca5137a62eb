"""What a user installs holds everything: a wheel, in an environment of its own, opens its network and photos."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Runs in the environment that holds the wheel.
LOOK = """
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from PIL import Image

import cnnviz_gui
from cnnviz_gui import resources

network_path = resources.bundled_networks()[resources.DEFAULT_NETWORK]
network = keras.saving.load_model(network_path, compile=False)
sizes = {}
for photo in resources.sample_photos():
    with Image.open(photo.path) as image:
        image.load()
        sizes[photo.name] = image.size
print(json.dumps({
    "package": cnnviz_gui.__file__,
    "network": str(network_path),
    "parameters": network.count_params(),
    "photos": sizes,
    "labels": len(resources.bundled_labels(network.name)),
    "licences": resources.resource_path("LICENSES.md").is_file(),
}))
"""


def run(*command: str | Path, cwd: Path) -> str:
    """Runs a command and returns what it printed; a failure shows what it said."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds the wheel from a copy, since a build leaves files in the tree that the next build would pick up."""
    source = tmp_path_factory.mktemp("source")
    for name in ("cnnviz_gui", "resources"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "dist", ".", cwd=source)
    (built,) = (source / "dist").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Makes an environment with the wheel in it, which borrows the dependencies of the running one."""
    folder = tmp_path_factory.mktemp("environment").resolve()
    venv.create(folder, with_pip=True)
    run(python_of(folder), "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=folder)
    # A .pth file read from here is not read there: an editable installation of the checkout stays out.
    borrowed = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (site_packages_of(folder) / "borrowed.pth").write_text("\n".join([*borrowed, ""]), encoding="utf-8")
    return folder


def python_of(folder: Path) -> Path:
    """The interpreter of an environment."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def site_packages_of(folder: Path) -> Path:
    """Where an environment keeps its packages."""
    return Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder)}))


def test_an_installed_wheel_opens_its_network_and_photos(environment: Path) -> None:
    """Files that only a checkout has are missed here first."""
    seen = json.loads(run(python_of(environment), "-I", "-c", LOOK, cwd=environment))
    assert Path(seen["package"]).is_relative_to(environment)
    assert Path(seen["network"]).is_relative_to(environment)
    assert seen["parameters"] == 4_694_024
    assert seen["labels"] == 1000
    assert seen["licences"]
    assert seen["photos"].keys() == {path.stem for path in (ROOT / "resources" / "photos").glob("*.jpg")}


@pytest.mark.parametrize("command", ["cnnviz", "cnnviz-gui"])
def test_an_installed_wheel_has_its_commands(environment: Path, command: str) -> None:
    """The two ways to start it."""
    assert shutil.which(command, path=str(python_of(environment).parent))


def test_the_wheel_holds_every_module_of_the_package(environment: Path) -> None:
    """A new folder of modules has to be named in pyproject.toml; forgetting it breaks only installed copies."""
    installed = site_packages_of(environment) / "cnnviz_gui"
    for source in (ROOT / "cnnviz_gui").rglob("*.py"):
        assert (installed / source.relative_to(ROOT / "cnnviz_gui")).is_file(), source.name

"""Collects every text a person reads into the translators' file, and compiles it for the application.

    python packaging/translations.py update    # after texts have changed; then translate what is unfinished
    python packaging/translations.py release   # after translating

`self.tr` and `QCoreApplication.translate` are found by Qt's own tool. The engine and the core know no Qt: their texts
stand in `message("...")`, and are found here, by reading the code.
"""

import argparse
import ast
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = ROOT / "cnnviz_gui"
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN",)


def messages(code: Path = CODE) -> list[str]:
    """The literals of all `message(...)` calls in the code, sorted.

    Raises:
        ValueError: If one is not a literal, and so could never be translated.
    """
    found: set[str] = set()
    for path in sorted(code.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "message":
                text = node.args[0] if node.args else None
                if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                    raise ValueError(f"{path.name}:{node.lineno}: message() takes a literal.")
                found.add(text.value)
    return sorted(found)


def update(language: str, folder: Path = TRANSLATIONS) -> None:
    """Brings a language's .ts file in a folder up to date with the code."""
    with tempfile.TemporaryDirectory() as scratch:
        collected = Path(scratch) / "messages.py"
        lines = ["from PySide6.QtCore import QCoreApplication"]
        lines += [f'QCoreApplication.translate("messages", {text!r})' for text in messages()]
        collected.write_text("\n".join(lines), encoding="utf-8")
        sources = [str(path) for path in sorted(CODE.rglob("*.py"))]
        options = ["-no-obsolete", "-locations", "none", "-tr-function-alias", "QT_TRANSLATE_NOOP+=T"]
        target = folder / f"cnnviz_{language}.ts"
        _run("pyside6-lupdate", *options, *sources, str(collected), "-ts", str(target))


def release(language: str, folder: Path = TRANSLATIONS) -> None:
    """Compiles a language's .ts file in a folder."""
    source = folder / f"cnnviz_{language}.ts"
    _run("pyside6-lrelease", str(source), "-qm", str(source.with_suffix(".qm")))


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).parent / tool), *arguments], check=True)


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=("update", "release"))
    command = {"update": update, "release": release}[parser.parse_args().command]
    for language in LANGUAGES:
        command(language)


if __name__ == "__main__":
    main()

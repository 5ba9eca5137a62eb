"""Every exception that is swallowed is justified where it is swallowed, or is written to the log."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import cnnviz_gui

PACKAGE = Path(cnnviz_gui.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
BROAD = {"Exception", "BaseException"}


def swallowed(source: str) -> list[int]:
    """Numbers of the lines that swallow an exception and say neither why nor what.

    That is: an ``except`` that catches everything, or whose body does nothing or only returns a constant, and every
    ``suppress``; unless it raises, reports the exception, logs, or has a comment on it, above it or in it.
    """
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler):
            if not (_is_broad(node) or _does_nothing(node)) or _reports(node):
                continue
            first, last = node.lineno, node.body[0].lineno
        elif isinstance(node, ast.With) and any(_is_suppress(item.context_expr) for item in node.items):
            first, last = node.lineno, node.body[0].lineno
        else:
            continue
        around = lines[first - 2 : last]
        if not any("#" in line.replace("# noqa", "") for line in around):
            found.append(first)
    return found


def _is_broad(handler: ast.ExceptHandler) -> bool:
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else BROAD
    return bool(names & BROAD)


def _does_nothing(handler: ast.ExceptHandler) -> bool:
    (first, *more) = handler.body
    if more:
        return False
    if isinstance(first, ast.Return):
        parts = list(ast.walk(first.value)) if first.value else []
        names = {node.id for node in parts if isinstance(node, ast.Name)}
        # What calls something or hands the exception on does not swallow it.
        return handler.name not in names and not any(isinstance(node, ast.Call) for node in parts)
    return isinstance(first, ast.Pass | ast.Continue | ast.Break)


def _reports(handler: ast.ExceptHandler) -> bool:
    """Whether it raises, logs, or hands the exception on."""
    for node in ast.walk(handler):
        if isinstance(node, ast.Raise):
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "log":
            return True
    return False


def _is_suppress(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Call) and ast.unparse(expression.func).endswith("suppress")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_exception_is_swallowed_without_a_word(path: Path) -> None:
    assert swallowed(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("try:\n    f()\nexcept Exception:\n    g()\n", [3]),
        ("try:\n    f()\nexcept:\n    g()\n", [3]),
        ("try:\n    f()\nexcept OSError:\n    pass\n", [3]),
        ("try:\n    f()\nexcept (OSError, ValueError):\n    return_ = 1\n", []),
        ("def f():\n    try:\n        g()\n    except OSError:\n        return []\n", [4]),
        ("with suppress(OSError):\n    f()\n", [1]),
        ("with contextlib.suppress(OSError):  # noqa: X\n    f()\n", [1]),
        ("# It may be gone.\nwith contextlib.suppress(OSError):\n    f()\n", []),
        ("try:\n    f()\nexcept Exception:  # whatever it says\n    g()\n", []),
        ("try:\n    f()\nexcept Exception:\n    # Nobody waits.\n    pass\n", []),
        ("try:\n    f()\nexcept Exception:\n    log.exception('f')\n", []),
        ("try:\n    f()\nexcept Exception as error:\n    raise E from error\n", []),
    ],
)
def test_the_test_itself_sees_what_it_is_for(source: str, lines: list[int]) -> None:
    assert swallowed(source) == lines

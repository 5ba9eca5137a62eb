"""Matplotlib is loaded in steps, before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from cnnviz_gui.ui import load_ahead
from cnnviz_gui.ui.load_ahead import ASIDE, STEPS, LoadAhead

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

MOST_AT_ONCE = 40
COUNT = """
import importlib, json, sys
import cnnviz_gui.app
from cnnviz_gui.ui.load_ahead import STEPS
counts = [len(sys.modules)]
for module in STEPS:
    importlib.import_module(module)
    counts.append(len(sys.modules))
print(json.dumps([after - before for before, after in zip(counts, counts[1:])]))
"""


def test_the_steps_share_the_work_and_none_is_in_vain() -> None:
    counted = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    loaded = dict(zip(STEPS, json.loads(counted.stdout), strict=True))
    assert sum(loaded.values()) > 120
    assert max(loaded.values()) <= MOST_AT_ONCE, loaded
    assert min(loaded.values()) >= 1, loaded


def test_all_is_loaded_in_order_and_the_long_ones_aside(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        load_ahead, "load", lambda module: seen.append((module, threading.current_thread().name == "load-aside"))
    )
    ahead = LoadAhead()
    with qtbot.waitSignal(ahead.loaded):
        ahead.start()
    assert seen == [(module, module in ASIDE) for module in STEPS]


def test_a_module_that_is_not_there_is_left_out() -> None:
    load_ahead.load("matplotlib.no_such_module")


DOCUMENTED = """
import sys
from cnnviz_gui.ui import load_ahead
for module in ("matplotlib", "matplotlib.patches"):
    load_ahead.load(module) if sys.argv[1] == "ahead" else __import__(module)
from matplotlib.patches import Patch
print("joinstyle" in Patch.__init__.__doc__)
"""


@pytest.mark.parametrize(("how", "has_tables"), [("ahead", "False"), ("usual", "True")])
def test_matplotlib_writes_no_tables_that_nobody_reads(how: str, has_tables: str) -> None:
    said = subprocess.run([sys.executable, "-c", DOCUMENTED, how], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == has_tables

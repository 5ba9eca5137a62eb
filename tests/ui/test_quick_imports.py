"""Modules are imported without reading their source."""

import json
import subprocess
import sys

import pytest

COUNT = """
import json, linecache, sys
from cnnviz_gui.ui.quick_imports import import_quickly
if sys.argv[1] == "quick":
    import_quickly()
import cnnviz_gui.app
print(json.dumps([name for name, entry in linecache.cache.items() if len(entry) > 1 and "cnnviz_gui" in name]))
"""


@pytest.mark.parametrize("how", ["quick", "usual"])
def test_the_source_of_no_module_is_read_and_usually_that_of_all_is(how: str) -> None:
    counted = subprocess.run([sys.executable, "-c", COUNT, how], capture_output=True, text=True, check=True)
    read = json.loads(counted.stdout)
    if how == "quick":
        assert [name for name in read if not name.endswith("quick_imports.py")] == []
    else:
        assert len(read) > 50, "PySide6 does not read the source any more: quick_imports.py can go"

"""What the processor is called and what it can do, as far as the system tells."""

from __future__ import annotations

import platform
from functools import cache
from pathlib import Path

BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16", "bf16"})
"""Of x86 processors, and the last of ARM ones."""
_INFORMATION = Path("/proc/cpuinfo")


@cache
def _fields() -> dict[str, str]:
    """What Linux says about the first core; elsewhere nothing."""
    try:
        text = _INFORMATION.read_text("utf-8", "replace")
    # Only Linux has it.
    except OSError:
        return {}
    rows = [line.partition(":") for line in text.split("\n\n")[0].splitlines()]
    return {name.strip(): value.strip() for name, _, value in rows}


def processor_name() -> str:
    """Its name."""
    return _fields().get("model name") or platform.processor() or platform.machine()


def has_bfloat16() -> bool:
    """Whether it multiplies bfloat16 with instructions of its own."""
    fields = _fields()
    return not BFLOAT16_FLAGS.isdisjoint(f"{fields.get('flags', '')} {fields.get('Features', '')}".split())

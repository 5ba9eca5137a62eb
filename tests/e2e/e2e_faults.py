"""All faults: the rows of the table."""

from __future__ import annotations

from e2e_fault_cache import CACHE_FAULTS
from e2e_fault_engine import ENGINE_FAULTS
from e2e_fault_files import FILE_FAULTS
from e2e_fault_settings import SETTINGS_FAULTS
from e2e_fault_window import WINDOW_FAULTS

FAULTS = (*ENGINE_FAULTS, *FILE_FAULTS, *SETTINGS_FAULTS, *CACHE_FAULTS, *WINDOW_FAULTS)

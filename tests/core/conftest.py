"""Property tests are stopped by no clock: other work may share the machine."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("no clock", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no clock")

"""What all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# The same examples on every run, and no verdict on how quick the machine is: a test says what is right, not how fast.
settings.register_profile("headgate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("headgate")

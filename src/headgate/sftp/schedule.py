"""When a connector runs: pure arithmetic on a time that is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

LEAST_MINUTES = 5
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=1)
SECOND_LOOK = timedelta(minutes=5)
"""A file that was being written is looked at again after this long, also by a connector that runs once a day."""
DAY = timedelta(days=1)


def next_run(schedule: Mapping[str, Any], after: datetime) -> datetime:
    """The next time of a schedule. Times that passed while nothing could run are not made up for, but for one."""
    if schedule["type"] == "every_n_minutes":
        return after + timedelta(minutes=schedule["minutes"])
    hours, minutes = schedule["time_utc"].split(":")
    found = after.replace(hour=int(hours), minute=int(minutes), second=0, microsecond=0)
    return found if found > after else found + DAY


def first_run(schedule: Mapping[str, Any], now: datetime) -> datetime:
    """When a connector runs that has just been set up: at once, unless it has a time of day."""
    return now if schedule["type"] == "every_n_minutes" else next_run(schedule, now)


def longest_wait(schedule: Mapping[str, Any]) -> timedelta:
    """No run is further away than this; one that is shows that the clock was set back."""
    return timedelta(minutes=schedule["minutes"]) if schedule["type"] == "every_n_minutes" else DAY


def retry(failures: int) -> timedelta:
    """How long to wait after so many runs that failed one after the other for a reason that may be over soon."""
    doublings = max(0, min(failures - 1, 10))
    return min(FIRST_RETRY * (1 << doublings), LONGEST_RETRY)

"""What all tests share."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from headgate.loading import loading

# The same examples on every run, and no verdict on how quick the machine is: a test says what is right, not how fast.
settings.register_profile("headgate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("headgate")

LATEST_START = 0.8
"""Behind which part of all files no long one begins."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    # Thousands of tests and all that they import stay until the end: no search for garbage has to walk through them.
    with loading():
        return (yield)


def pytest_unconfigure() -> None:
    """Set nothing apart any longer: libraries complain about their objects that nobody collected in the end."""
    gc.unfreeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mix the files: those of services and browsers, which take long and wait much, evenly among those that only compute,
    so that the processors have work all the time, and none of them at the end, where one process would be left with it."""
    folders: dict[str, dict[Path, None]] = defaultdict(dict)
    for item in items:
        folders[_folder(item)].setdefault(item.path)
    places = {
        path: (position + 0.5) / len(paths) * (1 if folder == "unit" else LATEST_START)
        for folder, paths in folders.items()
        for position, path in enumerate(paths)
    }
    items.sort(key=lambda item: places[item.path])


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]

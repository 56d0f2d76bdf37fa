"""What all tests share."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from headgate.loading import loading

if TYPE_CHECKING:
    from tests.postgres import Postgres

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


@pytest.fixture(autouse=True)
def umask() -> Iterator[None]:
    """Commands that run in this process make files for their user only; what the next test makes may be for others too."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def pytest_sessionfinish() -> None:
    """End the servers that tests share, if any was started."""
    if (shared := sys.modules.get("tests.backends")) is not None:
        shared.backends.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell at the end where a test stood that took too long: in its report that is far above the stacks of all threads."""
    for report in (*terminalreporter.getreports("error"), *terminalreporter.getreports("failed")):
        if "pytest-timeout" in report.longreprtext:
            places = re.findall(r"^\S+:\d+: .*$", report.longreprtext, re.MULTILINE)
            terminalreporter.write_line(f"{report.nodeid} ({report.when}) stood at", bold=True)
            terminalreporter.write_line("\n".join(places[-12:]))


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


BOTH = frozenset(
    {
        "tests.contract.test_dashboard_imports",
        "tests.contract.test_imports",
        "tests.contract.test_missing_files",
        "tests.contract.test_recipes",
        "tests.contract.test_schemas",
        "tests.contract.test_uploads",
        "tests.unit.db.test_clock",
        "tests.unit.db.test_database",
        "tests.unit.deletions.test_ledger",
        "tests.unit.imports.test_queue",
        "tests.unit.imports.test_runner",
        "tests.unit.nodes.test_service",
        "tests.unit.nodes.test_schedule",
        "tests.unit.retention.test_retention",
        "tests.unit.reviews.test_log",
        "tests.unit.webhooks.test_outbox",
    }
)
"""Modules whose tests run on SQLite and on PostgreSQL. With HEADGATE_TEST_DATABASE=postgresql any module can be
run on PostgreSQL; a few tests look into SQLite's own file or plans, and cannot."""


BLOBS = frozenset(
    {
        "tests.contract.test_dashboard_imports",
        "tests.contract.test_imports",
        "tests.contract.test_missing_files",
    }
)
"""Those of them whose files are in an S3-compatible store where the database is PostgreSQL, as with several machines. With
HEADGATE_TEST_STORE=s3 any module can be run so, but for tests that are marked `on_disk`: URLs of the service itself."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" not in metafunc.fixturenames:
        return
    from tests.backends import DATABASE, STORE

    module = metafunc.module.__name__
    on_disk = metafunc.definition.get_closest_marker("on_disk") is not None
    if DATABASE or STORE:
        kinds = [(DATABASE or "sqlite", "disk" if on_disk else STORE or "disk")]
    elif module in BLOBS:  # no third service for the few tests that are about the disk
        kinds = [("sqlite", "disk")] if on_disk else [("sqlite", "disk"), ("postgresql", "s3")]
    elif module in BOTH:
        kinds = [("sqlite", "disk"), ("postgresql", "disk")]
    else:
        kinds = [("sqlite", "disk")]
    # Through the fixtures, of all tests: values in their place would be another thing to pytest than what a service was started
    # with for tests without any, so that service would go on when the kind changes.
    names: list[Any] = [database if store == "disk" else f"{database}-{store}" for database, store in kinds]
    if kinds == [("sqlite", "disk")]:
        names = [pytest.HIDDEN_PARAM]
    if "store_kind" in metafunc.fixturenames:
        both = ("database_kind", "store_kind")
        metafunc.parametrize(both, kinds, indirect=True, scope="session", ids=names)
    else:
        databases = [database for database, _ in kinds]
        metafunc.parametrize("database_kind", databases, indirect=True, scope="session", ids=names)


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`."""
    return str(request.param)


@pytest.fixture(scope="session")
def store_kind(request: pytest.FixtureRequest) -> str:
    """`disk` or `s3`."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgres() -> Postgres:
    """One server for all tests of this process that need one."""
    from tests.backends import backends

    return backends.postgres

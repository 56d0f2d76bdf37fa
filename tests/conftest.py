"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.postgres import Postgres

# The same examples on every run, and no verdict on how quick the machine is: a test says what is right, not how fast.
settings.register_profile("headgate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("headgate")

BOTH = frozenset(
    {
        "tests.contract.test_dashboard_imports",
        "tests.contract.test_imports",
        "tests.contract.test_recipes",
        "tests.contract.test_schemas",
        "tests.contract.test_uploads",
        "tests.unit.db.test_database",
        "tests.unit.imports.test_queue",
        "tests.unit.imports.test_runner",
        "tests.unit.nodes.test_service",
        "tests.unit.nodes.test_schedule",
        "tests.unit.reviews.test_log",
        "tests.unit.webhooks.test_outbox",
    }
)
"""Modules whose tests run on SQLite and on PostgreSQL. With HEADGATE_TEST_DATABASE=postgresql any module can be
run on PostgreSQL; a few tests look into SQLite's own file or plans, and cannot."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" not in metafunc.fixturenames:
        return
    if chosen := os.environ.get("HEADGATE_TEST_DATABASE"):
        metafunc.parametrize("database_kind", [chosen], scope="session")
    elif metafunc.module.__name__ in BOTH:
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"], scope="session")


@pytest.fixture(scope="session")
def database_kind() -> str:
    """`sqlite` or `postgresql`."""
    return "sqlite"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One server for all tests of this process that need one."""
    from tests.postgres import Postgres

    running = Postgres().start()
    yield running
    running.remove()


@pytest.fixture(scope="session")
def database_settings(request: pytest.FixtureRequest, database_kind: str) -> dict[str, str]:
    """What a service is set to for the kind of database; a new database of PostgreSQL for each who asks."""
    if database_kind == "sqlite":
        return {}
    server: Postgres = request.getfixturevalue("postgres")
    return {"database_url": server.database()}

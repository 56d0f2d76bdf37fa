"""A database of its own for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from headgate.db import Database, migrate
from tests.postgres import Postgres


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with all tables: copying it is quicker than migrating one for each test."""
    path = tmp_path_factory.mktemp("migrated") / "test.sqlite"
    made = Database(f"sqlite:///{path}")
    migrate(made)
    made.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    """The URL of an empty database of PostgreSQL with all tables, to be copied in the same way."""
    url = postgres.database()
    made = Database(url)
    migrate(made)
    made.dispose()
    return url


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, database_kind: str) -> Iterator[Database]:
    if database_kind == "sqlite":
        path = tmp_path / "test.sqlite"
        shutil.copyfile(request.getfixturevalue("migrated"), path)
        url = f"sqlite:///{path}"
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = server.database(template=request.getfixturevalue("migrated_postgres"))
    found = Database(url)
    yield found
    found.dispose()

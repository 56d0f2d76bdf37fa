"""A database of its own for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from headgate.db import Database, migrate

TEST_DATABASE = os.environ.get("HEADGATE_TEST_DATABASE_URL")
"""A PostgreSQL database whose schema `public` may be emptied; without it SQLite is used."""


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with all tables: copying it is quicker than migrating one for each test."""
    path = tmp_path_factory.mktemp("migrated") / "test.sqlite"
    made = Database(f"sqlite:///{path}")
    migrate(made)
    made.dispose()
    return path


@pytest.fixture
def database(tmp_path: Path, migrated: Path) -> Iterator[Database]:
    path = tmp_path / "test.sqlite"
    found = Database(TEST_DATABASE or f"sqlite:///{path}")
    if not TEST_DATABASE:
        shutil.copyfile(migrated, path)
    else:
        with found.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    migrate(found)
    yield found
    found.dispose()

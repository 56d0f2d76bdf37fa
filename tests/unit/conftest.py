"""A database of its own for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from headgate.db import Database, migrate

TEST_DATABASE = os.environ.get("HEADGATE_TEST_DATABASE_URL")
"""A PostgreSQL database whose schema `public` may be emptied; without it SQLite is used."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(TEST_DATABASE or f"sqlite:///{tmp_path / 'test.sqlite'}")
    if TEST_DATABASE:
        with found.engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    migrate(found)
    yield found
    found.dispose()

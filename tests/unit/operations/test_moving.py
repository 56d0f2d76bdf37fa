"""A backup moves an installation from one kind of database to the other, and back, with every value of every table."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

import pytest

from headgate.config import Config
from headgate.db import Database, migrate
from headgate.operations import tables
from headgate.operations.backup import back_up, restore
from tests.filled_tables import content, fill, tables_of
from tests.postgres import Postgres


def filled(data_dir: Path) -> Config:
    """An installation on SQLite with rows in each table."""
    config = Config(data_dir=data_dir)
    data_dir.mkdir()
    database = Database(config.resolved_database_url)
    migrate(database)
    with database.engine.execution_options(headgate_write=True).begin() as connection:
        fill(connection, tables_of(connection))
    database.dispose()
    return config


def kept(config: Config) -> dict[str, Any]:
    database = Database(config.resolved_database_url)
    try:
        with database.engine.connect() as connection:
            return content(connection, tables_of(connection))
    finally:
        database.dispose()


def moved(source: Config, target: Config, backup: Path) -> None:
    database = Database(source.resolved_database_url)
    try:
        back_up(source, database, backup, lambda _: None)
    finally:
        database.dispose()
    restore(target, backup, lambda _: None)


def test_every_value_of_every_table_moves_to_postgresql_and_back(postgres: Postgres, tmp_path: Path) -> None:
    first = filled(tmp_path / "first")
    second = Config(data_dir=tmp_path / "second", database_url=postgres.database())
    third = Config(data_dir=tmp_path / "third")
    moved(first, second, tmp_path / "there")
    assert kept(second) == kept(first)
    moved(second, third, tmp_path / "back")
    assert kept(third) == kept(first)
    assert all(kept(third).values()), "every table had rows"


def test_numbers_that_postgresql_gives_out_go_on_behind_those_that_came(postgres: Postgres, tmp_path: Path) -> None:
    first = filled(tmp_path / "first")
    second = Config(data_dir=tmp_path / "second", database_url=postgres.database())
    moved(first, second, tmp_path / "there")
    database = Database(second.resolved_database_url)
    with database.engine.begin() as connection:
        table = tables_of(connection)["webhook_attempts"]
        before = [row["id"] for row in content(connection, {"all": table})["all"]]
        row = content(connection, {"all": table})["all"][0]
        made = connection.execute(
            table.insert().values({k: v for k, v in row.items() if k != "id"})
        ).inserted_primary_key
    database.dispose()
    assert made is not None
    assert made[0] > max(before)


def test_a_backup_that_wrote_ids_with_hyphens_comes_back_with_the_ids_that_sqlite_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = filled(tmp_path / "first")
    encoded = tables._encoded
    monkeypatch.setattr(tables, "_encoded", lambda value: _with_hyphens(encoded(value)))
    second = Config(data_dir=tmp_path / "second")
    moved(first, second, tmp_path / "backup")
    assert kept(second) == kept(first)


def _with_hyphens(value: Any) -> Any:
    is_id = isinstance(value, str) and re.fullmatch(r"[0-9a-f]{32}", value)
    return str(uuid.UUID(value)) if is_id else value

"""Every migration keeps what is there, and lets code of before it go on beside it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, MetaData, Table, inspect
from typer.testing import CliRunner

from headgate.cli.app import app
from headgate.config import Config, ConfigurationError
from headgate.db import Database, NewerTablesError, current_revision, migrate, newest_revision, pending
from headgate.db.migrate import MIGRATIONS, check_revision
from headgate.server.run import prepare
from tests.contract.review_page import until
from tests.filled_tables import ROWS, content, fill, tables_of
from tests.later_version import later_version
from tests.postgres import Postgres

migrate_module = importlib.import_module("headgate.db.migrate")  # the package has a function of that name
REVISIONS = sorted(path.name.split("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
EXCEPTIONS: dict[tuple[str, str], str] = {}
"""(revision, what it takes away as `breaks` names it) → why no process of the version before can be there any more."""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    if request.param == "sqlite":
        found = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        found = Database(server.database())
    yield found
    found.dispose()


def reflected(database: Database) -> tuple[dict[str, Table], dict[str, set[tuple[str, ...]]]]:
    """The tables, and what must be unique in each."""
    with database.engine.connect() as connection:
        tables = tables_of(connection)
        return tables, {name: _unique(connection, name) for name in tables}


def _unique(connection: Connection, table: str) -> set[tuple[str, ...]]:
    found = inspect(connection)
    indexes = [index["column_names"] for index in found.get_indexes(table) if index["unique"]]
    constraints = [one["column_names"] for one in found.get_unique_constraints(table)]
    return {tuple(map(str, names)) for names in (*indexes, *constraints)}


def breaks(before: dict[str, Table], after: dict[str, Table]) -> Iterator[str]:
    """What code that knows the tables of before would miss, or could not write."""
    for name, table in before.items():
        if name not in after:
            yield f"{name} is gone"
            continue
        for column in table.columns:
            now = after[name].columns.get(column.name)
            if now is None:
                yield f"{name}.{column.name} is gone"
            elif str(now.type) != str(column.type):
                yield f"{name}.{column.name} was {column.type}, is {now.type}"
            elif column.nullable and not now.nullable:
                yield f"{name}.{column.name} may not be empty any more"
        for column in after[name].columns:
            if column.name not in table.columns and not column.nullable and column.server_default is None:
                yield f"{name}.{column.name} is new, may not be empty, and has no default"


def test_no_migration_takes_away_what_the_code_before_it_needs(empty: Database) -> None:
    migrate(empty, REVISIONS[0])
    tables, unique = reflected(empty)
    for revision in REVISIONS[1:]:
        migrate(empty, revision)
        now, now_unique = reflected(empty)
        found = [*breaks(tables, now)]
        found += [f"{name}: {', '.join(more)} must be unique now" for name in tables if name in now
                  for more in now_unique[name] - unique[name] if set(more) <= set(tables[name].columns.keys())]  # fmt: skip
        assert [one for one in found if (revision, one) not in EXCEPTIONS] == [], revision
        tables, unique = now, now_unique
    assert current_revision(empty) == newest_revision()


def test_what_a_migration_must_not_do_is_noticed() -> None:
    def tables(*columns: sa.Column[Any]) -> dict[str, Table]:
        return {"t": Table("t", MetaData(), *columns)}

    before = tables(sa.Column("a", sa.Text()), sa.Column("b", sa.Integer()))
    for after, expected in [
        ({}, "t is gone"),
        (tables(sa.Column("a", sa.Text())), "t.b is gone"),
        (tables(sa.Column("a", sa.Text(), nullable=False), sa.Column("b", sa.Integer())), "t.a may not be empty any more"),
        (tables(sa.Column("a", sa.Text()), sa.Column("b", sa.Text())), "t.b was INTEGER, is TEXT"),
        (tables(sa.Column("a", sa.Text()), sa.Column("b", sa.Integer()), sa.Column("c", sa.Text(), nullable=False)),
         "t.c is new, may not be empty, and has no default"),
    ]:  # fmt: skip
        assert [*breaks(before, after)] == [expected]


def test_rows_of_every_revision_come_through_and_its_code_goes_on_writing(empty: Database) -> None:
    known: dict[str, dict[str, Table]] = {}
    written: dict[str, Any] = {}
    for position, revision in enumerate(REVISIONS):
        migrate(empty, revision)
        with _writing(empty) as connection:
            tables = known[revision] = tables_of(connection)
            before = content(connection, tables)
            fill(connection, tables, start=position * ROWS)
            written[revision] = {name: [row for row in rows if row not in before[name]]
                                 for name, rows in content(connection, tables).items()}  # fmt: skip
    for position, revision in enumerate(REVISIONS[:-1]):
        with _writing(empty) as connection:
            tables = known[revision]
            found = content(connection, tables)
            for name, rows in written[revision].items():
                assert len(rows) == ROWS
                assert all(row in found[name] for row in rows), (revision, name)
            fill(connection, tables, start=(len(REVISIONS) + position) * ROWS)
            for name, rows in content(connection, tables).items():
                assert len(rows) == len(found[name]) + ROWS, (revision, name)


def _writing(database: Database) -> AbstractContextManager[Connection]:
    return database.engine.execution_options(headgate_write=True).begin()


def test_a_version_that_the_newer_tables_allow_for_works_on_them(empty: Database, tmp_path: Path) -> None:
    with later_version(tmp_path / "next", oldest=newest_revision()):
        migrate(empty)
    check_revision(empty)
    migrate(empty)
    assert current_revision(empty) == "9999", "it is left as it is"
    with empty.engine.execution_options(headgate_write=True).begin() as connection:
        known = tables_of(connection)["organizations"]
        fill(connection, {"organizations": Table("organizations", MetaData(), *(
            sa.Column(column.name, column.type) for column in known.columns if column.name != "motto"))})  # fmt: skip


def test_a_version_that_is_too_old_for_the_tables_says_so(empty: Database, tmp_path: Path) -> None:
    with later_version(tmp_path / "next", oldest="9999"):
        migrate(empty)
    for work in (migrate, check_revision):
        with pytest.raises(NewerTablesError, match=r"of a newer headgate \(revision 9999; this version's are \d+\)"):
            work(empty)
    with pytest.raises(ConfigurationError, match="Install the version that made them, or a newer one"):
        prepare(Config(data_dir=tmp_path, database_url=empty.url.render_as_string(hide_password=False)))


def test_a_migration_lets_others_pass_while_it_waits_for_a_table(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate_module, "PAUSE_SECONDS", 0.1)
    database = Database(postgres.database())
    migrate(database, "0012")  # the next one changes a table that everybody reads
    holder = database.engine.connect()
    holder.execute(sa.text("LOCK TABLE alembic_version IN ACCESS SHARE MODE"))
    tries = 0
    upgrade = migrate_module._upgrade

    def watched(found: Database, wanted: str) -> None:
        nonlocal tries
        tries += 1
        if tries == 2:  # the first try gave up, and nobody waits behind it
            holder.close()
        upgrade(found, wanted)

    monkeypatch.setattr(migrate_module, "_upgrade", watched)
    migrate(database)
    assert (tries, current_revision(database)) == (2, newest_revision())
    database.dispose()


def test_a_migration_gives_way_to_who_waits_for_what_it_holds_and_holds_what_it_waits_for(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate_module, "PAUSE_SECONDS", 0.1)
    database = Database(postgres.database())
    migrate(database)
    with later_version(tmp_path, oldest=newest_revision()), ThreadPoolExecutor(1) as another:
        with database.engine.connect() as request, database.engine.connect() as looking:
            request.execute(sa.text("LOCK TABLE imports IN ROW EXCLUSIVE MODE"))
            migrating = another.submit(migrate, database)
            waits = sa.text("SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'imports'::regclass")
            until(lambda: looking.scalar(waits))
            request.execute(sa.text("LOCK TABLE organizations IN ROW SHARE MODE"))
        migrating.result(60)
    assert current_revision(database) == "9999"
    database.dispose()


def test_the_command_says_what_is_to_be_done_does_it_and_says_so(tmp_path: Path) -> None:
    def upgrade(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["upgrade", "--data-dir", str(tmp_path), *arguments])
        return done.exit_code, done.stdout

    database = Database(f"sqlite:///{tmp_path / 'headgate.sqlite'}")
    migrate(database, REVISIONS[-3])
    code, text = upgrade("--check")
    assert code == 1
    assert text.splitlines()[0] == f"The tables are of revision {REVISIONS[-3]}. To be done:"
    assert [line.split()[0] for line in text.splitlines()[1:]] == REVISIONS[-2:] == list(pending(database))
    assert current_revision(database) == REVISIONS[-3], "nothing was done"
    assert upgrade() == (0, f"The tables are of revision {newest_revision()}.\n")
    assert upgrade("--check") == (0, f"The tables are of revision {newest_revision()}: nothing is to be done.\n")
    database.dispose()


def test_columns_that_a_migration_fills_hold_what_the_older_ones_said(empty: Database) -> None:
    migrate(empty, "0004")
    with empty.engine.execution_options(headgate_write=True).begin() as connection:
        fill(connection, tables_of(connection))
    migrate(empty)
    with empty.engine.connect() as connection:
        found = connection.execute(sa.text("SELECT rows_read, rows_invalid, development_mode FROM imports")).all()
    assert [tuple(row) for row in found] == [(7, 3, True)] * ROWS

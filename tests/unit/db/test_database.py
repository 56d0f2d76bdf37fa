"""Sessions, column types and migrations."""

from __future__ import annotations

import importlib
import json
import threading
import uuid
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select, text, update
from sqlalchemy.dialects import sqlite

import headgate
from headgate.accounts.models import Organization
from headgate.accounts.service import AccountService
from headgate.db import Base, Database, JsonText, UtcDateTime, after_commit, iso, migrate, session_on, utc_now
from headgate.db.base import load_json
from headgate.db.migrate import newest_revision

DIALECT = sqlite.dialect()
SOURCE = Path(headgate.__file__).parent

for models in (*SOURCE.glob("*/models.py"), SOURCE / "web" / "limits.py"):
    importlib.import_module(f"headgate.{models.parent.name}.{models.stem}")


def test_the_migrations_give_exactly_the_tables_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []


def test_every_table_belongs_to_an_organization() -> None:
    without = {name for name, table in Base.metadata.tables.items() if "organization_id" not in table.columns}
    # An organization is one; a person may belong to several, and so may refusals; counts live for a short window; keys and lent
    # parts go with their import; processes and what runs by the clock serve all.
    shared = {"nodes", "scheduled_sweeps", "import_keys", "lent_parts"}
    assert without == shared | {"organizations", "users", "rate_limit_counts", "sign_in_refusals"}


def test_a_second_migration_changes_nothing(database: Database) -> None:
    AccountService(database).create_organization("kept")
    migrate(database)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM organizations")) == 1
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == newest_revision()


def test_a_write_that_fails_changes_nothing(database: Database) -> None:
    organization = AccountService(database).create_organization("before")

    def fail() -> None:
        with database.write() as session:
            session.execute(update(Organization).values(name="after"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as session:
        found = session.get(Organization, organization)
        assert found is not None
        assert found.name == "before"


def test_writers_that_read_first_wait_for_one_another(database: Database) -> None:
    organization = AccountService(database).create_organization("")

    def add() -> None:
        for _ in range(20):
            with database.write() as session:
                row = session.get(Organization, organization, with_for_update=True)
                assert row is not None
                row.name += "x"

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        row = session.get(Organization, organization)
        assert row is not None
        assert len(row.name) == 80


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_a_moment_comes_back_as_it_was(moment: datetime) -> None:
    column = UtcDateTime()
    assert column.process_result_value(column.process_bind_param(moment, DIALECT), DIALECT) == moment


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON.filter(lambda value: value is not None))
def test_json_comes_back_as_it_was_with_numbers_of_any_size(value: Any) -> None:
    column = JsonText()
    back = column.process_result_value(column.process_bind_param(value, DIALECT), DIALECT)
    assert back == value
    assert list(back) == list(value) if isinstance(value, dict) else True


def waits_for_the_disk(connection: Connection, database: Database) -> bool:
    """Whether a commit of the connection's transaction does."""
    asked = "PRAGMA synchronous" if database.is_sqlite else "SHOW synchronous_commit"
    return connection.scalar(text(asked)) in (2, "on")


def test_only_what_is_said_to_be_relaxed_does_not_wait_for_the_disk(database: Database) -> None:
    for durable in (True, False, True, False, False, True, False):
        with database.change() if durable else database.change_relaxed() as connection:
            assert waits_for_the_disk(connection, database) == durable
    database.let_go()
    with database.engine.execution_options(headgate_write=True).begin() as connection:  # as migrations write
        assert waits_for_the_disk(connection, database)


def test_a_writer_comes_by_the_same_connection_again_unless_it_failed(database: Database) -> None:
    def used() -> Any:
        with database.change() as connection:
            return connection

    def fail() -> None:
        with database.change() as connection:
            seen.append(connection)
            raise RuntimeError

    first, seen = used(), []
    assert (used() is first) == database.is_sqlite
    with pytest.raises(RuntimeError):
        fail()
    assert seen[0].closed
    assert used() is not seen[0]
    database.let_go()
    assert first.closed


def test_a_look_leaves_no_transaction_behind(database: Database) -> None:
    organization = AccountService(database).create_organization("before")
    with database.look() as connection:
        connection.scalar(text("SELECT count(*) FROM organizations"))
        assert connection.in_transaction()
    with database.look() as connection:
        assert not connection.in_transaction()
    with database.write() as session:
        session.execute(update(Organization).values(name="after"))
    with database.look() as connection:
        where = Organization.id == organization
        assert connection.scalar(select(Organization.name).where(where)) == "after"
    assert database.scrub()


def test_what_waits_for_a_commit_is_called_once_behind_it_and_never_without_one(database: Database) -> None:
    called: list[str] = []

    def note(what: str, connection: Connection) -> None:
        def call() -> None:
            with database.read() as session:
                called.append(f"{what} {session.scalar(select(func.count()).select_from(Organization))}")

        with session_on(connection) as session:
            session.add(Organization(id=uuid.uuid4(), name=what, created_at=utc_now()))
            session.flush()
        after_commit(connection, call)

    def fail() -> None:
        with database.write() as session:
            note("failed", session.connection())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.write() as session:
        note("a", session.connection())
        assert called == []
    with database.change() as connection:
        note("b", connection)
        assert called == ["a 1"]
    with database.change():
        pass
    assert called == ["a 1", "b 2"]


def test_dates_of_the_api_are_utc() -> None:
    moment = datetime(2024, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert iso(moment) == "2024-02-29T23:30:00.000000Z"


def test_writers_take_turns_and_nobody_is_turned_away(database: Database) -> None:
    organization = AccountService(database).create_organization("0")

    def count_up() -> None:
        for _ in range(10):
            with database.write_relaxed() as session:
                row = session.get(Organization, organization, with_for_update=True)
                assert row is not None
                row.name = str(int(row.name) + 1)

    threads = [threading.Thread(target=count_up) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.look() as connection:
        assert connection.scalar(text("SELECT name FROM organizations WHERE name NOT LIKE 'D%'")) == "60"


@pytest.mark.parametrize(
    "written",
    [
        "-0", "-0.0", "18446744073709551616", "9223372036854775807", "[123456789012345678901234567890]", "1e400", "5e-324",
        "123456789012345678.5", '"\\ud800"', '{"a":1,"a":2}', '"1234567890123456789"', "[" * 300 + "]" * 300,
    ],
)  # fmt: skip
def test_json_is_read_as_the_standard_library_reads_it(written: str) -> None:
    expected = json.loads(written)
    for text_or_bytes in (written, written.encode()):
        found = load_json(text_or_bytes)
        assert (repr(found), type(found)) == (repr(expected), type(expected))

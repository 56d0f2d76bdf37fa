"""A statement that is made once gives, writes and raises what SQLAlchemy would."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import undefer
from sqlalchemy.orm.exc import DetachedInstanceError

from headgate.accounts.service import AccountService
from headgate.db import Database, Statement, detached, session_on
from headgate.imports.frozen import freeze
from headgate.imports.models import Import

IMPORTS = Import.metadata.tables[Import.__tablename__]
ADD = Statement(insert(IMPORTS))
ONE = Statement(select(*IMPORTS.c).where(IMPORTS.c.id == bindparam("of_id")))
NAMES = Statement(select(IMPORTS.c.id, IMPORTS.c.original_filename).order_by(IMPORTS.c.original_filename).limit(2))
RENAME = Statement(update(IMPORTS).where(IMPORTS.c.original_filename == bindparam("from_name")))
REMOVE = Statement(delete(IMPORTS).where(IMPORTS.c.original_filename == bindparam("of_name")).returning(IMPORTS.c.id))
MOMENT = datetime(2026, 3, 1, 9, 30, 0, 123456, tzinfo=UTC)


def values_of_an_import(database: Database, **others: Any) -> dict[str, Any]:
    organization = AccountService(database).create_organization("one")
    with database.change() as connection:
        frozen = freeze(connection, organization, {"fields": [], "settings": {}, "hooks": {}})
    return {
        "id": uuid.uuid4(),
        "organization_id": organization,
        "frozen_schema_id": frozen,
        "status": "SUCCESSFUL",
        "kind": "file",
        "original_filename": "a.csv",
        "user": {"id": "ä\0", "number": 2**70},
        "max_upload_size": 2**40,
        "created_at": MOMENT,
        "modified_at": MOMENT,
        "result_metadata": {"rows": [1, 2.5, None], "z": 1, "a": True},
        "run_token": uuid.uuid4(),
        **others,
    }


def all_of(row: Any) -> dict[str, tuple[type, Any]]:
    values = {column.key: getattr(row, column.key) for column in IMPORTS.c}
    return {key: (type(value), value) for key, value in values.items()}


def added(database: Database, **others: Any) -> dict[str, Any]:
    values = values_of_an_import(database, **others)
    with database.change() as connection:
        ADD.run(connection, values)
    return values


def test_a_row_is_what_a_session_finds(database: Database) -> None:
    values = added(database, has_result=True)
    with database.read() as session:
        deferred = [undefer(getattr(Import, name)) for name in ("result_metadata", "decisions", "sent", "recipe")]
        expected = session.scalars(select(Import).options(*deferred)).one()
    found = database.ask(ONE, of_id=values["id"]).first()
    assert all_of(found) == all_of(expected)
    assert (found.crashes, found.development_mode, found.has_result) == (0, False, True)
    assert database.ask(ONE, of_id=uuid.uuid4()).first() is None


def test_what_it_finds_can_stand_for_an_object_of_its_table(database: Database) -> None:
    values = added(database)
    found = database.ask(Statement(select(IMPORTS.c.id, IMPORTS.c.status))).first()
    row = detached(Import, found._asdict())
    assert (row.id, row.status) == (values["id"], "SUCCESSFUL")
    with pytest.raises(DetachedInstanceError):
        _ = row.kind


def test_it_tells_how_many_rows_it_wrote_and_writes_the_columns_that_are_named(database: Database) -> None:
    values = added(database)
    with database.change_relaxed() as connection:
        assert RENAME.run(connection, {"from_name": "a.csv", "original_filename": "b.csv"}).written == 1
        assert RENAME.run(connection, {"from_name": "a.csv", "original_filename": "c.csv"}).written == 0
        assert RENAME.run(connection, {"from_name": "b.csv", "crashes": 3, "finished_at": MOMENT}).written == 1
    found = database.ask(ONE, of_id=values["id"]).first()
    assert (found.original_filename, found.crashes, found.finished_at) == ("b.csv", 3, MOMENT)
    with database.change() as connection:
        assert [row.id for row in REMOVE.run(connection, {"of_name": "b.csv"}).rows] == [values["id"]]
    assert not database.ask(NAMES).rows


def test_values_that_stand_in_the_statement_need_not_be_given(database: Database) -> None:
    for name in ("c", "a", "b"):
        added(database, original_filename=name)
    assert [row.original_filename for row in database.ask(NAMES).rows] == ["a", "b"]


def test_a_change_that_fails_changes_nothing(database: Database) -> None:
    values = values_of_an_import(database)

    def fail() -> None:
        with database.change() as connection:
            ADD.run(connection, values)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert database.ask(ONE, of_id=values["id"]).first() is None


def test_a_session_takes_part_in_a_change(database: Database) -> None:
    values, other = values_of_an_import(database), values_of_an_import(database)
    with database.change() as connection:
        ADD.run(connection, values)
        with session_on(connection) as session:
            assert session.get_one(Import, values["id"]).status == "SUCCESSFUL"
            session.add(Import(**other))
            session.flush()
    assert database.ask(ONE, of_id=values["id"]).first() is not None
    assert database.ask(ONE, of_id=other["id"]).first() is not None


@pytest.mark.parametrize("count", [1, 2, 100])
def test_many_rows_are_written_as_each_by_itself(database: Database, count: int) -> None:
    """More of them than one statement takes, too."""
    values = values_of_an_import(database)
    rows = [{**values, "id": uuid.uuid4(), "original_filename": f"{number}.csv"} for number in range(count)]
    with database.change() as connection:
        ADD.run_all(connection, rows)
    for row in rows:
        found = database.ask(ONE, of_id=row["id"]).first()
        assert {name: getattr(found, name) for name in row} == row
    with pytest.raises(IntegrityError), database.change() as connection:
        ADD.run_all(connection, [{**values, "id": uuid.uuid4()}, rows[0]])
    with database.look() as connection:
        assert connection.scalar(select(func.count()).select_from(IMPORTS)) == count, "all or nothing"


def test_its_errors_are_those_of_sqlalchemy(database: Database) -> None:
    values = added(database)
    with pytest.raises(IntegrityError) as raised, database.change() as connection:
        ADD.run(connection, values)
    assert "a.csv" not in str(raised.value)


def test_a_writer_that_waits_in_vain_says_so_as_sqlalchemy_does(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("others have no lock on all of it")
    other = Database(database.url.render_as_string())
    impatient = other.engine.raw_connection()
    impatient.cursor().execute("PRAGMA busy_timeout=1")
    impatient.close()  # the pool gives it to whoever is next
    try:
        with database.change(), pytest.raises(OperationalError, match="locked"), other.change():
            pass
    finally:
        other.dispose()


def test_every_statement_is_told(database: Database) -> None:
    values = added(database)
    told: list[float] = []
    database.on_statement = told.append
    database.ask(ONE, of_id=values["id"])
    database.ask(ONE, of_id=values["id"])
    assert len(told) == 2
    assert all(0 <= seconds < 30 for seconds in told)


def test_what_is_not_given_or_depends_on_values_is_refused(database: Database) -> None:
    if not database.is_sqlite:
        pytest.skip("SQLAlchemy says so there")
    with pytest.raises(ValueError, match="of_id"):
        database.ask(ONE)
    with pytest.raises(ValueError, match="depends on its values"):
        database.ask(Statement(select(IMPORTS.c.id).where(IMPORTS.c.status.in_(["PENDING"]))))

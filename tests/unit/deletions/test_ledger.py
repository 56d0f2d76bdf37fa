"""Deletions come to their end whatever happens, and their receipts can be checked."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text, update

from headgate.accounts.models import ActorKind
from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.deletions import Cause, Deletion, DeletionKind, DeletionLedger, Reason, StoredFiles
from headgate.deletions.counting import rows_with
from headgate.deletions.receipts import receipt
from headgate.errors import NotFoundError, StorageUnavailableError
from headgate.storage import LocalBlobStore

ORGANIZATION, IMPORT, PERSON = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
PREFIX = f"imports/{IMPORT}"
BY_PERSON = Cause(Reason.REQUEST, ActorKind.USER, PERSON)


class FailingStore(LocalBlobStore):
    """Fails as a process that is killed in the middle, or as a bucket that is away."""

    trouble: BaseException | None = None

    def delete(self, key: str) -> None:
        super().delete(key)
        if self.trouble is not None:
            raise self.trouble


class Place:
    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.store = database, FailingStore(folder)
        self.ledger = DeletionLedger(database, self.store, b"secret")

    def begin(self, *keys: str, cause: Cause = BY_PERSON, **files: list[str]) -> uuid.UUID:
        with self.database.write() as session:
            stored = StoredFiles(keys=keys, **files)
            return self.ledger.begin(session, ORGANIZATION, DeletionKind.IMPORT, IMPORT, cause, {"imports": 1}, stored)

    def found(self, deletion: uuid.UUID) -> Deletion:
        return self.ledger.get(ORGANIZATION, PERSON, deletion)


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    made = Place(database, tmp_path)
    for name, data in (("source", b"12345"), ("outcome/rows.json", b"[]"), ("outcome/table.parquet", b"PAR")):
        made.store.put(f"{PREFIX}/{name}", data)
    return made


def test_a_receipt_tells_what_went_by_whom_and_when(place: Place) -> None:
    begun = place.begin(trees=[PREFIX])
    assert place.found(begun).completed_at is None
    place.ledger.complete([begun])
    told = receipt(place.found(begun))
    assert (told["objects"], told["bytes"], told["rows"]) == (3, 10, {"imports": 1})
    assert told["requested_by"] == {"kind": "user", "id": str(PERSON)}
    assert told["requested_date"] <= told["completed_date"]
    assert place.store.usage(PREFIX).objects == 0


def test_a_receipt_that_was_changed_is_not_genuine(place: Place) -> None:
    begun = place.begin(trees=[PREFIX])
    unsigned = receipt(place.found(begun))
    place.ledger.complete([begun])
    told = receipt(place.found(begun))
    assert place.ledger.is_genuine(told)
    assert place.ledger.is_genuine(dict(reversed(told.items()))), "the order of keys does not matter"
    for change in (
        {"bytes": 11},
        {"rows": {}},
        {"reason": "retention"},
        {"more": 1},
        {"signature": "é"},
        {"signature": 1},
    ):
        assert not place.ledger.is_genuine(told | change)
    assert not place.ledger.is_genuine(unsigned)
    assert not DeletionLedger(place.database, place.store, b"another").is_genuine(told)


def test_a_process_that_is_killed_in_the_middle_leaves_a_deletion_that_another_ends(place: Place) -> None:
    begun = place.begin(f"{PREFIX}/source", f"{PREFIX}/outcome/rows.json")
    place.store.trouble = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        place.ledger.complete([begun])
    assert place.store.exists(f"{PREFIX}/outcome/rows.json")
    place.store.trouble = None
    place.ledger.sweep()
    assert place.found(begun).completed_at is None, "who began it may still be at work"
    with place.database.write() as session:
        session.execute(update(Deletion).values(requested_at=utc_now() - timedelta(minutes=2)))
    place.ledger.sweep()
    told = receipt(place.found(begun))
    assert (told["objects"], told["bytes"]) == (2, 7), "what went before the stop is counted"
    assert not place.store.exists(f"{PREFIX}/outcome/rows.json")
    assert place.ledger.is_genuine(told)


def test_a_store_that_is_away_makes_a_deletion_wait(place: Place) -> None:
    begun = place.begin(f"{PREFIX}/source")
    place.store.trouble = StorageUnavailableError()
    place.ledger.complete([begun])
    assert (place.found(begun).completed_at, place.found(begun).signature) == (None, None)
    place.store.trouble = None
    place.ledger.complete([begun])
    assert place.found(begun).completed_at is not None


def test_a_receipt_is_shown_to_its_organization_and_no_other(place: Place) -> None:
    begun, stranger = place.begin(), uuid.uuid4()
    with pytest.raises(NotFoundError):
        place.ledger.get(uuid.uuid4(), stranger, begun)
    assert place.ledger.page(uuid.uuid4(), stranger, None, 0, 10).count == 0
    assert [one.id for one in place.ledger.page(ORGANIZATION, stranger, str(IMPORT), 0, 10).rows] == [begun]
    assert place.ledger.page(ORGANIZATION, stranger, str(uuid.uuid4()), 0, 10).count == 0


def test_rows_that_go_with_a_row_are_counted_once(database: Database) -> None:
    accounts = AccountService(database)
    organization = accounts.create_organization("Going")
    accounts.create_key("one", organization_id=organization)
    accounts.create_key("two", organization_id=organization)
    with database.read() as session:
        found = rows_with(session, "organizations", organization)
    assert found == {"organizations": 1, "api_keys": 2, "audit_entries": 2}


def test_deleted_rows_leave_nothing_in_the_files_of_sqlite(tmp_path: Path, migrated: Path) -> None:
    path = tmp_path / "scrubbed.sqlite"
    path.write_bytes(migrated.read_bytes())
    database = Database(f"sqlite:///{path}")
    organization = AccountService(database).create_organization("MARKER-4711" * 20)
    with database.write() as session:
        session.execute(text("DELETE FROM organizations WHERE id = :id"), {"id": organization.hex})
        assert session.scalar(select(func.count()).select_from(text("organizations"))) == 0
    assert database.scrub()
    everything = b"".join(one.read_bytes() for one in tmp_path.iterdir() if one.is_file())
    database.dispose()
    assert b"MARKER-4711" not in everything


def test_a_reader_of_before_makes_the_cleaning_wait(tmp_path: Path, migrated: Path) -> None:
    path = tmp_path / "read.sqlite"
    path.write_bytes(migrated.read_bytes())
    database = Database(f"sqlite:///{path}")
    AccountService(database).create_organization("before")
    with database.read() as reader:
        reader.execute(text("SELECT count(*) FROM organizations"))
        AccountService(database).create_organization("after")
        assert not database.scrub()
    assert database.scrub()
    database.dispose()

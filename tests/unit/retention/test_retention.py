"""How long imports and their parts are kept, and what becomes of those that are not."""

from __future__ import annotations

import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from headgate.accounts.audit import Action, Actor, note
from headgate.accounts.models import AuditEntry
from headgate.accounts.service import AccountService
from headgate.config import Config
from headgate.dashboard.settings import SettingsService
from headgate.db import Database, utc_now
from headgate.deletions import Deletion, DeletionLedger
from headgate.errors import DeletedError, InvalidError, NotFoundError, OutdatedError
from headgate.imports.formats import ResultFiles
from headgate.imports.missing import MissingFiles
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.pool import WorkerPool
from headgate.imports.rerun import RerunService
from headgate.imports.service import ImportService
from headgate.imports.states import Status
from headgate.imports.uploads import ActiveUploads
from headgate.retention import RetentionRules, RetentionSweep
from headgate.reviews.models import ReviewChange
from headgate.schemas import SchemaService
from headgate.storage import LocalBlobStore
from headgate.storage.base import import_prefix

FIELDS = [{"label": "Name", "key": "name"}]
OUTCOME = ("rows.json", "table.parquet", "errors.ndjson", "rows.csv")
EVERYTHING = {"source", "console.ndjson", "delta", *OUTCOME}


class NoJobs:
    """Nothing runs here."""

    def enqueue(self, import_id: uuid.UUID) -> None: ...

    def stop(self, import_id: uuid.UUID) -> None: ...


class Place:
    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.store, config = database, LocalBlobStore(folder), Config(data_dir=folder)
        self.schemas, self.ledger = SchemaService(database), DeletionLedger(database, self.store, b"secret")
        self.imports = ImportService(database, self.store, self.schemas, NoJobs(), ActiveUploads(), config, self.ledger)
        self.settings, self.rules = SettingsService(database, config), RetentionRules(database)
        self.sweep = RetentionSweep(database, self.imports, self.ledger)
        self.organization = AccountService(database).create_organization("Keeps little")
        self.actor = Actor(self.organization)

    def keep(self, **days: int) -> None:
        self.settings.change(
            self.actor, {f"{part}_retention_days": number for part, number in days.items()}, partly=True
        )

    def schema(self, **days: int) -> uuid.UUID:
        settings = {"importIdentifier": "people"}
        saved = self.schemas.create(
            self.organization, {"name": str(uuid.uuid4()), "fields": FIELDS, "settings": settings}
        )
        if days:
            self.rules.set_for_schema(
                self.actor, saved.id, {f"{part}_retention_days": n for part, n in days.items()}, None
            )
        return saved.id

    def add(self, days: int, status: Status = Status.SUCCESSFUL, schema: uuid.UUID | None = None) -> uuid.UUID:
        """An import with everything, which ended so many days ago."""
        identifier, frozen, then = uuid.uuid4(), uuid.uuid4(), utc_now() - timedelta(days=days)
        prefix = import_prefix(identifier)
        with self.database.write() as session:
            session.add(FrozenSchema(id=frozen, organization_id=self.organization, digest=frozen.hex, document={}))
            session.flush()
            session.add(
                Import(
                    id=identifier, organization_id=self.organization, frozen_schema_id=frozen, status=status,
                    schema_id=schema, kind="file", max_upload_size=1, modified_at=then, created_at=then, has_result=True,
                    finished_at=then if status != Status.NEEDS_REVIEW else None, source_key=f"{prefix}/source",
                    result_metadata={"errors": [{"value": "MARKER"}], "errorCount": 1}, decisions={"sample": "MARKER"},
                )
            )  # fmt: skip
            session.flush()
            session.add(
                ReviewChange(
                    import_id=identifier, seq=1, organization_id=self.organization, kind="edit", author="x", change_id="y",
                    created_at=then, parameters={}, cells=1, rows=1, undoes=None, delta=None, delta_key=f"{prefix}/delta",
                )
            )  # fmt: skip
        for name in ("source", "delta"):
            self.store.put(f"{prefix}/{name}", b"x")
        for name in (*OUTCOME, "console.ndjson"):
            self.store.put(f"{prefix}/outcome/{name}", b"x")
        return identifier

    def files(self, import_id: uuid.UUID) -> set[str]:
        return {path.name for path in self.store.path(import_prefix(import_id)).rglob("*") if path.is_file()}

    def row(self, import_id: uuid.UUID) -> Import:
        return self.imports.get(self.organization, import_id)

    def receipts(self) -> list[Deletion]:
        with self.database.read() as session:
            return list(session.scalars(select(Deletion)))


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    return Place(database, tmp_path)


@pytest.mark.parametrize(
    ("part", "gone"),
    [("source", {"source"}), ("result", set(OUTCOME)), ("review", {"delta"}), ("console", {"console.ndjson"})],
)
def test_a_part_goes_after_its_time_with_a_receipt_and_everything_else_stays(
    place: Place, part: str, gone: set[str]
) -> None:
    place.keep(**{part: 30})
    old, young, reviewed = place.add(31), place.add(29), place.add(400, Status.NEEDS_REVIEW)
    place.sweep.run()
    assert place.files(old) == EVERYTHING - gone
    assert place.files(young) == place.files(reviewed) == EVERYTHING
    (told,) = place.receipts()
    assert (told.kind, told.object_id, told.reason, told.objects) == (part, str(old), "retention", len(gone))
    assert told.signature is not None
    place.sweep.run()
    assert len(place.receipts()) == 1, "what is gone is not deleted again"


def test_errors_and_samples_in_the_database_go_with_the_result(place: Place) -> None:
    place.keep(result=1)
    old = place.add(2)
    place.sweep.run()
    row = place.row(old)
    assert (row.result_metadata, row.decisions, row.has_result) == ({"errors": [], "errorCount": 1}, None, False)
    assert row.source_deleted_at is None


def test_edits_in_the_database_go_with_the_review(place: Place) -> None:
    place.keep(review=1)
    old = place.add(2)
    place.sweep.run()
    with place.database.read() as session:
        assert session.scalar(select(ReviewChange).where(ReviewChange.import_id == old)) is None
    assert place.receipts()[0].rows == {"review_changes": 1}


def test_who_asks_for_what_is_not_kept_is_told_so(place: Place, tmp_path: Path) -> None:
    place.keep(source=1, result=1, console=1)
    row = place.row(place.add(2))
    place.sweep.run()
    row = place.row(row.id)
    missing = MissingFiles(place.database, place.store, 0)
    files = ResultFiles(place.database, place.store, WorkerPool.__new__(WorkerPool), tmp_path, missing)
    reruns = RerunService(place.database, place.store, place.schemas, place.imports)
    for ask in (
        lambda: files.result_key(row, "csv"),
        lambda: files.errors_key(row),
        lambda: files.console_key(row),
        lambda: reruns.rerun(place.organization, row.id, "frozen"),
    ):
        with pytest.raises(DeletedError, match="not kept any longer"):
            ask()


def test_a_schema_keeps_less_than_its_organization_and_never_more(place: Place) -> None:
    place.keep(source=30)
    less, more = place.schema(source=10), place.schema(source=90)
    short, long, none = place.add(11, schema=less), place.add(31, schema=more), place.add(31)
    kept = place.add(11, schema=more), place.add(9, schema=less), place.add(11)
    place.sweep.run()
    assert [place.row(one).source_key for one in (short, long, none)] == [None, None, None]
    assert all(place.row(one).source_key for one in kept)
    assert place.rules.of_schema(place.organization, more)["effective"]["source_retention_days"] == 30


def test_a_schema_alone_may_say_how_long(place: Place) -> None:
    schema = place.schema(source=10)
    gone, other = place.add(11, schema=schema), place.add(400)
    place.sweep.run()
    assert (place.row(gone).source_key, place.row(other).source_key is None) == (None, False)


def test_a_change_that_is_based_on_an_older_state_is_refused(place: Place) -> None:
    schema = place.schema(source=10)
    wanted = {"source_retention_days": 20}
    with pytest.raises(OutdatedError) as caught:
        place.rules.set_for_schema(place.actor, schema, wanted, frozenset({0}))
    assert caught.value.current["source_retention_days"] == 10
    found = place.rules.set_for_schema(place.actor, schema, wanted, frozenset({1}))
    assert (found["version"], found["source_retention_days"]) == (2, 20)
    assert place.rules.set_for_schema(place.actor, schema, wanted, frozenset({1}))["version"] == 2, (
        "it is there already"
    )


@pytest.mark.parametrize(
    "body", [{"source_retention_days": 0}, {"source_retention_days": "3"}, {"audit_retention_days": 3}]
)
def test_a_period_that_is_none_is_refused(place: Place, body: dict[str, Any]) -> None:
    with pytest.raises(InvalidError):
        place.rules.set_for_schema(place.actor, place.schema(), body, None)


def test_the_schema_of_another_organization_does_not_exist(place: Place) -> None:
    schema, other = place.schema(), AccountService(place.database).create_organization("Other")
    with pytest.raises(NotFoundError):
        place.rules.of_schema(other, schema)
    with pytest.raises(NotFoundError):
        place.rules.set_for_schema(Actor(other), schema, {}, None)


def test_the_audit_log_is_kept_as_long_as_the_organization_says(place: Place) -> None:
    other = AccountService(place.database).create_organization("Other")
    with place.database.write() as session:
        for organization in (place.organization, other):
            note(session, Actor(organization), Action.SCHEMA_DELETED)
        session.flush()
        for entry in session.scalars(select(AuditEntry)):
            entry.at = utc_now() - timedelta(days=9)
    place.keep(audit=8)
    place.sweep.run()
    with place.database.read() as session:
        left = {(one.organization_id, one.action) for one in session.scalars(select(AuditEntry))}
    assert left == {(other, Action.SCHEMA_DELETED), (place.organization, Action.SETTINGS_CHANGED)}
